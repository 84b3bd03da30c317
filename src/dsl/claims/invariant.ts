/**
 * `invariant "unique-pod-addresses" holds`, `all invariants hold`: those of `src/invariants`, asked after
 * every change, and in the end.
 */
import { say, wordsOf } from '../../messages/index.ts';
import type { Invariant, InvariantView, PhysicalInvariantView, Violation } from '../../invariants/index.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { ObjectOf, ResourceName } from '../../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../../sim/kernel/history.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { PhysicalTruth } from '../../sim/physicalworld.ts';
import { physicalOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { entryAfter, getObject, objectsOf } from '../state.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';
import type { InvariantClaim } from './claim.ts';

/** @throws InputError when there is none of that name */
function chosen(claim: InvariantClaim, { invariants }: View): readonly Invariant[] {
  if (claim.name === undefined) return invariants;
  const found = invariants.filter((i) => i.name === claim.name);
  if (found.length === 0)
    throw wrong('noInvariant', { name: claim.name, others: invariants.map((i) => i.name) });
  return found;
}

function* changesBefore(view: View): Generator<ApiChange> {
  const { history, to } = view.span;
  for (let i = history.length - 1; i >= 0; i -= 1) {
    const entry = history[i]!;
    if (entry.type === 'api' && entry.id <= to) yield entry;
  }
}

/**
 * What one that asks the API is shown, nothing of what is below. A class, as views are made for each change:
 * V8 keeps whom the getter of a literal speaks of for as long as it keeps the literal's hidden class.
 */
class ApiView implements InvariantView {
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  get now(): Millis {
    return this.#view.at;
  }

  get resources(): ResourceRegistry {
    return this.#view.driver.resources;
  }

  changes(): Iterable<ApiChange> {
    return changesBefore(this.#view);
  }

  list<R extends ResourceName>(resource: R): Iterable<ObjectOf<R>> {
    return objectsOf(this.#view.state, resource);
  }

  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    return getObject(this.#view.state, resource, namespace, name);
  }
}

class PhysicalView extends ApiView implements PhysicalInvariantView {
  readonly #view: View;

  constructor(view: View) {
    super(view);
    this.#view = view;
  }

  get history(): readonly HistoryEntry[] {
    return this.#view.span.history;
  }

  get physical(): PhysicalTruth {
    return physicalOf(this.#view.driver);
  }
}

const viewsFor = (view: View): { readonly api: InvariantView; readonly physical: PhysicalInvariantView } => ({
  api: new ApiView(view),
  physical: new PhysicalView(view),
});

/** Who does things to the world, beside what comes of it by itself. */
const DOERS: ReadonlySet<string> = new Set(['user', 'chaos']);

/** Whether an invariant is shown an entry. */
const isShown = ({ asks }: Invariant, entry: HistoryEntry): boolean =>
  asks === 'physical' || entry.type !== 'world' || DOERS.has(entry.by);

const broken = (name: string, { message, ...found }: Violation): Verdict => ({
  holds: false,
  found: (language) => {
    const words = typeof message === 'string' ? message : wordsOf(message, language);
    return say('foundBroken', { name, message: words }, language);
  },
  objects: found.objects,
  ...(found.entry === undefined ? {} : { entry: found.entry }),
});
const HOLDS: Verdict = { holds: true, found: (language) => say('foundAllHeld', {}, language), objects: [] };

/** The state each invariant carries along a walk, made at its start. */
function stateOf(invariant: Invariant, { memo }: View, asked: PhysicalInvariantView): unknown {
  if (!memo.has(invariant)) memo.set(invariant, invariant.init(asked));
  return memo.get(invariant);
}

export const invariant: ClaimFamily<InvariantClaim> = {
  claim: 'invariant',
  phrases: [
    {
      en: '{moment}invariant {string:name} holds',
      ja: '{moment}不変条件{name}が成り立つ',
      about: 'of [those that must hold of every cluster](invariants.md), each of which says whom it asks',
    },
    { en: '{moment}all invariants hold', ja: '{moment}すべての不変条件が成り立つ' },
  ],
  asks: ({ name }, invariants) =>
    invariants.some((i) => i.asks === 'physical' && (name === undefined || i.name === name))
      ? 'physical'
      : 'api',
  recorded: true,
  concerns: () => ({ kinds: 'all', world: true }),
  overall: () => true,
  evaluate(claim, view) {
    const views = viewsFor(view);
    // The walk calls for every change: the newest of the span is the one that is new.
    const entry = entryAfter(view.span.history, view.span.to - 1);
    for (const i of chosen(claim, view)) {
      // The view of what it asks, whose type the compiler cannot follow through a list of both.
      const asked = views[i.asks] as PhysicalInvariantView;
      const state = stateOf(i, view, asked);
      if (entry === undefined || view.span.to < view.span.from || !isShown(i, entry)) continue;
      const found = i.observe?.(entry, state, asked);
      if (found !== undefined) return broken(i.name, found);
    }
    return HOLDS;
  },
  conclude(claim, view) {
    const views = viewsFor(view);
    for (const i of chosen(claim, view)) {
      const asked = views[i.asks] as PhysicalInvariantView;
      const found = i.finally?.(stateOf(i, view, asked), asked);
      if (found !== undefined) return broken(i.name, found);
    }
    return HOLDS;
  },
};
