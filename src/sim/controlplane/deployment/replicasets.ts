/**
 * Finding a Deployment's new and old ReplicaSets, making the new one, and scaling one.
 * Models pkg/controller/deployment/sync.go (getAllReplicaSetsAndSyncRevision, getNewReplicaSet,
 * scaleReplicaSet, cleanupDeployment).
 */
import { deepEqual } from '../../api/equal.ts';
import { ApiError, isAlreadyExists, isNotFound } from '../../api/errors.ts';
import { templateHash } from '../../api/hash.ts';
import type { LabelSelector, PodTemplateSpec, ReplicaSet } from '../../api/types.ts';
import type { Draft } from '../../api/client.ts';
import { isNamespaceTerminating } from '../../api/errors.ts';
import { controllerRef } from '../podcontrol.ts';
import { controllerRefUid } from '../podutil.ts';
import { nextRevision, REVISION, revisionOf, withReplicas, withRevision } from './annotations.ts';
import { maxSurge, newReplicaSetSize, replicasOf } from './bounds.ts';
import { condition, findCondition } from './conditions.ts';
import {
  byCreation,
  hasProgressDeadline,
  setRolloutCondition,
  SOURCE,
  updateStatus,
  type Rollout,
  type Sets,
} from './rollout.ts';

const HASH_LABEL = 'pod-template-hash';

/** Whether two templates are the same but for the hash label. */
export function equalIgnoringHash(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    deepEqual(a.spec, b.spec) && equalMetadata((a.metadata ?? {}) as Fields, (b.metadata ?? {}) as Fields)
  );
}

type Fields = Readonly<Record<string, unknown>>;

function equalMetadata(a: Fields, b: Fields): boolean {
  for (const key in a) if (key !== 'labels' && !deepEqual(a[key], b[key])) return false;
  for (const key in b)
    if (key !== 'labels' && a[key] === undefined && !deepEqual(undefined, b[key])) return false;
  return equalLabels((a['labels'] ?? {}) as Fields, (b['labels'] ?? {}) as Fields);
}

function equalLabels(a: Fields, b: Fields): boolean {
  for (const key in a) if (key !== HASH_LABEL && a[key] !== b[key]) return false;
  for (const key in b) if (key !== HASH_LABEL && a[key] === undefined) return false;
  return true;
}

/**
 * The oldest ReplicaSet with the Deployment's template: several can be there after a hash collision or an
 * adoption.
 */
export function findNewReplicaSet(
  template: PodTemplateSpec | undefined,
  sets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  let found: ReplicaSet | undefined;
  for (const rs of sets) {
    if ((found === undefined || byCreation(rs, found) < 0) && equalIgnoringHash(rs.spec.template, template))
      found = rs;
  }
  return found;
}

/**
 * Sorts the ReplicaSets into new and old, brings the revision up to date, and makes the new one when it is
 * missing and `create` says so.
 */
export function syncReplicaSets(r: Rollout, sets: readonly ReplicaSet[], create: boolean): Sets {
  const existing = findNewReplicaSet(r.d.spec.template, sets);
  const old = sets.filter((rs) => rs !== existing);
  const revision = nextRevision(old);
  if (existing !== undefined) return { fresh: syncExisting(r, existing, revision), old };
  return { fresh: create ? createReplicaSet(r, old, revision) : undefined, old };
}

function syncExisting(r: Rollout, rs: ReplicaSet, revision: bigint): ReplicaSet {
  const { ctx } = r;
  const annotations = withRevision(rs.metadata.annotations, r.d, revision);
  const minReadySeconds = r.d.spec.minReadySeconds ?? 0;
  if (annotations !== rs.metadata.annotations || (rs.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    return ctx.api.update<ReplicaSet>({
      ...rs,
      metadata: { ...rs.metadata, annotations: annotations as Record<string, string> },
      spec: (rs.spec.minReadySeconds ?? 0) === minReadySeconds ? rs.spec : { ...rs.spec, minReadySeconds },
    });
  }
  let changed = setRevision(r, rs.metadata.annotations?.[REVISION] ?? '');
  // A Deployment that was not watched for progress before: the clock starts now.
  if (hasProgressDeadline(r.d) && findCondition(r.d.status, 'Progressing') === undefined) {
    setRolloutCondition(
      r,
      condition(
        'Progressing',
        'True',
        'FoundNewReplicaSet',
        `Found new replica set "${rs.metadata.name}"`,
        ctx.now,
      ),
    );
    changed = true;
  }
  if (changed) updateStatus(r);
  return rs;
}

/** Notes the revision on the Deployment; whether that changes it. */
function setRevision(r: Rollout, revision: string): boolean {
  if (r.d.metadata.annotations?.[REVISION] === revision) return false;
  r.d = {
    ...r.d,
    metadata: { ...r.d.metadata, annotations: { ...r.d.metadata.annotations, [REVISION]: revision } },
  };
  return true;
}

function selectorWithHash(selector: LabelSelector, hash: string): LabelSelector {
  return { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } };
}

function createReplicaSet(r: Rollout, old: readonly ReplicaSet[], revision: bigint): ReplicaSet {
  const { ctx, d } = r;
  const hash = templateHash(d.spec.template, d.status.collisionCount);
  const meta = (d.spec.template.metadata ?? {}) as { labels?: Record<string, string> };
  const labels = { ...meta.labels, [HASH_LABEL]: hash };
  const name = `${d.metadata.name}-${hash}`;
  const replicas = newReplicaSetSize(d, old, 0, ctx.config.planted);
  const annotations = withReplicas(
    withRevision(undefined, d, revision),
    replicasOf(d),
    replicasOf(d) + maxSurge(d),
  );
  const draft: Draft<ReplicaSet> = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: d.metadata.namespace!,
      labels,
      annotations: annotations as Record<string, string>,
      ownerReferences: [controllerRef(d)],
    },
    spec: {
      replicas,
      ...(d.spec.minReadySeconds === undefined ? {} : { minReadySeconds: d.spec.minReadySeconds }),
      selector: selectorWithHash(d.spec.selector, hash),
      template: { ...d.spec.template, metadata: { ...meta, labels } },
    },
  };
  let made: ReplicaSet;
  let found = false;
  try {
    made = ctx.api.create<ReplicaSet>(draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const known = isAlreadyExists(error) ? ownAlready(r, name) : undefined;
    if (known === undefined) throw refused(r, error, name);
    made = known;
    found = true;
  }
  if (!found && replicas > 0) {
    ctx.event(
      d,
      'Normal',
      'ScalingReplicaSet',
      `Scaled up replica set ${made.metadata.name} from 0 to ${replicas}`,
      { source: SOURCE },
    );
  }
  let changed = setRevision(r, String(revision));
  if (!found && hasProgressDeadline(d)) {
    setRolloutCondition(
      r,
      condition(
        'Progressing',
        'True',
        'NewReplicaSetCreated',
        `Created new replica set "${made.metadata.name}"`,
        ctx.now,
      ),
    );
    changed = true;
  }
  if (changed) updateStatus(r);
  return made;
}

/** The ReplicaSet of that name, when it is ours with our template (the cache that looked for it was late). */
function ownAlready(r: Rollout, name: string): ReplicaSet | undefined {
  const rs = r.ctx.cache.get('ReplicaSet', r.d.metadata.namespace!, name);
  // Not in the cache yet: the error stands, and the retry will find it.
  if (rs === undefined)
    throw new ApiError('NotFound', `replicasets.apps "${name}" not found`, {
      kind: 'replicasets',
      group: 'apps',
      name,
    });
  return controllerRefUid(rs) === r.d.metadata.uid && equalIgnoringHash(rs.spec.template, r.d.spec.template)
    ? rs
    : undefined;
}

/**
 * Tells of a create that failed, in status and event; a name taken by another template counts as a hash
 * collision.
 */
function refused(r: Rollout, error: ApiError, name: string): ApiError {
  const { ctx } = r;
  if (error.reason === 'AlreadyExists') {
    r.d = { ...r.d, status: { ...r.d.status, collisionCount: (r.d.status.collisionCount ?? 0) + 1 } };
    attemptStatus(r);
    return error;
  }
  if (isNamespaceTerminating(error)) return error;
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  if (hasProgressDeadline(r.d)) {
    setRolloutCondition(r, condition('Progressing', 'False', 'ReplicaSetCreateError', message, ctx.now));
    attemptStatus(r);
  }
  ctx.event(r.d, 'Warning', 'ReplicaSetCreateError', message, { source: SOURCE });
  return error;
}

function attemptStatus(r: Rollout): void {
  try {
    updateStatus(r);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

export interface Scaled {
  readonly rs: ReplicaSet;
  readonly scaled: boolean;
}

/**
 * Gives the ReplicaSet that size and notes what the Deployment wants; nothing is written when both are so.
 */
export function scaleReplicaSet(r: Rollout, rs: ReplicaSet, size: number): Scaled {
  const { ctx, d } = r;
  const before = replicasOf(rs);
  const annotations = withReplicas(rs.metadata.annotations, replicasOf(d), replicasOf(d) + maxSurge(d));
  if (before === size && annotations === rs.metadata.annotations) return { rs, scaled: false };
  const updated = ctx.api.update<ReplicaSet>({
    ...rs,
    metadata: { ...rs.metadata, annotations: annotations as Record<string, string> },
    spec: { ...rs.spec, replicas: size },
  });
  if (before === size) return { rs: updated, scaled: false };
  const way = before < size ? 'up' : 'down';
  ctx.event(
    d,
    'Normal',
    'ScalingReplicaSet',
    `Scaled ${way} replica set ${rs.metadata.name} from ${before} to ${size}`,
    { source: SOURCE },
  );
  return { rs: updated, scaled: true };
}

/** As `scaleReplicaSet`, but a set that has the size is left alone, annotations and all. */
export function scaleIfNeeded(r: Rollout, rs: ReplicaSet, size: number): Scaled {
  return replicasOf(rs) === size ? { rs, scaled: false } : scaleReplicaSet(r, rs, size);
}

/** Deletes the lowest revisions beyond revisionHistoryLimit, of those scaled down and seen to be. */
export function cleanupHistory(r: Rollout, old: readonly ReplicaSet[]): void {
  const limit = r.d.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 2 ** 31 - 1) return;
  const alive = old.filter((rs) => rs.metadata.deletionTimestamp === undefined);
  const surplus = alive.length - limit;
  if (surplus <= 0) return;
  alive.sort((a, b) => Number((revisionOf(a) ?? 0n) - (revisionOf(b) ?? 0n)) || byCreation(a, b));
  for (const rs of alive.slice(0, surplus)) {
    if (
      (rs.status.replicas ?? 0) !== 0 ||
      replicasOf(rs) !== 0 ||
      (rs.metadata.generation ?? 0) > (rs.status.observedGeneration ?? 0)
    )
      continue;
    try {
      r.ctx.api.delete('ReplicaSet', rs.metadata.namespace!, rs.metadata.name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
