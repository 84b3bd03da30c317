import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.ts';
import { forkState } from '../../kernel/fork.ts';
import { assumePod, dropNode, dropPod, emptySchedulerCache, setNode, type SchedulerCache } from './cache.ts';
import { newCycle } from './cyclestate.ts';
import { findNodes, newDiagnosis, scoreNodes } from './run.ts';
import { makeLookups, makeNode, makePod } from './testkit.ts';

const NODES = 40;

/** Nodes that differ in other things share their labels, so that only those changed. */
const LABELS = [0, 1, 2].map((zone) =>
  ['ssd', 'hdd'].map((disk) => ({ 'topology.kubernetes.io/zone': `z${zone}`, disk })),
);

/** Pods of four workloads: what one of them was told is told to the next. */
function podOf(name: string, workload: number): Pod {
  return makePod(name, {
    labels: { app: `app-${workload}` },
    requests: { cpu: workload === 0 ? '900m' : '200m', memory: '100Mi' },
    spec: {
      ...(workload === 1 ? { tolerations: [{ key: 'odd', operator: 'Exists' }] } : {}),
      ...(workload === 2 ? { nodeSelector: { disk: 'ssd' } } : {}),
      ...(workload === 3
        ? { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, hostPort: 80 }] }] }
        : {}),
    },
  });
}

/** What the nodes answer a pod, from a search that begins at `start`. */
function told(cache: SchedulerCache, pod: Pod, start: number, promised: string): unknown {
  const lookups = makeLookups({ services: [{ name: 's', selector: { app: 'app-0' } }] });
  const cycle = newCycle(pod, cache, lookups);
  const diagnosis = newDiagnosis();
  const guest = podOf('guest', 0);
  const feasible = findNodes(cycle, start, diagnosis, (node) => (node === promised ? [guest] : []));
  return {
    nodes: feasible.nodes.map((n) => n.name),
    processed: feasible.processed,
    refused: [...diagnosis.statuses].map(([node, status]) => [node, status.reasons]),
    scores: scoreNodes(cycle, feasible),
  };
}

describe('a search for nodes', () => {
  it('finds by answers to pods alike what it finds by asking anew', () => {
    const step = fc.record({
      what: fc.constantFrom('place', 'place', 'drop', 'node', 'nodeGone', 'ask'),
      node: fc.nat(NODES - 1),
      variant: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const cache = emptySchedulerCache();
        const node = (i: number, variant: number): ReturnType<typeof makeNode> =>
          makeNode(`n${i}`, {
            labels: LABELS[i % 3]![variant === 1 ? 1 : 0]!,
            allocatable: { cpu: '2', memory: '4Gi', pods: '4' },
            ...(variant === 2 ? { taints: [{ key: 'odd', effect: 'NoSchedule' }] } : {}),
            ...(variant === 3 ? { unschedulable: true } : {}),
          });
        for (let i = 0; i < NODES; i += 1) setNode(cache, node(i, 0));
        const placed: Pod[] = [];
        steps.forEach(({ what, node: at, variant }, i) => {
          const name = `n${at}`;
          if (what === 'place') {
            const pod = podOf(`p${i}`, variant);
            placed.push(pod);
            assumePod(cache, pod, name);
          } else if (what === 'drop' && placed.length > 0) {
            dropPod(cache, placed.splice(at % placed.length, 1)[0]!.metadata.uid);
          } else if (what === 'node') setNode(cache, node(at, variant));
          else if (what === 'nodeGone') dropNode(cache, name);
          const pod = podOf(`asks-${i}`, variant);
          // A copy has been told nothing.
          expect(told(cache, pod, at, name)).toEqual(told(forkState(cache), pod, at, name));
        });
      }),
      { numRuns: 50 },
    );
  });
});
