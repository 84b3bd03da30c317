/**
 * Keeps the status of PodDisruptionBudgets, on which the eviction subresource decides.
 * Models pkg/controller/disruption/disruption.go. Keys: `pdb/namespace/name`, and `stale/namespace/name` for
 * pods whose announced disruption never came.
 */
import type { WatchEvent } from '../../api/client.ts';
import {
  isPodReady,
  podCondition,
  withCondition,
  withPodCondition,
  type Condition,
} from '../../api/conditions.ts';
import { isConflict } from '../../api/errors.ts';
import { parseTime } from '../../api/time.ts';
import { goSelector } from '../../api/goselector.ts';
import type { Pod, PodDisruptionBudget } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { sameLabels } from '../podutil.ts';
import { controllerOf, splitKey } from '../refs.ts';
import { chosen, indexBudget, indexPod, podsOf, type BudgetIndex } from './budgetindex.ts';
import { countHealthy, expectedPods, nextStatus, pendingDisruptions } from './budget.ts';

/** How long a pod may carry DisruptionTarget without being deleted. */
const STALE_DISRUPTION_MS = 120_000;
const SOURCE = { source: 'controllermanager' };

export interface DisruptionState {
  index: BudgetIndex;
}
type State = DisruptionState;

/** Whether a budget can count the pod differently now. */
function countsDifferently(old: Pod, pod: Pod): boolean {
  return (
    isPodReady(old) !== isPodReady(pod) ||
    old.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    !sameLabels(old.metadata.labels, pod.metadata.labels) ||
    controllerOf(old)?.uid !== controllerOf(pod)?.uid
  );
}

/** How long until the pod's DisruptionTarget is stale; undefined when it has none to clear. */
function untilStale(pod: Pod, now: Millis): Millis | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  const condition = podCondition(pod, 'DisruptionTarget');
  // A kubelet's own termination may take arbitrarily long to come.
  if (condition === undefined || condition.status !== 'True' || condition.reason === 'TerminationByKubelet')
    return undefined;
  if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') return undefined;
  return Math.max(0, parseTime(condition.lastTransitionTime ?? '') + STALE_DISRUPTION_MS - now);
}

function observePod(event: WatchEvent<Pod>, state: State, ctx: ObserverContext): void {
  const { object: pod, old } = event;
  const { namespace, name } = pod.metadata;
  const budgets = indexPod(state.index, event);
  if (event.type !== 'DELETED') {
    const left = untilStale(pod, ctx.now);
    if (left !== undefined) ctx.queue.addAfter(`stale/${namespace}/${name}`, left, { timeout: true });
    // Of several budgets one is chosen anew at every change, and told: such a pod is never passed over.
    if (old !== undefined && budgets.length < 2 && !countsDifferently(old, pod)) return;
  }
  if (budgets.length === 0) return;
  const budget = chosen(state.index, namespace!, budgets, (below) => ctx.randomInt(below));
  if (budgets.length > 1) {
    ctx.event(
      pod,
      'Warning',
      'MultiplePodDisruptionBudgets',
      `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${budget}" arbitrarily.`,
      SOURCE,
    );
  }
  ctx.queue.add(`pdb/${namespace}/${budget}`);
}

/** Computes and writes the status. @throws Error with the reason when it cannot be computed */
function trySync(budget: PodDisruptionBudget, state: State, ctx: ControllerContext): void {
  const { planted } = ctx.config;
  const pods = podsOf(state.index, budget, ctx.cache);
  if (pods.length === 0) ctx.event(budget, 'Normal', 'NoPods', 'No matching pods found', SOURCE);
  let counts: ReturnType<typeof expectedPods>;
  try {
    counts = expectedPods(budget.spec, pods, ctx, planted);
  } catch (error) {
    const why = (error as Error).message;
    ctx.event(
      budget,
      'Warning',
      'CalculateExpectedPodCountFailed',
      `Failed to calculate the number of expected pods: ${why}`,
      SOURCE,
    );
    throw error;
  }
  if (counts.unmanaged.length > 0) {
    ctx.event(
      budget,
      'Warning',
      'UnmanagedPods',
      `Pods selected by this PodDisruptionBudget (selector: ${goSelector(budget.spec.selector)}) were ` +
        'found to be unmanaged. As a result, the status of the PDB cannot be ' +
        'calculated correctly, which may result in undefined behavior. To account for these pods please ' +
        'set ".spec.minAvailable" field of the PDB to an integer value.',
      SOURCE,
    );
  }
  const { pending, recheckAt, expired } = pendingDisruptions(pods, budget.status.disruptedPods, ctx.now);
  for (const pod of expired) {
    // The namespace stands where the name should: upstream's message says it so.
    const { namespace } = budget.metadata;
    ctx.event(
      pod,
      'Warning',
      'NotDeleted',
      `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`,
      SOURCE,
    );
  }
  const status = nextStatus(
    budget,
    countHealthy(pods, pending, ctx.now, planted),
    counts.desiredHealthy,
    counts.expected,
    pending,
    ctx.now,
  );
  if (status !== undefined) ctx.api.updateStatus({ ...budget, status });
  if (recheckAt !== undefined) {
    ctx.queue.addAfter(`pdb/${budget.metadata.namespace}/${budget.metadata.name}`, recheckAt - ctx.now + 1, {
      timeout: true,
    });
  }
}

/**
 * A budget that cannot be computed allows nothing. Written even where it says so already: a write that fails
 * has the key tried again, and one that changes nothing ends the attempts until the next event, as upstream.
 */
function failSafe(budget: PodDisruptionBudget, why: string, ctx: ControllerContext): void {
  const { observedGeneration } = budget.status;
  const conditions = withCondition(
    (budget.status.conditions ?? []) as Condition[],
    {
      type: 'DisruptionAllowed',
      status: 'False',
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
      reason: 'SyncFailed',
      message: why,
    },
    ctx.now,
  );
  ctx.api.updateStatus({
    ...budget,
    status: {
      ...budget.status,
      disruptionsAllowed: 0,
      conditions: [...conditions] as typeof budget.status.conditions,
    },
  });
}

function syncBudget(namespace: string, name: string, state: State, ctx: ControllerContext): void {
  const budget = ctx.cache.get('PodDisruptionBudget', namespace, name);
  if (budget === undefined) return;
  try {
    trySync(budget, state, ctx);
  } catch (error) {
    if (isConflict(error)) throw error;
    failSafe(budget, (error as Error).message, ctx);
  }
}

function syncStalePod(key: string, namespace: string, name: string, ctx: ControllerContext): void {
  const pod = ctx.cache.get('Pod', namespace, name);
  if (pod === undefined) return;
  const left = untilStale(pod, ctx.now);
  if (left === undefined) return;
  if (left > 0) {
    ctx.queue.addAfter(key, left, { timeout: true });
    return;
  }
  const status = withPodCondition(pod.status, { type: 'DisruptionTarget', status: 'False' }, ctx.now);
  if (status !== pod.status) ctx.api.updateStatus({ ...pod, status });
}

export const disruptionController: Controller<State> = {
  name: 'disruption-controller',
  account: 'disruption-controller',
  watches: ['Pod', 'PodDisruptionBudget', 'ReplicaSet', 'Deployment', 'StatefulSet'],
  init: () => ({ index: new Map() }),
  observe(event, state, ctx) {
    if (event.kind === 'Pod') {
      observePod(event as unknown as WatchEvent<Pod>, state, ctx);
    } else if (event.kind === 'PodDisruptionBudget') {
      indexBudget(state.index, event as unknown as WatchEvent<PodDisruptionBudget>, ctx.cache);
      ctx.queue.add(`pdb/${event.object.metadata.namespace}/${event.object.metadata.name}`);
    }
  },
  sync(key, state, ctx) {
    const [what, rest] = splitKey(key);
    const [namespace, name] = splitKey(rest);
    if (what === 'pdb') syncBudget(namespace, name, state, ctx);
    else syncStalePod(key, namespace, name, ctx);
  },
};
