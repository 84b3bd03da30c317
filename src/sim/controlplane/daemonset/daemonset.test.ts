import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.ts';
import { isPodActive, isPodReady } from '../podutil.ts';
import { addNode, bench, converge, edit, playNodes, template, workload, type Bench } from '../testing.ts';
import { daemonSetController } from './daemonset.ts';
import { surgeOf, unavailableOf } from './view.ts';

const image = (n: number) => template({ app: 'agent' }, `nginx:1.${n}`);
const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i + 1}`);
function settled(nodes: number, spec: Record<string, unknown> = {}): Bench {
  const b = bench([daemonSetController]);
  for (const n of named(nodes)) addNode(b, n);
  b.api.create(workload('DaemonSet', 'agent', spec));
  converge(b, named(nodes));
  b.writes.length = 0;
  return b;
}
const serving = (b: Bench): Pod[] => b.list('Pod').filter((p) => isPodActive(p) && isPodReady(p));

describe('DaemonSet controller', () => {
  it('makes no second pod for a node while its cache is late', () => {
    const b = bench([daemonSetController]);
    for (const n of named(3)) addNode(b, n);
    b.api.create(workload('DaemonSet', 'agent'));
    b.deliver();
    b.held = true;
    for (let i = 0; i < 4; i++) b.syncOnce('daemonset-controller', 'default/agent');
    expect(b.list('Pod')).toHaveLength(3);
  });

  it('binds each pod to its node by affinity and leaves the placing to the scheduler', () => {
    const b = bench([daemonSetController]);
    addNode(b, 'n1');
    b.api.create(workload('DaemonSet', 'agent'));
    b.run();
    const pod = b.list('Pod')[0]!;
    expect(pod.spec.nodeName).toBeUndefined();
    expect(
      pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
    ).toEqual([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }]);
    expect(pod.metadata.labels).toMatchObject({
      'pod-template-generation': '1',
      'controller-revision-hash': expect.any(String),
    });
  });

  it('removes an unscheduled pod whose node went', () => {
    const b = bench([daemonSetController]);
    for (const n of named(2)) addNode(b, n);
    b.api.create(workload('DaemonSet', 'agent'));
    b.run();
    b.api.delete('Node', '', 'n2');
    addNode(b, 'n3');
    b.run();
    expect(b.list('Pod')).toHaveLength(2);
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const b = settled(3);
    b.restart();
    b.pass(3_600_000);
    expect(b.writes).toEqual([]);
  });

  it('an update keeps to its bounds whatever the cache is late for, and completes', () => {
    const amount = fc.oneof(
      fc.nat(4),
      fc.nat(100).map((n) => `${n}%`),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        amount,
        fc.boolean(),
        fc.array(fc.integer({ min: 15, max: 18 }), { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat(3)),
        (nodes, value, surging, images, lag) => {
          const zero = value === 0 || value === '0%';
          const b = settled(nodes, {
            template: image(15),
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate:
                surging && !zero
                  ? { maxSurge: value, maxUnavailable: 0 }
                  : { maxSurge: 0, maxUnavailable: zero ? 1 : value },
            },
          });
          const ds = b.list('DaemonSet')[0]!;
          const surge = surgeOf(ds, nodes);
          const least = surge > 0 ? nodes : nodes - Math.max(1, unavailableOf(ds, nodes));
          b.afterWrite = () => {
            const nodesServed = new Set(serving(b).map((p) => p.spec.nodeName));
            expect(nodesServed.size).toBeGreaterThanOrEqual(least);
            if (surge === 0) expect(b.list('Pod').length).toBeLessThanOrEqual(nodes);
          };
          for (const n of images) {
            edit(b, 'DaemonSet', 'agent', { template: image(n) });
            for (let i = 0; i < 3; i++) {
              b.held = lag.next().value === 0;
              b.pass(300);
              playNodes(b, named(nodes), () => lag.next().value !== 0);
            }
          }
          b.held = false;
          converge(b, named(nodes));
          expect(
            b
              .list('Pod')
              .map((p) => p.spec.nodeName)
              .sort(),
          ).toEqual(named(nodes));
          expect(b.list('Pod').every((p) => p.spec.containers[0]!.image === `nginx:1.${images.at(-1)}`)).toBe(
            true,
          );
          expect(b.list('DaemonSet')[0]!.status).toMatchObject({
            updatedNumberScheduled: nodes,
            numberAvailable: nodes,
            desiredNumberScheduled: nodes,
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
