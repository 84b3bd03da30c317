/** What kubectl says of who may do what, as 1.36.3 answered over a served cluster. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl } from './run.ts';

const PEOPLE = `apiVersion: v1
kind: Namespace
metadata: {name: team}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: team}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: team}
rules:
  - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
  - {apiGroups: [apps], resources: [deployments, deployments/scale], verbs: [get, update]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: team}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: v1
kind: Pod
metadata: {name: solo, namespace: team}
spec: {serviceAccountName: robot, containers: [{name: web, image: "nginx:1.25"}]}
`;
const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: team}
rules: [{apiGroups: [""], resources: [pods, services], verbs: [get, list, watch]}]
`;
const FILES: Readonly<Record<string, string>> = {
  'people.yaml': PEOPLE,
  'role.yaml': ROLE,
  'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
};

let cluster: Cluster;
const said = (line: string): string =>
  runKubectl(cluster, line.split(' '), { readFile: (path) => FILES[path]!, places: false }).output;

beforeAll(() => {
  cluster = Cluster.create({ seed: 'access', nodes: 1 });
  said('apply -f people.yaml');
  cluster.pass(60_000);
});

describe('kubectl', () => {
  it.each<[line: string, told: string]>([
    ['auth whoami -o name', 'selfsubjectreview.authentication.k8s.io/<unknown>\n'],
    [
      'auth whoami --as-uid=42',
      'error: requesting uid, groups or user-extra for kubernetes-admin without impersonating a user\n',
    ],
    ['auth can-i list nosuch', "Warning: the server doesn't have a resource type 'nosuch'\n\nyes\n"],
    ['auth can-i nosuch pods', "Warning: verb 'nosuch' is not a known verb\n\nyes\n"],
    ['auth can-i impersonate users --as=alice', 'no\n'],
    [
      'apply -f cm.yaml --as=alice',
      'Error from server (Forbidden): error when retrieving current configuration of:\n' +
        'Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"\n' +
        'Name: "a", Namespace: "default"\nfrom server for: "cm.yaml": configmaps "a" is forbidden: User ' +
        '"alice" cannot get resource "configmaps" in API group "" in the namespace "default"\n',
    ],
    [
      'exec solo -n team --as=alice -- ls',
      'error: unable to upgrade connection: pods "solo" is forbidden: User "alice" cannot create resource ' +
        '"pods/exec" in API group "" in the namespace "team"\n',
    ],
    [
      'top pods -n team --as=alice',
      'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "alice" cannot list resource ' +
        '"pods" in API group "metrics.k8s.io" in the namespace "team"\n',
    ],
    [
      'top nodes --as=alice',
      'Error from server (Forbidden): nodes.metrics.k8s.io is forbidden: User "alice" cannot list resource ' +
        '"nodes" in API group "metrics.k8s.io" at the cluster scope\n',
    ],
    ['create token robot -n team -o name', 'tokenrequest.authentication.k8s.io/robot\n'],
    [
      'create role r --verb=get --resource=nosuch -n team',
      'the server doesn\'t have a resource type "nosuch"\n',
    ],
    [
      'auth reconcile -f role.yaml --dry-run=client',
      'role.rbac.authorization.k8s.io/reader reconciled (dry run)\n\treconciliation required update\n' +
        '\tmissing rules added:\n' +
        ['watch] APIGroups:[] Resources:[pods', 'get] APIGroups:[] Resources:[services']
          .concat(['list', 'watch'].map((verb) => `${verb}] APIGroups:[] Resources:[services`))
          .map((rule) => `\t\t{Verbs:[${rule}] ResourceNames:[] NonResourceURLs:[]}\n`)
          .join(''),
    ],
  ])('%s', (line, told) => {
    expect(said(line)).toBe(told);
  });

  it('writes who asks as the server has it', () => {
    const review = JSON.parse(said('auth whoami -o json --as=alice --as-uid=42 --as-group=devs'));
    expect(review.status.userInfo).toEqual({
      username: 'alice',
      uid: '42',
      groups: ['devs', 'system:authenticated'],
    });
    expect(Object.keys(review)).toEqual(['kind', 'apiVersion', 'metadata', 'status']);
  });

  it('writes a token as the server answers', () => {
    const line = 'create token robot -n team --audience=shop --duration=20m -o json';
    expect(JSON.parse(said(line))).toMatchObject({
      kind: 'TokenRequest',
      metadata: { name: 'robot', namespace: 'team' },
      spec: { audiences: ['shop'], expirationSeconds: 1200 },
      status: { expirationTimestamp: expect.any(String), token: expect.any(String) },
    });
  });

  it('names parts behind the group, and says nothing of secrets that are not there', () => {
    expect(said('describe role reader -n team')).toContain('  deployments.apps/scale  []');
    expect(said('auth can-i --list -n team --as=alice')).toContain('deployments.apps/scale ');
    expect(said('describe sa robot -n team')).not.toMatch(/Mountable secrets|Tokens/);
  });
});
