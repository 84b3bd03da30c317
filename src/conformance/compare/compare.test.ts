import { describe, expect, it } from 'vitest';
import { recordedScenarios, recording } from '../recordings.ts';
import type { Trace, TraceRecord } from '../types.ts';
import { compareTraces, RULES } from './index.ts';

const differing = (recorded: readonly Trace[], simulated: Trace): number[] =>
  compareTraces(recorded, simulated)
    .filter((j) => j.differences.length > 0)
    .map((j) => j.rule.number);

const changed = (trace: Trace, change: (r: TraceRecord, i: number) => TraceRecord | undefined): Trace => ({
  ...trace,
  trace: trace.trace.flatMap((r, i) => change(r, i) ?? []),
});

const lastOf = (trace: Trace, kind: string): number =>
  trace.trace.findLastIndex((r) => r.kind === kind && r.type !== 'Normal' && r.type !== 'Warning');

describe('the rules', () => {
  it.each(recordedScenarios())('%s: each recording lies within what the two span', (name) => {
    const { traces } = recording(name);
    for (const trace of traces)
      expect(compareTraces(traces, trace).flatMap((j) => j.differences)).toEqual([]);
  });

  const { traces } = recording('node-down-8m');
  const [first] = traces as [Trace];
  it.each<[number, string, Trace]>([
    [
      1,
      'a replica set that wanted another number',
      changed(first, (r) => (r.kind === 'ReplicaSet' ? { ...r, spec: 4 } : r)),
    ],
    [
      1,
      'a final status that differs',
      changed(first, (r, i) => (i === lastOf(first, 'Deployment') ? { ...r, readyReplicas: 1 } : r)),
    ],
    [
      2,
      'a pod too many',
      {
        ...first,
        trace: [
          ...first.trace,
          { ...first.trace.find((r) => r.kind === 'Pod')!, name: 'web-6c747f68b7-zzzzz', t: 500 },
        ],
      },
    ],
    [
      2,
      'a pod that is not ready at the end',
      changed(first, (r, i) => (i === lastOf(first, 'Pod') ? { ...r, ready: 'False' } : r)),
    ],
    [
      3,
      'a moment of less availability',
      changed(first, (r) =>
        r.kind === 'Deployment' && r['availableReplicas'] === 2 ? { ...r, availableReplicas: 1 } : r,
      ),
    ],
    [4, 'a taint that never came', changed(first, (r) => (r.kind === 'Node' ? { ...r, taints: [] } : r))],
    [5, 'an event left out', changed(first, (r) => (r['reason'] === 'TaintManagerEviction' ? undefined : r))],
    [
      5,
      'an event that is new',
      {
        ...first,
        trace: [
          ...first.trace,
          {
            t: 1,
            type: 'Warning',
            kind: 'Event',
            namespace: 'default',
            reason: 'Odd',
            object: 'Pod/x',
            message: 'm',
            source: 's',
          },
        ],
      },
    ],
    [6, 'another exit code', changed(first, (r) => (r['code'] === 0 ? { ...r, code: 1 } : r))],
    [6, 'another output', changed(first, (r) => (r['out'] === undefined ? r : { ...r, out: 'nothing\n' }))],
    [
      7,
      'a node noticed 20 s later',
      changed(first, (r) => (r.kind === 'Node' && r.t < 100 ? { ...r, t: r.t + 20 } : r)),
    ],
  ])('rule %d sees %s', (number, _, mutated) => {
    expect(differing(traces, mutated)).toContain(number);
  });

  it('are seven', () => {
    expect(RULES.map((r) => r.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('do not mind other names', () => {
    const renamed = JSON.parse(
      JSON.stringify(first).replaceAll('6c747f68b7', '5d68c8fffd').replaceAll('-vn228', '-x2x2x'),
    ) as Trace;
    expect(differing(traces, renamed)).toEqual([]);
  });
});
