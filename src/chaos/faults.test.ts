import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster, type NodeOptions } from '../sim/cluster.ts';
import type { ClusterConfig } from '../sim/config.ts';
import { encodeState } from '../sim/kernel/snapshot.ts';
import { declareMetric, findContainer } from '../sim/node/index.ts';
import { runKubectlLine, startKubectl } from '../kubectl/index.ts';
import { activeFaults, healFaults, strikeFault } from './healer.ts';
import { FAULTS, standardFaults } from './index.ts';
import { callOf, scheduleOfTable, tableOfSchedule, wordsOf } from './schedule.ts';
import { FaultError, type Fault, type FaultCall, type FaultWorld } from './types.ts';
import { PARTS } from './testing.ts';

const IO = { readFile: () => '' };
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
          resources: {limits: {memory: 128Mi}}
          readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {pods: "20"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {level: info}
---
apiVersion: v1
kind: Secret
metadata: {name: password}
data: {text: b2xk}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: now, resources: {requests: {storage: 1Gi}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: now}
provisioner: disk.csi.seatrial.dev
---
apiVersion: batch/v1
kind: Job
metadata: {name: count}
spec:
  backoffLimit: 1000
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers: [{name: count, image: busybox, command: [sleep, "1000000"]}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: 0 0 * * *
  jobTemplate:
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [sleep, "5"]}]}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: robots}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: robot, namespace: default}]
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.shop.example.com}
spec:
  group: shop.example.com
  version: v1
  groupPriorityMinimum: 1000
  versionPriority: 15
  insecureSkipTLSVerify: true
  service: {namespace: default, name: web, port: 80}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: check}
webhooks:
  - name: check.example.com
    clientConfig: {url: "https://check.example.com/"}
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    failurePolicy: Fail
    sideEffects: None
    admissionReviewVersions: [v1]
`;
const WORLD: FaultWorld = {
  nodes: ['node-1', 'node-2', 'node-3'],
  zones: ['zone-a', 'zone-b'],
  pods: ['app=web'],
  workloads: [{ kind: 'Deployment', name: 'web' }],
  budgets: ['web'],
  quotas: ['quota'],
  configMaps: ['settings'],
  secrets: ['password'],
  claims: ['data'],
  jobs: ['count'],
  cronJobs: ['nightly'],
  definitions: ['widgets.example.com'],
  webhooks: ['check.example.com'],
  apiServices: ['v1.shop.example.com'],
  ingresses: ['web'],
  gateways: ['front'],
  policies: ['web'],
  nodeGroups: ['node'],
  accounts: ['robot'],
  bindings: ['robots'],
  metrics: ['queue'],
};

/** Faults that only a control plane on nodes can have. */
const OF_NODES = ['ComponentStop', 'EtcdLeaderLoss', 'DnsPodsLost'];
/** Those of a cloud that the cluster autoscaler asks. */
const OF_GROUPS = ['NodeGroupExhausted', 'NodeProvisionSlow', 'ClusterAutoscalerDown'];
const PLANE_NODES = ['node-1', 'node-2', 'node-3'];

let base: Cluster;
let plane: Cluster;
let managed: Cluster;
beforeAll(() => {
  const made = (nodes: NodeOptions[], config: Partial<ClusterConfig> = {}): Cluster => {
    const cluster = Cluster.create({ parts: PARTS, seed: 3, nodes, config });
    runKubectlLine(cluster, 'kubectl apply -f -', { ...IO, stdin: MANIFESTS });
    declareMetric(cluster, 'queue', '10');
    cluster.pass(30_000);
    // A change to roll back to.
    runKubectlLine(cluster, 'kubectl set image deploy/web web=nginx:1.16', IO);
    cluster.pass(60_000);
    return cluster;
  };
  const three = [{ name: 'node-1' }, { name: 'node-2' }, { name: 'node-3', zone: 'zone-b' }];
  base = made(three);
  managed = made(three, { clusterAutoscaler: '--nodes=3:4:node' });
  plane = made(PLANE_NODES.map((name) => ({ name, controlPlane: true, taints: [] })));
});

const options = (cluster: Cluster): { namespace: string; kubectl: (argv: readonly string[]) => void } => ({
  namespace: 'default',
  kubectl: (argv) => {
    const { code, pieces } = startKubectl(cluster, argv, IO);
    if (code !== undefined && code !== 0) throw new FaultError(pieces.map((p) => JSON.stringify(p)).join(''));
  },
});
const strike = (cluster: Cluster, call: FaultCall): ReturnType<typeof strikeFault> =>
  strikeFault(cluster, call, options(cluster));

/** What a remedy undoes. */
const BEFORE: Readonly<Record<string, string>> = { NodePowerOn: 'NodePowerLoss', NodeUncordon: 'NodeCordon' };
function prepared(call: FaultCall): Cluster {
  const cluster = (
    OF_NODES.includes(call.kind) ? plane : OF_GROUPS.includes(call.kind) ? managed : base
  ).fork();
  const before = BEFORE[call.kind];
  if (before !== undefined) strike(cluster, { ...call, kind: before });
  return cluster;
}

const callsOf = (fault: Fault): FaultCall[] =>
  fc.sample(
    fault.arbitrary(OF_NODES.includes(fault.kind) ? { ...WORLD, controlPlane: PLANE_NODES } : WORLD, fc)!,
    { numRuns: 6, seed: 7 },
  );

/** Every node Ready and open, every replica available. */
function ailments(cluster: Cluster): string[] {
  const client = cluster.client();
  const ready = (o: { status: { conditions?: readonly { type: string; status: string }[] } }): boolean =>
    o.status.conditions?.find((c) => c.type === 'Ready')?.status === 'True';
  const { status, spec } = client.get('Deployment', 'default', 'web');
  return [
    ...client
      .list('Node')
      .flatMap((n) => [
        ...(ready(n) ? [] : [`${n.metadata.name} is not ready`]),
        ...(n.spec.taints ?? []).map((t) => `${n.metadata.name} is tainted ${t.key}`),
      ]),
    ...(client.list('Node').length === 3 ? [] : ['there are not three nodes']),
    ...(spec.replicas === 3 && status.availableReplicas === 3 && status.updatedReplicas === 3
      ? []
      : [`web has ${status.availableReplicas ?? 0} of ${spec.replicas} available`]),
  ];
}

/** Which of a cluster's own processes run; not those of commands and of healing. */
const upOf = (cluster: Cluster): string =>
  [...cluster.kernel.processes.values()]
    .filter((p) => p.component !== 'kubectl' && p.component !== 'chaos')
    .map((p) => `${p.name} ${p.up}`)
    .join('\n');

describe.each(FAULTS.map((f) => [f.kind, f] as const))('%s', (kind, fault) => {
  it('is in the catalogue under its name, and says what it is in two languages', () => {
    expect(standardFaults.named(kind)).toBe(fault);
    expect(fault.about).toMatch(/\.$/);
    expect(fault.heals).toMatch(/\.$/);
    expect(fault.phrases.length).toBeGreaterThan(0);
    for (const p of fault.phrases) {
      expect(p.en.match(/\{\w+\}/g) ?? []).toHaveLength(p.fields.length);
      expect([...p.jaFields].sort()).toEqual([...p.fields].sort());
    }
    for (const p of fault.parameters) expect(p.about).not.toBe('');
  });

  it('is said in tables as it is drawn', () => {
    for (const call of callsOf(fault)) {
      expect(callOf(kind, wordsOf(call))).toEqual(call);
      const schedule = [{ atMs: 5000, fault: call }];
      expect(scheduleOfTable(tableOfSchedule(schedule))).toEqual(schedule);
    }
  });

  it('strikes, names what it met, and leaves a trace in the history', () => {
    for (const call of callsOf(fault)) {
      const cluster = prepared(call);
      const before = cluster.history.length;
      const struck = strike(cluster, call);
      expect(struck.targets.length).toBeGreaterThan(0);
      expect(cluster.history.length).toBeGreaterThan(before);
      expect(JSON.parse(JSON.stringify(struck))).toEqual(struck);
    }
  });

  it('touches nothing below the API unless it says that it needs to', () => {
    const touched = callsOf(fault).map((call) => {
      const cluster = prepared(call);
      const [world, processes] = [encodeState(cluster.world), upOf(cluster)];
      strike(cluster, call);
      healFaults(cluster);
      return encodeState(cluster.world) !== world || upOf(cluster) !== processes;
    });
    if (fault.needs === 'api') expect(touched).not.toContain(true);
  });

  it('is over when its time is, and the cluster is well again', () => {
    for (const call of callsOf(fault)) {
      const cluster = prepared(call);
      strike(cluster, fault.heal === undefined ? call : { ...call, forMs: 120_000 });
      cluster.pass(150_000);
      if (!fault.remedy) expect(activeFaults(cluster).map((f) => f.call.kind)).toEqual([]);
      cluster.pass(40 * 60_000);
      healFaults(cluster);
      cluster.pass(10 * 60_000);
      expect(ailments(cluster)).toEqual([]);
    }
  });

  it('heals on demand, saved and restored or not', () => {
    if (fault.heal === undefined) return;
    for (const { forMs: _, ...call } of callsOf(fault)) {
      const cluster = prepared(call);
      strike(cluster, call);
      cluster.pass(90_000);
      const restored = Cluster.restore(cluster.snapshot(), PARTS);
      for (const c of [cluster, restored]) {
        healFaults(c);
        c.pass(40 * 60_000);
      }
      expect(ailments(cluster)).toEqual([]);
      expect(restored.hash()).toBe(cluster.hash());
    }
  });

  it('meets no target: an error, not a pass', () => {
    const nowhere: Partial<FaultCall> = {
      node: 'node-9',
      otherNode: 'node-8',
      zone: 'nowhere',
      nodeSelector: 'pool=none',
      pod: 'nobody',
      selector: 'app=nobody',
      workload: { kind: 'Deployment', name: 'nothing' },
      budget: 'none',
      quota: 'none',
      configMap: 'none',
      secret: 'none',
      claim: 'none',
      job: 'none',
      cronJob: 'none',
    };
    for (const call of callsOf(fault)) {
      const aimed = Object.keys(call).filter((f) => f in nowhere);
      if (aimed.length === 0) continue;
      const missing = {
        ...call,
        ...Object.fromEntries(aimed.map((f) => [f, nowhere[f as keyof FaultCall]])),
      } as FaultCall;
      expect(() => strike(base.fork(), missing)).toThrow(FaultError);
    }
  });
});

describe('faults that overlap', () => {
  it('are undone when the last that holds a target is over', () => {
    const cluster = base.fork();
    strike(cluster, { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 });
    cluster.pass(30_000);
    strike(cluster, { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 });
    cluster.pass(45_000);
    expect(cluster.world.machines.get('node-1')!.power).not.toBe('on');
    cluster.pass(60_000);
    expect(cluster.world.machines.get('node-1')!.power).toBe('on');
  });

  it('are not held by one whose target is gone, although another has its name', () => {
    const cluster = base.fork();
    cluster
      .client()
      .create({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'named', namespace: 'default' },
        spec: {
          replicas: 1,
          serviceName: 'named',
          selector: { matchLabels: { app: 'named' } },
          template: {
            metadata: { labels: { app: 'named' } },
            spec: { containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] },
          },
        },
      } as never);
    cluster.pass(30_000);
    strike(cluster, { kind: 'ContainerRefuse', pod: 'named-0', forMs: 300_000 });
    cluster.client().delete('Pod', 'default', 'named-0');
    cluster.pass(60_000);
    strike(cluster, { kind: 'ContainerRefuse', pod: 'named-0', forMs: 10_000 });
    const { uid } = cluster.client().get('Pod', 'default', 'named-0').metadata;
    const { container } = findContainer(cluster, { podUid: uid, container: 'c' });
    expect(container.faults.has('refuse')).toBe(true);
    cluster.pass(11_000);
    expect(container.faults.has('refuse')).toBe(false);
  });

  it.each([
    [30_000, 120_000],
    [120_000, 30_000],
  ])('put back what was there before the first, whichever ends first (%i ms, %i ms)', (firstMs, secondMs) => {
    const workload = { kind: 'Deployment', name: 'web' } as const;
    const image = (c: Cluster): string | undefined =>
      c.client().get('Deployment', 'default', 'web').spec.template.spec!.containers[0]!.image;
    for (const [a, b] of [
      [
        { kind: 'Scale', workload, replicas: 5 },
        { kind: 'Scale', workload, replicas: 5 },
      ],
      [
        { kind: 'Scale', workload, replicas: 5 },
        { kind: 'Scale', workload, replicas: 1 },
      ],
      [
        { kind: 'WrongImage', workload },
        { kind: 'WrongImage', workload },
      ],
      [
        { kind: 'WrongImage', workload },
        { kind: 'ImageUpdate', workload, image: 'nginx:1.28' },
      ],
      [
        { kind: 'ConfigUpdate', workload, value: 'changed' },
        { kind: 'ConfigUpdate', workload, value: 'again' },
      ],
      [
        { kind: 'BudgetChanged', budget: 'web', value: '100%' },
        { kind: 'BudgetChanged', budget: 'web', value: '0' },
      ],
      [
        { kind: 'QuotaLowered', quota: 'quota', resource: 'pods', amount: '1' },
        { kind: 'QuotaLowered', quota: 'quota', resource: 'pods', amount: '0' },
      ],
      [
        { kind: 'ConfigMapChanged', configMap: 'settings', key: 'level', content: 'changed' },
        { kind: 'ConfigMapChanged', configMap: 'settings', key: 'level', content: 'again' },
      ],
      [
        { kind: 'SecretRotated', secret: 'password', key: 'text', content: 'rotated' },
        { kind: 'SecretRotated', secret: 'password', key: 'text', content: 'again' },
      ],
      [
        { kind: 'NodeLabel', node: 'node-1', key: 'pool', value: 'a' },
        { kind: 'NodeLabel', node: 'node-1', key: 'pool', value: 'b' },
      ],
    ] as [FaultCall, FaultCall][]) {
      const cluster = base.fork();
      strike(cluster, { ...a, forMs: firstMs });
      cluster.pass(10_000);
      strike(cluster, { ...b, forMs: secondMs });
      cluster.pass(20 * 60_000);
      expect(ailments(cluster)).toEqual([]);
      expect(image(cluster)).toBe(image(base));
      expect(
        cluster.client().get('Deployment', 'default', 'web').spec.template.metadata?.annotations,
      ).toBeUndefined();
      expect(cluster.client().get('PodDisruptionBudget', 'default', 'web').spec).toEqual(
        base.client().get('PodDisruptionBudget', 'default', 'web').spec,
      );
      expect(cluster.client().get('ResourceQuota', 'default', 'quota').spec).toEqual(
        base.client().get('ResourceQuota', 'default', 'quota').spec,
      );
      expect(cluster.client().get('ConfigMap', 'default', 'settings').data).toEqual({ level: 'info' });
      expect(cluster.client().get('Secret', 'default', 'password').data).toEqual({ text: 'b2xk' });
      expect(cluster.client().get('Node', '', 'node-1').metadata.labels).not.toHaveProperty('pool');
    }
  });

  it('are healed when the API server, on which one depends, is healed too', () => {
    const cluster = base.fork();
    strike(cluster, { kind: 'NodeCordon', node: 'node-1' });
    strike(cluster, { kind: 'ApiServerDown' });
    cluster.pass(10_000);
    expect(healFaults(cluster)).toEqual(['ApiServerDown', 'NodeCordon']);
    expect(cluster.client().get('Node', '', 'node-1').spec.unschedulable).toBeUndefined();
  });
});

it('a rolling reboot is drawn over several nodes', () => {
  const rolling = FAULTS.find((f) => f.kind === 'NodeRollingReboot')!;
  for (const call of fc.sample(rolling.arbitrary(WORLD, fc)!, 20)) expect(call.node).toBeUndefined();
});

describe('how many of them', () => {
  const powerless = (mode: string): number =>
    strike(base.fork(), { kind: 'NodePowerLoss', mode }).targets.length;
  it.each([
    ['one', 1],
    ['2', 2],
    ['all', 3],
    ['50%', 2],
    ['34%', 2],
    ['1%', 1],
    ['9', 3],
  ])('%s of three nodes is %i', (mode, n) => expect(powerless(mode)).toBe(n));
  it.each(['0', '101%', 'none', '-1', ''])('"%s" is refused', (mode) =>
    expect(() => powerless(mode)).toThrow(/how many/),
  );
});
