/**
 * What the objects of a namespace use of its quotas.
 * Models pkg/quota/v1/evaluator/core/pods.go (PodUsageFunc, scopes) and the object-count evaluators.
 */
import { kindInfo } from '../../api/kinds.ts';
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityOf, type Quantity } from '../../api/quantity.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import type { Kind, Pod, ResourceQuota, Service } from '../../api/types.ts';

type Amounts = Map<string, Quantity>;
const COUNTED: readonly Kind[] = ['Pod', 'Service', 'ConfigMap', 'Secret', 'ResourceQuota', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'];
/** Kinds with a name of their own among the quota resources. */
const PLAIN_NAMES: Readonly<Record<string, string>> = {
  pods: 'Pod', services: 'Service', configmaps: 'ConfigMap', secrets: 'Secret', resourcequotas: 'ResourceQuota',
};

function add(into: Amounts, name: string, amount: Quantity): void {
  const old = into.get(name);
  into.set(name, old === undefined ? amount : addQuantities(old, amount));
}

/** The larger of the sum over containers and the largest init container, overhead added; sidecars count with the containers. */
function podAmounts(pod: Pod, which: 'requests' | 'limits'): Amounts {
  const total: Amounts = new Map();
  const amountsOf = (c: { resources?: { requests?: unknown; limits?: unknown } }): [string, Quantity][] =>
    Object.entries((c.resources?.[which] ?? {}) as Record<string, string | number>).map(([k, v]) => [k, parseQuantity(v)]);
  for (const c of pod.spec.containers) for (const [k, v] of amountsOf(c)) add(total, k, v);
  const sidecars: Amounts = new Map();
  const largest: Amounts = new Map();
  for (const c of pod.spec.initContainers ?? []) {
    for (const [k, v] of amountsOf(c)) {
      if (c.restartPolicy === 'Always') {
        add(sidecars, k, v);
        add(total, k, v);
      }
      const sidecar = sidecars.get(k);
      const here = c.restartPolicy === 'Always' ? sidecar! : sidecar === undefined ? v : addQuantities(sidecar, v);
      const before = largest.get(k);
      if (before === undefined || compareQuantities(here, before) > 0) largest.set(k, here);
    }
  }
  for (const [k, v] of largest) {
    const sum = total.get(k);
    if (sum === undefined || compareQuantities(v, sum) > 0) total.set(k, v);
  }
  for (const [k, v] of Object.entries((pod.spec.overhead ?? {}) as Record<string, string | number>)) if (total.has(k)) add(total, k, parseQuantity(v));
  return total;
}

/** A pod's usage by quota resource name. Finished pods use nothing but their object's count. */
export function podUsage(pod: Pod): Amounts {
  const used: Amounts = new Map([['count/pods', quantityOf(1)]]);
  if (isPodTerminal(pod)) return used;
  used.set('pods', quantityOf(1));
  for (const [k, v] of podAmounts(pod, 'requests')) {
    used.set(`requests.${k}`, v);
    if (k === 'cpu' || k === 'memory' || k === 'ephemeral-storage') used.set(k, v);
  }
  for (const [k, v] of podAmounts(pod, 'limits')) used.set(`limits.${k}`, v);
  return used;
}

function serviceUsage(service: Service): Amounts {
  const used: Amounts = new Map();
  const ports = service.spec.ports?.length ?? 0;
  if (service.spec.type === 'NodePort') used.set('services.nodeports', quantityOf(ports));
  if (service.spec.type === 'LoadBalancer') {
    used.set('services.loadbalancers', quantityOf(1));
    if (service.spec.allocateLoadBalancerNodePorts !== false) used.set('services.nodeports', quantityOf(ports));
  }
  return used;
}

const bestEffort = (pod: Pod): boolean => podAmounts(pod, 'requests').size === 0 && podAmounts(pod, 'limits').size === 0;

function inScope(scope: string, operator: string, values: readonly string[], pod: Pod): boolean {
  switch (scope) {
    case 'Terminating': return (pod.spec.activeDeadlineSeconds ?? -1) >= 0;
    case 'NotTerminating': return pod.spec.activeDeadlineSeconds === undefined;
    case 'BestEffort': return bestEffort(pod);
    case 'NotBestEffort': return !bestEffort(pod);
    case 'PriorityClass': {
      const name = pod.spec.priorityClassName ?? '';
      if (operator === 'Exists') return name !== '';
      if (operator === 'DoesNotExist') return name === '';
      return operator === 'NotIn' ? !values.includes(name) : values.includes(name);
    }
    default: return false;
  }
}

/** Whether the quota's scopes take the pod in. */
export function quotaCovers(quota: ResourceQuota, pod: Pod): boolean {
  return (quota.spec.scopes ?? []).every((s) => inScope(s, 'Exists', [], pod))
    && (quota.spec.scopeSelector?.matchExpressions ?? []).every((e) => inScope(e.scopeName, e.operator, e.values ?? [], pod));
}

/** `status.used`: for each resource of `spec.hard` what is used of it. */
export function quotaUsage(quota: ResourceQuota, list: (kind: Kind) => readonly { kind: string }[]): Record<string, string> {
  const hard = Object.keys(quota.spec.hard ?? {});
  const sums: Amounts = new Map();
  for (const pod of list('Pod') as readonly Pod[]) {
    if (quotaCovers(quota, pod)) for (const [k, v] of podUsage(pod)) add(sums, k, v);
  }
  if (hard.some((k) => k.startsWith('services.'))) {
    for (const service of list('Service') as readonly Service[]) for (const [k, v] of serviceUsage(service)) add(sums, k, v);
  }
  const used: Record<string, string> = {};
  for (const name of hard) {
    const kind = PLAIN_NAMES[name] ?? COUNTED.find((k) => name === countName(k));
    const amount = kind !== undefined && kind !== 'Pod' ? quantityOf(list(kind as Kind).length) : sums.get(name) ?? quantityOf(0);
    used[name] = formatQuantity(amount);
  }
  return used;
}

const countName = (kind: Kind): string => {
  const { plural, group } = kindInfo(kind);
  return group === '' ? `count/${plural}` : `count/${plural}.${group}`;
};

export { COUNTED as COUNTED_KINDS };
