import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '../../api/selector.ts';
import { forkState } from '../../kernel/fork.ts';
import {
  assumePod,
  domainCount,
  dropNode,
  dropPod,
  emptySchedulerCache,
  labelCount,
  setNode,
  setPod,
  type SchedulerCache,
} from './cache.ts';
import { naturalLog } from './logarithm.ts';
import type { NodeInfo } from './nodeinfo.ts';
import { snapshotOf } from './snapshot.ts';
import { makeCache, makeNode, makePod } from './testkit.ts';

const ZONE = 'topology.kubernetes.io/zone';
const selector = parseLabelSelector('app=web');
const anti = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'zone' },
    ],
  },
};

/** All that the cache knows, in an order of its own. */
function picture(cache: SchedulerCache): unknown {
  const sorted = (map: ReadonlyMap<string, unknown>): unknown =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const node = (n: NodeInfo): unknown => [
    n.name,
    n.node?.metadata.labels,
    [...n.pods.keys()].sort(),
    n.milliCPU,
    n.memory,
    n.nonZeroMilliCPU,
    n.nonZeroMemory,
    sorted(n.scalars),
    sorted(n.ports),
    n.allocatable.milliCPU,
  ];
  return {
    nodes: [...cache.nodes.values()].map(node).sort(),
    ghosts: [...cache.ghosts.values()].map(node).sort(),
    placed: [...cache.placed].map(([uid, p]) => [uid, p.node]).sort(),
    terms: [...cache.terms.values()].map((g) => [g.forbids, g.weight, sorted(g.nodes)]),
    images: [...cache.images].map(([name, nodes]) => [name, sorted(nodes)]).sort(),
    live: sorted(labelCount(cache, 'default', selector).live),
    all: sorted(labelCount(cache, 'default', selector).all),
    domains: sorted(
      new Map([...domainCount(cache, labelCount(cache, 'default', selector), ZONE)].filter(([, n]) => n > 0)),
    ),
  };
}

describe('the scheduler cache', () => {
  it('is the same however it came about', () => {
    const step = fc.record({
      what: fc.constantFrom('node', 'nodeGone', 'pod', 'assume', 'podGone', 'count', 'fork'),
      node: fc.nat(3),
      pod: fc.nat(5),
      variant: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        let cache = emptySchedulerCache();
        const nodes = new Map<string, ReturnType<typeof makeNode>>();
        const pods = new Map<string, ReturnType<typeof makePod>>();
        for (const { what, node, pod, variant } of steps) {
          const name = `n${node}`;
          const id = `p${pod}`;
          const parts = {
            labels: { app: variant % 2 === 0 ? 'web' : 'db' },
            requests: { cpu: `${100 * (variant + 1)}m`, 'example.com/x': variant },
            deleting: variant === 2,
            spec: {
              ...(variant === 3 ? { affinity: anti } : {}),
              containers: [
                {
                  name: 'c',
                  image: 'i',
                  ports: [{ containerPort: 80, hostPort: 80 + pod }],
                  resources: { requests: { cpu: `${100 * (variant + 1)}m` } },
                },
              ],
            },
          };
          if (what === 'node') {
            const made = makeNode(name, {
              labels: { 'topology.kubernetes.io/zone': `z${variant % 2}` },
              images: { [`img${variant}`]: 5 },
            });
            nodes.set(name, made);
            setNode(cache, made);
          } else if (what === 'nodeGone') {
            nodes.delete(name);
            dropNode(cache, name);
          } else if (what === 'pod') {
            const made = makePod(id, { ...parts, node: name });
            pods.set(id, made);
            setPod(cache, made);
          } else if (what === 'assume') {
            const made = makePod(id, { ...parts, node: name });
            pods.set(id, made);
            assumePod(cache, made, name);
          } else if (what === 'podGone') {
            pods.delete(id);
            dropPod(cache, makePod(id).metadata.uid);
          } else if (what === 'count') domainCount(cache, labelCount(cache, 'default', selector), ZONE);
          else cache = forkState(cache);
        }
        expect(picture(cache)).toEqual(picture(makeCache([...nodes.values()], [...pods.values()])));
        expect(snapshotOf(cache).nodes).toHaveLength(cache.nodes.size);
        for (const n of snapshotOf(cache).nodes) expect(cache.nodes.get(n.name)).toBe(n);
      }),
    );
  });

  it('takes a node of each zone in turn', () => {
    const zoned = (name: string, zone: string): ReturnType<typeof makeNode> =>
      makeNode(name, { labels: { 'topology.kubernetes.io/zone': zone } });
    const cache = makeCache([
      zoned('a1', 'a'),
      zoned('a2', 'a'),
      zoned('a3', 'a'),
      zoned('b1', 'b'),
      zoned('c1', 'c'),
      zoned('c2', 'c'),
    ]);
    expect(snapshotOf(cache).nodes.map((n) => n.name)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('computes logarithms as every platform does', () => {
    for (let n = 1; n < 5_000; n += 1) expect(Math.abs(naturalLog(n) - Math.log(n))).toBeLessThan(1e-14);
  });
});
