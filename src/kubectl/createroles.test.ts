import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './index.ts';

let cluster: Cluster;
let file = '';
const kubectl = (line: string): string => {
  const { stdout, stderr } = runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => file });
  return `${stdout}${stderr}`.trimEnd();
};

beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
});

describe('kubectl create clusterrole', () => {
  it('knows what may be impersonated, though it is no resource', () => {
    expect(kubectl('create clusterrole imp --verb=impersonate --resource=users,groups,serviceaccounts')).toBe(
      'clusterrole.rbac.authorization.k8s.io/imp created',
    );
    expect(kubectl('get clusterrole imp -o jsonpath={.rules}')).toBe(
      '[{"apiGroups":[""],"resources":["users","groups","serviceaccounts"],"verbs":["impersonate"]}]',
    );
    kubectl('create clusterrolebinding imp --clusterrole=imp --user=ann');
    expect(kubectl('auth can-i impersonate users --as ann')).toContain('yes');
    expect(
      kubectl('create clusterrole x --verb=impersonate --resource=userextras.authentication.k8s.io'),
    ).toBe('clusterrole.rbac.authorization.k8s.io/x created');
  });

  it('refuses verbs for what they are not of', () => {
    expect(kubectl('create clusterrole x --verb=impersonate --resource=pods')).toBe(
      "error: can not perform 'impersonate' on 'pods' in group ''",
    );
    expect(kubectl('create role x --verb=bind --resource=secrets')).toBe(
      "error: can not perform 'bind' on 'secrets' in group ''",
    );
    expect(kubectl('create role x --verb=get --resource=users')).toBe(
      'the server doesn\'t have a resource type "users"',
    );
  });

  it('warns of a verb that nobody knows', () => {
    expect(kubectl('create role x --verb=frob --resource=pods')).toBe(
      "role.rbac.authorization.k8s.io/x created\nWarning: 'frob' is not a standard resource verb",
    );
  });
});

it('a token in a volume lasts ten minutes at least', () => {
  const pod = (serviceAccountToken: object): void => {
    file = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: {
        containers: [{ name: 'c', image: 'nginx' }],
        volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken }] } }],
      },
    });
  };
  const at = 'spec.volumes[0].projected.sources[0].serviceAccountToken';
  pod({ path: 'token', expirationSeconds: 60 });
  expect(kubectl('create -f p.yaml')).toContain(
    `${at}.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes`,
  );
  pod({ path: '../token' });
  expect(kubectl('create -f p.yaml')).toContain(
    `${at}.path: Invalid value: "../token": must not contain '..'`,
  );
  pod({ path: 'token', expirationSeconds: 600 });
  expect(kubectl('create -f p.yaml')).toBe('pod/p created');
});

it('a review has no time of creation, unless it is of who asks', () => {
  const spec = { resourceAttributes: { verb: 'get', resource: 'pods' } };
  file = JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec });
  expect(kubectl('create -f r.yaml -o jsonpath={.metadata}')).toBe('{}');
  file = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
  const created = 'jsonpath={.metadata.creationTimestamp}';
  expect(kubectl(`create -f r.yaml -o ${created}`)).toBe('2026-01-05T09:00:00Z');
  expect(JSON.parse(kubectl('auth whoami -o json'))).toMatchObject({
    metadata: { creationTimestamp: '2026-01-05T09:00:00Z' },
  });
});
