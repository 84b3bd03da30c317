/** Ephemeral storage: what a container has written over its image's layer. It is gone with the container. */
import type { Millis } from '../kernel/types.ts';
import type { RuntimeContainer } from './world.ts';

const fillRate = (c: RuntimeContainer): number => Number(c.faults.get('fill')?.['bytesPerSecond'] ?? 0);

/** Bytes: the files that were changed, and what a fault (`fill`) writes. */
export function ephemeralUsed(c: RuntimeContainer, now: Millis): number {
  let bytes = 0;
  for (const content of c.files.values()) bytes += content?.length ?? 0;
  const fill = c.faults.get('fill');
  if (fill === undefined) return bytes;
  const since = Number(fill['since'] ?? now);
  return bytes + Number(fill['bytes'] ?? 0) + Math.floor((fillRate(c) * (now - since)) / 1000);
}

/** Whether it grows by itself. */
export const fills = (c: RuntimeContainer): boolean => fillRate(c) > 0;
