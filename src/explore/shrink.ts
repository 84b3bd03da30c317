/**
 * Shrinking over operations: from a scenario that fails to one of which nothing can be taken away. fast-check has shrunk the draw before;
 * this goes on over the concrete operations, to a local minimum: without any one of them, or with any duration shorter, it passes.
 */
import type { Operation } from '../dsl/operations.ts';
import type { Millis } from '../sim/kernel/types.ts';

const ROUND_MS = [1, 5, 10, 30, 60, 120, 300].map((s) => s * 1000);

/** Shorter round times first. */
const shorter = (ms: Millis): Millis[] => ROUND_MS.filter((r) => r < ms);

/** Operations that a smaller scenario may do without or weaken; the rest is the scene and the claim. */
const isPart = (o: Operation): boolean => o.op === 'fault' || o.op === 'pass';

function* smaller(operations: readonly Operation[]): Generator<Operation[]> {
  for (let i = 0; i < operations.length; i += 1) {
    if (isPart(operations[i]!)) yield operations.filter((_, j) => j !== i);
  }
  for (let i = 0; i < operations.length; i += 1) {
    const o = operations[i]!;
    const weaker: Operation[] = [];
    if (o.op === 'pass') weaker.push(...shorter(o.durationMs).map((durationMs) => ({ ...o, durationMs })));
    if (o.op === 'fault' && o.fault.forMs !== undefined) {
      weaker.push(...shorter(o.fault.forMs).map((forMs) => ({ ...o, fault: { ...o.fault, forMs } })));
    }
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
