/**
 * One step towards the wanted pods: in order and one at a time (OrderedReady) or all at once (Parallel);
 * scaling before updating. Models pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet).
 */
import type { Draft } from '../../api/client.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Pod, StatefulSet } from '../../api/types.ts';
import { type ControllerContext, Throttled } from '../controller.ts';
import { slowStart } from '../podcontrol.ts';
import { isPodTerminal } from '../podutil.ts';
import {
  allowsBurst,
  identityMatches,
  inRange,
  isRollingUpdate,
  isRunningAndAvailable,
  isTerminating,
  isUnavailable,
  maxUnavailable,
  newPod,
  ordinalOf,
  partitionOf,
  replicasOf,
  revisionName,
  startOrdinal,
  type Revisions,
} from './identity.ts';
import { awaitsClaims, keepClaims, makeClaims } from './claims.ts';
import { createStatefulPod, deleteStatefulPod, repairIdentity } from './pods.ts';
import type { Tally } from './status.ts';

/** A place in the set: the pod that holds it, or the draft of the one to be made. */
type Slot =
  | { readonly pod: Pod; readonly draft?: undefined }
  | { readonly pod?: undefined; readonly draft: Draft<Pod> };

interface Step {
  readonly ctx: ControllerContext;
  readonly set: StatefulSet;
  readonly revisions: Revisions;
  /** Wait for each pod before going on to the next. */
  readonly monotonic: boolean;
}

/** Makes one step; counts in the tally what it deletes for the update. @throws ApiError the first failure */
export function updatePods(
  ctx: ControllerContext,
  set: StatefulSet,
  revisions: Revisions,
  pods: readonly Pod[],
  tally: Tally,
): void {
  const step: Step = {
    ctx,
    set,
    revisions,
    monotonic: !allowsBurst(set) && ctx.config.planted !== 'stateful-starts-unordered',
  };
  const first = startOrdinal(set);
  const held: (Pod | undefined)[] = Array.from({ length: replicasOf(set) });
  const condemned: Pod[] = [];
  for (const pod of pods) {
    const ordinal = ordinalOf(pod);
    if (inRange(set, ordinal)) held[ordinal - first] = pod;
    else if (ordinal >= 0) condemned.push(pod);
  }
  condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a));
  if (set.metadata.deletionTimestamp !== undefined) return;

  const slots = held.map(
    (pod, i): Slot =>
      pod === undefined ? { draft: newPod(set, revisions, first + i, ctx.config.planted) } : { pod },
  );
  if (forAll(step, slots, (slot) => processReplica(step, slot))) return;
  // Scaling down has no business with the health of what stays, but for the one pod that may go although it
  // is not healthy itself.
  const missing = slots.some((slot) => slot.pod === undefined);
  const unhealthy = missing
    ? undefined
    : [...(held as Pod[]), ...condemned.toReversed()].find((pod) => isUnavailable(pod, set, ctx.now));
  if (forAll(step, condemned, (pod) => processCondemned(step, pod, unhealthy))) return;
  if (!isRollingUpdate(set)) return;
  if (ctx.config.maxUnavailableStatefulSet) updateMany(step, slots, tally);
  else updateOne(step, slots, tally);
}

/** Whether to stop here. In burst mode every item is worked on, in growing batches. */
function forAll<T>(step: Step, items: readonly T[], act: (item: T) => boolean): boolean {
  if (step.monotonic) return items.some(act);
  const { error, throttled } = slowStart(step.ctx.pace, items.length, (i) => void act(items[i]!));
  if (error !== undefined) throw error;
  if (throttled) throw new Throttled();
  return false;
}

/** Whether the set must wait for this replica. */
function processReplica(step: Step, slot: Slot): boolean {
  const { ctx, set, monotonic } = step;
  if (slot.pod === undefined) {
    const { draft } = slot;
    // Nobody tells when the claim has gone: the queue asks again.
    if (awaitsClaims(ctx, set, draft.metadata.name!, ordinalOf(draft)))
      throw new ApiError('Conflict', `the claims of ${draft.metadata.name} are those of a Pod that has gone`);
    createStatefulPod(ctx, set, draft);
    return monotonic;
  }
  const { pod } = slot;
  if (isPodTerminal(pod)) {
    // Whatever its exit code: it is made anew under its name once it is gone.
    if (!isTerminating(pod)) deleteStatefulPod(ctx, set, pod);
    return true;
  }
  if (pod.status.phase === 'Pending') makeClaims(ctx, set, pod.metadata.name, ordinalOf(pod));
  if (monotonic && (isTerminating(pod) || !isRunningAndAvailable(pod, set, ctx.now))) return true;
  keepClaims(ctx, set, pod.metadata, ordinalOf(pod), false);
  if (!identityMatches(set, pod)) repairIdentity(ctx, set, pod);
  return false;
}

/** Scale-down from the highest ordinal; waits while another pod of the set is unhealthy. */
function processCondemned(step: Step, pod: Pod, unhealthy: Pod | undefined): boolean {
  const { ctx, set, monotonic } = step;
  if (isTerminating(pod)) return monotonic;
  if (monotonic && !isRunningAndAvailable(pod, set, ctx.now) && pod !== unhealthy) return true;
  keepClaims(ctx, set, pod.metadata, ordinalOf(pod), true);
  deleteStatefulPod(ctx, set, pod);
  return true;
}

const needsUpdate = (step: Step, slot: Slot): slot is Slot & { pod: Pod } =>
  slot.pod !== undefined &&
  revisionName(slot.pod) !== step.revisions.update.metadata.name &&
  !isTerminating(slot.pod);

function deleteForUpdate(step: Step, pod: Pod, tally: Tally): void {
  try {
    deleteStatefulPod(step.ctx, step.set, pod);
  } catch (error) {
    if (!(error instanceof ApiError) || !isNotFound(error)) throw error;
  }
  tally.current--;
}

/** The highest ordinal that is not of the update's revision, once all above it are and are available. */
function updateOne(step: Step, slots: readonly Slot[], tally: Tally): void {
  const { planted } = step.ctx.config;
  for (let i = slots.length - 1; i >= partitionOf(step.set, planted); i--) {
    const slot = slots[i]!;
    if (needsUpdate(step, slot)) {
      deleteForUpdate(step, slot.pod, tally);
      if (planted === 'stateful-updates-two' && i === slots.length - 1) continue;
      return;
    }
    if (slot.pod === undefined || isUnavailable(slot.pod, step.set, step.ctx.now)) return;
  }
}

/** Feature gate MaxUnavailableStatefulSet: several at a time, as long as few enough are unavailable. */
function updateMany(step: Step, slots: readonly Slot[], tally: Tally): void {
  const { set, ctx } = step;
  const unavailable = slots.filter((s) => s.pod === undefined || isUnavailable(s.pod, set, ctx.now)).length;
  let left = maxUnavailable(set) - unavailable;
  for (let i = slots.length - 1; i >= partitionOf(set, ctx.config.planted) && left > 0; i--) {
    const slot = slots[i]!;
    if (!needsUpdate(step, slot)) continue;
    deleteForUpdate(step, slot.pod, tally);
    left--;
  }
}
