/**
 * Nobody hands out more than he has: roles and bindings are written by whoever has their rights himself, or
 * may `escalate` or `bind`. Models
 * pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased and
 * pkg/registry/rbac/escalation_check.go.
 */
import { MASTERS, groupsOf, userInfoOf } from '../authentication/user.ts';
import { deepEqual } from '../equal.ts';
import { forbidden } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { Binding, Role } from '../resources/rbac.ts';
import type { KubeObject } from '../types.ts';
import type { By } from '../../kernel/types.ts';
import type { Authorizer } from './authorizer.ts';
import { missingRules, ruleText, type PolicyRule } from './rules.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** Whether an update of a role or binding hands out what the old one did, to the same subjects. */
const handsOutTheSame = (next: KubeObject, old: KubeObject | undefined): boolean => {
  if (old === undefined) return false;
  const of = (object: KubeObject): unknown => {
    const { rules, aggregationRule, roleRef, subjects } = object as Role &
      Binding & { aggregationRule?: unknown };
    return { rules, aggregationRule, roleRef, subjects };
  };
  return deepEqual(of(next), of(old));
};

/** @throws ApiError Forbidden where a write of a role or binding hands out what its author does not have */
export function checkEscalation(
  authorizer: Authorizer,
  definition: ResourceDefinition,
  object: KubeObject,
  old: KubeObject | undefined,
  by: By,
): void {
  if (definition.group !== GROUP || groupsOf(by).includes(MASTERS) || handsOutTheSame(object, old)) return;
  const { name, namespace = '' } = object.metadata;
  const user = userInfoOf(by);
  const mayAll = (verb: string, resource: string, of: string, within: string): boolean =>
    authorizer.decide(user, { verb, group: GROUP, resource, subresource: '', namespace: within, name: of })
      .allowed;
  const hasAll = (rules: readonly PolicyRule[]): void => {
    const { rules: owned, problems } = authorizer.current.rightsOf(user, namespace);
    const missing = missingRules(owned, rules);
    if (missing.length === 0) return;
    const list = missing.map(ruleText).sort();
    const groups = `[${user.groups.map((g) => JSON.stringify(g)).join(' ')}]`;
    const errors = problems.length === 0 ? '' : `; resolution errors: [${problems.join(', ')}]`;
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
    const { rules = [], aggregationRule } = object as Role & { aggregationRule?: unknown };
    // What others add to it later is everything, as far as can be known.
    if (aggregationRule !== undefined && definition.kind === 'ClusterRole')
      hasAll([
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
        { nonResourceURLs: ['*'], verbs: ['*'] },
      ]);
    hasAll(rules);
    return;
  }
  const { roleRef } = object as Binding;
  const resource = roleRef.kind === 'Role' ? 'roles' : 'clusterroles';
  if (mayAll('bind', resource, roleRef.name, namespace)) return;
  const rules = authorizer.current.rulesOf(roleRef, namespace);
  if (typeof rules === 'string') throw forbidden(definition.plural, GROUP, name, rules);
  hasAll(rules);
}
