/**
 * The revisions of a DaemonSet's template.
 * Models pkg/controller/daemon/update.go (constructHistory, cleanupHistory, snapshot, dedupCurHistories).
 */
import { deepEqual } from '../../api/equal.ts';
import { isAlreadyExists } from '../../api/errors.ts';
import { templateHash } from '../../api/hash.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import type { Draft } from '../../api/client.ts';
import type { ControllerRevision, DaemonSet, Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import {
  byRevision,
  claimRevisions,
  isRevisionOf,
  newRevision,
  revisionData,
  REVISION_LABEL,
} from '../revision.ts';

export interface History {
  readonly current: ControllerRevision;
  readonly old: readonly ControllerRevision[];
}

export const hashOf = (revision: ControllerRevision): string =>
  revision.metadata.labels?.[REVISION_LABEL] ?? '';

/**
 * The revision of the present template, made when it is new and raised above the others when it is rolled
 * back to.
 */
export function syncHistory(ctx: ControllerContext, ds: DaemonSet, pods: readonly Pod[]): History {
  const selector = selectorOf(ds.spec.selector);
  const current: ControllerRevision[] = [];
  const old: ControllerRevision[] = [];
  for (const revision of claimRevisions(ctx, ds, (labels) => matches(selector, labels))) {
    (isRevisionOf(revision, ds) ? current : old).push(revision);
  }
  const number = old.reduce((max, revision) => Math.max(max, revision.revision), 0) + 1;
  if (current.length === 0) return { current: snapshot(ctx, ds, number), old };
  const kept = deduplicate(ctx, current, pods);
  if (kept.revision < number) ctx.api.update<ControllerRevision>({ ...kept, revision: number });
  return { current: kept, old };
}

function snapshot(ctx: ControllerContext, ds: DaemonSet, number: number): ControllerRevision {
  const hash = templateHash(ds.spec.template, ds.status.collisionCount ?? undefined);
  const name = `${ds.metadata.name}-${hash}`;
  const draft = newRevision(ds, number);
  try {
    return ctx.api.create<ControllerRevision>({
      ...draft,
      metadata: { ...draft.metadata, name, labels: { ...draft.metadata.labels, [REVISION_LABEL]: hash } },
    } as Draft<ControllerRevision>);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const there = ctx.api.get('ControllerRevision', ds.metadata.namespace!, name);
    if (deepEqual(there.data, revisionData(ds))) return there;
    // The name is taken by another template: the next sync tries with another hash.
    const fresh = ctx.api.get('DaemonSet', ds.metadata.namespace!, ds.metadata.name);
    ctx.api.updateStatus<DaemonSet>({
      ...fresh,
      status: { ...fresh.status, collisionCount: (fresh.status.collisionCount ?? 0) + 1 },
    });
    throw error;
  }
}

/** Keeps the newest of several revisions of one template; pods of the others are relabelled first. */
function deduplicate(
  ctx: ControllerContext,
  current: readonly ControllerRevision[],
  pods: readonly Pod[],
): ControllerRevision {
  const kept = [...current].sort(byRevision).at(-1)!;
  for (const revision of current) {
    if (revision === kept) continue;
    for (const pod of pods) {
      if (pod.metadata.labels?.[REVISION_LABEL] !== hashOf(revision)) continue;
      ctx.api.update<Pod>({
        ...pod,
        metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, [REVISION_LABEL]: hashOf(kept) } },
      });
    }
    ctx.api.delete('ControllerRevision', revision.metadata.namespace!, revision.metadata.name);
  }
  return kept;
}

/** Deletes the oldest revisions that no pod is of, beyond revisionHistoryLimit. */
export function cleanupHistory(
  ctx: ControllerContext,
  ds: DaemonSet,
  history: History,
  pods: readonly Pod[],
): void {
  let surplus = history.old.length - (ds.spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const live = new Set(pods.map((pod) => pod.metadata.labels?.[REVISION_LABEL] ?? ''));
  for (const revision of [...history.old].sort(byRevision)) {
    if (surplus <= 0) break;
    if (live.has(hashOf(revision)) && hashOf(revision) !== '') continue;
    ctx.api.delete('ControllerRevision', revision.metadata.namespace!, revision.metadata.name);
    surplus--;
  }
}
