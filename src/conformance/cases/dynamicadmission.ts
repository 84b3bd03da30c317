/** Whom webhooks and policies are asked about, in which order, and what comes of what they answer. */
import { admit, ADMISSION_PLUGINS } from '../../sim/api/admission/index.ts';
import { LETS_THROUGH, type WebhookReply } from '../../sim/api/admission/dynamic/webhookcall.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { object, pod, prepared, workload, type Fields } from './api-objects.ts';

const TESTS = 'staging/src/k8s.io/apiserver/pkg/admission/plugin';
const PLUGINS = ADMISSION_PLUGINS.filter((plugin) => plugin.ofParts === true);
const GROUP = 'admissionregistration.k8s.io/v1';
const cluster = (kind: string, name: string, spec: Fields, labels: Fields = {}): KubeObject => ({ ...object(GROUP, kind, undefined, { name, labels }, false), ...spec }) as KubeObject;
const namespace = (labels: Fields = {}, name = 'default'): KubeObject => object('v1', 'Namespace', {}, { name, labels }, false);

interface Came { readonly refused?: string; readonly labels?: unknown; readonly warned: readonly string[]; readonly asked: readonly string[] }
type Replies = Readonly<Record<string, WebhookReply | ((request: AdmissionRequest) => WebhookReply)>>;

function came(given: KubeObject | undefined, stored: readonly KubeObject[], replies: Replies = {}, more: Partial<AdmissionRequest> = {}): Came {
  const [warned, asked]: [string[], string[]] = [[], []];
  const { kind, metadata } = (given ?? more.old)!;
  const all = stored.some((o) => o.kind === 'Namespace') ? stored : [namespace(), ...stored];
  const list = (resource: string, ns?: string): KubeObject[] =>
    all.filter((o) => o.kind === BUILT_IN.get(resource).kind && (ns === undefined || (o.metadata.namespace ?? '') === ns));
  const request: AdmissionRequest = {
    operation: 'CREATE', definition: BUILT_IN.get(kind), namespace: metadata.namespace ?? '', name: metadata.name, object: given, old: undefined, subresource: '', user: 'ann',
    config: DEFAULT_CONFIG, warn: (text) => void warned.push(text),
    view: {
      find: ((resource: string, ns: string, name: string) => list(resource, ns).find((o) => o.metadata.name === name)) as never, list: list as never,
      resources: BUILT_IN, now: 0, random: () => 0, isExtended: true,
      callWebhook(call) {
        asked.push(call.name);
        const reply = replies[call.name] ?? LETS_THROUGH;
        return typeof reply === 'function' ? reply(call.request) : reply;
      },
    },
    ...more,
  };
  try {
    const { metadata: after } = admit(PLUGINS, request);
    return { ...(after.labels === undefined ? {} : { labels: after.labels }), warned, asked };
  } catch (error) {
    return { refused: (error as Error).message, warned, asked };
  }
}

// ---- Webhooks
const PODS = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
const hook = (name: string, fields: Fields = {}): Fields => ({ name, clientConfig: { url: 'https://x/' }, rules: [PODS], failurePolicy: 'Fail', matchPolicy: 'Equivalent', sideEffects: 'None', timeoutSeconds: 10, ...fields });
const validating = (name: string, ...webhooks: Fields[]): KubeObject => cluster('ValidatingWebhookConfiguration', name, { webhooks });
const mutating = (name: string, ...webhooks: Fields[]): KubeObject => cluster('MutatingWebhookConfiguration', name, { webhooks });
const ruled = (rule: Fields): KubeObject => validating('c', hook('h', { rules: [{ ...PODS, ...rule }] }));
const ASKED: Came = { warned: [], asked: ['h'] };
const NOT: Came = { warned: [], asked: [] };
const labelled = prepared(pod({}, { labels: { team: 'shop' } }));
const TEAM = { labels: { team: 'shop' } };
const plain = prepared(pod());
const web = prepared(workload('Deployment'));
const update = (old: KubeObject): Partial<AdmissionRequest> => ({ operation: 'UPDATE', old });
const DOWN: WebhookReply = { failed: 'Post "https://x/?timeout=10s": context deadline exceeded' };
const denies = (message: string): WebhookReply => ({ ...LETS_THROUGH, refused: { message, reason: 'Forbidden' } });
const adds = (key: string, value = 'x'): WebhookReply => ({ ...LETS_THROUGH, patch: [{ op: 'add', path: '/metadata/labels', value: { [key]: value } }] });
const addsTo = (key: string): WebhookReply => ({ ...LETS_THROUGH, patch: [{ op: 'add', path: `/metadata/labels/${key}`, value: 'x' }] });

const WEBHOOKS: readonly [string, () => Came, Came][] = [
  ['no configuration', () => came(plain, []), NOT],
  ['a rule that fits', () => came(plain, [ruled({})]), ASKED],
  ['every group', () => came(web, [ruled({ apiGroups: ['*'], resources: ['*'] })]), ASKED],
  ['another group', () => came(web, [ruled({ resources: ['deployments'] })]), NOT],
  ['every version', () => came(plain, [ruled({ apiVersions: ['*'] })]), ASKED],
  ['a version that is not served', () => came(plain, [ruled({ apiVersions: ['v2'] })]), NOT],
  ['every operation', () => came(plain, [ruled({ operations: ['*'] })], {}, update(plain)), ASKED],
  ['another operation', () => came(plain, [ruled({})], {}, update(plain)), NOT],
  ['a delete', () => came(undefined, [ruled({ operations: ['DELETE'] })], {}, { operation: 'DELETE', old: plain }), { ...ASKED }],
  ['a part, which pods alone does not name', () => came(plain, [ruled({ operations: ['*'] })], {}, { ...update(plain), subresource: 'status' }), NOT],
  ['a part by its name', () => came(plain, [ruled({ operations: ['*'], resources: ['pods/status'] })], {}, { ...update(plain), subresource: 'status' }), ASKED],
  ['every part', () => came(plain, [ruled({ operations: ['*'], resources: ['pods/*'] })], {}, { ...update(plain), subresource: 'eviction' }), ASKED],
  ['a part of anything', () => came(web, [ruled({ operations: ['*'], apiGroups: ['*'], resources: ['*/scale'] })], {}, { ...update(web), subresource: 'scale' }), ASKED],
  ['everything and its parts', () => came(web, [ruled({ operations: ['*'], apiGroups: ['*'], resources: ['*/*'] })], {}, { ...update(web), subresource: 'scale' }), ASKED],
  ['in namespaces only', () => came(plain, [ruled({ scope: 'Namespaced' })]), ASKED],
  ['outside of namespaces only', () => came(plain, [ruled({ scope: 'Cluster' })]), NOT],
  ['configurations are nobody else\'s business', () => came(validating('d'), [ruled({ apiGroups: ['*'], resources: ['*'] })]), { ...NOT, labels: {} }],
  ['a namespace that is selected', () => came(plain, [namespace({ guarded: 'yes' }), validating('c', hook('h', { namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), ASKED],
  ['a namespace that is not', () => came(plain, [namespace(), validating('c', hook('h', { namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), NOT],
  ['a namespace by what it is to be', () => came(namespace({ guarded: 'yes' }, 'new'), [validating('c', hook('h', { rules: [{ ...PODS, resources: ['namespaces'] }], namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), { ...ASKED, labels: { guarded: 'yes' } }],
  ['what is in no namespace is always selected', () => came(object('v1', 'Node', {}, {}, false), [validating('c', hook('h', { rules: [{ ...PODS, resources: ['nodes'] }], namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), ASKED],
  ['an object that is selected', () => came(labelled, [validating('c', hook('h', { objectSelector: { matchLabels: { team: 'shop' } } }))]), { ...ASKED, ...TEAM }],
  ['an object that is not', () => came(plain, [validating('c', hook('h', { objectSelector: { matchLabels: { team: 'shop' } } }))]), NOT],
  ['an object that was', () => came(plain, [validating('c', hook('h', { rules: [{ ...PODS, operations: ['UPDATE'] }], objectSelector: { matchLabels: { team: 'shop' } } }))], {}, update(labelled)), ASKED],
  ['conditions that hold', () => came(labelled, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: "object.metadata.labels.team == 'shop'" }, { name: 'b', expression: "request.userInfo.username == 'ann'" }] }))]), { ...ASKED, ...TEAM }],
  ['one that does not', () => came(labelled, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'true' }, { name: 'b', expression: "request.userInfo.username == 'bob'" }] }))]), { ...NOT, ...TEAM }],
  ['one that fails', () => came(plain, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }))]),
    { ...NOT, refused: `pods "abc" is forbidden: expression 'object.spec.nothing == 1' resulted in error: no such key: nothing` }],
  ['one that fails, passed over', () => came(plain, [validating('c', hook('h', { failurePolicy: 'Ignore', matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }))]), NOT],
  ['one that fails beside one that does not hold', () => came(plain, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }, { name: 'b', expression: 'false' }] }))]), NOT],
  ['a refusal', () => came(plain, [ruled({})], { h: denies('not today') }), { ...ASKED, refused: 'admission webhook "h" denied the request: not today' }],
  ['a refusal without a word', () => came(plain, [ruled({})], { h: denies('') }), { ...ASKED, refused: 'admission webhook "h" denied the request without explanation' }],
  ['warnings', () => came(plain, [ruled({})], { h: { ...LETS_THROUGH, warnings: ['old', 'older'] } }), { ...ASKED, warned: ['old', 'older'] }],
  ['no answer', () => came(plain, [ruled({})], { h: DOWN }),
    { ...ASKED, refused: 'Internal error occurred: failed calling webhook "h": failed to call webhook: Post "https://x/?timeout=10s": context deadline exceeded' }],
  ['no answer, passed over', () => came(plain, [validating('c', hook('h', { failurePolicy: 'Ignore' }))], { h: DOWN }), ASKED],
  ['several, by the names of their configurations', () => came(plain, [validating('b', hook('3')), validating('a', hook('2'), hook('1'))]), { warned: [], asked: ['2', '1', '3'] }],
  ['all are asked though one refuses', () => came(plain, [validating('a', hook('1'), hook('2'))], { 1: denies('no'), 2: denies('never') }), { warned: [], asked: ['1', '2'], refused: 'admission webhook "1" denied the request: no' }],
  ['nobody is asked after one that changes refuses', () => came(plain, [mutating('a', hook('1'), hook('2')), validating('a', hook('3'))], { 1: denies('no') }), { warned: [], asked: ['1'], refused: 'admission webhook "1" denied the request: no' }],
  ['a change is seen by those behind', () => came(plain, [mutating('a', hook('1'), hook('2', { objectSelector: { matchLabels: { a: 'x' } } }))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2'], labels: { a: 'x', b: 'x' } }],
  ['and by those that judge', () => came(plain, [mutating('a', hook('1')), validating('a', hook('2', { objectSelector: { matchLabels: { a: 'x' } } }))], { 1: adds('a') }), { warned: [], asked: ['1', '2'], labels: { a: 'x' } }],
  ['nobody is asked again unless he wants to be', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'Never' }), hook('2'))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2'], labels: { a: 'x', b: 'x' } }],
  ['asked again after a change behind', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }), hook('2'))], { 2: adds('b') }), { warned: [], asked: ['1', '2', '1'], labels: { b: 'x' } }],
  ['not for a change of its own', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }))], { 1: adds('a') }), { warned: [], asked: ['1'], labels: { a: 'x' } }],
  ['and once only', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }), hook('2', { reinvocationPolicy: 'IfNeeded' }))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2', '1', '2'], labels: { a: 'x', b: 'x' } }],
  ['a patch that does not fit', () => came(plain, [mutating('a', hook('1'))], { 1: addsTo('b') }), { warned: [], asked: ['1'], refused: 'Internal error occurred: add operation does not apply: doc is missing path: "/metadata/labels/b": missing value' }],
  ['a dry run of one that does without', () => came(plain, [ruled({})], {}, { dryRun: true }), ASKED],
  ['a dry run of one that may not', () => came(plain, [validating('c', hook('h', { sideEffects: 'Some' }))], {}, { dryRun: true }), { ...NOT, refused: 'admission webhook "h" does not support dry run' }],
];

export const webhookCases: CaseArea = {
  area: 'admission webhooks',
  source: `${TESTS}/webhook/{testing/testcase.go,predicates/*/*_test.go,matchconditions/matcher_test.go,errors/statuserror_test.go}`,
  cases: WEBHOOKS.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};

// ---- Policies
const policy = (spec: Fields, name = 'p'): KubeObject =>
  object(GROUP, 'ValidatingAdmissionPolicy', { failurePolicy: 'Fail', matchConstraints: { resourceRules: [{ ...PODS, operations: ['*'] }] }, ...spec }, { name }, false);
const binding = (spec: Fields = {}, name = 'b'): KubeObject => object(GROUP, 'ValidatingAdmissionPolicyBinding', { policyName: 'p', validationActions: ['Deny'], ...spec }, { name }, false);
const says = (expression: string, more: Fields = {}): Fields => ({ validations: [{ expression, ...more }] });
const told = (message: string): string => `pods "abc" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${message}`;
const no = (message: string): Came => ({ ...NOT, refused: told(message) });
const settings = (data: Fields, name = 'settings', labels: Fields = {}): KubeObject => ({ ...object('v1', 'ConfigMap', undefined, { name, labels }), data }) as KubeObject;
const withParams = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
const LIMIT = { ...withParams, ...says("object.metadata.name != params.data.name", { message: 'that name is taken' }) };
const judged = (spec: Fields, bound: Fields = {}, more: readonly KubeObject[] = [], given: KubeObject = plain, request: Partial<AdmissionRequest> = {}): Came =>
  came(given, [policy(spec), binding(bound), ...more], {}, request);

const POLICIES: readonly [string, () => Came, Came][] = [
  ['an expression that holds', () => judged(says('true')), NOT],
  ['one that does not', () => judged(says('false')), no('failed expression: false')],
  ['its text without spaces around', () => judged(says('  object.metadata.name == "x" ')), no('failed expression: object.metadata.name == "x"')],
  ['a message', () => judged(says('false', { message: ' not so ' })), no('not so')],
  ['a message that is computed', () => judged(says('false', { messageExpression: "'not ' + object.metadata.name" })), no('not abc')],
  ['one that comes to nothing', () => judged(says('false', { message: 'no', messageExpression: "''" })), no('no')],
  ['one that fails', () => judged(says('false', { message: 'no', messageExpression: 'object.spec.nothing' })), no('no')],
  ['one of several lines', () => judged(says('false', { message: 'no', messageExpression: "'a\\nb'" })), no('no')],
  ['one that is no text', () => judged(says('false', { messageExpression: '1' })), no('failed expression: false')],
  ['an expression that fails', () => judged(says('object.spec.nothing == 1')), no("expression 'object.spec.nothing == 1' resulted in error: no such key: nothing")],
  ['one that fails, passed over', () => judged({ ...says('object.spec.nothing == 1'), failurePolicy: 'Ignore' }), NOT],
  ['a denial is no failure', () => judged({ ...says('false'), failurePolicy: 'Ignore' }), no('failed expression: false')],
  ['the first of several', () => judged({ validations: [{ expression: 'true' }, { expression: 'false', message: 'one' }, { expression: 'false', message: 'two' }] }), no('one')],
  ['a policy without a binding', () => came(plain, [policy(says('false'))]), NOT],
  ['a binding of another policy', () => came(plain, [policy(says('false')), binding({ policyName: 'q' })]), NOT],
  ['two bindings', () => came(plain, [policy(says('false')), binding({ validationActions: ['Warn'] }, 'a'), binding()]),
    { ...no('failed expression: false'), warned: ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'a': failed expression: false"] }],
  ['warned of', () => judged(says('false', { message: 'no' }), { validationActions: ['Warn'] }), { ...NOT, warned: ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': no"] }],
  ['audited', () => judged(says('false'), { validationActions: ['Audit'] }), NOT],
  ['denied and audited', () => judged(says('false'), { validationActions: ['Deny', 'Audit'] }), no('failed expression: false')],
  ['constraints that do not fit', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resources: ['services'] }] } }), NOT],
  ['what is excluded', () => judged({ ...says('false'), matchConstraints: { resourceRules: [PODS], excludeResourceRules: [{ ...PODS, resources: ['*'] }] } }), NOT],
  ['one object by its name', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resourceNames: ['abc'] }] } }), no('failed expression: false')],
  ['another object', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resourceNames: ['xyz'] }] } }), NOT],
  ['resources of the binding', () => judged(says('false'), { matchResources: { namespaceSelector: { matchLabels: { guarded: 'yes' } } } }), NOT],
  ['resources of the binding that fit', () => judged(says('false'), { matchResources: { namespaceSelector: { matchLabels: { guarded: 'yes' } } } }, [namespace({ guarded: 'yes' })]), no('failed expression: false')],
  ['objects of the binding', () => judged(says('false'), { matchResources: { objectSelector: { matchLabels: { team: 'shop' } } } }), NOT],
  ['conditions', () => judged({ ...says('false'), matchConditions: [{ name: 'a', expression: "request.userInfo.username != 'ann'" }] }), NOT],
  ['a condition that fails', () => judged({ ...says('true'), matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }), no("expression 'object.spec.nothing == 1' resulted in error: no such key: nothing")],
  ['a condition that fails, passed over', () => judged({ ...says('false'), failurePolicy: 'Ignore', matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }), NOT],
  ['variables', () => judged({ variables: [{ name: 'n', expression: 'size(object.spec.containers)' }, { name: 'm', expression: 'variables.n + 1' }], ...says('variables.m == 3') }), no('failed expression: variables.m == 3')],
  ['variables that nobody asks for may fail', () => judged({ variables: [{ name: 'n', expression: 'object.spec.nothing' }], ...says('true') }), NOT],
  ['a variable in a message', () => judged({ variables: [{ name: 'n', expression: 'size(object.spec.containers)' }], ...says('false', { messageExpression: "'containers: ' + string(variables.n)" }) }), no('containers: 1')],
  ['parameters', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }, [settings({ name: 'abc' })]), no('that name is taken')],
  ['parameters that let it pass', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }, [settings({ name: 'x' })]), NOT],
  ['parameters that are not there', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), no('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction')],
  ['and need not be', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Allow' } }), NOT],
  ['and whose lack is passed over', () => judged({ ...LIMIT, failurePolicy: 'Ignore' }, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), NOT],
  ['parameters by labels, each of them', () => judged(LIMIT, { paramRef: { selector: { matchLabels: { p: 'y' } }, parameterNotFoundAction: 'Deny' } }, [settings({ name: 'x' }, 'one', { p: 'y' }), settings({ name: 'abc' }, 'two', { p: 'y' }), settings({ name: 'abc' }, 'three')]), no('that name is taken')],
  ['parameters of no namespace', () => came(namespace({}, 'new'), [policy({ ...LIMIT, matchConstraints: { resourceRules: [{ ...PODS, resources: ['namespaces'] }] } }), binding({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } })]),
    { ...NOT, refused: `namespaces "new" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources` }],
  ['parameters of a kind that nobody serves', () => judged({ ...says('false'), paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' } }), no("failed to configure policy: failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'")],
  ['no parameters are bound', () => judged({ ...withParams, ...says('params == null') }), NOT],
  ['the old object of a create', () => judged(says('oldObject == null')), NOT],
  ['the old object of an update', () => judged(says('oldObject.metadata.labels.team == "shop"'), {}, [], plain, update(labelled)), NOT],
  ['the object of a delete', () => came(undefined, [policy(says('object == null && oldObject.metadata.name == "abc"')), binding()], {}, { operation: 'DELETE', old: plain }), NOT],
  ['what the request says', () => judged(says("request.operation == 'CREATE' && request.kind.kind == 'Pod' && request.resource.resource == 'pods' && request.namespace == 'default' && request.name == 'abc' && !request.dryRun")), NOT],
  ['the namespace', () => judged(says("namespaceObject.metadata.labels.env == 'prod'"), {}, [namespace({ env: 'prod' })]), NOT],
  ['policies are asked of the object as webhooks left it', () => came(plain, [mutating('m', hook('1')), policy(says("object.metadata.labels.a == 'x'")), binding()], { 1: adds('a') }), { warned: [], asked: ['1'], labels: { a: 'x' } }],
  ['and before webhooks that judge', () => came(plain, [validating('v', hook('1')), policy(says('false')), binding()]), no('failed expression: false')],
];

export const policyCases: CaseArea = {
  area: 'admission policies',
  source: `${TESTS}/policy/validating/{admission,validator,message}_test.go`,
  cases: POLICIES.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};

const mutation = (mutations: Fields[], more: Fields = {}, name = 'p'): KubeObject =>
  object(GROUP, 'MutatingAdmissionPolicy', { failurePolicy: 'Fail', reinvocationPolicy: 'Never', matchConstraints: { resourceRules: [{ ...PODS, operations: ['*'] }] }, mutations, ...more }, { name }, false);
const bound = (spec: Fields = {}, name = 'b'): KubeObject => object(GROUP, 'MutatingAdmissionPolicyBinding', { policyName: 'p', ...spec }, { name }, false);
const applied = (expression: string): Fields => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
const patchedBy = (expression: string): Fields => ({ patchType: 'JSONPatch', jsonPatch: { expression } });
const LABEL = applied("Object{metadata: Object.metadata{labels: Object.metadata.labels{a: 'x'}}}");
const X: Came = { ...NOT, labels: { a: 'x' } };
const refusedBy = (why: string): Came => ({ ...NOT, refused: `pods "abc" is forbidden: policy 'p' with binding 'b' denied request: ${why}` });
const MUTATIONS: readonly [string, () => Came, Came][] = [
  ['an object to be merged', () => came(plain, [mutation([LABEL]), bound()]), X],
  ['labels beside those that are there', () => came(labelled, [mutation([LABEL]), bound()]), { ...NOT, labels: { team: 'shop', a: 'x' } }],
  ['a map in its place', () => came(plain, [mutation([applied("Object{metadata: Object.metadata{labels: {'a': 'x'}}}")]), bound()]), X],
  ['a patch', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels', value: {'a': 'x'}}]")]), bound()]), X],
  ['a patch with a key that has signs', () => came(labelled, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('b/c'), value: 'x'}]")]), bound()]), { ...NOT, labels: { team: 'shop', 'b/c': 'x' } }],
  ['no patch', () => came(plain, [mutation([patchedBy('[]')]), bound()]), NOT],
  ['a patch that does not fit', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'remove', path: '/metadata/labels/a'}]")]), bound()]), refusedBy('remove operation does not apply: doc is missing key: /metadata/labels/a: missing value')],
  ['two mutations, one after the other', () => came(plain, [mutation([LABEL, patchedBy("[JSONPatch{op: 'replace', path: '/metadata/labels/a', value: object.metadata.labels.a + 'y'}]")]), bound()]), { ...NOT, labels: { a: 'xy' } }],
  ['without a binding', () => came(plain, [mutation([LABEL])]), NOT],
  ['conditions', () => came(plain, [mutation([LABEL], { matchConditions: [{ name: 'a', expression: 'false' }] }), bound()]), NOT],
  ['an expression that fails', () => came(plain, [mutation([applied('Object{metadata: object.spec.nothing}')]), bound()]), refusedBy("expression 'Object{metadata: object.spec.nothing}' resulted in error: no such key: nothing")],
  ['one that fails, passed over', () => came(plain, [mutation([applied('Object{metadata: object.spec.nothing}')], { failurePolicy: 'Ignore' }), bound()]), NOT],
  ['variables and parameters', () => came(plain, [mutation([applied("Object{metadata: Object.metadata{labels: {'a': variables.v}}}")], { ...withParams, variables: [{ name: 'v', expression: 'params.data.v' }] }), bound({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), settings({ v: 'x' })]), X],
  ['webhooks see what policies made', () => came(plain, [mutation([LABEL]), bound(), mutating('m', hook('1', { objectSelector: { matchLabels: { a: 'x' } } }))]), { ...X, asked: ['1'] }],
  ['asked again after a webhook', () => came(plain, [mutation([patchedBy("has(object.metadata.labels) && 'b' in object.metadata.labels ? [JSONPatch{op: 'add', path: '/metadata/labels/a', value: 'x'}] : []")], { reinvocationPolicy: 'IfNeeded' }), bound(), mutating('m', hook('1'))], { 1: adds('b') }), { warned: [], asked: ['1'], labels: { b: 'x', a: 'x' } }],
];

export const mutatingPolicyCases: CaseArea = {
  area: 'mutating admission policies',
  source: `${TESTS}/policy/mutating/{dispatcher,patch/*}_test.go`,
  cases: MUTATIONS.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};
