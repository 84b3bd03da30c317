/** Moments, counts, states and answers of the Japanese claims. */
import type { Answer } from '../../drivers/driver.ts';
import { NOW, type Moment } from '../moment.ts';
import { parseDurationJa, printDurationJa, DURATION_JA } from './japaneseduration.ts';
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
  ['never', '一度も次のことが起きない:'],
  ['sometimes', 'ある時点で'],
];
const SINCE = '"[^"]*"以降、?';
const MODE = `(?:${D}以内に|${D}の間ずっと|${MODES.map(([, word]) => word).join('|')})、? ?`;
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
    : { mode: 'for', durationMs: parseDurationJa(rest.slice(0, -'の間ずっと'.length))!, ...from };
}

function printMoment(moment: Moment): string {
  const since = moment.since === undefined ? '' : `"${moment.since}"以降、`;
  if (moment.mode === 'now') return since;
  if (moment.mode === 'within') return `${since}${printDurationJa(moment.durationMs!)}以内に`;
  if (moment.mode === 'for') return `${since}${printDurationJa(moment.durationMs!)}の間ずっと`;
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
  };
}

const BOUNDS: readonly (readonly [Count['bound'], string])[] = [
  ['at least', '少なくとも'],
  ['at most', '多くとも'],
  ['exactly', 'ちょうど'],
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
    pattern: '(?:少なくとも|多くとも|ちょうど)?\\d+',
    parse: (text) => {
      const bound = BOUNDS.find(([, word]) => text.startsWith(word));
      return { bound: bound?.[0] ?? 'exactly', count: Number(text.slice(bound?.[1].length ?? 0)) };
    },
    print: (c) => `${BOUNDS.find(([bound]) => bound === c.bound)![1]}${c.count}`,
  } as ParameterKind<Count>,
  timesJa: {
    name: 'timesJa',
    pattern: '\\d+ ?回',
    parse: (text) => Number.parseInt(text, 10),
    print: (n) => `${n}回`,
  } as ParameterKind<number>,
  answerJa: {
    name: 'answerJa',
    pattern: '\\d+を返す|拒否される|タイムアウトする|名前解決に失敗する',
    parse: (text) =>
      text === '拒否される'
        ? 'refused'
        : text === 'タイムアウトする'
          ? 'timed out'
          : text === '名前解決に失敗する'
            ? 'not resolved'
            : Number.parseInt(text, 10),
    print: (a) =>
      a === 'refused'
        ? '拒否される'
        : a === 'timed out'
          ? 'タイムアウトする'
          : a === 'not resolved'
            ? '名前解決に失敗する'
            : `${a}を返す`,
  } as ParameterKind<Answer>,
  replicaStateJa: words<ReplicaState>('replicaStateJa', [
    ['利用可能', 'available'],
    ['準備完了', 'ready'],
    ['更新済み', 'updated'],
  ]),
  podStateJa: words<PodState>('podStateJa', [
    ['準備完了', 'ready'],
    ['利用可能', 'available'],
    ['実行中', 'running'],
    ['保留中', 'pending'],
    ['失敗', 'failed'],
    ['終了処理中', 'terminating'],
    ['応答中', 'serving'],
  ]),
  podConditionJa: words<PodCondition>('podConditionJa', [
    ['実行中', 'running'],
    ['保留中', 'pending'],
    ['準備完了', 'ready'],
    ['準備未完了', 'not ready'],
    ['成功', 'succeeded'],
    ['失敗', 'failed'],
    ['削除済み', 'gone'],
  ]),
  nodeStateJa: words<NodeState>('nodeStateJa', [
    ['準備完了', 'ready'],
    ['準備未完了', 'not ready'],
    ['不明', 'unknown'],
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
