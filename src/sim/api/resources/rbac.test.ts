import { expect, it } from 'vitest';
import { Cluster } from '../../cluster.ts';

/** SetDefaults_RoleBinding and SetDefaults_Subject (pkg/apis/rbac/v1/defaults.go) fill what is empty, too. */
it.each([{}, { apiGroup: '' }])(
  'a binding is of roles and users whatever group it leaves out: %j',
  (group) => {
    const cluster = Cluster.create({ seed: 1, nodes: 1 });
    const made = cluster.client().create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'readers', namespace: 'default' },
      subjects: [
        { ...group, kind: 'User', name: 'jane' },
        { ...group, kind: 'ServiceAccount', name: 'web', namespace: 'default' },
      ],
      roleRef: { ...group, kind: 'Role', name: 'reader' },
    } as never) as unknown as { roleRef: object; subjects: readonly object[] };
    expect(made.roleRef).toMatchObject({ apiGroup: 'rbac.authorization.k8s.io' });
    expect(made.subjects.map((s) => ('apiGroup' in s ? s.apiGroup : '') || '')).toEqual([
      'rbac.authorization.k8s.io',
      '',
    ]);
  },
);
