import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../api/time.ts';
import type { Pod } from '../api/types.ts';
import { ageBucket, compareForDeletion, rankForDeletion, ranked } from './podranking.ts';

const NOW = 10 * 86_400_000;
const age = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: NOW }).map((ms) => ms),
);

const anyPod = fc
  .record({
    uid: fc.uuid(),
    node: fc.constantFrom('', 'a', 'b'),
    phase: fc.constantFrom('Pending', 'Running', 'Unknown'),
    ready: fc.boolean(),
    readyAge: age,
    created: age,
    restarts: fc.nat(3),
    cost: fc.constantFrom(undefined, '1', '-1', 'x'),
    related: fc.nat(2),
  })
  .map((p) => ({
    related: p.related,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: p.uid,
        uid: p.uid,
        creationTimestamp: rfc3339(NOW - p.created),
        ...(p.cost === undefined
          ? {}
          : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': p.cost } }),
      },
      spec: { nodeName: p.node },
      status: {
        phase: p.phase,
        containerStatuses: [{ restartCount: p.restarts }],
        conditions: [
          {
            type: 'Ready',
            status: p.ready ? 'True' : 'False',
            lastTransitionTime: rfc3339(NOW - p.readyAge),
          },
        ],
      },
    } as unknown as Pod,
  }));

describe('the order in which pods are deleted', () => {
  it('is antisymmetric, transitive at what is strict before ages, and total', () => {
    fc.assert(
      fc.property(anyPod, anyPod, (a, b) => {
        const there = Math.sign(
          compareForDeletion(ranked(a.pod, a.related, NOW), ranked(b.pod, b.related, NOW)),
        );
        const back = Math.sign(
          compareForDeletion(ranked(b.pod, b.related, NOW), ranked(a.pod, a.related, NOW)),
        );
        expect(there + back).toBe(0);
        expect(there === 0).toBe(a.pod.metadata.uid === b.pod.metadata.uid);
      }),
    );
  });

  it('loses and doubles no pod, and puts what serves nobody first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPod, { maxLength: 20, selector: (p) => p.pod.metadata.uid }), (pods) => {
        const related = new Map(pods.map((p) => [p.pod, p.related]));
        const sorted = rankForDeletion(
          pods.map((p) => p.pod),
          (p) => related.get(p)!,
          NOW,
        );
        expect(sorted.map((p) => p.metadata.uid).sort()).toEqual(pods.map((p) => p.pod.metadata.uid).sort());
        const unassigned = sorted.map((p) => p.spec.nodeName === '');
        expect(unassigned.lastIndexOf(true)).toBeLessThan(
          unassigned.includes(false) ? unassigned.indexOf(false) : Infinity,
        );
      }),
    );
  });

  it('reckons ages by whole powers of two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_000 }), (ms) => {
        const bucket = ageBucket(ms);
        expect(2 ** bucket).toBeLessThanOrEqual(ms * 1e6);
        expect(2 ** (bucket + 1)).toBeGreaterThan(ms * 1e6);
      }),
    );
  });
});
