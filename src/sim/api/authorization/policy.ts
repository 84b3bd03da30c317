/**
 * The roles and bindings of a cluster at one moment, and who may do what by them. Nothing in it changes, so
 * forks share it, and what was worked out once is kept. Models plugin/pkg/auth/authorizer/rbac/rbac.go and
 * pkg/registry/rbac/validation/rule.go.
 */
import type { Binding, Role } from '../resources/rbac.ts';
import { MASTERS, type UserInfo } from '../authentication/user.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import { isPath, type Attributes, type Decision } from './attributes.ts';
import type { Action } from './actions.ts';
import { ruleAllows, subjectMeans, type PolicyRule } from './rules.ts';

/** What somebody may do, and what of it could not be found out. */
export interface Rights {
  readonly rules: readonly PolicyRule[];
  /** `clusterrole.rbac.authorization.k8s.io "x" not found` */
  readonly problems: readonly string[];
}

export interface RbacObjects {
  readonly roles: Iterable<Role>;
  readonly clusterRoles: Iterable<Role>;
  readonly roleBindings: Iterable<Binding>;
  readonly clusterRoleBindings: Iterable<Binding>;
}

/** Who may do what. */
export interface Policy {
  /** What a user may do everywhere; with a namespace, in it beside. */
  rightsOf(user: UserInfo, namespace: string): Rights;
  /**
   * Whether somebody may do something to every object of a resource; the answer is kept.
   * @param groups of the user whose name alone says them
   */
  everywhere(
    username: string,
    groups: () => readonly string[],
    definition: Pick<ResourceDefinition, 'resource' | 'group' | 'plural'>,
    action: Action,
  ): boolean;
  /** The rules that a binding refers to, or why there are none. */
  rulesOf(ref: { kind: string; name: string }, namespace: string): readonly PolicyRule[] | string;
  decide(user: UserInfo, attributes: Attributes): Decision;
}

const keyOfUser = ({ username, groups }: UserInfo): string => `${username}\n${groups.join('\n')}`;

class RbacPolicy implements Policy {
  private readonly roles = new Map<string, Role>();
  private readonly clusterRoles = new Map<string, Role>();
  private readonly bindings = new Map<string, Binding[]>();
  private readonly clusterBindings: readonly Binding[];
  /**
   * By user and resource: for which actions it is known whether he may do them everywhere, and for which he
   * may.
   */
  private readonly masks = new Map<string, Map<string, { known: number; allowed: number }>>();
  /** By user and namespace. */
  private readonly known = new Map<string, Rights>();

  constructor(objects: RbacObjects) {
    for (const role of objects.roles)
      this.roles.set(`${role.metadata.namespace}/${role.metadata.name}`, role);
    for (const role of objects.clusterRoles) this.clusterRoles.set(role.metadata.name, role);
    for (const binding of objects.roleBindings) {
      const { namespace = '' } = binding.metadata;
      const others = this.bindings.get(namespace);
      if (others === undefined) this.bindings.set(namespace, [binding]);
      else others.push(binding);
    }
    this.clusterBindings = [...objects.clusterRoleBindings];
  }

  rightsOf(user: UserInfo, namespace: string): Rights {
    const key = `${namespace}\n${keyOfUser(user)}`;
    let rights = this.known.get(key);
    if (rights === undefined) this.known.set(key, (rights = this.findRights(user, namespace)));
    return rights;
  }

  everywhere(
    username: string,
    groups: () => readonly string[],
    { resource, group, plural }: Pick<ResourceDefinition, 'resource' | 'group' | 'plural'>,
    { verb, subresource, bit }: Action,
  ): boolean {
    let ofUser = this.masks.get(username);
    if (ofUser === undefined) this.masks.set(username, (ofUser = new Map()));
    let mask = ofUser.get(resource);
    if (mask === undefined) ofUser.set(resource, (mask = { known: 0, allowed: 0 }));
    if (bit === 0 || (mask.known & bit) === 0) {
      const attributes = { verb, group, resource: plural, subresource, namespace: '', name: '' };
      const allowed = this.decide({ username, groups: groups() }, attributes).allowed;
      if (bit === 0) return allowed;
      mask.known |= bit;
      if (allowed) mask.allowed |= bit;
    }
    return (mask.allowed & bit) !== 0;
  }

  private findRights(user: UserInfo, namespace: string): Rights {
    const rules: PolicyRule[] = [];
    const problems: string[] = [];
    const visit = (bindings: readonly Binding[], within: string): void => {
      for (const binding of bindings) {
        if (binding.subjects?.some((s) => subjectMeans(s, user, within)) !== true) continue;
        const found = this.rulesOf(binding.roleRef, within);
        if (typeof found === 'string') problems.push(found);
        else rules.push(...found);
      }
    };
    visit(this.clusterBindings, '');
    if (namespace !== '') visit(this.bindings.get(namespace) ?? [], namespace);
    return { rules, problems };
  }

  rulesOf(ref: { kind: string; name: string }, namespace: string): readonly PolicyRule[] | string {
    const role =
      ref.kind === 'Role' ? this.roles.get(`${namespace}/${ref.name}`) : this.clusterRoles.get(ref.name);
    if (role !== undefined) return role.rules ?? [];
    return `${ref.kind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(ref.name)} not found`;
  }

  decide(user: UserInfo, attributes: Attributes): Decision {
    if (user.groups.includes(MASTERS)) return { allowed: true, reason: '' };
    const rights = this.rightsOf(user, isPath(attributes) ? '' : attributes.namespace);
    if (rights.rules.some((rule) => ruleAllows(rule, attributes))) return { allowed: true, reason: '' };
    const { problems } = rights;
    if (problems.length === 0) return { allowed: false, reason: '' };
    return {
      allowed: false,
      reason: `RBAC: ${problems.length === 1 ? problems[0]! : `[${[...new Set(problems)].join(', ')}]`}`,
    };
  }
}

/** The policy of some roles and bindings, in which nothing changes. */
export const policyOf = (objects: RbacObjects): Policy => new RbacPolicy(objects);
