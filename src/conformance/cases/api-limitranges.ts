/** What LimitRanges add and refuse, and what quotas count of each kind. */
import { LETS_THROUGH } from '../../sim/api/admission/dynamic/webhookcall.ts';
import { ADMISSION_PLUGINS, admit } from '../../sim/api/admission/index.ts';
import { usageOf } from '../../sim/api/admission/quotausage.ts';
import type { AdmissionRequest, AdmissionView } from '../../sim/api/admission/types.ts';
import { formatQuantity } from '../../sim/api/quantity.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject, Pod, ResourceName } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { container, object, pod, prepared, type Fields } from './api-objects.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const NAMESPACE = object('v1', 'Namespace', {}, { name: 'default' }, false);

function admitted(draft: KubeObject, stored: readonly KubeObject[], more: Partial<AdmissionRequest> = {}): KubeObject | string {
  const all = [NAMESPACE, ...stored];
  const list = (resource: ResourceName, namespace?: string): KubeObject[] => {
    const { kind } = BUILT_IN.get(resource);
    return all.filter((o) => o.kind === kind && (namespace === undefined || (o.metadata.namespace ?? '') === namespace));
  };
  const view: AdmissionView = {
    find: ((resource: ResourceName, namespace: string, name: string) => list(resource, namespace).find((o) => o.metadata.name === name)) as never,
    list: list as never, resources: BUILT_IN, now: 0, random: () => 0, isExtended: false, decide: () => ({ allowed: true, reason: '' }), callWebhook: () => LETS_THROUGH,
  };
  const ready = prepared(draft);
  const { namespace = '', name } = ready.metadata;
  try {
    return admit(ADMISSION_PLUGINS, {
      operation: 'CREATE', definition: BUILT_IN.get(ready.kind), namespace, name, object: ready, old: undefined, subresource: '', user: 'user', view, config: DEFAULT_CONFIG, ...more,
    });
  } catch (error) {
    return (error as Error).message;
  }
}
const refusal = (draft: KubeObject, stored: readonly KubeObject[], more?: Partial<AdmissionRequest>): string | null => {
  const result = admitted(draft, stored, more);
  return typeof result === 'string' ? result : null;
};

const range = (item: Fields, name = 'limits'): KubeObject => prepared(object('v1', 'LimitRange', { limits: [item] }, { name }));
const ofContainers = (fields: Fields): KubeObject => range({ type: 'Container', ...fields });
const ofPods = (fields: Fields): KubeObject => range({ type: 'Pod', ...fields });
const ofClaims = (fields: Fields): KubeObject => range({ type: 'PersistentVolumeClaim', ...fields });
const asks = (requests: Fields = {}, limits: Fields = {}): Fields => ({ resources: { requests, limits } });
const one = (requests: Fields, limits: Fields = {}): KubeObject => pod({ containers: [container(asks(requests, limits))] });
const two = (requests: Fields, limits: Fields = {}): KubeObject =>
  pod({ containers: [container({ name: 'a', ...asks(requests, limits) }), container({ name: 'b', ...asks(requests, limits) })] });
const says = (why: string): string => `pods "abc" is forbidden: ${why}`;

const BOUNDS: readonly [string, KubeObject, KubeObject, string | null][] = [
  ['the least is asked for', one({ memory: '50Mi' }), ofContainers({ min: { memory: '50Mi' } }), null],
  ['a request below the least', one({ memory: '40Mi' }, { memory: '60Mi' }), ofContainers({ min: { memory: '50Mi' } }), says('minimum memory usage per Container is 50Mi, but request is 40Mi')],
  ['a limit below the least', one({ cpu: '1' }, { cpu: '1', memory: '1Mi' }), ofContainers({ min: { memory: '50Mi' } }), says('minimum memory usage per Container is 50Mi, but request is 1Mi')],
  ['the most is allowed', one({ cpu: '1' }, { cpu: '1' }), ofContainers({ max: { cpu: '1' } }), null],
  ['a limit above the most', one({ cpu: '1' }, { cpu: '2' }), ofContainers({ max: { cpu: '1' } }), says('maximum cpu usage per Container is 1, but limit is 2')],
  ['a request above the most, without a limit', one({ cpu: '2' }), ofContainers({ max: { cpu: '1' } }), says('maximum cpu usage per Container is 1, but request is 2')],
  ['thousandths count', one({ cpu: '1001m' }, { cpu: '1001m' }), ofContainers({ max: { cpu: '1' } }), says('maximum cpu usage per Container is 1, but limit is 1001m')],
  ['the ratio is kept', one({ cpu: '1' }, { cpu: '2' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), null],
  ['the ratio is exceeded', one({ cpu: '1' }, { cpu: '4' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000')],
  ['a ratio without a request', pod(), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but no request is specified or request is 0')],
  ['a ratio without a limit', one({ cpu: '1' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0')],
  ['a ratio of thousandths', one({ cpu: '100m' }, { cpu: '151m' }), ofContainers({ maxLimitRequestRatio: { cpu: '1500m' } }), says('cpu max limit to request ratio per Container is 1500m, but provided ratio is 1.510000')],
  ['a fractional ratio that is kept', one({ cpu: '100m' }, { cpu: '150m' }), ofContainers({ maxLimitRequestRatio: { cpu: '1500m' } }), null],
  ['what several containers lack is told together', two({ memory: '1Mi' }, { cpu: '3' }), ofContainers({ min: { memory: '2Mi' } }), says('minimum memory usage per Container is 2Mi, but request is 1Mi')],
  ['several problems', one({ cpu: '3', memory: '1Mi' }, { cpu: '3' }), ofContainers({ min: { memory: '2Mi' }, max: { cpu: '2' } }),
    says('[minimum memory usage per Container is 2Mi, but request is 1Mi, maximum cpu usage per Container is 2, but limit is 3]')],
  ['init containers, too', pod({ initContainers: [container({ name: 'init', ...asks({}, { cpu: '3' }) })] }), ofContainers({ max: { cpu: '2' } }), says('maximum cpu usage per Container is 2, but limit is 3')],
  ['a Pod as a whole', two({ cpu: '1' }, { cpu: '1' }), ofPods({ max: { cpu: '1500m' } }), says('maximum cpu usage per Pod is 1500m, but limit is 2')],
  ['a Pod below the least', two({ memory: '10Mi' }, { memory: '10Mi' }), ofPods({ min: { memory: '30Mi' } }), says('minimum memory usage per Pod is 30Mi, but request is 20Mi')],
  ['a Pod without a request', pod(), ofPods({ min: { memory: '30Mi' } }), says('minimum memory usage per Pod is 30Mi.  No request is specified')],
  ['a Pod without a limit', one({ cpu: '1' }), ofPods({ max: { cpu: '2' } }), says('maximum cpu usage per Pod is 2.  No limit is specified')],
  ['the ratio of a Pod', two({ cpu: '1' }, { cpu: '3' }), ofPods({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Pod is 2, but provided ratio is 3.000000')],
  ['the largest init container counts in a Pod', pod({ containers: [container(asks({}, { cpu: '1' }))], initContainers: [container({ name: 'init', ...asks({}, { cpu: '4' }) })] }), ofPods({ max: { cpu: '3' } }),
    says('maximum cpu usage per Pod is 3, but limit is 4')],
  ['a limit below the least, above its request', one({ memory: '60Mi' }, { memory: '40Mi' }), ofContainers({ min: { memory: '50Mi' } }), says('minimum memory usage per Container is 50Mi, but limit is 40Mi')],
  ['a ratio with a request of nothing', one({ cpu: '0' }, { cpu: '1' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but no request is specified or request is 0')],
  ['a ratio with a limit of nothing', one({ cpu: '1' }, { cpu: '0' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0')],
  ['a ratio is shown in millionths', one({ cpu: '3' }, { cpu: '10' }), ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), says('cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333')],
  ['storage of a container', one({ 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '3Gi' }), ofContainers({ max: { 'ephemeral-storage': '2Gi' } }), says('maximum ephemeral-storage usage per Container is 2Gi, but limit is 3Gi')],
  ['what is too large for thousandths', one({}, { memory: '10Pi' }), ofContainers({ max: { memory: '9Pi' } }), says('maximum memory usage per Container is 9Pi, but limit is 10Pi')],
  ['what is too large for thousandths is kept', one({}, { memory: '9Pi' }), ofContainers({ max: { memory: '9Pi' } }), null],
  ['each container of two', pod({ containers: [container({ name: 'a', ...asks({}, { cpu: '3' }) }), container({ name: 'b', ...asks({}, { cpu: '4' }) })] }), ofContainers({ max: { cpu: '2' } }),
    says('[maximum cpu usage per Container is 2, but limit is 3, maximum cpu usage per Container is 2, but limit is 4]')],
  ['several items of one range', one({ cpu: '3' }, { cpu: '3' }), prepared(object('v1', 'LimitRange', { limits: [{ type: 'Container', max: { cpu: '2' } }, { type: 'Pod', max: { cpu: '1' } }] }, { name: 'limits' })),
    says('[maximum cpu usage per Container is 2, but limit is 3, maximum cpu usage per Pod is 1, but limit is 3]')],
  ['sidecars count beside containers', pod({ containers: [container(asks({}, { cpu: '1' }))], initContainers: [container({ name: 'side', restartPolicy: 'Always', ...asks({}, { cpu: '1' }) })] }), ofPods({ max: { cpu: '1500m' } }),
    says('maximum cpu usage per Pod is 1500m, but limit is 2')],
  ['what a Pod says for itself', pod({ containers: [container(asks({}, { cpu: '1' }))], resources: { limits: { cpu: '3' } } }), ofPods({ max: { cpu: '2' } }), says('maximum cpu usage per Pod is 2, but limit is 3')],
  ['one of two containers without a limit', pod({ containers: [container({ name: 'a', ...asks({}, { cpu: '1' }) }), container({ name: 'b' })] }), ofPods({ max: { cpu: '2' } }), null],
  ['a range of claims says nothing of Pods', one({}, { cpu: '9' }), ofClaims({ max: { storage: '1Gi' } }), null],
  ['another namespace', one({ cpu: '3' }, { cpu: '3' }), { ...ofContainers({ max: { cpu: '1' } }), metadata: { ...ofContainers({}).metadata, namespace: 'other' } }, null],
];

const claim = (storage: string, spec: Fields = {}): KubeObject =>
  object('v1', 'PersistentVolumeClaim', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec });
/** A claim that may grow, and the class that lets it. */
const bound = (c: KubeObject): KubeObject => ({ ...prepared(c), spec: { ...(c.spec as Fields), storageClassName: 'growing' }, status: { phase: 'Bound' } }) as KubeObject;
const growing = { ...object('storage.k8s.io/v1', 'StorageClass', {}), metadata: { name: 'growing' }, allowVolumeExpansion: true } as unknown as KubeObject;
const CLAIMS: readonly [string, string, Fields, string | null][] = [
  ['a claim within its bounds', '2Gi', { min: { storage: '1Gi' }, max: { storage: '3Gi' } }, null],
  ['a claim below the least', '500Mi', { min: { storage: '1Gi' } }, 'persistentvolumeclaims "abc" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi'],
  ['a claim above the most', '4Gi', { max: { storage: '3Gi' } }, 'persistentvolumeclaims "abc" is forbidden: maximum storage usage per PersistentVolumeClaim is 3Gi, but request is 4Gi'],
];

const old = bound(claim('2Gi'));
const grown = bound(claim('9Gi'));
const going = (c: KubeObject): KubeObject => ({ ...c, metadata: { ...c.metadata, deletionTimestamp: '2024-01-01T00:00:00Z' } });
const larger = one({}, { cpu: '4' });
const kata = { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'kata' }, handler: 'kata', overhead: { podFixed: { cpu: '1' } } } as unknown as KubeObject;
const AGAIN: readonly [string, () => string | null, string | null][] = [
  ['a claim that grows beyond the most', () => refusal(grown, [growing, ofClaims({ max: { storage: '3Gi' } })], { operation: 'UPDATE', old }),
    'persistentvolumeclaims "abc" is forbidden: maximum storage usage per PersistentVolumeClaim is 3Gi, but request is 9Gi'],
  ['a claim that goes away', () => refusal(going(grown), [growing, ofClaims({ max: { storage: '3Gi' } })], { operation: 'UPDATE', old: going(grown) }), null],
  ['a claim\'s status', () => refusal(grown, [growing, ofClaims({ max: { storage: '3Gi' } })], { operation: 'UPDATE', old: grown, subresource: 'status' }), null],
  ['a Pod that is written again', () => refusal(larger, [ofContainers({ max: { cpu: '2' } })], { operation: 'UPDATE', old: larger }), null],
  ['a Pod\'s status', () => refusal(larger, [ofContainers({ max: { cpu: '2' } })], { operation: 'UPDATE', old: larger, subresource: 'status' }), null],
  ['a Pod that is made larger', () => refusal(larger, [ofContainers({ max: { cpu: '2' } })], { operation: 'UPDATE', old: one({}, { cpu: '1' }), subresource: 'resize' }), says('maximum cpu usage per Container is 2, but limit is 4')],
  ['a Pod that is made smaller', () => refusal(one({}, { cpu: '1' }), [ofContainers({ min: { cpu: '2' } })], { operation: 'UPDATE', old: larger, subresource: 'resize' }), says('minimum cpu usage per Container is 2, but request is 1')],
  ['what its runtime takes is not the Pod\'s', () => refusal(pod({ runtimeClassName: 'kata', containers: [container(asks({ cpu: '1' }, { cpu: '1' }))] }), [kata, ofPods({ max: { cpu: '1500m' } })]), null],
  ['the first range that refuses', () => refusal(larger, [range({ type: 'Container', max: { cpu: '2' } }, 'b'), range({ type: 'Container', max: { cpu: '3' } }, 'a')]), says('maximum cpu usage per Container is 3, but limit is 4')],
];

const filled = (draft: KubeObject, stored: readonly KubeObject[]): unknown => {
  const result = admitted(draft, stored);
  if (typeof result === 'string') return result;
  const { spec, status, metadata } = result as unknown as Pod;
  return [spec.containers[0]!.resources ?? null, status.qosClass, metadata.annotations?.['kubernetes.io/limit-ranger'] ?? null];
};
const both = { default: { cpu: '100m', memory: '1Gi' }, defaultRequest: { cpu: '50m' } };
const DEFAULTS: readonly [string, KubeObject, KubeObject[], unknown][] = [
  ['nothing said', pod(), [ofContainers(both)],
    [{ limits: { cpu: '100m', memory: '1Gi' }, requests: { cpu: '50m', memory: '1Gi' } }, 'Burstable', 'LimitRanger plugin set: cpu, memory request for container ctr; cpu, memory limit for container ctr']],
  ['a limit said is its request', one({}, { cpu: '80m' }), [ofContainers(both)],
    [{ limits: { cpu: '80m', memory: '1Gi' }, requests: { cpu: '80m', memory: '1Gi' } }, 'Guaranteed', 'LimitRanger plugin set: memory request for container ctr; memory limit for container ctr']],
  ['a request said stays', one({ cpu: '20m' }), [ofContainers({ default: { cpu: '100m' } })],
    [{ limits: { cpu: '100m' }, requests: { cpu: '20m' } }, 'Burstable', 'LimitRanger plugin set: cpu limit for container ctr']],
  ['the most is the limit where no default is said', pod(), [ofContainers({ max: { memory: '1Gi' } })],
    [{ limits: { memory: '1Gi' }, requests: { memory: '1Gi' } }, 'Burstable', 'LimitRanger plugin set: memory request for container ctr; memory limit for container ctr']],
  ['the least is no limit', pod(), [ofContainers({ min: { memory: '1Gi' } })],
    [{ requests: { memory: '1Gi' } }, 'Burstable', 'LimitRanger plugin set: memory request for container ctr']],
  ['CPU and memory make it guaranteed', pod(), [ofContainers({ default: { cpu: '1', memory: '1Gi' } })],
    [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } }, 'Guaranteed', 'LimitRanger plugin set: cpu, memory request for container ctr; cpu, memory limit for container ctr']],
  ['the first of two ranges by name', pod(), [range({ type: 'Container', default: { cpu: '2' } }, 'b'), range({ type: 'Container', default: { cpu: '1' } }, 'a')],
    [{ limits: { cpu: '1' }, requests: { cpu: '1' } }, 'Burstable', 'LimitRanger plugin set: cpu request for container ctr; cpu limit for container ctr']],
  ['a range of Pods gives nothing', one({ cpu: '1' }, { cpu: '1' }), [ofPods({ max: { cpu: '2' } })], [{ limits: { cpu: '1' }, requests: { cpu: '1' } }, 'Burstable', null]],
  ['several containers, and one that begins', pod({ containers: [container({ name: 'a' }), container({ name: 'b', ...asks({ cpu: '10m' }, { cpu: '10m' }) })], initContainers: [container({ name: 'i' })] }), [ofContainers({ default: { cpu: '100m' } })],
    [{ limits: { cpu: '100m' }, requests: { cpu: '100m' } }, 'Burstable', 'LimitRanger plugin set: cpu request for container a; cpu limit for container a; cpu request for init container i; cpu limit for init container i']],
  ['what is given is held to the bounds', one({ cpu: '3' }), [ofContainers({ default: { cpu: '1' }, max: { cpu: '2' } })], says('[maximum cpu usage per Container is 2, but request is 3]').replace(/\[|\]/g, '')],
];

// ---- ResourceQuota: what each kind uses
const usage = (draft: KubeObject): unknown =>
  Object.fromEntries([...usageOf(BUILT_IN.get(draft.kind), draft, 0)].map(([name, q]) => [name, formatQuantity(q)]).sort(([a], [b]) => (a! < b! ? -1 : 1)));
const service = (spec: Fields): KubeObject => object('v1', 'Service', spec);
const ports = (...numbers: Fields[]): Fields => ({ ports: numbers.map((more, i) => ({ port: i + 1, ...more })) });
const USAGE: readonly [string, KubeObject, Fields][] = [
  ['a load balancer', service({ type: 'LoadBalancer', ...ports({}, {}) }), { 'count/services': '1', services: '1', 'services.loadbalancers': '1', 'services.nodeports': '2' }],
  ['a load balancer without node ports', service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ...ports({}, {}) }), { 'count/services': '1', services: '1', 'services.loadbalancers': '1' }],
  ['a load balancer with one of its own', service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ...ports({ nodePort: 30_001 }, {}) }),
    { 'count/services': '1', services: '1', 'services.loadbalancers': '1', 'services.nodeports': '1' }],
  ['a node port', service({ type: 'NodePort', ...ports({}) }), { 'count/services': '1', services: '1', 'services.nodeports': '1' }],
  ['an address inside', service({ type: 'ClusterIP', ...ports({}) }), { 'count/services': '1', services: '1' }],
  ['a claim', claim('10Gi'), { 'count/persistentvolumeclaims': '1', persistentvolumeclaims: '1', 'requests.storage': '10Gi' }],
  ['a claim of a class', claim('10Gi', { storageClassName: 'gold' }), {
    'count/persistentvolumeclaims': '1', 'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '1', 'gold.storageclass.storage.k8s.io/requests.storage': '10Gi',
    persistentvolumeclaims: '1', 'requests.storage': '10Gi',
  }],
  ['a claim that shrinks', { ...claim('5Gi'), status: { allocatedResources: { storage: '10Gi' } } }, { 'count/persistentvolumeclaims': '1', persistentvolumeclaims: '1', 'requests.storage': '10Gi' }],
  ['another object', object('apps/v1', 'Deployment', {}), { 'count/deployments.apps': '1' }],
];

const quota = (hard: Fields, spec: Fields = {}): KubeObject => prepared(object('v1', 'ResourceQuota', { hard, ...spec }, { name: 'q' }));
const near = (term: Fields): KubeObject => pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', ...term }] } } });
const crossing = quota({ pods: '0' }, { scopes: ['CrossNamespacePodAffinity'] });
const exceeded = (what: string, resource: string, wanted: string, limited = '0', used = '0'): string =>
  `${what} "abc" is forbidden: exceeded quota: q, requested: ${resource}=${wanted}, used: ${resource}=${used}, limited: ${resource}=${limited}`;
const nodePort = prepared(service({ type: 'NodePort', ...ports({}) }));
const QUOTAS: readonly [string, () => string | null, string | null][] = [
  ['storage', () => refusal(claim('2Gi'), [quota({ 'requests.storage': '1Gi' })]), exceeded('persistentvolumeclaims', 'requests.storage', '2Gi', '1Gi')],
  ['storage of another class', () => refusal(claim('2Gi', { storageClassName: 'a' }), [quota({ 'b.storageclass.storage.k8s.io/requests.storage': '1Gi' })]), null],
  ['what is missing is told before what is too much', () => refusal(pod({ activeDeadlineSeconds: 9 }), [quota({ pods: '0' }, { scopes: ['BestEffort'] }), { ...quota({ 'limits.cpu': '1' }, { scopes: ['Terminating'] }), metadata: { ...quota({}).metadata, name: 'z' } }]),
    'pods "abc" is forbidden: failed quota: z: must specify limits.cpu for: ctr'],
  ['any kind by its count', () => refusal(object('apps/v1', 'Deployment', { selector: {}, template: {} }), [quota({ 'count/deployments.apps': '0' })]),
    'deployments.apps "abc" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0'],
  ['near its own namespace', () => refusal(near({}), [crossing]), null],
  ['near another namespace', () => refusal(near({ namespaces: ['other'] }), [crossing]), exceeded('pods', 'pods', '1')],
  ['near any namespace', () => refusal(near({ namespaceSelector: {} }), [crossing]), exceeded('pods', 'pods', '1')],
  ['a Service that comes to take a node port', () => refusal(nodePort, [quota({ 'services.nodeports': '0' })], { operation: 'UPDATE', old: prepared(service({ type: 'ClusterIP', ...ports({}) })) }),
    exceeded('services', 'services.nodeports', '1')],
  ['a Service that has one already', () => refusal(nodePort, [quota({ 'services.nodeports': '0' })], { operation: 'UPDATE', old: nodePort }), null],
  ['only the difference is asked for', () => refusal(claim('3Gi', { storageClassName: 'growing' }), [quota({ 'requests.storage': '2Gi' }), growing, bound(claim('2Gi'))], { operation: 'UPDATE', old: bound(claim('2Gi')) }),
    exceeded('persistentvolumeclaims', 'requests.storage', '1Gi', '2Gi', '2Gi')],
];

const cases: ConformanceCase[] = [
  ...BOUNDS.map(([name, draft, stored, expected]) => ({ name, run: () => refusal(draft, [stored]), expected })),
  ...CLAIMS.map(([name, storage, item, expected]) => ({ name, run: () => refusal(claim(storage), [ofClaims(item)]), expected })),
  ...AGAIN.map(([name, run, expected]) => ({ name, run, expected })),
  ...DEFAULTS.map(([name, draft, stored, expected]) => ({ name: `defaults: ${name}`, run: () => filled(draft, stored), expected })),
  ...USAGE.map(([name, draft, expected]) => ({ name: `quota usage: ${name}`, run: () => usage(draft), expected })),
  ...QUOTAS.map(([name, run, expected]) => ({ name: `quota: ${name}`, run, expected })),
];

export const limitRangeCases: CaseArea = {
  area: 'limit ranges, and quotas of every kind',
  source: 'plugin/pkg/admission/limitranger/admission_test.go, pkg/quota/v1/evaluator/core/{services,persistent_volume_claims,pods}_test.go', cases,
};
