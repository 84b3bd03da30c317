/** Pods on nodes over time: what the API says of each, and what is so. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { NodeTruth, PodTruth, Run, Truth } from '../run.ts';

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
  | 'absent';

export interface Segment {
  readonly from: Millis;
  readonly to: Millis;
  readonly state: State;
  /** The last entry before it began. */
  readonly entry: EntryId;
}

export interface Lane {
  readonly of: 'node' | 'pod';
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

export function apiState(truth: Truth): State {
  if (truth.of === 'node') return truth.api === 'not ready' ? 'notReady' : truth.api;
  const { api } = truth;
  if (api === 'absent') return 'absent';
  if (api.terminating) return 'terminating';
  if (api.phase === 'Succeeded') return 'succeeded';
  if (api.phase === 'Failed') return 'failed';
  if (api.phase !== 'Running') return 'pending';
  return api.ready ? 'ready' : 'notReady';
}

export function factState(truth: Truth): State {
  if (truth.of === 'pod') return truth.serving ? 'serving' : truth.running > 0 ? 'running' : 'nothing';
  if (truth.power !== 'on') return truth.power;
  if (!truth.connected) return 'cutOff';
  return truth.kubelet === 'up' ? 'on' : 'kubeletDown';
}

/** Whether what the API says is not so. */
export function isApart(truth: Truth): boolean {
  const [api, fact] = [apiState(truth), factState(truth)];
  if (truth.of === 'node') return (api === 'ready') !== (fact === 'on') && api !== 'absent';
  return (api === 'ready') !== (fact === 'serving') && (api !== 'absent' || truth.running > 0);
}

function segments(truths: readonly Truth[], state: (truth: Truth) => State, end: Millis): Segment[] {
  const all: Segment[] = [];
  for (const [i, truth] of truths.entries()) {
    const [from, to] = [Math.max(0, truth.at), Math.max(0, truths[i + 1]?.at ?? end)];
    const is = state(truth);
    const last = all[all.length - 1];
    if (to < from || (to === from && i < truths.length - 1)) continue;
    if (last?.state === is && last.to === from) all[all.length - 1] = { ...last, to };
    else all.push({ from, to, state: is, entry: truth.entry });
  }
  return all.filter((s) => s.state !== 'absent');
}

const laneOf = (name: string, truths: readonly Truth[], end: Millis): Lane => ({
  of: truths[0]!.of,
  name,
  api: segments(truths, apiState, end),
  fact: segments(truths, factState, end),
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

/** Nodes in the order of their first truths, each with its Pods as they came. */
export function lanesOf({ truths, endedAt }: Pick<Run, 'truths' | 'endedAt'>): NodeLanes[] {
  const pods = [...grouped(truths.filter(isPod), (t) => t.uid).values()].map((of) => ({
    node: of[of.length - 1]!.node,
    lane: laneOf(
      of[0]!.namespace === 'default' ? of[0]!.name : `${of[0]!.namespace}/${of[0]!.name}`,
      of,
      endedAt,
    ),
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
    newest.set(truth.of === 'pod' ? truth.uid : truth.name, truth);
  }
  return [...newest.values()];
}
