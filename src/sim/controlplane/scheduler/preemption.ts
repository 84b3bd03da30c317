/**
 * Preemption: which pods of lower priority would have to go, on which node, for a pod to fit.
 * Models pkg/scheduler/framework/preemption/preemption.go and
 * plugins/defaultpreemption/default_preemption.go. This file decides; `evict.ts` carries out.
 */
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import { parseTime } from '../../api/time.ts';
import type { Pod, PodDisruptionBudget } from '../../api/types.ts';
import { nodeInfoOf } from './cache.ts';
import { cloneCycle } from './cyclestate.ts';
import type { Cycle, Status } from './framework.ts';
import { reasonCounts } from './message.ts';
import { addPod, cloneNodeInfo, removePod, type NodeInfo } from './nodeinfo.ts';
import { podPriority } from './podaffinity.ts';
import { PLUGINS } from './plugins/index.ts';
import { activeFilters, runFiltersWithNominated, type Diagnosis, type Nominated } from './run.ts';

export interface Candidate {
  readonly node: string;
  /** Most important first. */
  readonly victims: readonly Pod[];
  /** How many victims go against a disruption budget. */
  readonly violations: number;
}

export type PreemptionResult =
  | { readonly candidate: Candidate }
  /** `clear`: the pod's nomination is void, for preemption cannot help it. */
  | { readonly message: string; readonly clear: boolean };

const MIN_CANDIDATE_PERCENTAGE = 10;
const MIN_CANDIDATES = 100;
const NOT_HELPFUL = 'Preemption is not helpful for scheduling';
const NO_VICTIMS: Status = {
  unresolvable: true,
  reasons: ['No preemption victims found for incoming pod'],
  plugin: 'DefaultPreemption',
};

const startOf = (pod: Pod): number =>
  pod.status.startTime === undefined ? Infinity : parseTime(pod.status.startTime as string);

/** By priority, then by who has run longest (util.MoreImportantPod). */
function moreImportant(a: Pod, b: Pod): number {
  const difference = podPriority(b) - podPriority(a);
  if (difference !== 0) return difference;
  const started = startOf(a);
  const other = startOf(b);
  return started < other ? -1 : started > other ? 1 : 0;
}

/** Splits pods, in order, into those whose eviction would overdraw a budget and the rest. */
export function splitByBudgets(
  pods: readonly Pod[],
  budgets: readonly PodDisruptionBudget[],
): { violating: Pod[]; rest: Pod[] } {
  const left = budgets.map((b) => b.status.disruptionsAllowed ?? 0);
  const violating: Pod[] = [];
  const rest: Pod[] = [];
  for (const pod of pods) {
    const { labels, namespace, name } = pod.metadata;
    let violates = false;
    if (labels !== undefined && Object.keys(labels).length > 0) {
      budgets.forEach((budget, i) => {
        if (budget.metadata.namespace !== namespace) return;
        const selector = selectorOf(budget.spec.selector);
        if (isEverything(selector) || !matches(selector, labels)) return;
        // The API server has counted it already.
        if ((budget.status.disruptedPods as Record<string, unknown> | undefined)?.[name] !== undefined)
          return;
        left[i]! -= 1;
        if (left[i]! < 0) violates = true;
      });
    }
    (violates ? violating : rest).push(pod);
  }
  return { violating, rest };
}

/** The fewest, least important pods of a node that must go; or why it would not help. */
function selectVictims(
  cycle: Cycle,
  info: NodeInfo,
  budgets: readonly PodDisruptionBudget[],
  nominated: Nominated,
): { victims: Pod[]; violations: number } | Status {
  const trial = cloneCycle(cycle, PLUGINS);
  const node = cloneNodeInfo(info);
  const filters = activeFilters(cycle);
  const priority = podPriority(cycle.pod);
  const take = (pod: Pod): void => {
    removePod(node, pod.metadata.uid);
    for (const plugin of filters) plugin.removePod?.(trial, pod, node);
  };
  const giveBack = (pod: Pod): void => {
    addPod(node, pod);
    for (const plugin of filters) plugin.addPod?.(trial, pod, node);
  };
  const lower = [...node.pods.values()].filter((p) => podPriority(p) < priority);
  if (lower.length === 0) return NO_VICTIMS;
  lower.forEach(take);
  const status = runFiltersWithNominated(trial, node, filters, nominated);
  if (status !== undefined) return status;
  lower.sort(moreImportant);
  const { violating, rest } = splitByBudgets(lower, budgets);
  const victims: Pod[] = [];
  let violations = 0;
  const reprieve = (pod: Pod): boolean => {
    giveBack(pod);
    if (runFiltersWithNominated(trial, node, filters, nominated) === undefined) return true;
    take(pod);
    victims.push(pod);
    return false;
  };
  for (const pod of violating) if (!reprieve(pod)) violations += 1;
  for (const pod of rest) reprieve(pod);
  victims.sort(moreImportant);
  return { victims, violations };
}

/** Go's math.MaxInt32 + 1, which makes every priority count as more than nothing. */
const OFFSET = 2 ** 31;

/** Start of the longest-running among the most important victims. */
function earliestStart(victims: readonly Pod[]): number {
  const highest = podPriority(victims[0]!);
  let earliest = Infinity;
  for (const pod of victims) if (podPriority(pod) === highest) earliest = Math.min(earliest, startOf(pod));
  return earliest;
}

/**
 * Fewest budget violations; then the least important of most important victims; then the smallest sum of
 * priorities; then fewest victims; then the most important victims that started last; then the first.
 */
export function pickCandidate(candidates: readonly Candidate[]): Candidate {
  const scores: ((c: Candidate) => number)[] = [
    (c) => -c.violations,
    (c) => -podPriority(c.victims[0]!),
    (c) => -c.victims.reduce((sum, pod) => sum + podPriority(pod) + OFFSET, 0),
    (c) => -c.victims.length,
    (c) => earliestStart(c.victims),
  ];
  let left = candidates;
  for (const score of scores) {
    if (left.length === 1) break;
    const values = left.map(score);
    const best = values.reduce((a, b) => (b > a ? b : a), -Infinity);
    left = left.filter((_, i) => values[i] === best);
  }
  return left[0]!;
}

/** Marked for deletion by an earlier preemption. */
function terminatingByPreemption(pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp === undefined) return false;
  const condition = pod.status.conditions?.find((c) => c.type === 'DisruptionTarget');
  return condition?.status === 'True' && condition.reason === 'PreemptionByScheduler';
}

/** Why the pod may not preempt (again); undefined when it may. */
export function ineligible(cycle: Cycle, diagnosis: Diagnosis): string | undefined {
  const { pod, cache } = cycle;
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const wish = pod.status.nominatedNodeName;
  if (!wish) return undefined;
  const refused = diagnosis.preFilter ?? diagnosis.statuses.get(wish);
  if (refused === undefined || refused.unresolvable) return undefined;
  const priority = podPriority(pod);
  for (const other of nodeInfoOf(cache, wish)?.pods.values() ?? []) {
    if (podPriority(other) < priority && terminatingByPreemption(other))
      return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

/** Looks for a node on which preempting helps, starting at a random one. */
export function preempt(
  cycle: Cycle,
  diagnosis: Diagnosis,
  nominated: Nominated,
  randomInt: (below: number) => number,
): PreemptionResult {
  const why = ineligible(cycle, diagnosis);
  if (why !== undefined) return { message: `preemption: ${why}`, clear: false };
  const total = cycle.nodes.length;
  const potential =
    diagnosis.preFilter !== undefined
      ? diagnosis.preFilter.unresolvable
        ? []
        : cycle.nodes
      : cycle.nodes.filter((info) => diagnosis.statuses.get(info.name)?.unresolvable === false);
  const statuses = new Map<string, Status>();
  const clean: Candidate[] = [];
  const violating: Candidate[] = [];
  if (potential.length > 0) {
    const budgets = cycle.lookups.budgets();
    const enough = Math.min(
      potential.length,
      Math.max(MIN_CANDIDATES, Math.trunc((potential.length * MIN_CANDIDATE_PERCENTAGE) / 100)),
    );
    const offset = potential.length === 1 ? 0 : randomInt(potential.length);
    for (let i = 0; i < potential.length; i += 1) {
      const info = potential[(offset + i) % potential.length]!;
      const found = selectVictims(cycle, info, budgets, nominated);
      if (!('victims' in found)) {
        statuses.set(info.name, found);
        continue;
      }
      if (found.victims.length === 0) continue;
      const candidate = { node: info.name, victims: found.victims, violations: found.violations };
      (found.violations === 0 ? clean : violating).push(candidate);
      if (clean.length > 0 && clean.length + violating.length >= enough) break;
    }
  }
  const candidates = [...clean, ...violating];
  if (candidates.length > 0) return { candidate: pickCandidate(candidates) };
  return {
    message: `preemption: 0/${total} nodes are available: ${reasonCounts(total, statuses, [NOT_HELPFUL])}.`,
    clear: true,
  };
}
