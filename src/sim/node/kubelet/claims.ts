/**
 * Where the kubelet learns what a claim stands for, and which disks it tells the node's status of. Models
 * pkg/kubelet/volumemanager/populator (getPVCExtractPV), the reconciler's wait for a disk that the
 * attach/detach controller is to bring, and the status field volumesInUse, without which nothing is mounted.
 */
import { wholeValue } from '../../api/quantity.ts';
import { ApiError } from '../../api/errors.ts';
import type { PersistentVolume, Pod } from '../../api/types.ts';
import {
  attachableName,
  backingOf,
  capacityOf,
  isClaimBound,
  isClaimForPod,
  podClaims,
} from '../../api/volumes.ts';
import { volumesInUse } from './disks.ts';
import { nodeStatusDue } from './nodestatus.ts';
import type { Kubelet } from './types.ts';
import { volumeWithoutPlugin } from './volumeplugins.ts';

export type ClaimedVolume =
  | {
      readonly state: 'ready';
      readonly disk: string;
      readonly readOnly: boolean;
      /** As the node's status calls it; absent where it is not attached to nodes. */
      readonly attachable?: string;
    }
  | { readonly state: 'onNode'; readonly path: string }
  /** Not to be had yet: an event of this reason says why, unless there is nothing to say. */
  | { readonly state: 'waiting'; readonly reason: string; readonly message: string };

export interface ClaimedVolumes {
  mount(pod: Pod, claimName: string): ClaimedVolume;
}

const waiting = (message: string): ClaimedVolume => ({ state: 'waiting', reason: 'FailedMount', message });
/** Others are at work: what they do is watched. */
const PATIENT = waiting('');

function unprocessed(pod: Pod, claimName: string, why: string): ClaimedVolume {
  const names = podClaims(pod)
    .filter((c) => c.name === claimName)
    .map((c) => c.volume)
    .join(' ');
  return waiting(
    `Unable to attach or mount volumes: unmounted volumes=[${names}], unattached volumes=[], ` +
      `failed to process volumes=[${names}]: error processing PVC ` +
      `${pod.metadata.namespace}/${claimName}: ${why}`,
  );
}

/** The volume of a pod's claim, or why there is none. */
function volumeOf(k: Kubelet, pod: Pod, claimName: string): PersistentVolume | ClaimedVolume {
  const { api } = k.ctx;
  const claim = api.find('PersistentVolumeClaim', pod.metadata.namespace!, claimName);
  if (claim === undefined)
    return unprocessed(
      pod,
      claimName,
      `failed to fetch PVC from API server: persistentvolumeclaims "${claimName}" not found`,
    );
  const ephemeral = podClaims(pod).some((c) => c.name === claimName && c.ephemeral);
  if (ephemeral && !isClaimForPod(claim, pod))
    return unprocessed(pod, claimName, 'PVC was not created for pod (pod is not owner)');
  if (claim.metadata.deletionTimestamp !== undefined)
    return unprocessed(pod, claimName, 'PVC is being deleted');
  if (!isClaimBound(claim) || claim.status.phase !== 'Bound')
    return unprocessed(pod, claimName, 'PVC is not bound');
  const { volumeName } = claim.spec;
  const volume = api.find('PersistentVolume', '', volumeName!);
  return (
    volume ??
    unprocessed(
      pod,
      claimName,
      `failed to fetch PV ${volumeName} from API server: persistentvolumes "${volumeName}" not found`,
    )
  );
}

/** Whether the node has a disk, as its status says it; asks for it where nobody has. */
function isAttached(k: Kubelet, pod: Pod, attachable: string): boolean {
  const node = k.ctx.cache.get('Node', '', k.machine.name);
  const { awaited } = k.state;
  const names = awaited.get(pod.metadata.uid);
  if (names === undefined) awaited.set(pod.metadata.uid, [attachable]);
  else if (!names.includes(attachable)) names.push(attachable);
  if (node?.status.volumesInUse?.includes(attachable) !== true) {
    nodeStatusDue(k);
    return false;
  }
  return node.status.volumesAttached?.some(({ name }) => name === attachable) ?? false;
}

export function claimedVolumes(k: Kubelet): ClaimedVolumes {
  const { disks, storage } = k.env.world;
  const mount = (pod: Pod, claimName: string): ClaimedVolume => {
    const volume = volumeOf(k, pod, claimName);
    if ('state' in volume) return volume;
    const named = podClaims(pod).find((c) => c.name === claimName)!.volume;
    const unmatched = volumeWithoutPlugin(named, volume);
    if (unmatched !== undefined) return waiting(unmatched);
    const backing = backingOf(volume);
    if (backing.kind === 'host') return { state: 'onNode', path: backing.path };
    const { handle, readOnly } = backing;
    const attachable = attachableName(volume);
    if (attachable !== undefined && needsAttachment(k, backing.driver) && !isAttached(k, pod, attachable))
      return PATIENT;
    let disk = disks.get(handle);
    if (disk === undefined)
      disks.set(
        handle,
        (disk = { files: new Map(), capacityBytes: wholeValue(capacityOf(volume)), full: false }),
      );
    if (disk.zone !== undefined && storage.zones.has(disk.zone))
      return waiting(
        `MountVolume.MountDevice failed for volume "${volume.metadata.name}" : rpc error: code = ` +
          `Unavailable desc = storage of zone ${disk.zone} does not answer`,
      );
    return { state: 'ready', disk: handle, readOnly, ...(attachable === undefined ? {} : { attachable }) };
  };
  return {
    mount(pod, claimName) {
      try {
        return mount(pod, claimName);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return unprocessed(pod, claimName, `failed to fetch PVC from API server: ${error.message}`);
      }
    },
  };
}

const needsAttachment = ({ ctx }: Kubelet, driver: string): boolean =>
  ctx.api.find('CSIDriver', '', driver)?.spec.attachRequired !== false;

/** A pod's volumes are taken down; its disks may go elsewhere once the node's status says so. */
export function unmountVolumes(k: Kubelet, uid: string): void {
  const before = volumesInUse(k).length;
  k.machine.volumes.delete(uid);
  k.state.awaited.delete(uid);
  if (before !== volumesInUse(k).length) nodeStatusDue(k);
}
