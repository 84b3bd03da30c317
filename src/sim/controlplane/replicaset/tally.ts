/**
 * How many pods of each sort a ReplicaSet owns, kept up to date by each pod's change, so that a sync of a set
 * of thousands need not look at every one of them. Upstream counts anew each time; the numbers are the same.
 */
import { isPodReady } from '../../api/conditions.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import type { Pod, ReplicaSet } from '../../api/types.ts';
import type { ObserverContext } from '../controller.ts';
import { controllerRefUid, hasLabels, isPodActive, isPodTerminating } from '../podutil.ts';
import type { Bug } from '../../planted.ts';
import { ownerOf, type Replicator } from './replicator.ts';

export interface Tally {
  /** Of the ReplicaSet whose selector and template it was counted by. */
  readonly generation: number;
  active: number;
  labelled: number;
  ready: number;
  terminating: number;
  /** Active and owned, but no longer selected: to be released. */
  stray: number;
}

/** By uid of the ReplicaSet; none for one that is to be counted anew. */
export type Tallies = Map<string, Tally>;

const generationOf = (rs: ReplicaSet): number => rs.metadata.generation ?? 0;

/** Whether a Pod is one of the replicas. */
export const isCounted = (pod: Pod, planted: Bug | undefined): boolean =>
  isPodActive(pod) ||
  (planted === 'replicaset-counts-failed' && pod.metadata.deletionTimestamp === undefined);

function add(t: Tally, rs: ReplicaSet, pod: Pod, by: 1 | -1, planted: Bug | undefined): void {
  const active = isCounted(pod, planted);
  if (!active && !isPodTerminating(pod)) return;
  if (!matches(selectorOf(rs.spec.selector), pod.metadata.labels)) {
    if (active) t.stray += by;
    return;
  }
  if (!active) {
    t.terminating += by;
    return;
  }
  t.active += by;
  if (hasLabels(rs.spec.template?.metadata?.labels, pod.metadata.labels)) t.labelled += by;
  if (isPodReady(pod)) t.ready += by;
}

/** Counts the owned pods as the cache has them. */
export function countPods(rs: ReplicaSet, owned: Iterable<Pod>, planted: Bug | undefined): Tally {
  const t: Tally = {
    generation: generationOf(rs),
    active: 0,
    labelled: 0,
    ready: 0,
    terminating: 0,
    stray: 0,
  };
  for (const pod of owned) add(t, rs, pod, 1, planted);
  return t;
}

/** The counts, when they are known for the ReplicaSet as it is now. */
export function tallyOf(all: Tallies, rs: ReplicaSet): Tally | undefined {
  const t = all.get(rs.metadata.uid);
  return t !== undefined && t.generation === generationOf(rs) ? t : undefined;
}

/** Takes a pod's change into the counts of its owner, before and after. */
export function tallyChange(
  of: Replicator,
  all: Tallies,
  before: Pod | undefined,
  after: Pod | undefined,
  ctx: ObserverContext,
): void {
  if (before !== undefined) change(of, all, before, -1, ctx);
  if (after !== undefined) change(of, all, after, 1, ctx);
}

function change(of: Replicator, all: Tallies, pod: Pod, by: 1 | -1, ctx: ObserverContext): void {
  const uid = controllerRefUid(pod);
  const t = all.get(uid);
  if (t === undefined) return;
  const rs = ownerOf(of, ctx, pod);
  if (rs === undefined || generationOf(rs) !== t.generation) all.delete(uid);
  else add(t, rs, pod, by, ctx.config.planted);
}
