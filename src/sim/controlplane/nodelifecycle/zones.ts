/**
 * Zones: how disrupted each is, and the rate-limited queue of its nodes that are to get a NoExecute taint.
 * Models pkg/controller/nodelifecycle (ComputeZoneState, setLimiterInZone), scheduler/rate_limited_queue.go
 * and client-go util/flowcontrol (token bucket with burst 1).
 */
import type { ClusterConfig } from '../../config.ts';
import type { Millis } from '../../kernel/types.ts';

export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption';

/** What is ready (`True`) and what is not among the nodes of a zone. */
export function zoneState(
  readyStatuses: readonly (string | undefined)[],
  config: Pick<ClusterConfig, 'unhealthyZoneThreshold'>,
): { notReady: number; state: ZoneState } {
  let ready = 0;
  for (const s of readyStatuses) if (s === 'True') ready += 1;
  const notReady = readyStatuses.length - ready;
  if (ready === 0 && notReady > 0) return { notReady, state: 'FullDisruption' };
  // Compared as float32, as upstream compares.
  if (
    notReady > 2 &&
    Math.fround(notReady / readyStatuses.length) >= Math.fround(config.unhealthyZoneThreshold)
  )
    return { notReady, state: 'PartialDisruption' };
  return { notReady, state: 'Normal' };
}

/** Nodes per second that may be tainted in a zone of this state. */
export function evictionRate(
  state: ZoneState,
  zoneSize: number,
  config: Pick<ClusterConfig, 'nodeEvictionRate' | 'secondaryNodeEvictionRate' | 'largeClusterSizeThreshold'>,
): number {
  if (state !== 'PartialDisruption') return config.nodeEvictionRate;
  return zoneSize > config.largeClusterSizeThreshold ? config.secondaryNodeEvictionRate : 0;
}

/** Queue of nodes and its token bucket. */
export interface Tainter {
  /** Nodes to be tainted, first come first served. */
  waiting: { node: string; at: Millis }[];
  /** Nodes that are waiting or were tainted, and are not to be added again until removed. */
  known: Set<string>;
  /** Tokens per second; 0: never. */
  rate: number;
  /** Whether the one token was there at `since`. */
  full: boolean;
  since: Millis;
}

export const newTainter = (rate: number, now: Millis): Tainter => ({
  waiting: [],
  known: new Set(),
  rate,
  full: true,
  since: now,
});

/** When the next token is there; undefined when never. */
export function nextTokenAt(t: Tainter): Millis | undefined {
  if (t.rate <= 0) return undefined;
  return t.full ? t.since : t.since + Math.ceil(1000 / t.rate);
}

/** Takes the token, when there is one. */
export function takeToken(t: Tainter, now: Millis): boolean {
  const at = nextTokenAt(t);
  if (at === undefined || at > now) return false;
  t.full = false;
  t.since = now;
  return true;
}

/** Another rate. A bucket that was empty (or never gave) makes the new one start empty. */
export function swapRate(t: Tainter, rate: number, now: Millis): void {
  if (t.rate === rate) return;
  const had = takeToken(t, now);
  t.rate = Math.max(0, rate);
  t.full = had;
  t.since = now;
}

/** @returns whether it was added */
export function addToTainter(t: Tainter, node: string, now: Millis): boolean {
  if (t.known.has(node)) return false;
  t.known.add(node);
  t.waiting.push({ node, at: now });
  return true;
}

/** @returns whether it was known */
export function removeFromTainter(t: Tainter, node: string): boolean {
  if (!t.known.delete(node)) return false;
  t.waiting = t.waiting.filter((w) => w.node !== node);
  return true;
}
