/** One sync's view of a Deployment: a working value that writes replace, and its ReplicaSets. */
import type { Deployment, ReplicaSet } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { Condition } from './conditions.ts';
import { setCondition } from './conditions.ts';

export const SOURCE = 'deployment-controller';

export interface Rollout {
  readonly ctx: ControllerContext;
  readonly key: string;
  /**
   * As the cache knew it, with the changes of this sync. Its resource version stays the cache's, so that a
   * second write of the status in one sync conflicts and the sync is done anew on a fresh view, as upstream's
   * does.
   */
  d: Deployment;
}

export interface Sets {
  /** The ReplicaSet of the current template, when there is one. */
  readonly fresh: ReplicaSet | undefined;
  /** All others. */
  readonly old: readonly ReplicaSet[];
}

export const allSets = (sets: Sets): ReplicaSet[] =>
  sets.fresh === undefined ? [...sets.old] : [...sets.old, sets.fresh];
export const active = (sets: readonly ReplicaSet[]): ReplicaSet[] =>
  sets.filter((rs) => (rs.spec.replicas ?? 1) > 0);
export const hasProgressDeadline = (d: Deployment): boolean =>
  d.spec.progressDeadlineSeconds !== undefined && d.spec.progressDeadlineSeconds !== 2 ** 31 - 1;

const byName = (a: ReplicaSet, b: ReplicaSet): number =>
  a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0;
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const left = a.metadata.creationTimestamp;
  const right = b.metadata.creationTimestamp;
  return left < right ? -1 : left > right ? 1 : byName(a, b);
}

export function setRolloutCondition(r: Rollout, c: Condition): void {
  r.d = { ...r.d, status: { ...r.d.status, conditions: [...setCondition(r.d.status.conditions ?? [], c)] } };
}

export function updateStatus(r: Rollout): void {
  r.ctx.api.updateStatus<Deployment>(r.d);
}
