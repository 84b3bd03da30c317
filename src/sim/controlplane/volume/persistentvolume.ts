/**
 * The persistent volume controller: binds claims to volumes, asks provisioners for those that none suits,
 * and reclaims what claims let go of. Models pkg/controller/volume/persistentvolume/pv_controller.go. Keys:
 * `claim/namespace/name`, `volume/name`. What no change would bring up is looked at again every 15 s
 * (--pvclaimbinder-sync-period), as long as a claim waits.
 */
import type { WatchEvent } from '../../api/client.ts';
import type {
  KubeObject,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
} from '../../api/types.ts';
import {
  annotated,
  backingOf,
  bindsLate,
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  classOfClaim,
  defaultClass,
  driverOf,
  isVolumeFor,
  namesClass,
  NO_PROVISIONER,
  podClaims,
  provisionerAnnotations,
  PROVISIONED_BY,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
  withAnnotations,
} from '../../api/volumes.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { splitKey } from '../refs.ts';
import { bind, setClaimPhase, setVolumePhase, unbind } from './binder.ts';
import { findMatch, mismatch } from './match.ts';

const RESYNC_MS = 15_000;

export interface BinderState {
  startedAt: Millis;
}

const claimKey = ({ metadata }: KubeObject): string => `claim/${metadata.namespace}/${metadata.name}`;
const volumeKey = (name: string): string => `volume/${name}`;

/** Looked at again at the next tick: nothing else may call. */
function resync(key: string, { startedAt }: BinderState, ctx: ObserverContext): void {
  ctx.queue.addAfter(key, RESYNC_MS - ((((ctx.now - startedAt) % RESYNC_MS) + RESYNC_MS) % RESYNC_MS), {
    timeout: true,
  });
}

const classNamed = (ctx: ControllerContext, name: string): StorageClass | undefined =>
  ctx.cache.get('StorageClass', '', name);

/** Whether a claim waits for the scheduler to choose a node. */
const isDelayed = (claim: PersistentVolumeClaim, ctx: ControllerContext): boolean =>
  bindsLate(classNamed(ctx, classOfClaim(claim))) && !annotated(claim, SELECTED_NODE);

function tellDelayed(claim: PersistentVolumeClaim, ctx: ControllerContext): void {
  const { namespace, name } = claim.metadata;
  const waiting = ctx.cache
    .list('Pod', namespace)
    .filter((pod: Pod) => !pod.spec.nodeName && podClaims(pod).some((c) => c.name === name))
    .map((pod) => pod.metadata.name);
  if (waiting.length === 0)
    ctx.event(
      claim,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    );
  else if (waiting.length === 1)
    ctx.event(claim, 'Normal', 'WaitForPodScheduled', `waiting for pod ${waiting[0]} to be scheduled`);
  else
    ctx.event(
      claim,
      'Normal',
      'WaitForPodScheduled',
      `waiting for pods ${waiting.join(',')} to be scheduled`,
    );
}

/** Names the provisioner that is to make a volume; the claim stays pending until it has. */
function askProvisioner(claim: PersistentVolumeClaim, ctx: ControllerContext): PersistentVolumeClaim {
  const name = classOfClaim(claim);
  const storageClass = classNamed(ctx, name);
  if (storageClass === undefined) {
    ctx.event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${name}" not found`);
    return claim;
  }
  const { provisioner } = storageClass;
  if (provisioner === NO_PROVISIONER) {
    ctx.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
    return claim;
  }
  const driver = driverOf(provisioner);
  const asked =
    claim.metadata.annotations?.[STORAGE_PROVISIONER] === driver
      ? claim
      : ctx.api.update<PersistentVolumeClaim>(withAnnotations(claim, provisionerAnnotations(driver)));
  ctx.event(
    asked,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${driver}' or manually by ` +
      `the system administrator. If volume creation is delayed, please verify that the provisioner is ` +
      `running and correctly registered.`,
  );
  return asked;
}

/** A claim that nobody has bound. */
function syncUnbound(given: PersistentVolumeClaim, state: BinderState, ctx: ControllerContext): void {
  const claim = withDefaultClass(given, ctx);
  const { volumeName } = claim.spec;
  if (volumeName) return syncNamed(claim, volumeName, state, ctx);
  const late = bindsLate(classNamed(ctx, classOfClaim(claim)));
  const volume = findMatch(claim, ctx.cache.list('PersistentVolume'), { late, planted: ctx.config.planted });
  if (volume !== undefined) return bind(ctx, volume, claim);
  let waiting = claim;
  if (isDelayed(claim, ctx)) tellDelayed(claim, ctx);
  else if (classOfClaim(claim) !== '') waiting = askProvisioner(claim, ctx);
  else
    ctx.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
  setClaimPhase(ctx, waiting, 'Pending');
  resync(claimKey(claim), state, ctx);
}

/** A claim without a word of a class gets the default, also when that came later. */
function withDefaultClass(claim: PersistentVolumeClaim, ctx: ControllerContext): PersistentVolumeClaim {
  if (namesClass(claim) || claim.spec.volumeName) return claim;
  const found = defaultClass(ctx.cache.list('StorageClass'));
  if (found === undefined) return claim;
  return ctx.api.update<PersistentVolumeClaim>({
    ...claim,
    spec: { ...claim.spec, storageClassName: found.metadata.name },
  });
}

/** A claim that asks for a volume by its name. */
function syncNamed(
  claim: PersistentVolumeClaim,
  name: string,
  state: BinderState,
  ctx: ControllerContext,
): void {
  const volume = ctx.cache.get('PersistentVolume', '', name);
  if (volume !== undefined && !volume.spec.claimRef) {
    const why = mismatch(volume, claim);
    if (why === undefined) return bind(ctx, volume, claim);
    ctx.event(claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${name}": ${why}`);
  } else if (volume !== undefined && isVolumeFor(volume, claim)) return bind(ctx, volume, claim);
  else if (volume !== undefined)
    ctx.event(claim, 'Warning', 'FailedBinding', `volume "${name}" already bound to a different claim.`);
  setClaimPhase(ctx, claim, 'Pending');
  resync(claimKey(claim), state, ctx);
}

/** A claim that was bound once. */
function syncBound(claim: PersistentVolumeClaim, ctx: ControllerContext): void {
  const lost = (reason: string, message: string): void => {
    if (claim.status.phase === 'Lost') return;
    setClaimPhase(ctx, claim, 'Lost');
    ctx.event(claim, 'Warning', reason, message);
  };
  const { volumeName } = claim.spec;
  if (!volumeName)
    return lost(
      'ClaimLost',
      'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    );
  const volume =
    ctx.cache.get('PersistentVolume', '', volumeName) ?? ctx.api.find('PersistentVolume', '', volumeName);
  if (volume === undefined)
    return lost('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.uid === claim.metadata.uid) return bind(ctx, volume, claim);
  lost('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

function syncVolume(volume: PersistentVolume, ctx: ControllerContext): void {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) {
    setVolumePhase(ctx, volume, 'Available');
    return;
  }
  const { namespace = '', name = '' } = claimRef;
  let claim = ctx.cache.get('PersistentVolumeClaim', namespace, name);
  // Before a volume is taken for let go of, the server itself is asked.
  if (claim?.metadata.uid !== claimRef.uid) claim = ctx.api.find('PersistentVolumeClaim', namespace, name);
  if (claim === undefined || claim.metadata.uid !== claimRef.uid) return release(volume, ctx);
  if (!claim.spec.volumeName) ctx.queue.add(claimKey(claim));
  else if (claim.spec.volumeName === volume.metadata.name) setVolumePhase(ctx, volume, 'Bound');
  else if (annotated(volume, PROVISIONED_BY) && volume.spec.persistentVolumeReclaimPolicy === 'Delete')
    release(volume, ctx);
  else unbind(ctx, volume);
}

/** Its claim is gone. */
function release(volume: PersistentVolume, ctx: ControllerContext): void {
  const { phase } = volume.status;
  const released =
    phase === 'Released' || phase === 'Failed' ? volume : setVolumePhase(ctx, volume, 'Released');
  const policy = released.spec.persistentVolumeReclaimPolicy;
  // What a driver made a driver deletes.
  if (
    policy === 'Retain' ||
    annotated(released, PROVISIONED_BY) ||
    released.metadata.deletionTimestamp !== undefined
  )
    return;
  if (policy === 'Recycle') return recycle(released, ctx);
  const backing = backingOf(released);
  if (phase === 'Failed' || backing.kind !== 'host') return;
  const message = `host_path deleter only supports /tmp/.+ but received provided ${backing.path}`;
  if (/^\/tmp\/.+/.test(backing.path)) ctx.api.delete('PersistentVolume', '', released.metadata.name);
  else {
    setVolumePhase(ctx, released, 'Failed', message);
    ctx.event(released, 'Warning', 'VolumeFailedDelete', message);
  }
}

/** A Pod of the controller's scrubs it, and it may be claimed anew. */
function recycle(volume: PersistentVolume, ctx: ControllerContext): void {
  if (volume.status.phase === 'Failed') return;
  const { hostPath, nfs } = volume.spec;
  if (hostPath || nfs) {
    ctx.event(volume, 'Normal', 'RecyclerPod', 'Volume recycled');
    const { claimRef: _, ...spec } = volume.spec;
    const freed = ctx.api.update<PersistentVolume>(
      withAnnotations({ ...volume, spec } as PersistentVolume, { [BOUND_BY_CONTROLLER]: null }),
    );
    setVolumePhase(ctx, freed, 'Available');
    return;
  }
  const message = 'No recycler plugin found for the volume!';
  ctx.event(volume, 'Warning', 'VolumeFailedRecycle', message);
  setVolumePhase(ctx, volume, 'Failed', message);
}

function observeVolume(
  { type, object }: WatchEvent<PersistentVolume>,
  state: BinderState,
  ctx: ObserverContext,
): void {
  const { claimRef } = object.spec;
  if (type !== 'DELETED') ctx.queue.add(volumeKey(object.metadata.name));
  if (
    claimRef?.name &&
    ctx.cache.get('PersistentVolumeClaim', claimRef.namespace ?? '', claimRef.name) !== undefined
  )
    ctx.queue.add(`claim/${claimRef.namespace}/${claimRef.name}`);
  else if (type === 'ADDED') wakePending(state, ctx);
}

/** Claims that wait find at the next tick what has come. */
function wakePending(state: BinderState, ctx: ObserverContext): void {
  for (const claim of ctx.cache.list('PersistentVolumeClaim'))
    if (claim.status.phase === 'Pending') resync(claimKey(claim), state, ctx);
}

export const persistentVolumeController: Controller<BinderState> = {
  name: 'persistentvolume-controller',
  account: 'persistent-volume-binder',
  watches: ['StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Pod'],
  init: () => ({ startedAt: 0 }),
  start(state, ctx) {
    state.startedAt = ctx.now;
  },
  concerns: ({ kind }) => kind !== 'Pod',
  observe(event, state, ctx) {
    if (event.kind === 'PersistentVolume')
      observeVolume(event as unknown as WatchEvent<PersistentVolume>, state, ctx);
    else if (event.kind === 'StorageClass') wakePending(state, ctx);
    else if (event.type !== 'DELETED') ctx.queue.add(claimKey(event.object));
    else {
      const { volumeName } = (event.object as PersistentVolumeClaim).spec;
      if (volumeName && ctx.config.planted !== 'binder-forgets-release') ctx.queue.add(volumeKey(volumeName));
    }
  },
  sync(key, state, ctx) {
    if (key.startsWith('volume/')) {
      const volume = ctx.cache.get('PersistentVolume', '', key.slice('volume/'.length));
      if (volume !== undefined) syncVolume(volume, ctx);
      return;
    }
    const claim = ctx.cache.get('PersistentVolumeClaim', ...splitKey(key.slice('claim/'.length)));
    if (claim === undefined) return;
    if (annotated(claim, BIND_COMPLETED)) syncBound(claim, ctx);
    else syncUnbound(claim, state, ctx);
  },
};
