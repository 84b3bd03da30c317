/** What the API server adds to objects: defaults, QoS classes, initial status. */
import { defaulted } from '../../sim/api/resources/testing.ts';
import { qosClass } from '../../sim/api/strategy/qos.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { container, object, pod, podOf, prepared, service, template, workload, type Fields } from './api-objects.ts';

/** The value at a dotted path of the defaulted object; null where there is none. */
function at(draft: KubeObject, path: string, ready = defaulted(draft)): unknown {
  let value: unknown = ready;
  for (const key of path.split('.')) value = (value as Fields | undefined)?.[key];
  return value ?? null;
}

const http = { httpGet: { port: 80 } };
const DEFAULTS: readonly [string, KubeObject, string, unknown][] = [
  ['probe', podOf(container({ livenessProbe: http })), 'spec.containers.0.livenessProbe',
    { httpGet: { port: 80, path: '/', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }],
  ['probe keeps what is given', podOf(container({ readinessProbe: { ...http, timeoutSeconds: 2, periodSeconds: 3, successThreshold: 4, failureThreshold: 5 } })), 'spec.containers.0.readinessProbe.failureThreshold', 5],
  ['gRPC service', podOf(container({ startupProbe: { grpc: { port: 1 } } })), 'spec.containers.0.startupProbe.grpc.service', ''],
  ['life cycle handler', podOf(container({ lifecycle: { preStop: http } })), 'spec.containers.0.lifecycle.preStop.httpGet.path', '/'],
  ['restart policy', pod(), 'spec.restartPolicy', 'Always'],
  ['DNS policy', pod(), 'spec.dnsPolicy', 'ClusterFirst'],
  ['scheduler', pod(), 'spec.schedulerName', 'default-scheduler'],
  ['grace period', pod(), 'spec.terminationGracePeriodSeconds', 30],
  ['a grace period of 0 stays', pod({ terminationGracePeriodSeconds: 0 }), 'spec.terminationGracePeriodSeconds', 0],
  ['service links', pod(), 'spec.enableServiceLinks', true],
  ['no service links in a template', workload('ReplicaSet'), 'spec.template.spec.enableServiceLinks', null],
  ['security context', pod(), 'spec.securityContext', {}],
  ['port protocol', podOf(container({ ports: [{ containerPort: 1 }] })), 'spec.containers.0.ports.0.protocol', 'TCP'],
  ["host port with the host's network", pod({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 8080 }] })] }), 'spec.containers.0.ports.0.hostPort', 8080],
  ["no host port in a template", workload('Deployment', { template: template({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 8080 }] })] }) }), 'spec.template.spec.containers.0.ports.0.hostPort', null],
  ['field reference', podOf(container({ env: [{ name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] })), 'spec.containers.0.env.0.valueFrom.fieldRef.apiVersion', 'v1'],
  ['requests from limits', podOf(container({ resources: { limits: { cpu: '100m', memory: '1Gi' }, requests: { cpu: '50m' } } })), 'spec.containers.0.resources.requests', { cpu: '50m', memory: '1Gi' }],
  ['no requests from limits in a template', workload('ReplicaSet', { template: template({ containers: [container({ resources: { limits: { cpu: '1' } } })] }) }), 'spec.template.spec.containers.0.resources.requests', null],
  ['requests rounded up to thousandths', podOf(container({ resources: { requests: { cpu: '0.0001', memory: '5.1' } } })), 'spec.containers.0.resources.requests', { cpu: '1m', memory: '5100m' }],
  ['volume without a source', pod({ volumes: [{ name: 'v' }] }), 'spec.volumes.0.emptyDir', {}],
  ['mode of a secret', pod({ volumes: [{ name: 'v', secret: { secretName: 's' } }] }), 'spec.volumes.0.secret.defaultMode', 420],
  ['old name of the service account', pod({ serviceAccount: 'robot' }), 'spec.serviceAccountName', 'robot'],
  ['pull policy of a tag', podOf(container({ image: 'foo:1' })), 'spec.containers.0.imagePullPolicy', 'IfNotPresent'],
  ['pull policy without a tag', podOf(container({ image: 'foo' })), 'spec.containers.0.imagePullPolicy', 'Always'],
  ['pull policy of latest', podOf(container({ image: 'host:5000/foo:latest' })), 'spec.containers.0.imagePullPolicy', 'Always'],
  ['pull policy of a digest', podOf(container({ image: 'foo@sha256:e0b2' })), 'spec.containers.0.imagePullPolicy', 'IfNotPresent'],

  ['Deployment strategy', workload('Deployment'), 'spec.strategy', { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } }],
  ['Deployment with a surge of its own', workload('Deployment', { strategy: { rollingUpdate: { maxSurge: 3 } } }), 'spec.strategy', { rollingUpdate: { maxSurge: 3, maxUnavailable: '25%' }, type: 'RollingUpdate' }],
  ['Deployment, Recreate', workload('Deployment', { strategy: { type: 'Recreate' } }), 'spec.strategy', { type: 'Recreate' }],
  ['Deployment replicas', workload('Deployment'), 'spec.replicas', 1],
  ['Deployment at 0 stays', workload('Deployment', { replicas: 0 }), 'spec.replicas', 0],
  ['Deployment history', workload('Deployment'), 'spec.revisionHistoryLimit', 10],
  ['Deployment deadline', workload('Deployment'), 'spec.progressDeadlineSeconds', 600],
  ['ReplicaSet replicas', workload('ReplicaSet'), 'spec.replicas', 1],
  ['DaemonSet strategy', workload('DaemonSet'), 'spec.updateStrategy', { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }],
  ['DaemonSet, OnDelete', workload('DaemonSet', { updateStrategy: { type: 'OnDelete' } }), 'spec.updateStrategy', { type: 'OnDelete' }],
  ['StatefulSet strategy', workload('StatefulSet'), 'spec.updateStrategy', { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
  ['StatefulSet, a given RollingUpdate without bounds', workload('StatefulSet', { updateStrategy: { type: 'RollingUpdate' } }), 'spec.updateStrategy', { type: 'RollingUpdate' }],
  ['StatefulSet management', workload('StatefulSet'), 'spec.podManagementPolicy', 'OrderedReady'],
  ['StatefulSet claims', workload('StatefulSet'), 'spec.persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Retain', whenScaled: 'Retain' }],

  ['Service type', service(), 'spec.type', 'ClusterIP'],
  ['Service affinity', service(), 'spec.sessionAffinity', 'None'],
  ['Service affinity time', service({ sessionAffinity: 'ClientIP' }), 'spec.sessionAffinityConfig', { clientIP: { timeoutSeconds: 10_800 } }],
  ['Service target port', service({ ports: [{ port: 1234 }] }), 'spec.ports.0', { port: 1234, protocol: 'TCP', targetPort: 1234 }],
  ['Service target port of a name', service({ ports: [{ port: 1234, targetPort: 'foobar' }] }), 'spec.ports.0.targetPort', 'foobar'],
  ['external traffic of a NodePort', service({ type: 'NodePort' }), 'spec.externalTrafficPolicy', 'Cluster'],
  ['external traffic of external addresses', service({ externalIPs: ['1.2.3.4'] }), 'spec.externalTrafficPolicy', 'Cluster'],
  ['no external traffic of a ClusterIP', service(), 'spec.externalTrafficPolicy', null],
  ['internal traffic', service(), 'spec.internalTrafficPolicy', 'Cluster'],
  ['no internal traffic of ExternalName', service({ type: 'ExternalName' }), 'spec.internalTrafficPolicy', null],
  ['node ports of a load balancer', service({ type: 'LoadBalancer' }), 'spec.allocateLoadBalancerNodePorts', true],
  ['Secret type', object('v1', 'Secret', undefined), 'type', 'Opaque'],
  ['PriorityClass preemption', object('scheduling.k8s.io/v1', 'PriorityClass', undefined, {}, false), 'preemptionPolicy', 'PreemptLowerPriority'],
  ['Namespace label', object('v1', 'Namespace', {}, {}, false), 'metadata.labels', { 'kubernetes.io/metadata.name': 'abc' }],
  ['Node allocatable', { ...object('v1', 'Node', {}, {}, false), status: { capacity: { cpu: '1000m' } } }, 'status.allocatable', { cpu: '1' }],
  ['status of a condition in a failure policy', workload('Job', { template: template({ restartPolicy: 'Never' }), podFailurePolicy: { rules: [
    { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }, { type: 'X', status: 'False' }] }] } }), 'spec.podFailurePolicy.rules.1.onPodConditions',
    [{ type: 'DisruptionTarget', status: 'True' }, { type: 'X', status: 'False' }]],
];

const list = (cpu: string, memory: string): Fields => ({ ...(cpu === '' ? {} : { cpu }), ...(memory === '' ? {} : { memory }) });
const asks = (requests: Fields, limits: Fields): Fields => ({ resources: { requests, limits } });
const none = asks({}, {});
const full = asks(list('100m', '100Mi'), list('100m', '100Mi'));
const QOS: readonly [string, Fields[], Fields[], Fields | undefined, string][] = [
  ['all the same', [full], [], undefined, 'Guaranteed'],
  ['two of them', [full, full], [], undefined, 'Guaranteed'],
  ['nothing asked', [none], [], undefined, 'BestEffort'],
  ['nothing asked twice', [none, none], [], undefined, 'BestEffort'],
  ['one asks', [none, asks(list('1', ''), list('2', ''))], [], undefined, 'Burstable'],
  ['one of two guaranteed', [none, asks(list('10m', '100Mi'), list('10m', '100Mi'))], [], undefined, 'Burstable'],
  ['memory only', [asks(list('', '100Mi'), list('', '100Mi'))], [], undefined, 'Burstable'],
  ['no limits', [asks(list('100m', '100Mi'), {})], [], undefined, 'Burstable'],
  ['limits above', [asks(list('1', '100Mi'), list('2', '100Mi')), full], [], undefined, 'Burstable'],
  ['sums that match by chance', [asks(list('100m', '100Mi'), list('200m', '200Mi')), asks(list('100m', '100Mi'), {})], [], undefined, 'Burstable'],
  ['requests of 0', [asks(list('0', '0'), list('100m', '200Mi'))], [], undefined, 'Burstable'],
  ['huge pages alone', [asks({ ...list('0', '0'), 'hugepages-2Mi': '1Gi' }, { ...list('0', '0'), 'hugepages-2Mi': '1Gi' })], [], undefined, 'BestEffort'],
  ['an init container asks', [none], [asks(list('10m', '100Mi'), list('100m', '200Mi'))], undefined, 'Burstable'],
  ['the Pod as a whole', [none], [], asks(list('10m', '100Mi'), list('10m', '100Mi')), 'Guaranteed'],
  ['the Pod as a whole, whatever its containers', [asks(list('3m', '10Mi'), list('5m', '20Mi'))], [], asks(list('10m', '100Mi'), list('10m', '100Mi')), 'Guaranteed'],
  ['the Pod as a whole with limits above', [none], [], asks(list('10m', '10Mi'), list('20m', '50Mi')), 'Burstable'],
  ['the Pod as a whole without limits', [asks(list('5m', '10Mi'), {})], [], asks(list('10m', '10Mi'), {}), 'Burstable'],
];

const STATUS: readonly [string, KubeObject, unknown][] = [
  ['Pod', pod({ restartPolicy: 'Never' }), { phase: 'Pending', qosClass: 'BestEffort' }],
  ['ReplicaSet', workload('ReplicaSet'), { replicas: 0 }],
  ['Service', service(), { loadBalancer: {} }],
  ['Namespace', object('v1', 'Namespace', {}, {}, false), { phase: 'Active' }],
  ['PodDisruptionBudget', object('policy/v1', 'PodDisruptionBudget', {}), { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }],
];

const cases: ConformanceCase[] = [
  ...DEFAULTS.map(([name, draft, path, expected]) => ({ name, run: () => at(draft, path), expected })),
  ...QOS.map(([name, containers, initContainers, whole, expected]) => ({
    name: `QoS: ${name}`, run: () => qosClass({ containers, initContainers, ...whole } as never), expected,
  })),
  ...STATUS.map(([name, draft, expected]) => ({ name: `a status that is given is dropped: ${name}`, run: () => prepared({ ...draft, status: { phase: 'Running', replicas: 7 } }).status, expected })),
];

export const defaultingCases: CaseArea = {
  area: 'defaults, QoS and initial status', source: 'pkg/apis/{core,apps}/v1/defaults_test.go, pkg/apis/core/v1/helper/qos/qos_test.go', cases,
};
