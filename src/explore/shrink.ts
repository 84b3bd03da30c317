/**
 * Shrinking over operations: from a scenario that fails to one of which nothing can be taken away. fast-check has shrunk the draw before;
 * this goes on over the concrete operations, to a local minimum: without any one of them, or with any duration shorter, it passes.
 */
import { inOrder, type Strike } from '../chaos/schedule.ts';
import type { FaultCall } from '../chaos/types.ts';
import type { Operation } from '../dsl/operations.ts';
import type { Millis } from '../sim/kernel/types.ts';

const ROUND_MS = [1, 5, 10, 30, 60, 120, 300].map((s) => s * 1000);

/** Shorter round times first. */
const shorter = (ms: Millis): Millis[] => ROUND_MS.filter((r) => r < ms);

/** Operations that a smaller scenario may do without or weaken; the rest is the scene and the claim. */
const isPart = (o: Operation): boolean => o.op === 'fault' || o.op === 'faults' || o.op === 'pass';

/** Weaker calls of a fault: for a shorter time, on fewer targets. */
function weakerCalls(call: FaultCall): FaultCall[] {
  return [
    ...(call.forMs === undefined ? [] : shorter(call.forMs).map((forMs) => ({ ...call, forMs }))),
    ...(call.mode === undefined || call.mode === 'one' ? [] : [{ ...call, mode: 'one' }]),
  ];
}

/** Schedules with a fault less, earlier or weaker; what begins later is moved to the beginning too. */
function* smallerSchedules(strikes: readonly Strike[]): Generator<readonly Strike[]> {
  for (let i = 0; i < strikes.length; i += 1) if (strikes.length > 1) yield strikes.filter((_, j) => j !== i);
  const first = Math.min(...strikes.map((s) => s.atMs));
  if (first > 0) yield strikes.map((s) => ({ ...s, atMs: s.atMs - first }));
  for (const [i, s] of strikes.entries()) {
    const others = (w: Strike): Strike[] => inOrder(strikes.map((o, j) => (j === i ? w : o)));
    for (const atMs of [0, ...shorter(s.atMs)]) if (atMs < s.atMs) yield others({ ...s, atMs });
    for (const fault of weakerCalls(s.fault)) yield others({ ...s, fault });
  }
}

function* smaller(operations: readonly Operation[]): Generator<Operation[]> {
  for (let i = 0; i < operations.length; i += 1) {
    if (isPart(operations[i]!)) yield operations.filter((_, j) => j !== i);
  }
  for (let i = 0; i < operations.length; i += 1) {
    const o = operations[i]!;
    const weaker: Operation[] = [];
    if (o.op === 'pass') weaker.push(...shorter(o.durationMs).map((durationMs) => ({ ...o, durationMs })));
    if (o.op === 'fault') weaker.push(...weakerCalls(o.fault).map((fault) => ({ ...o, fault })));
    if (o.op === 'faults') for (const strikes of smallerSchedules(o.strikes)) weaker.push({ ...o, strikes });
    if (o.op === 'cluster' && o.nodes > 1) weaker.push({ ...o, nodes: o.nodes - 1 });
    for (const w of weaker) yield operations.map((other, j) => (j === i ? w : other));
  }
}

/** @param fails plays the operations; may be asked some hundred times */
export function shrinkOperations(operations: readonly Operation[], fails: (operations: readonly Operation[]) => boolean): Operation[] {
  let smallest = [...operations];
  for (;;) {
    const found = first(smaller(smallest), fails);
    if (found === undefined) return smallest;
    smallest = found;
  }
}

function first(candidates: Iterable<Operation[]>, fails: (operations: readonly Operation[]) => boolean): Operation[] | undefined {
  for (const candidate of candidates) if (fails(candidate)) return candidate;
  return undefined;
}
