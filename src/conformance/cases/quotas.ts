/** What Pods, Services, claims and objects of any kind use of a quota, which Pods its scopes select, and which changes it is asked about. */
import { missingFor, quotaConcerns, usageOf } from '../../sim/api/admission/quotausage.ts';
import { resourceQuota } from '../../sim/api/admission/resourcequota.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import { formatQuantity } from '../../sim/api/quantity.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { KubeObject, Pod, ResourceQuota } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { object, type Fields } from './api-objects.ts';
import type { CaseArea } from './area.ts';

const NOW = 600_000;
const c = (requests: Fields = {}, limits: Fields = {}, more: Fields = {}): Fields => ({ name: 'c', image: 'i', resources: { requests, limits }, ...more });
const podOf = (spec: Fields, status: Fields = {}, meta: Fields = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', ...meta }, spec: { containers: [], ...spec }, status }) as unknown as KubeObject;
const initOf = (...containers: Fields[]): KubeObject => podOf({ initContainers: containers });
const appOf = (...containers: Fields[]): KubeObject => podOf({ containers });
const usage = (o: KubeObject): unknown =>
  Object.fromEntries([...usageOf(BUILT_IN.get(o.kind), o, NOW)].map(([name, q]) => [name, formatQuantity(q)]).sort(([a], [b]) => (a! < b! ? -1 : 1)));

const COUNT = { 'count/pods': '1' };
const ALIVE = { ...COUNT, pods: '1' };
const computed = (name: string, request: string, limit?: string): Fields => ({ ...ALIVE, [name]: request, [`requests.${name}`]: request, ...(limit === undefined ? {} : { [`limits.${name}`]: limit }) });
const DONGLE = 'example.com/dongle';
const big = (cpu: string, memory: string, dongle: string, limitCpu: string, limitMemory: string): Fields =>
  c({ cpu, memory, [DONGLE]: dongle }, { cpu: limitCpu, memory: limitMemory, [DONGLE]: dongle });
const leaving = (seconds: number): Fields => ({ deletionTimestamp: rfc3339(NOW + seconds * 1000), deletionGracePeriodSeconds: 30 });
/** A container that asks for this, and of which the kubelet says that. */
const resized = (asks: Fields, has: Fields | undefined, limits: Fields = {}, conditions: Fields[] = [], granted?: Fields): KubeObject =>
  podOf({ containers: [c(asks, limits)] }, { conditions, containerStatuses: [{ name: 'c', ...(has === undefined ? {} : { resources: { requests: has } }), ...(granted === undefined ? {} : { allocatedResources: granted }) }] });

const USAGE: [name: string, object: KubeObject, expected: unknown][] = [
  ['an init container\'s CPU', initOf(c({ cpu: '1m' }, { cpu: '2m' })), computed('cpu', '1m', '2m')],
  ['an init container\'s memory', initOf(c({ memory: '1Mi' }, { memory: '2Mi' })), computed('memory', '1Mi', '2Mi')],
  ['an init container\'s storage', initOf(c({ 'ephemeral-storage': '32Mi' }, { 'ephemeral-storage': '64Mi' })), computed('ephemeral-storage', '32Mi', '64Mi')],
  ['an init container\'s huge pages', initOf(c({ 'hugepages-2Mi': '100Mi' })), computed('hugepages-2Mi', '100Mi')],
  ['an init container\'s extended resources', initOf(c({ [DONGLE]: '3' }, { [DONGLE]: '3' })), { ...ALIVE, [`requests.${DONGLE}`]: '3' }],
  ['a container\'s CPU', appOf(c({ cpu: '1m' }, { cpu: '2m' })), computed('cpu', '1m', '2m')],
  ['a container\'s memory', appOf(c({ memory: '1Mi' }, { memory: '2Mi' })), computed('memory', '1Mi', '2Mi')],
  ['a container\'s storage', appOf(c({ 'ephemeral-storage': '32Mi' }, { 'ephemeral-storage': '64Mi' })), computed('ephemeral-storage', '32Mi', '64Mi')],
  ['a container\'s huge pages', appOf(c({ 'hugepages-2Mi': '100Mi' })), computed('hugepages-2Mi', '100Mi')],
  ['a container\'s extended resources', appOf(c({ [DONGLE]: '3' }, { [DONGLE]: '3' })), { ...ALIVE, [`requests.${DONGLE}`]: '3' }],
  ['two containers', appOf(c({ cpu: '1' }), c({ cpu: '2' })), computed('cpu', '3')],
  ['nothing asked for', appOf(c()), ALIVE],
  ['one that has succeeded counts as an object alone', podOf({ containers: [c({ cpu: '3' })] }, { phase: 'Succeeded' }), COUNT],
  ['one that has failed counts as an object alone', podOf({ containers: [c({ cpu: '3' })] }, { phase: 'Failed' }), COUNT],
  ['the largest init container where it is more than the others together', podOf({ initContainers: [big('4', '100M', '4', '8', '200M'), big('1', '50M', '2', '2', '100M')], containers: [big('1', '50M', '1', '2', '100M'), big('2', '25M', '2', '5', '50M')] }),
    { ...ALIVE, cpu: '4', memory: '100M', 'requests.cpu': '4', 'requests.memory': '100M', 'limits.cpu': '8', 'limits.memory': '200M', [`requests.${DONGLE}`]: '4' }],
  ['a sidecar beside the others', podOf({ initContainers: [c({ cpu: '1' }, {}, { restartPolicy: 'Always' })], containers: [c({ cpu: '2' })] }), computed('cpu', '3')],
  ['a sidecar under an init container that follows', podOf({ initContainers: [c({ cpu: '1' }, {}, { restartPolicy: 'Always' }), c({ cpu: '4' })], containers: [c({ cpu: '1' })] }), computed('cpu', '5')],
  ['overhead', podOf({ containers: [c({ cpu: '1' }, { cpu: '2' })], overhead: { cpu: '1' } }), computed('cpu', '2', '3')],
  ['overhead, of which no container has a limit', podOf({ containers: [c({ cpu: '1' })], overhead: { cpu: '1' } }), computed('cpu', '2')],
  ['what the Pod asks for as a whole', podOf({ containers: [c({ cpu: '1' })], resources: { requests: { cpu: '4' }, limits: { cpu: '8' } } }), computed('cpu', '4', '8')],
  ['one that outstays its grace period counts as an object alone', podOf({ containers: [c({ cpu: '1' })] }, {}, leaving(-60)), COUNT],
  ['one that is being deleted', podOf({ containers: [c({ cpu: '1' })] }, {}, leaving(0)), computed('cpu', '1')],
  ['one that asks for more than it has', resized({ memory: '200Mi' }, { memory: '150Mi' }, { memory: '400Mi' }), computed('memory', '200Mi', '400Mi')],
  ['one that has more than it asks for', resized({ cpu: '100m' }, { cpu: '150m' }, { cpu: '200m' }), computed('cpu', '150m', '200m')],
  ['one that has more than it asks for, of both', resized({ cpu: '100m', memory: '200Mi' }, { cpu: '150m', memory: '250Mi' }, { cpu: '200m', memory: '400Mi' }),
    { ...computed('cpu', '150m', '200m'), ...computed('memory', '250Mi', '400Mi') }],
  ['one of which the kubelet says nothing', resized({ cpu: '100m' }, undefined, { cpu: '200m' }), computed('cpu', '100m', '200m')],
  ['one that was granted more than it has yet', resized({ cpu: '100m' }, { cpu: '100m' }, {}, [], { cpu: '300m' }), computed('cpu', '300m')],
  ['one that asks for what cannot be had', resized({ cpu: '900' }, { cpu: '1' }, {}, [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }]), computed('cpu', '1')],
  ['one that waits for what it asks for', resized({ cpu: '2' }, { cpu: '1' }, {}, [{ type: 'PodResizePending', status: 'True', reason: 'Deferred' }]), computed('cpu', '2')],
  ['a ConfigMap', object('v1', 'ConfigMap', {}), { 'count/configmaps': '1', configmaps: '1' }],
  ['a Secret', object('v1', 'Secret', {}), { 'count/secrets': '1', secrets: '1' }],
  ['a ReplicationController', object('v1', 'ReplicationController', {}), { 'count/replicationcontrollers': '1', replicationcontrollers: '1' }],
  ['a quota', object('v1', 'ResourceQuota', {}), { 'count/resourcequotas': '1', resourcequotas: '1' }],
  ['a Job', object('batch/v1', 'Job', {}), { 'count/jobs.batch': '1' }],
  ['a Service that is a name alone', object('v1', 'Service', { type: 'ExternalName' }), { 'count/services': '1', services: '1' }],
];

// ---- what containers have to say

const MISSING: [name: string, pod: KubeObject, measured: string[], expected: string | undefined][] = [
  ['an init container says nothing of it', initOf(c({ cpu: '1m' }, { cpu: '2m' })), ['memory'], 'must specify memory for: c'],
  ['a container says nothing of it', appOf(c({ cpu: '1m' }, { cpu: '2m' })), ['memory'], 'must specify memory for: c'],
  ['a container says it', appOf(c({ memory: '1Mi' })), ['memory'], undefined],
  ['a request is no limit', appOf(c({ cpu: '1m' })), ['limits.cpu'], 'must specify limits.cpu for: c'],
  ['of two, both are named', appOf(c({}, {}, { name: 'b' }), c({}, {}, { name: 'a' })), ['cpu'], 'must specify cpu for: a,b'],
  ['of two resources, both are named', appOf(c()), ['memory', 'cpu'], 'must specify cpu for: c; memory for: c'],
  ['storage may be left out', appOf(c()), ['requests.ephemeral-storage'], undefined],
  ['the Pod says it as a whole', podOf({ containers: [c()], resources: { requests: { cpu: '1' } } }), ['cpu'], undefined],
];

// ---- scopes

const quotaOf = (scopes: string[], matchExpressions: Fields[] = []): ResourceQuota => ({ spec: { hard: {}, scopes, scopeSelector: { matchExpressions } } }) as unknown as ResourceQuota;
const priority = (operator: string, ...values: string[]): Fields => ({ scopeName: 'PriorityClass', operator, ...(values.length === 0 ? {} : { values }) });
const attributes = (operator: string, ...values: string[]): Fields => ({ scopeName: 'VolumeAttributesClass', operator, ...(values.length === 0 ? {} : { values }) });
const deadline = podOf({ activeDeadlineSeconds: 30 });
const plain = podOf({});
const burstable = podOf({}, { qosClass: 'Burstable' });
const bestEffort = podOf({}, { qosClass: 'BestEffort' });
const ranked = podOf({ priorityClassName: 'class1' });
const term = (more: Fields): Fields => ({ labelSelector: {}, topologyKey: 'zone', ...more });
const near = (side: string, kind: string, more: Fields): KubeObject =>
  podOf({ affinity: { [side]: { [`${kind}DuringSchedulingIgnoredDuringExecution`]: [kind === 'required' ? term(more) : { weight: 1, podAffinityTerm: term(more) }] } } });
const CROSS = ['CrossNamespacePodAffinity'];
const claimOf = (name?: string, status: Fields = {}): KubeObject => ({ ...object('v1', 'PersistentVolumeClaim', name === undefined ? {} : { volumeAttributesClassName: name }), status }) as KubeObject;
const SCOPES: [name: string, object: KubeObject, scopes: string[], selectors: Fields[], expected: boolean][] = [
  ['a deadline is terminating', deadline, ['Terminating'], [], true],
  ['a deadline is not not terminating', deadline, ['NotTerminating'], [], false],
  ['no deadline is not terminating', plain, ['Terminating'], [], false],
  ['no deadline is not-terminating', plain, ['NotTerminating'], [], true],
  ['best effort', bestEffort, ['BestEffort'], [], true],
  ['best effort is not more', bestEffort, ['NotBestEffort'], [], false],
  ['more than best effort', burstable, ['NotBestEffort'], [], true],
  ['all scopes at once', { ...deadline, status: { qosClass: 'BestEffort' } } as never, ['Terminating', 'BestEffort'], [], true],
  ['one scope of two', { ...deadline, status: { qosClass: 'Burstable' } } as never, ['Terminating', 'BestEffort'], [], false],
  ['any priority class', ranked, ['PriorityClass'], [], true],
  ['no priority class', plain, ['PriorityClass'], [], false],
  ['this priority class', ranked, [], [priority('In', 'class1')], true],
  ['another priority class', ranked, [], [priority('In', 'class2')], false],
  ['any but another priority class', ranked, [], [priority('NotIn', 'class2')], true],
  ['any but this priority class', ranked, [], [priority('NotIn', 'class1')], false],
  ['none at all', plain, [], [priority('DoesNotExist')], true],
  ['none at all, and there is one', ranked, [], [priority('DoesNotExist')], false],
  ['near others, here', near('podAffinity', 'required', {}), CROSS, [], false],
  ['near others, elsewhere', near('podAffinity', 'required', { namespaces: ['ns1'] }), CROSS, [], true],
  ['rather near others, elsewhere', near('podAffinity', 'preferred', { namespaces: ['ns2'] }), CROSS, [], true],
  ['away from others, elsewhere', near('podAntiAffinity', 'required', { namespaces: ['ns3'] }), CROSS, [], true],
  ['rather away from others, anywhere', near('podAntiAffinity', 'preferred', { namespaceSelector: {} }), CROSS, [], true],
  ['a claim of any class of attributes', claimOf('gold'), ['VolumeAttributesClass'], [], true],
  ['a claim of none', claimOf(), ['VolumeAttributesClass'], [], false],
  ['a claim of this class', claimOf('gold'), [], [attributes('In', 'gold')], true],
  ['a claim that has this class still', claimOf('silver', { currentVolumeAttributesClassName: 'gold' }), [], [attributes('In', 'gold')], true],
  ['a claim on its way to this class', claimOf(undefined, { modifyVolumeStatus: { targetVolumeAttributesClassName: 'gold' } }), [], [attributes('In', 'gold')], true],
  ['a claim is in no scope of Pods', claimOf('gold'), ['NotTerminating'], [], false],
  ['a Service is in no scope', object('v1', 'Service', {}), ['NotTerminating'], [], false],
  ['a quota without scopes is about all', object('v1', 'Service', {}), [], [], true],
];

// ---- which requests: TestPodEvaluatorHandles, TestServiceEvaluatorHandles…; a quota of nothing refuses what it is asked about

const EVERYTHING = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'default' }, spec: { hard: { pods: '0', services: '0', 'services.nodeports': '0' }, scopes: [] }, status: {} } as unknown as ResourceQuota;
const ofDeadlines = { ...EVERYTHING, spec: { hard: { pods: '0' }, scopes: ['Terminating'] } } as unknown as ResourceQuota;
function asked(o: KubeObject, more: Partial<AdmissionRequest>, quota = EVERYTHING): boolean {
  const view = { list: (kind: string) => (kind === 'ResourceQuota' ? [quota] : []), resources: BUILT_IN, now: 0 };
  const definition = BUILT_IN.get(o.kind);
  try {
    resourceQuota.validate!(o, { operation: 'CREATE', definition, namespace: 'default', name: 'p', object: o, old: undefined, subresource: '', user: 'user', view: view as never, config: DEFAULT_CONFIG, ...more });
    return false;
  } catch {
    return true;
  }
}
const service = object('v1', 'Service', { type: 'NodePort', ports: [{ port: 1 }] });
const inside = object('v1', 'Service', { type: 'ClusterIP', ports: [{ port: 1 }] });
const HANDLED: [name: string, run: () => boolean, expected: boolean][] = [
  ['a Pod that is made', () => asked(plain, {}), true],
  ['a Pod that changes', () => asked(plain, { operation: 'UPDATE', old: plain }), false],
  ['a Pod that gets a deadline', () => asked(deadline, { operation: 'UPDATE', old: plain }, ofDeadlines), true],
  ['a Pod that loses its deadline', () => asked(plain, { operation: 'UPDATE', old: deadline }, { ...ofDeadlines, spec: { hard: { pods: '0' }, scopes: ['NotTerminating'] } } as never), true],
  ['a Pod that gets another deadline', () => asked(podOf({ activeDeadlineSeconds: 60 }), { operation: 'UPDATE', old: deadline }, ofDeadlines), false],
  ['a Pod that is deleted', () => asked(plain, { operation: 'DELETE' }), false],
  ['a binding of a Pod', () => asked(plain, { subresource: 'binding' }), false],
  ['the status of a Pod', () => asked(plain, { operation: 'UPDATE', old: plain, subresource: 'status' }), false],
  ['a Pod that is resized', () => asked(appOf(c({ cpu: '2' })), { operation: 'UPDATE', old: appOf(c({ cpu: '1' })), subresource: 'resize' }, { ...EVERYTHING, spec: { hard: { cpu: '0' } } } as never), true],
  ['a Service that is made', () => asked(service, {}), true],
  ['a Service that comes to take ports', () => asked(service, { operation: 'UPDATE', old: inside }), true],
  ['the status of a Service', () => asked(service, { operation: 'UPDATE', old: inside, subresource: 'status' }), false],
];

export const quotaCases: CaseArea = {
  area: 'quotas: usage, scopes and requests',
  source: 'pkg/quota/v1/evaluator/core/{pods,services,persistent_volume_claims}_test.go',
  cases: [
    ...USAGE.map(([name, o, expected]) => ({ name: `uses: ${name}`, run: () => usage(o), expected })),
    ...MISSING.map(([name, pod, measured, expected]) => ({ name: `left out: ${name}`, run: () => missingFor(pod as unknown as Pod, measured), expected })),
    ...SCOPES.map(([name, o, scopes, selectors, expected]) => ({ name: `scope: ${name}`, run: () => quotaConcerns(quotaOf(scopes, selectors), o), expected })),
    ...HANDLED.map(([name, run, expected]) => ({ name: `asked about: ${name}`, run, expected })),
  ],
};
