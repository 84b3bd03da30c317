/** Workloads of mixed kinds, by name: what users run side by side. */

const POD = (app: string, more = '', container = ''): string =>
  `metadata: {labels: {app: ${app}}}, spec: {${more}containers: [{name: c, image: nginx, ports: ` +
  `[{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}${container}}]}`;

const deployment = (name: string, replicas: number, more = '', container = '', spec = ''): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}}, spec: {replicas: ${replicas}, ` +
  `${spec}selector: {matchLabels: {app: ${name}}}, template: {${POD(name, more, container)}}}}`;
const statefulSet = (name: string, replicas: number, spec = ''): string =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: ${name}}, spec: {replicas: ${replicas}, ` +
  `serviceName: ${name}, ${spec}selector: {matchLabels: {app: ${name}}}, template: {${POD(name)}}}}`;
const daemonSet = (name: string, more = '', spec = ''): string =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: ${name}}, spec: {${spec}selector: ` +
  `{matchLabels: {app: ${name}}}, template: {${POD(name, more)}}}}`;
const budget = (name: string, rule: string): string =>
  `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: ${name}}, spec: {${rule}, ` +
  `selector: {matchLabels: {app: ${name}}}}}`;
const service = (name: string): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: ${name}-svc}, spec: {publishNotReadyAddresses: false, ` +
  `selector: {app: ${name}}, ports: [{port: 80}]}}`;
const priority = (name: string, value: number): string =>
  `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: ${value}}`;

const spread = (app: string, key: string, when: string, more = ''): string =>
  `topologySpreadConstraints: [{maxSkew: 1, topologyKey: ${key}, whenUnsatisfiable: ${when}, ` +
  `labelSelector: {matchLabels: {app: ${app}}}${more}}], `;
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const TOLERATE_ALL = 'tolerations: [{operator: Exists}], ';
const SIDECAR =
  'initContainers: [{name: proxy, image: busybox, command: [sleep, infinity], restartPolicy: Always}], ';

const all = (...manifests: string[]): string => `${manifests.join('\n---\n')}\n`;

export const SCENES: Readonly<Record<string, string>> = {
  deployments: all(deployment('web', 3), deployment('api', 2), budget('web', 'minAvailable: 1')),
  stateful: all(statefulSet('db', 3), budget('db', 'maxUnavailable: 1'), service('db')),
  'stateful-parallel': all(statefulSet('db', 3, 'podManagementPolicy: Parallel, '), deployment('web', 2)),
  daemons: all(daemonSet('agent'), deployment('web', 2), service('web')),
  'daemons-tolerating': all(daemonSet('agent', TOLERATE_ALL), statefulSet('db', 2)),
  'daemons-slow': all(
    daemonSet('agent', '', 'minReadySeconds: 10, updateStrategy: {rollingUpdate: {maxUnavailable: 50%}}, '),
    deployment('web', 2),
  ),
  quota: all(
    `{apiVersion: v1, kind: ResourceQuota, metadata: {name: all}, spec: {hard: {pods: '8'}}}`,
    deployment('web', 3),
    statefulSet('db', 2),
  ),
  priorities: all(
    priority('high', 1000),
    priority('low', 10),
    deployment('front', 3, 'priorityClassName: high, ', ', resources: {requests: {cpu: 700m}}'),
    deployment('back', 4, 'priorityClassName: low, ', ', resources: {requests: {cpu: 500m}}'),
  ),
  'spread-zones': all(
    deployment('web', 4, spread('web', ZONE, 'DoNotSchedule')),
    budget('web', 'minAvailable: 50%'),
  ),
  'spread-nodes': all(
    deployment('web', 4, spread('web', HOST, 'DoNotSchedule', ', nodeTaintsPolicy: Honor')),
    deployment('api', 3, spread('api', HOST, 'ScheduleAnyway')),
  ),
  tolerations: all(
    deployment(
      'quick',
      3,
      'tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, ' +
        'tolerationSeconds: 10}], ',
    ),
    daemonSet('agent'),
  ),
  sidecars: all(deployment('web', 3, SIDECAR), statefulSet('db', 2), budget('web', 'maxUnavailable: 1')),
  'slow-ends': all(
    deployment(
      'web',
      3,
      'terminationGracePeriodSeconds: 60, ',
      ', lifecycle: {preStop: {exec: {command: [sleep, "30"]}}}',
      'minReadySeconds: 20, ',
    ),
    budget('web', 'minAvailable: 2'),
  ),
  everything: all(
    deployment('web', 3, spread('web', ZONE, 'ScheduleAnyway')),
    statefulSet('db', 2),
    daemonSet('agent', TOLERATE_ALL),
    service('web'),
    service('db'),
    budget('web', 'maxUnavailable: 1'),
    budget('db', 'minAvailable: 1'),
  ),
};
