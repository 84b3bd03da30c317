/** Who may do what: rules, bindings, what covers what, and what kubelets may. */
import type { Attributes } from '../../sim/api/authorization/attributes.ts';
import { rulesOfNodes } from '../../sim/api/authorization/defaults/index.ts';
import { decideForNode } from '../../sim/api/authorization/node.ts';
import { policyOf, type Policy } from '../../sim/api/authorization/policy.ts';
import { compacted, missingRules, ruleAllows, ruleText, subjectMeans, type PolicyRule } from '../../sim/api/authorization/rules.ts';
import type { UserInfo } from '../../sim/api/authentication/user.ts';
import type { Binding, Role } from '../../sim/api/resources/rbac.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
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

const admin = policy([role('ClusterRole', undefined, 'admin', ['* * *'])], [binding('RoleBinding', 'ns1', 'ClusterRole', 'admin', ['User:admin', 'Group:admins'])]);
const everywhere: readonly Asked[] = [
  [user('admin'), 'get pods ns1', true], [user('admin'), 'delete jobs.batch ns1 x', true], [user('foo', 'admins'), 'get pods ns1', true], [user('admin'), 'get pods ns2', false],
  [user('admin'), 'list pods', false], [user('nobody'), 'get pods ns1', false], [user('nobody', 'devs'), 'get pods ns1', false], [user('admin'), 'get nodes', false],
];

const robots = policy(
  [role('ClusterRole', undefined, 'reader', ['get - pods'])],
  [binding('RoleBinding', 'ns1', 'ClusterRole', 'reader', ['ServiceAccount:ns1:robot', 'ServiceAccount::here'])],
);
const accounts: readonly Asked[] = [
  [user('system:serviceaccount:ns1:robot'), 'get pods ns1', true], [user('system:serviceaccount:ns2:robot'), 'get pods ns1', false], [user('robot'), 'get pods ns1', false],
  [user('system:serviceaccount:ns1:here'), 'get pods ns1', true], [user('system:serviceaccount:ns2:here'), 'get pods ns1', false],
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
  [user('prefixed'), 'get /api/v1', false], [user('', 'prefixed'), 'get /api/v1', false], [user('foo'), 'get pods', false],
];

const parts = (rules: readonly string[]): Policy =>
  policy([role('ClusterRole', undefined, 'admin', rules)], [binding('RoleBinding', 'ns1', 'ClusterRole', 'admin', ['User:admin'])]);
const whole: readonly Asked[] = [[user('admin'), 'get pods ns1', true], [user('admin'), 'get pods/status ns1', false]];
const some: readonly Asked[] = [
  [user('admin'), 'get pods/status ns1', true], [user('admin'), 'get pods/scale ns1', true], [user('admin'), 'get anything/scale.apps ns1', true],
  [user('admin'), 'get pods ns1', false], [user('admin'), 'get services/status ns1', false],
];

const asked = (of: Policy, list: readonly Asked[], scene: string): ConformanceCase[] =>
  list.map(([who, what, expected]) => ({
    name: `${scene}: ${who.username || `group ${who.groups.join()}`} ${what}`, run: () => of.decide(who, attributes(what)).allowed, expected,
  }));

export const rbacAuthorizerCases: CaseArea = {
  area: 'RBAC: roles, bindings, subjects', source: 'plugin/pkg/auth/authorizer/rbac/rbac_test.go',
  cases: [
    ...asked(admin, everywhere, 'a ClusterRole bound in a namespace'), ...asked(robots, accounts, 'service accounts'), ...asked(urls, paths, 'paths'),
    ...asked(parts(['* * pods']), whole, 'a resource without its subresources'), ...asked(parts(['* * pods/status,*/scale']), some, 'subresources'),
  ],
};

/** Rule, request, whether it matches: TestRuleMatches, and TestResourceMatches of evaluation_helpers_test.go. */
const matching: readonly (readonly [rule: string, request: string, matches: boolean])[] = [
  ['* group1 resource1', 'verb1 resource1.group1', true], ['* group1 resource1', 'verb1 resource2.group1', false], ['* group1 resource1', 'verb1 resource1.group2', false], ['verb1 group1 resource1', 'verb2 resource1.group1', false],
  ['verb1,verb2 group1 resource1', 'verb2 resource1.group1', true], ['verb1 * resource1', 'verb1 resource1.group1', true], ['verb1 group1,group2 resource1', 'verb1 resource1.group2', true], ['verb1 * resource1', 'verb1 resource2.group1', false],
  ['verb1 group1 *', 'verb1 resource1.group1', true], ['verb1 group1 *', 'verb1 resource1/sub.group1', true], ['verb1 group1 resource1/sub', 'verb1 resource1/sub.group1', true], ['verb1 group1 resource1/sub', 'verb1 resource1.group1', false],
  ['verb1 group1 resource1', 'verb1 resource1/sub.group1', false], ['verb1 group1 */sub', 'verb1 resource1/sub.group1', true], ['verb1 group1 */sub', 'verb1 resource1/other.group1', false], ['verb1 group1 */sub', 'verb1 resource1.group1', false],
  ['verb1 - resource1 one', 'verb1 resource1 - one', true], ['verb1 - resource1 one', 'verb1 resource1 - two', false], ['verb1 - resource1 one', 'verb1 resource1', false], ['verb1 - resource1 one,two', 'verb1 resource1 ns two', true],
  ['* url:*', 'verb1 /foo', true], ['verb1 /foo', 'verb1 /foo', true], ['verb1 /foo', 'verb1 /foo/bar', false], ['verb1 /foo/*', 'verb1 /foo/bar', true], ['verb1 /foo/*', 'verb1 /foo', false], ['verb2 /foo', 'verb1 /foo', false], ['* * *', 'verb1 /foo', false],
  ['* url:*', 'verb1 resource1', false],
];

export const rbacRuleCases: CaseArea = {
  area: 'RBAC: what a rule matches', source: 'plugin/pkg/auth/authorizer/rbac/rbac_test.go (TestRuleMatches), pkg/apis/rbac/v1/evaluation_helpers_test.go',
  cases: matching.map(([of, request, expected]) => ({ name: `[${of}] ${request}`, run: () => ruleAllows(rule(of), attributes(request)), expected })),
};

/** Subject, user, namespace of the binding: TestAppliesTo. */
const applying: readonly (readonly [subject: string, who: UserInfo, namespace: string, applies: boolean])[] = [
  ['User:foobar', user('foobar'), 'default', true], ['User:foobar', user('barfoo'), 'default', false], ['Group:foobar', user('foobar'), 'default', false], ['Group:foobar', user('x', 'barfoo', 'foobar'), 'default', true],
  ['ServiceAccount:kube-system:default', user('system:serviceaccount:kube-system:default'), 'default', true], ['ServiceAccount:kube-system:default', user('system:serviceaccount:other:default'), 'default', false],
  ['ServiceAccount:kube-system:default', user('default'), 'kube-system', false], ['ServiceAccount::default', user('system:serviceaccount:default:default'), 'default', true], ['ServiceAccount::default', user('system:serviceaccount:default:default'), '', false],
  ['Group:system:authenticated', user('foobar', 'system'), 'default', false],
];

/** Whether the owned rules cover the wanted: policy_comparator_test.go. */
const covering: readonly (readonly [name: string, owned: readonly string[], wanted: readonly string[], covers: boolean])[] = [
  ['the same', ['get,update,delete v1 pods,services'], ['get,update,delete v1 pods,services'], true],
  ['subresources of all', ['get v1 */scale'], ['get v1 foo/scale,bar/scale'], true],
  ['several rules cover one', ['delete v1 deployments,deploymentconfigs', 'update v1 pods,services'], ['delete v1 deployments', 'update v1 pods'], true],
  ['one verb is missing', ['delete,get v1 pods', 'update v1 services'], ['delete,update v1 pods,services'], false],
  ['all groups', ['get * roles'], ['get group1,group2 roles'], true], ['single groups are not all', ['get group1,group2 roles'], ['get * roles'], false], ['all groups cover all', ['get * roles'], ['get * roles'], true],
  ['all resources', ['get,update,delete v1 *'], ['get v1 pods,services'], true], ['single resources are not all', ['get v1 foo,bar'], ['get v1 *'], false], ['all resources cover subresources', ['get v1 *'], ['get v1 pods/log'], true],
  ['a resource does not cover its subresources', ['get v1 pods'], ['get v1 pods/log'], false], ['all verbs', ['* v1 pods'], ['watch,list v1 pods'], true], ['single verbs are not all', ['get,list v1 pods'], ['* v1 pods'], false],
  ['names are covered by none', ['get v1 pods'], ['get v1 pods foo,bar'], true], ['names are covered by the same', ['get v1 pods foo,bar'], ['get v1 pods bar'], true], ['names do not cover all', ['get v1 pods foo'], ['get v1 pods'], false],
  ['another name', ['get v1 pods foo'], ['get v1 pods bar'], false], ['a path', ['get /apis'], ['get /apis'], true], ['all paths', ['get url:*'], ['get /apis'], true], ['a prefix', ['get /apis/*'], ['get /apis/v1'], true],
  ['a prefix covers a longer one', ['get /apis/*'], ['get /apis/v1/*'], true], ['a path does not cover a prefix', ['get /apis/v1'], ['get /apis/*'], false], ['another verb of a path', ['get /apis'], ['post /apis'], false],
];

const compacting: readonly (readonly [name: string, rules: readonly string[], expected: readonly string[]])[] = [
  ['verbs of one resource', ['get - pods', 'list - pods', 'update - nodes'], ['{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}', '{APIGroups:[""], Resources:["nodes"], Verbs:["update"]}']],
  ['other groups stay apart', ['get a pods', 'list b pods'], ['{APIGroups:["a"], Resources:["pods"], Verbs:["get"]}', '{APIGroups:["b"], Resources:["pods"], Verbs:["list"]}']],
  ['several resources stay', ['get - pods,nodes', 'list - pods'], ['{APIGroups:[""], Resources:["pods" "nodes"], Verbs:["get"]}', '{APIGroups:[""], Resources:["pods"], Verbs:["list"]}']],
  ['paths stay', ['get /a', 'post /a'], ['{NonResourceURLs:["/a"], Verbs:["get"]}', '{NonResourceURLs:["/a"], Verbs:["post"]}']],
  ['the same name', ['get - pods x', 'list - pods x'], ['{APIGroups:[""], Resources:["pods"], ResourceNames:["x"], Verbs:["get" "list"]}']],
  ['another name', ['get - pods x', 'list - pods y'], ['{APIGroups:[""], Resources:["pods"], ResourceNames:["x"], Verbs:["get"]}', '{APIGroups:[""], Resources:["pods"], ResourceNames:["y"], Verbs:["list"]}']],
];

function means(text: string, who: UserInfo, namespace: string): boolean {
  const [kind = '', ...rest] = text.split(':');
  const [first = '', second = ''] = rest;
  return subjectMeans(kind === 'ServiceAccount' ? { kind, namespace: first, name: second } : { kind, name: rest.join(':') }, who, namespace);
}

export const rbacValidationCases: CaseArea = {
  area: 'RBAC: subjects, what covers what, compact rules',
  source: 'pkg/registry/rbac/validation/{rule_test,policy_compact_test}.go, staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator_test.go',
  cases: [
    ...applying.map(([subject, who, namespace, expected]): ConformanceCase => ({ name: `${subject} is ${who.username} in "${namespace}"`, run: () => means(subject, who, namespace), expected })),
    ...covering.map(([name, owned, wanted, expected]): ConformanceCase => ({ name, run: () => missingRules(owned.map(rule), wanted.map(rule)).length === 0, expected })),
    ...compacting.map(([name, rules, expected]): ConformanceCase => ({ name, run: () => compacted(rules.map(rule)).map(ruleText), expected })),
  ],
};

/** node0 has one Pod, which refers to a secret, a configmap, a claim bound to pv0 and an account. */
const pod0 = {
  kind: 'Pod', metadata: { name: 'pod0', namespace: 'ns0' },
  spec: {
    nodeName: 'node0', serviceAccountName: 'svcacct0', imagePullSecrets: [{ name: 'pull0' }],
    containers: [{ name: 'c', envFrom: [{ configMapRef: { name: 'env0' } }], env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'key0', key: 'k' } } }] }],
    volumes: [
      { name: 's', secret: { secretName: 'secret0' } }, { name: 'c', configMap: { name: 'configmap0' } }, { name: 'p', persistentVolumeClaim: { claimName: 'pvc0' } }, { name: 'e', ephemeral: {} },
      { name: 'j', projected: { sources: [{ secret: { name: 'projected0' } }, { configMap: { name: 'projected1' } }] } },
    ],
  },
} as unknown as Pod;
const kept: readonly { readonly kind: string; readonly namespace: string; readonly name: string; readonly spec: object }[] = [
  { kind: 'PersistentVolumeClaim', namespace: 'ns0', name: 'pvc0', spec: { volumeName: 'pv0' } }, { kind: 'VolumeAttachment', namespace: '', name: 'attachment0', spec: { nodeName: 'node0' } },
  { kind: 'VolumeAttachment', namespace: '', name: 'attachment1', spec: { nodeName: 'node1' } },
];
const view = {
  podsOn: (node: string): Iterable<Pod> => (node === 'node0' ? [pod0] : []),
  find: (kind: string, namespace: string, name: string) => kept.find((o) => o.kind === kind && o.namespace === namespace && o.name === name) as unknown as KubeObject | undefined,
} as Parameters<typeof decideForNode>[0];
const node0 = user('system:node:node0', 'system:nodes');

const ofNode: readonly (readonly [request: string, allowed: boolean, selector?: string])[] = [
  ['get secrets ns0 secret0', true], ['get secrets ns0 key0', true], ['get secrets ns0 pull0', true], ['get secrets ns0 projected0', true], ['get secrets ns0 secret1', false], ['get secrets ns1 secret0', false], ['list secrets ns0', false], ['list secrets ns0 secret0', true],
  ['watch secrets ns0 secret0', true], ['update secrets ns0 secret0', false], ['get secrets/x ns0 secret0', false], ['get configmaps ns0 configmap0', true], ['get configmaps ns0 env0', true], ['get configmaps ns0 projected1', true], ['get configmaps ns0 configmap1', false],
  ['list configmaps', false], ['get persistentvolumeclaims ns0 pvc0', true], ['get persistentvolumeclaims ns0 pod0-e', true], ['get persistentvolumeclaims ns0 pvc1', false], ['list persistentvolumeclaims ns0', false], ['patch persistentvolumeclaims/status ns0 pvc0', true],
  ['get persistentvolumes - pv0', true], ['get persistentvolumes - pv1', false], ['get volumeattachments.storage.k8s.io - attachment0', true], ['get volumeattachments.storage.k8s.io - attachment1', false],
  ['create serviceaccounts/token ns0 svcacct0', true], ['create serviceaccounts/token ns0 svcacct1', false], ['get serviceaccounts ns0 svcacct0', false], ['create serviceaccounts/token ns0', false],
  ['get leases.coordination.k8s.io kube-node-lease node0', true], ['get leases.coordination.k8s.io kube-node-lease node1', false], ['create leases.coordination.k8s.io kube-node-lease', true], ['update leases.coordination.k8s.io foo node0', false], ['list leases.coordination.k8s.io kube-node-lease', false],
  ['get csinodes.storage.k8s.io - node0', true], ['get csinodes.storage.k8s.io - node1', false], ['list csinodes.storage.k8s.io', false],
  ['get nodes - node0', true], ['get nodes - node1', false], ['list nodes', false], ['patch nodes/status - node0', true], ['delete nodes - node0', false],
  ['get pods ns0 pod0', true], ['get pods ns0 pod1', false], ['list pods', true, 'spec.nodeName=node0'], ['list pods', false, 'spec.nodeName=node1'], ['list pods', false], ['create pods ns0', true], ['delete pods ns0 pod0', true], ['patch pods/status ns0 pod0', true], ['create pods/eviction ns0 pod0', true],
  ['list services', true], ['create events ns0', true], ['list deployments.apps', false],
];

export const nodeAuthorizerCases: CaseArea = {
  area: 'the node authorizer', source: 'plugin/pkg/auth/authorizer/node/node_authorizer_test.go (TestNodeAuthorizer)',
  cases: [
    ...ofNode.map(([request, expected, fieldSelector]): ConformanceCase => ({
      name: `node0 ${request}${fieldSelector === undefined ? '' : ` ${fieldSelector}`}`,
      run: () => decideForNode(view, node0, { ...attributes(request), ...(fieldSelector === undefined ? {} : { fieldSelector }) }, rulesOfNodes())?.allowed,
      expected,
    })),
    { name: 'a user is none of its business', run: () => decideForNode(view, user('bob', 'system:nodes'), attributes('get pods ns0 pod0'), rulesOfNodes()), expected: undefined },
    { name: 'nor who is named as a node, and not in their group', run: () => decideForNode(view, user('system:node:node0'), attributes('get pods ns0 pod0'), rulesOfNodes()), expected: undefined },
  ],
};
