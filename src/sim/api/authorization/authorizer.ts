/**
 * Whether somebody may do something. The components of a cluster whose own roles and bindings are as they
 * came are not asked about: those give them all that they do (`defaults.test.ts`), and whatever is added
 * beside takes nothing away. So most runs ask of nobody, and what answers is in `decide.ts`, apart.
 */
import type { By } from '../../kernel/types.ts';
import { ADMINISTRATOR, API_SERVER, MASTERS, userInfoOf, type UserInfo } from '../authentication/user.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { KubeObject } from '../types.ts';
import type { Action } from './actions.ts';
import type { Attributes, Decision } from './attributes.ts';
import { decide, decideAction, refusal } from './decide.ts';
import { isDefault } from './defaults/mark.ts';
import type { NodeView } from './node.ts';
import { policyOf, type Policy, type RbacObjects } from './policy.ts';

export interface AuthorizerView extends NodeView {
  /** The roles and bindings that there are. */
  rbac(): RbacObjects;
}

/** What became of the roles and bindings that every cluster has; plain data, part of the server's state. */
export interface RbacState {
  /**
   * `there`: they are in the store as they came; `changed`: one of them was changed or deleted. Absent:
   * nobody has asked for roles or bindings yet, and they are not in the store either.
   */
  defaultRoles?: 'there' | 'changed';
}

export class Authorizer {
  private readonly state: RbacState;
  readonly view: AuthorizerView;
  private policy: Policy | undefined;

  constructor(state: RbacState, view: AuthorizerView) {
    this.state = state;
    this.view = view;
  }

  /** A role or a binding has changed. @param before undefined: it has come */
  changed(before: KubeObject | undefined): void {
    this.policy = undefined;
    if (before !== undefined && isDefault(before)) this.state.defaultRoles = 'changed';
  }

  /** Takes over what another server of the same roles and bindings has worked out. */
  adopt(other: Authorizer): void {
    this.policy = other.policy;
  }

  get current(): Policy {
    return (this.policy ??= policyOf(this.view.rbac()));
  }

  decide(user: UserInfo, attributes: Attributes): Decision {
    return decide(this.view, this.current, user, attributes);
  }

  /** @throws ApiError Forbidden */
  check(by: By, attributes: Attributes): void {
    const user = userInfoOf(by);
    const { allowed, reason } = this.decide(user, attributes);
    if (!allowed) throw refusal(user, attributes, reason);
  }

  /** Whether it is a question at all what somebody may do. */
  doubts({ actor, user, groups }: By): boolean {
    if (groups !== undefined) return !groups.includes(MASTERS);
    if (actor !== 'user') return this.state.defaultRoles === 'changed';
    return user !== ADMINISTRATOR && user !== API_SERVER;
  }

  /** Why somebody may make a request for an object, or may not. */
  why(by: By, action: Action, definition: ResourceDefinition, namespace: string, name: string): string {
    return decideAction(this, by, action, definition, namespace, name).decision.reason;
  }

  /** As `check`, of somebody in doubt, of a request for an object. @throws ApiError Forbidden */
  checkAction(
    by: By,
    action: Action,
    definition: ResourceDefinition,
    namespace: string,
    name: string,
    fieldSelector?: string,
  ): void {
    const { attributes, decision } = decideAction(
      this,
      by,
      action,
      definition,
      namespace,
      name,
      fieldSelector,
    );
    if (!decision.allowed) throw refusal(userInfoOf(by), attributes, decision.reason);
  }
}
