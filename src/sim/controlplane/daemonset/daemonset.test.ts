import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.ts';
import { isPodActive, isPodReady } from '../podutil.ts';
import { harness, type Harness } from '../../harness/harness.ts';
import { template, workload } from '../../harness/objects.ts';
import { addNode, converge, edit, playNodes } from '../../harness/play.ts';
import { daemonSetController } from './daemonset.ts';
import { surgeOf, unavailableOf } from './view.ts';

const image = (n: number) => template({ app: 'agent' }, `nginx:1.${n}`);
const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i + 1}`);
function settled(nodes: number, spec: Record<string, unknown> = {}): Harness {
  const h = harness([daemonSetController]);
  for (const n of named(nodes)) addNode(h, n);
  h.api.create(workload('DaemonSet', 'agent', spec));
  converge(h, named(nodes));
  h.writes.length = 0;
  return h;
}
const serving = (h: Harness): Pod[] => h.list('Pod').filter((p) => isPodActive(p) && isPodReady(p));

describe('DaemonSet controller', () => {
  it('makes no second pod for a node while its cache is late', () => {
    const h = harness([daemonSetController]);
    for (const n of named(3)) addNode(h, n);
    h.api.create(workload('DaemonSet', 'agent'));
    h.deliver();
    h.held = true;
    for (let i = 0; i < 4; i++) h.syncOnce('daemonset-controller', 'default/agent');
    expect(h.list('Pod')).toHaveLength(3);
  });

  it('takes no generation back that it has said it observed, however late its cache is', () => {
    const h = harness([daemonSetController]);
    for (const n of named(3)) addNode(h, n);
    h.api.create(workload('DaemonSet', 'agent'));
    h.deliver();
    const observed = (): number | undefined => h.list('DaemonSet')[0]!.status.observedGeneration;
    h.held = true;
    // Both its Pods and its own status are news that it has not heard when it counts again.
    for (let i = 0; i < 3; i++) {
      h.syncOnce('daemonset-controller', 'default/agent');
      expect(observed()).toBe(1);
    }
  });

  it('binds each pod to its node by affinity and leaves the placing to the scheduler', () => {
    const h = harness([daemonSetController]);
    addNode(h, 'n1');
    h.api.create(workload('DaemonSet', 'agent'));
    h.run();
    const pod = h.list('Pod')[0]!;
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
    const h = harness([daemonSetController]);
    for (const n of named(2)) addNode(h, n);
    h.api.create(workload('DaemonSet', 'agent'));
    h.run();
    h.api.delete('Node', '', 'n2');
    addNode(h, 'n3');
    h.run();
    expect(h.list('Pod')).toHaveLength(2);
  });

  it('writes nothing when nothing changes, not even after a restart', () => {
    const h = settled(3);
    h.restart();
    h.pass(3_600_000);
    expect(h.writes).toEqual([]);
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
          const h = settled(nodes, {
            template: image(15),
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate:
                surging && !zero
                  ? { maxSurge: value, maxUnavailable: 0 }
                  : { maxSurge: 0, maxUnavailable: zero ? 1 : value },
            },
          });
          const ds = h.list('DaemonSet')[0]!;
          const surge = surgeOf(ds, nodes);
          const least = surge > 0 ? nodes : nodes - Math.max(1, unavailableOf(ds, nodes));
          h.afterWrite = () => {
            const nodesServed = new Set(serving(h).map((p) => p.spec.nodeName));
            expect(nodesServed.size).toBeGreaterThanOrEqual(least);
            if (surge === 0) expect(h.list('Pod').length).toBeLessThanOrEqual(nodes);
          };
          for (const n of images) {
            edit(h, 'DaemonSet', 'agent', { template: image(n) });
            for (let i = 0; i < 3; i++) {
              h.held = lag.next().value === 0;
              h.pass(300);
              playNodes(h, named(nodes), () => lag.next().value !== 0);
            }
          }
          h.held = false;
          converge(h, named(nodes));
          expect(
            h
              .list('Pod')
              .map((p) => p.spec.nodeName)
              .sort(),
          ).toEqual(named(nodes));
          expect(h.list('Pod').every((p) => p.spec.containers[0]!.image === `nginx:1.${images.at(-1)}`)).toBe(
            true,
          );
          expect(h.list('DaemonSet')[0]!.status).toMatchObject({
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
