/** Rule 3: the smallest `availableReplicas` (and endpoints ready) after first being fully available. */
import type { TraceRecord } from '../types.ts';
import { objectsOf, type Normal } from './normalise.ts';
import { keysOf, sameValue, type Difference } from './span.ts';

interface Measure {
  readonly kind: string;
  readonly have: (r: TraceRecord) => number;
  readonly full: (r: TraceRecord, have: number) => boolean;
}

const count = (v: unknown): number => (typeof v === 'number' ? v : Array.isArray(v) ? v.length : 0);

const MEASURES: readonly Measure[] = [
  {
    kind: 'Deployment',
    have: (r) => count(r['availableReplicas']),
    full: (r, have) => have > 0 && have >= count(r['spec']),
  },
  {
    kind: 'DaemonSet',
    have: (r) => count(r['numberAvailable']),
    full: (r, have) => have > 0 && have >= count(r['desiredNumberScheduled']),
  },
  {
    kind: 'StatefulSet',
    have: (r) => count(r['readyReplicas']),
    full: (r, have) => have > 0 && have >= count(r['spec']),
  },
];

function smallest(records: readonly TraceRecord[], { have, full }: Measure): number | undefined {
  let least: number | undefined;
  for (const r of records) {
    if (r.type === 'DELETED') break;
    const n = have(r);
    if (least === undefined ? full(r, n) : n < least) least = n;
  }
  return least;
}

/** Endpoints are full when they first hold as many as they do before the first loss. */
function smallestEndpoints(records: readonly TraceRecord[]): number | undefined {
  let peak = 0;
  let least: number | undefined;
  for (const r of records) {
    if (r.type === 'DELETED') break;
    const n = count(r['ready']);
    if (least === undefined && n >= peak) {
      peak = n;
      continue;
    }
    least = Math.min(least ?? n, n);
  }
  return peak === 0 ? undefined : (least ?? peak);
}

export function compareAvailability(recorded: readonly Normal[], simulated: Normal): Difference[] {
  const ask = (kind: string, of: (records: readonly TraceRecord[]) => number | undefined): Difference[] => {
    const all = recorded.map((n) => objectsOf(n, kind));
    const ours = objectsOf(simulated, kind);
    return keysOf([...all, ours]).flatMap((name) =>
      sameValue(
        `${kind} ${name} fewest available`,
        all.map((m) => of(m.get(name) ?? [])),
        of(ours.get(name) ?? []),
      ),
    );
  };
  return [
    ...MEASURES.flatMap((m) => ask(m.kind, (records) => smallest(records, m))),
    ...ask('Endpoints', smallestEndpoints),
  ];
}
