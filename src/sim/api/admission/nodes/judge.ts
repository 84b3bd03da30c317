/** What a node may write. Models plugin/pkg/admission/noderestriction/admission.go. */
import { nodeOf } from '../../authentication/user.ts';
import { deepEqual } from '../../equal.ts';
import { notFound } from '../../errors.ts';
import type { Node, Pod } from '../../types.ts';
import { refused, type AdmissionRequest } from '../types.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const RESTRICTED = 'node-restriction.kubernetes.io';
const LEASES = 'kube-node-lease';

/** Labels of Kubernetes' own domains that a kubelet sets (k8s.io/kubelet/pkg/apis/well_known_labels.go). */
const OWN_LABELS = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
];
const OWN_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];

const isWithin = (domain: string, of: string): boolean => domain === of || domain.endsWith(`.${of}`);

function isForbidden(label: string): boolean {
  const domain = label.includes('/') ? label.slice(0, label.indexOf('/')) : '';
  if (isWithin(domain, RESTRICTED)) return true;
  if (!isWithin(domain, 'kubernetes.io') && !isWithin(domain, 'k8s.io')) return false;
  return !OWN_LABELS.includes(label) && !OWN_DOMAINS.some((own) => isWithin(domain, own));
}

function forbiddenLabels(next: Node, old?: Node): string {
  const [a, b] = [next.metadata.labels ?? {}, old?.metadata.labels ?? {}];
  const changed = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
  return changed.filter(isForbidden).sort().join(', ');
}

function podOf({ view, namespace, name }: AdmissionRequest): Pod {
  const found = view.find('Pod', namespace, name);
  if (found === undefined) throw notFound('pods', '', name);
  return found;
}

/** What refers to other objects, which a Pod that a node brings along may not. */
function referenceIn({ spec }: Pod): string | undefined {
  if (spec.serviceAccountName) return 'a service account';
  const text = JSON.stringify(spec);
  if (/"(?:secretRef|secretKeyRef|secretName|imagePullSecrets)":/.test(text)) return 'secrets';
  if (/"(?:configMapRef|configMapKeyRef|configMap)":/.test(text)) return 'configmaps';
  if (text.includes('"clusterTrustBundle":')) return 'clustertrustbundles';
  return text.includes('"persistentVolumeClaim":') ? 'persistentvolumeclaims' : undefined;
}

/** Why a node may not create the Pod; undefined: it may. */
function problemOfCreation(pod: Pod, node: string, { view }: AdmissionRequest): string | undefined {
  const can = (what: string): string => `node ${JSON.stringify(node)} can only create pods with ${what}`;
  if (pod.metadata.annotations?.[MIRROR] === undefined)
    return (
      `pod does not have ${JSON.stringify(MIRROR)} annotation, node ${JSON.stringify(node)} can only ` +
      'create mirror pods'
    );
  if (pod.spec.nodeName !== node) return can('spec.nodeName set to itself');
  const { ownerReferences = [] } = pod.metadata;
  if (ownerReferences.length > 1) return can('a single owner reference set to itself');
  const [owner] = ownerReferences;
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    return can('an owner reference set to itself');
  if (owner.controller !== true) return can('a controller owner reference set to itself');
  if (owner.blockOwnerDeletion === true)
    return `node ${JSON.stringify(node)} must not set blockOwnerDeletion on an owner reference`;
  const uid = view.find('Node', '', node)?.metadata.uid;
  if (uid === undefined) throw notFound('nodes', '', node);
  if (owner.uid !== uid) return `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`;
  const referred = referenceIn(pod);
  return referred && `node ${JSON.stringify(node)} can not create pods that reference ${referred}`;
}

function problemOfPod(node: string, request: AdmissionRequest): string | undefined {
  const { subresource, operation, object, old } = request;
  const own = 'with spec.nodeName set to itself';
  switch (subresource) {
    case '':
      if (operation === 'CREATE') return problemOfCreation(object as Pod, node, request);
      if (operation === 'DELETE')
        return (old as Pod).spec.nodeName === node
          ? undefined
          : `node ${JSON.stringify(node)} can only delete pods ${own}`;
      return (
        `unexpected operation ${JSON.stringify(operation)}, node ${JSON.stringify(node)} can only ` +
        'create and delete mirror pods'
      );
    case 'status':
      if ((old as Pod).spec.nodeName !== node)
        return `node ${JSON.stringify(node)} can only update pod status for pods ${own}`;
      return deepEqual(object!.metadata.labels ?? {}, old!.metadata.labels ?? {})
        ? undefined
        : `node ${JSON.stringify(node)} cannot update labels through pod status`;
    case 'eviction':
      return podOf(request).spec.nodeName === node ? undefined : `node ${node} can only evict pods ${own}`;
    default:
      return (
        `unexpected pod subresource ${JSON.stringify(subresource)}, ` +
        "only 'status' and 'eviction' are allowed"
      );
  }
}

function problemOfNode(node: string, { operation, name, object, old }: AdmissionRequest): string | undefined {
  const who = `node ${JSON.stringify(node)} is not allowed to`;
  if (name !== node) return `${who} modify node ${JSON.stringify(name)}`;
  if (operation === 'CREATE') {
    const labels = forbiddenLabels(object as Node);
    return labels === '' ? undefined : `${who} set the following labels: ${labels}`;
  }
  if (operation !== 'UPDATE') return undefined;
  const [next, before] = [object as Node, old as Node];
  if (!deepEqual(next.spec.taints ?? [], before.spec.taints ?? [])) return `${who} modify taints`;
  const labels = forbiddenLabels(next, before);
  return labels === '' ? undefined : `is not allowed to modify labels: ${labels}`;
}

/** Why a node may not do what it asks; undefined: it may. */
function problemOf(node: string, request: AdmissionRequest): string | undefined {
  const { definition, subresource, namespace, name } = request;
  switch (definition.resource) {
    case 'pods':
      return problemOfPod(node, request);
    case 'nodes':
      return problemOfNode(node, request);
    case 'persistentvolumeclaims':
      return subresource === 'status' ? undefined : 'may only update PVC status';
    case 'leases.coordination.k8s.io':
      if (namespace !== LEASES) return `can only access leases in the "${LEASES}" system namespace`;
      return name === node
        ? undefined
        : 'can only access node lease with the same name as the requesting node';
    case 'csinodes.storage.k8s.io':
      return name === node ? undefined : 'can only access CSINode with the same name as the requesting node';
    default:
      return undefined;
  }
}

/** Of somebody with the group of nodes. @throws ApiError Forbidden */
export function judgeNode(request: AdmissionRequest): void {
  const { user } = request;
  const node = nodeOf(user);
  const problem =
    node === undefined
      ? `could not determine node from user ${JSON.stringify(user)}`
      : problemOf(node, request);
  if (problem !== undefined) throw refused(request, problem);
}
