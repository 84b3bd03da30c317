/**
 * Creates what is missing and deletes what is too much.
 * Models pkg/controller/replicaset/replica_set.go (manageReplicas, getPodsToDelete,
 * getIndirectlyRelatedPods).
 */
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Pod, ReplicaSet } from '../../api/types.ts';
import { type ControllerContext, Throttled } from '../controller.ts';
import { creationObserved, deletionObserved, expect, type Expectations } from '../expectations.ts';
import { isNamespaceTerminating } from '../../api/errors.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../podcontrol.ts';
import { activePodsByNode, rankForDeletion } from '../podranking.ts';
import { controllerRefUid } from '../podutil.ts';
import type { Replicator } from './replicator.ts';

/** How many pods one sync creates or deletes at most. */
const BURST_REPLICAS = 500;

/** The active pods of a set: how many of them, and each when it is asked for. */
export interface OwnedPods {
  readonly active: number;
  readonly labelled: number;
  readonly ready: number;
  /** Being deleted, not among the active. */
  readonly terminating: number;
  list(): readonly Pod[];
}

/**
 * @returns the first error, after everything was tried that should be
 * @throws Throttled when there is more to do than the client may ask for now
 */
export function manageReplicas(
  of: Replicator,
  ctx: ControllerContext,
  rs: ReplicaSet,
  pods: OwnedPods,
  expectations: Expectations,
): ApiError | undefined {
  const key = `${rs.metadata.namespace}/${rs.metadata.name}`;
  const surplus = pods.active - (rs.spec.replicas ?? 1);
  if (surplus < 0) return createReplicas(of, ctx, rs, Math.min(-surplus, BURST_REPLICAS), key, expectations);
  if (surplus > 0)
    return deleteReplicas(of, ctx, rs, pods.list(), Math.min(surplus, BURST_REPLICAS), key, expectations);
  return undefined;
}

function createReplicas(
  of: Replicator,
  ctx: ControllerContext,
  rs: ReplicaSet,
  count: number,
  key: string,
  expectations: Expectations,
): ApiError | undefined {
  expect(expectations, key, count, [], ctx.now);
  const draft = podFromTemplate(rs.spec.template!, rs);
  const { done, error, throttled } = slowStart(ctx.pace, count, () => {
    try {
      createPod(ctx, draft, rs, of.source);
    } catch (error) {
      // Nothing can be created there any more: as good as done, and not worth a retry.
      if (!isNamespaceTerminating(error)) throw error;
    }
  });
  if (done < count) creationObserved(expectations, key, count - done);
  if (throttled) throw new Throttled();
  return error;
}

function deleteReplicas(
  of: Replicator,
  ctx: ControllerContext,
  rs: ReplicaSet,
  pods: readonly Pod[],
  count: number,
  key: string,
  expectations: Expectations,
): ApiError | undefined {
  const victims = podsToDelete(
    pods,
    count,
    () => relatedPods(ctx, rs),
    ctx.now,
    ctx.config.formerly?.scaleDownByExactAge,
  );
  expect(
    expectations,
    key,
    0,
    victims.map((p) => p.metadata.uid),
    ctx.now,
  );
  let failure: ApiError | undefined;
  let throttled = false;
  for (const pod of victims) {
    throttled ||= ctx.pace.callsLeft() < 1;
    if (throttled) {
      deletionObserved(expectations, key, pod.metadata.uid);
      continue;
    }
    try {
      deletePod(ctx, pod.metadata.name, rs, of.source);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      deletionObserved(expectations, key, pod.metadata.uid);
      if (!isNotFound(error)) failure ??= error;
    }
  }
  if (throttled && failure === undefined) throw new Throttled();
  return failure;
}

/** The `count` pods to delete first. Ranked only when some are to stay. */
export function podsToDelete(
  pods: readonly Pod[],
  count: number,
  related: () => Iterable<Pod>,
  now: number,
  exactAge = false,
): Pod[] {
  if (count >= pods.length) return pods.slice();
  return rankForDeletion(pods, activePodsByNode(related()), now, exactAge).slice(0, count);
}

/** The pods of all ReplicaSets of the same owner: a Deployment's replicas should be spread as a whole. */
function* relatedPods(ctx: ControllerContext, rs: ReplicaSet): Generator<Pod> {
  const namespace = rs.metadata.namespace;
  const owner = controllerRefUid(rs);
  const sets = owner === '' ? [rs] : ctx.cache.controlledBy('ReplicaSet', owner, namespace);
  for (const set of sets) yield* ctx.cache.controlledBy('Pod', set.metadata.uid, namespace);
}
