/** Pods the API server takes and refuses, and what an update of one may change. */
import type { KubeObject } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { container, messages, pod, podOf, refusals, updateRefusals, type Fields } from './api-objects.ts';

const INVALID = 'Invalid value';
const REQUIRED = 'Required value';
const FORBIDDEN = 'Forbidden';
const UNSUPPORTED = 'Unsupported value';
const DUPLICATE = 'Duplicate value';
const C = 'spec.containers[0]';

const http = { httpGet: { path: '/', port: 80 } };
const probe = (name: string, fields: Fields): KubeObject => podOf(container({ [name]: fields }));
const affinity = (fields: Fields): KubeObject => pod({ affinity: fields });
const hard = (...terms: Fields[]): Fields => ({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } });
const podTerm = (fields: Fields): Fields => ({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: {}, ...fields }] } });
const spread = (...list: Fields[]): KubeObject => pod({ topologySpreadConstraints: list.map((c) => ({ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', ...c })) });
const NODE_TERM = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const POD_TERM = 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';

const ROWS: readonly [string, KubeObject, string[]][] = [
  ['the least a Pod can be', pod(), []],
  ['all of its kind of fields', pod({ nodeSelector: { key: 'value' }, nodeName: 'node-1', dnsPolicy: 'Default', restartPolicy: 'Never', activeDeadlineSeconds: 30, serviceAccountName: 'acct',
    hostNetwork: true, volumes: [{ name: 'vol' }], securityContext: { runAsUser: 0 }, tolerations: [{ operator: 'Exists' }], preemptionPolicy: 'Never' }), []],
  ['no containers', pod({ containers: [] }), [`spec.containers: ${REQUIRED}`]],
  ['container without a name', podOf({ image: 'image' }), [`${C}.name: ${REQUIRED}`]],
  ['container with an upper case name', podOf(container({ name: 'Cap' })), [`${C}.name: ${INVALID}`]],
  ['container name over 63 characters', podOf(container({ name: 'a'.repeat(64) })), [`${C}.name: ${INVALID}`]],
  ['two containers of one name', podOf(container(), container()), [`spec.containers[1].name: ${DUPLICATE}`]],
  ['container without an image', podOf({ name: 'ctr' }), [`${C}.image: ${REQUIRED}`]],
  ['image with white space', podOf(container({ image: ' image' })), [`${C}.image: ${INVALID}`]],
  ['unknown pull policy', podOf(container({ imagePullPolicy: 'Maybe' })), [`${C}.imagePullPolicy: ${UNSUPPORTED}`]],
  ['unknown termination message policy', podOf(container({ terminationMessagePolicy: 'Unknown' })), [`${C}.terminationMessagePolicy: ${UNSUPPORTED}`]],
  ['bad restart policy', pod({ restartPolicy: 'UnknowPolicy' }), [`spec.restartPolicy: ${UNSUPPORTED}`]],
  ['bad DNS policy', pod({ dnsPolicy: 'invalid' }), [`spec.dnsPolicy: ${UNSUPPORTED}`]],
  ['bad node name', pod({ nodeName: 'Node_1' }), [`spec.nodeName: ${INVALID}`]],
  ['bad service account', pod({ serviceAccountName: 'invalidName' }), [`spec.serviceAccountName: ${INVALID}`]],
  ['active deadline 0', pod({ activeDeadlineSeconds: 0 }), [`spec.activeDeadlineSeconds: ${INVALID}`]],
  ['active deadline over 32 bits', pod({ activeDeadlineSeconds: 2 ** 31 }), [`spec.activeDeadlineSeconds: ${INVALID}`]],
  ['negative user', pod({ securityContext: { runAsUser: -1 } }), [`spec.securityContext.runAsUser: ${INVALID}`]],
  ['negative group of files', pod({ securityContext: { fsGroup: -1 } }), [`spec.securityContext.fsGroup: ${INVALID}`]],
  ['bad hostname', pod({ hostname: 'a.b' }), [`spec.hostname: ${INVALID}`]],
  ['bad node selector', pod({ nodeSelector: { 'foo bar': 'v' } }), [`spec.nodeSelector: ${INVALID}`]],
  ['bad priority class', pod({ priorityClassName: 'Not-A-Name' }), [`spec.priorityClassName: ${INVALID}`]],
  ['bad preemption policy', pod({ preemptionPolicy: 'Always' }), [`spec.preemptionPolicy: ${UNSUPPORTED}`]],
  ['scheduling gate twice', pod({ schedulingGates: [{ name: 'foo' }, { name: 'foo' }] }), [`spec.schedulingGates[1]: ${DUPLICATE}`]],
  ['gated, and already on a node', pod({ nodeName: 'n', schedulingGates: [{ name: 'foo' }] }), [`spec.nodeName: ${FORBIDDEN}`]],
  ['ephemeral containers at creation', pod({ ephemeralContainers: [{ name: 'debug', image: 'i' }] }), [`spec.ephemeralContainers: ${FORBIDDEN}`]],
  ['deletion cost that is no number', pod({}, { annotations: { 'controller.kubernetes.io/pod-deletion-cost': 'text' } }),
    [`metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: ${INVALID}`]],
  ['deletion cost with a leading zero', pod({}, { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-01' } }),
    [`metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: ${INVALID}`]],
  ['deletion cost', pod({}, { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-100' } }), []],
  ['no name', pod({}, { name: '' }), [`metadata.name: ${REQUIRED}`]],
  ['name with a capital', pod({}, { name: 'Abc' }), [`metadata.name: ${INVALID}`]],
  ['bad label', pod({}, { labels: { 'NoUppercaseOrSpecialCharsLike=Equals': 'bar' } }), [`metadata.labels: ${INVALID}`]],
  ['bad label value', pod({}, { labels: { a: 'b c' } }), [`metadata.labels: ${INVALID}`]],
  ['bad finalizer', pod({}, { finalizers: ['short'] }), [`metadata.finalizers: ${INVALID}`]],
  ['two controllers', pod({}, { ownerReferences: [1, 2].map((n) => ({ apiVersion: 'v1', kind: 'K', name: `n${n}`, uid: `${n}`, controller: true })) }), [`metadata.ownerReferences: ${INVALID}`]],

  ['ports', podOf(container({ ports: [{ name: 'abc', containerPort: 80, hostPort: 80, protocol: 'TCP' }, { name: '123-abc', containerPort: 81 }, { containerPort: 82, protocol: 'SCTP' }] })), []],
  ['port name too long', podOf(container({ ports: [{ name: 'a'.repeat(16), containerPort: 80 }] })), [`${C}.ports[0].name: ${INVALID}`]],
  ['port name of other characters', podOf(container({ ports: [{ name: 'a.b.c', containerPort: 80 }] })), [`${C}.ports[0].name: ${INVALID}`]],
  ['port name twice', podOf(container({ ports: [{ name: 'abc', containerPort: 80 }, { name: 'abc', containerPort: 81 }] })), [`${C}.ports[1].name: ${DUPLICATE}`]],
  ['no container port', podOf(container({ ports: [{}] })), [`${C}.ports[0].containerPort: ${REQUIRED}`]],
  ['container port too large', podOf(container({ ports: [{ containerPort: 65_536 }] })), [`${C}.ports[0].containerPort: ${INVALID}`]],
  ['host port too large', podOf(container({ ports: [{ containerPort: 80, hostPort: 65_536 }] })), [`${C}.ports[0].hostPort: ${INVALID}`]],
  ['unknown protocol', podOf(container({ ports: [{ containerPort: 80, protocol: 'ICMP' }] })), [`${C}.ports[0].protocol: ${UNSUPPORTED}`]],
  ['host port twice', podOf(container({ ports: [{ containerPort: 80, hostPort: 80 }] }), container({ name: 'b', ports: [{ containerPort: 81, hostPort: 80 }] })),
    [`spec.containers[1].ports[0].hostPort: ${DUPLICATE}`]],
  ["host port with the host's network", pod({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80, hostPort: 8080 }] })] }), [`${C}.ports[0].hostPort: ${INVALID}`]],

  ['environment', podOf(container({ env: [{ name: 'abc', value: 'value' }, { name: 'ABC', value: '' }, { name: 'f', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] })), []],
  ['variable without a name', podOf(container({ env: [{ name: '' }] })), [`${C}.env[0].name: ${REQUIRED}`]],
  ['variable with an equals sign', podOf(container({ env: [{ name: 'a=b' }] })), [`${C}.env[0].name: ${INVALID}`]],
  ["variable of a Pod's field that is not known", podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: 'metadata.whoops' } } }] })), [`${C}.env[0].valueFrom.fieldRef.fieldPath: ${INVALID}`]],
  ["variable of a Pod's field that variables may not show", podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }] })), [`${C}.env[0].valueFrom.fieldRef.fieldPath: ${UNSUPPORTED}`]],
  ['variable of all labels', podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] })), [`${C}.env[0].valueFrom.fieldRef.fieldPath: ${UNSUPPORTED}`]],
  ['variable of a label', podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: "metadata.labels['key']" } } }] })), []],
  ['variable of a label with no name of one', podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] })), [`${C}.env[0].valueFrom.fieldRef.fieldPath: ${INVALID}`]],
  ['variable of a part of a name', podOf(container({ env: [{ name: 'abc', valueFrom: { fieldRef: { fieldPath: "metadata.name['key']" } } }] })), [`${C}.env[0].valueFrom.fieldRef.fieldPath: ${INVALID}`]],
  ['variable of a resource that is not known', podOf(container({ env: [{ name: 'abc', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] })), [`${C}.env[0].valueFrom.resourceFieldRef.resource: ${UNSUPPORTED}`]],
  ['variable of no resource', podOf(container({ env: [{ name: 'abc', valueFrom: { resourceFieldRef: { containerName: 'ctr' } } }] })), [`${C}.env[0].valueFrom.resourceFieldRef.resource: ${REQUIRED}`]],
  ['value and source', podOf(container({ env: [{ name: 'abc', value: 'foo', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] })), [`${C}.env[0].valueFrom: ${INVALID}`]],
  ['source that is none', podOf(container({ env: [{ name: 'abc', valueFrom: {} }] })), [`${C}.env[0].valueFrom: ${INVALID}`]],
  ['key missing in a reference', podOf(container({ env: [{ name: 'abc', valueFrom: { configMapKeyRef: { name: 'a' } } }] })), [`${C}.env[0].valueFrom.configMapKeyRef.key: ${REQUIRED}`]],
  ['envFrom without a name', podOf(container({ envFrom: [{ configMapRef: {} }] })), [`${C}.envFrom[0].configMapRef.name: ${REQUIRED}`]],
  ['envFrom of nothing', podOf(container({ envFrom: [{}] })), [`${C}.envFrom: ${INVALID}`]],

  ['requests within limits', podOf(container({ resources: { requests: { cpu: '10', memory: '10G' }, limits: { cpu: '10', memory: '10G' } } })), []],
  ['request above its limit', podOf(container({ resources: { requests: { cpu: '10' }, limits: { cpu: '5' } } })), [`${C}.resources.requests: ${INVALID}`]],
  ['negative limit', podOf(container({ resources: { limits: { cpu: '-1' }, requests: { cpu: '-1' } } })), [`${C}.resources.limits[cpu]: ${INVALID}`, `${C}.resources.requests[cpu]: ${INVALID}`]],
  ['unknown resource', podOf(container({ resources: { requests: { foo: '1' } } })), [`${C}.resources.requests[foo]: ${INVALID}`]],
  ['device requested without a limit', podOf(container({ resources: { requests: { 'example.com/gpu': '1' } } })), [`${C}.resources.limits: ${REQUIRED}`]],
  ['device in parts', podOf(container({ resources: { limits: { 'example.com/gpu': '500m' } } })),
    [`${C}.resources.limits[example.com/gpu]: ${INVALID}`, `${C}.resources.requests[example.com/gpu]: ${INVALID}`]],
  ['device limit unlike its request', podOf(container({ resources: { limits: { 'example.com/gpu': '2' }, requests: { 'example.com/gpu': '1' } } })), [`${C}.resources.requests: ${INVALID}`]],

  ['probes of every handler', podOf(container({ livenessProbe: { exec: { command: ['echo'] } }, readinessProbe: { tcpSocket: { port: 'web' }, successThreshold: 2 }, startupProbe: { grpc: { port: 1 } } })), []],
  ['probe without a handler', probe('livenessProbe', { timeoutSeconds: 10 }), [`${C}.livenessProbe: ${REQUIRED}`]],
  ['probe with two handlers', probe('livenessProbe', { ...http, tcpSocket: { port: 1 } }), [`${C}.livenessProbe.tcpSocket: ${FORBIDDEN}`]],
  ['negative initial delay', probe('livenessProbe', { ...http, initialDelaySeconds: -1 }), [`${C}.livenessProbe.initialDelaySeconds: ${INVALID}`]],
  ['negative timeout', probe('readinessProbe', { ...http, timeoutSeconds: -10 }), [`${C}.readinessProbe.timeoutSeconds: ${INVALID}`]],
  ['negative period', probe('readinessProbe', { ...http, periodSeconds: -10 }), [`${C}.readinessProbe.periodSeconds: ${INVALID}`]],
  ['negative thresholds', probe('readinessProbe', { ...http, successThreshold: -1, failureThreshold: -1 }),
    [`${C}.readinessProbe.successThreshold: ${INVALID}`, `${C}.readinessProbe.failureThreshold: ${INVALID}`]],
  ['liveness needs one success', probe('livenessProbe', { ...http, successThreshold: 2 }), [`${C}.livenessProbe.successThreshold: ${INVALID}`]],
  ['startup needs one success', probe('startupProbe', { ...http, successThreshold: 2 }), [`${C}.startupProbe.successThreshold: ${INVALID}`]],
  ['readiness has no grace period', probe('readinessProbe', { ...http, terminationGracePeriodSeconds: 5 }), [`${C}.readinessProbe.terminationGracePeriodSeconds: ${INVALID}`]],
  ['liveness grace period 0', probe('livenessProbe', { ...http, terminationGracePeriodSeconds: 0 }), [`${C}.livenessProbe.terminationGracePeriodSeconds: ${INVALID}`]],
  ['command that is empty', probe('livenessProbe', { exec: { command: [] } }), [`${C}.livenessProbe.exec.command: ${REQUIRED}`]],
  ['probe of port 0', probe('livenessProbe', { tcpSocket: { port: 0 } }), [`${C}.livenessProbe.tcpSocket.port: ${INVALID}`]],
  ['probe of a bad port name', probe('livenessProbe', { httpGet: { port: 'under_score' } }), [`${C}.livenessProbe.httpGet.port: ${INVALID}`]],
  ['scheme in lower case', probe('livenessProbe', { httpGet: { port: 1, scheme: 'http' } }), [`${C}.livenessProbe.httpGet.scheme: ${UNSUPPORTED}`]],
  ['bad header', probe('livenessProbe', { httpGet: { port: 1, httpHeaders: [{ name: 'X_Forwarded_For', value: '' }] } }), [`${C}.livenessProbe.httpGet.httpHeaders: ${INVALID}`]],
  ['life cycle without a handler', podOf(container({ lifecycle: { preStop: {} } })), [`${C}.lifecycle.preStop: ${REQUIRED}`]],
  ['sleep beyond the grace period', pod({ terminationGracePeriodSeconds: 10, containers: [container({ lifecycle: { preStop: { sleep: { seconds: 11 } } } })] }), [`${C}.lifecycle.preStop.sleep: ${INVALID}`]],
  ['sleep of 0', podOf(container({ lifecycle: { preStop: { sleep: { seconds: 0 } } } })), []],

  ['sidecar with probes', pod({ initContainers: [container({ name: 'side', restartPolicy: 'Always', livenessProbe: http, startupProbe: http })] }), []],
  ['init container with a probe', pod({ initContainers: [container({ name: 'init', readinessProbe: http })] }), [`spec.initContainers[0].readinessProbe: ${FORBIDDEN}`]],
  ['init container with a life cycle', pod({ initContainers: [container({ name: 'init', lifecycle: { preStop: { exec: { command: ['ls'] } } } })] }), [`spec.initContainers[0].lifecycle: ${FORBIDDEN}`]],
  ["init container named as a container", pod({ initContainers: [container()] }), [`spec.initContainers[0].name: ${DUPLICATE}`]],
  ['init containers of one name', pod({ initContainers: [container({ name: 'i' }), container({ name: 'i' })] }), [`spec.initContainers[1].name: ${DUPLICATE}`]],
  ['two ports of init containers on one host port', pod({ initContainers: ['i', 'j'].map((name) => container({ name, ports: [{ containerPort: 80, hostPort: 80 }] })) }), []],

  ['volume mounted', pod({ volumes: [{ name: 'v', emptyDir: {} }], containers: [container({ volumeMounts: [{ name: 'v', mountPath: '/a' }] })] }), []],
  ['volume that is not there', podOf(container({ volumeMounts: [{ name: 'v', mountPath: '/a' }] })), [`${C}.volumeMounts[0].name: Not found`]],
  ['two volumes at one path', pod({ volumes: [{ name: 'v' }, { name: 'w' }], containers: [container({ volumeMounts: [{ name: 'v', mountPath: '/a' }, { name: 'w', mountPath: '/a' }] })] }),
    [`${C}.volumeMounts[1].mountPath: ${INVALID}`]],
  ['volume twice', pod({ volumes: [{ name: 'v' }, { name: 'v' }] }), [`spec.volumes[1].name: ${DUPLICATE}`]],
  ['volume of two sources', pod({ volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/' } }] }), [`spec.volumes[0].hostPath: ${FORBIDDEN}`]],
  ['secret without a name', pod({ volumes: [{ name: 'v', secret: {} }] }), [`spec.volumes[0].secret.secretName: ${REQUIRED}`]],

  ['tolerations', pod({ tolerations: [{ key: 'foo', operator: 'Equal', value: 'bar', effect: 'NoSchedule' }, { key: 'foo', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -2 }, { operator: 'Exists' }, { key: 'foo' }] }), []],
  ['toleration with a bad key', pod({ tolerations: [{ key: 'nospecialchars^=@', operator: 'Equal', value: 'bar' }] }), [`spec.tolerations[0].key: ${INVALID}`]],
  ['Exists with a value', pod({ tolerations: [{ key: 'foo', operator: 'Exists', value: 'bar' }] }), [`spec.tolerations[0].operator: ${INVALID}`]],
  ['unknown operator', pod({ tolerations: [{ key: 'foo', operator: 'In', value: 'bar' }] }), [`spec.tolerations[0].operator: ${UNSUPPORTED}`]],
  ['key left out without Exists', pod({ tolerations: [{ operator: 'Equal', value: 'bar' }] }), [`spec.tolerations[0].operator: ${INVALID}`]],
  ['seconds without NoExecute', pod({ tolerations: [{ key: 'foo', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 20 }] }), [`spec.tolerations[0].effect: ${INVALID}`]],

  ['node affinity', affinity({ nodeAffinity: { ...hard({ matchExpressions: [{ key: 'k', operator: 'Gt', values: ['1'] }], matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }),
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: {} }] } }), []],
  ['no terms', affinity({ nodeAffinity: hard() }), [`${NODE_TERM}: ${REQUIRED}`]],
  ['In without values', affinity({ nodeAffinity: hard({ matchExpressions: [{ key: 'k', operator: 'In' }] }) }), [`${NODE_TERM}[0].matchExpressions[0].values: ${REQUIRED}`]],
  ['Exists with values', affinity({ nodeAffinity: hard({ matchExpressions: [{ key: 'k', operator: 'Exists', values: ['v'] }] }) }), [`${NODE_TERM}[0].matchExpressions[0].values: ${FORBIDDEN}`]],
  ['Gt with two values', affinity({ nodeAffinity: hard({ matchExpressions: [{ key: 'k', operator: 'Gt', values: ['1', '2'] }] }) }), [`${NODE_TERM}[0].matchExpressions[0].values: ${REQUIRED}`]],
  ['unknown node operator', affinity({ nodeAffinity: hard({ matchExpressions: [{ key: 'k', operator: 'Is' }] }) }), [`${NODE_TERM}[0].matchExpressions[0].operator: ${INVALID}`]],
  ['field other than the name', affinity({ nodeAffinity: hard({ matchFields: [{ key: 'metadata.namespace', operator: 'In', values: ['n'] }] }) }), [`${NODE_TERM}[0].matchFields[0].key: ${INVALID}`]],
  ['two names in a field', affinity({ nodeAffinity: hard({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n', 'm'] }] }) }), [`${NODE_TERM}[0].matchFields[0].values: ${REQUIRED}`]],
  ['weight 0', affinity({ nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, preference: {} }] } }),
    [`spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: ${INVALID}`]],
  ['weight 101', affinity({ podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: 'zone', labelSelector: {} } }] } }),
    [`spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: ${INVALID}`]],
  ['anti-affinity without a topology', affinity(podTerm({ topologyKey: '' })), [`${POD_TERM}.topologyKey: ${REQUIRED}`, `${POD_TERM}.topologyKey: ${INVALID}`, `${POD_TERM}.topologyKey: ${INVALID}`]],
  ['anti-affinity with Exists and values', affinity(podTerm({ labelSelector: { matchExpressions: [{ key: 'k', operator: 'Exists', values: ['v'] }] } })),
    [`${POD_TERM}.labelSelector.matchExpressions[0].values: ${FORBIDDEN}`]],
  ['namespace that is no name', affinity(podTerm({ namespaces: ['INVALID_NAMESPACE'] })), [`${POD_TERM}.namespace: ${INVALID}`]],
  ['label keys without a selector', affinity(podTerm({ labelSelector: undefined, matchLabelKeys: ['k'] })), [`${POD_TERM}.matchLabelKeys: ${FORBIDDEN}`]],

  ['spread', spread({}, { topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway', minDomains: undefined }), []],
  ['skew 0', spread({ maxSkew: 0 }), [`spec.topologySpreadConstraints[0].maxSkew: ${INVALID}`]],
  ['no topology key', spread({ topologyKey: '' }), [`spec.topologySpreadConstraints[0].topologyKey: ${REQUIRED}`]],
  ['unknown action', spread({ whenUnsatisfiable: 'N/A' }), [`spec.topologySpreadConstraints[0].whenUnsatisfiable: ${UNSUPPORTED}`]],
  ['one constraint twice', spread({}, {}), [`spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: ${DUPLICATE}`]],
  ['minDomains 0', spread({ minDomains: 0 }), [`spec.topologySpreadConstraints[0].minDomains: ${INVALID}`]],
  ['minDomains with ScheduleAnyway', spread({ minDomains: 10, whenUnsatisfiable: 'ScheduleAnyway' }), [`spec.topologySpreadConstraints[0].minDomains: ${INVALID}`]],
  ['unknown inclusion policy', spread({ nodeAffinityPolicy: 'Unsupported' }), [`spec.topologySpreadConstraints[0].nodeAffinityPolicy: ${UNSUPPORTED}`]],
];

const SPELT: readonly [string, KubeObject, string[]][] = [
  ['liveness successThreshold', probe('livenessProbe', { ...http, successThreshold: 2 }), [`${C}.livenessProbe.successThreshold: Invalid value: 2: must be 1`]],
  ['restart policy', pod({ restartPolicy: 'Sometimes' }), ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"']],
  ['request above its limit', podOf(container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } })),
    [`${C}.resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi`]],
  ['duplicate container', podOf(container({ name: 'web' }), container({ name: 'web' })), ['spec.containers[1].name: Duplicate value: "web"']],
  ['missing volume', podOf(container({ volumeMounts: [{ name: 'v', mountPath: '/a' }] })), [`${C}.volumeMounts[0].name: Not found: "v"`]],
  ['label with dots in a container name', podOf(container({ name: 'a.b' })), [`${C}.name: Invalid value: "a.b": must not contain dots`]],
  ['protocol', podOf(container({ ports: [{ containerPort: 1, protocol: 'tcp' }] })), [`${C}.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`]],
];

const base = (): Fields => ({ containers: [container({ image: 'image:1' })], tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 10 }], activeDeadlineSeconds: 20 });
const UPDATES: readonly [string, Fields, Fields, string[]][] = [
  ['nothing', {}, {}, []],
  ['the image', {}, { containers: [container({ image: 'image:2' })] }, []],
  ['the image to none', {}, { containers: [container({ image: '', imagePullPolicy: 'IfNotPresent' })] }, [`${C}.image: ${REQUIRED}`, `${C}.image: ${REQUIRED}`]],
  ['a container more', {}, { containers: [container(), container({ name: 'more' })] }, [`spec.containers: ${FORBIDDEN}`]],
  ['the resources', {}, { containers: [container({ resources: { limits: { cpu: '1' } } })] }, [`spec: ${FORBIDDEN}`]],
  ['the termination message path', {}, { containers: [container({ terminationMessagePath: '/x' })] }, [`spec: ${FORBIDDEN}`]],
  ['the deadline to a shorter one', {}, { activeDeadlineSeconds: 10 }, []],
  ['the deadline to a longer one', {}, { activeDeadlineSeconds: 30 }, [`spec.activeDeadlineSeconds: ${INVALID}`]],
  ['the deadline to none', {}, { activeDeadlineSeconds: undefined }, [`spec.activeDeadlineSeconds: ${INVALID}`]],
  ['a deadline where there was none', { activeDeadlineSeconds: undefined }, { activeDeadlineSeconds: 10 }, []],
  ['a toleration more', {}, { tolerations: [...base().tolerations as Fields[], { key: 'b', operator: 'Exists' }] }, []],
  ['a toleration less', {}, { tolerations: [] }, [`spec.tolerations: ${FORBIDDEN}`]],
  ['the seconds of a toleration', {}, { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 }] }, []],
  ['the node', {}, { nodeName: 'node-1' }, [`spec: ${FORBIDDEN}`]],
  ['the priority', { priority: 1 }, { priority: 2 }, [`spec: ${FORBIDDEN}`]],
  ['the grace period', {}, { terminationGracePeriodSeconds: 1 }, [`spec: ${FORBIDDEN}`]],
  ['the grace period from below 0 to 1', { terminationGracePeriodSeconds: -1 }, { terminationGracePeriodSeconds: 1 }, []],
  ['a scheduling gate gone', { schedulingGates: [{ name: 'foo' }, { name: 'bar' }] }, { schedulingGates: [{ name: 'foo' }] }, []],
  ['a scheduling gate more', { schedulingGates: [{ name: 'foo' }] }, { schedulingGates: [{ name: 'foo' }, { name: 'bar' }] }, [`spec.schedulingGates[1].name: ${FORBIDDEN}`]],
  ['the node selector of a gated Pod', { schedulingGates: [{ name: 'foo' }] }, { schedulingGates: [{ name: 'foo' }], nodeSelector: { a: 'b' } }, []],
];

const cases: ConformanceCase[] = [
  ...ROWS.map(([name, draft, expected]) => ({ name, run: () => refusals(draft), expected })),
  ...SPELT.map(([name, draft, expected]) => ({ name: `words: ${name}`, run: () => messages(draft), expected })),
  ...UPDATES.map(([name, before, after, expected]) => ({
    name: `update: ${name}`, run: () => updateRefusals(pod({ ...base(), ...before }), pod({ ...base(), ...before, ...after })), expected,
  })),
];

export const podValidationCases: CaseArea = { area: 'validation of pods', source: 'pkg/apis/core/validation/validation_test.go', cases };
