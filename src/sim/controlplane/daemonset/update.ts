/**
 * The RollingUpdate strategy of DaemonSets: which old pods go now (maxUnavailable), or where a new one joins
 * them (maxSurge). Models pkg/controller/daemon/update.go (rollingUpdate).
 */
import type { Pod } from '../../api/types.ts';
import { syncNodes } from './manage.ts';
import { podsByNode, type PodsByNode } from './nodes.ts';
import { isAvailable, isUpdated, surgeOf, unavailableOf, type View } from './view.ts';

/** A node's living pods, at most one of each template; undefined when there are more. */
interface Pair {
  readonly fresh: Pod | undefined;
  readonly old: Pod | undefined;
}

function pairOn(v: View, pods: readonly Pod[]): Pair | undefined {
  let fresh: Pod | undefined;
  let old: Pod | undefined;
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (isUpdated(v, pod)) {
      if (fresh !== undefined) return undefined;
      fresh = pod;
    } else {
      if (old !== undefined) return undefined;
      old = pod;
    }
  }
  return { fresh, old };
}

/** @throws ApiError the first failure */
export function rollingUpdate(v: View): void {
  const byNode = new Map(podsByNode(v.pods, false));
  let desired = 0;
  for (const { node, fit } of v.nodes) {
    if (!fit.shouldRun) continue;
    desired++;
    // A node still without a pod counts as unavailable, like one whose pod is not.
    if (!byNode.has(node.metadata.name)) byNode.set(node.metadata.name, []);
  }
  const surge = surgeOf(v.ds, desired);
  let unavailable = unavailableOf(v.ds, desired);
  // Percentages may round to nothing at all; then one may be unavailable, or the update could never move.
  if (desired > 0 && surge === 0 && unavailable === 0) unavailable = 1;
  if (surge === 0) replace(v, byNode, unavailable);
  else surgeOver(v, byNode, desired, surge);
}

function replace(v: View, byNode: PodsByNode, maxUnavailable: number): void {
  let unavailable = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const pods of byNode.values()) {
    const pair = pairOn(v, pods);
    if (pair === undefined || (pair.old === undefined) === (pair.fresh === undefined)) {
      unavailable++;
    } else if (pair.fresh !== undefined) {
      if (!isAvailable(v, pair.fresh)) unavailable++;
    } else if (!isAvailable(v, pair.old!)) {
      broken.push(pair.old!);
      unavailable++;
    } else if (unavailable < maxUnavailable) {
      candidates.push(pair.old!);
    }
  }
  // Those that are not available anyway cost nothing.
  syncNodes(v, [], [...broken, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))]);
}

function surgeOver(v: View, byNode: PodsByNode, desired: number, maxSurge: number): void {
  const fits = new Map(v.nodes.map(({ node, fit }) => [node.metadata.name, fit]));
  const remove: Pod[] = [];
  const misplaced: Pod[] = [];
  const allowed: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  let available = 0;
  for (const [node, pods] of byNode) {
    const pair = pairOn(v, pods);
    if (pair === undefined) {
      surging++;
      continue;
    }
    const { fresh, old } = pair;
    const counted = old ?? fresh;
    if (counted !== undefined && isAvailable(v, counted)) available++;
    if (old === undefined) continue;
    if (fresh !== undefined) {
      if (isAvailable(v, fresh)) remove.push(old);
      else surging++;
      continue;
    }
    const fit = fits.get(node);
    // The node is gone from the cache: its pods are the pod garbage collector's.
    if (fit === undefined) continue;
    if (!isAvailable(v, old)) {
      if (fit.shouldRun) allowed.push(node);
      else remove.push(old);
    } else if (!fit.shouldRun) {
      misplaced.push(old);
    } else if (surging < maxSurge) {
      candidates.push(node);
    }
  }
  // Where scheduling constraints moved, an available pod goes only for one that has become available
  // elsewhere.
  remove.push(...misplaced.slice(0, Math.max(0, available - desired)));
  syncNodes(v, [...allowed, ...candidates.slice(0, Math.max(0, maxSurge - surging))], remove);
}
