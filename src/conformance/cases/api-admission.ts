/** What admission adds and refuses. */
import { LETS_THROUGH } from '../../sim/api/admission/dynamic/webhookcall.ts';
import { ADMISSION_PLUGINS, admit } from '../../sim/api/admission/index.ts';
import type { AdmissionRequest, AdmissionView } from '../../sim/api/admission/types.ts';
import { missingFor, usageOf } from '../../sim/api/admission/quotausage.ts';
import { formatQuantity } from '../../sim/api/quantity.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import { formerBudgets } from '../recordedparts.ts';
import { toStorageVersion } from '../../sim/api/resources/registry.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { KubeObject, Pod, ResourceName } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { container, object, pod, prepared, type Fields } from './api-objects.ts';

const NAMESPACES = [object('v1', 'Namespace', {}, { name: 'default' }, false), object('v1', 'Namespace', {}, { name: 'going', deletionTimestamp: rfc3339(0) }, false)];
const NOW = 60_000;

function viewOf(stored: readonly KubeObject[]): AdmissionView {
  const all = [...NAMESPACES, ...stored];
  const list = (resource: ResourceName, namespace?: string): KubeObject[] =>
    all.filter((o) => o.kind === BUILT_IN.get(resource).kind && (namespace === undefined || (o.metadata.namespace ?? '') === namespace));
  return {
    find: ((kind: ResourceName, namespace: string, name: string) => list(kind, namespace).find((o) => o.metadata.name === name)) as never,
    list: list as never, resources: BUILT_IN, now: NOW, random: () => 0, isExtended: false, decide: () => ({ allowed: true, reason: '' }), callWebhook: () => LETS_THROUGH,
  };
}

/** The admitted object, or the message it is refused with. */
function outcome(draft: KubeObject | undefined, stored: readonly KubeObject[] = [], more: Partial<AdmissionRequest> = {}): KubeObject | string {
  const ready = draft === undefined ? undefined : prepared(draft);
  const { kind, metadata } = (ready ?? more.old)!;
  try {
    return admit(ADMISSION_PLUGINS, {
      operation: 'CREATE', definition: BUILT_IN.get(kind), namespace: metadata.namespace ?? '', name: metadata.name, object: ready, old: undefined,
      subresource: '', user: 'user', view: viewOf(stored), config: DEFAULT_CONFIG, ...more,
    });
  } catch (error) {
    return (error as Error).message;
  }
}
const field = (result: KubeObject | string, read: (spec: Pod['spec']) => unknown): unknown =>
  typeof result === 'string' ? result : read((result as unknown as Pod).spec) ?? null;

// ---- DefaultTolerationSeconds
const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const stay = (key: string, tolerationSeconds = 300): Fields => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds });
const other = { key: 'foo', operator: 'Equal', value: 'bar', effect: 'NoSchedule' };
const TOLERATIONS: readonly [string, Fields[] | undefined, Fields[]][] = [
  ['none given', undefined, [stay(NOT_READY), stay(UNREACHABLE)]],
  ['another one', [other], [other, stay(NOT_READY), stay(UNREACHABLE)]],
  ['not ready', [stay(NOT_READY, 700)], [stay(NOT_READY, 700), stay(UNREACHABLE)]],
  ['unreachable', [stay(UNREACHABLE, 700)], [stay(UNREACHABLE, 700), stay(NOT_READY)]],
  ['both', [stay(NOT_READY, 700), stay(UNREACHABLE, 700)], [stay(NOT_READY, 700), stay(UNREACHABLE, 700)]],
  ['unreachable with every effect', [{ key: UNREACHABLE, operator: 'Exists' }], [{ key: UNREACHABLE, operator: 'Exists' }, stay(NOT_READY)]],
  ['everything', [{ operator: 'Exists' }], [{ operator: 'Exists' }]],
];

// ---- Priority
const priorityClass = (name: string, value: number, fields: Fields = {}): KubeObject =>
  ({ ...object('scheduling.k8s.io/v1', 'PriorityClass', undefined, { name }, false), value, preemptionPolicy: 'PreemptLowerPriority', ...fields }) as KubeObject;
const CLASSES = [priorityClass('high', 1000), priorityClass('polite', 500, { preemptionPolicy: 'Never' })];
const BY_DEFAULT = [...CLASSES, priorityClass('usual', 10, { globalDefault: true })];
const priorities = (spec: Pod['spec']): unknown => [spec.priorityClassName ?? null, spec.priority, spec.preemptionPolicy];
const PRIORITIES: readonly [string, Fields, KubeObject[], unknown][] = [
  ['no class', {}, CLASSES, [null, 0, 'PreemptLowerPriority']],
  ['a class', { priorityClassName: 'high' }, CLASSES, ['high', 1000, 'PreemptLowerPriority']],
  ['a class that does not preempt', { priorityClassName: 'polite' }, CLASSES, ['polite', 500, 'Never']],
  ['the default class', {}, BY_DEFAULT, ['usual', 10, 'PreemptLowerPriority']],
  ['the lower of two default classes', {}, [...BY_DEFAULT, priorityClass('low', 5, { globalDefault: true })], ['low', 5, 'PreemptLowerPriority']],
  ['a class that is not there', { priorityClassName: 'none' }, CLASSES, 'pods "abc" is forbidden: no PriorityClass with name none was found'],
  ["a class of the system", { priorityClassName: 'system-node-critical' }, [], ['system-node-critical', 2_000_001_000, 'PreemptLowerPriority']],
  ['a number that fits', { priorityClassName: 'high', priority: 1000 }, CLASSES, ['high', 1000, 'PreemptLowerPriority']],
  ['a number that does not', { priorityClassName: 'high', priority: 5 }, CLASSES,
    'pods "abc" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 1000 from the given PriorityClass name'],
  ['a policy that does not fit', { priorityClassName: 'polite', preemptionPolicy: 'PreemptLowerPriority' }, CLASSES,
    'pods "abc" is forbidden: the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name'],
];

// ---- ResourceQuota
const asks = (requests: Fields, limits: Fields = {}): Fields => ({ resources: { requests, limits } });
const quota = (hard: Fields, spec: Fields = {}): KubeObject => prepared(object('v1', 'ResourceQuota', { hard, ...spec }, { name: 'q' }));
const running = (name: string, spec: Fields = {}, fields: Fields = {}): KubeObject => ({ ...prepared(pod(spec, { name })), ...fields });
const one = pod({ containers: [container(asks({ cpu: '100m', memory: '2Gi' }, { cpu: '200m' }))] });
const QUOTAS: readonly [string, KubeObject, KubeObject[], string | null][] = [
  ['room', one, [quota({ pods: '3' }), running('a'), running('b')], null],
  ['no room', one, [quota({ pods: '2' }), running('a'), running('b')], 'pods "abc" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2'],
  ['ended Pods do not count', one, [quota({ pods: '1' }), running('a', {}, { status: { phase: 'Succeeded' } })], null],
  ['but as objects they do', one, [quota({ 'count/pods': '1' }), running('a', {}, { status: { phase: 'Succeeded' } })],
    'pods "abc" is forbidden: exceeded quota: q, requested: count/pods=1, used: count/pods=1, limited: count/pods=1'],
  ['Pods that outstay their grace period do not count', one, [quota({ pods: '1' }),
    { ...running('a'), metadata: { ...running('a').metadata, deletionTimestamp: rfc3339(0), deletionGracePeriodSeconds: 30 } }], null],
  ['two resources at once', one, [quota({ pods: '1', 'requests.memory': '3Gi' }), running('a', { containers: [container(asks({ memory: '2Gi' }))] })],
    'pods "abc" is forbidden: exceeded quota: q, requested: pods=1,requests.memory=2Gi, used: pods=1,requests.memory=2Gi, limited: pods=1,requests.memory=3Gi'],
  ['only what is too much is named', one, [quota({ pods: '5', 'limits.cpu': '100m' })], 'pods "abc" is forbidden: exceeded quota: q, requested: limits.cpu=200m, used: limits.cpu=0, limited: limits.cpu=100m'],
  ['a limit that is left out', pod(), [quota({ 'limits.cpu': '1' })], 'pods "abc" is forbidden: failed quota: q: must specify limits.cpu for: ctr'],
  ['two that are left out', pod({ containers: [container({ name: 'b' }), container({ name: 'a' })] }), [quota({ cpu: '1', memory: '1' })],
    'pods "abc" is forbidden: failed quota: q: must specify cpu for: a,b; memory for: a,b'],
  ['a quota of another namespace', one, [{ ...quota({ pods: '0' }), metadata: { ...quota({}).metadata, namespace: 'other' } }], null],
  ['a quota of Pods with a deadline', one, [quota({ pods: '0' }, { scopes: ['Terminating'] })], null],
  ['a quota of Pods without one', one, [quota({ pods: '0' }, { scopes: ['NotTerminating'] })], 'pods "abc" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0'],
  ['a quota of best effort', one, [quota({ pods: '0' }, { scopes: ['BestEffort'] })], null],
  ['a quota of a priority', pod({ priorityClassName: 'high' }), [...CLASSES, quota({ pods: '0' }, { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } })],
    'pods "abc" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0'],
  ['a quota of services', object('v1', 'Service', { ports: [{ port: 1 }] }), [quota({ services: '0' })], 'services "abc" is forbidden: exceeded quota: q, requested: services=1, used: services=0, limited: services=0'],
];

const usage = (spec: Fields, status: Fields = {}): unknown =>
  Object.fromEntries([...usageOf(BUILT_IN.get('Pod'), { ...pod(spec), status }, NOW)].map(([name, q]): [string, string] => [name, formatQuantity(q)]).sort(([a], [b]) => (a < b ? -1 : 1)));
const counted = { 'count/pods': '1', pods: '1' };
const USAGE: readonly [string, Fields, Fields, Fields][] = [
  ['init container CPU', { containers: [], initContainers: [asks({ cpu: '1m' }, { cpu: '2m' })] }, {}, { 'count/pods': '1', cpu: '1m', 'limits.cpu': '2m', pods: '1', 'requests.cpu': '1m' }],
  ['container memory', { containers: [asks({ memory: '1m' }, { memory: '2m' })] }, {}, { 'count/pods': '1', 'limits.memory': '2m', memory: '1m', pods: '1', 'requests.memory': '1m' }],
  ['ephemeral storage', { containers: [asks({ 'ephemeral-storage': '32Mi' }, { 'ephemeral-storage': '64Mi' })] }, {},
    { 'count/pods': '1', 'ephemeral-storage': '32Mi', 'limits.ephemeral-storage': '64Mi', pods: '1', 'requests.ephemeral-storage': '32Mi' }],
  ['huge pages', { containers: [asks({ 'hugepages-2Mi': '100Mi' })] }, {}, { 'count/pods': '1', 'hugepages-2Mi': '100Mi', pods: '1', 'requests.hugepages-2Mi': '100Mi' }],
  ['devices', { containers: [asks({ 'example.com/dongle': '3' }, { 'example.com/dongle': '3' })] }, {}, { ...counted, 'requests.example.com/dongle': '3' }],
  ['an ended Pod', { containers: [asks({ cpu: '1' })] }, { phase: 'Succeeded' }, { 'count/pods': '1' }],
  ['the largest moment of the start', { containers: [asks({ cpu: '1' }), asks({ cpu: '2' })], initContainers: [asks({ cpu: '4' }), asks({ cpu: '1' })] }, {}, { 'count/pods': '1', cpu: '4', pods: '1', 'requests.cpu': '4' }],
  ['sidecars stay', { containers: [asks({ cpu: '1' })], initContainers: [{ ...asks({ cpu: '2' }), restartPolicy: 'Always' }, asks({ cpu: '3' })] }, {}, { 'count/pods': '1', cpu: '5', pods: '1', 'requests.cpu': '5' }],
  ['overhead', { containers: [asks({ cpu: '1' }, { cpu: '2' })], overhead: { cpu: '1' } }, {}, { 'count/pods': '1', cpu: '2', 'limits.cpu': '3', pods: '1', 'requests.cpu': '2' }],
];

const LIFECYCLE: ConformanceCase[] = [
  { name: 'no such namespace', run: () => outcome(pod({}, { namespace: 'none' })), expected: 'namespaces "none" not found' },
  { name: 'a namespace that goes away', run: () => outcome(pod({}, { namespace: 'going' })),
    expected: 'pods "abc" is forbidden: unable to create new content in namespace going because it is being terminated' },
  { name: 'updates in a namespace that goes away', run: () => typeof outcome(pod({}, { namespace: 'going' }), [], { operation: 'UPDATE', old: prepared(pod({}, { namespace: 'going' })) }), expected: 'object' },
  ...['default', 'kube-system', 'kube-public'].map((name) => ({
    name: `namespace ${name} stays`, run: () => outcome(undefined, [], { operation: 'DELETE', old: object('v1', 'Namespace', {}, { name }, false) }),
    expected: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
  })),
  { name: 'deletes where there is no namespace', run: () => typeof outcome(undefined, [], { operation: 'DELETE', old: pod({}, { namespace: 'none' }) }), expected: 'object' },
  { name: 'a second default priority', run: () => outcome(priorityClass('second', 1, { globalDefault: true }), BY_DEFAULT),
    expected: 'priorityclasses.scheduling.k8s.io "second" is forbidden: PriorityClass usual is already marked as default. Only one default can exist' },
  { name: 'default service account', run: () => field(outcome(pod()), (s) => s.serviceAccountName), expected: 'default' },
  { name: 'an account that is not there', run: () => outcome(pod({ serviceAccountName: 'robot' })),
    expected: 'pods "abc" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found' },
  { name: 'a new node is not ready', run: () => (outcome(object('v1', 'Node', {}, {}, false)) as KubeObject).spec, expected: { taints: [{ key: NOT_READY, effect: 'NoSchedule' }] } },
  { name: 'quota of a Pod that asks as a whole', run: () => missingFor(pod({ resources: { requests: { cpu: '1m' } } }) as unknown as Pod, ['memory', 'cpu']) ?? null, expected: null },
];

const VERSIONS: ConformanceCase[] = [
  { name: 'served kinds', expected: [true, true, true, false, false, false, false],
    run: () => [['v1', 'Pod'], ['apps/v1', 'Deployment'], ['policy/v1', 'PodDisruptionBudget'], ['policy/v1beta1', 'PodDisruptionBudget'], ['v1', 'Deployment'], ['apps/v1', 'Deploymint'], ['extensions/v1beta1', 'Deployment']]
      .map(([version, kind]) => BUILT_IN.served(version!, kind!) !== undefined) },
  ...([[{}, { matchExpressions: [{ key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator: 'Exists' }] }],
    [{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'b' } }], [undefined, null]] as const).map(([selector, expected]) => ({
    name: `v1beta1 budget with selector ${JSON.stringify(selector)}`, expected,
    run: () => (toStorageVersion(formerBudgets, object('policy/v1beta1', 'PodDisruptionBudget', { selector })).spec as Fields).selector ?? null,
  })),
];

const cases: ConformanceCase[] = [
  ...LIFECYCLE,
  ...TOLERATIONS.map(([name, tolerations, expected]) => ({ name: `tolerations: ${name}`, run: () => field(outcome(pod(tolerations === undefined ? {} : { tolerations })), (s) => s.tolerations), expected })),
  ...PRIORITIES.map(([name, spec, stored, expected]) => ({ name: `priority: ${name}`, run: () => field(outcome(pod(spec), stored), priorities), expected })),
  ...QUOTAS.map(([name, draft, stored, expected]) => ({ name: `quota: ${name}`, run: () => { const r = outcome(draft, stored); return typeof r === 'string' ? r : null; }, expected })),
  ...USAGE.map(([name, spec, status, expected]) => ({ name: `quota usage: ${name}`, run: () => usage(spec, status), expected })),
  ...VERSIONS,
];

export const admissionCases: CaseArea = {
  area: 'admission, quotas and versions',
  source: 'plugin/pkg/admission/{defaulttolerationseconds,priority}/admission_test.go, pkg/quota/v1/evaluator/core/pods_test.go', cases,
};
