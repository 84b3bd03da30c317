/**
 * Faults of pods and containers in any company: what is struck is healed, and a fork or a restored copy
 * agrees.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runKubectlLine, startKubectl } from '../kubectl/index.ts';
import { Cluster } from '../sim/cluster.ts';
import { healFaults, strikeFault } from './healer.ts';
import { FAULTS } from './index.ts';
import { inOrder, type Strike } from './schedule.ts';
import { FaultError, type FaultWorld } from './types.ts';
import { PARTS } from './testing.ts';

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "nginx:1.15"
          ports: [{containerPort: 80}]
          resources: {requests: {cpu: 50m}, limits: {cpu: 100m, memory: 128Mi, ephemeral-storage: 1Gi}}
          readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}
          livenessProbe: {httpGet: {path: /index.html, port: 80}, periodSeconds: 5}
        - {name: sidecar, image: busybox, command: [sh, -c, sleep 1000000]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
`;
const WORLD: FaultWorld = {
  nodes: ['node-1', 'node-2'],
  zones: ['zone-a'],
  pods: ['app=web'],
  workloads: [{ kind: 'Deployment', name: 'web' }],
  budgets: ['web'],
};
const KINDS = [...FAULTS.filter((f) => f.family === 'pod').map((f) => f.kind), 'WrongImage', 'NodePowerLoss'];

const base = Cluster.create({ parts: PARTS, seed: 11, nodes: 2 });
runKubectlLine(base, 'kubectl apply -f -', { readFile: () => '', stdin: MANIFESTS });
base.pass(60_000);

const strike: fc.Arbitrary<Strike> = fc.record({
  atMs: fc.integer({ min: 0, max: 300_000 }),
  fault: fc
    .constantFrom(
      ...FAULTS.filter((f) => KINDS.includes(f.kind)).flatMap((f) => f.arbitrary(WORLD, fc) ?? []),
    )
    .chain((drawn) => drawn),
});

function play(cluster: Cluster, strikes: readonly Strike[]): void {
  const begin = cluster.now;
  for (const { atMs, fault } of inOrder(strikes)) {
    cluster.pass(begin + atMs - cluster.now);
    try {
      strikeFault(cluster, fault, {
        namespace: 'default',
        kubectl: (argv) => void startKubectl(cluster, argv, { readFile: () => '' }),
      });
    } catch (error) {
      // What it was to strike does not run just now.
      if (!(error instanceof FaultError)) throw error;
    }
  }
}

describe('any faults of pods and containers', () => {
  it('are healed when their time is over or on demand, and leave nothing behind', () => {
    let struck = 0;
    fc.assert(
      fc.property(fc.array(strike, { minLength: 1, maxLength: 6 }), fc.boolean(), (strikes, onDemand) => {
        const cluster = base.fork();
        play(cluster, strikes);
        struck += cluster.world.lasting.size;
        if (onDemand) healFaults(cluster);
        else cluster.pass(11 * 60_000);
        expect([...cluster.world.lasting.keys(), ...cluster.world.unpullable]).toEqual([]);
        const faults = [...cluster.world.machines.values()]
          .flatMap((m) => [...m.containers.values()])
          .filter((c) => c.state === 'running')
          .flatMap((c) => [...c.faults.keys()]);
        expect(faults).toEqual([]);
        cluster.pass(30 * 60_000);
        const { status, spec } = cluster.client().get('Deployment', 'default', 'web');
        expect([
          status.availableReplicas,
          status.updatedReplicas,
          spec.template.spec!.containers[0]!.image,
        ]).toEqual([3, 3, 'nginx:1.15']);
        expect(
          cluster
            .client()
            .list('Pod')
            .flatMap((p) => p.status.containerStatuses ?? [])
            .filter((s) => s.state?.running && !s.ready),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(struck).toBeGreaterThan(0);
  });

  it('give one history, saved in their middle or not', () => {
    fc.assert(
      fc.property(
        fc.array(strike, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 200_000 }),
        (strikes, laterMs) => {
          const cluster = base.fork();
          play(cluster, strikes);
          cluster.pass(laterMs);
          const restored = Cluster.restore(cluster.snapshot(), PARTS);
          for (const each of [cluster, restored]) each.pass(15 * 60_000);
          expect(restored.hash()).toBe(cluster.hash());
        },
      ),
      { numRuns: 30 },
    );
  });
});
