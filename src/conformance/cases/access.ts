/**
 * Who may do what: rules, bindings, what covers what, and what kubelets may. Each area's source was read beside
 * its cases; areas whose source is an implementation hold what no test of upstream's says. Left out, as they are
 * not modelled: of TestNodeAuthorizer ResourceClaims, ResourceSlices, secrets that a PersistentVolume refers to
 * and the variant without selectors; of TestPodSecrets the volumes of particular storage systems.
 */
import type { Attributes } from '../../sim/api/authorization/attributes.ts';
import { rulesOfNodes } from '../../sim/api/authorization/defaults/index.ts';
import { decideForNode, type NodeView } from '../../sim/api/authorization/node.ts';
import { policyOf, type Policy } from '../../sim/api/authorization/policy.ts';
import { compacted, missingRules, ruleAllows, ruleText, subjectMeans, type PolicyRule } from '../../sim/api/authorization/rules.ts';
import type { UserInfo } from '../../sim/api/authentication/user.ts';
import type { Binding, Role } from '../../sim/api/resources/rbac.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const words = (text: string): string[] => text.split(',').filter((w) => w !== '');

/** `verbs groups resources [names]`, or `verbs /path`; `-` is the core group. */
function rule(text: string): PolicyRule {
  const [verbs = '', second = '', resources = '', names] = text.split(' ');
  if (second.startsWith('/') || second === 'url:*') return { verbs: words(verbs), nonResourceURLs: words(second.replace('url:', '')) };
  return {
    verbs: words(verbs), apiGroups: words(second).map((g) => (g === '-' ? '' : g)), resources: words(resources),
    ...(names === undefined ? {} : { resourceNames: words(names) }),
  };
}

/** `verb resource[/subresource][.group] [namespace] [name]`, or `verb /path`. */
function attributes(text: string): Attributes {
  const [verb = '', what = '', namespace = '', name = ''] = text.split(' ');
  if (what.startsWith('/')) return { verb, path: what };
  const [full = '', ...group] = what.split('.');
  const [resource = '', subresource = ''] = full.split('/');
  return { verb, group: group.join('.'), resource, subresource, namespace: namespace === '-' ? '' : namespace, name };
}

const user = (username: string, ...groups: string[]): UserInfo => ({ username, groups });

const role = (kind: string, namespace: string | undefined, name: string, rules: readonly string[]): Role =>
  ({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, rules: rules.map(rule) }) as unknown as Role;

/** @param subjects `User:x`, `Group:y`, `ServiceAccount:ns:z` */
const binding = (kind: string, namespace: string | undefined, to: string, name: string, subjects: readonly string[]): Binding =>
  ({
    kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, roleRef: { kind: to, name },
    subjects: subjects.map((text) => {
      const [of, first, second] = text.split(':');
      return second === undefined ? { kind: of, name: first } : { kind: of, namespace: first, name: second };
    }),
  }) as unknown as Binding;

const policy = (roles: readonly Role[], bindings: readonly Binding[]): Policy =>
  policyOf({
    roles: roles.filter((r) => r.kind === 'Role'), clusterRoles: roles.filter((r) => r.kind === 'ClusterRole'),
    roleBindings: bindings.filter((b) => b.kind === 'RoleBinding'), clusterRoleBindings: bindings.filter((b) => b.kind === 'ClusterRoleBinding'),
  });

type Asked = readonly [who: UserInfo, what: string, allowed: boolean];

const inNs1 = (rules: readonly string[]): Policy =>
  policy([role('ClusterRole', undefined, 'admin', rules)], [binding('RoleBinding', 'ns1', 'ClusterRole', 'admin', ['User:admin', 'Group:admins'])]);
const everywhere: readonly Asked[] = [
  [user('admin'), 'get Pods ns1', true], [user('admin'), 'watch Pods ns1', true], [user('admin', 'group1'), 'watch Foobar ns1', true], [user('joe', 'admins'), 'watch Foobar ns1', true],
  [user('joe', 'group1', 'admins'), 'watch Foobar ns1', true], [user('admin'), 'GET Pods ns2', false], [user('admin'), 'GET Nodes', false], [user('admin', 'admins'), 'GET Pods ns2', false], [user('admin', 'admins'), 'GET Nodes', false],
];

const urls = policy(
  [role('ClusterRole', undefined, 'getter', ['get /apis']), role('ClusterRole', undefined, 'all', ['* /apis']), role('ClusterRole', undefined, 'prefix', ['get /apis/*'])],
  [
    binding('ClusterRoleBinding', undefined, 'ClusterRole', 'getter', ['User:foo', 'Group:bar']), binding('ClusterRoleBinding', undefined, 'ClusterRole', 'all', ['User:admin', 'Group:admin']),
    binding('ClusterRoleBinding', undefined, 'ClusterRole', 'prefix', ['User:prefixed', 'Group:prefixed']),
  ],
);
const paths: readonly Asked[] = [
  [user('foo'), 'get /apis', true], [user('', 'bar'), 'get /apis', true], [user('admin'), 'get /apis', true], [user('', 'admin'), 'get /apis', true], [user('admin'), 'watch /apis', true], [user('', 'admin'), 'watch /apis', true],
  [user('prefixed'), 'get /apis/v1', true], [user('', 'prefixed'), 'get /apis/v1', true], [user('prefixed'), 'get /apis/v1/foobar', true], [user('', 'prefixed'), 'get /apis/v1/foorbar', true],
  [user('foo'), 'watch /apis', false], [user('', 'bar'), 'watch /apis', false], [user('foo'), 'get /api/v1', false], [user('', 'bar'), 'get /api/v1', false], [user('admin'), 'get /api/v1', false], [user('', 'admin'), 'get /api/v1', false],
  [user('prefixed'), 'get /api/v1', false], [user('', 'prefixed'), 'get /api/v1', false],
];

const whole: readonly Asked[] = [[user('admin'), 'get pods ns1', true], [user('admin'), 'get pods/status ns1', false]];
const some: readonly Asked[] = [
  [user('admin'), 'get pods/status ns1', true], [user('admin'), 'get pods/scale ns1', true], [user('admin'), 'get deployments/scale ns1', true], [user('admin'), 'get anything/scale ns1', true], [user('admin'), 'get pods ns1', false],
];

const asked = (of: Policy, list: readonly Asked[], scene: string): ConformanceCase[] =>
  list.map(([who, what, expected]) => ({
    name: `${scene}: ${[who.username, ...who.groups].join(' of ')} ${what}`, run: () => of.decide(who, attributes(what)).allowed, expected,
  }));

export const rbacAuthorizerCases: CaseArea = {
  area: 'RBAC: roles and bindings', source: 'plugin/pkg/auth/authorizer/rbac/rbac_test.go (TestAuthorizer)',
  cases: [
    ...asked(inNs1(['* * *']), everywhere, 'a ClusterRole bound in a namespace'), ...asked(urls, paths, 'paths'),
    ...asked(inNs1(['* * pods']), whole, 'a resource without its subresources'), ...asked(inNs1(['* * pods/status', '* * */scale']), some, 'subresources'),
  ],
};

const each = (verbs: readonly string[], what: readonly string[]): string[] => verbs.flatMap((verb) => what.map((one) => `${verb} ${one}`));
const VERBS = ['verb1', 'verb2'];
const RESOURCES = each(VERBS, ['resource1.group1', 'resource1.group2', 'resource2.group1', 'resource2.group2']);
const SUBRESOURCES = each(VERBS, ['resource1/subresource1.group1', 'resource1/subresource2.group2', 'resource2/subresource1.group1', 'resource2/subresource1.group2']);
const PATHS = each(VERBS, ['/foo', '/foo/bar', '/foo/baz', '/foo/bar/one', '/foo/baz/one']);
const OTHER_PATHS = each(['verb1'], ['/foo', '/foo/bar', '/foo/baz', '/foo/bar/one', '/foo/baz/one', '/notfoo', '/notfoo/bar', '/notfoo/baz', '/notfoo/bar/one', '/notfoo/baz/one']);

/** Rule, what is asked, and what of it the rule allows. */
const matching: readonly (readonly [rule: string, asked: readonly string[], allowed: readonly string[]])[] = [
  ['* group1 resource1', RESOURCES, ['verb1 resource1.group1', 'verb2 resource1.group1']],
  ['verb1 * resource1', RESOURCES, ['verb1 resource1.group1', 'verb1 resource1.group2']],
  ['verb1 group1 *', RESOURCES, ['verb1 resource1.group1', 'verb1 resource2.group1']],
  ['verb1,verb2 group1,group2 resource1,resource2', RESOURCES, RESOURCES],
  ['* * resource1/subresource1', SUBRESOURCES, ['verb1 resource1/subresource1.group1', 'verb2 resource1/subresource1.group1']],
  ['verb1 url:*', PATHS, PATHS.slice(0, 5)], ['verb1 /foo/*', OTHER_PATHS, OTHER_PATHS.slice(1, 5)], ['* /foo,/foo/bar/one', PATHS, each(VERBS, ['/foo', '/foo/bar/one'])],
];

const allows = (of: string, request: string, expected: boolean): ConformanceCase => ({ name: `[${of}] ${request}`, run: () => ruleAllows(rule(of), attributes(request)), expected });

export const rbacRuleCases: CaseArea = {
  area: 'RBAC: what a rule matches', source: 'plugin/pkg/auth/authorizer/rbac/rbac_test.go (TestRuleMatches)',
  cases: matching.flatMap(([of, requests, allowed]) => requests.map((request) => allows(of, request, allowed.includes(request)))),
};

/** Resources of the rule, what is asked for. */
const resources: readonly (readonly [of: readonly string[], resource: string, subresource: string, matches: boolean])[] = [
  [['*'], 'foo', '', true], [['other', '*'], 'foo', '', true], [['foo/bar'], 'foo', 'bar', true], [['foo/bar'], 'foo', '', false], [['*/scale'], 'foo', 'scale', true],
  [['foo/bar', '*/other'], 'foo', 'other/segment', false], [['*/other/segment'], 'foo', 'other/segment', true], [[''], 'foo', 'other/segment', false], [['/'], 'foo', 'other/segment', false],
  [['*/'], 'foo', 'other/segment', false], [['*something/other/segment'], 'foo', 'other/segment', false], [['something/other/segment'], 'foo', 'other/segment', false],
];

export const rbacResourceCases: CaseArea = {
  area: 'RBAC: which resources a rule is of', source: 'pkg/apis/rbac/helpers_test.go (TestResourceMatches)',
  cases: resources.map(([of, resource, subresource, expected]) => ({
    name: `[${of.join()}] ${resource}${subresource === '' ? '' : `/${subresource}`}`,
    run: () => ruleAllows({ verbs: ['get'], apiGroups: [''], resources: [...of] }, { verb: 'get', group: '', resource, subresource, namespace: '', name: '' }),
    expected,
  })),
};

export const rbacNameCases: CaseArea = {
  area: 'RBAC: names, and rules of paths beside those of resources',
  source: 'plugin/pkg/auth/authorizer/rbac/rbac.go (RuleAllows), pkg/apis/rbac/v1/evaluation_helpers.go (ResourceMatches, ResourceNameMatches, NonResourceURLMatches)',
  cases: [
    allows('verb1 - resource1 one', 'verb1 resource1 - one', true), allows('verb1 - resource1 one', 'verb1 resource1 - two', false), allows('verb1 - resource1 one', 'verb1 resource1', false),
    allows('verb1 - resource1 one,two', 'verb1 resource1 ns two', true), allows('verb1 group1 */sub', 'verb1 resource1.group1', false), allows('* * *', 'verb1 /foo', false), allows('* url:*', 'verb1 resource1', false),
  ],
};

function means(text: string, who: UserInfo, namespace: string): boolean {
  const [kind = '', ...rest] = text.split(':');
  const [first = '', second = ''] = rest;
  return subjectMeans(kind === 'ServiceAccount' ? { kind, namespace: first, name: second } : { kind, name: rest.join(':') }, who, namespace);
}

type Applying = readonly [subjects: readonly string[], who: UserInfo, namespace: string, applies: boolean];
const applying: readonly Applying[] = [
  [['User:foobar'], user('foobar'), '', true], [['User:barfoo', 'User:foobar'], user('foobar'), '', true], [['User:barfoo', 'User:foobar'], user('zimzam'), '', false],
  [['User:barfoo', 'Group:foobar'], user('zimzam', 'foobar'), '', true], [['User:barfoo', 'Group:foobar'], user('zimzam', 'foobar'), 'namespace1', true],
  [['User:barfoo', 'Group:foobar', 'ServiceAccount:kube-system:default'], user('system:serviceaccount:kube-system:default'), 'default', true], [['User:*'], user('foobar'), 'default', false],
  [['Group:system:authenticated', 'Group:system:unauthenticated'], user('foobar', 'system:authenticated'), 'default', true],
  [['Group:system:authenticated', 'Group:system:unauthenticated'], user('system:anonymous', 'system:unauthenticated'), 'default', true],
];

const subjectCases = (list: readonly Applying[]): ConformanceCase[] =>
  list.map(([subjects, who, namespace, expected]) => ({
    name: `${subjects.join(' or ')} is ${[who.username, ...who.groups].join(' of ')} in "${namespace}"`, run: () => subjects.some((s) => means(s, who, namespace)), expected,
  }));

export const rbacSubjectCases: CaseArea = {
  area: 'RBAC: whom a binding means', source: 'pkg/registry/rbac/validation/rule_test.go (TestAppliesTo)', cases: subjectCases(applying),
};

const robots = policy(
  [role('ClusterRole', undefined, 'reader', ['get - pods'])],
  [binding('RoleBinding', 'ns1', 'ClusterRole', 'reader', ['ServiceAccount:ns1:robot', 'ServiceAccount::here'])],
);
const accounts: readonly Asked[] = [
  [user('system:serviceaccount:ns1:robot'), 'get pods ns1', true], [user('system:serviceaccount:ns2:robot'), 'get pods ns1', false], [user('robot'), 'get pods ns1', false],
  [user('system:serviceaccount:ns1:here'), 'get pods ns1', true], [user('system:serviceaccount:ns2:here'), 'get pods ns1', false],
];

export const rbacAccountCases: CaseArea = {
  area: 'RBAC: service accounts, and names of other kinds of subjects', source: 'pkg/registry/rbac/validation/rule.go (VisitRulesFor, appliesToUser)',
  cases: [
    ...asked(robots, accounts, 'service accounts'),
    ...subjectCases([
      [['Group:foobar'], user('foobar'), 'default', false], [['ServiceAccount:kube-system:default'], user('system:serviceaccount:other:default'), 'default', false],
      [['ServiceAccount:kube-system:default'], user('default'), 'kube-system', false], [['ServiceAccount::default'], user('system:serviceaccount:default:default'), 'default', true],
      [['ServiceAccount::default'], user('system:serviceaccount:default:default'), '', false], [['Group:system:authenticated'], user('foobar', 'system'), 'default', false],
    ]),
  ],
};

const both: PolicyRule = { ...rule('get v1 builds'), nonResourceURLs: ['/apis'] };
type Covering = readonly [name: string, owned: readonly (string | PolicyRule)[], wanted: readonly (string | PolicyRule)[], missing?: string];
const GROUPS = ['group1', 'group2'].flatMap((g) => [`delete ${g} deployments`, `delete ${g} builds`, `update ${g} builds,deployments`]);
const covering: readonly Covering[] = [
  ['the same', ['get v1 builds'], ['get v1 builds']], ['subresources of all', ['get v1 */scale'], ['get v1 foo/scale']],
  ['several rules cover one', ['delete v1 deployments', 'delete v1 builds', 'update v1 builds,deployments'], ['delete,update v1 builds,deployments']],
  ['rules of several groups cover one', GROUPS, ['delete,update group1,group2 builds,deployments']], ['one rule covers those of several groups', ['delete,update group1,group2 builds,deployments'], GROUPS],
  ['one verb of one resource is missing', ['delete,update v1 builds,deployments', 'delete v1 pods'], ['delete,update v1 builds,deployments,pods'], 'update v1 pods'],
  ['all groups', ['get * roles'], ['get group1,group2 roles']], ['a group is not all', ['get dummy-group roles'], ['get * roles'], 'get * roles'], ['all groups cover all', ['get * roles'], ['get * roles']],
  ['all verbs', ['* v1 roles'], ['watch,list v1 roles']], ['many verbs are not all', ['get,list,watch,create,update,delete,exec v1 roles'], ['* v1 roles'], '* v1 roles'], ['all verbs cover all', ['* v1 roles'], ['* v1 roles']],
  ['all resources', ['get v1 *'], ['get v1 resourcegroup:deployments']], ['many resources are not all', ['get v1 roles,resourcegroup:deployments'], ['get v1 *'], 'get v1 *'], ['all resources cover all', ['get v1 *'], ['get v1 *']],
  ['no name covers names', ['get v1 pods'], ['get v1 pods foo,bar']], ['names do not cover no name', ['get v1 pods foo,bar'], ['get v1 pods'], 'get v1 pods'],
  ['a path', ['* /apis'], ['* /apis']], ['all paths', ['* url:*'], ['* /apis,/apis/v1,/']], ['what is under a path is not the path', ['* /apis/*'], ['get /apis,/apis/v1'], 'get /apis'],
  ['what is under a path', ['* /apis/*'], ['get /apis/v1/foo,/apis/v1']], ['a path beside a resource', [both], [both]], ['the path beside a resource is missing', ['get v1 builds'], [both], 'get /apis'],
];

const parsed = (list: readonly (string | PolicyRule)[]): PolicyRule[] => list.map((one) => (typeof one === 'string' ? rule(one) : one));
const coverCases = (list: readonly Covering[]): ConformanceCase[] =>
  list.map(([name, owned, wanted, missing]) => ({ name, run: () => missingRules(parsed(owned), parsed(wanted)), expected: missing === undefined ? [] : [rule(missing)] }));

/** Path of the owner, path that is wanted: TestNonResourceURLCovers. */
const urlCovering: readonly (readonly [owner: string, wanted: string, covers: boolean])[] = [
  ['*', '', true], ['*', '/', true], ['*', '/api', true], ['/*', '', false], ['/*', '/', true], ['/*', '/foo', true], ['/api', '/api', true], ['/apis', '/api', false], ['/api/v1', '/api', false],
  ['/api/v1', '/api/v1', true], ['/api/*', '/api/v1', true], ['/api/*', '/api', false], ['/api/*/*', '/api/v1', false], ['/*/v1/*', '/api/v1', false],
];

export const rbacCoverCases: CaseArea = {
  area: 'RBAC: which rules cover which', source: 'staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator_test.go',
  cases: [
    ...coverCases(covering),
    ...urlCovering.map(([owner, wanted, expected]): ConformanceCase => ({
      name: `${owner} covers "${wanted}"`, run: () => missingRules([{ verbs: ['get'], nonResourceURLs: [owner] }], [{ verbs: ['get'], nonResourceURLs: [wanted] }]).length === 0, expected,
    })),
  ],
};

export const rbacCoverNameCases: CaseArea = {
  area: 'RBAC: which names, subresources and prefixes are covered',
  source: 'staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go (ruleCovers, resourceCoversAll, nonResourceURLCovers)',
  cases: coverCases([
    ['one of the names', ['get v1 pods foo,bar'], ['get v1 pods bar']], ['another name', ['get v1 pods foo'], ['get v1 pods bar'], 'get v1 pods bar'], ['all resources cover subresources', ['get v1 *'], ['get v1 pods/log']],
    ['a resource does not cover its subresources', ['get v1 pods'], ['get v1 pods/log'], 'get v1 pods/log'], ['a prefix covers a longer one', ['get /apis/*'], ['get /apis/v1/*']],
    ['a path does not cover a prefix', ['get /apis/v1'], ['get /apis/*'], 'get /apis/*'], ['another verb of a path', ['get /apis'], ['post /apis'], 'post /apis'],
  ]),
};

/** Rules that stay as they are. */
const complex: readonly (readonly [name: string, rules: readonly PolicyRule[]])[] = [
  ['no rules', []], ['several groups', [rule('get -,builds.openshift.io builds'), rule('list -,builds.openshift.io builds')]], ['several resources', [rule('get - builds,images'), rule('list - builds,images')]],
  ['other names', [rule('get - builds mybuild'), rule('list - builds mybuild2')]], ['paths', ['/', '/foo'].map((url) => ({ ...rule('get - builds'), nonResourceURLs: [url] }))],
];
const simple: readonly PolicyRule[] = [
  ...['get - builds', 'list - builds', 'update,patch - builds', 'create extensions daemonsets', 'delete extensions daemonsets'].map(rule), { ...rule('patch extensions daemonsets'), resourceNames: [''] },
  ...['get extensions daemonsets foo', 'list extensions daemonsets foo', 'educate - dolphins', ' - pirates', ' - pods', 'create - pods'].map(rule),
];
const simpleCompacted: readonly PolicyRule[] = [
  ...['create,delete extensions daemonsets', 'get,list extensions daemonsets foo', 'get,list,update,patch - builds', 'educate - dolphins', ' - pirates', 'create - pods'].map(rule),
  { ...rule('patch extensions daemonsets'), resourceNames: [''] },
];
const texts = (rules: readonly PolicyRule[]): string[] => rules.map(ruleText).sort();

export const rbacCompactCases: CaseArea = {
  area: 'RBAC: rules that differ in their verbs alone are one', source: 'pkg/registry/rbac/validation/policy_compact_test.go (TestCompactRules)',
  cases: [...complex.map(([name, rules]) => [name, rules, rules] as const), ['of one resource and one name', simple, simpleCompacted] as const].map(([name, rules, expected]) => ({
    name, run: () => texts(compacted(rules)), expected: texts(expected),
  })),
};

export const rbacTextCases: CaseArea = {
  area: 'RBAC: rules in words', source: 'pkg/apis/rbac/v1/evaluation_helpers.go (CompactString)',
  cases: [
    ['get,list - pods', '{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}'], ['get - pods x,y', '{APIGroups:[""], Resources:["pods"], ResourceNames:["x" "y"], Verbs:["get"]}'],
    ['post /a', '{NonResourceURLs:["/a"], Verbs:["post"]}'], [' - pirates', '{APIGroups:[""], Resources:["pirates"]}'],
  ].map(([of = '', expected]) => ({ name: of, run: () => ruleText(rule(of)), expected })),
};

/** Two nodes of two Pods, one Pod in each namespace, with what they refer to named after them. */
const POD_NAMES = ['pod0-node0', 'pod1-node0', 'pod0-node1', 'pod1-node1'];
const SAMPLE_PODS = POD_NAMES.map((name) => {
  const [pod = '', nodeName = ''] = name.split('-');
  return {
    metadata: { name, namespace: pod.replace('pod', 'ns') },
    spec: {
      nodeName, serviceAccountName: name.replace('pod', 'svcacct'), containers: [],
      volumes: [{ secret: { secretName: `secret0-${name}` } }, { secret: { secretName: 'secret0-shared' } }, { configMap: { name: `configmap0-${name}` } }, { persistentVolumeClaim: { claimName: `pvc0-${name}` } }],
    },
  };
});
const SAMPLE_VOLUMES = SAMPLE_PODS.map(({ metadata: { name, namespace } }) => ({ kind: 'PersistentVolume', name: `pv0-${name}-${namespace}`, spec: { claimRef: { namespace, name: `pvc0-${name}` } } }));
const SAMPLE_ATTACHMENTS = ['node0', 'node1'].map((nodeName) => ({ kind: 'VolumeAttachment', name: `attachment0-${nodeName}`, spec: { nodeName } }));

const viewOf = (pods: readonly object[]): NodeView => ({
  podsOn: (node) => (pods as readonly Pod[]).filter((pod) => pod.spec.nodeName === node),
  find: (kind, _, name) => [...SAMPLE_VOLUMES, ...SAMPLE_ATTACHMENTS].find((o) => o.kind === kind && o.name === name) as never,
});
const node0 = user('system:node:node0', 'system:nodes');

type OfNode = readonly [request: string, allowed: boolean, selector?: string];
const nodeCases = (view: NodeView, list: readonly OfNode[], who = node0): ConformanceCase[] =>
  list.map(([request, expected, fieldSelector]) => ({
    name: `${who.username.replace('system:node:', '')} ${request}${fieldSelector === undefined ? '' : ` ${fieldSelector}`}`,
    run: () => decideForNode(view, who, { ...attributes(request), ...(fieldSelector === undefined ? {} : { fieldSelector }) }, rulesOfNodes())?.allowed,
    expected,
  }));

const sample = viewOf(SAMPLE_PODS);
const OWN = ['get', 'update', 'patch', 'delete'];
const every = (verbs: readonly string[], what: string, allowed: boolean): OfNode[] => verbs.map((verb) => [`${verb} ${what}`, allowed]);
const LEASES = 'leases.coordination.k8s.io';
const CSI_NODES = 'csinodes.storage.k8s.io';
const ofNode: readonly OfNode[] = [
  ['get configmaps ns0 configmap0-pod0-node0', true], ...every(['get', 'list', 'watch'], 'secrets ns0 secret0-pod0-node0', true), ...every(['list', 'watch'], 'secrets ns0', false),
  ['list secrets - secret0-pod0-node0', false], ['get secrets ns0 secret0-shared', true], ['get persistentvolumeclaims ns0 pvc0-pod0-node0', true], ['get persistentvolumes - pv0-pod0-node0-ns0', true],
  ['get configmaps ns0 configmap0-pod0-node1', false], ['get secrets ns0 secret0-pod0-node1', false], ['get persistentvolumeclaims ns0 pvc0-pod0-node1', false], ['get persistentvolumes - pv0-pod0-node1-ns0', false],
  ['get volumeattachments.storage.k8s.io - attachment0-node0', true], ['create serviceaccounts/token ns0 svcacct0-node0', true], ['create serviceaccounts/token ns0 svcacct0-node1', false],
  ['create serviceaccounts ns0 svcacct0-node0', false], ['update serviceaccounts/token ns0 svcacct0-node0', false],
  ...every([...OWN, 'create'], `${LEASES} foo node0`, false), ...every(OWN, `${LEASES} kube-node-lease node1`, false), ...every(['list', 'watch'], `${LEASES} kube-node-lease`, false),
  ...every([...OWN, 'create'], `${LEASES} kube-node-lease node0`, true), ['get csinodes/csiDrivers.storage.k8s.io - node0', false], ...every(OWN, `${CSI_NODES} - node1`, false),
  ...every(['list', 'watch'], CSI_NODES, false), ...every([...OWN, 'create'], `${CSI_NODES} - node0`, true),
  ['get pods ns0 pod0-node0', true], ['get pods ns0 pod0-node1', false],
  ...['list', 'watch'].flatMap((verb): OfNode[] => [[`${verb} pods`, true, 'spec.nodeName=node0'], [`${verb} pods`, true, 'spec.nodeName==node0'], [`${verb} pods ns0 pod0-node0`, true], [`${verb} pods`, false]]),
  ['create pods ns0', true], ['create pods/proxy ns0', false], ['delete pods ns0 pod0-node0', true], ['delete pods ns0 pod0-node1', true], ['delete pods/proxy ns0 pod0-node0', false],
  ...every(['update', 'patch'], 'pods/status ns0 pod0-node0', true), ...every(['update', 'patch'], 'pods/status ns0 pod0-node1', true), ['get pods/status ns0 pod0-node0', false],
  ['create pods/eviction ns0 pod0-node0', true], ['create pods/eviction ns0 pod0-node1', true],
  ...every(['get', 'list', 'watch'], 'nodes - node0', true), ...every(['get', 'list', 'watch'], 'nodes - node1', false), ...every(['list', 'watch'], 'nodes', false), ['create nodes', true],
  ...['nodes', 'nodes/status'].flatMap((what) => ['node0', 'node1'].flatMap((name) => every(['update', 'patch'], `${what} - ${name}`, true))),
];

export const nodeAuthorizerCases: CaseArea = {
  area: 'the node authorizer', source: 'plugin/pkg/auth/authorizer/node/node_authorizer_test.go (TestNodeAuthorizer, BenchmarkAuthorization)',
  cases: [
    ...nodeCases(sample, ofNode), ...nodeCases(sample, [['get nodes - nodeunregistered', true]], user('system:node:nodeunregistered', 'system:nodes')),
    ...nodeCases(sample, [['get volumeattachments.storage.k8s.io - attachment0-node1', false]]),
  ],
};

export const nodeIdentityCases: CaseArea = {
  area: 'who is a node', source: 'pkg/auth/nodeidentifier/default_test.go (TestDefaultNodeIdentifier_NodeIdentity)',
  cases: ([[user('system:node:foo'), false], [user('foo', 'system:nodes'), false], [user('system:node:foo', 'system:nodes'), true]] as const).map(([who, expected]) => ({
    name: [who.username, ...who.groups].join(' of '), run: () => decideForNode(sample, who, attributes('get nodes - foo'), rulesOfNodes()) !== undefined, expected,
  })),
};

export const nodeRequestCases: CaseArea = {
  area: 'the node authorizer: other requests',
  source: 'plugin/pkg/auth/authorizer/node/node_authorizer.go (authorizeReadNamespacedObject, authorizeGet, authorizeStatusUpdate, authorizeCreateToken, authorizeLease, authorizeNode, authorizePod)',
  cases: nodeCases(sample, [
    ['get secrets ns1 secret0-pod0-node0', false], ['update secrets ns0 secret0-pod0-node0', false], ['get secrets/x ns0 secret0-pod0-node0', false], ['list configmaps', false], ['list persistentvolumeclaims ns0', false],
    ['patch persistentvolumeclaims/status ns0 pvc0-pod0-node0', true], ['create serviceaccounts/token ns0', false], [`create ${LEASES} kube-node-lease`, true], ['delete nodes - node0', false], ['list pods', false, 'spec.nodeName=node1'],
  ]),
};

export const nodeRoleCases: CaseArea = {
  area: 'the node authorizer: what every node may', source: 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata/cluster-roles.yaml (system:node)',
  cases: nodeCases(sample, [['list services', true], ['create events ns0', true], ['list deployments.apps', false]]),
};

/** A container that takes a secret and a ConfigMap whole, and a key of each. */
const taking = (of: string): object => ({
  envFrom: [{ secretRef: { name: `${of}-from` } }, { configMapRef: { name: `${of}-from` } }],
  env: [{ valueFrom: { secretKeyRef: { name: `${of}-key` } } }, { valueFrom: { configMapKeyRef: { name: `${of}-key` } } }],
});
const referring = viewOf([{
  metadata: { name: 'pod0', namespace: 'ns0' },
  spec: {
    nodeName: 'node0', imagePullSecrets: [{ name: 'pull' }], containers: [taking('container')], initContainers: [taking('init')], ephemeralContainers: [taking('ephemeral')],
    volumes: [
      { secret: { secretName: 'volume' } }, { configMap: { name: 'volume' } }, { projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'projected' } }] } }, { csi: { nodePublishSecretRef: { name: 'csi' } } },
      { name: 'scratch', ephemeral: {} },
    ],
  },
}]);
const REFERRED = [...['container', 'init', 'ephemeral'].flatMap((of) => [`${of}-from`, `${of}-key`]), 'volume', 'projected'];

export const podReferenceCases: CaseArea = {
  area: 'which secrets and ConfigMaps a Pod refers to', source: 'pkg/api/v1/pod/util_test.go (TestPodSecrets, TestPodConfigmaps)',
  cases: nodeCases(referring, [...REFERRED, 'pull', 'csi'].map((name): OfNode => [`get secrets ns0 ${name}`, true]).concat(REFERRED.map((name): OfNode => [`get configmaps ns0 ${name}`, true]))),
};

export const podClaimCases: CaseArea = {
  area: 'which claims a Pod refers to', source: 'plugin/pkg/auth/authorizer/node/graph.go (AddPod)',
  cases: nodeCases(referring, [['get persistentvolumeclaims ns0 pod0-scratch', true], ['get persistentvolumeclaims ns0 pod0-other', false]]),
};
