/** Which file system a path is on. */
import { isBelow } from '../files/tree.ts';
import type { MountPoint } from './env.ts';

/** Of the file systems mounted above a path or at it the nearest; the later of two at one place. */
export function mountOf(mounts: readonly MountPoint[], path: string): MountPoint | undefined {
  let nearest: MountPoint | undefined;
  for (const mount of mounts) {
    const isAbove = mount.path === '/' || mount.path === path || isBelow(mount.path, path);
    if (isAbove && mount.path.length >= (nearest?.path.length ?? 0)) nearest = mount;
  }
  return nearest;
}
