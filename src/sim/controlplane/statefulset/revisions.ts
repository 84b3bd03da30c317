/**
 * The revisions of a StatefulSet: the one its pods come from and the one they are to become.
 * Models pkg/controller/statefulset/stateful_set_control.go (getStatefulSetRevisions, truncateHistory).
 */
import type { ControllerRevision, Pod, StatefulSet } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { createRevision, isRevisionOf, newRevision } from '../revision.ts';
import { revisionName, type Revisions } from './identity.ts';

export interface SyncedRevisions extends Revisions {
  readonly collisionCount: number;
}

/**
 * Makes the update revision when the template is new, raises an old one's number when it is rolled back to.
 * @param history sorted
 */
export function syncRevisions(
  ctx: ControllerContext,
  set: StatefulSet,
  history: readonly ControllerRevision[],
): SyncedRevisions {
  let collisionCount = set.status.collisionCount ?? 0;
  const latest = history.at(-1);
  const next = (latest?.revision ?? 0) + 1;
  let update: ControllerRevision;
  const equal = history.findLast((revision) => isRevisionOf(revision, set));
  if (equal === undefined) {
    ({ revision: update, collisionCount } = createRevision(ctx, set, newRevision(set, next), collisionCount));
  } else if (equal === latest) {
    update = equal;
  } else {
    update = ctx.api.update<ControllerRevision>({ ...equal, revision: next });
  }
  const current = history.find((revision) => revision.metadata.name === set.status.currentRevision) ?? update;
  return { current, update, collisionCount };
}

/** Deletes the oldest revisions that no pod is of, beyond revisionHistoryLimit. @param history sorted */
export function truncateHistory(
  ctx: ControllerContext,
  set: StatefulSet,
  pods: readonly Pod[],
  history: readonly ControllerRevision[],
  r: Revisions,
): void {
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (limit < 0 || history.length <= limit) return;
  const live = new Set([r.current.metadata.name, r.update.metadata.name, ...pods.map(revisionName)]);
  const dead = history.filter((revision) => !live.has(revision.metadata.name));
  for (const revision of dead.slice(0, Math.max(0, dead.length - limit))) {
    ctx.api.delete('ControllerRevision', revision.metadata.namespace!, revision.metadata.name);
  }
}
