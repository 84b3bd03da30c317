/**
 * Rule 2: per owner, as many pods created and as many deleted; at the end the same phases, readiness, and
 * number per node (sorted).
 */
import type { TraceRecord } from '../types.ts';
import { objectsOf, type Normal } from './normalise.ts';
import { keysOf, sameValue, type Difference } from './span.ts';

interface Tally {
  created: number;
  deleted: number;
  readonly states: string[];
  readonly nodes: Map<string, number>;
}

function tallies(normal: Normal): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const [name, records] of objectsOf(normal, 'Pod')) {
    // A pod that was orphaned counts for who made it.
    const owner = String(records.find((r) => r['owner'] !== undefined)?.['owner'] ?? `(pod ${name})`);
    let tally = found.get(owner);
    if (tally === undefined)
      found.set(owner, (tally = { created: 0, deleted: 0, states: [], nodes: new Map() }));
    for (const r of records) {
      if (r.type === 'ADDED') tally.created += 1;
      if (r.type === 'DELETED') tally.deleted += 1;
    }
    const last: TraceRecord = records[records.length - 1]!;
    if (last.type === 'DELETED') continue;
    // Whether a pod that is being deleted has reached its last phase is older kubelets' and newer ones' own
    // affair (KEP-3329).
    tally.states.push(
      `${last['deleting'] === true ? 'deleting' : String(last['phase'])} ` +
        `ready=${String(last['ready'] ?? 'False')}`,
    );
    const node = String(last['node'] ?? '');
    tally.nodes.set(node, (tally.nodes.get(node) ?? 0) + 1);
  }
  return found;
}

export function comparePods(recorded: readonly Normal[], simulated: Normal): Difference[] {
  const all = recorded.map(tallies);
  const ours = tallies(simulated);
  return keysOf([...all, ours]).flatMap((owner) => {
    const ask = (what: string, of: (t: Tally | undefined) => unknown): Difference[] =>
      sameValue(
        `pods of ${owner}: ${what}`,
        all.map((m) => of(m.get(owner))),
        of(ours.get(owner)),
      );
    return [
      ...ask('created', (t) => t?.created ?? 0),
      ...ask('deleted', (t) => t?.deleted ?? 0),
      ...ask('at the end', (t) => [...(t?.states ?? [])].sort()),
      ...ask('per node', (t) => [...(t?.nodes.values() ?? [])].sort((a, b) => b - a)),
    ];
  });
}
