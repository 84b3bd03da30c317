/** The simulator beside a page: it replays runs, forks them, and answers what is asked of their moments. */
import { visibleIn } from '../../messages/visible.ts';
import { faultOffers, said } from '../palette.ts';
import { Timeline } from '../timeline.ts';
import type { Answered, Answers, Asked, Further, Question } from './protocol.ts';

/** How many runs are kept: each holds a fork for every change. */
const KEPT = 6;

interface Held {
  readonly timeline: Timeline;
  /** What the page knows of it. */
  entry: number;
  truths: number;
}

const runs = new Map<number, Held>();

function hold(run: number, timeline: Timeline): Held {
  const held = { timeline, entry: 0, truths: 0 };
  runs.set(run, held);
  for (const old of [...runs.keys()].slice(0, -KEPT)) runs.delete(old);
  return held;
}

function heldOf(run: number): Held {
  const held = runs.get(run);
  if (held === undefined) throw new Error('this run is no longer held');
  // The longest unasked is the first to go.
  runs.delete(run);
  runs.set(run, held);
  return held;
}

function further(held: Held): Further {
  const { timeline, entry, truths } = held;
  const news = timeline.news(entry, truths);
  held.entry = news.entries[news.entries.length - 1]?.id ?? entry;
  held.truths += news.truths.length;
  return { steps: [...timeline.steps], news };
}

function answerOf(question: Question): Answers[Question['ask']] {
  if (question.ask === 'replay') {
    const held = hold(question.run, Timeline.of(question.cause));
    return { ...further(held), hash: held.timeline.hash };
  }
  if (question.ask === 'fork') {
    const { timeline } = heldOf(question.from);
    const held = hold(question.run, timeline.fork(question.at, question.language));
    return { ...further(held), ahead: timeline.ahead(question.at) };
  }
  const held = heldOf(question.run);
  const { timeline } = held;
  switch (question.ask) {
    case 'kubectl':
      return timeline.kubectl(question.line, question.at);
    case 'stateAt':
      return visibleIn(timeline.stateAt(question.at));
    case 'difference':
      return timeline.difference(question.entry);
    case 'levels':
      return timeline.levels();
    case 'traffic':
      return timeline.traffic();
    case 'flows':
      return timeline.flows(question.at);
    case 'play':
      timeline.play(question.what, question.attachment);
      return further(held);
    case 'advance':
      timeline.advance(question.ms);
      return further(held);
    case 'offers':
      return faultOffers();
    case 'said': {
      const { operation, ...step } = said(question.choice, timeline.language);
      return { operation, ...visibleIn(step) };
    }
    case 'hash':
      return timeline.hash;
    case 'save':
      return timeline.save(question.name);
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
