/**
 * Ephemeral storage: what a container has written over its image's layer, gone with the container, and what
 * a pod has in volumes on its machine's disk, gone with the pod.
 */
import { wholeValue } from '../api/quantity.ts';
import type { Millis } from '../kernel/types.ts';
import type { NodeEnv } from './env.ts';
import { treeBytes } from './files/tree.ts';
import { imageSize } from './images.ts';
import type { Machine, PodVolume, RuntimeContainer } from './world.ts';

const fillRate = (c: RuntimeContainer): number => Number(c.faults.get('fill')?.['bytesPerSecond'] ?? 0);

/** Bytes: the files that were changed, and what a fault (`fill`) writes. */
export function ephemeralUsed(c: RuntimeContainer, now: Millis): number {
  const bytes = treeBytes(c.files);
  const fill = c.faults.get('fill');
  if (fill === undefined) return bytes;
  const since = Number(fill['since'] ?? now);
  return bytes + Number(fill['bytes'] ?? 0) + Math.floor((fillRate(c) * (now - since)) / 1000);
}

/** Whether it grows by itself. */
export const fills = (c: RuntimeContainer): boolean => fillRate(c) > 0;

const NONE: ReadonlyMap<string, PodVolume> = new Map();

/** A pod's volumes on a machine, by name. */
export const volumesOf = (machine: Machine, podUid: string): ReadonlyMap<string, PodVolume> =>
  machine.volumes.get(podUid) ?? NONE;

/** Bytes of a pod's volumes on its machine's disk, or in its memory. */
export function volumesUsed(machine: Machine, podUid: string, medium: 'disk' | 'memory'): number {
  let bytes = 0;
  for (const volume of volumesOf(machine, podUid).values())
    if (volume.kind === 'own' && volume.medium === medium) bytes += treeBytes(volume.files);
  return bytes;
}

/** Bytes on a machine's disk: images, containers, volumes, and what a fault has put there. */
export function diskUsed(machine: Machine, now: Millis): number {
  let bytes = machine.hogDiskBytes + treeBytes(machine.hostFiles);
  for (const image of machine.images.keys()) bytes += imageSize(image);
  for (const container of machine.containers.values()) bytes += ephemeralUsed(container, now);
  for (const uid of machine.volumes.keys()) bytes += volumesUsed(machine, uid, 'disk');
  return bytes;
}

/** Bytes that can still be written: to a volume, or to a container's own layer (undefined). */
export function roomIn(env: NodeEnv, machine: Machine, volume: PodVolume | undefined): number {
  if (volume?.kind === 'disk') {
    const disk = env.world.disks.get(volume.disk);
    return disk === undefined || disk.full ? 0 : disk.capacityBytes - treeBytes(disk.files);
  }
  if (volume?.kind === 'own' && volume.medium === 'memory')
    return volume.sizeLimitBytes - treeBytes(volume.files);
  return wholeValue(machine.capacity.ephemeralStorage) - diskUsed(machine, env.control.now);
}
