/** Where a container's volumes are mounted, as its kernel lists them in /proc/mounts. */
import type { Machine, PodVolume, RuntimeContainer } from './world.ts';

/** Secrets, tokens and what a Pod says of itself are never written to a disk. */
const isInMemory = (volume: PodVolume | undefined): boolean =>
  volume?.kind === 'own' && (volume.medium === 'memory' || (volume.projected && volume.mode === 0o1777));

/** Lines of /proc/mounts, in the order of the mounts. */
export function mountLines({ volumes }: Machine, { podUid, mounts }: RuntimeContainer): readonly string[] {
  return mounts.map(({ path, volume, readOnly }) => {
    const access = `${readOnly ? 'ro' : 'rw'},relatime 0 0`;
    return isInMemory(volumes.get(podUid)?.get(volume))
      ? `tmpfs ${path} tmpfs ${access}`
      : `/dev/sda1 ${path} ext4 ${access}`;
  });
}
