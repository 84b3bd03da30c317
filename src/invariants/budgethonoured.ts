/** Budgets and evictions. */
import { matches, selectorOf } from '../sim/api/selector.ts';
import { valueAtPath } from '../sim/api/resources/definition.ts';
import type { KubeObject, Pod, PodDisruptionBudget } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { amountOf, isHealthy, isTerminating, ownerOf } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

/**
 * So long the disruption controller may not yet know of, or not get written, something else that happened to
 * a Pod, while controllers are at work.
 */
const LAG_MS = 120_000;

interface Losses {
  /**
   * When Pods of the budget were lost to something other than evictions, as far as its controller may not
   * have counted it.
   */
  lost: Millis[];
  /** What it wanted before the last change of that, and when that was. */
  before: number;
  changedAt: Millis;
}
type State = Map<string, Losses>;

const isEvicted = (pod: Pod | undefined): boolean =>
  pod?.status.conditions?.some(
    (c) => c.type === 'DisruptionTarget' && c.status === 'True' && c.reason === 'EvictionByEvictionAPI',
  ) === true;

/** A workload whose number of replicas has just changed. */
interface Scaled {
  readonly uid: string;
  readonly namespace: string;
  readonly from: number;
}

/** How many replicas an object is to have; undefined where its kind is not scaled. */
function replicasOf(object: KubeObject, { resources }: InvariantView): number | undefined {
  const paths = resources.of(object)?.subresources.scale;
  return paths === undefined ? undefined : Number(valueAtPath(object, paths.specReplicas) ?? 1);
}

function scaledBy(entry: HistoryEntry, view: InvariantView): Scaled | undefined {
  if (entry.type !== 'api') return undefined;
  const before = entry.before as KubeObject | undefined;
  const after = entry.after as KubeObject | undefined;
  if (before === undefined || after === undefined || before.spec === after.spec) return undefined;
  const from = replicasOf(before, view);
  if (from === undefined || from === replicasOf(after, view)) return undefined;
  return { uid: after.metadata.uid, namespace: after.metadata.namespace!, from };
}

/** What controls an object, by its reference. */
function controllerOf(object: KubeObject, view: InvariantView): KubeObject | undefined {
  const owner = ownerOf(object);
  const definition = owner && view.resources.ofGroup(owner.apiVersion, owner.kind);
  return definition && view.find(definition.resource, object.metadata.namespace!, owner!.name);
}

/** Replicas that the controllers of these Pods are to have; `scaled` as it was before. */
function expected(pods: readonly Pod[], view: InvariantView, scaled?: Scaled): number {
  const seen = new Map<string, number>();
  for (const pod of pods) {
    const owner = ownerOf(pod);
    if (owner === undefined) continue;
    // A kind that is not scaled says nothing of how many there are to be (a DaemonSet).
    if (view.resources.ofGroup(owner.apiVersion, owner.kind)?.subresources.scale === undefined) continue;
    const set = controllerOf(pod, view);
    const above = set && ownerOf(set);
    const top = (set && controllerOf(set, view)) ?? set;
    seen.set(above?.uid ?? owner.uid, (top && replicasOf(top, view)) ?? 1);
  }
  if (scaled !== undefined && seen.has(scaled.uid)) seen.set(scaled.uid, scaled.from);
  return [...seen.values()].reduce((a, b) => a + b, 0);
}

function wantedOf(
  { spec }: PodDisruptionBudget,
  pods: readonly Pod[],
  view: InvariantView,
  scaled?: Scaled,
): number {
  const { minAvailable, maxUnavailable } = spec as {
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  if (typeof minAvailable === 'number') return minAvailable;
  const all = expected(pods, view, scaled);
  if (minAvailable !== undefined) return amountOf(minAvailable, all, 'up')!;
  return Math.max(0, all - (amountOf(maxUnavailable, all, 'up') ?? 0));
}

function coveredBy(budget: PodDisruptionBudget, view: InvariantView): Pod[] {
  const selector = selectorOf(budget.spec.selector);
  return [...view.list('Pod')].filter(
    (p) => p.metadata.namespace === budget.metadata.namespace && matches(selector, p.metadata.labels ?? {}),
  );
}

const covers = (budget: PodDisruptionBudget, pod: Pod): boolean =>
  budget.metadata.namespace === pod.metadata.namespace &&
  matches(selectorOf(budget.spec.selector), pod.metadata.labels ?? {});

function lossesOf(state: State, budget: PodDisruptionBudget): Losses {
  let found = state.get(budget.metadata.uid);
  if (found === undefined)
    state.set(budget.metadata.uid, (found = { lost: [], before: 0, changedAt: Number.NEGATIVE_INFINITY }));
  return found;
}

/** What a budget wants has changed: its status, by which evictions are decided, does not yet say so. */
function noteWanted(state: State, budget: PodDisruptionBudget, before: number, at: Millis): void {
  const losses = lossesOf(state, budget);
  losses.before = at - losses.changedAt < LAG_MS ? Math.min(losses.before, before) : before;
  losses.changedAt = at;
}

function takeInWanted(entry: HistoryEntry, state: State, view: InvariantView): void {
  const changed = changeOf(entry, 'PodDisruptionBudget');
  if (changed?.before !== undefined && changed.after !== undefined) {
    const { before, after } = changed;
    if (JSON.stringify(before.spec) === JSON.stringify(after.spec)) return;
    noteWanted(state, after, wantedOf(before, coveredBy(before, view), view), entry.at);
    return;
  }
  const scaled = scaledBy(entry, view);
  if (scaled === undefined) return;
  for (const budget of view.list('PodDisruptionBudget')) {
    if (budget.metadata.namespace !== scaled.namespace) continue;
    const pods = coveredBy(budget, view);
    const before = wantedOf(budget, pods, view, scaled);
    if (before !== wantedOf(budget, pods, view)) noteWanted(state, budget, before, entry.at);
  }
}

export const budgetHonoured = defineInvariant<State>({
  name: 'budget-honoured',
  asks: 'api',
  about: 'No eviction takes the healthy Pods of a budget below what it asks for.',
  why: 'an operator drains nodes relying on it',
  fails:
    'An eviction was let through with no disruption left. What else happened to its Pods within the last ' +
    'two minutes, or while the controllers were down, is not held against it; nor is a change of what the ' +
    'budget wants (a scale, another spec) that its status may not tell of yet.',
  init: () => new Map(),
  observe(entry, state, view): Violation | undefined {
    // Whoever of the controller manager writes shows that it is up, and sees by the cache that all its
    // controllers share.
    if (entry.by.endsWith('-controller'))
      for (const losses of state.values())
        if (losses.lost.length > 0) losses.lost = losses.lost.filter((at) => at > entry.at - LAG_MS);
    const change = changeOf(entry, 'Pod');
    if (change === undefined) takeInWanted(entry, state, view);
    if (change?.before === undefined) return undefined;
    const { before, after } = change;
    if (!isHealthy(before)) return undefined;
    for (const budget of view.list('PodDisruptionBudget')) {
      // A Pod whose labels change leaves the budget.
      if (!covers(budget, before) || (after !== undefined && isHealthy(after) && covers(budget, after)))
        continue;
      const losses = lossesOf(state, budget);
      const evicted =
        after !== undefined && isTerminating(after) && isEvicted(after) && !isTerminating(before);
      if (!evicted) {
        losses.lost.push(entry.at);
        continue;
      }
      const pods = coveredBy(budget, view);
      const healthy = pods.filter(isHealthy).length;
      const wanted = wantedOf(budget, pods, view);
      const least = entry.at - losses.changedAt < LAG_MS ? Math.min(wanted, losses.before) : wanted;
      if (healthy + losses.lost.length < least) {
        return {
          message: told('brokenBudget', {
            pod: named(before),
            healthy,
            wanted: least,
            budget: budget.metadata.name,
          }),
          objects: [budget, ...pods],
          entry: entry.id,
        };
      }
    }
    return undefined;
  },
});
