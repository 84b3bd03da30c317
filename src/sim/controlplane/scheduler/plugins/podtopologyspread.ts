/**
 * Spreads a pod's siblings over topology domains: DoNotSchedule constraints refuse nodes, ScheduleAnyway ones
 * (and the system's default ones, hostname maxSkew 3 and zone maxSkew 5) prefer them. Models
 * pkg/scheduler/framework/plugins/podtopologyspread/*.go.
 */
import { isEverything, matches, selectorOf, type Selector } from '../../../api/selector.ts';
import type { LabelSelector, Node, Pod } from '../../../api/types.ts';
import { domainCount, labelCount, nodeInfoOf } from '../cache.ts';
import { defaultSelector } from '../defaultselector.ts';
import {
  MAX_NODE_SCORE,
  unresolvable,
  unschedulable,
  type ClusterEvent,
  type Cycle,
  type Plugin,
} from '../framework.ts';
import { naturalLog } from '../logarithm.ts';
import type { NodeInfo } from '../nodeinfo.ts';
import { hasRequiredNodeAffinity, matchesRequiredNodeAffinity } from '../../../api/nodeselector.ts';
import { narrowed, ownLabels } from '../podaffinity.ts';
import { untoleratedTaint } from '../../../api/tolerations.ts';
import { domainsOf, snapshotOf, type Domains } from '../snapshot.ts';

const NAME = 'PodTopologySpread';
const REFUSED = unschedulable(NAME, "node(s) didn't match pod topology spread constraints");
const NO_LABEL = unresolvable(
  NAME,
  "node(s) didn't match pod topology spread constraints (missing required label)",
);
const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
/** Go's math.MaxInt32: the minimum over no domain at all. */
const NO_DOMAIN = 2_147_483_647;

export interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: Selector;
  readonly minDomains: number;
  readonly honourAffinity: boolean;
  readonly honourTaints: boolean;
}

interface ApiConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
}

/** The pod's own constraints of one kind. */
function spreadConstraints(pod: Pod, action: 'DoNotSchedule' | 'ScheduleAnyway'): SpreadConstraint[] {
  const own = (pod.spec.topologySpreadConstraints ?? []) as readonly ApiConstraint[];
  return own
    .filter((c) => c.whenUnsatisfiable === action)
    .map((c) => ({
      maxSkew: c.maxSkew,
      topologyKey: c.topologyKey,
      selector: narrowed(selectorOf(c.labelSelector), ownLabels(pod, c.matchLabelKeys, 'in')),
      minDomains: c.minDomains ?? 1,
      honourAffinity: (c.nodeAffinityPolicy ?? 'Honor') === 'Honor',
      honourTaints: (c.nodeTaintsPolicy ?? 'Ignore') === 'Honor',
    }));
}

const hasOwn = (pod: Pod): boolean => (pod.spec.topologySpreadConstraints?.length ?? 0) > 0;

function systemDefaults(cycle: Cycle): SpreadConstraint[] {
  const selector = defaultSelector(cycle.pod, cycle.lookups);
  if (isEverything(selector) || selector.nothing) return [];
  const common = { selector, minDomains: 1, honourAffinity: true, honourTaints: false };
  return [
    { maxSkew: 3, topologyKey: HOSTNAME, ...common },
    { maxSkew: 5, topologyKey: ZONE, ...common },
  ];
}

function hasAllKeys(node: Node, constraints: readonly SpreadConstraint[]): boolean {
  const { labels } = node.metadata;
  for (const c of constraints) if (labels?.[c.topologyKey] === undefined) return false;
  return true;
}

/** Whether the node's domain counts, by the constraint's node inclusion policies. */
function included(c: SpreadConstraint, pod: Pod, node: Node): boolean {
  if (c.honourAffinity && !matchesRequiredNodeAffinity(pod, node)) return false;
  return !c.honourTaints || untoleratedTaint(node.spec.taints, pod.spec.tolerations) === undefined;
}

// ---- filtering

interface FilterState {
  readonly constraints: readonly SpreadConstraint[];
  /** Per constraint: domain to matching pods. */
  readonly counts: readonly Map<string, number>[];
  /** Per constraint: fewest matching pods of a domain. */
  readonly fewest: number[];
  readonly selfMatch: readonly number[];
}

function fewestOf(counts: ReadonlyMap<string, number>): number {
  let min = NO_DOMAIN;
  for (const n of counts.values()) if (n < min) min = n;
  return min;
}

function tally(cycle: Cycle, constraints: readonly SpreadConstraint[]): FilterState {
  const { pod, cache } = cycle;
  const counts = constraints.map(() => new Map<string, number>());
  const perNode = constraints.map(
    (c) => labelCount(cache, pod.metadata.namespace ?? 'default', c.selector).live,
  );
  for (const info of cycle.nodes) {
    const node = info.node!;
    if (!hasAllKeys(node, constraints)) continue;
    for (let i = 0; i < constraints.length; i += 1) {
      const c = constraints[i]!;
      if (!included(c, pod, node)) continue;
      const domain = node.metadata.labels![c.topologyKey]!;
      counts[i]!.set(domain, (counts[i]!.get(domain) ?? 0) + (perNode[i]!.get(info.name) ?? 0));
    }
  }
  return {
    constraints,
    counts,
    fewest: counts.map(fewestOf),
    selfMatch: constraints.map((c) => (matches(c.selector, pod.metadata.labels) ? 1 : 0)),
  };
}

function recount(cycle: Cycle, pod: Pod, info: NodeInfo, by: 1 | -1): void {
  const state = cycle.filterState.get(NAME) as FilterState;
  const node = info.node!;
  if (pod.metadata.namespace !== cycle.pod.metadata.namespace || pod.metadata.deletionTimestamp !== undefined)
    return;
  if (!hasAllKeys(node, state.constraints)) return;
  state.constraints.forEach((c, i) => {
    if (!matches(c.selector, pod.metadata.labels) || !included(c, cycle.pod, node)) return;
    const domain = node.metadata.labels![c.topologyKey]!;
    state.counts[i]!.set(domain, (state.counts[i]!.get(domain) ?? 0) + by);
    state.fewest[i] = fewestOf(state.counts[i]!);
  });
}

// ---- scoring

interface ScoreState {
  readonly constraints: readonly ScoreConstraint[];
  /** Nodes without one of the topology keys, where all are required. */
  readonly ignored: ReadonlySet<string>;
}

interface ScoreConstraint {
  readonly domains: Domains;
  /** Matching pods by node name (the hostname key), or by domain. */
  readonly byNode: ReadonlyMap<string, number> | undefined;
  readonly byDomain: readonly number[];
  readonly weight: number;
  readonly maxSkew: number;
}

/**
 * Weight of a topology by its number of domains, so that few large domains do not drown in many small ones.
 */
const topologyWeight = (domains: number): number => naturalLog(domains + 2);

/** How many domains the nodes are in; those without the key are one. */
function domainsAmong(nodes: readonly NodeInfo[], domains: Domains, ignored: ReadonlySet<string>): number {
  const found = new Set<number>();
  for (const info of nodes) {
    if (ignored.size === 0 || !ignored.has(info.name)) found.add(domains.of[info.place]!);
    if (found.size === domains.size) break;
  }
  return found.size;
}

export const podTopologySpread: Plugin = {
  name: NAME,
  preFilter(cycle) {
    if (!hasOwn(cycle.pod)) return 'skip';
    const constraints = spreadConstraints(cycle.pod, 'DoNotSchedule');
    if (constraints.length === 0) return 'skip';
    cycle.filterState.set(NAME, tally(cycle, constraints));
    return undefined;
  },
  filter(cycle, info) {
    if (cycle.planted === 'spread-ignored') return undefined;
    const state = cycle.filterState.get(NAME) as FilterState;
    const { labels } = info.node!.metadata;
    for (let i = 0; i < state.constraints.length; i += 1) {
      const c = state.constraints[i]!;
      const domain = labels?.[c.topologyKey];
      if (domain === undefined) return NO_LABEL;
      const counts = state.counts[i]!;
      const least = counts.size < c.minDomains ? 0 : state.fewest[i]!;
      if ((counts.get(domain) ?? 0) + state.selfMatch[i]! - least > c.maxSkew) return REFUSED;
    }
    return undefined;
  },
  addPod: (cycle, pod, info) => recount(cycle, pod, info, 1),
  removePod: (cycle, pod, info) => recount(cycle, pod, info, -1),
  cloneState(state) {
    const { constraints, counts, fewest, selfMatch } = state as FilterState;
    return {
      constraints,
      counts: counts.map((m) => new Map(m)),
      fewest: [...fewest],
      selfMatch,
    } satisfies FilterState;
  },
  preScore(cycle, nodes) {
    const { pod, cache } = cycle;
    const own = hasOwn(pod);
    const constraints = own ? spreadConstraints(pod, 'ScheduleAnyway') : systemDefaults(cycle);
    if (constraints.length === 0) return 'skip';
    const ignored = new Set<string>();
    if (own || cycle.formerly.defaultSpreadNeedsAllKeys)
      for (const info of nodes) if (!hasAllKeys(info.node!, constraints)) ignored.add(info.name);
    const snapshot = snapshotOf(cache);
    const picky = hasRequiredNodeAffinity(pod);
    const prepared = constraints.map((c): ScoreConstraint => {
      const { maxSkew, topologyKey } = c;
      const domains = domainsOf(snapshot, topologyKey);
      const counted = labelCount(cache, pod.metadata.namespace ?? 'default', c.selector);
      if (topologyKey === HOSTNAME) {
        const weight = topologyWeight(nodes.length - ignored.size);
        return { domains, byNode: counted.live, byDomain: [], weight, maxSkew };
      }
      const weight = topologyWeight(domainsAmong(nodes, domains, ignored));
      if (!own && !picky && !c.honourTaints) {
        const all = domainCount(cache, counted, topologyKey);
        const byDomain = domains.values.map((value) => all.get(value) ?? 0);
        return { domains, byNode: undefined, byDomain, weight, maxSkew };
      }
      const byDomain = domains.values.map(() => 0);
      // Only nodes that hold such pods add to a domain.
      for (const [name, n] of counted.live) {
        const info = nodeInfoOf(cache, name);
        if (info === undefined || (own && !hasAllKeys(info.node!, constraints))) continue;
        if ((picky || c.honourTaints) && !included(c, pod, info.node!)) continue;
        const domain = domains.of[info.place]!;
        if (domain >= 0) byDomain[domain]! += n;
      }
      return { domains, byNode: undefined, byDomain, weight, maxSkew };
    });
    cycle.scoreState.set(NAME, { constraints: prepared, ignored } satisfies ScoreState);
    return undefined;
  },
  score(cycle, info) {
    const { constraints, ignored } = cycle.scoreState.get(NAME) as ScoreState;
    if (ignored.size > 0 && ignored.has(info.name)) return 0;
    let score = 0;
    for (let i = 0; i < constraints.length; i += 1) {
      const { domains, byNode, byDomain, weight, maxSkew } = constraints[i]!;
      const domain = domains.of[info.place]!;
      if (domain < 0) continue;
      const n = byNode === undefined ? byDomain[domain]! : (byNode.get(info.name) ?? 0);
      score += n * weight + (maxSkew - 1);
    }
    return Math.round(score);
  },
  normalise(cycle, scores, nodes) {
    const { ignored } = cycle.scoreState.get(NAME) as ScoreState;
    let min = Number.MAX_SAFE_INTEGER;
    let max = 0;
    for (let i = 0; i < scores.length; i += 1) {
      if (ignored.size > 0 && ignored.has(nodes[i]!.name)) {
        scores[i] = -1;
        continue;
      }
      if (scores[i]! < min) min = scores[i]!;
      if (scores[i]! > max) max = scores[i]!;
    }
    for (let i = 0; i < scores.length; i += 1) {
      const s = scores[i]!;
      scores[i] =
        s === -1 ? 0 : max === 0 ? MAX_NODE_SCORE : Math.floor((MAX_NODE_SCORE * (max + min - s)) / max);
    }
  },
  events: new Set(['nodeAdd', 'nodeUpdate', 'nodeDelete', 'podAdd', 'podUpdate', 'podDelete']),
  hint(pod, event) {
    const constraints = spreadConstraints(pod, 'DoNotSchedule');
    switch (event.type) {
      case 'nodeAdd':
      case 'nodeDelete':
        return hasAllKeys(event.node, constraints);
      case 'nodeUpdate':
        return nodeMatters(pod, constraints, event);
      case 'podUpdate':
        if (event.own) return event.changed.labels || event.changed.tolerations;
        return (
          event.changed.labels &&
          pod.metadata.namespace === event.pod.metadata.namespace &&
          constraints.some(
            (c) =>
              matches(c.selector, event.old.metadata.labels) !==
              matches(c.selector, event.pod.metadata.labels),
          )
        );
      case 'podAdd':
      case 'podDelete':
        return (
          pod.metadata.namespace === event.pod.metadata.namespace &&
          constraints.some((c) => matches(c.selector, event.pod.metadata.labels))
        );
      default:
        return false;
    }
  },
};

function nodeMatters(
  pod: Pod,
  constraints: readonly SpreadConstraint[],
  event: ClusterEvent & { type: 'nodeUpdate' },
): boolean {
  const { node, old, changed } = event;
  const now = hasAllKeys(node, constraints);
  if (changed.labels) {
    if (now !== hasAllKeys(old, constraints)) return true;
    if (
      now &&
      constraints.some((c) => old.metadata.labels![c.topologyKey] !== node.metadata.labels![c.topologyKey])
    )
      return true;
    if (
      now &&
      constraints.some(
        (c) =>
          c.honourAffinity &&
          matchesRequiredNodeAffinity(pod, old) !== matchesRequiredNodeAffinity(pod, node),
      )
    )
      return true;
  }
  return changed.taints && now && constraints.some((c) => included(c, pod, old) !== included(c, pod, node));
}
