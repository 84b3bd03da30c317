/**
 * Inter-pod affinity and anti-affinity, required and preferred, of the pod and of the pods that are there
 * already. Models pkg/scheduler/framework/plugins/interpodaffinity/{filtering,scoring,plugin}.go
 * (hardPodAffinityWeight 1).
 */
import type { Node, Pod } from '../../../api/types.ts';
import { labelCount, nodeInfoOf, type TermGroup } from '../cache.ts';
import {
  MAX_NODE_SCORE,
  unresolvable,
  unschedulable,
  type Cycle,
  type Lookups,
  type Plugin,
} from '../framework.ts';
import type { NodeInfo } from '../nodeinfo.ts';
import { oneNamespace, termSelects, termsOf, type AffinityTerm } from '../podaffinity.ts';

const NAME = 'InterPodAffinity';
const EXISTING = unschedulable(NAME, "node(s) didn't satisfy existing pods anti-affinity rules");
const AFFINITY = unresolvable(NAME, "node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = unschedulable(NAME, "node(s) didn't match pod anti-affinity rules");

/** Topology key to value to a number; zeros are absent. */
type Domains = Map<string, Map<string, number>>;

function bump(domains: Domains, key: string, value: string, by: number): void {
  let values = domains.get(key);
  if (values === undefined) domains.set(key, (values = new Map()));
  const n = (values.get(value) ?? 0) + by;
  if (n !== 0) values.set(value, n);
  else {
    values.delete(value);
    if (values.size === 0) domains.delete(key);
  }
}

const at = (domains: Domains, key: string, value: string): number => domains.get(key)?.get(value) ?? 0;

function bumpNode(domains: Domains, term: AffinityTerm, node: Node, by: number): void {
  const value = node.metadata.labels?.[term.topologyKey];
  if (value !== undefined) bump(domains, term.topologyKey, value, by);
}

function selectedByAll(terms: readonly AffinityTerm[], pod: Pod, lookups: Lookups): boolean {
  for (const term of terms) if (!termSelects(term, pod, lookups.namespaceLabels)) return false;
  return terms.length > 0;
}

interface FilterState {
  /** Where existing pods' anti-affinity forbids this pod. */
  readonly existing: Domains;
  readonly affinity: Domains;
  readonly antiAffinity: Domains;
}

/** Counts the pods each of the terms selects, by the domain of their nodes. */
function tally(cycle: Cycle, domains: Domains, terms: readonly AffinityTerm[], all: boolean): void {
  const { cache, lookups } = cycle;
  // Counts kept per selector answer for a single term; several that must all hold need the pods themselves.
  if ((!all || terms.length === 1) && terms.every((t) => oneNamespace(t) !== undefined)) {
    for (const term of terms) {
      for (const [name, n] of labelCount(cache, oneNamespace(term)!, term.selector).all) {
        const info = nodeInfoOf(cache, name);
        if (info !== undefined) bumpNode(domains, term, info.node!, n);
      }
    }
    return;
  }
  for (const info of cycle.nodes) {
    for (const pod of info.pods.values()) count(domains, terms, all, pod, info.node!, 1, lookups);
  }
}

function count(
  domains: Domains,
  terms: readonly AffinityTerm[],
  all: boolean,
  pod: Pod,
  node: Node,
  by: number,
  lookups: Lookups,
): void {
  if (all) {
    if (selectedByAll(terms, pod, lookups)) for (const term of terms) bumpNode(domains, term, node, by);
    return;
  }
  for (const term of terms)
    if (termSelects(term, pod, lookups.namespaceLabels)) bumpNode(domains, term, node, by);
}

/** Where pods with this term are, if it selects the pod of the cycle. */
function spread(cycle: Cycle, domains: Domains, { term, nodes }: TermGroup, weight: number): void {
  if (!termSelects(term, cycle.pod, cycle.lookups.namespaceLabels)) return;
  for (const [name, n] of nodes) {
    const info = nodeInfoOf(cycle.cache, name);
    if (info !== undefined) bumpNode(domains, term, info.node!, n * weight);
  }
}

function recount(cycle: Cycle, pod: Pod, info: NodeInfo, by: 1 | -1): void {
  const state = cycle.filterState.get(NAME) as FilterState;
  const terms = termsOf(cycle.pod);
  const { lookups } = cycle;
  count(state.existing, termsOf(pod).antiAffinity, false, cycle.pod, info.node!, by, lookups);
  count(state.affinity, terms.affinity, true, pod, info.node!, by, lookups);
  count(state.antiAffinity, terms.antiAffinity, false, pod, info.node!, by, lookups);
}

const cloneDomains = (domains: Domains): Domains =>
  new Map([...domains].map(([key, values]) => [key, new Map(values)]));

export const interPodAffinity: Plugin = {
  name: NAME,
  preFilter(cycle) {
    const { cache, pod } = cycle;
    const terms = termsOf(pod);
    const existing: Domains = new Map();
    for (const group of cache.terms.values()) if (group.forbids) spread(cycle, existing, group, 1);
    if (existing.size === 0 && terms.affinity.length === 0 && terms.antiAffinity.length === 0) return 'skip';
    const affinity: Domains = new Map();
    const antiAffinity: Domains = new Map();
    if (terms.affinity.length > 0) tally(cycle, affinity, terms.affinity, true);
    if (terms.antiAffinity.length > 0) tally(cycle, antiAffinity, terms.antiAffinity, false);
    cycle.filterState.set(NAME, { existing, affinity, antiAffinity } satisfies FilterState);
    return undefined;
  },
  filter(cycle, info) {
    const { existing, affinity, antiAffinity } = cycle.filterState.get(NAME) as FilterState;
    const terms = termsOf(cycle.pod);
    const labels = info.node!.metadata.labels ?? {};
    let met = true;
    for (const { topologyKey } of terms.affinity) {
      const value = labels[topologyKey];
      if (value === undefined) return AFFINITY;
      if (at(affinity, topologyKey, value) <= 0) met = false;
    }
    // The first of a group of pods with affinity to each other may go anywhere.
    if (!met && !(affinity.size === 0 && selectedByAll(terms.affinity, cycle.pod, cycle.lookups)))
      return AFFINITY;
    if (cycle.planted === 'anti-affinity-not-counted') return undefined;
    if (antiAffinity.size > 0) {
      for (const { topologyKey } of terms.antiAffinity) {
        const value = labels[topologyKey];
        if (value !== undefined && at(antiAffinity, topologyKey, value) > 0) return ANTI_AFFINITY;
      }
    }
    for (const [key, values] of existing) {
      const value = labels[key];
      if (value !== undefined && (values.get(value) ?? 0) > 0) return EXISTING;
    }
    return undefined;
  },
  addPod: (cycle, pod, info) => recount(cycle, pod, info, 1),
  removePod: (cycle, pod, info) => recount(cycle, pod, info, -1),
  cloneState(state) {
    const { existing, affinity, antiAffinity } = state as FilterState;
    return {
      existing: cloneDomains(existing),
      affinity: cloneDomains(affinity),
      antiAffinity: cloneDomains(antiAffinity),
    } satisfies FilterState;
  },
  preScore(cycle) {
    const { cache, pod, lookups } = cycle;
    const terms = termsOf(pod);
    const scores: Domains = new Map();
    for (const [list, sign] of [
      [terms.preferred, 1],
      [terms.preferredAnti, -1],
    ] as const) {
      for (const term of list) {
        const namespace = oneNamespace(term);
        if (namespace !== undefined) {
          for (const [name, n] of labelCount(cache, namespace, term.selector).all) {
            const info = nodeInfoOf(cache, name);
            if (info !== undefined) bumpNode(scores, term, info.node!, sign * term.weight * n);
          }
          continue;
        }
        for (const info of cycle.nodes) {
          for (const other of info.pods.values())
            if (termSelects(term, other, lookups.namespaceLabels))
              bumpNode(scores, term, info.node!, sign * term.weight);
        }
      }
    }
    for (const group of cache.terms.values()) if (!group.forbids) spread(cycle, scores, group, group.weight);
    if (scores.size === 0) return 'skip';
    cycle.scoreState.set(NAME, scores);
    return undefined;
  },
  score(cycle, info) {
    const { labels } = info.node!.metadata;
    let sum = 0;
    for (const [key, values] of cycle.scoreState.get(NAME) as Domains) {
      const value = labels?.[key];
      if (value !== undefined) sum += values.get(value) ?? 0;
    }
    return sum;
  },
  normalise(_cycle, scores) {
    let min = Infinity;
    let max = -Infinity;
    for (const s of scores) {
      if (s < min) min = s;
      if (s > max) max = s;
    }
    const range = max - min;
    for (let i = 0; i < scores.length; i += 1)
      scores[i] = range > 0 ? Math.trunc(MAX_NODE_SCORE * ((scores[i]! - min) / range)) : 0;
  },
  events: new Set(['nodeAdd', 'nodeUpdate', 'podAdd', 'podUpdate', 'podDelete']),
  hint(pod, event, lookups) {
    const terms = termsOf(pod);
    const anti = (other: Pod): boolean =>
      terms.antiAffinity.some((t) => termSelects(t, other, lookups.namespaceLabels));
    switch (event.type) {
      case 'nodeAdd':
        return terms.affinity.every((t) => event.node.metadata.labels?.[t.topologyKey] !== undefined);
      case 'nodeUpdate': {
        if (!event.changed.labels) return false;
        const keys = [...terms.affinity, ...terms.antiAffinity].map((t) => t.topologyKey);
        return (
          keys.length === 0 ||
          keys.some((key) => event.old.metadata.labels?.[key] !== event.node.metadata.labels?.[key])
        );
      }
      case 'podAdd':
        return selectedByAll(terms.affinity, event.pod, lookups);
      case 'podDelete':
        return (
          anti(event.pod) ||
          termsOf(event.pod).antiAffinity.some((t) => termSelects(t, pod, lookups.namespaceLabels))
        );
      case 'podUpdate':
        if (!event.changed.labels) return false;
        if (event.own) return true;
        return (
          (selectedByAll(terms.affinity, event.pod, lookups) &&
            !selectedByAll(terms.affinity, event.old, lookups)) ||
          (anti(event.old) && !anti(event.pod))
        );
      default:
        return false;
    }
  },
};
