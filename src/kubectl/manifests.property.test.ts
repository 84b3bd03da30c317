import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './index.ts';

const CONTAINER = {
  name: 'web',
  image: 'nginx',
  ports: [{ containerPort: 80, name: 'http' }],
  env: [{ name: 'A', value: 'b' }],
  command: ['sh'],
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1' } },
  livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
  readinessProbe: { exec: { command: ['true'] } },
  lifecycle: { preStop: { exec: { command: ['sleep', '1'] } } },
  volumeMounts: [{ name: 'v', mountPath: '/v' }],
};
const POD_SPEC = {
  containers: [CONTAINER],
  initContainers: [{ name: 'init', image: 'busybox', restartPolicy: 'Always' }],
  nodeSelector: { disk: 'ssd' },
  terminationGracePeriodSeconds: 5,
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }],
  volumes: [{ name: 'v', emptyDir: {} }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
      },
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
};
const workload = (kind: string, spec: object): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', labels: { app: 'web' }, annotations: { a: 'b' } },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: POD_SPEC },
    ...spec,
  },
});
const OBJECTS: readonly object[] = [
  workload('Deployment', {
    replicas: 2,
    minReadySeconds: 1,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
  }),
  workload('StatefulSet', {
    replicas: 2,
    serviceName: 'web',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
  }),
  workload('DaemonSet', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } }),
  workload('ReplicaSet', { replicas: 2 }),
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: POD_SPEC },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { hard: { pods: '5', 'requests.cpu': '2' } },
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
    globalDefault: false,
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } },
  {
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } }],
  },
];

type Path = readonly (string | number)[];
function paths(value: unknown, here: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [here];
  return [
    ...(here.length > 0 ? [here] : []),
    ...Object.entries(value).flatMap(([k, v]) => paths(v, [...here, Array.isArray(value) ? Number(k) : k])),
  ];
}

function withValue(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const copy = Array.isArray(value) ? ([...value] as unknown[]) : { ...(value as object) };
  const at = copy as Record<string | number, unknown>;
  const next = withValue(at[key], rest, put);
  if (next === undefined) delete at[key];
  else at[key] = next;
  return Array.isArray(copy) ? copy.filter((x) => x !== undefined) : copy;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    -1,
    1.5,
    1e12,
    true,
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    'NaN',
    '-5',
    '110%',
    '0x10',
    'UPPER',
    'a/b/c',
    'é',
    '\u0000',
  ),
  fc.string(),
  fc.integer({ min: -9, max: 99_999 }).filter((n) => n < 50 || n > 30_000),
  fc.jsonValue(),
  // Larger numbers would be replicas by the million, which are made, and take their time.
);
const broken = fc.constantFrom(...OBJECTS).chain((object) => {
  const places = paths(object);
  return fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((o, [path, value]) => {
      try {
        return withValue(o, path, value);
      } catch {
        return o;
      }
    }, object),
  );
});

const base = Cluster.create({
  seed: 'manifests',
  nodes: 2,
  history: { keep: 'tail', tail: 500, hash: false },
});

it('any manifest is applied or refused in words, and the cluster goes on', () => {
  fc.assert(
    fc.property(fc.array(broken, { minLength: 1, maxLength: 3 }), (objects) => {
      const cluster = base.fork();
      const io = { readFile: (): string => '', stdin: objects.map((o) => JSON.stringify(o)).join('\n---\n') };
      const { code, stdout, stderr } = runKubectlLine(cluster, 'kubectl apply -f -', io);
      expect(code === 0 ? stdout : stderr).not.toBe('');
      expect(stderr).not.toMatch(/TypeError|is not a function|undefined \(reading|Cannot read properties/);
      cluster.pass(30_000);
      for (const line of [
        'get all,pdb,quota,cm,ns -A -o wide',
        'describe deployments,sts,ds,rs,pods,svc,pdb',
        'get all -o yaml',
      ]) {
        expect(runKubectlLine(cluster, `kubectl ${line}`, io).code).toBe(0);
      }
    }),
    { numRuns: 400 },
  );
});
