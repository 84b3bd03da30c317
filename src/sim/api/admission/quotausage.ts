/** What an object uses of a quota. Models pkg/quota/v1/evaluator/core/pods.go and services.go. */
import { isNil } from '../defaults/fill.ts';
import type { Millis } from '../../kernel/types.ts';
import { addTo, podResources, type QuantityList } from '../podrequests.ts';
import { quantityOf, type Quantity } from '../quantity.ts';
import { parseTime } from '../time.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { Container, KubeObject, Pod, ResourceQuota, Service } from '../types.ts';

const ONE = quantityOf(1);
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
/** Resources that a quota also counts by their bare names. */
const PLAIN_COUNTS = new Set(['services', 'configmaps', 'secrets', 'resourcequotas']);

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

export function usageOf({ resource }: ResourceDefinition, object: KubeObject, now: Millis): QuantityList {
  const usage: QuantityList = new Map([[`count/${resource}`, ONE]]);
  if (PLAIN_COUNTS.has(resource)) usage.set(resource, ONE);
  if (resource === 'services') {
    const { type, ports = [] } = (object as unknown as Service).spec;
    if (type === 'LoadBalancer') usage.set('services.loadbalancers', ONE);
    if (type === 'LoadBalancer' || type === 'NodePort')
      usage.set('services.nodeports', quantityOf(ports.length));
  }
  if (resource !== 'pods') return usage;
  const pod = object as unknown as Pod;
  if (!countsFor(pod, now)) return usage;
  usage.set('pods', ONE);
  addTo(usage, computeUsage(podResources(pod.spec, 'requests'), podResources(pod.spec, 'limits')));
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
      return false;
    case 'PriorityClass': {
      const name = spec.priorityClassName ?? '';
      if (operator === 'In') return values.includes(name);
      if (operator === 'NotIn') return !values.includes(name);
      return operator === 'Exists' ? name !== '' : name === '';
    }
    default:
      return false;
  }
}

/** Whether a quota is about an object at all: scopes select Pods only. */
export function quotaConcerns(quota: ResourceQuota, object: KubeObject): boolean {
  const requirements: ScopeRequirement[] = [
    ...(quota.spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...((quota.spec.scopeSelector?.matchExpressions ?? []) as ScopeRequirement[]),
  ];
  if (requirements.length === 0) return true;
  return object.kind === 'Pod' && requirements.every((r) => inScope(object as unknown as Pod, r));
}
