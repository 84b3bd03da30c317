import type { Claim } from '../claims/types.ts';
import type { Moment } from '../moment.ts';
import { assertClaim } from '../temporal.ts';
import type { Operation, OperationFamily } from './types.ts';

/** A claim, and when it must hold. Its phrases are the claims' own. */
export interface AssertOperation {
  readonly op: 'assert';
  readonly moment: Moment;
  readonly claim: Claim;
}

export const assert: OperationFamily<AssertOperation> = {
  op: 'assert',
  role: 'judge',
  keyword: 'Then',
  phrases: [],
  looks: ({ moment }) => (['within', 'eventually', 'for'].includes(moment.mode) ? 'ahead' : 'back'),
  play: (operation, { session, text, replay }) => assertClaim(session, operation, text, replay),
};

/** Whether the claims on output that follow look for a failure. */
export function expectsFailure(following: readonly Operation[]): boolean {
  for (const operation of following) {
    if (operation.op !== 'assert' || operation.claim.claim !== 'output') return false;
    if (operation.claim.failsWith !== undefined) return true;
  }
  return false;
}
