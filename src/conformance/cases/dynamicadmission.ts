/**
 * Whom webhooks and policies are asked about, in which order, and what comes of what they answer. Above each
 * group of cases stands the file that says them: a test, or, where no test does, the code.
 */
import { admit, ADMISSION_PLUGINS } from '../../sim/api/admission/index.ts';
import { LETS_THROUGH, type WebhookReply } from '../../sim/api/admission/dynamic/webhookcall.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import type { StatusReason } from '../../sim/api/errors.ts';
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
      resources: BUILT_IN, now: 0, random: () => 0, isExtended: true, decide: () => ({ allowed: true, reason: '' }),
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
const denies = (message: string, reason: StatusReason = 'Forbidden'): WebhookReply => ({ ...LETS_THROUGH, refused: { message, reason } });
const adds = (key: string, value = 'x'): WebhookReply => ({ ...LETS_THROUGH, patch: [{ op: 'add', path: '/metadata/labels', value: { [key]: value } }] });
const addsTo = (key: string): WebhookReply => ({ ...LETS_THROUGH, patch: [{ op: 'add', path: `/metadata/labels/${key}`, value: 'x' }] });

const WEBHOOKS: readonly [string, () => Came, Came][] = [
  // webhook/generic/webhook_test.go, TestShouldCallHook; webhook/predicates/rules/rules_test.go
  ['no rules', () => came(plain, [validating('c', hook('h', { rules: [] }))]), NOT],
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
  ['every part', () => came(plain, [ruled({ operations: ['*'], resources: ['pods/*'] })], {}, { ...update(plain), subresource: 'status' }), ASKED],
  ['a part of anything', () => came(web, [ruled({ operations: ['*'], apiGroups: ['*'], resources: ['*/scale'] })], {}, { ...update(web), subresource: 'scale' }), ASKED],
  ['everything and its parts', () => came(web, [ruled({ operations: ['*'], apiGroups: ['*'], resources: ['*/*'] })], {}, { ...update(web), subresource: 'scale' }), ASKED],
  ['in namespaces only', () => came(plain, [ruled({ scope: 'Namespaced' })]), ASKED],
  ['outside of namespaces only', () => came(plain, [ruled({ scope: 'Cluster' })]), NOT],
  // webhook/predicates/rules/rules.go, IsExemptAdmissionConfigurationResource
  ['configurations are nobody else\'s business', () => came(validating('d'), [ruled({ apiGroups: ['*'], resources: ['*'] })]), { ...NOT, labels: {} }],
  // webhook/testing/testcase.go, NewNonMutatingTestCases; webhook/predicates/namespace/matcher_test.go
  ['a namespace that is selected', () => came(plain, [namespace({ guarded: 'yes' }), validating('c', hook('h', { namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), ASKED],
  ['a namespace that is not', () => came(plain, [namespace(), validating('c', hook('h', { namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), NOT],
  ['a namespace by what it is to be', () => came(namespace({ guarded: 'yes' }, 'new'), [validating('c', hook('h', { rules: [{ ...PODS, resources: ['namespaces'] }], namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), { ...ASKED, labels: { guarded: 'yes' } }],
  // webhook/predicates/namespace/matcher.go, MatchNamespaceSelector
  ['what is in no namespace is always selected', () => came(object('v1', 'Node', {}, {}, false), [validating('c', hook('h', { rules: [{ ...PODS, resources: ['nodes'] }], namespaceSelector: { matchLabels: { guarded: 'yes' } } }))]), ASKED],
  // webhook/predicates/object/matcher_test.go, TestObjectSelector
  ['an object that is selected', () => came(labelled, [validating('c', hook('h', { objectSelector: { matchLabels: { team: 'shop' } } }))]), { ...ASKED, ...TEAM }],
  ['an object that is not', () => came(plain, [validating('c', hook('h', { objectSelector: { matchLabels: { team: 'shop' } } }))]), NOT],
  ['an object that was', () => came(plain, [validating('c', hook('h', { rules: [{ ...PODS, operations: ['UPDATE'] }], objectSelector: { matchLabels: { team: 'shop' } } }))], {}, update(labelled)), ASKED],
  // webhook/matchconditions/matcher_test.go; webhook/generic/webhook_test.go; the words: cel/activation.go, Evaluate
  ['conditions that hold', () => came(labelled, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: "object.metadata.labels.team == 'shop'" }, { name: 'b', expression: "request.userInfo.username == 'ann'" }] }))]), { ...ASKED, ...TEAM }],
  ['one that does not', () => came(labelled, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'true' }, { name: 'b', expression: "request.userInfo.username == 'bob'" }] }))]), { ...NOT, ...TEAM }],
  ['one that fails', () => came(plain, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }))]),
    { ...NOT, refused: `pods "abc" is forbidden: expression 'object.spec.nothing == 1' resulted in error: no such key: nothing` }],
  ['one that fails, passed over', () => came(plain, [validating('c', hook('h', { failurePolicy: 'Ignore', matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }))]), NOT],
  ['one that fails beside one that does not hold', () => came(plain, [validating('c', hook('h', { matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }, { name: 'b', expression: 'false' }] }))]), NOT],
  // webhook/errors/statuserror_test.go, TestToStatusErr
  ['a refusal', () => came(plain, [ruled({})], { h: denies('not today') }), { ...ASKED, refused: 'admission webhook "h" denied the request: not today' }],
  ['a refusal with a reason only', () => came(plain, [ruled({})], { h: denies('') }), { ...ASKED, refused: 'admission webhook "h" denied the request: Forbidden' }],
  ['a refusal without a word', () => came(plain, [ruled({})], { h: denies('', 'Unknown') }), { ...ASKED, refused: 'admission webhook "h" denied the request without explanation' }],
  // webhook/validating/dispatcher.go, callHook
  ['warnings', () => came(plain, [ruled({})], { h: { ...LETS_THROUGH, warnings: ['old', 'older'] } }), { ...ASKED, warned: ['old', 'older'] }],
  // webhook/testing/testcase.go, NewNonMutatingTestCases; the words: util/webhook/error.go, ErrCallingWebhook
  ['no answer', () => came(plain, [ruled({})], { h: DOWN }),
    { ...ASKED, refused: 'Internal error occurred: failed calling webhook "h": failed to call webhook: Post "https://x/?timeout=10s": context deadline exceeded' }],
  ['no answer, passed over', () => came(plain, [validating('c', hook('h', { failurePolicy: 'Ignore' }))], { h: DOWN }), ASKED],
  // admission/configuration/validating_webhook_manager.go, getValidatingWebhookConfigurations
  ['several, by the names of their configurations', () => came(plain, [validating('b', hook('3')), validating('a', hook('2'), hook('1'))]), { warned: [], asked: ['2', '1', '3'] }],
  // webhook/testing/testcase.go, NewValidationDurationTestCases
  ['all are asked though one refuses', () => came(plain, [validating('a', hook('1'), hook('2'))], { 1: denies('no'), 2: denies('never') }), { warned: [], asked: ['1', '2'], refused: 'admission webhook "1" denied the request: no' }],
  // webhook/validating/dispatcher.go, Dispatch
  ['nobody is asked where of one it cannot be told', () => came(plain, [validating('a', hook('1'), hook('2', { matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }))], { 1: denies('no') }),
    { ...NOT, refused: `pods "abc" is forbidden: expression 'object.spec.nothing == 1' resulted in error: no such key: nothing` }],
  // webhook/mutating/dispatcher.go, Dispatch
  ['nobody is asked after one that changes refuses', () => came(plain, [mutating('a', hook('1'), hook('2')), validating('a', hook('3'))], { 1: denies('no') }), { warned: [], asked: ['1'], refused: 'admission webhook "1" denied the request: no' }],
  ['a change is seen by those behind', () => came(plain, [mutating('a', hook('1'), hook('2', { objectSelector: { matchLabels: { a: 'x' } } }))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2'], labels: { a: 'x', b: 'x' } }],
  ['asked again though it did not answer', () => came(plain, [mutating('a', hook('1', { failurePolicy: 'Ignore', reinvocationPolicy: 'IfNeeded' }), hook('2'))], { 1: DOWN, 2: adds('b') }), { warned: [], asked: ['1', '2', '1'], labels: { b: 'x' } }],
  // pkg/kubeapiserver/options/plugins.go, AllOrderedPlugins
  ['and by those that judge', () => came(plain, [mutating('a', hook('1')), validating('a', hook('2', { objectSelector: { matchLabels: { a: 'x' } } }))], { 1: adds('a') }), { warned: [], asked: ['1', '2'], labels: { a: 'x' } }],
  // test/integration/apiserver/admissionwebhook/reinvocation_test.go, testWebhookReinvocationPolicy
  ['nobody is asked again unless he wants to be', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'Never' }), hook('2'))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2'], labels: { a: 'x', b: 'x' } }],
  ['asked again after a change behind', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }), hook('2'))], { 2: adds('b') }), { warned: [], asked: ['1', '2', '1'], labels: { b: 'x' } }],
  ['not for a change of its own', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }))], { 1: adds('a') }), { warned: [], asked: ['1'], labels: { a: 'x' } }],
  ['and once only', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded' }), hook('2', { reinvocationPolicy: 'IfNeeded' }))], { 1: adds('a'), 2: addsTo('b') }), { warned: [], asked: ['1', '2', '1', '2'], labels: { a: 'x', b: 'x' } }],
  ['not for the first time', () => came(plain, [mutating('a', hook('1', { reinvocationPolicy: 'IfNeeded', objectSelector: { matchLabels: { b: 'x' } } }), hook('2', { reinvocationPolicy: 'IfNeeded' }))], { 1: addsTo('a'), 2: adds('b') }), { warned: [], asked: ['2'], labels: { b: 'x' } }],
  // webhook/mutating/dispatcher.go, callAttrMutatingHook; the words: vendor/gopkg.in/evanphx/json-patch.v4/patch.go, add
  ['a patch that does not fit', () => came(plain, [mutating('a', hook('1'))], { 1: addsTo('b') }), { warned: [], asked: ['1'], refused: 'Internal error occurred: add operation does not apply: doc is missing path: "/metadata/labels/b": missing value' }],
  ['a patch of what is no longer there', () => came(undefined, [mutating('a', hook('1', { rules: [{ ...PODS, operations: ['DELETE'] }] }))], { 1: adds('a') }, { operation: 'DELETE', old: plain }),
    { warned: [], asked: ['1'], refused: 'Internal error occurred: admission webhook "1" attempted to modify the object, which is not supported for this operation' }],
  ['a patch of another type', () => came(plain, [mutating('a', hook('1', { failurePolicy: 'Ignore' }))], { 1: { ...LETS_THROUGH, patch: [{ op: 'replace', path: '/spec/containers/0/image', value: 7 }] } }),
    { warned: [], asked: ['1'], refused: 'Internal error occurred: json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string' }],
  ['a patch of metadata of another type', () => came(plain, [mutating('a', hook('1'))], { 1: { ...LETS_THROUGH, patch: [{ op: 'add', path: '/metadata/labels', value: 7 }] } }),
    { warned: [], asked: ['1'], refused: 'Internal error occurred: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type map[string]string' }],
  ['a field that nobody knows is dropped', () => came(plain, [mutating('a', hook('1')), mutating('b', hook('2', { matchConditions: [{ name: 'a', expression: "!has(object.spec.nosuch)" }] }))], { 1: { ...LETS_THROUGH, patch: [{ op: 'add', path: '/spec/nosuch', value: 7 }] } }), { warned: [], asked: ['1', '2'] }],
  // webhook/testing/testcase.go, NewNonMutatingTestCases
  ['a dry run of one that does without', () => came(plain, [ruled({})], {}, { dryRun: true }), ASKED],
  ['a dry run of one that may not', () => came(plain, [validating('c', hook('h', { sideEffects: 'Some' }))], {}, { dryRun: true }), { ...NOT, refused: 'admission webhook "h" does not support dry run' }],
];

export const webhookCases: CaseArea = {
  area: 'admission webhooks',
  source: `${TESTS}/webhook/{testing/testcase.go,predicates/*/*_test.go,matchconditions/matcher_test.go,generic/webhook_test.go,errors/statuserror_test.go}, and what stands above each group`,
  cases: WEBHOOKS.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};

// ---- Policies
const policy = (spec: Fields, name = 'p'): KubeObject =>
  object(GROUP, 'ValidatingAdmissionPolicy', { failurePolicy: 'Fail', matchConstraints: { resourceRules: [{ ...PODS, operations: ['*'] }] }, ...spec }, { name }, false);
const binding = (spec: Fields = {}, name = 'b'): KubeObject => object(GROUP, 'ValidatingAdmissionPolicyBinding', { policyName: 'p', validationActions: ['Deny'], ...spec }, { name }, false);
/** The same of a policy that cannot be asked at all. */
const misconfigured = (why: string): Came => ({ ...NOT, refused: `pods "abc" is forbidden: ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: ${why}` });
const says = (expression: string, more: Fields = {}): Fields => ({ validations: [{ expression, ...more }] });
const told = (message: string): string => `pods "abc" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${message}`;
const no = (message: string): Came => ({ ...NOT, refused: told(message) });
const settings = (data: Fields, name = 'settings', labels: Fields = {}): KubeObject => ({ ...object('v1', 'ConfigMap', undefined, { name, labels }), data }) as KubeObject;
const withParams = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
const LIMIT = { ...withParams, ...says("object.metadata.name != params.data.name", { message: 'that name is taken' }) };
const judged = (spec: Fields, bound: Fields = {}, more: readonly KubeObject[] = [], given: KubeObject = plain, request: Partial<AdmissionRequest> = {}): Came =>
  came(given, [policy(spec), binding(bound), ...more], {}, request);

const POLICIES: readonly [string, () => Came, Came][] = [
  // validating/validator_test.go, TestValidate
  ['an expression that holds', () => judged(says('true')), NOT],
  ['one that does not', () => judged(says('false')), no('failed expression: false')],
  ['a message', () => judged(says('false', { message: ' not so ' })), no('not so')],
  ['a message that is computed', () => judged(says('false', { messageExpression: "'not ' + object.metadata.name" })), no('not abc')],
  ['one that comes to nothing', () => judged(says('false', { message: 'no', messageExpression: "''" })), no('no')],
  ['one that fails', () => judged(says('false', { message: 'no', messageExpression: 'object.spec.nothing' })), no('no')],
  ['one of several lines', () => judged(says('false', { message: 'no', messageExpression: "'a\\nb'" })), no('no')],
  ['an expression that fails', () => judged(says('object.spec.nothing == 1')), no("expression 'object.spec.nothing == 1' resulted in error: no such key: nothing")],
  ['one that fails, passed over', () => judged({ ...says('object.spec.nothing == 1'), failurePolicy: 'Ignore' }), NOT],
  ['the first of several', () => judged({ validations: [{ expression: 'true' }, { expression: 'false', message: 'one' }, { expression: 'false', message: 'two' }] }), no('one')],
  ['conditions', () => judged({ ...says('false'), matchConditions: [{ name: 'a', expression: "request.userInfo.username != 'ann'" }] }), NOT],
  ['a condition that fails', () => judged({ ...says('true'), matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }), no("expression 'object.spec.nothing == 1' resulted in error: no such key: nothing")],
  // validating/validator.go, Validate
  ['its text without spaces around', () => judged(says('  object.metadata.name == "x" ')), no('failed expression: object.metadata.name == "x"')],
  ['one that is no text', () => judged(says('false', { messageExpression: '1' })), no('failed expression: false')],
  ['a denial is no failure', () => judged({ ...says('false'), failurePolicy: 'Ignore' }), no('failed expression: false')],
  // webhook/matchconditions/matcher_test.go
  ['a condition that fails, passed over', () => judged({ ...says('false'), failurePolicy: 'Ignore', matchConditions: [{ name: 'a', expression: 'object.spec.nothing == 1' }] }), NOT],
  // validating/admission_test.go, TestRemoveBinding, TestWarnValidationAction, TestAuditValidationAction, TestAllValidationActions
  ['a policy without a binding', () => came(plain, [policy(says('false'))]), NOT],
  ['warned of', () => judged(says('false', { message: 'no' }), { validationActions: ['Warn'] }), { ...NOT, warned: ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': no"] }],
  ['audited', () => judged(says('false'), { validationActions: ['Audit'] }), NOT],
  ['denied, warned of and audited', () => judged(says('false'), { validationActions: ['Deny', 'Warn', 'Audit'] }),
    { ...no('failed expression: false'), warned: ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': failed expression: false"] }],
  // generic/policy_source.go, calculatePolicyData
  ['a binding of another policy', () => came(plain, [policy(says('false')), binding({ policyName: 'q' })]), NOT],
  // validating/dispatcher.go, Dispatch
  ['two bindings', () => came(plain, [policy(says('false')), binding({ validationActions: ['Warn'] }, 'a'), binding()]),
    { ...no('failed expression: false'), warned: ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'a': failed expression: false"] }],
  // matching/matching_test.go, TestMatcher
  ['constraints that do not fit', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resources: ['services'] }] } }), NOT],
  ['what is excluded', () => judged({ ...says('false'), matchConstraints: { resourceRules: [PODS], excludeResourceRules: [{ ...PODS, resources: ['*'] }] } }), NOT],
  ['one object by its name', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resourceNames: ['abc'] }] } }), no('failed expression: false')],
  ['another object', () => judged({ ...says('false'), matchConstraints: { resourceRules: [{ ...PODS, resourceNames: ['xyz'] }] } }), NOT],
  // generic/policy_matcher.go, BindingMatches
  ['resources of the binding', () => judged(says('false'), { matchResources: { namespaceSelector: { matchLabels: { guarded: 'yes' } } } }), NOT],
  ['resources of the binding that fit', () => judged(says('false'), { matchResources: { namespaceSelector: { matchLabels: { guarded: 'yes' } } } }, [namespace({ guarded: 'yes' })]), no('failed expression: false')],
  ['objects of the binding', () => judged(says('false'), { matchResources: { objectSelector: { matchLabels: { team: 'shop' } } } }), NOT],
  // cel/composition_test.go, TestCompositedPolicies
  ['variables', () => judged({ variables: [{ name: 'n', expression: 'size(object.spec.containers)' }, { name: 'm', expression: 'variables.n + 1' }], ...says('variables.m == 3') }), no('failed expression: variables.m == 3')],
  ['a variable that fails', () => judged({ variables: [{ name: 'n', expression: 'object.spec.containers[114514].name' }], ...says("variables.n == 'x'") }), no(`expression 'variables.n == 'x'' resulted in error: composited variable "n" fails to evaluate: index out of bounds: 114514`)],
  // cel/composition.go, variableAccessor; validating/plugin.go, compilePolicy
  ['variables that nobody asks for may fail', () => judged({ variables: [{ name: 'n', expression: 'object.spec.nothing' }], ...says('true') }), NOT],
  ['a variable in a message', () => judged({ variables: [{ name: 'n', expression: 'size(object.spec.containers)' }], ...says('false', { messageExpression: "'containers: ' + string(variables.n)" }) }), no('containers: 1')],
  // validating/admission_test.go, TestParamRef, TestInvalidParamSourceInstanceName, TestNamespaceParamRefClusterScopedParamError
  ['parameters', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }, [settings({ name: 'abc' })]), no('that name is taken')],
  ['parameters that are not there', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), no('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction')],
  ['and need not be', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Allow' } }), NOT],
  ['parameters by labels, each of them', () => judged(LIMIT, { paramRef: { selector: { matchLabels: { p: 'y' } }, parameterNotFoundAction: 'Deny' } }, [settings({ name: 'x' }, 'one', { p: 'y' }), settings({ name: 'abc' }, 'two', { p: 'y' }), settings({ name: 'abc' }, 'three')]), no('that name is taken')],
  ['parameters of no namespace', () => came(object('v1', 'Node', {}, { name: 'n' }, false), [policy({ ...LIMIT, matchConstraints: { resourceRules: [{ ...PODS, resources: ['nodes'] }] } }), binding({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } })]),
    { ...NOT, refused: `nodes "n" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources` }],
  ['a namespace of parameters that are in none', () => judged({ paramKind: { apiVersion: 'v1', kind: 'Node' }, ...says('false') }, { paramRef: { name: 'settings', namespace: 'default', parameterNotFoundAction: 'Deny' } }), no('failed to configure binding: paramRef.namespace must not be provided for a cluster-scoped `paramKind`')],
  // cel/condition_test.go, TestCondition
  ['parameters that let it pass', () => judged(LIMIT, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }, [settings({ name: 'x' })]), NOT],
  ['no parameters are bound', () => judged({ ...withParams, ...says('params == null') }), NOT],
  ['the old object of a create', () => judged(says('oldObject == null')), NOT],
  ['the old object of an update', () => judged(says('oldObject.metadata.labels.team == "shop"'), {}, [], plain, update(labelled)), NOT],
  ['the object of a delete', () => came(undefined, [policy(says('object == null && oldObject.metadata.name == "abc"')), binding()], {}, { operation: 'DELETE', old: plain }), NOT],
  ['the namespace', () => judged(says("namespaceObject.metadata.labels.env == 'prod'"), {}, [namespace({ env: 'prod' })]), NOT],
  // validating/admission_test.go, TestInvalidParamSourceGVK
  ['parameters of a kind that nobody serves', () => judged({ ...says('false'), paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' } }), misconfigured("failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'")],
  // validating/dispatcher.go, addConfigError in Dispatch; handlers/create.go, createHandler
  ['and whose lack is passed over', () => judged({ ...LIMIT, failurePolicy: 'Ignore' }, { paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), NOT],
  ['and whose lack is denied, whatever the actions are', () => judged(LIMIT, { validationActions: ['Warn'], paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), no('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction')],
  ['a namespace is in itself', () => came(namespace({}, 'new'), [policy({ ...LIMIT, matchConstraints: { resourceRules: [{ ...PODS, resources: ['namespaces'] }] } }), binding({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } })]),
    { ...NOT, refused: `namespaces "new" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: no params found for policy binding with \`Deny\` parameterNotFoundAction` }],
  // cel/condition.go, CreateAdmissionRequest
  ['what the request says', () => judged(says("request.operation == 'CREATE' && request.kind.kind == 'Pod' && request.resource.resource == 'pods' && request.namespace == 'default' && request.name == 'abc' && !request.dryRun")), NOT],
  // pkg/kubeapiserver/options/plugins.go, AllOrderedPlugins
  ['policies are asked of the object as webhooks left it', () => came(plain, [mutating('m', hook('1')), policy(says("object.metadata.labels.a == 'x'")), binding()], { 1: adds('a') }), { warned: [], asked: ['1'], labels: { a: 'x' } }],
  ['and before webhooks that judge', () => came(plain, [validating('v', hook('1')), policy(says('false')), binding()]), no('failed expression: false')],
];

export const policyCases: CaseArea = {
  area: 'admission policies',
  source: `${TESTS}/{policy/{validating/{admission,validator},matching/matching},cel/{condition,composition}}_test.go, and what stands above each group`,
  cases: POLICIES.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};

const mutation = (mutations: Fields[], more: Fields = {}, name = 'p'): KubeObject =>
  object(GROUP, 'MutatingAdmissionPolicy', { failurePolicy: 'Fail', reinvocationPolicy: 'Never', matchConstraints: { resourceRules: [{ ...PODS, operations: ['*'] }] }, mutations, ...more }, { name }, false);
const bound = (spec: Fields = {}, name = 'b'): KubeObject => object(GROUP, 'MutatingAdmissionPolicyBinding', { policyName: 'p', ...spec }, { name }, false);
const applied = (expression: string): Fields => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
const patchedBy = (expression: string): Fields => ({ patchType: 'JSONPatch', jsonPatch: { expression } });
const LABEL = applied("Object{metadata: Object.metadata{labels: {'a': 'x'}}}");
const X: Came = { ...NOT, labels: { a: 'x' } };
const refusedBy = (why: string): Came => ({ ...NOT, refused: `policy 'p' with binding 'b' denied request: ${why}` });
const patching = (operations: string, given = labelled): Came => came(given, [mutation([patchedBy(`[${operations}]`)]), bound()]);
const MUTATIONS: readonly [string, () => Came, Came][] = [
  // test/integration/apiserver/cel/mutatingadmissionpolicy_test.go, TestMutatingAdmissionPolicy
  ['an object to be merged', () => came(plain, [mutation([LABEL]), bound()]), X],
  ['labels beside those that are there', () => came(labelled, [mutation([LABEL]), bound()]), { ...NOT, labels: { team: 'shop', a: 'x' } }],
  ['variables and parameters', () => came(plain, [mutation([applied("Object{metadata: Object.metadata{labels: {'a': variables.v}}}")], { ...withParams, variables: [{ name: 'v', expression: 'params.data.v' }] }), bound({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } }), settings({ v: 'x' })]), X],
  // mutating/patch/json_patch_test.go, TestJSONPatch
  ['a patch', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels', value: {'a': 'x'}}]")]), bound()]), X],
  ['a patch with a key that has signs', () => came(labelled, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('b/c'), value: 'x'}]")]), bound()]), { ...NOT, labels: { team: 'shop', 'b/c': 'x' } }],
  ['a key that is removed', () => patching("JSONPatch{op: 'remove', path: '/metadata/labels/a'}", prepared(pod({}, { labels: { team: 'shop', a: 'x' } }))), { ...NOT, ...TEAM }],
  ['a key that is replaced though it is not there', () => patching("JSONPatch{op: 'replace', path: '/metadata/labels/a', value: 'x'}"), { ...NOT, labels: { team: 'shop', a: 'x' } }],
  ['a test that holds', () => patching("JSONPatch{op: 'test', path: '/metadata/labels/team', value: 'shop'}, JSONPatch{op: 'add', path: '/metadata/labels/a', value: 'x'}"), { ...NOT, labels: { team: 'shop', a: 'x' } }],
  ['a test that does not', () => patching("JSONPatch{op: 'test', path: '/metadata/labels/team', value: 'x'}, JSONPatch{op: 'add', path: '/metadata/labels/a', value: 'x'}"), { ...NOT, ...TEAM }],
  // mutating/patch/json_patch.go, Patch; the words: vendor/gopkg.in/evanphx/json-patch.v4/patch.go, remove
  ['no patch', () => came(plain, [mutation([patchedBy('[]')]), bound()]), NOT],
  ['a patch that does not fit', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'remove', path: '/metadata/labels/a'}]")]), bound()]), refusedBy('JSON Patch: remove operation does not apply: doc is missing path: "/metadata/labels/a": missing value')],
  ['a key that is removed though it is not there', () => patching("JSONPatch{op: 'remove', path: '/metadata/labels/a'}"), refusedBy("JSON Patch: error in remove for path: '/metadata/labels/a': Unable to remove nonexistent key: a: missing value")],
  // mutating/compilation_test.go, TestCompilation
  ['two mutations, one after the other', () => came(plain, [mutation([LABEL, patchedBy("[JSONPatch{op: 'replace', path: '/metadata/labels/a', value: object.metadata.labels.a + 'y'}]")]), bound()]), { ...NOT, labels: { a: 'xy' } }],
  // mutating/dispatcher_test.go, TestDispatcher
  ['a policy sees what one before it made', () => came(plain, [mutation([LABEL]), bound(), mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels/b', value: 'y'}]")], { matchConditions: [{ name: 'a', expression: "object.metadata.?labels['a'].orValue('') == 'x'" }] }, 'q'), bound({ policyName: 'q' }, 'c')]), { ...NOT, labels: { a: 'x', b: 'y' } }],
  ['one before it is not asked for the first time', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels/b', value: 'y'}]")], { matchConditions: [{ name: 'a', expression: "object.metadata.?labels['a'].orValue('') == 'x'" }] }, 'o'), bound({ policyName: 'o' }, 'c'), mutation([LABEL]), bound()]), X],
  // generic/policy_source.go, calculatePolicyData
  ['without a binding', () => came(plain, [mutation([LABEL])]), NOT],
  // generic/policy_dispatcher.go, Dispatch
  ['whom it fits is known before any of them is asked', () => came(plain, [mutation([LABEL]), bound(), mutation([LABEL], { matchConstraints: { objectSelector: { matchLabels: { a: 'x' } }, resourceRules: [PODS] }, mutations: [patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels/b', value: 'y'}]")] }, 'q'), bound({ policyName: 'q' }, 'c')]), X],
  ['parameters that are not there', () => came(plain, [mutation([LABEL], withParams), bound({ paramRef: { name: 'settings', parameterNotFoundAction: 'Deny' } })]), refusedBy('failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction')],
  ['parameters of a kind that nobody serves', () => came(plain, [mutation([LABEL], { paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' } }), bound()]), { ...NOT, refused: `policy "p" denied request: failed to configure policy: failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'` }],
  // mutating/dispatcher.go, dispatchInvocations; the words: cel/activation.go, Evaluate
  ['conditions', () => came(plain, [mutation([LABEL], { matchConditions: [{ name: 'a', expression: 'false' }] }), bound()]), NOT],
  ['an expression that fails', () => came(plain, [mutation([applied('Object{metadata: object.spec.nothing}')]), bound()]), refusedBy("expression 'Object{metadata: object.spec.nothing}' resulted in error: no such key: nothing")],
  ['one that fails, passed over', () => came(plain, [mutation([applied('Object{metadata: object.spec.nothing}')], { failurePolicy: 'Ignore' }), bound()]), NOT],
  ['and what is made behind it', () => came(plain, [mutation([applied('Object{metadata: object.spec.nothing}'), LABEL], { failurePolicy: 'Ignore' }), bound()]), X],
  ['asked again after itself', () => came(plain, [mutation([patchedBy("[JSONPatch{op: 'add', path: '/metadata/labels', value: {'a': has(object.metadata.labels) ? object.metadata.labels.a + 'x' : 'x'}}]")], { reinvocationPolicy: 'IfNeeded' }), bound()]), { ...NOT, labels: { a: 'xx' } }],
  ['asked again after a webhook', () => came(plain, [mutation([patchedBy("has(object.metadata.labels) && 'b' in object.metadata.labels ? [JSONPatch{op: 'add', path: '/metadata/labels/a', value: 'x'}] : []")], { reinvocationPolicy: 'IfNeeded' }), bound(), mutating('m', hook('1'))], { 1: adds('b') }), { warned: [], asked: ['1'], labels: { b: 'x', a: 'x' } }],
  // pkg/kubeapiserver/options/plugins.go, AllOrderedPlugins
  ['webhooks see what policies made', () => came(plain, [mutation([LABEL]), bound(), mutating('m', hook('1', { objectSelector: { matchLabels: { a: 'x' } } }))]), { ...X, asked: ['1'] }],
];

export const mutatingPolicyCases: CaseArea = {
  area: 'mutating admission policies',
  source: `${TESTS}/policy/mutating/{dispatcher,compilation,patch/json_patch}_test.go, test/integration/apiserver/cel/mutatingadmissionpolicy_test.go, and what stands above each group`,
  cases: MUTATIONS.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
};
