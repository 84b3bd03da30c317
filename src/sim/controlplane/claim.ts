/**
 * Which objects belong to a controller: it adopts orphans that its selector matches and releases what it owns
 * but no longer matches. Models pkg/controller/controller_ref_manager.go.
 */
import { ApiError, isNotFound, isReason } from '../api/errors.ts';
import { DELETE_FROM_LIST } from '../api/merge/lists.ts';
import type { ControllerRevision, KindMap, KubeObject, ObjectOf, Pod, ReplicaSet } from '../api/types.ts';
import type { ControllerContext, ObserverContext } from './controller.ts';
import { controllerRef } from './podcontrol.ts';
import { controllerRefUid } from './podutil.ts';

type ClaimedKind = 'Pod' | 'ReplicaSet' | 'ControllerRevision';
type Claimed = Pod | ReplicaSet | ControllerRevision;
type OwnerKind =
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'CronJob';
type Owner = KubeObject & { kind: OwnerKind };

/**
 * The objects of `kind` that belong to the owner, those released left out, those adopted included.
 * @param matches whether the owner's selector (and what else it demands) fits an object
 * @param wanted which objects are looked at at all (inactive pods are neither adopted nor released)
 * @param finalizer that those adopted get, and those released lose
 * @throws ApiError the first failure, after all objects were tried
 */
export function claim<K extends ClaimedKind>(
  ctx: ControllerContext,
  kind: K,
  owner: Owner,
  matches: (object: KindMap[K]) => boolean,
  wanted?: (object: KindMap[K]) => boolean,
  finalizer?: string,
): KindMap[K][] {
  const { uid, namespace, deletionTimestamp } = owner.metadata;
  const claimed: KindMap[K][] = [];
  let failure: ApiError | undefined;
  for (const object of ctx.cache.controlledBy(kind, uid, namespace)) {
    if (wanted !== undefined && !wanted(object)) continue;
    if (matches(object)) claimed.push(object);
    else if (deletionTimestamp === undefined)
      failure ??= attempt(() => release(ctx, owner, object, finalizer));
  }
  if (deletionTimestamp === undefined) {
    let mayAdopt: ApiError | true | undefined;
    for (const orphan of ctx.cache.controlledBy(kind, '', namespace)) {
      if (
        orphan.metadata.deletionTimestamp !== undefined ||
        (wanted !== undefined && !wanted(orphan)) ||
        !matches(orphan)
      )
        continue;
      mayAdopt ??= attempt(() => recheck(ctx, owner)) ?? true;
      let adopted: KindMap[K] = orphan;
      const error =
        mayAdopt === true
          ? attempt(() => {
              const patched = adopt(ctx, owner, orphan, finalizer);
              if (finalizer !== undefined) adopted = patched as KindMap[K];
            })
          : mayAdopt;
      if (error === undefined) claimed.push(adopted);
      else if (!isNotFound(error)) failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return claimed;
}

function attempt(act: () => void): ApiError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/**
 * Before anything is adopted, the owner is read past the cache: one that was deleted meanwhile must not
 * adopt.
 */
function recheck(ctx: ControllerContext, owner: Owner): void {
  const { namespace, name, uid } = owner.metadata;
  const fresh = ctx.api.get(owner.kind, namespace!, name);
  if (fresh.metadata.uid !== uid) {
    throw new ApiError(
      'InternalError',
      `original ${owner.kind} ${namespace}/${name} is gone: got uid ${fresh.metadata.uid}, wanted ${uid}`,
    );
  }
  if (fresh.metadata.deletionTimestamp !== undefined) {
    throw new ApiError(
      'InternalError',
      `${namespace}/${name} has just been deleted at ${fresh.metadata.deletionTimestamp}`,
    );
  }
}

/** A strategic merge patch that adds the owner reference, bound to the object's uid. */
function adopt(ctx: ControllerContext, owner: Owner, object: Claimed, finalizer?: string): KubeObject {
  const { namespace, name, uid } = object.metadata;
  return ctx.api.patch(object.kind, namespace!, name, 'strategic', {
    metadata: {
      ownerReferences: [controllerRef(owner)],
      uid,
      ...(finalizer === undefined ? {} : { finalizers: [finalizer] }),
    },
  });
}

/** Takes the owner reference away. An object that is gone, or is another by now, needs no release. */
function release(ctx: ControllerContext, owner: Owner, object: Claimed, finalizer?: string): void {
  const { namespace, name, uid } = object.metadata;
  try {
    ctx.api.patch(object.kind, namespace!, name, 'strategic', {
      metadata: {
        ownerReferences: [{ $patch: 'delete', uid: owner.metadata.uid }],
        uid,
        ...(finalizer === undefined ? {} : { [`${DELETE_FROM_LIST}/finalizers`]: [finalizer] }),
      },
    });
  } catch (error) {
    if (!isReason(error, 'NotFound', 'Invalid')) throw error;
  }
}

/** The owner an object names, when the cache knows it under that name and uid. */
export function resolveOwner<K extends OwnerKind>(
  ctx: ObserverContext,
  kind: K,
  object: KubeObject | undefined,
): ObjectOf<K> | undefined {
  if (object === undefined) return undefined;
  const ref = object.metadata.ownerReferences?.find((o) => o.controller === true);
  if (ref === undefined || ref.kind !== kind) return undefined;
  const owner = ctx.cache.get(kind, object.metadata.namespace!, ref.name);
  return owner !== undefined && owner.metadata.uid === ref.uid ? owner : undefined;
}

/** What of an object decides who may own it. */
export const ownershipChanged = (old: KubeObject, object: KubeObject): boolean =>
  controllerRefUid(old) !== controllerRefUid(object);
