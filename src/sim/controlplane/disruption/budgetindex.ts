/**
 * Which pods each budget selects, kept up to date by watch events, so that a sync does not go through its
 * whole namespace. Stands for upstream's GetPodPodDisruptionBudgets and the lister's selection by label.
 */
import type { WatchCache, WatchEvent } from '../../api/client.ts';
import { deepEqual } from '../../api/equal.ts';
import { matches, NOTHING, selectorOf, type Selector } from '../../api/selector.ts';
import type { LabelSelector, Pod, PodDisruptionBudget } from '../../api/types.ts';
import { sameLabels } from '../podutil.ts';

interface Selected {
  /** Where it stands in Go's map of the namespace's budgets: the first place that was free. */
  readonly slot: number;
  readonly selector: LabelSelector | undefined;
  readonly pods: Set<string>;
}

/** Namespace to budget name to what it selects; plain data. */
export type BudgetIndex = Map<string, Map<string, Selected>>;

/** A selector that cannot be understood selects nothing. */
function understood(selector: LabelSelector | undefined): Selector {
  try {
    return selectorOf(selector);
  } catch {
    return NOTHING;
  }
}

export function indexBudget(
  index: BudgetIndex,
  event: WatchEvent<PodDisruptionBudget>,
  cache: WatchCache,
): void {
  const { name, namespace = '' } = event.object.metadata;
  const { selector } = event.object.spec;
  const budgets = index.get(namespace);
  if (event.type === 'DELETED') {
    budgets?.delete(name);
    if (budgets?.size === 0) index.delete(namespace);
    return;
  }
  const known = budgets?.get(name);
  if (known !== undefined && (known.selector === selector || deepEqual(known.selector, selector))) return;
  const parsed = understood(selector);
  const pods = new Set<string>();
  for (const pod of cache.list('Pod', namespace))
    if (matches(parsed, pod.metadata.labels ?? {})) pods.add(pod.metadata.name);
  const slot = known?.slot ?? freeSlot(budgets);
  if (budgets === undefined) index.set(namespace, new Map([[name, { slot, selector, pods }]]));
  else budgets.set(name, { slot, selector, pods });
}

function freeSlot(budgets: ReadonlyMap<string, Selected> | undefined): number {
  const taken = new Set([...(budgets?.values() ?? [])].map((selected) => selected.slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

/** Slots of a small map of Go: its walk begins at any of them and goes round. */
const SLOTS = 8;

/**
 * The budget that is charged for a pod when several select it: the first that a walk through Go's map meets
 * (getPdbForPod takes the first of a list that was made by such a walk). Of few budgets the oldest is the
 * likeliest; in a larger map, where keys stand by their hashes, all are alike.
 */
export function chosen(
  index: BudgetIndex,
  namespace: string,
  names: readonly string[],
  randomInt: (below: number) => number,
): string {
  const budgets = index.get(namespace)!;
  if (names.length === 1) return names[0]!;
  if (budgets.size > SLOTS) return names[randomInt(names.length)]!;
  const start = randomInt(SLOTS);
  const after = (name: string): number => (budgets.get(name)!.slot - start + SLOTS) % SLOTS;
  return names.reduce((first, name) => (after(name) < after(first) ? name : first));
}

/**
 * Takes in a change of a pod. @returns names of the budgets that select it now (of a deleted one: that
 * selected it)
 */
export function indexPod(index: BudgetIndex, event: WatchEvent<Pod>): string[] {
  const { object: pod, old } = event;
  const { name, namespace = '', labels } = pod.metadata;
  const found: string[] = [];
  const relabelled =
    event.type !== 'MODIFIED' || old === undefined || !sameLabels(old.metadata.labels, labels);
  for (const [budget, { selector, pods }] of index.get(namespace) ?? []) {
    const is = relabelled ? matches(understood(selector), labels ?? {}) : pods.has(name);
    if (event.type === 'DELETED' || !is) pods.delete(name);
    else if (relabelled) pods.add(name);
    if (is) found.push(budget);
  }
  return found;
}

/** The pods a budget selects, as the cache has them. */
export function podsOf(index: BudgetIndex, budget: PodDisruptionBudget, cache: WatchCache): Pod[] {
  const { name, namespace = '' } = budget.metadata;
  const found: Pod[] = [];
  for (const pod of index.get(namespace)?.get(name)?.pods ?? []) {
    const cached = cache.get('Pod', namespace, pod);
    if (cached !== undefined) found.push(cached);
  }
  return found;
}
