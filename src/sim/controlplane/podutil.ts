/**
 * What controllers ask of a pod: active, ready, available, and when it will be.
 * Models pkg/api/v1/pod/util.go and the pod helpers of pkg/controller/controller_utils.go.
 */
import { isPodReady, isPodTerminal } from '../api/conditions.ts';
import { parseTime } from '../api/time.ts';
import type { Pod } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';

export { isPodReady, isPodTerminal };

/** Counts towards its controller's replicas: neither finished nor being deleted. */
export function isPodActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && !isPodTerminal(pod);
}

/** Marked for deletion and still running. */
export function isPodTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod);
}

/** Since when the pod is ready, as the API says it ('' when it does not say); undefined when it is not. */
export function readySince(pod: Pod): string | undefined {
  const conditions = pod.status.conditions;
  if (conditions === undefined) return undefined;
  for (const c of conditions)
    if (c.type === 'Ready') return c.status === 'True' ? (c.lastTransitionTime ?? '') : undefined;
  return undefined;
}

/** Ready, and for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: Millis): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySince(pod);
  return since !== undefined && since !== '' && parseTime(since) + minReadySeconds * 1000 <= now;
}

/**
 * How long until the first of the ready pods becomes available by the mere passing of time; undefined when
 * none will.
 */
export function untilNextAvailableMs(
  pods: readonly Pod[],
  minReadySeconds: number,
  now: Millis,
): Millis | undefined {
  if (minReadySeconds === 0) return undefined;
  let least: Millis | undefined;
  for (const pod of pods) {
    const since = readySince(pod);
    if (since === undefined || since === '') continue;
    const wait = parseTime(since) + minReadySeconds * 1000 - now;
    if (wait > 0 && (least === undefined || wait < least)) least = wait;
  }
  return least;
}

/**
 * Whether a change of a pod can matter to the controller that counts it: its life, readiness, labels or
 * ownership.
 */
export function podChangeMatters(old: Pod, pod: Pod): boolean {
  return (
    old.status.phase !== pod.status.phase ||
    old.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    readySince(old) !== readySince(pod) ||
    !sameLabels(old.metadata.labels, pod.metadata.labels) ||
    controllerRefUid(old) !== controllerRefUid(pod)
  );
}

type Labels = Readonly<Record<string, string>> | undefined;

export function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  const left = Object.keys(a ?? {});
  if (left.length !== Object.keys(b ?? {}).length) return false;
  for (const key of left) if (b?.[key] !== a![key]) return false;
  return true;
}

/** Whether every one of the wanted labels is there with its value. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}

/** The uid of the controlling owner; '' without one. */
export function controllerRefUid(object: {
  metadata: { ownerReferences?: readonly { uid: string; controller?: boolean }[] };
}): string {
  const owners = object.metadata.ownerReferences;
  if (owners !== undefined) for (const o of owners) if (o.controller === true) return o.uid;
  return '';
}
