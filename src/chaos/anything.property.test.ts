import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runKubectlLine, startKubectlLine } from '../kubectl/index.ts';
import { ApiError } from '../sim/api/errors.ts';
import { Cluster } from '../sim/cluster.ts';
import { cutOffFromControlPlane, reconnectToControlPlane } from '../sim/network/index.ts';
import {
  powerOff,
  powerOn,
  reboot,
  shutdownGracefully,
  startKubelet,
  startRuntime,
  stopKubelet,
  stopRuntime,
} from '../sim/node/index.ts';
import { budget, deployment, service } from '../sim/testing.ts';
import { PARTS } from './testing.ts';

const io = {
  readFile: (): string => {
    throw new Error('no files');
  },
};
const pods = (app: string): object => ({
  selector: { matchLabels: { app } },
  template: {
    metadata: { labels: { app } },
    spec: {
      containers: [
        {
          name: 'web',
          image: 'nginx:1.15',
          livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 3 },
        },
      ],
    },
  },
});
const WORKLOADS = [
  deployment('web', { replicas: 3, readiness: true }),
  service('web'),
  budget('web', { minAvailable: 1 }),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'default' },
    spec: { serviceName: 'db', replicas: 3, ...pods('db') },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: pods('agent'),
  },
];

type Act = (c: Cluster, node: string) => void;
const PHYSICAL: readonly Act[] = [
  powerOff,
  powerOn,
  (c, n) => reboot(c, n, 5000),
  shutdownGracefully,
  stopKubelet,
  startKubelet,
  stopRuntime,
  startRuntime,
  (c, n) => cutOffFromControlPlane(c, n),
  (c, n) => reconnectToControlPlane(c, n),
  (c) => c.control.setServerUp(false, c.by),
  (c) => c.control.setServerUp(true, c.by),
  (c) => c.control.setQuorum(false, c.by),
  (c) => c.control.setQuorum(true, c.by),
  (c) => c.control.stop('kube-scheduler', c.by),
  (c) => c.control.start('kube-scheduler', c.by),
  (c) => c.control.stop('kube-controller-manager', c.by),
  (c) => c.control.start('kube-controller-manager', c.by),
];
const LINES = [
  'scale deploy web --replicas=1',
  'scale deploy web --replicas=5',
  'set image deploy/web web=nginx:1.16',
  'rollout undo deploy/web',
  'rollout restart deploy/web',
  'rollout restart sts/db',
  'rollout restart ds/agent',
  'rollout pause deploy/web',
  'rollout resume deploy/web',
  'delete pod -l app=web --wait=false',
  'delete pod -l app=db --wait=false --grace-period=0 --force',
  'delete deploy web --cascade=orphan --wait=false',
  'delete sts db --wait=false',
  'delete node node-3 --wait=false',
  'delete namespace default --wait=false',
  'label pods --all x=y --overwrite',
  'label pods --all app-',
  'taint node node-2 a=b:NoExecute --overwrite',
  'taint node node-2 a-',
  'cordon node-1',
  'uncordon node-1',
  'drain node-1 --ignore-daemonsets --force',
  'scale sts db --replicas=1',
  'get all -A',
  'get pods -o yaml',
  'get pods --watch',
  'describe pods',
  'describe nodes',
  'get events',
];
const ACTS: readonly Act[] = [
  ...PHYSICAL,
  ...LINES.map(
    (line): Act =>
      (c) => {
        if (line.startsWith('drain')) startKubectlLine(c, `kubectl ${line}`, io);
        else runKubectlLine(c, `kubectl ${line}`, io);
      },
  ),
];

const base = Cluster.create({ parts: PARTS, seed: 'anything', nodes: 3 });
for (const object of WORKLOADS) base.client().create(object);
base.pass(20_000);

const plan = fc.array(
  fc.tuple(fc.nat(ACTS.length - 1), fc.constantFrom('node-1', 'node-2', 'node-3'), fc.nat(120_000)),
  { minLength: 1, maxLength: 12 },
);

function play(c: Cluster, acts: readonly (readonly [number, string, number])[]): void {
  for (const [which, node, ms] of acts) {
    try {
      c.operation(`act ${which}`);
      ACTS[which]!(c, node);
    } catch (error) {
      // The server may be down, and says so; anything else is a defect.
      if (!(error instanceof ApiError)) throw error;
    }
    c.pass(ms);
  }
}

it(
  'whatever is done to a cluster, nothing breaks, and the same seed tells the same story, forked, saved ' +
    'or restored',
  () => {
    fc.assert(
      fc.property(fc.nat(), plan, fc.nat(12), (seed, acts, cut) => {
        const once = base.fork({ seed });
        play(once, acts);
        once.control.setServerUp(true, once.by);
        once.control.setQuorum(true, once.by);
        once.pass(600_000);
        const again = base.fork({ seed });
        play(again, acts.slice(0, cut));
        const restored = Cluster.restore(again.snapshot(), PARTS);
        play(restored, acts.slice(cut));
        restored.control.setServerUp(true, restored.by);
        restored.control.setQuorum(true, restored.by);
        restored.pass(600_000);
        expect(restored.hash()).toBe(once.hash());
        expect(once.kernel.queue.pending().length).toBeLessThan(2000);
      }),
      { numRuns: 30 },
    );
  },
);
