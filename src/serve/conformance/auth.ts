/** [sig-auth] and [sig-architecture] */
import { createPublicKey, verify } from 'node:crypto';
import { expect } from 'vitest';
import { at, type Cases, podOf } from './api.ts';

const ACCOUNTS = at('v1', 'serviceaccounts', 'default');
const AUTHENTICATION = 'authentication.k8s.io/v1';
const AUTHORIZATION = 'authorization.k8s.io/v1';

export const auth: Cases = {
  ServiceAccounts: {
    'should create a serviceAccountToken and ensure a successful TokenReview': (api) => {
      api.create(ACCOUNTS, { metadata: { name: 'robot' } });
      const { status } = api.create(`${ACCOUNTS}/robot/token`, {
        apiVersion: AUTHENTICATION,
        kind: 'TokenRequest',
        spec: { audiences: ['https://kubernetes.default.svc.cluster.local'] },
      });
      const { status: review } = api.create(at(AUTHENTICATION, 'tokenreviews'), {
        apiVersion: AUTHENTICATION,
        kind: 'TokenReview',
        spec: { token: status.token },
      });
      expect([review.authenticated, review.user.username]).toEqual([
        true,
        'system:serviceaccount:default:robot',
      ]);
    },
    'should guarantee kube-root-ca.crt exist in any namespace': (api) => {
      api.create('/api/v1/namespaces', { metadata: { name: 'new' } });
      const path = `${at('v1', 'configmaps', 'new')}/kube-root-ca.crt`;
      const there = (): { data: Record<string, string> } => {
        api.until(
          () => api.send('GET', path).status,
          (status) => status === 200,
        );
        return api.get(path);
      };
      const { data } = there();
      expect(data['ca.crt']).toContain('BEGIN CERTIFICATE');
      api.delete(path);
      expect(there().data).toEqual(data);
      api.update(path, { ...api.get(path), data: { 'ca.crt': '' } });
      api.until(
        () => api.get(path),
        (now) => now.data['ca.crt'] === data['ca.crt'],
      );
    },
    'ServiceAccountIssuerDiscovery should support OIDC discovery of service account issuer': (api) => {
      const { issuer, jwks_uri: keysAt } = api.get('/.well-known/openid-configuration');
      expect(keysAt).toBe(`${issuer}/openid/v1/jwks`);
      const [key] = JSON.parse(api.ok('GET', '/openid/v1/jwks')).keys;
      const { status } = api.create(`${ACCOUNTS}/default/token`, {
        apiVersion: AUTHENTICATION,
        kind: 'TokenRequest',
        spec: { audiences: ['vault'] },
      });
      const [header = '', claims = '', signature = ''] = status.token.split('.');
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256', kid: key.kid });
      const verified = verify(
        'sha256',
        Buffer.from(`${header}.${claims}`),
        createPublicKey({ key, format: 'jwk' }),
        Buffer.from(signature, 'base64url'),
      );
      expect(verified).toBe(true);
      const token = (path: string, more: object = {}): object => ({
        projected: { sources: [{ serviceAccountToken: { path, expirationSeconds: 7200, ...more } }] },
      });
      const checks = (name: string, audience: string): string => {
        const created = podOf(name, {
          spec: {
            restartPolicy: 'Never',
            volumes: [
              { name: 'own', ...token('token') },
              { name: 'checked', ...token('token', { audience: 'oidc-discovery-test' }) },
            ],
          },
          container: {
            args: [
              'test-service-account-issuer-discovery',
              '--token-path=/checked/token',
              `--audience=${audience}`,
              '--in-cluster-discovery=true',
            ],
            volumeMounts: [
              { name: 'own', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
              { name: 'checked', mountPath: '/checked' },
            ],
          },
        });
        api.create(at('v1', 'pods', 'default'), created);
        const { status: ended } = api.ended(name);
        return `${ended.phase}: ${api.get(`${at('v1', 'pods', 'default')}/${name}/log`)}`;
      };
      expect(checks('good', 'oidc-discovery-test')).toMatch(
        /^Succeeded: (?:.*\n)*.*OK: Validated signature on JWT\n/,
      );
      expect(checks('bad', 'another')).toMatch(/^Failed: (?:.*\n)*.*oidc: expected audience "another"/);
      const nobody = { user: 'nobody' } as const;
      api.refused(403, 'GET', '/openid/v1/jwks', undefined, nobody);
    },
    'should update a ServiceAccount': (api) => {
      const made = api.create(ACCOUNTS, { metadata: { name: 'robot' } });
      expect(made.automountServiceAccountToken).toBeUndefined();
      const next = api.update(`${ACCOUNTS}/robot`, {
        ...api.get(`${ACCOUNTS}/robot`),
        automountServiceAccountToken: true,
      });
      expect(next.automountServiceAccountToken).toBe(true);
    },
  },
  SubjectReview: {
    'should support SubjectReview API operations': (api) => {
      api.create(ACCOUNTS, { metadata: { name: 'robot' } });
      const user = 'system:serviceaccount:default:robot';
      const resourceAttributes = {
        group: '',
        version: 'v1',
        resource: 'configmaps',
        verb: 'list',
        namespace: 'default',
      };
      const allowed = (): boolean[] => [
        api.create(at(AUTHORIZATION, 'subjectaccessreviews'), {
          apiVersion: AUTHORIZATION,
          kind: 'SubjectAccessReview',
          spec: { user, resourceAttributes },
        }).status.allowed,
        api.create(at(AUTHORIZATION, 'localsubjectaccessreviews', 'default'), {
          apiVersion: AUTHORIZATION,
          kind: 'LocalSubjectAccessReview',
          metadata: { namespace: 'default' },
          spec: { user, resourceAttributes },
        }).status.allowed,
        api.send('GET', at('v1', 'configmaps', 'default'), undefined, {
          headers: { 'impersonate-user': user },
        }).status === 200,
      ];
      expect(allowed()).toEqual([false, false, false]);
      api.create(at('rbac.authorization.k8s.io/v1', 'rolebindings', 'default'), {
        metadata: { name: 'reads' },
        subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      });
      expect(allowed()).toEqual([true, true, true]);
    },
  },
};

export const architecture: Cases = {
  'Conformance Tests': {
    'should have at least two untainted nodes': (api) => {
      const nodes = api.items(at('v1', 'nodes')).filter(({ spec }) => (spec.taints ?? []).length === 0);
      expect(nodes.length).toBeGreaterThanOrEqual(2);
    },
  },
};
