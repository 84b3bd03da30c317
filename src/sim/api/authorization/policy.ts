/**
 * The roles and bindings of a cluster at one moment, and who may do what by them. Nothing in it changes, so
 * forks share it, and what was worked out once is kept. Models plugin/pkg/auth/authorizer/rbac/rbac.go and
 * pkg/registry/rbac/validation/rule.go.
 */
import type { ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Binding, Role } from '../resources/rbac.ts';
import { MASTERS, type UserInfo } from '../authentication/user.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import { isPath, type Attributes, type Decision } from './attributes.ts';
import type { Action } from './actions.ts';
import { ruleAllows, subjectMeans, type PolicyRule } from './rules.ts';

/** What somebody may do, and what of it could not be found out. */
export interface Rights {
  readonly rules: readonly PolicyRule[];
  /** By which binding each of them is his: `RoleBinding "readers/shop" of Role "reader" to User "bob"`. */
  readonly sources: readonly string[];
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

/** As the describers of pkg/registry/rbac/validation/rule.go word it. */
function sourceText({ kind, metadata, roleRef }: Binding, subject: Readonly<ISubject>): string {
  const quoted = (...parts: readonly string[]): string => JSON.stringify(parts.join('/'));
  const { namespace = '', name } = metadata;
  const of = namespace === '' ? quoted(name) : quoted(name, namespace);
  const to =
    subject.kind === 'ServiceAccount'
      ? quoted(subject.name, subject.namespace || namespace)
      : quoted(subject.name);
  return `${kind} ${of} of ${roleRef.kind} ${quoted(roleRef.name)} to ${subject.kind} ${to}`;
}

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
    const sources: string[] = [];
    const problems: string[] = [];
    const visit = (bindings: readonly Binding[], within: string): void => {
      for (const binding of bindings) {
        const subject = binding.subjects?.find((s) => subjectMeans(s, user, within));
        if (subject === undefined) continue;
        const found = this.rulesOf(binding.roleRef, within);
        if (typeof found === 'string') problems.push(found);
        else {
          const source = sourceText(binding, subject);
          rules.push(...found);
          sources.push(...found.map(() => source));
        }
      }
    };
    visit(this.clusterBindings, '');
    if (namespace !== '') visit(this.bindings.get(namespace) ?? [], namespace);
    return { rules, sources, problems };
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
    const at = rights.rules.findIndex((rule) => ruleAllows(rule, attributes));
    if (at >= 0) return { allowed: true, reason: `RBAC: allowed by ${rights.sources[at]}` };
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
