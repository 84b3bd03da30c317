/**
 * `authorizer` of policies and match conditions: whether somebody may do something. Models
 * staging/src/k8s.io/apiserver/pkg/cel/library/authz.go; field and label selectors are not asked about.
 */
import type { Environment } from '@marcbachmann/cel-js';
import type { Attributes, Decision, ResourceAttributes } from '../authorization/attributes.ts';

/** @param account whose rights count, in place of the one's who asks */
export type Decide = (attributes: Attributes, account?: { namespace: string; name: string }) => Decision;

class PathCheck {
  readonly decide: (attributes: Attributes) => Decision;
  readonly path: string;

  constructor(decide: (attributes: Attributes) => Decision, path: string) {
    this.decide = decide;
    this.path = path;
  }
}

class GroupCheck {
  readonly decide: (attributes: Attributes) => Decision;
  readonly group: string;

  constructor(decide: (attributes: Attributes) => Decision, group: string) {
    this.decide = decide;
    this.group = group;
  }
}

type Asked = Omit<ResourceAttributes, 'verb'>;

class ResourceCheck {
  readonly decide: (attributes: Attributes) => Decision;
  readonly asked: Asked;

  constructor(decide: (attributes: Attributes) => Decision, asked: Asked) {
    this.decide = decide;
    this.asked = asked;
  }

  with(more: Partial<Asked>): ResourceCheck {
    return new ResourceCheck(this.decide, { ...this.asked, ...more });
  }
}

class AuthorizationDecision {
  readonly allowed: boolean;
  readonly reason: string;

  constructor({ allowed, reason }: Decision) {
    this.allowed = allowed;
    this.reason = reason;
  }
}

class AuthorizerValue {
  readonly given: Decide;
  /** What the request itself is for: `authorizer.requestResource`. */
  readonly requestResource: ResourceCheck;

  constructor(given: Decide, asked: Asked) {
    this.given = given;
    this.requestResource = new ResourceCheck((attributes) => given(attributes), asked);
  }
}

/** The variable, for a request for a resource. */
export const authorizerOf = (decide: Decide, asked: Asked): object => new AuthorizerValue(decide, asked);

export function addAuthorizer(env: Environment): Environment {
  return env
    .registerType('Authorizer', { ctor: AuthorizerValue })
    .registerType('PathCheck', { ctor: PathCheck })
    .registerType('GroupCheck', { ctor: GroupCheck })
    .registerType('ResourceCheck', { ctor: ResourceCheck })
    .registerType('Decision', { ctor: AuthorizationDecision })
    .registerFunction(
      'Authorizer.path(string): PathCheck',
      (a: AuthorizerValue, path: string) => new PathCheck((attributes) => a.given(attributes), path),
    )
    .registerFunction(
      'Authorizer.group(string): GroupCheck',
      (a: AuthorizerValue, group: string) => new GroupCheck((attributes) => a.given(attributes), group),
    )
    .registerFunction(
      'Authorizer.serviceAccount(string, string): Authorizer',
      (a: AuthorizerValue, namespace: string, name: string) =>
        new AuthorizerValue(
          (attributes) => a.given(attributes, { namespace, name }),
          a.requestResource.asked,
        ),
    )
    .registerFunction(
      'GroupCheck.resource(string): ResourceCheck',
      ({ decide, group }: GroupCheck, resource: string) =>
        new ResourceCheck(decide, { group, resource, subresource: '', namespace: '', name: '' }),
    )
    .registerFunction(
      'ResourceCheck.subresource(string): ResourceCheck',
      (r: ResourceCheck, subresource: string) => r.with({ subresource }),
    )
    .registerFunction(
      'ResourceCheck.namespace(string): ResourceCheck',
      (r: ResourceCheck, namespace: string) => r.with({ namespace }),
    )
    .registerFunction('ResourceCheck.name(string): ResourceCheck', (r: ResourceCheck, name: string) =>
      r.with({ name }),
    )
    .registerFunction(
      'ResourceCheck.check(string): Decision',
      ({ decide, asked }: ResourceCheck, verb: string) =>
        new AuthorizationDecision(decide({ ...asked, verb })),
    )
    .registerFunction(
      'PathCheck.check(string): Decision',
      ({ decide, path }: PathCheck, verb: string) => new AuthorizationDecision(decide({ verb, path })),
    )
    .registerFunction('Decision.allowed(): bool', (d: AuthorizationDecision) => d.allowed)
    .registerFunction('Decision.reason(): string', (d: AuthorizationDecision) => d.reason)
    .registerFunction('Decision.errored(): bool', () => false)
    .registerFunction('Decision.error(): string', () => '');
}
