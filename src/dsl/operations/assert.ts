import type { AssertOperation, Operation } from './operation.ts';
import type { OperationFamily } from '../types.ts';
import { vocabularyOf } from '../phrases/vocabulary.ts';
import { assertClaim } from '../temporal.ts';

export const assert: OperationFamily<AssertOperation> = {
  op: 'assert',
  role: 'judge',
  keyword: 'Then',
  phrases: [],
  looks: ({ moment }) => (['within', 'eventually', 'for'].includes(moment.mode) ? 'ahead' : 'back'),
  needs({ claim }, kit) {
    const family = vocabularyOf(kit).claimFamilyOf(claim);
    if (family.asks(claim, kit.invariants) !== 'physical') return undefined;
    return family.sends?.(claim) === true ? 'network' : 'physical';
  },
  play: (operation, { session, text, replay }) => assertClaim(session, operation, text, replay),
};

/** Whether the claims on output that follow look for a failure. */
export function expectsFailure(following: Iterable<Operation>): boolean {
  for (const operation of following) {
    if (operation.op !== 'assert' || operation.claim.claim !== 'output') return false;
    if (operation.claim.failsWith !== undefined) return true;
  }
  return false;
}
