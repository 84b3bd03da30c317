/**
 * The two sides of a binding: a volume's claimRef and phase, a claim's volumeName and status. Models the
 * writes of pkg/controller/volume/persistentvolume/pv_controller.go. Each is written only where it changes,
 * by the version that the binder saw.
 */
import { deepEqual } from '../../api/equal.ts';
import { rfc3339 } from '../../api/time.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types.ts';
import {
  annotated,
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  isVolumeFor,
  withAnnotations,
} from '../../api/volumes.ts';
import type { ControllerContext } from '../controller.ts';

export type VolumePhase = 'Available' | 'Bound' | 'Failed' | 'Released';

/** The reference of a volume to its claim. */
const referenceTo = ({ metadata }: PersistentVolumeClaim): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  name: metadata.name,
  namespace: metadata.namespace,
  resourceVersion: metadata.resourceVersion,
  uid: metadata.uid,
});

/** The volume as it is once it is the claim's; the same where it is so already. */
export function withClaim(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { claimRef } = volume.spec;
  if (claimRef && isVolumeFor(volume, claim) && claimRef.uid === claim.metadata.uid) return volume;
  const next = { ...volume, spec: { ...volume.spec, claimRef: referenceTo(claim) } } as PersistentVolume;
  return claimRef ? next : withAnnotations(next, { [BOUND_BY_CONTROLLER]: 'yes' });
}

export function setVolumePhase(
  ctx: ControllerContext,
  volume: PersistentVolume,
  phase: VolumePhase,
  message = '',
): PersistentVolume {
  if (volume.status.phase === phase && (volume.status.message ?? '') === message) return volume;
  const { message: _, ...status } = volume.status;
  return ctx.api.updateStatus<PersistentVolume>({
    ...volume,
    status: {
      ...status,
      phase,
      ...(message === '' ? {} : { message }),
      ...(volume.status.phase === phase ? {} : { lastPhaseTransitionTime: rfc3339(ctx.now) as never }),
    },
  });
}

function bindClaim(
  ctx: ControllerContext,
  claim: PersistentVolumeClaim,
  volume: PersistentVolume,
): PersistentVolumeClaim {
  const named = claim.spec.volumeName === volume.metadata.name;
  if (named && annotated(claim, BIND_COMPLETED)) return claim;
  return ctx.api.update<PersistentVolumeClaim>(
    withAnnotations(
      { ...claim, spec: { ...claim.spec, volumeName: volume.metadata.name } },
      { [BIND_COMPLETED]: 'yes', ...(named ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }) },
    ),
  );
}

/** A claim's phase, with what its volume gives where it has one. */
export function setClaimPhase(
  ctx: ControllerContext,
  claim: PersistentVolumeClaim,
  phase: 'Pending' | 'Bound' | 'Lost',
  volume?: PersistentVolume,
): PersistentVolumeClaim {
  const { accessModes: _a, capacity: _c, ...rest } = claim.status;
  // A resize under way says in the claim's status how far it is.
  const capacity =
    claim.status.phase === 'Bound' && claim.status.capacity !== undefined
      ? claim.status.capacity
      : volume?.spec.capacity;
  const status =
    volume === undefined
      ? { ...rest, phase }
      : { ...rest, phase, accessModes: volume.spec.accessModes, capacity };
  if (deepEqual(status, claim.status)) return claim;
  return ctx.api.updateStatus<PersistentVolumeClaim>({ ...claim, status } as PersistentVolumeClaim);
}

/** Binds both sides, the volume first: a binder that dies in between finds its way from there. */
export function bind(ctx: ControllerContext, volume: PersistentVolume, claim: PersistentVolumeClaim): void {
  const wanted = withClaim(volume, claim);
  const taken = wanted === volume ? volume : ctx.api.update<PersistentVolume>(wanted);
  const bound = setVolumePhase(ctx, taken, 'Bound');
  setClaimPhase(ctx, bindClaim(ctx, claim, bound), 'Bound', bound);
}

/** Lets go of a claim that took another volume; a name that a user wrote there stays. */
export function unbind(ctx: ControllerContext, volume: PersistentVolume): void {
  const { claimRef, ...spec } = volume.spec;
  const byController = annotated(volume, BOUND_BY_CONTROLLER);
  const { uid: _, ...named } = claimRef!;
  const freed = ctx.api.update<PersistentVolume>(
    byController
      ? withAnnotations({ ...volume, spec } as PersistentVolume, { [BOUND_BY_CONTROLLER]: null })
      : { ...volume, spec: { ...spec, claimRef: named } },
  );
  setVolumePhase(ctx, freed, 'Available');
}
