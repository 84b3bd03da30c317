/** Moments, counts, states and answers of the Japanese claims. */
import type { Answer } from '../../drivers/driver.ts';
import { NOW, type Moment } from '../moment.ts';
import {
  DURATION_JA,
  parseDurationJa,
  parseSpanJa,
  printDurationJa,
  printSpanJa,
} from './japaneseduration.ts';
import { kindParameter } from './kind.ts';
import type { ParameterKind } from './parameterkind.ts';
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

const D = `(?:${DURATION_JA})`;
const MODES: readonly (readonly [Moment['mode'], string])[] = [
  ['eventually', '最終的に'],
  ['every', 'どの時点でも'],
  ['never', '次のことは一度も起きない:'],
  ['sometimes', 'ある時点で'],
];
const SINCE = '"[^"]*"以降、?';
const MODE = `(?:${D}以内に|${D}間?ずっと|${MODES.map(([, word]) => word).join('|')})、? ?`;
const DURING = `${SINCE}|(?:${SINCE})?${MODE}`;

function parseMoment(text: string): Moment {
  const since = /^"([^"]*)"以降、?/.exec(text);
  const from = since === null ? {} : { since: since[1]! };
  const rest = text.slice(since?.[0].length ?? 0).replace(/、? ?$/, '');
  if (rest === '') return { ...NOW, ...from };
  const fixed = MODES.find(([, word]) => word === rest);
  if (fixed !== undefined) return { mode: fixed[0], ...from };
  return rest.endsWith('以内に')
    ? { mode: 'within', durationMs: parseDurationJa(rest.slice(0, -3))!, ...from }
    : { mode: 'for', durationMs: parseSpanJa(rest.slice(0, -'ずっと'.length))!, ...from };
}

function printMoment(moment: Moment): string {
  const since = moment.since === undefined ? '' : `"${moment.since}"以降、`;
  if (moment.mode === 'now') return since;
  if (moment.mode === 'within') return `${since}${printDurationJa(moment.durationMs!)}以内に`;
  if (moment.mode === 'for') return `${since}${printSpanJa(moment.durationMs!)}ずっと`;
  return `${since}${MODES.find(([mode]) => mode === moment.mode)![1]}`;
}

/** A parameter of a closed list of words. */
function words<T extends string>(
  name: string,
  spellings: readonly (readonly [string, T])[],
): ParameterKind<T> {
  return {
    name,
    pattern: spellings
      .map(([s]) => s)
      .sort((a, b) => b.length - a.length)
      .join('|'),
    parse: (text) => spellings.find(([s]) => s === text)![1],
    print: (value) => spellings.find(([, v]) => v === value)![0],
    words: spellings,
  };
}

const BOUNDS: readonly (readonly [Count['bound'], string])[] = [
  ['at least', '少なくとも'],
  ['at most', '多くとも'],
  ['exactly', 'ちょうど'],
];
const ENDS: readonly (readonly [Count['bound'], string])[] = [
  ['at least', '以上'],
  ['at most', '以下'],
];

const ANSWERS: readonly (readonly [string, Answer])[] = [
  ['が拒否される', 'refused'],
  ['がタイムアウトする', 'timed out'],
  ['の名前解決に失敗する', 'not resolved'],
];

export const JAPANESE_WORDS = {
  momentJa: {
    name: 'momentJa',
    pattern: `|${DURING}`,
    parse: parseMoment,
    print: printMoment,
  } as ParameterKind<Moment>,
  duringJa: {
    name: 'duringJa',
    pattern: DURING,
    parse: parseMoment,
    print: printMoment,
  } as ParameterKind<Moment>,
  countJa: {
    name: 'countJa',
    pattern: '(?:少なくとも|多くとも|ちょうど)\\d+ ?個|\\d+ ?個(?:以上|以下)?',
    parse: (text) => {
      const bound =
        BOUNDS.find(([, word]) => text.startsWith(word)) ?? ENDS.find(([, word]) => text.endsWith(word));
      return { bound: bound?.[0] ?? 'exactly', count: Number(/\d+/.exec(text)![0]) };
    },
    print: ({ bound, count }) =>
      bound === 'at most'
        ? `${count}個以下`
        : `${bound === 'at least' ? '少なくとも' : 'ちょうど'}${count}個`,
  } as ParameterKind<Count>,
  timesJa: {
    name: 'timesJa',
    pattern: '\\d+ ?回',
    parse: (text) => Number.parseInt(text, 10),
    print: (n) => `${n}回`,
  } as ParameterKind<number>,
  answerJa: {
    name: 'answerJa',
    pattern: ['に ?\\d+ ?が返る', ...ANSWERS.map(([words]) => words)].join('|'),
    parse: (text) => ANSWERS.find(([words]) => words === text)?.[1] ?? Number(/\d+/.exec(text)![0]),
    print: (a) => ANSWERS.find(([, answer]) => answer === a)?.[0] ?? `に${a}が返る`,
  } as ParameterKind<Answer>,
  replicaStateJa: words<ReplicaState>('replicaStateJa', [
    ['が利用可能である', 'available'],
    ['の準備が完了している', 'ready'],
    ['が更新されている', 'updated'],
  ]),
  // Before the Pods that are counted, …
  podStateJa: words<PodState>('podStateJa', [
    ['準備が完了した', 'ready'],
    ['利用可能な', 'available'],
    ['実行中の', 'running'],
    ['保留中の', 'pending'],
    ['失敗した', 'failed'],
    ['終了処理中の', 'terminating'],
    ['応答中の', 'serving'],
  ]),
  // … and after them.
  podIsJa: words<PodState>('podIsJa', [
    ['の準備が完了している', 'ready'],
    ['が利用可能である', 'available'],
    ['が実行中である', 'running'],
    ['が保留中である', 'pending'],
    ['が失敗している', 'failed'],
    ['が終了処理中である', 'terminating'],
    ['が応答中である', 'serving'],
  ]),
  podConditionJa: words<PodCondition>('podConditionJa', [
    ['が実行中である', 'running'],
    ['が保留中である', 'pending'],
    ['の準備が完了している', 'ready'],
    ['の準備が完了していない', 'not ready'],
    ['が成功している', 'succeeded'],
    ['が失敗している', 'failed'],
    ['が存在しない', 'gone'],
  ]),
  nodeStateJa: words<NodeState>('nodeStateJa', [
    ['の準備が完了している', 'ready'],
    ['の準備が完了していない', 'not ready'],
    ['の状態が不明である', 'unknown'],
  ]),
  topologyJa: words<Topology>('topologyJa', [
    ['ノード', 'node'],
    ['ゾーン', 'zone'],
  ]),
  rolloutStateJa: words<RolloutState>('rolloutStateJa', [
    ['完了している', 'complete'],
    ['進行中である', 'progressing'],
    ['停滞している', 'stuck'],
  ]),
  jobStateJa: words<JobState>('jobStateJa', [
    ['完了している', 'complete'],
    ['失敗に終わっている', 'failed'],
    ['一時停止している', 'suspended'],
    ['まだ終わっていない', 'under way'],
  ]),
  kindJa: kindParameter('kindJa', [
    ['ノード', 'Node'],
    ['名前空間', 'Namespace'],
  ]),
} as const;
