/** What roles and their bindings have in common. Models pkg/apis/rbac/{v1,validation}. */
import type { IPolicyRule, IRoleRef, ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { fillZero, into, intoEach } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, CREATED_AT, NAME, wide, type Cell } from '../table/column.ts';
import type { KubeObject } from '../types.ts';
import { invalidValue, problemsAt, required, unsupported, type Causes } from '../validation/field.ts';
import { eachAt, pathName, ruled } from '../validation/rules.ts';
import { pathSegmentProblems, subdomainProblems } from '../validation/text.ts';
import { defineResource, type ResourceDefinition } from './definition.ts';

const GROUP = 'rbac.authorization.k8s.io';

export type Role = KubeObject & { readonly rules?: IPolicyRule[] };
export type Binding = KubeObject & { readonly roleRef: IRoleRef; readonly subjects?: ISubject[] };

function validateRule(rule: IPolicyRule, namespaced: boolean, field: string, out: Causes): void {
  const { verbs, nonResourceURLs: urls = [], apiGroups, resources = [], resourceNames = [] } = rule;
  const none = (list: readonly string[] | undefined): boolean => (list ?? []).length === 0;
  if (none(verbs)) out.push(required(`${field}.verbs`, 'verbs must contain at least one value'));
  if (urls.length > 0) {
    const wrong = (detail: string): unknown =>
      out.push(invalidValue(`${field}.nonResourceURLs`, urls, detail));
    if (namespaced) wrong('namespaced rules cannot apply to non-resource URLs');
    if (!none(apiGroups) || resources.length > 0 || resourceNames.length > 0)
      wrong('rules cannot apply to both regular resources and non-resource URLs');
    return;
  }
  if (none(apiGroups))
    out.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
  if (resources.length === 0)
    out.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
}

function validateSubject(subject: ISubject, namespaced: boolean, field: string, out: Causes): void {
  const { kind, name, namespace, apiGroup = '' } = subject;
  if (!name) out.push(required(`${field}.name`));
  if (kind === 'ServiceAccount') {
    if (name) problemsAt(`${field}.name`, name, subdomainProblems(name), out);
    if (apiGroup !== '') out.push(unsupported(`${field}.apiGroup`, apiGroup, ['']));
    if (!namespaced && !namespace) out.push(required(`${field}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== GROUP) out.push(unsupported(`${field}.apiGroup`, apiGroup, [GROUP]));
  } else out.push(unsupported(`${field}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group']));
}

/** Role and ClusterRole. */
export const defineRole = (kind: string, namespaced: boolean): ResourceDefinition<Role> =>
  defineResource<Role>({
    group: GROUP,
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced,
    validation: ruled<Role>(
      ({ rules }, out) => eachAt(rules, 'rules', (rule, at) => validateRule(rule, namespaced, at, out)),
      { namespaced, name: pathSegmentProblems },
    ),
    columns: [NAME, CREATED_AT],
    row: (role) => [role.metadata.name, created(role)],
  });

function subjectTexts(subjects: readonly ISubject[] = []): Cell[] {
  const names = (kind: string, text: (s: ISubject) => string): string =>
    subjects
      .filter((s) => s.kind === kind)
      .map(text)
      .join(', ');
  return [
    names('User', (s) => s.name),
    names('Group', (s) => s.name),
    names('ServiceAccount', (s) => `${s.namespace ?? ''}/${s.name}`),
  ];
}

/** RoleBinding and ClusterRoleBinding. @param roles the kinds it may bind */
export const defineBinding = (
  kind: string,
  namespaced: boolean,
  roles: readonly string[],
): ResourceDefinition<Binding> => {
  const rules = ruled<Binding>(
    ({ roleRef, subjects }, out) => {
      const { apiGroup, kind: role, name } = roleRef;
      if (apiGroup !== GROUP) out.push(unsupported('roleRef.apiGroup', apiGroup ?? '', [GROUP]));
      if (!roles.includes(role)) out.push(unsupported('roleRef.kind', role ?? '', roles));
      pathName(name, 'roleRef.name', out);
      eachAt(subjects, 'subjects', (subject, at) => validateSubject(subject, namespaced, at, out));
    },
    { namespaced, name: pathSegmentProblems },
  );
  return defineResource<Binding>({
    group: GROUP,
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced,
    defaults: (binding) =>
      intoEach(
        into(binding, 'roleRef', (ref) => fillZero(ref, { apiGroup: GROUP })),
        'subjects',
        (s) => (s.kind === 'User' || s.kind === 'Group' ? fillZero(s, { apiGroup: GROUP }) : s),
      ),
    validation: {
      ...rules,
      update(next, old, out) {
        rules.update(next, old, out);
        if (!deepEqual(next.roleRef, old.roleRef))
          out.push(invalidValue('roleRef', next.roleRef, 'cannot change roleRef'));
      },
    },
    columns: [NAME, column('Role'), AGE, wide('Users'), wide('Groups'), wide('ServiceAccounts')],
    row: (b, { now }) => [
      b.metadata.name,
      `${b.roleRef.kind}/${b.roleRef.name}`,
      ageOf(created(b), now),
      ...subjectTexts(b.subjects),
    ],
  });
};
