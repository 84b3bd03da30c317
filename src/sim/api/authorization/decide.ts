/**
 * The answers of the authorizers: kubelets by the node authorizer, everybody by RBAC, as kube-apiserver's
 * `--authorization-mode=Node,RBAC` has it. Models
 * staging/src/k8s.io/apiserver/pkg/authorization/union/union.go.
 */
import type { By } from '../../kernel/types.ts';
import { groupsOf, userInfoOf, type UserInfo } from '../authentication/user.ts';
import { ApiError } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { Action } from './actions.ts';
import { isPath, type Attributes, type Decision, type ResourceAttributes } from './attributes.ts';
import { rulesOfNodes } from './defaults/index.ts';
import { decideForNode, type NodeView } from './node.ts';
import type { Policy } from './policy.ts';

const YES: Decision = { allowed: true, reason: '' };

export function decide(view: NodeView, policy: Policy, user: UserInfo, attributes: Attributes): Decision {
  const byNode = decideForNode(view, user, attributes, rulesOfNodes());
  if (byNode?.allowed === true) return byNode;
  const byRole = policy.decide(user, attributes);
  if (byRole.allowed || byNode === undefined) return byRole;
  return { allowed: false, reason: [byNode.reason, byRole.reason].filter((r) => r !== '').join('\n') };
}

/** The same of a request for an object, at little cost where somebody may do so to all of its kind. */
export function decideAction(
  authorizer: { readonly current: Policy; readonly view: NodeView },
  by: By,
  { verb, subresource, bit }: Action,
  definition: ResourceDefinition,
  namespace: string,
  name: string,
  fieldSelector?: string,
): { attributes: ResourceAttributes; decision: Decision } {
  const { current, view } = authorizer;
  const { group, plural } = definition;
  const attributes: ResourceAttributes = {
    verb,
    group,
    resource: plural,
    subresource,
    // A namespace is in itself, so that its own bindings can speak of it.
    namespace: definition.resource === 'namespaces' ? name : definition.namespaced ? namespace : '',
    name,
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
  const action = { verb, subresource, bit };
  const isKnown =
    by.groups === undefined && current.everywhere(by.user, () => groupsOf(by), definition, action);
  return { attributes, decision: isKnown ? YES : decide(view, current, userInfoOf(by), attributes) };
}

const quoted = (text: string): string => JSON.stringify(text);

/**
 * The words of a refusal, from
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go (forbiddenMessage).
 */
function sentence(username: string, attributes: Attributes): string {
  const who = `User ${quoted(username)} cannot ${attributes.verb}`;
  if (isPath(attributes)) return `${who} path ${quoted(attributes.path)}`;
  const { resource, subresource, group, namespace } = attributes;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${quoted(namespace)}`;
  return `${who} resource ${quoted(what)} in API group ${quoted(group)} ${where}`;
}

/**
 * `pods "web" is forbidden: User "bob" cannot get resource "pods" in API group "" in the namespace "shop"`
 */
export function refusal({ username }: UserInfo, attributes: Attributes, reason: string): ApiError {
  const said = sentence(username, attributes);
  const why = reason === '' ? said : `${said}: ${reason}`;
  if (isPath(attributes)) return new ApiError('Forbidden', `forbidden: ${why}`);
  const { resource, group, name } = attributes;
  const what = group === '' ? resource : `${resource}.${group}`;
  return new ApiError(
    'Forbidden',
    name === '' ? `${what} is forbidden: ${why}` : `${what} ${quoted(name)} is forbidden: ${why}`,
    { kind: resource, group, name },
  );
}
