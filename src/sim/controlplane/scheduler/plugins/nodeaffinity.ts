/**
 * spec.nodeSelector and node affinity, required and preferred.
 * Models pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go.
 */
import { normaliseDefault, unresolvable, type Plugin } from '../framework.ts';
import {
  hasRequiredNodeAffinity,
  matchesRequiredNodeAffinity,
  requiredTerms,
  termMatches,
  type NodeSelectorTerm,
} from '../../../api/nodeselector.ts';

const NAME = 'NodeAffinity';
const REFUSED = unresolvable(NAME, "node(s) didn't match Pod's node affinity/selector");
const CONFLICT = unresolvable(NAME, 'pod affinity terms conflict');

interface Preferred {
  readonly weight: number;
  readonly preference: NodeSelectorTerm;
}

export const nodeAffinity: Plugin = {
  name: NAME,
  sign: ({ pod }) => [pod.spec.nodeSelector, pod.spec.affinity?.nodeAffinity],
  /** Where every term names its nodes, only those come into question. */
  preFilter(cycle) {
    const { pod } = cycle;
    if (!hasRequiredNodeAffinity(pod)) return 'skip';
    const terms = requiredTerms(pod);
    if (terms === undefined || terms.length === 0) return undefined;
    const nodes = new Set<string>();
    for (const term of terms) {
      let named: Set<string> | undefined;
      for (const r of term.matchFields ?? []) {
        if (r.key !== 'metadata.name' || r.operator !== 'In') continue;
        const values = new Set(r.values ?? []);
        named = named === undefined ? values : new Set([...named].filter((n) => values.has(n)));
      }
      if (named === undefined) return undefined;
      for (const n of named) nodes.add(n);
    }
    return nodes.size === 0 ? { status: CONFLICT } : { nodes };
  },
  filter: (cycle, info) => (matchesRequiredNodeAffinity(cycle.pod, info.node!) ? undefined : REFUSED),
  preScore(cycle) {
    const preferred = (cycle.pod.spec.affinity?.nodeAffinity
      ?.preferredDuringSchedulingIgnoredDuringExecution ?? []) as readonly Preferred[];
    const weighty = preferred.filter((p) => p.weight !== 0);
    if (weighty.length === 0) return 'skip';
    cycle.scoreState.set(NAME, weighty);
    return undefined;
  },
  score(cycle, info) {
    let sum = 0;
    for (const p of cycle.scoreState.get(NAME) as readonly Preferred[])
      if (termMatches(p.preference, info.node!)) sum += p.weight;
    return sum;
  },
  normalise: (_cycle, scores) => normaliseDefault(scores, false),
  events: new Set(['nodeAdd', 'nodeUpdate']),
  hint(pod, event) {
    if (event.type === 'nodeAdd') return matchesRequiredNodeAffinity(pod, event.node);
    return (
      event.type === 'nodeUpdate' &&
      event.changed.labels &&
      !matchesRequiredNodeAffinity(pod, event.old) &&
      matchesRequiredNodeAffinity(pod, event.node)
    );
  },
};
