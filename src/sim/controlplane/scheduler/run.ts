/**
 * Running the plugins over nodes: which fit, and which of those is best.
 * Models pkg/scheduler/framework/runtime/framework.go and pkg/scheduler/schedule_one.go (findNodesThatFitPod,
 * prioritizeNodes).
 */
import { withMembers } from '../../kernel/members.ts';
import type { Pod } from '../../api/types.ts';
import { nodeInfoOf } from './cache.ts';
import { cloneCycle } from './cyclestate.ts';
import type { Cycle, Plugin, Status } from './framework.ts';
import { addPod, cloneNodeInfo, type NodeInfo } from './nodeinfo.ts';
import { podPriority } from './podaffinity.ts';
import { PLUGINS, SCORE_WEIGHTS } from './plugins/index.ts';
import { answersOf, snapshotOf, type Answers } from './snapshot.ts';

/** What refused a pod, and why. */
export interface Diagnosis {
  /** Nodes that were looked at and refused. */
  readonly statuses: Map<string, Status>;
  /** What is said of the nodes that were not looked at. */
  absent: { readonly reasons: readonly string[] };
  /** Set when PreFilter refused the pod for all nodes. */
  preFilter: Status | undefined;
  /** Plugins that refused: events that concern them bring the pod back. */
  readonly plugins: Set<string>;
}

export const newDiagnosis = (): Diagnosis => ({
  statuses: new Map(),
  absent: { reasons: [] },
  preFilter: undefined,
  plugins: new Set(),
});

const FILTERS = PLUGINS.filter((p) => p.filter !== undefined);
/** Scores that follow from the pod's signature and the node alone, and those that others have a part in. */
const OWN_SCORERS = PLUGINS.filter((p) => p.score !== undefined && isOwn(p));
const SCORERS = PLUGINS.filter((p) => p.score !== undefined && !isOwn(p));

function isOwn(plugin: Plugin): boolean {
  return plugin.sign !== undefined && plugin.normalise === undefined;
}

/** Below this many nodes asking them again is cheaper than telling pods alike. */
const FEW = 32;

/** What is the same for pods that are told the same. */
const signatureOf = (cycle: Cycle): string =>
  JSON.stringify([cycle.formerly, ...PLUGINS.map((p) => p.sign?.(cycle))]);

const weightOf = ({ formerly }: Cycle, { name }: Plugin): number =>
  formerly.scoreWeights?.[name] ?? SCORE_WEIGHTS[name]!;

/** Runs every PreFilter; the names that alone come into question, or undefined for all nodes. */
export function runPreFilters(cycle: Cycle, diagnosis: Diagnosis): ReadonlySet<string> | undefined {
  let only: Set<string> | undefined;
  for (const plugin of PLUGINS) {
    const result = plugin.preFilter?.(cycle);
    if (result === undefined) continue;
    if (result === 'skip') cycle.skipFilter.add(plugin.name);
    else if ('status' in result) {
      diagnosis.preFilter = result.status;
      diagnosis.plugins.add(result.status.plugin);
      return undefined;
    } else {
      only =
        only === undefined ? new Set(result.nodes) : new Set([...only].filter((n) => result.nodes.has(n)));
      diagnosis.plugins.add(plugin.name);
    }
  }
  return only;
}

/** The filters that have something to say about this pod. */
export const activeFilters = (cycle: Cycle): readonly Plugin[] =>
  FILTERS.filter((p) => !cycle.skipFilter.has(p.name));

function runFilters(cycle: Cycle, info: NodeInfo, filters: readonly Plugin[]): Status | undefined {
  for (let i = 0; i < filters.length; i += 1) {
    const status = filters[i]!.filter!(cycle, info);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** Pods nominated to a node by an earlier preemption, by node name. */
export type Nominated = (node: string) => readonly Pod[];

/**
 * The node must do both with the pods of at least this priority that are nominated to it (whose room is
 * promised) and without them (they may never come). Models RunFilterPluginsWithNominatedPods.
 */
export function runFiltersWithNominated(
  cycle: Cycle,
  info: NodeInfo,
  filters: readonly Plugin[],
  nominated: Nominated,
): Status | undefined {
  const others = nominated(info.name);
  if (others.length > 0) {
    const priority = podPriority(cycle.pod);
    const counted = others.filter(
      (p) => podPriority(p) >= priority && p.metadata.uid !== cycle.pod.metadata.uid,
    );
    if (counted.length > 0) {
      const withThem = cloneCycle(cycle, PLUGINS);
      const full = cloneNodeInfo(info);
      for (const pod of counted) {
        addPod(full, pod);
        for (const plugin of filters) plugin.addPod?.(withThem, pod, full);
      }
      const status = runFilters(withThem, full, filters);
      if (status !== undefined) return status;
    }
  }
  return runFilters(cycle, info, filters);
}

/** All nodes below 100; else a share that falls from 50 % to 5 % as the cluster grows, at least 100. */
export function nodesToFind(total: number): number {
  if (total < 100) return total;
  const percentage = Math.max(5, 50 - Math.trunc(total / 125));
  return Math.max(100, Math.trunc((total * percentage) / 100));
}

/** The nodes that fit, and what each scores by itself. */
export interface Feasible {
  readonly nodes: NodeInfo[];
  readonly scores: number[];
}

/** Judges nodes one by one; where they are all nodes there are, with the answers given to pods alike. */
class Judge {
  private readonly cycle: Cycle;
  private readonly nominated: Nominated;
  private readonly filters: readonly Plugin[];
  private readonly shared: readonly Plugin[];
  private readonly scorers: readonly Plugin[];
  private readonly answers: Answers | undefined;

  constructor(cycle: Cycle, nodes: readonly NodeInfo[], nominated: Nominated) {
    this.cycle = cycle;
    this.nominated = nominated;
    this.filters = activeFilters(cycle);
    this.shared = this.filters.filter((p) => p.sign === undefined);
    this.scorers = OWN_SCORERS.filter((p) => p.preScore?.(cycle, nodes) !== 'skip');
    if (nodes === cycle.nodes && nodes.length >= FEW)
      this.answers = answersOf(snapshotOf(cycle.cache), signatureOf(cycle));
  }

  refusal(info: NodeInfo, at: number): Status | undefined {
    const { cycle, answers } = this;
    if (answers === undefined || this.nominated(info.name).length > 0)
      return runFiltersWithNominated(cycle, info, this.filters, this.nominated);
    if (answers.generations[at] !== info.generation) {
      const own = this.filters.filter((p) => p.sign !== undefined);
      const refused = runFilters(cycle, info, own);
      answers.refusals[at] = refused;
      answers.scores[at] = refused === undefined ? this.ownScore(info) : 0;
      answers.generations[at] = info.generation;
    }
    return (
      answers.refusals[at] ?? (this.shared.length === 0 ? undefined : runFilters(cycle, info, this.shared))
    );
  }

  score(info: NodeInfo, at: number): number {
    const { answers } = this;
    return answers !== undefined && answers.generations[at] === info.generation
      ? answers.scores[at]!
      : this.ownScore(info);
  }

  private ownScore(info: NodeInfo): number {
    let sum = 0;
    for (const plugin of this.scorers) sum += plugin.score!(this.cycle, info) * weightOf(this.cycle, plugin);
    return sum;
  }
}

function findIn(
  cycle: Cycle,
  nodes: readonly NodeInfo[],
  start: number,
  diagnosis: Diagnosis,
  nominated: Nominated,
): Feasible {
  const judge = new Judge(cycle, nodes, nominated);
  const enough = nodesToFind(nodes.length);
  const found: NodeInfo[] = [];
  const scores: number[] = [];
  for (
    let i = 0, at = start % Math.max(1, nodes.length);
    i < nodes.length && found.length < enough;
    i += 1, at = at + 1 === nodes.length ? 0 : at + 1
  ) {
    const info = nodes[at]!;
    const status = judge.refusal(info, at);
    if (status === undefined) {
      found.push(info);
      scores.push(judge.score(info, at));
    } else {
      diagnosis.statuses.set(info.name, status);
      diagnosis.plugins.add(status.plugin);
    }
  }
  return { nodes: found, scores };
}

const NONE: Feasible = { nodes: [], scores: [] };

/**
 * The nodes that fit, as many as are worth scoring, searched from `start`; how far the search went in
 * `processed`.
 */
export function findNodes(
  cycle: Cycle,
  start: number,
  diagnosis: Diagnosis,
  nominated: Nominated,
): Feasible & { readonly processed: number } {
  const only = runPreFilters(cycle, diagnosis);
  if (diagnosis.preFilter !== undefined) return { ...NONE, processed: 0 };
  const wish = cycle.pod.status.nominatedNodeName;
  if (wish) {
    const info = nodeInfoOf(cycle.cache, wish);
    if (info !== undefined) {
      const feasible = findIn(cycle, [info], 0, diagnosis, nominated);
      if (feasible.nodes.length > 0) return withMembers(feasible, { processed: 0 });
    }
  }
  let candidates = cycle.nodes;
  if (only !== undefined) {
    candidates = [...only].map((name) => nodeInfoOf(cycle.cache, name)).filter((info) => info !== undefined);
    diagnosis.absent = {
      reasons: [`node(s) didn't satisfy plugin(s) [${[...diagnosis.plugins].sort().join(' ')}]`],
    };
  }
  const feasible = findIn(cycle, candidates, start, diagnosis, nominated);
  return withMembers(feasible, { processed: feasible.nodes.length + diagnosis.statuses.size });
}

/** The nodes' total scores, in their order. */
export function scoreNodes(cycle: Cycle, feasible: Feasible): number[] {
  const { nodes } = feasible;
  const totals = [...feasible.scores];
  const scores = new Array<number>(nodes.length);
  const active = SCORERS.filter((p) => p.preScore?.(cycle, nodes) !== 'skip');
  for (const plugin of active) {
    for (let i = 0; i < nodes.length; i += 1) scores[i] = plugin.score!(cycle, nodes[i]!);
    plugin.normalise?.(cycle, scores, nodes);
    const weight = weightOf(cycle, plugin);
    for (let i = 0; i < nodes.length; i += 1) totals[i]! += scores[i]! * weight;
  }
  return totals;
}

/** The node with the best score; among equals chance decides. */
export function selectHost(
  nodes: readonly NodeInfo[],
  totals: readonly number[],
  randomInt: (below: number) => number,
): NodeInfo {
  let best = -Infinity;
  let ties: NodeInfo[] = [];
  for (let i = 0; i < nodes.length; i += 1) {
    if (totals[i]! > best) {
      best = totals[i]!;
      ties = [nodes[i]!];
    } else if (totals[i] === best) ties.push(nodes[i]!);
  }
  return ties.length === 1 ? ties[0]! : ties[randomInt(ties.length)]!;
}
