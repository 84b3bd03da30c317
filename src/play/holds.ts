/** Whether something is so of a live cluster, asked of copies. */
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';
import { NOW } from '../dsl/moment.ts';
import type { AssertOperation, Operation } from '../dsl/operations/operation.ts';
import type { Live } from './live.ts';

/** Whether a claim holds; what it asks, it asks a copy. */
export function holds(live: Live, claim: AssertOperation): boolean {
  try {
    live.fork().play(claim);
    return true;
  } catch (error) {
    if (error instanceof ClaimError) return false;
    throw error;
  }
}

/** Whether all claims hold at this moment. */
export const holdNow = (live: Live, claims: readonly AssertOperation[]): boolean =>
  claims.every((claim) => holds(live, { ...claim, moment: NOW }));

/** A copy on which more was done; undefined where that cannot be done. @param mayFail of commands */
export function after(live: Live, operations: readonly Operation[], mayFail = true): Live | undefined {
  const fork = live.fork();
  try {
    for (const operation of operations)
      if (fork.play(operation).failedWith !== undefined && !mayFail) return undefined;
    return fork;
  } catch (error) {
    if (error instanceof ClaimError || inputErrorOf(error) !== undefined) return undefined;
    throw error;
  }
}
