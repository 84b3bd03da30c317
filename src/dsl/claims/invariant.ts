/**
 * `invariant "unique-pod-addresses" holds`, `all invariants hold`: those of `src/invariants`, asked after
 * every change, and in the end.
 */
import type { Invariant, InvariantView, Violation } from '../../invariants/index.ts';
import { simulationOf } from '../capabilities.ts';
import { InputError } from '../errors.ts';
import { entriesAfter, getObject, objectsOf } from '../state.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';
import type { InvariantClaim } from './claim.ts';

/** @throws InputError when there is none of that name */
function chosen(claim: InvariantClaim, { invariants }: View): readonly Invariant[] {
  if (claim.name === undefined) return invariants;
  const found = invariants.filter((i) => i.name === claim.name);
  if (found.length === 0)
    throw new InputError(
      `there is no invariant "${claim.name}"; there are ${invariants.map((i) => `"${i.name}"`).join(', ')}`,
    );
  return found;
}

const viewFor = (view: View): InvariantView => ({
  cluster: simulationOf(view.driver).cluster,
  now: view.at,
  list: (kind) => objectsOf(view.state, kind),
  find: (kind, namespace, name) => getObject(view.state, kind, namespace, name),
});

const broken = (name: string, found: Violation): Verdict => ({
  holds: false,
  found: () => `"${name}" was broken: ${found.message}`,
  objects: found.objects,
  ...(found.entry === undefined ? {} : { entry: found.entry }),
});
const HOLDS: Verdict = { holds: true, found: () => 'all held', objects: [] };

/** The state each invariant carries along a walk, made at its start. */
function stateOf(invariant: Invariant, view: View, asked: InvariantView): unknown {
  if (!view.memo.has(invariant)) view.memo.set(invariant, invariant.init(asked));
  return view.memo.get(invariant);
}

export const invariant: ClaimFamily<InvariantClaim> = {
  claim: 'invariant',
  phrases: [
    {
      en: '{moment}invariant {string:name} holds',
      ja: '{moment}不変条件{name}が成り立つ',
      about: 'of [those that must hold of every cluster](invariants.md)',
    },
    { en: '{moment}all invariants hold', ja: '{moment}すべての不変条件が成り立つ' },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: 'all', world: true }),
  overall: () => true,
  evaluate(claim, view) {
    const asked = viewFor(view);
    // The walk calls for every change: the newest of the span is the one that is new.
    const [entry] = entriesAfter(view.span.history, view.span.to - 1);
    for (const i of chosen(claim, view)) {
      const state = stateOf(i, view, asked);
      const found =
        entry === undefined || view.span.to < view.span.from ? undefined : i.observe?.(entry, state, asked);
      if (found !== undefined) return broken(i.name, found);
    }
    return HOLDS;
  },
  conclude(claim, view) {
    const asked = viewFor(view);
    for (const i of chosen(claim, view)) {
      const found = i.finally?.(stateOf(i, view, asked), asked);
      if (found !== undefined) return broken(i.name, found);
    }
    return HOLDS;
  },
};
