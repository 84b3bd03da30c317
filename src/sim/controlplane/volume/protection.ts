/**
 * Keeps claims that Pods use, and volumes that are bound, from going: each is marked as deleted, and goes
 * when it is free. Models pkg/controller/volume/pvcprotection/pvc_protection_controller.go and
 * pkg/controller/volume/pvprotection/pv_protection_controller.go; the finalizers are set by admission
 * (StorageObjectInUseProtection).
 */
import type { WatchEvent } from '../../api/client.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import { isNotFound } from '../../api/errors.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/types.ts';
import { podClaims, PV_PROTECTION, PVC_PROTECTION } from '../../api/volumes.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { splitKey } from '../refs.ts';

type Finalized = PersistentVolume | PersistentVolumeClaim;

const hasFinalizer = ({ metadata }: Finalized, name: string): boolean =>
  metadata.finalizers?.includes(name) ?? false;
const isDeleted = ({ metadata }: Finalized): boolean => metadata.deletionTimestamp !== undefined;

function setFinalizers<T extends Finalized>(
  ctx: ControllerContext,
  object: T,
  finalizers: readonly string[],
): void {
  try {
    ctx.api.update<T>({ ...object, metadata: { ...object.metadata, finalizers: [...finalizers] } });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function release<T extends Finalized>(ctx: ControllerContext, object: T, name: string): void {
  setFinalizers(
    ctx,
    object,
    object.metadata.finalizers!.filter((f) => f !== name),
  );
}

function protect<T extends Finalized>(ctx: ControllerContext, object: T, name: string): void {
  setFinalizers(ctx, object, [...(object.metadata.finalizers ?? []), name]);
}

/** A Pod that has no node yet uses nothing; one that has ended does until it is gone. */
const uses = (pod: Pod, claim: string): boolean =>
  Boolean(pod.spec.nodeName) && podClaims(pod).some(({ name }) => name === claim);

function isUsed({ metadata: { namespace, name } }: PersistentVolumeClaim, ctx: ControllerContext): boolean {
  if (ctx.config.planted === 'claim-goes-in-use') return false;
  if (ctx.cache.list('Pod', namespace).some((pod) => uses(pod, name))) return true;
  // The cache may be late: before it lets go the controller asks the server itself.
  return ctx.api.list('Pod', namespace === undefined ? {} : { namespace }).some((pod) => uses(pod, name));
}

function observePod({ type, object, old }: WatchEvent<Pod>, ctx: ObserverContext): void {
  const ended = type === 'DELETED' || isPodTerminal(object) || (old !== undefined && !old.spec.nodeName);
  if (!ended) return;
  for (const { name } of podClaims(object)) {
    const claim = ctx.cache.get('PersistentVolumeClaim', object.metadata.namespace!, name);
    if (claim !== undefined && isDeleted(claim)) ctx.queue.add(`${object.metadata.namespace}/${name}`);
  }
}

export const pvcProtectionController: Controller<null> = {
  name: 'pvc-protection-controller',
  account: 'pvc-protection-controller',
  watches: ['PersistentVolumeClaim', 'Pod'],
  init: () => null,
  concerns: ({ kind, object }) => kind !== 'Pod' || podClaims(object as Pod).length > 0,
  observe(event, _state, ctx) {
    if (event.kind === 'Pod') return observePod(event as unknown as WatchEvent<Pod>, ctx);
    const claim = event.object as PersistentVolumeClaim;
    if (event.type === 'DELETED') return;
    if (isDeleted(claim) === hasFinalizer(claim, PVC_PROTECTION))
      ctx.queue.add(`${claim.metadata.namespace}/${claim.metadata.name}`);
  },
  sync(key, _state, ctx) {
    const claim = ctx.cache.get('PersistentVolumeClaim', ...splitKey(key));
    if (claim === undefined) return;
    if (isDeleted(claim)) {
      if (hasFinalizer(claim, PVC_PROTECTION) && !isUsed(claim, ctx)) release(ctx, claim, PVC_PROTECTION);
    } else if (!hasFinalizer(claim, PVC_PROTECTION)) protect(ctx, claim, PVC_PROTECTION);
  },
};

export const pvProtectionController: Controller<null> = {
  name: 'pv-protection-controller',
  account: 'pv-protection-controller',
  watches: ['PersistentVolume'],
  init: () => null,
  observe(event, _state, ctx) {
    const volume = event.object as PersistentVolume;
    if (event.type !== 'DELETED' && isDeleted(volume) === hasFinalizer(volume, PV_PROTECTION))
      ctx.queue.add(volume.metadata.name);
  },
  sync(key, _state, ctx) {
    const volume = ctx.cache.get('PersistentVolume', '', key);
    if (volume === undefined) return;
    if (isDeleted(volume)) {
      if (hasFinalizer(volume, PV_PROTECTION) && volume.status.phase !== 'Bound')
        release(ctx, volume, PV_PROTECTION);
    } else if (!hasFinalizer(volume, PV_PROTECTION)) protect(ctx, volume, PV_PROTECTION);
  },
};
