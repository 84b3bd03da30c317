/**
 * Which of a controller's pods are deleted first when there are too many.
 * Models pkg/controller/controller_utils.go (ActivePodsWithRanks).
 */
import { parseTime } from '../api/time.ts';
import type { Pod } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { isPodActive, readySince } from './podutil.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/** A pod with everything its rank depends on, read once before sorting. */
export interface Ranked {
  readonly pod: Pod;
  readonly assigned: boolean;
  readonly phase: number;
  readonly ready: boolean;
  readonly cost: number;
  readonly related: number;
  readonly readySince: string;
  readonly readyAge: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly created: string;
  readonly age: number;
}

const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** The annotation as a 32-bit integer; anything else counts as 0. */
export function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  if (text === undefined || !/^(0|-?[1-9][0-9]*)$/.test(text)) return 0;
  const cost = Number(text);
  return cost >= -(2 ** 31) && cost < 2 ** 31 ? cost : 0;
}

/**
 * The whole part of the binary logarithm of an age in nanoseconds; -1 for none. Integer arithmetic, so no
 * platform decides.
 */
export function ageBucket(ageMs: Millis): number {
  if (ageMs <= 0) return -1;
  let rest = ageMs * 1_000_000;
  let bucket = 0;
  while (rest >= 4_294_967_296) {
    rest /= 4_294_967_296;
    bucket += 32;
  }
  return bucket + 31 - Math.clz32(rest);
}

/** A time that is not known counts as younger than any. */
function ageSince(time: string, now: Millis, exact: boolean): number {
  if (time === '') return -2;
  const ageMs = now - parseTime(time);
  return exact ? Math.max(-1, ageMs) : ageBucket(ageMs);
}

function restartsOf(pod: Pod): { regular: number; sidecar: number } {
  let regular = 0;
  let sidecar = 0;
  for (const s of pod.status.containerStatuses ?? []) regular = Math.max(regular, s.restartCount);
  const statuses = pod.status.initContainerStatuses;
  if (statuses !== undefined && statuses.length > 0) {
    const sidecars = new Set(
      (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always').map((c) => c.name),
    );
    for (const s of statuses) if (sidecars.has(s.name)) sidecar = Math.max(sidecar, s.restartCount);
  }
  return { regular, sidecar };
}

export function ranked(pod: Pod, related: number, now: Millis, exactAge = false): Ranked {
  const since = readySince(pod);
  const restarts = restartsOf(pod);
  const created = pod.metadata.creationTimestamp;
  return {
    pod,
    related,
    assigned: (pod.spec.nodeName ?? '') !== '',
    phase: PHASES[pod.status.phase ?? ''] ?? 0,
    ready: since !== undefined,
    cost: deletionCost(pod),
    readySince: since ?? '',
    readyAge: ageSince(since ?? '', now, exactAge),
    restarts: restarts.regular,
    sidecarRestarts: restarts.sidecar,
    created,
    age: ageSince(created, now, exactAge),
  };
}

/**
 * Negative: the first is deleted before the second. Ends with the uid, which is random, so it is a total
 * order.
 */
export function compareForDeletion(a: Ranked, b: Ranked): number {
  if (a.assigned !== b.assigned) return a.assigned ? 1 : -1;
  if (a.phase !== b.phase) return a.phase - b.phase;
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.related !== b.related) return b.related - a.related;
  const byUid =
    a.pod.metadata.uid < b.pod.metadata.uid ? -1 : a.pod.metadata.uid > b.pod.metadata.uid ? 1 : 0;
  // Ages count by their logarithm; within one power of two chance decides, so that failure domains are hit
  // evenly.
  if (a.ready && a.readySince !== b.readySince)
    return a.readyAge === b.readyAge ? byUid : a.readyAge - b.readyAge;
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  if (a.created !== b.created) return a.age === b.age ? byUid : a.age - b.age;
  return byUid;
}

/**
 * The pods, first to be deleted first: unassigned, pending, not ready, low deletion cost, doubled up on a
 * node with related pods, ready for a short time, often restarted, young.
 * @param relatedOnNode how many active related pods a pod's node holds
 * @param exactAge ages are compared as they are, not by their logarithm (`scaleDownByExactAge`)
 */
export function rankForDeletion(
  pods: readonly Pod[],
  relatedOnNode: (pod: Pod) => number,
  now: Millis,
  exactAge = false,
): Pod[] {
  return pods
    .map((pod) => ranked(pod, relatedOnNode(pod), now, exactAge))
    .sort(compareForDeletion)
    .map((r) => r.pod);
}

/** Counts active pods by node, for `rankForDeletion`; pods without a node share one count. */
export function activePodsByNode(related: Iterable<Pod>): (pod: Pod) => number {
  const counts = new Map<string, number>();
  for (const pod of related) {
    if (!isPodActive(pod)) continue;
    const node = pod.spec.nodeName ?? '';
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return (pod) => counts.get(pod.spec.nodeName ?? '') ?? 0;
}
