/** The library of invariants. */
import { endpointsOnce } from './endpointsonce.ts';
import { noOvercommit } from './noovercommit.ts';
import type { Invariant } from './types.ts';
import { uniqueAddresses } from './uniqueaddresses.ts';

export const INVARIANTS: readonly Invariant[] = [noOvercommit, uniqueAddresses, endpointsOnce];
export type { Invariant, InvariantView, Violation } from './types.ts';
