/** Rule 4: for each node the sequence of ready states, of taints, and of unschedulable. */
import { distinct, objectsOf, type Normal } from './normalise.ts';
import { keysOf, sameSequence, type Difference } from './span.ts';

/** Traces begin with nodes that are well. */
const FIELDS: readonly (readonly [field: string, first: unknown])[] = [
  ['ready', 'True'],
  ['unschedulable', false],
  ['taints', []],
];

export function compareNodes(recorded: readonly Normal[], simulated: Normal): Difference[] {
  const all = recorded.map((n) => objectsOf(n, 'Node'));
  const ours = objectsOf(simulated, 'Node');
  return keysOf([...all, ours]).flatMap((name) =>
    FIELDS.flatMap(([field, first]) => {
      const sequence = (m: ReturnType<typeof objectsOf>): unknown[] =>
        distinct([first, ...(m.get(name) ?? []).filter((r) => r.type !== 'DELETED').map((r) => r[field])]);
      return sameSequence(`node ${name} ${field}`, all.map(sequence), sequence(ours));
    }),
  );
}
