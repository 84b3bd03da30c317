/** Storage that does not do as it should: the physical side of faults. */
import { type NodeEnv, noted } from '../node/env.ts';

export function stopAttach(env: NodeEnv, node: string): void {
  if (env.world.storage.attach.has(node)) return;
  env.world.storage.attach.add(node);
  noted(env, 'attachFails', { node });
}

export function restoreAttach(env: NodeEnv, node: string): void {
  if (env.world.storage.attach.delete(node)) noted(env, 'attachWorks', { node });
}

export function stopDetach(env: NodeEnv, node: string): void {
  if (env.world.storage.detach.has(node)) return;
  env.world.storage.detach.add(node);
  noted(env, 'detachHangs', { node });
}

export function restoreDetach(env: NodeEnv, node: string): void {
  if (env.world.storage.detach.delete(node)) noted(env, 'detachWorks', { node });
}

/** Disks of a zone are out of reach: none of them is attached any more, wherever it is asked for. */
export function loseZone(env: NodeEnv, zone: string): void {
  if (env.world.storage.zones.has(zone)) return;
  env.world.storage.zones.add(zone);
  noted(env, 'storageZoneLost', { zone });
}

export function restoreZone(env: NodeEnv, zone: string): void {
  if (env.world.storage.zones.delete(zone)) noted(env, 'storageZoneBack', { zone });
}

/** Nothing more fits on a disk. @returns whether there is such a disk */
export function fillDisk(env: NodeEnv, handle: string, volume: string): boolean {
  const disk = env.world.disks.get(handle);
  if (disk === undefined) return false;
  if (!disk.full) noted(env, 'volumeFull', { volume });
  disk.full = true;
  return true;
}

export function emptyDisk(env: NodeEnv, handle: string, volume: string): void {
  const disk = env.world.disks.get(handle);
  if (disk?.full !== true) return;
  disk.full = false;
  noted(env, 'volumeHasRoom', { volume });
}
