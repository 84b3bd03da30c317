/** Where the kubelet learns which disk a claim stands for. */
import type { Pod } from '../../api/types.ts';
import type { Kubelet } from './types.ts';

export type ClaimedVolume =
  | { readonly state: 'ready'; readonly disk: string; readonly readOnly: boolean }
  /** Not to be had yet: an event of this reason says why. */
  | { readonly state: 'waiting'; readonly reason: string; readonly message: string };

export interface ClaimedVolumes {
  mount(pod: Pod, claimName: string): ClaimedVolume;
}

/** Bytes of a disk that nothing says the size of. */
const UNBOUNDED = Infinity;

/** A claim is taken as given: it is a disk of its own name, which every node reaches. */
export function claimedVolumes(k: Kubelet): ClaimedVolumes {
  const { disks } = k.env.world;
  return {
    mount(pod, claimName) {
      const disk = `${pod.metadata.namespace}/${claimName}`;
      if (!disks.has(disk)) disks.set(disk, { files: new Map(), capacityBytes: UNBOUNDED, full: false });
      return { state: 'ready', disk, readOnly: false };
    },
  };
}
