/** `invariant "unique pod addresses" holds`, `all invariants hold`: those of `src/invariants`. */
import { INVARIANTS } from '../../invariants/index.ts';
import { InputError } from '../errors.ts';
import type { Moment, Operation } from '../operations.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { objectsOf } from '../state.ts';
import type { ClaimFamily } from './types.ts';

export interface InvariantClaim {
  readonly claim: 'invariant';
  /** Absent: all. */
  readonly name?: string;
}

export const invariantHolds = (moment: Moment, name: string): Operation => ({ op: 'assert', moment, claim: { claim: 'invariant', name } });
export const allInvariantsHold = (moment: Moment): Operation => ({ op: 'assert', moment, claim: { claim: 'invariant' } });

const chosen = (claim: InvariantClaim): typeof INVARIANTS => {
  if (claim.name === undefined) return INVARIANTS;
  const found = INVARIANTS.filter((i) => i.name === claim.name);
  if (found.length === 0) throw new InputError(`there is no invariant "${claim.name}"; there are ${INVARIANTS.map((i) => `"${i.name}"`).join(', ')}`);
  return found;
};

export const invariant: ClaimFamily<InvariantClaim> = {
  claim: 'invariant',
  phrases: [
    claimPhrase('{moment}invariant {string} holds', 'invariant', invariantHolds, (c) => (c.name === undefined ? undefined : [c.name])),
    claimPhrase('{moment}all invariants hold', 'invariant', allInvariantsHold, (c) => (c.name === undefined ? [] : undefined)),
  ],
  concerns: (claim) => ({ kinds: [...new Set(chosen(claim).flatMap((i) => i.kinds))], world: false }),
  overall: () => true,
  evaluate(claim, view) {
    for (const i of chosen(claim)) {
      const broken = i.broken({ at: view.at, objects: (kind) => [...objectsOf(view.state, kind)] });
      if (broken !== undefined) return { holds: false, found: () => `"${i.name}" was broken: ${broken.what}`, objects: broken.objects };
    }
    return { holds: true, found: () => 'all held', objects: [] };
  },
};
