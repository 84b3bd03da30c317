/**
 * Limits of ephemeral storage, which the eviction manager enforces. Models localStorageEviction of
 * pkg/kubelet/eviction/eviction_manager.go.
 */
import { wholeValue } from '../../api/quantity.ts';
import { treeBytes } from '../files/tree.ts';
import { ephemeralUsed, volumesOf, volumesUsed } from '../storage.ts';
import { containersOf } from '../world.ts';
import { printBytes } from './signals.ts';
import type { Kubelet, PodWorker } from './types.ts';

const RESOURCE = 'ephemeral-storage';

/** The first emptyDir beyond its limit. Models emptyDirLimitEviction. */
function beyondSizeLimit(k: Kubelet, w: PodWorker): string | undefined {
  for (const spec of w.pod.spec.volumes ?? []) {
    const limit = spec.emptyDir?.sizeLimit as string | undefined;
    const volume = limit === undefined ? undefined : volumesOf(k.machine, w.uid).get(spec.name);
    if (volume?.kind === 'own' && treeBytes(volume.files) > volume.sizeLimitBytes)
      return `Usage of EmptyDir volume "${spec.name}" exceeds the limit "${limit}". `;
  }
  return undefined;
}

/**
 * Why the pod is ended: a volume of it uses more than its limit, all of it more than its containers' limits
 * together, or a container more than its own. Undefined: none does.
 */
export function beyondStorageLimits(k: Kubelet, w: PodWorker): string | undefined {
  const beyond = beyondSizeLimit(k, w);
  if (beyond !== undefined) return beyond;
  const limits = new Map<string, string>();
  for (const { name, resources } of w.pod.spec.containers) {
    const limit = resources?.limits?.[RESOURCE] as string | undefined;
    if (limit !== undefined && wholeValue(limit) > 0) limits.set(name, limit);
  }
  if (limits.size === 0) return undefined;
  const records = containersOf(k.machine, w.uid).filter((c) => c.state === 'running');
  let used = volumesUsed(k.machine, w.uid, 'disk');
  for (const record of records) used += ephemeralUsed(record, k.ctx.now);
  let allowed = 0;
  for (const limit of limits.values()) allowed += wholeValue(limit);
  if (used > allowed)
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${printBytes(allowed)}. `;
  for (const record of records) {
    const limit = limits.get(record.name);
    if (limit !== undefined && ephemeralUsed(record, k.ctx.now) > wholeValue(limit))
      return `Container ${record.name} exceeded its local ephemeral storage limit "${limit}". `;
  }
  return undefined;
}
