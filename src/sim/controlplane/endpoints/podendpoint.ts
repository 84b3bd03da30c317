/**
 * When and how a pod stands behind a service: which pods count, which port of theirs, which changes matter.
 * Models staging/src/k8s.io/endpointslice/util/controller_utils.go and FindPort of pkg/api/v1/pod/util.go.
 */
import { isPodReady, isPodTerminal } from '../../api/conditions.ts';
import type { Pod, Service } from '../../api/types.ts';
import { sameLabels } from '../podutil.ts';

export type ServicePort = NonNullable<Service['spec']['ports']>[number];

/**
 * Pods that have finished or have no address are behind no service; those being deleted only where asked for.
 */
export function shouldBeInEndpoints(pod: Pod, includeTerminating: boolean): boolean {
  if (isPodTerminal(pod)) return false;
  if (!pod.status.podIP && (pod.status.podIPs?.length ?? 0) === 0) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

export function shouldSetHostname(pod: Pod, service: Service): boolean {
  return (
    !!pod.spec.hostname &&
    pod.spec.subdomain === service.metadata.name &&
    service.metadata.namespace === pod.metadata.namespace
  );
}

/** The pod's address of the service's family; undefined when it has none. */
export function addressOf(pod: Pod, ipv6: boolean): string | undefined {
  const ips = pod.status.podIPs?.map((p) => p.ip) ?? [];
  if (ips.length === 0 && pod.status.podIP) ips.push(pod.status.podIP);
  return ips.find((ip) => ip !== undefined && ip.includes(':') === ipv6);
}

export const isIPv6Service = (service: Service): boolean =>
  service.spec.ipFamilies?.[0] === 'IPv6' || (service.spec.clusterIP?.includes(':') ?? false);

/** Has a cluster IP of its own: is neither headless nor without one yet. */
export const isServiceIpSet = (service: Service): boolean =>
  !!service.spec.clusterIP && service.spec.clusterIP !== 'None';

/** The container port behind a service port; undefined when the pod has no port of that name and protocol. */
export function findPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const protocol = port.protocol ?? 'TCP';
  for (const container of pod.spec.containers) {
    for (const p of container.ports ?? [])
      if (p.name === target && (p.protocol ?? 'TCP') === protocol) return p.containerPort;
  }
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy !== 'Always') continue;
    for (const p of container.ports ?? [])
      if (p.name === target && (p.protocol ?? 'TCP') === protocol) return p.containerPort;
  }
  return undefined;
}

/**
 * Whether a change of the pod can change its endpoint, and whether it can change the services it belongs to.
 */
export function podEndpointChanges(old: Pod, pod: Pod): { endpoint: boolean; membership: boolean } {
  const membership =
    !sameLabels(old.metadata.labels, pod.metadata.labels) ||
    old.spec.hostname !== pod.spec.hostname ||
    old.spec.subdomain !== pod.spec.subdomain;
  const endpoint =
    old.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    isPodReady(old) !== isPodReady(pod) ||
    isPodTerminal(old) !== isPodTerminal(pod) ||
    !sameIps(old, pod);
  return { endpoint, membership };
}

function sameIps(a: Pod, b: Pod): boolean {
  if (a.status.podIP !== b.status.podIP) return false;
  const left = a.status.podIPs;
  const right = b.status.podIPs;
  if (left === right) return true;
  return (left?.length ?? 0) === (right?.length ?? 0) && (left ?? []).every((p, i) => p.ip === right![i]!.ip);
}
