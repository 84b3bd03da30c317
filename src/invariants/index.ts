/** What must hold of a cluster whatever happens to it. */
export { defineInvariant } from './define.ts';
export { INVARIANTS } from './library.ts';
export type { Invariant, InvariantView, PhysicalInvariantView, Violation } from './types.ts';
