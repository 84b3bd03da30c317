/** Which file systems a container sees, and where: its root, and its volumes in the order of its mounts. */
import { wholeValue } from '../api/quantity.ts';
import type { NodeEnv } from './env.ts';
import { treeBytes } from './files/tree.ts';
import type { MountPoint } from './shell/env.ts';
import { diskUsed, roomIn } from './storage.ts';
import type { Machine, PodVolume, RuntimeContainer } from './world.ts';

/** Secrets, tokens and what a Pod says of itself are never written to a disk. */
const isInMemory = (volume: PodVolume | undefined): boolean =>
  volume?.kind === 'own' && (volume.medium === 'memory' || (volume.projected && volume.mode === 0o1777));

type FileSystemOf = Pick<MountPoint, 'device' | 'type' | 'sizeBytes' | 'usedBytes'>;

function fileSystemOf(env: NodeEnv, machine: Machine, volume: PodVolume | undefined): FileSystemOf {
  if (volume?.kind === 'own' && isInMemory(volume)) {
    const { sizeLimitBytes, files } = volume;
    // The kubelet gives one without a limit the size of what the node has.
    const sizeBytes = Number.isFinite(sizeLimitBytes) ? sizeLimitBytes : wholeValue(machine.capacity.memory);
    return { device: 'tmpfs', type: 'tmpfs', sizeBytes, usedBytes: treeBytes(files) };
  }
  const disk = volume?.kind === 'disk' ? env.world.disks.get(volume.disk) : undefined;
  if (disk !== undefined) {
    const sizeBytes = disk.capacityBytes;
    return {
      device: '/dev/sdb',
      type: 'ext4',
      sizeBytes,
      usedBytes: sizeBytes - roomIn(env, machine, volume),
    };
  }
  const sizeBytes = wholeValue(machine.capacity.ephemeralStorage);
  return { device: '/dev/sda1', type: 'ext4', sizeBytes, usedBytes: diskUsed(machine, env.control.now) };
}

export function mountsIn(
  env: NodeEnv,
  machine: Machine,
  { podUid, mounts, readOnlyRoot }: RuntimeContainer,
): readonly MountPoint[] {
  const root = fileSystemOf(env, machine, undefined);
  return [
    { ...root, device: 'overlay', type: 'overlay', path: '/', readOnly: readOnlyRoot },
    ...mounts.map(({ path, volume, readOnly }) => ({
      ...fileSystemOf(env, machine, machine.volumes.get(podUid)?.get(volume)),
      path,
      readOnly,
    })),
  ];
}
