/**
 * What kubelets may do: what concerns their own node and the Pods bound to it. Upstream keeps a graph of what
 * Pods refer to; here the references of a node's Pods are looked at when they are asked for. Models
 * plugin/pkg/auth/authorizer/node/node_authorizer.go and graph.go beside it.
 */
import type { ObjectOf, Pod, ResourceName } from '../types.ts';
import { nodeOf, NODES, type UserInfo } from '../authentication/user.ts';
import type { Attributes, Decision, ResourceAttributes } from './attributes.ts';
import { isPath } from './attributes.ts';
import { ruleAllows, type PolicyRule } from './rules.ts';

/** What the node authorizer looks up. */
export interface NodeView {
  podsOn(node: string): Iterable<Pod>;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
}

type Reference = { readonly kind: 'secret' | 'configmap' | 'claim' | 'account'; readonly name: string };

/** What a Pod refers to by name, in its namespace. */
function* referencesOf({ spec }: Pod): Iterable<Reference> {
  const secret = (name: string | undefined): Reference => ({ kind: 'secret', name: name ?? '' });
  const configMap = (name: string | undefined): Reference => ({ kind: 'configmap', name: name ?? '' });
  yield { kind: 'account', name: spec.serviceAccountName ?? '' };
  for (const { name } of spec.imagePullSecrets ?? []) yield secret(name);
  for (const container of [
    ...(spec.initContainers ?? []),
    ...spec.containers,
    ...(spec.ephemeralContainers ?? []),
  ]) {
    for (const from of container.envFrom ?? []) {
      if (from.secretRef) yield secret(from.secretRef.name);
      if (from.configMapRef) yield configMap(from.configMapRef.name);
    }
    for (const { valueFrom } of container.env ?? []) {
      if (valueFrom?.secretKeyRef) yield secret(valueFrom.secretKeyRef.name);
      if (valueFrom?.configMapKeyRef) yield configMap(valueFrom.configMapKeyRef.name);
    }
  }
  for (const volume of spec.volumes ?? []) {
    if (volume.secret) yield secret(volume.secret.secretName);
    if (volume.configMap) yield configMap(volume.configMap.name);
    if (volume.csi?.nodePublishSecretRef) yield secret(volume.csi.nodePublishSecretRef.name);
    if (volume.persistentVolumeClaim) yield { kind: 'claim', name: volume.persistentVolumeClaim.claimName };
    for (const source of volume.projected?.sources ?? []) {
      if (source.secret) yield secret(source.secret.name);
      if (source.configMap) yield configMap(source.configMap.name);
    }
  }
}

/** A generic ephemeral volume's claim is named after its Pod. */
const ephemeralClaims = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap((v) => (v.ephemeral ? [`${pod.metadata.name}-${v.name}`] : []));

const YES: Decision = { allowed: true, reason: '' };
const no = (reason = ''): Decision => ({ allowed: false, reason });

function refers(view: NodeView, node: string, namespace: string, wanted: Reference): boolean {
  for (const pod of view.podsOn(node)) {
    if (pod.metadata.namespace !== namespace) continue;
    for (const { kind, name } of referencesOf(pod))
      if (kind === wanted.kind && name === wanted.name) return true;
    if (wanted.kind === 'claim' && ephemeralClaims(pod).includes(wanted.name)) return true;
  }
  return false;
}

/** By the claim that the volume says it is bound to. */
function refersToVolume(view: NodeView, node: string, volume: string): boolean {
  const { namespace = '', name = '' } = view.find('PersistentVolume', '', volume)?.spec.claimRef ?? {};
  return name !== '' && refers(view, node, namespace, { kind: 'claim', name });
}

function related(node: string, name: string, found: () => boolean): Decision {
  if (name === '') return no('No Object name found');
  return found() ? YES : no(`no relationship found between node '${node}' and this object`);
}

function getRelated(node: string, a: ResourceAttributes, found: () => boolean): Decision {
  if (a.verb !== 'get') return no('can only get individual resources of this type');
  if (a.subresource !== '') return no('cannot get subresource');
  return related(node, a.name, found);
}

function ownNode(node: string, { subresource, verb, name }: ResourceAttributes): Decision {
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? YES : no();
  if (subresource !== '') return no();
  if (verb === 'create' || verb === 'update' || verb === 'patch') return YES;
  if (verb !== 'get' && verb !== 'list' && verb !== 'watch') return no();
  if (name === node) return YES;
  return no(
    name === ''
      ? `node '${node}' cannot read all nodes, only its own Node object`
      : `node '${node}' cannot read '${name}', only its own Node object`,
  );
}

function ownPods(view: NodeView, node: string, a: ResourceAttributes): Decision {
  const { subresource, verb, name, namespace } = a;
  const bound = (): boolean => {
    for (const { metadata } of view.podsOn(node))
      if (metadata.name === name && metadata.namespace === namespace) return true;
    return false;
  };
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? YES : no();
  if (subresource === 'eviction') return verb === 'create' ? YES : no();
  if (subresource !== '') return no();
  if (verb === 'create' || verb === 'delete') return YES;
  if (verb === 'get') return getRelated(node, a, bound);
  if (verb !== 'list' && verb !== 'watch') return no();
  if (a.fieldSelector?.split(',').some((s) => /^spec\.nodeName==?(.*)$/.exec(s)?.[1] === node) === true)
    return YES;
  return name === ''
    ? no('can only list/watch pods with spec.nodeName field selector')
    : related(node, name, bound);
}

function ownLease(node: string, { verb, namespace, name }: ResourceAttributes): Decision {
  if (!['get', 'create', 'update', 'patch', 'delete'].includes(verb))
    return no('can only get, create, update, patch, or delete a node lease');
  if (namespace !== 'kube-node-lease')
    return no('can only access leases in the "kube-node-lease" system namespace');
  return verb === 'create' || name === node
    ? YES
    : no('can only access node lease with the same name as the requesting node');
}

function ownCSINode(node: string, { verb, subresource, name }: ResourceAttributes): Decision {
  if (!['get', 'create', 'update', 'patch', 'delete'].includes(verb))
    return no('can only get, create, update, patch, or delete a CSINode');
  if (subresource !== '') return no('cannot authorize CSINode subresources');
  return verb === 'create' || name === node
    ? YES
    : no('can only access CSINode with the same name as the requesting node');
}

function readable(
  view: NodeView,
  node: string,
  kind: 'secret' | 'configmap',
  a: ResourceAttributes,
): Decision {
  if (a.verb !== 'get' && a.verb !== 'list' && a.verb !== 'watch')
    return no('can only read resources of this type');
  if (a.subresource !== '') return no('cannot read subresource');
  if (a.namespace === '') return no('can only read namespaced object of this type');
  return related(node, a.name, () => refers(view, node, a.namespace, { kind, name: a.name }));
}

function claim(view: NodeView, node: string, a: ResourceAttributes): Decision {
  const found = (): boolean => refers(view, node, a.namespace, { kind: 'claim', name: a.name });
  if (a.subresource !== 'status') return getRelated(node, a, found);
  if (a.verb !== 'update' && a.verb !== 'patch') return no('can only get/update/patch this type');
  return related(node, a.name, found);
}

function token(
  view: NodeView,
  node: string,
  { verb, name, subresource, namespace }: ResourceAttributes,
): Decision {
  if (verb !== 'create' || name === '') return no('can only create tokens for individual service accounts');
  if (subresource !== 'token') return no('can only create token subresource of serviceaccount');
  return related(node, name, () => refers(view, node, namespace, { kind: 'account', name }));
}

/**
 * The node authorizer's answer; undefined: it is not asked of a node.
 * @param rules of the role `system:node`, for what is not narrowed down to a node's own
 */
export function decideForNode(
  view: NodeView,
  user: UserInfo,
  attributes: Attributes,
  rules: readonly PolicyRule[],
): Decision | undefined {
  const node = nodeOf(user.username);
  if (node === undefined || !user.groups.includes(NODES)) return undefined;
  if (node === '') return no(`unknown node for user ${JSON.stringify(user.username)}`);
  if (!isPath(attributes)) {
    const { group, resource, name } = attributes;
    switch (group === '' ? resource : `${resource}.${group}`) {
      case 'secrets':
        return readable(view, node, 'secret', attributes);
      case 'configmaps':
        return readable(view, node, 'configmap', attributes);
      case 'persistentvolumeclaims':
        return claim(view, node, attributes);
      case 'persistentvolumes':
        return getRelated(node, attributes, () => refersToVolume(view, node, name));
      case 'volumeattachments.storage.k8s.io':
        return getRelated(
          node,
          attributes,
          () => view.find('VolumeAttachment', '', name)?.spec.nodeName === node,
        );
      case 'serviceaccounts':
        return token(view, node, attributes);
      case 'leases.coordination.k8s.io':
        return ownLease(node, attributes);
      case 'csinodes.storage.k8s.io':
        return ownCSINode(node, attributes);
      case 'nodes':
        return ownNode(node, attributes);
      case 'pods':
        return ownPods(view, node, attributes);
      default:
    }
  }
  return rules.some((rule) => ruleAllows(rule, attributes)) ? YES : no();
}
