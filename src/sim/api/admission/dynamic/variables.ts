/**
 * What expressions of webhooks and policies see of a request. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/condition.go: objects as they come, whole numbers as
 * integers.
 */
import { accountUser, actingAs, groupsOf, userInfoOf } from '../../authentication/user.ts';
import { authorizerOf, type Decide } from '../../cel/authorizer.ts';
import { celErrorText, compilerOf, type Compiled, type Compiler } from '../../cel/environment.ts';
import { celOf } from '../../cel/values.ts';
import { versionOf } from '../../resources/definition.ts';
import type { AdmissionRequest } from '../types.ts';
import { namespaceOf } from './matching.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Of what is written in place of an object, by the part that it is written to. */
const OF_PARTS: Readonly<Record<string, object>> = {
  binding: { group: '', version: 'v1', kind: 'Binding' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction' },
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
};

function requestOf(request: AdmissionRequest): unknown {
  const { definition, namespace, name, subresource, user, by, dryRun, apiVersion, operation, object } =
    request;
  const version = versionOf(apiVersion ?? definition.apiVersion);
  const kind =
    operation === 'CONNECT'
      ? { group: '', version: 'v1', kind: object!.kind }
      : (OF_PARTS[subresource] ?? { group: definition.group, version, kind: definition.kind });
  const resource = { group: definition.group, version, resource: definition.plural };
  return {
    kind,
    resource,
    subResource: subresource,
    requestKind: kind,
    requestResource: resource,
    requestSubResource: subresource,
    name,
    namespace,
    operation,
    userInfo: by === undefined ? { username: user, groups: [] } : celOf(userInfoOf(by)),
    dryRun: dryRun === true,
    options: {},
  };
}

/** A member that is made when an expression first asks for it. */
export function lazily(into: object, name: string, make: () => unknown): void {
  Object.defineProperty(into, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      Object.defineProperty(into, name, { value, enumerable: true });
      return value;
    },
  });
}

/** Whether who asks, or an account in his place, may do something. */
function authorizerFor({
  definition,
  subresource,
  namespace,
  name,
  by,
  user,
  view,
}: AdmissionRequest): object {
  const who = by ?? { actor: 'user', user, cause: 0 };
  const decide: Decide = (attributes, account) => {
    if (account === undefined) return view.decide(who, attributes);
    const username = accountUser(account.namespace, account.name);
    return view.decide(actingAs(who, { username, groups: groupsOf({ user: username }) }), attributes);
  };
  return authorizerOf(decide, {
    group: definition.group,
    resource: definition.plural,
    subresource,
    namespace,
    name,
  });
}

/** `object`, `oldObject`, `request`, `namespaceObject` and `authorizer`; others may be added. */
export function variablesOf(request: AdmissionRequest): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  lazily(variables, 'object', () => celOf(request.object));
  lazily(variables, 'oldObject', () => celOf(request.old));
  lazily(variables, 'request', () => requestOf(request));
  lazily(variables, 'namespaceObject', () => (request.namespace === '' ? null : celOf(namespaceOf(request))));
  lazily(variables, 'authorizer', () => authorizerFor(request));
  return variables;
}

/** Of `matchConditions` of webhooks. */
export const compileCondition: Compiler = compilerOf(['object', 'oldObject', 'request', 'authorizer']);

export type Evaluated = { readonly value: unknown } | { readonly error: string };

/** What an expression comes to, or what CEL says against it. */
export function computed(compiled: Compiled, variables: Variables): Evaluated {
  if ('error' in compiled) return compiled;
  try {
    return { value: compiled.parsed(variables) };
  } catch (error) {
    return { error: celErrorText(error) };
  }
}

/** The same, in the words of who asks about a request. */
export function evaluated(compiled: Compiled, expression: string, variables: Variables): Evaluated {
  const result = computed(compiled, variables);
  return 'error' in result
    ? { error: `expression '${expression}' resulted in error: ${result.error}` }
    : result;
}

/** What conditions say of a request: asked, not asked, or why nobody can tell. */
export type Conditions = 'met' | 'unmet' | { readonly error: string };

/**
 * One that is false decides, whatever becomes of the others. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions/matcher.go.
 */
export function conditionsOf(
  conditions: readonly { readonly expression: string }[],
  compiler: Compiler,
  variables: Variables,
): Conditions {
  const errors: string[] = [];
  for (const { expression } of conditions) {
    const result = evaluated(compiler(expression), expression, variables);
    if ('error' in result) errors.push(result.error);
    else if (result.value !== true) return 'unmet';
  }
  if (errors.length === 0) return 'met';
  return { error: errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]` };
}
