/**
 * What a DaemonSet says of its nodes and pods.
 * Models pkg/controller/daemon/daemon_controller.go (updateDaemonSetStatus, storeDaemonSetStatus).
 */
import { isReason } from '../../api/errors.ts';
import type { DaemonSet } from '../../api/types.ts';
import { isPodReady, untilNextAvailableMs } from '../podutil.ts';
import { byAge, podsByNode } from './nodes.ts';
import { isAvailable, isUpdated, type View } from './view.ts';

export type DaemonSetStatus = DaemonSet['status'];

/** @param acted whether this sync did all that the generation asks for, so that it counts as observed */
function calculateStatus(v: View, acted: boolean): DaemonSetStatus {
  const byNode = podsByNode(v.pods, false);
  let desired = 0;
  let current = 0;
  let misplaced = 0;
  let ready = 0;
  let available = 0;
  let updated = 0;
  for (const { node, fit } of v.nodes) {
    const pods = byNode.get(node.metadata.name);
    if (!fit.shouldRun) {
      if (pods !== undefined) misplaced++;
      continue;
    }
    desired++;
    if (pods === undefined) continue;
    current++;
    const oldest = pods.length === 1 ? pods[0]! : [...pods].sort(byAge)[0]!;
    if (isPodReady(oldest)) {
      ready++;
      if (isAvailable(v, oldest)) available++;
    }
    if (isUpdated(v, oldest)) updated++;
  }
  const old = v.ds.status;
  const observedGeneration = acted ? v.ds.metadata.generation : old.observedGeneration;
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misplaced,
    desiredNumberScheduled: desired,
    numberReady: ready,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(updated === 0 ? {} : { updatedNumberScheduled: updated }),
    ...(available === 0 ? {} : { numberAvailable: available }),
    ...(desired === available ? {} : { numberUnavailable: desired - available }),
    ...(old.collisionCount === undefined ? {} : { collisionCount: old.collisionCount }),
    ...(old.conditions === undefined ? {} : { conditions: old.conditions }),
  };
}

const COUNTS = [
  'desiredNumberScheduled',
  'currentNumberScheduled',
  'numberMisscheduled',
  'numberReady',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'observedGeneration',
] as const;

/**
 * Writes what changed (a conflict is tried again on a fresh read), and looks again when time alone will make
 * a pod available.
 */
export function syncStatus(v: View, acted: boolean): void {
  const status = calculateStatus(v, acted);
  // A DaemonSet without a node still gets its first status, so that it counts as seen.
  if (COUNTS.some((c) => (v.ds.status[c] ?? 0) !== (status[c] ?? 0))) write(v, status, acted);
  const minReadySeconds = v.ds.spec.minReadySeconds ?? 0;
  if (minReadySeconds > 0 && status.numberReady !== (status.numberAvailable ?? 0)) {
    const wait = untilNextAvailableMs(v.pods, minReadySeconds, v.ctx.now) ?? minReadySeconds * 1000;
    v.ctx.queue.addAfter(v.key, wait, { timeout: false });
  }
}

function write(v: View, status: DaemonSetStatus, acted: boolean): void {
  try {
    v.ctx.api.updateStatus<DaemonSet>({ ...v.ds, status });
  } catch (error) {
    if (!isReason(error, 'Conflict')) throw error;
    const fresh = v.ctx.api.get('DaemonSet', v.ds.metadata.namespace!, v.ds.metadata.name);
    v.ctx.api.updateStatus<DaemonSet>({ ...fresh, status: onto(fresh.status, status, acted) });
  }
}

/** What is not counted stays as it is by now, above all a generation that this sync did not act on. */
function onto(fresh: DaemonSetStatus, counted: DaemonSetStatus, acted: boolean): DaemonSetStatus {
  const { observedGeneration, collisionCount: _c, conditions: _d, ...counts } = counted;
  const seen = acted ? observedGeneration : fresh.observedGeneration;
  return {
    ...counts,
    ...(seen === undefined ? {} : { observedGeneration: seen }),
    ...(fresh.collisionCount === undefined ? {} : { collisionCount: fresh.collisionCount }),
    ...(fresh.conditions === undefined ? {} : { conditions: fresh.conditions }),
  };
}
