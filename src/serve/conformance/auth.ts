/** [sig-auth] and [sig-architecture] */
import { expect } from 'vitest';
import { at, type Cases } from './api.ts';

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
