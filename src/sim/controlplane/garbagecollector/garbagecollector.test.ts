import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness } from '../../harness/harness.ts';
import { garbageCollector } from './garbagecollector.ts';

const COUNT = 8;
const name = (i: number): string => `o${i}`;

/** Objects whose owners have smaller numbers, so that there is no circle; and who is deleted how. */
const worlds = fc.record({
  owners: fc
    .array(fc.uniqueArray(fc.nat({ max: COUNT - 1 }), { maxLength: 3 }), {
      minLength: COUNT,
      maxLength: COUNT,
    })
    .map((all) => all.map((list, i) => list.filter((o) => o < i))),
  deleted: fc.array(
    fc.record({
      i: fc.nat({ max: COUNT - 1 }),
      policy: fc.constantFrom('Background', 'Foreground', 'Orphan'),
    }),
    { maxLength: 3 },
  ),
  lagMs: fc.integer({ min: 0, max: 20 }),
  gapMs: fc.constant(5_000),
});

/** The model: what is left and the owners each keeps, one settled deletion after the other. */
function model(
  owners: readonly (readonly number[])[],
  deleted: readonly { i: number; policy: string }[],
): Map<number, Set<number>> {
  const left = new Map(owners.map((list, i) => [i, new Set(list)]));
  for (const { i, policy } of deleted) {
    if (!left.has(i)) continue;
    left.delete(i);
    if (policy === 'Orphan') {
      for (const set of left.values()) set.delete(i);
      continue;
    }
    // An object goes when it had owners and none of them is left.
    for (let again = true; again; ) {
      again = false;
      for (const [o, set] of left) {
        const alive = [...set].filter((x) => left.has(x));
        if (set.size === 0 || alive.length > 0) continue;
        left.delete(o);
        again = true;
      }
    }
    for (const set of left.values()) for (const x of [...set]) if (!left.has(x)) set.delete(x);
  }
  return left;
}

describe('garbage collection', () => {
  it('leaves what the rules leave, whatever the policy and the lag', () => {
    fc.assert(
      fc.property(worlds, ({ owners, deleted, lagMs, gapMs }) => {
        const h = harness([garbageCollector], { lagMs });
        const namespaces = new Set(h.list('Namespace').map((n) => n.metadata.uid));
        owners.forEach((list, i) =>
          h.put({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: {
              name: name(i),
              namespace: 'default',
              uid: name(i),
              ...(list.length === 0
                ? {}
                : {
                    ownerReferences: list.map((o) => ({
                      apiVersion: 'v1',
                      kind: 'ConfigMap',
                      name: name(o),
                      uid: name(o),
                      blockOwnerDeletion: true,
                    })),
                  }),
            },
          }),
        );
        h.pass(gapMs);
        for (const { i, policy } of deleted) {
          if (h.api.find('ConfigMap', 'default', name(i)) !== undefined)
            h.api.delete('ConfigMap', 'default', name(i), { propagationPolicy: policy as 'Background' });
          h.pass(gapMs);
        }
        const got = new Map(
          h.api
            .list('ConfigMap')
            .map((o) => [o.metadata.name, (o.metadata.ownerReferences ?? []).map((r) => r.name).sort()]),
        );
        const want = new Map(
          [...model(owners, deleted)].map(([i, set]) => [name(i), [...set].map(name).sort()]),
        );
        expect(new Map([...got].sort())).toStrictEqual(new Map([...want].sort()));
        expect(h.pending()).toStrictEqual([]);
        // The graph forgets what is gone.
        const kept = [...h.state.nodes.keys()].filter((uid) => !namespaces.has(uid));
        expect(kept.sort()).toStrictEqual([...want.keys()].sort());
      }),
      { numRuns: 300 },
    );
  });
});
