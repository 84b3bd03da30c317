/**
 * ControllerRevisions: what a StatefulSet or DaemonSet looked like, kept so that pods can be made of it and
 * it can be rolled back to. Models pkg/controller/history/controller_history.go.
 */
import { deepEqual } from '../api/equal.ts';
import { isAlreadyExists } from '../api/errors.ts';
import { controllerRevisionHash } from '../api/hash.ts';
import type { Draft } from '../api/client.ts';
import type { ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet } from '../api/types.ts';
import { claim } from './claim.ts';
import type { ControllerContext } from './controller.ts';
import { controllerRef } from './podcontrol.ts';

/** Label of pods and DaemonSet revisions. */
export const REVISION_LABEL = 'controller-revision-hash';
const HASH_LABEL = 'controller.kubernetes.io/hash';
const MAX_PREFIX = 223;

type Owner = StatefulSet | DaemonSet;

/** The part of an owner that a revision keeps: a patch that puts its template back. */
export function revisionData(owner: Owner): { spec: { template: unknown } } {
  return { spec: { template: { ...owner.spec.template, $patch: 'replace' } } };
}

/** The template a revision keeps. */
export function templateOf(revision: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (revision.data as { spec: { template: Record<string, unknown> } }).spec
    .template;
  return template as unknown as PodTemplateSpec;
}

/** Whether the revision keeps the owner's present template. */
export function isRevisionOf(revision: ControllerRevision, owner: Owner): boolean {
  const kept = (revision.data as { spec?: { template?: Record<string, unknown> } } | undefined)?.spec
    ?.template;
  if (kept === undefined) return false;
  const now = owner.spec.template as unknown as Record<string, unknown>;
  return deepEqual(kept['metadata'], now['metadata']) && deepEqual(kept['spec'], now['spec']);
}

/** Oldest first: by revision, then by creation, then by name. */
export function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  if (a.revision !== b.revision) return a.revision - b.revision;
  const left = `${a.metadata.creationTimestamp} ${a.metadata.name}`;
  const right = `${b.metadata.creationTimestamp} ${b.metadata.name}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The owner's revisions, orphans that its selector matches adopted. */
export function claimRevisions(
  ctx: ControllerContext,
  owner: Owner,
  matches: (labels: Record<string, string> | undefined) => boolean,
): ControllerRevision[] {
  return claim(ctx, 'ControllerRevision', owner, (revision) => matches(revision.metadata.labels));
}

/** The next revision as it would be written, unnamed. */
export function newRevision(owner: Owner, revision: number): Draft<ControllerRevision> & { data: unknown } {
  const labels = (owner.spec.template.metadata as { labels?: Record<string, string> } | undefined)?.labels;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      namespace: owner.metadata.namespace!,
      labels: { ...labels },
      ...(owner.metadata.annotations === undefined ? {} : { annotations: owner.metadata.annotations }),
      ownerReferences: [controllerRef(owner)],
    },
    data: revisionData(owner),
    revision,
  } as Draft<ControllerRevision> & { data: unknown };
}

/**
 * Names it by its hash and creates it; a name taken by other data raises the collision count. @returns it,
 * with the count then
 */
export function createRevision(
  ctx: ControllerContext,
  owner: Owner,
  draft: Draft<ControllerRevision> & { data: unknown },
  collisionCount: number,
): { revision: ControllerRevision; collisionCount: number } {
  const prefix = owner.metadata.name.slice(0, MAX_PREFIX);
  for (let count = collisionCount; ; count++) {
    const hash = controllerRevisionHash(draft.data, count);
    const name = `${prefix}-${hash}`;
    const named = {
      ...draft,
      metadata: { ...draft.metadata, name, labels: { ...draft.metadata.labels, [HASH_LABEL]: hash } },
    };
    try {
      return {
        revision: ctx.api.create<ControllerRevision>(named as Draft<ControllerRevision>),
        collisionCount: count,
      };
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      const there = ctx.api.get('ControllerRevision', owner.metadata.namespace!, name);
      if (deepEqual(there.data, draft.data)) return { revision: there, collisionCount: count };
    }
  }
}
