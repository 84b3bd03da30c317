/**
 * The arithmetic of a PodDisruptionBudget: how many pods it expects, how many must be healthy, how many are,
 * and how many may be disrupted. Models pkg/controller/disruption/disruption.go (getExpectedPodCount,
 * countHealthyPods, buildDisruptedPodMap, updatePdbStatus).
 */
import type { Context } from '../../api/client.ts';
import { isPodReady } from '../../api/conditions.ts';
import { isEmptyMap } from '../../api/emptymaps.ts';
import { disruptionAllowedConditions } from '../../api/eviction.ts';
import { scaledValue } from '../../api/intorstring.ts';
import { parseTime } from '../../api/time.ts';
import type { OwnerReference, Pod, PodDisruptionBudget } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { controllerOf, groupOf } from '../refs.ts';
import type { Bug } from '../../planted.ts';

/**
 * From an approved eviction to the moment the pod must have been seen as deleted; later the approval is void.
 */
const DELETION_TIMEOUT_MS = 120_000;

export type BudgetStatus = PodDisruptionBudget['status'];

/** Where owners are looked up. */
export type Owners = Pick<Context, 'cache' | 'resources'>;

const named = (ref: OwnerReference, kind: string, groups: readonly string[]): boolean =>
  ref.kind === kind && groups.includes(groupOf(ref.apiVersion));

/**
 * The controller that decides how many of the pod there are, and its scale; undefined when it is not to be
 * found. @throws Error for kinds without scale
 */
function scaleOf(
  ref: OwnerReference,
  namespace: string,
  owners: Owners,
): { uid: string; scale: number } | undefined {
  if (named(ref, 'ReplicaSet', ['apps', 'extensions'])) {
    const set = owners.cache.get('ReplicaSet', namespace, ref.name);
    if (set === undefined || set.metadata.uid !== ref.uid) return undefined;
    const above = controllerOf(set);
    if (above === undefined || above.kind !== 'Deployment')
      return { uid: set.metadata.uid, scale: set.spec.replicas ?? 1 };
    const deployment = owners.cache.get('Deployment', namespace, above.name);
    if (deployment !== undefined && deployment.metadata.uid === above.uid)
      return { uid: deployment.metadata.uid, scale: deployment.spec.replicas ?? 1 };
    // The Deployment is gone: the scale subresource of the ReplicaSet still answers.
    return { uid: set.metadata.uid, scale: set.spec.replicas ?? 1 };
  }
  if (named(ref, 'StatefulSet', ['apps'])) {
    const set = owners.cache.get('StatefulSet', namespace, ref.name);
    return set === undefined || set.metadata.uid !== ref.uid
      ? undefined
      : { uid: set.metadata.uid, scale: set.spec.replicas ?? 1 };
  }
  const definition = owners.resources.ofGroup(ref.apiVersion, ref.kind);
  if (definition === undefined)
    throw new Error(`no matches for kind "${ref.kind}" in version "${ref.apiVersion}"`);
  if (definition.subresources.scale === undefined)
    throw new Error(`${definition.resource} does not implement the scale subresource`);
  return undefined;
}

/** Sum of the scales of all controllers of the pods; pods without a controller are listed apart. */
function expectedScale(pods: readonly Pod[], owners: Owners): { expected: number; unmanaged: string[] } {
  const scales = new Map<string, number>();
  const unmanaged: string[] = [];
  for (const pod of pods) {
    const ref = controllerOf(pod);
    if (ref === undefined) {
      unmanaged.push(pod.metadata.name);
      continue;
    }
    if (scales.has(ref.uid)) continue;
    const found = scaleOf(ref, pod.metadata.namespace ?? '', owners);
    if (found === undefined) throw new Error(`found no controllers for pod "${pod.metadata.name}"`);
    scales.set(found.uid, found.scale);
  }
  let expected = 0;
  for (const scale of scales.values()) expected += scale;
  return { expected, unmanaged };
}

/**
 * @throws Error when the number cannot be known (no such controller, a kind without scale, a bad percentage)
 */
export function expectedPods(
  spec: PodDisruptionBudget['spec'],
  pods: readonly Pod[],
  owners: Owners,
  planted?: Bug,
): { expected: number; desiredHealthy: number; unmanaged: string[] } {
  if (spec.maxUnavailable !== undefined) {
    const { expected, unmanaged } = expectedScale(pods, owners);
    return {
      expected,
      desiredHealthy: Math.max(0, expected - scaledValue(spec.maxUnavailable, expected, true)),
      unmanaged,
    };
  }
  if (typeof spec.minAvailable === 'number')
    return { expected: pods.length, desiredHealthy: spec.minAvailable, unmanaged: [] };
  if (spec.minAvailable !== undefined) {
    const { expected, unmanaged } = expectedScale(pods, owners);
    return {
      expected,
      desiredHealthy: scaledValue(spec.minAvailable, expected, planted !== 'budget-rounded-down'),
      unmanaged,
    };
  }
  return { expected: 0, desiredHealthy: 0, unmanaged: [] };
}

/** Ready pods that are neither being deleted nor about to be. */
export function countHealthy(
  pods: readonly Pod[],
  disrupted: Readonly<Record<string, string>>,
  now: Millis,
  planted?: Bug,
): number {
  let healthy = 0;
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined && planted !== 'budget-counts-terminating') continue;
    const at = disrupted[pod.metadata.name];
    if (at !== undefined && parseTime(at) + DELETION_TIMEOUT_MS > now) continue;
    if (isPodReady(pod) || (planted === 'budget-counts-running' && pod.status.phase === 'Running'))
      healthy += 1;
  }
  return healthy;
}

/**
 * The approvals that still wait for their pod's deletion, when to look again, and the pods whose approval ran
 * out.
 */
export function pendingDisruptions(
  pods: readonly Pod[],
  disrupted: Readonly<Record<string, string>> | undefined,
  now: Millis,
): { pending: Record<string, string>; recheckAt: Millis | undefined; expired: Pod[] } {
  const pending: Record<string, string> = {};
  const expired: Pod[] = [];
  let recheckAt: Millis | undefined;
  if (disrupted === undefined) return { pending, recheckAt, expired };
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const at = disrupted[pod.metadata.name];
    if (at === undefined) continue;
    const until = parseTime(at) + DELETION_TIMEOUT_MS;
    if (until < now) {
      expired.push(pod);
      continue;
    }
    if (recheckAt === undefined || until < recheckAt) recheckAt = until;
    pending[pod.metadata.name] = at;
  }
  return { pending, recheckAt, expired };
}

function sameTimes(
  a: Readonly<Record<string, string>> | undefined,
  b: Readonly<Record<string, string>>,
): boolean {
  if (a === undefined) return isEmptyMap(b);
  for (const k in a) if (b[k] !== a[k]) return false;
  for (const k in b) if (a[k] === undefined) return false;
  return true;
}

function conditionUpToDate(budget: PodDisruptionBudget): boolean {
  const { status, metadata } = budget;
  const condition = status.conditions?.find((c) => c.type === 'DisruptionAllowed');
  if (condition === undefined || status.observedGeneration !== metadata.generation) return false;
  return (status.disruptionsAllowed ?? 0) > 0
    ? condition.status === 'True' && condition.reason === 'SufficientPods'
    : condition.status === 'False' && condition.reason === 'InsufficientPods';
}

/** The status to write; undefined when the budget has it already. */
export function nextStatus(
  budget: PodDisruptionBudget,
  healthy: number,
  desiredHealthy: number,
  expected: number,
  disrupted: Record<string, string>,
  now: Millis,
): BudgetStatus | undefined {
  const { status, metadata } = budget;
  // A budget that matches no pod yet allows nothing, so that its first pods are safe before the next sync.
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desiredHealthy);
  if (
    status.currentHealthy === healthy &&
    status.desiredHealthy === desiredHealthy &&
    status.expectedPods === expected &&
    status.disruptionsAllowed === allowed &&
    sameTimes(status.disruptedPods, disrupted) &&
    status.observedGeneration === metadata.generation &&
    conditionUpToDate(budget)
  )
    return undefined;
  const { generation } = metadata;
  const conditions = disruptionAllowedConditions(status.conditions, allowed, generation, now);
  const next: BudgetStatus = {};
  if (generation !== undefined) next.observedGeneration = generation;
  if (!isEmptyMap(disrupted)) next.disruptedPods = disrupted;
  next.disruptionsAllowed = allowed;
  next.currentHealthy = healthy;
  next.desiredHealthy = desiredHealthy;
  next.expectedPods = expected;
  next.conditions = conditions;
  return next;
}
