/** Smaller times, calls and schedules, in the order in which a search tries them. */
import { inOrder, type Strike } from '../chaos/schedule.ts';
import type { FaultCall } from '../chaos/types.ts';
import type { Millis } from '../sim/kernel/types.ts';

const ROUND_MS = [1, 5, 10, 30, 60, 120, 300].map((s) => s * 1000);

/** Shorter round times first. */
export const shorter = (ms: Millis): Millis[] => ROUND_MS.filter((r) => r < ms);

/** On fewer targets; in place of a number left to chance, one that is said. */
const fewer = (mode: string): string[] =>
  mode === 'one' ? [] : mode === 'random' ? ['one', '2', 'all'] : ['one'];

/** Weaker calls of a fault: for a shorter time, on fewer targets. */
export const weakerCalls = (call: FaultCall): FaultCall[] => [
  ...(call.forMs === undefined ? [] : shorter(call.forMs).map((forMs) => ({ ...call, forMs }))),
  ...fewer(call.mode ?? 'one').map((mode) => ({ ...call, mode })),
];

/**
 * Schedules with a fault less, then with one earlier or weaker; what begins late is moved to the beginning.
 */
export function* smallerSchedules(strikes: readonly Strike[]): Generator<readonly Strike[]> {
  // Halves first: of many faults most do not matter.
  const half = Math.floor(strikes.length / 2);
  if (half > 1) yield* [strikes.slice(0, half), strikes.slice(half)];
  for (let i = 0; i < strikes.length; i += 1) if (strikes.length > 1) yield strikes.filter((_, j) => j !== i);
  const first = Math.min(...strikes.map((s) => s.atMs));
  if (first > 0) yield strikes.map((s) => ({ ...s, atMs: s.atMs - first }));
  for (const [i, s] of strikes.entries()) {
    const others = (w: Strike): Strike[] => inOrder(strikes.map((o, j) => (j === i ? w : o)));
    for (const atMs of [0, ...shorter(s.atMs)]) if (atMs < s.atMs) yield others({ ...s, atMs });
    for (const fault of weakerCalls(s.fault)) yield others({ ...s, fault });
  }
}
