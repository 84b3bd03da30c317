/** What must hold of volumes, claims and disks. */
import { termMatches, type NodeSelectorTerm } from '../sim/api/nodeselector.ts';
import { compareQuantities } from '../sim/api/quantity.ts';
import { parseTime } from '../sim/api/time.ts';
import type { Node, PersistentVolume, Pod } from '../sim/api/types.ts';
import { capacityOf, isClaimBound, isForMany, podClaims, requestedStorage } from '../sim/api/volumes.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { hasEnded } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

export const claimsServed = defineInvariant<null>({
  name: 'claims-served',
  asks: 'api',
  about: 'A claim is bound to a volume that is its alone, and as large as it asked for.',
  why: 'a claim is a promise of room that nobody else writes to',
  fails: 'A claim got a volume that is too small, or that another claim has.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const { before, after: claim } = changeOf(entry, 'PersistentVolumeClaim') ?? {};
    if (claim?.status.phase !== 'Bound' || before?.status.phase === 'Bound') return undefined;
    const volume = view.find('PersistentVolume', '', claim.spec.volumeName!);
    if (volume === undefined) return undefined;
    const small = compareQuantities(capacityOf(volume), requestedStorage(claim)) < 0;
    const foreign = volume.spec.claimRef?.uid !== claim.metadata.uid;
    if (!small && !foreign) return undefined;
    return {
      message: told(small ? 'brokenClaimTooSmall' : 'brokenClaimForeign', {
        claim: named(claim),
        volume: volume.metadata.name,
      }),
      objects: [claim, volume],
      entry: entry.id,
    };
  },
});

export const claimsProtected = defineInvariant<null>({
  name: 'claims-protected',
  asks: 'api',
  about: 'A claim does not go while a Pod that ran when it was deleted still uses it.',
  why: 'its disk may be deleted with it, under a program that writes to it',
  fails: 'A claim went before the Pods that use it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const change = changeOf(entry, 'PersistentVolumeClaim');
    const claim = change?.before;
    if (claim === undefined || change!.after !== undefined) return undefined;
    const { namespace, name, deletionTimestamp } = claim.metadata;
    if (deletionTimestamp === undefined) return undefined;
    for (const pod of view.list('Pod')) {
      const { startTime } = pod.status;
      if (pod.metadata.namespace !== namespace || hasEnded(pod) || !startTime || !pod.spec.nodeName) continue;
      if (!podClaims(pod).some((c) => c.name === name)) continue;
      if (parseTime(startTime as string) >= parseTime(deletionTimestamp)) continue;
      return {
        message: told('brokenClaimWent', { claim: named(claim), pod: pod.metadata.name }),
        objects: [claim, pod],
        entry: entry.id,
      };
    }
    return undefined;
  },
});

export const volumesAttachedOnce = defineInvariant<null>({
  name: 'volumes-attached-once',
  asks: 'api',
  about: 'A volume that one node may have is not attached to two.',
  why: 'two machines that write to one disk destroy what is on it',
  fails: 'A disk was attached to a node while another still had it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const made = changeOf(entry, 'VolumeAttachment')?.after;
    const name = made?.spec.source.persistentVolumeName;
    if (made === undefined || !name) return undefined;
    const volume = view.find('PersistentVolume', '', name);
    if (volume === undefined || isForMany(volume)) return undefined;
    for (const other of view.list('VolumeAttachment'))
      if (other.spec.source.persistentVolumeName === name && other.spec.nodeName !== made.spec.nodeName)
        return {
          message: told('brokenAttachedTwice', {
            volume: name,
            one: other.spec.nodeName,
            other: made.spec.nodeName,
          }),
          objects: [other, made],
          entry: entry.id,
        };
    return undefined;
  },
});

const reaches = ({ spec }: PersistentVolume, node: Node): boolean =>
  spec.nodeAffinity?.required?.nodeSelectorTerms.some((term) =>
    termMatches(term as NodeSelectorTerm, node),
  ) ?? true;

function outOfReach(pod: Pod, node: Node, view: InvariantView): PersistentVolume | undefined {
  for (const { name } of podClaims(pod)) {
    const claim = view.find('PersistentVolumeClaim', pod.metadata.namespace!, name);
    if (claim === undefined || !isClaimBound(claim)) continue;
    const volume = view.find('PersistentVolume', '', claim.spec.volumeName!);
    if (volume !== undefined && !reaches(volume, node)) return volume;
  }
  return undefined;
}

export const volumesReached = defineInvariant<null>({
  name: 'volumes-reached',
  asks: 'api',
  about: 'A Pod is placed on a node that reaches its volumes.',
  why: 'elsewhere it would wait for its disk for ever',
  fails: "A Pod was bound to a node that its volume's node affinity leaves out.",
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const { before, after: pod } = changeOf(entry, 'Pod') ?? {};
    if (!pod?.spec.nodeName || before?.spec.nodeName || before === undefined) return undefined;
    const node = view.find('Node', '', pod.spec.nodeName);
    const volume = node === undefined ? undefined : outOfReach(pod, node, view);
    if (volume === undefined) return undefined;
    return {
      message: told('brokenOutOfReach', {
        pod: named(pod),
        node: pod.spec.nodeName,
        volume: volume.metadata.name,
      }),
      objects: [pod, volume],
      entry: entry.id,
    };
  },
});

export const volumesReleased = defineInvariant<null>({
  name: 'volumes-released',
  asks: 'api',
  about: 'Once faults have ended, no volume is bound to a claim that is gone.',
  why: 'it would never be reclaimed, nor be given to another',
  fails: 'A claim went and its volume was not let go.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const volume of view.list('PersistentVolume')) {
      const { claimRef } = volume.spec;
      if (volume.status.phase !== 'Bound' || !claimRef) continue;
      const claim = view.find('PersistentVolumeClaim', claimRef.namespace ?? '', claimRef.name ?? '');
      if (claim === undefined || claim.metadata.uid !== claimRef.uid)
        return {
          message: told('brokenVolumeKept', { volume: volume.metadata.name, claim: claimRef.name ?? '' }),
          objects: [volume],
        };
    }
    return undefined;
  },
});
