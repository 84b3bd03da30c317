/** The parameter types of the language: how each is written in a step, read, and printed back. */
import { DURATION_PATTERN, parseDuration, printDuration } from '../../chaos/duration.ts';
import type { Answer } from '../../drivers/driver.ts';
import { NOW, type Moment } from '../moment.ts';
import {
  KIND_PATTERN,
  KIND_WORDS,
  WORKLOAD_WORDS,
  workloadKind,
  workloadWordsOf,
} from '../../sim/api/resources/words.ts';
import type { Workload } from '../workload.ts';
import { JAPANESE_PARAMETERS } from './japanese.ts';
import { kindParameter } from './kind.ts';
import type { ParameterKind } from './parameterkind.ts';
import { quote, STRING_PATTERN, unquote } from './quoting.ts';
import { TARGET_PARAMETERS } from './targets.ts';
import type {
  Count,
  JobState,
  NodeState,
  PodCondition,
  PodState,
  ReplicaState,
  RolloutState,
  Topology,
} from './values.ts';

/**
 * A parameter of a closed list of words, each meaning a value; the first spelling of a value is the one
 * printed.
 */
function words<T extends string>(
  name: string,
  spellings: readonly (readonly [string, T])[],
): ParameterKind<T> {
  const values = new Map(spellings);
  const printed = new Map<T, string>();
  for (const [spelling, value] of spellings) if (!printed.has(value)) printed.set(value, spelling);
  return {
    name,
    // The longest spelling first, so that `not ready` is not read as a shorter one.
    pattern: spellings
      .map(([s]) => s)
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
      .join('|'),
    parse: (text) => values.get(text)!,
    print: (value) => printed.get(value)!,
    words: spellings,
  };
}
const same = <T extends string>(name: string, values: readonly T[]): ParameterKind<T> =>
  words(
    name,
    values.map((v) => [v, v] as const),
  );

const MOMENT_WORDS =
  `since "[^"]*",? |(?:since "[^"]*",? )?(?:within (?:${DURATION_PATTERN})|eventually|for ` +
  `(?:${DURATION_PATTERN})|at every moment|at no moment|sometimes),? `;

function parseMoment(text: string): Moment {
  const since = /^since "([^"]*)",? /.exec(text);
  const rest = text.slice(since?.[0].length ?? 0).replace(/,? $/, '');
  const from = since === null ? {} : { since: since[1]! };
  if (rest === '') return { ...NOW, ...from };
  if (rest.startsWith('within '))
    return { mode: 'within', durationMs: parseDuration(rest.slice(7))!, ...from };
  if (rest.startsWith('for ')) return { mode: 'for', durationMs: parseDuration(rest.slice(4))!, ...from };
  if (rest === 'eventually') return { mode: 'eventually', ...from };
  return {
    mode: rest === 'at every moment' ? 'every' : rest === 'sometimes' ? 'sometimes' : 'never',
    ...from,
  };
}

function printMoment(moment: Moment): string {
  const since = moment.since === undefined ? '' : `since "${moment.since}" `;
  switch (moment.mode) {
    case 'now':
      return since;
    case 'within':
      return `${since}within ${printDuration(moment.durationMs!)} `;
    case 'for':
      return `${since}for ${printDuration(moment.durationMs!)} `;
    case 'eventually':
      return `${since}eventually `;
    case 'every':
      return `${since}at every moment `;
    case 'never':
      return `${since}at no moment `;
    case 'sometimes':
      return `${since}sometimes `;
  }
}

const moment: ParameterKind<Moment> = {
  name: 'moment',
  pattern: `|${MOMENT_WORDS}`,
  parse: parseMoment,
  print: printMoment,
};
/** A moment that is not now: for claims whose bare words also give an order (`node "x" is cordoned`). */
const during: ParameterKind<Moment> = {
  name: 'during',
  pattern: MOMENT_WORDS,
  parse: parseMoment,
  print: printMoment,
};

const duration: ParameterKind<number> = {
  name: 'duration',
  pattern: DURATION_PATTERN,
  parse: (text) => parseDuration(text)!,
  print: printDuration,
};
const selector: ParameterKind<string> = {
  name: 'selector',
  pattern: STRING_PATTERN,
  parse: unquote,
  print: quote,
};

const workload: ParameterKind<Workload> = {
  name: 'workload',
  pattern: `(?:${[...WORKLOAD_WORDS.map(([words]) => words), KIND_PATTERN].join('|')}) "[^"]*"`,
  parse: (text) => {
    const at = text.indexOf(' "');
    return { kind: workloadKind(text.slice(0, at)), name: text.slice(at + 2, -1) };
  },
  print: ({ kind, name }) => `${workloadWordsOf(kind)} "${name}"`,
};

const count: ParameterKind<Count> = {
  name: 'count',
  pattern: 'no|(?:at least |at most |exactly )?\\d+',
  parse: (text) => {
    if (text === 'no') return { bound: 'exactly', count: 0 };
    const bound = (['at least', 'at most', 'exactly'] as const).find((b) => text.startsWith(b));
    return { bound: bound ?? 'exactly', count: Number(text.slice(bound === undefined ? 0 : bound.length)) };
  },
  print: (c) => `${c.bound} ${c.count}`,
};

const times: ParameterKind<number> = {
  name: 'times',
  pattern: 'once|twice|\\d+ times?',
  parse: (text) => (text === 'once' ? 1 : text === 'twice' ? 2 : Number.parseInt(text, 10)),
  print: (n) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`),
};

const answer: ParameterKind<Answer> = {
  name: 'answer',
  pattern:
    'answers \\d+|answered \\d+|is refused|was refused|times out|timed out|is not resolved|was not resolved',
  parse: (text) =>
    text.startsWith('answer')
      ? Number(text.slice(text.indexOf(' ') + 1))
      : text.endsWith('refused')
        ? 'refused'
        : text.endsWith('resolved')
          ? 'not resolved'
          : 'timed out',
  print: (a) =>
    a === 'refused'
      ? 'is refused'
      : a === 'not resolved'
        ? 'is not resolved'
        : a === 'timed out'
          ? 'times out'
          : `answers ${a}`,
};

export const PARAMETERS = {
  duration,
  selector,
  workload,
  moment,
  during,
  count,
  times,
  answer,
  ...TARGET_PARAMETERS,
  ...JAPANESE_PARAMETERS,
  replicaState: same<ReplicaState>('replicaState', ['available', 'ready', 'updated']),
  podState: same<PodState>('podState', [
    'ready',
    'available',
    'running',
    'pending',
    'failed',
    'terminating',
    'serving',
  ]),
  podCondition: same<PodCondition>('podCondition', [
    'running',
    'pending',
    'ready',
    'not ready',
    'succeeded',
    'failed',
    'gone',
  ]),
  nodeState: same<NodeState>('nodeState', ['ready', 'not ready', 'unknown']),
  topology: same<Topology>('topology', ['node', 'zone']),
  kind: kindParameter('kind', KIND_WORDS),
  rolloutState: same<RolloutState>('rolloutState', ['complete', 'progressing', 'stuck']),
  jobState: same<JobState>('jobState', ['complete', 'failed', 'suspended', 'under way']),
} as const;

/** Every parameter type of our own, for registration with Cucumber. */
export const PARAMETER_KINDS: readonly ParameterKind<never>[] = Object.values(
  PARAMETERS,
) as unknown as ParameterKind<never>[];
const byName = new Map<string, ParameterKind<never>>(PARAMETER_KINDS.map((p) => [p.name, p]));

/** How a value of a parameter type is written; also of Cucumber's own `int`, `float` and `string`. */
export function printParameter(type: string, value: unknown): string {
  if (type === 'string') return quote(String(value));
  if (type === 'int' || type === 'float') return String(value);
  const kind = byName.get(type);
  if (kind === undefined) throw new Error(`the language has no parameter type {${type}}`);
  return kind.print(value as never);
}
