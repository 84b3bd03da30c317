/** The simulator beside a page: it replays runs and answers what is asked of their moments. */
import { Replay } from '../replay.ts';
import type { Answered, Asked, Question } from './protocol.ts';

/** How many runs are kept: each holds a fork for every change. */
const KEPT = 3;

const replays = new Map<number, Replay>();

function answerOf(question: Question): unknown {
  if (question.ask === 'replay') {
    const replay = new Replay(question.cause);
    replays.set(question.run, replay);
    for (const old of [...replays.keys()].slice(0, -KEPT)) replays.delete(old);
    return replay.hash;
  }
  const replay = replays.get(question.run);
  if (replay === undefined) throw new Error('this run is no longer held');
  switch (question.ask) {
    case 'kubectl':
      return replay.kubectl(question.line, question.at);
    case 'stateAt':
      return replay.stateAt(question.at);
    case 'difference':
      return replay.difference(question.entry);
  }
}

addEventListener('message', ({ data: { id, question } }: MessageEvent<Asked>) => {
  let answered: Answered;
  try {
    answered = { id, answer: answerOf(question) };
  } catch (error) {
    answered = { id, error: (error as Error).message };
  }
  postMessage(answered);
});
