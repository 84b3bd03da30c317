/** Pods on nodes over time: what the API says of each, and what is so. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Happened, NodeTruth, PodTruth, Truth, VolumeTruth } from '../run.ts';

/** How a node or a Pod is, as the API says or as it is. */
export type State =
  | 'ready'
  | 'notReady'
  | 'unknown'
  | 'pending'
  | 'terminating'
  | 'succeeded'
  | 'failed'
  | 'serving'
  | 'running'
  | 'nothing'
  | 'on'
  | 'off'
  | 'booting'
  | 'kubeletDown'
  | 'cutOff'
  | 'bound'
  | 'attached'
  | 'mounted'
  | 'unused'
  | 'absent';

export interface Segment {
  readonly from: Millis;
  readonly to: Millis;
  readonly state: State;
  /** On which nodes a volume is; which attempt of a Job's it is. */
  readonly where: string;
  /** The last entry before it began. */
  readonly entry: EntryId;
}

export interface Lane {
  readonly of: 'node' | 'pod' | 'volume' | 'job';
  readonly name: string;
  readonly api: readonly Segment[];
  readonly fact: readonly Segment[];
}

/** A node and the Pods that are, or were, on it; of name '' those that are on none. */
export interface NodeLanes {
  readonly node: string;
  readonly lane?: Lane;
  readonly pods: readonly Lane[];
}

export const isPod = (truth: Truth): truth is PodTruth => truth.of === 'pod';
export const isNode = (truth: Truth): truth is NodeTruth => truth.of === 'node';
const isVolume = (truth: Truth): truth is VolumeTruth => truth.of === 'volume';

const VOLUME_STATES: Readonly<Record<string, State>> = { Bound: 'bound', Failed: 'failed' };

export function apiState(truth: Truth): State {
  if (truth.of === 'node') return truth.api === 'not ready' ? 'notReady' : truth.api;
  if (truth.of === 'volume') {
    if (truth.api === 'absent') return 'absent';
    return truth.api.attached.length > 0 ? 'attached' : (VOLUME_STATES[truth.api.phase] ?? 'pending');
  }
  const { api } = truth;
  if (api === 'absent') return 'absent';
  if (api.terminating) return 'terminating';
  if (api.phase === 'Succeeded') return 'succeeded';
  if (api.phase === 'Failed') return 'failed';
  if (api.phase !== 'Running') return 'pending';
  return api.ready ? 'ready' : 'notReady';
}

export function factState(truth: Truth): State {
  if (truth.of === 'volume') return truth.mounted.length > 0 ? 'mounted' : truth.disk ? 'unused' : 'nothing';
  if (truth.of === 'pod') {
    if (truth.running > 0) return truth.serving ? 'serving' : 'running';
    // Of what is gone from the API nothing is left then.
    return truth.api === 'absent' ? 'absent' : 'nothing';
  }
  if (truth.power !== 'on') return truth.power;
  if (!truth.connected) return 'cutOff';
  return truth.kubelet === 'up' ? 'on' : 'kubeletDown';
}

/** Whether what the API says is not so. */
export function isApart(truth: Truth): boolean {
  const [api, fact] = [apiState(truth), factState(truth)];
  if (truth.of === 'volume')
    return (
      api === 'attached' && truth.api !== 'absent' && String(truth.api.attached) !== String(truth.mounted)
    );
  if (truth.of === 'node') return (api === 'ready') !== (fact === 'on') && api !== 'absent';
  return (api === 'ready') !== (fact === 'serving') && (api !== 'absent' || truth.running > 0);
}

/** Where a volume is, by the API or in fact. */
const whereApi = (truth: Truth): string =>
  truth.of === 'volume' && truth.api !== 'absent' ? truth.api.attached.join(', ') : '';
const whereFact = (truth: Truth): string => (truth.of === 'volume' ? truth.mounted.join(', ') : '');

function segments(
  truths: readonly Truth[],
  state: (truth: Truth) => State,
  where: (truth: Truth) => string,
  end: Millis,
): Segment[] {
  const all: Segment[] = [];
  for (const [i, truth] of truths.entries()) {
    const [from, to] = [Math.max(0, truth.at), Math.max(0, truths[i + 1]?.at ?? end)];
    const is = state(truth);
    const on = where(truth);
    const last = all[all.length - 1];
    if (to < from || (to === from && i < truths.length - 1)) continue;
    if (last?.state === is && last.where === on && last.to === from) all[all.length - 1] = { ...last, to };
    else all.push({ from, to, state: is, where: on, entry: truth.entry });
  }
  return all.filter((s) => s.state !== 'absent');
}

const laneOf = (name: string, truths: readonly Truth[], end: Millis): Lane => ({
  of: truths[0]!.of,
  name,
  api: segments(truths, apiState, whereApi, end),
  fact: segments(truths, factState, whereFact, end),
});

function grouped<T extends Truth>(truths: readonly T[], key: (truth: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const truth of truths) {
    const group = groups.get(key(truth));
    if (group === undefined) groups.set(key(truth), [truth]);
    else group.push(truth);
  }
  return groups;
}

const withNamespace = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  namespace === 'default' ? name : `${namespace}/${name}`;

/** Nodes in the order of their first truths, each with its Pods as they came. */
export function lanesOf({ truths, endedAt }: Pick<Happened, 'truths' | 'endedAt'>): NodeLanes[] {
  const pods = [...grouped(truths.filter(isPod), (t) => t.uid).values()].map((of) => ({
    node: of[of.length - 1]!.node,
    lane: laneOf(withNamespace(of[0]!), of, endedAt),
  }));
  const nodes = [...grouped(truths.filter(isNode), (t) => t.name)].map(([node, of]) => ({
    node,
    lane: laneOf(node, of, endedAt),
    pods: pods.filter((p) => p.node === node).map((p) => p.lane),
  }));
  const placed = new Set(nodes.map((n) => n.node));
  const others = pods.filter((p) => !placed.has(p.node)).map((p) => p.lane);
  return [...nodes, ...(others.length === 0 ? [] : [{ node: '', pods: others }])];
}

/** The newest truth of each subject at a moment. */
export function truthsAt(truths: readonly Truth[], at: Millis): Truth[] {
  const newest = new Map<string, Truth>();
  for (const truth of truths) {
    if (truth.at > at) break;
    newest.set(`${truth.of} ${truth.of === 'pod' ? truth.uid : truth.name}`, truth);
  }
  return [...newest.values()];
}

/** Lanes of one kind that stand together under a heading. */
export interface LaneGroup {
  readonly name: string;
  readonly lanes: readonly Lane[];
}

/** Persistent volumes, called by the claims that have them: above where they are attached, below mounted. */
export function volumeLanesOf({ truths, endedAt }: Pick<Happened, 'truths' | 'endedAt'>): Lane[] {
  return [...grouped(truths.filter(isVolume), (t) => t.name).values()].map((of) =>
    laneOf((of.find((t) => t.claim !== '')?.claim ?? of[0]!.name).replace(/^default\//, ''), of, endedAt),
  );
}

/** Attempts that do not overlap share a lane. */
function packed(attempts: readonly Lane[]): Lane[] {
  const lanes: { api: Segment[]; fact: Segment[] }[] = [];
  for (const { api, fact } of attempts) {
    const from = api[0]?.from ?? fact[0]?.from ?? 0;
    const free = lanes.find((l) => (l.api[l.api.length - 1]?.to ?? 0) <= from);
    if (free === undefined) lanes.push({ api: [...api], fact: [...fact] });
    else {
      free.api.push(...api);
      free.fact.push(...fact);
    }
  }
  return lanes.map(({ api, fact }) => ({ of: 'job', name: '', api, fact }));
}

/** How long a Pod that has ended is drawn on: it may stay for ever. */
const ENDED: readonly State[] = ['succeeded', 'failed'];

/** What a Pod of a Job did, as its attempt; that nothing runs any more says its end. */
const attemptOf = (of: readonly PodTruth[], attempt: number, end: Millis): Lane => {
  const lane = laneOf('', of, end);
  const numbered = (s: Segment): Segment => ({ ...s, where: `#${attempt}` });
  const last = lane.api.findIndex((s) => ENDED.includes(s.state));
  const over = last < 0 ? end : Math.min(end, lane.api[last]!.from + SHOWN_MS);
  const until = (s: Segment): Segment => ({ ...numbered(s), to: Math.min(s.to, over) });
  return {
    ...lane,
    api: lane.api.filter((s) => s.from < over).map(until),
    fact: lane.fact.filter((s) => s.from < over && s.state !== 'nothing').map(until),
  };
};
const SHOWN_MS = 5000;

/** Jobs, a lane an index or, without those, as many lanes as run at a time; attempts are numbered. */
export function jobLanesOf({ truths, endedAt }: Pick<Happened, 'truths' | 'endedAt'>): LaneGroup[] {
  const pods = truths.filter(isPod).filter((t) => t.job !== undefined);
  const jobs = grouped(pods, (t) => withNamespace({ namespace: t.namespace, name: t.job! }));
  return [...jobs].map(([name, of]) => {
    const indexes = [...grouped(of, (t) => String(t.index ?? ''))];
    const lanes = indexes.flatMap(([index, members]) => {
      const attempts = [...grouped(members, (t) => t.uid).values()];
      const lane = packed(attempts.map((a, i) => attemptOf(a, i + 1, endedAt)));
      return lane.map((l) => ({ ...l, name: index === '' ? '' : `[${index}]` }));
    });
    return { name, lanes };
  });
}
