/** Rule 1: for each workload and budget, the sequence of distinct wanted replicas, and the final status. */
import type { TraceRecord } from '../types.ts';
import { distinct, objectsOf, type Normal } from './normalise.ts';
import { keysOf, sameFields, sameSequence, type Difference } from './span.ts';

/** Which field says what is wanted. */
const WANTED: Readonly<Record<string, string>> = {
  Deployment: 'spec',
  ReplicaSet: 'spec',
  StatefulSet: 'spec',
  DaemonSet: 'desiredNumberScheduled',
  PodDisruptionBudget: 'desiredHealthy',
};

const NOT_STATUS = ['t', 'type', 'kind', 'namespace', 'name', 'owner'];

function finalStatus(records: readonly TraceRecord[]): Record<string, unknown> | undefined {
  const last = records[records.length - 1]!;
  if (last.type === 'DELETED') return { deleted: true };
  return Object.fromEntries(Object.entries(last).filter(([field]) => !NOT_STATUS.includes(field)));
}

export function compareCounts(recorded: readonly Normal[], simulated: Normal): Difference[] {
  return Object.entries(WANTED).flatMap(([kind, wanted]) => {
    const all = recorded.map((n) => objectsOf(n, kind));
    const ours = objectsOf(simulated, kind);
    return keysOf([...all, ours]).flatMap((name) => {
      const what = `${kind} ${name}`;
      const sequence = (records: readonly TraceRecord[] | undefined): unknown[] =>
        distinct((records ?? []).filter((r) => r.type !== 'DELETED').map((r) => r[wanted] ?? 0));
      return [
        ...sameSequence(
          `${what} wanted replicas`,
          all.map((m) => sequence(m.get(name))),
          sequence(ours.get(name)),
        ),
        ...sameFields(
          `${what} final`,
          all.map((m) => (m.has(name) ? finalStatus(m.get(name)!) : undefined)),
          ours.has(name) ? finalStatus(ours.get(name)!) : undefined,
        ),
      ];
    });
  });
}
