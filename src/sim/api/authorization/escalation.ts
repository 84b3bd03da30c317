/**
 * Nobody hands out more than he has: roles and bindings are written by whoever has their rights himself, or
 * may `escalate` or `bind`. Models
 * pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased and
 * pkg/registry/rbac/escalation_check.go.
 */
import { MASTERS, groupsOf, userInfoOf } from '../authentication/user.ts';
import { deepEqual } from '../equal.ts';
import { forbidden, notFound } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { Binding, Role } from '../resources/rbac.ts';
import type { KubeObject } from '../types.ts';
import type { By } from '../../kernel/types.ts';
import type { Authorizer } from './authorizer.ts';
import { missingRules, ruleText, type PolicyRule } from './rules.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** What an object says but for what the garbage collector changes of it, and what the server counts. */
function essence({ metadata, ...rest }: KubeObject): object {
  const { managedFields: _, ...named } = metadata as typeof metadata & { readonly managedFields?: unknown };
  const { ownerReferences: __, finalizers: ___, resourceVersion: ____, ...kept } = named;
  return { ...rest, metadata: kept };
}

/** IsOnlyMutatingGCFields: nobody is kept from letting go of an object that is to be deleted. */
const isForGarbageCollection = (next: KubeObject, old: KubeObject | undefined): boolean =>
  old !== undefined && deepEqual(essence(next), essence(old));

type ClusterRole = Role & {
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly object[] };
};

const isAggregated = (role: KubeObject | undefined): boolean =>
  ((role as ClusterRole | undefined)?.aggregationRule?.clusterRoleSelectors ?? []).length > 0;

/** What an aggregationRule may gather in time. */
const everything = (): PolicyRule[] => [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

/** @throws ApiError Forbidden where a write of a role or binding hands out what its author does not have */
export function checkEscalation(
  authorizer: Authorizer,
  definition: ResourceDefinition,
  object: KubeObject,
  old: KubeObject | undefined,
  by: By,
): void {
  if (definition.group !== GROUP || groupsOf(by).includes(MASTERS) || isForGarbageCollection(object, old))
    return;
  const { name, namespace = '' } = object.metadata;
  const user = userInfoOf(by);
  const mayAll = (verb: string, resource: string, of: string, within: string): boolean =>
    authorizer.decide(user, { verb, group: GROUP, resource, subresource: '', namespace: within, name: of })
      .allowed;
  const lacking = (rules: readonly PolicyRule[]): { missing: readonly PolicyRule[]; errors: string } => {
    const { rules: owned, problems } = authorizer.current.rightsOf(user, namespace);
    const errors = problems.length === 0 ? '' : `; resolution errors: [${problems.join(', ')}]`;
    return { missing: missingRules(owned, rules), errors };
  };
  const hasAll = (rules: readonly PolicyRule[]): void => {
    const { missing, errors } = lacking(rules);
    if (missing.length === 0) return;
    const list = missing.map(ruleText).sort();
    const groups = `[${user.groups.map((g) => JSON.stringify(g)).join(' ')}]`;
    throw forbidden(
      definition.plural,
      GROUP,
      name,
      `user ${JSON.stringify(user.username)} (groups=${groups}) is attempting to grant RBAC permissions ` +
        `not currently held:\n${list.join('\n')}${errors}`,
    );
  };
  if (definition.kind === 'Role' || definition.kind === 'ClusterRole') {
    if (mayAll('escalate', definition.plural, name, namespace)) return;
    hasAll((object as Role).rules ?? []);
    if ((isAggregated(object) || isAggregated(old)) && lacking(everything()).missing.length > 0)
      throw forbidden(
        definition.plural,
        GROUP,
        name,
        'must have cluster-admin privileges to use the aggregationRule',
      );
    return;
  }
  const { roleRef } = object as Binding;
  const resource = roleRef.kind === 'Role' ? 'roles' : 'clusterroles';
  if (mayAll('bind', resource, roleRef.name, namespace)) return;
  const rules = authorizer.current.rulesOf(roleRef, namespace);
  if (typeof rules === 'string') throw notFound(resource, GROUP, roleRef.name);
  hasAll(rules);
}
