/**
 * What an object uses of a quota. Models pods.go, services.go and persistent_volume_claims.go of
 * pkg/quota/v1/evaluator/core.
 */
import { isNil } from '../defaults/fill.ts';
import type { Millis } from '../../kernel/types.ts';
import { addTo, podHolds, type QuantityList } from '../podrequests.ts';
import { asQuantity, compareQuantities, quantityOf, type Quantity } from '../quantity.ts';
import { parseTime } from '../time.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { Container, KubeObject, Pod, ResourceQuota, Service } from '../types.ts';

const ONE = quantityOf(1);
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
/** Resources that a quota also counts by their bare names. */
export const PLAIN_COUNTS: ReadonlySet<string> = new Set([
  'services',
  'configmaps',
  'secrets',
  'resourcequotas',
  'replicationcontrollers',
  'persistentvolumeclaims',
]);
const OF_CLASS = '.storageclass.storage.k8s.io/';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** `gold.storageclass.storage.k8s.io/requests.storage`. */
export const isOfStorage = (name: string): boolean =>
  name === 'persistentvolumeclaims' || name === 'requests.storage' || name.includes(OF_CLASS);

/** `requests.cpu` and its short form `cpu`, `limits.cpu`, extended resources as `requests.…`. */
function computeUsage(
  requests: Iterable<[string, Quantity]>,
  limits: Iterable<[string, Quantity]>,
): QuantityList {
  const usage: QuantityList = new Map();
  for (const [name, q] of requests) {
    if (COMPUTE.includes(name) || name.startsWith('hugepages-')) usage.set(name, q);
    usage.set(`requests.${name}`, q);
  }
  for (const [name, q] of limits) if (COMPUTE.includes(name)) usage.set(`limits.${name}`, q);
  return usage;
}

/**
 * Whether a Pod still counts: not when it has ended, nor when it outstays its grace period (its node is
 * lost).
 */
function countsFor(pod: Pod, now: Millis): boolean {
  if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return true;
  return now <= parseTime(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

interface Claim extends KubeObject {
  readonly spec: {
    storageClassName?: string;
    volumeAttributesClassName?: string;
    resources?: { requests?: Record<string, string | number> };
  };
  readonly status?: {
    allocatedResources?: Record<string, string | number>;
    currentVolumeAttributesClassName?: string;
    modifyVolumeStatus?: { targetVolumeAttributesClassName?: string };
  };
}

/** What a claim asks for, by itself and among those of its class; while it shrinks, what it still has. */
function storageUsage({ metadata, spec, status }: Claim): QuantityList {
  const usage: QuantityList = new Map();
  const storageClass = metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
  if (storageClass !== '') usage.set(`${storageClass}${OF_CLASS}persistentvolumeclaims`, ONE);
  const asked = spec.resources?.requests?.['storage'];
  if (isNil(asked)) return usage;
  const allocated = status?.allocatedResources?.['storage'];
  const storage =
    !isNil(allocated) && compareQuantities(allocated, asked) > 0 ? asQuantity(allocated) : asQuantity(asked);
  usage.set('requests.storage', storage);
  if (storageClass !== '') usage.set(`${storageClass}${OF_CLASS}requests.storage`, storage);
  return usage;
}

/** A LoadBalancer that is given no node ports uses those alone that it names. */
function nodePortsOf({ type, ports = [], allocateLoadBalancerNodePorts }: Service['spec']): number {
  if (type === 'NodePort') return ports.length;
  if (type !== 'LoadBalancer') return 0;
  return allocateLoadBalancerNodePorts === false
    ? ports.filter((port) => (port.nodePort ?? 0) !== 0).length
    : ports.length;
}

export function usageOf({ resource }: ResourceDefinition, object: KubeObject, now: Millis): QuantityList {
  const usage: QuantityList = new Map([[`count/${resource}`, ONE]]);
  if (PLAIN_COUNTS.has(resource)) usage.set(resource, ONE);
  if (resource === 'services') {
    const { spec } = object as unknown as Service;
    if (spec.type === 'LoadBalancer') usage.set('services.loadbalancers', ONE);
    const nodePorts = nodePortsOf(spec);
    if (nodePorts > 0) usage.set('services.nodeports', quantityOf(nodePorts));
  }
  if (resource === 'persistentvolumeclaims') addTo(usage, storageUsage(object as unknown as Claim));
  if (resource !== 'pods') return usage;
  const pod = object as unknown as Pod;
  if (!countsFor(pod, now)) return usage;
  usage.set('pods', ONE);
  addTo(usage, computeUsage(podHolds(pod, 'requests'), podHolds(pod, 'limits')));
  return usage;
}

const ENFORCED = new Set(['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']);

/**
 * `must specify limits.cpu for: app; …` where a container leaves out what the quota measures; undefined when
 * none does.
 */
export function missingFor(pod: Pod, measured: readonly string[]): string | undefined {
  const entries = (list: object | undefined): [string, Quantity][] =>
    Object.keys(list ?? {}).map((name) => [name, ONE]);
  // Resources of the Pod as a whole stand for those of its containers.
  if (!isNil(pod.spec.resources)) return undefined;
  const missing = new Map<string, Set<string>>();
  for (const container of [...pod.spec.containers, ...((pod.spec.initContainers ?? []) as Container[])]) {
    const used = computeUsage(entries(container.resources?.requests), entries(container.resources?.limits));
    for (const name of measured) {
      if (!ENFORCED.has(name) || used.has(name)) continue;
      if (!missing.has(name)) missing.set(name, new Set());
      missing.get(name)!.add(container.name);
    }
  }
  if (missing.size === 0) return undefined;
  const parts = [...missing]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, containers]) => `${name} for: ${[...containers].sort().join(',')}`);
  return `must specify ${parts.join('; ')}`;
}

interface ScopeRequirement {
  scopeName: string;
  operator: string;
  values?: string[];
}

interface AffinityTerm {
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: object;
}
interface AffinitySide {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { podAffinityTerm: AffinityTerm }[];
}

/** Whether a Pod wants to be near Pods of other namespaces, or away from them. */
function crossesNamespaces({ spec }: Pod): boolean {
  const crosses = ({ namespaces = [], namespaceSelector }: AffinityTerm): boolean =>
    namespaces.length > 0 || !isNil(namespaceSelector);
  const sides = [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity] as (AffinitySide | undefined)[];
  return sides.some(
    (side) =>
      (side?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(crosses) ||
      (side?.preferredDuringSchedulingIgnoredDuringExecution ?? []).some((p) => crosses(p.podAffinityTerm)),
  );
}

/** Whether a scope selects what has these names, of which there may be none. */
function selects(
  { operator, values = [] }: Pick<ScopeRequirement, 'operator' | 'values'>,
  names: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return names.some((name) => values.includes(name));
    case 'NotIn':
      return names.length === 0 || names.some((name) => !values.includes(name));
    case 'DoesNotExist':
      return names.length === 0;
    default:
      return names.length > 0;
  }
}

/** Classes that a claim has, had or is to have. */
const attributesClasses = ({ spec, status }: Claim): string[] =>
  [
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ].filter((name): name is string => !isNil(name) && name !== '');

const claimInScope = (claim: Claim, requirement: ScopeRequirement): boolean =>
  requirement.scopeName === 'VolumeAttributesClass' && selects(requirement, attributesClasses(claim));

function inScope(pod: Pod, { scopeName, operator, values = [] }: ScopeRequirement): boolean {
  const { spec } = pod;
  const bestEffort = pod.status?.qosClass === 'BestEffort';
  switch (scopeName) {
    case 'Terminating':
      return !isNil(spec.activeDeadlineSeconds) && spec.activeDeadlineSeconds >= 0;
    case 'NotTerminating':
      return isNil(spec.activeDeadlineSeconds);
    case 'BestEffort':
      return bestEffort;
    case 'NotBestEffort':
      return !bestEffort;
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod);
    case 'PriorityClass':
      return selects({ operator, values }, spec.priorityClassName ? [spec.priorityClassName] : []);
    default:
      return false;
  }
}

/** Whether a quota is about an object at all: scopes select Pods and claims only. */
export function quotaConcerns(quota: ResourceQuota, object: KubeObject): boolean {
  const requirements: ScopeRequirement[] = [
    ...(quota.spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...((quota.spec.scopeSelector?.matchExpressions ?? []) as ScopeRequirement[]),
  ];
  if (requirements.length === 0) return true;
  if (object.kind === 'PersistentVolumeClaim')
    return requirements.every((r) => claimInScope(object as unknown as Claim, r));
  return object.kind === 'Pod' && requirements.every((r) => inScope(object as unknown as Pod, r));
}
