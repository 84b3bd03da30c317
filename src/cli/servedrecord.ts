/** What a served cluster was asked, from its log of inputs, as a record that the training report tells. */
import { basename } from 'node:path';
import { Recorder } from '../report/recorder.ts';
import { RECORD_VERSION, type RunRecord, type StepRecord } from '../report/record.ts';
import { VERSION } from '../report/version.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { type InputLog, inputText, Served } from '../serve/index.ts';

/** Of an input that no feature could say: what it did is in the history. */
const NOTHING: Operation = { op: 'pass', durationMs: 0 };

const stepOf = (
  text: string,
  operation: number,
  time: { readonly from: number; readonly to: number },
  detail: string,
): StepRecord => ({
  keyword: '',
  text,
  line: operation + 1,
  ...(detail === '' ? {} : { docString: { content: detail } }),
  startedAtMs: 0,
  tookMs: 0,
  time,
  operation,
  attachments: [],
  status: 'played',
  result: 'passed',
});

/**
 * Plays a log again, and records all of it: each input with what came of it until the next.
 * @param path where the log stands, for its name
 * @throws InputError for a log that is none
 * @example recordServed(JSON.parse(text), 'reports/serve/log.json')
 */
export function recordServed(log: InputLog, path: string): RunRecord {
  const startedAtMs = Date.now();
  const began = performance.now();
  const recorder = new Recorder('everything');
  const { begins, ends, printed, struck, happens } = recorder.listener;
  /** What was sent along with each operation; of a command also what was typed into it. */
  const details: string[] = [];
  let commands = 0;
  /** The number of the command that is the latest operation; 0: it is none. */
  let latest = 0;
  Served.replay(log, {
    listener: {
      begins(session, operation, text) {
        begins!(session, operation, text);
        details.push(operation.op === 'manifest' ? operation.text : '');
        latest = 0;
      },
      ends: ends!,
      printed: printed!,
      struck: struck!,
    },
    happens: happens!,
    plays(session, input, act) {
      const { text, detail = '' } = inputText(input);
      if (input.kind === 'typed' && input.session === latest) {
        details[details.length - 1] += detail;
        return void act();
      }
      if (input.kind === 'exec') commands += 1;
      latest = input.kind === 'exec' ? commands : input.kind === 'typed' ? input.session : 0;
      begins!(session, NOTHING, text);
      details.push(detail);
      const refusal = act();
      if (refusal !== undefined) printed!(text, { ...refusal, output: refusal.stderr, stdout: '' });
      ends!(session, undefined);
    },
  });
  const play = recorder.record(log.seed, true);
  const name = basename(path);
  const scenario = {
    id: path,
    name,
    description: '',
    line: 1,
    tags: [`@seed:${log.seed}`],
    startedAtMs,
    tookMs: performance.now() - began,
    steps: play.operations.map(({ text, from, to }, i) => stepOf(text, i, { from, to }, details[i]!)),
    play,
    seeds: [],
    attachments: [],
    result: 'passed' as const,
  };
  return {
    version: RECORD_VERSION,
    seatrial: VERSION,
    startedAtMs,
    tookMs: scenario.tookMs,
    features: [
      {
        uri: path,
        language: 'en',
        keyword: 'seatrial serve',
        name,
        description: '',
        line: 1,
        scenarios: [scenario],
      },
    ],
    unreadable: [],
    result: 'passed',
  };
}

export { logOf } from '../serve/index.ts';
