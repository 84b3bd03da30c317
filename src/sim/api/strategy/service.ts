/**
 * What an update of a Service takes over from the old one: allocated values its author did not name, and what
 * only another type needs. Models patchAllocatedValues, normalizeClusterIPs and dropTypeDependentFields of
 * pkg/registry/core/service.
 */
import { deepEqual } from '../equal.ts';
import { externallyAccessible } from '../defaults/service.ts';
import type { Service } from '../types.ts';

type Spec = Service['spec'];
type Port = NonNullable<Spec['ports']>[number];

export const needsClusterIP = (spec: Spec): boolean => spec.type !== 'ExternalName';
export const needsNodePort = (spec: Spec): boolean =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

function keepAllocated(next: Spec, old: Spec): Spec {
  let spec = next;
  if (needsClusterIP(old) && needsClusterIP(next)) {
    if (!spec.clusterIP && old.clusterIP) spec = { ...spec, clusterIP: old.clusterIP };
    if ((spec.clusterIPs?.length ?? 0) === 0 && spec.clusterIP === old.clusterIP && old.clusterIPs)
      spec = { ...spec, clusterIPs: old.clusterIPs };
    else if (
      spec.clusterIP &&
      ((spec.clusterIPs?.length ?? 0) === 0 ||
        (spec.clusterIP !== old.clusterIP && deepEqual(spec.clusterIPs, old.clusterIPs)))
    )
      spec = { ...spec, clusterIPs: [spec.clusterIP] };
    if (!spec.ipFamilyPolicy && old.ipFamilyPolicy) spec = { ...spec, ipFamilyPolicy: old.ipFamilyPolicy };
    if ((spec.ipFamilies?.length ?? 0) === 0 && old.ipFamilies)
      spec = { ...spec, ipFamilies: old.ipFamilies };
  }
  if (!needsNodePort(old) || !needsNodePort(spec) || !spec.ports?.some((p) => !p.nodePort)) return spec;
  const given = new Set(spec.ports.map((p) => p.nodePort).filter(Boolean));
  const used = new Set((old.ports ?? []).map((p) => p.nodePort).filter((p) => p && given.has(p)));
  const byName = new Map((old.ports ?? []).map((p) => [p.name ?? '', p.nodePort]));
  const ports = spec.ports.map((port): Port => {
    const before = byName.get(port.name ?? '');
    if (port.nodePort || !before || used.has(before)) return port;
    used.add(before);
    return { ...port, nodePort: before };
  });
  return { ...spec, ports };
}

const without = <K extends keyof Spec>(spec: Spec, ...keys: K[]): Spec => {
  const out = { ...spec };
  for (const key of keys) delete out[key];
  return out;
};

function dropDependent(next: Spec, old: Spec): Spec {
  let spec = next;
  if (needsClusterIP(old) && !needsClusterIP(spec)) {
    if (spec.clusterIP === old.clusterIP && deepEqual(spec.clusterIPs, old.clusterIPs))
      spec = without(spec, 'clusterIP', 'clusterIPs');
    if (deepEqual(spec.ipFamilies, old.ipFamilies)) spec = without(spec, 'ipFamilies');
    if (spec.ipFamilyPolicy === old.ipFamilyPolicy) spec = without(spec, 'ipFamilyPolicy');
    if (spec.internalTrafficPolicy === old.internalTrafficPolicy)
      spec = without(spec, 'internalTrafficPolicy');
  }
  const nodePorts = (s: Spec): (number | undefined)[] => (s.ports ?? []).map((p) => p.nodePort);
  if (needsNodePort(old) && !needsNodePort(spec) && deepEqual(nodePorts(spec), nodePorts(old))) {
    spec = { ...spec, ports: spec.ports?.map(({ nodePort: _, ...port }) => port) };
  }
  if (
    externallyAccessible(old) &&
    !externallyAccessible(spec) &&
    spec.externalTrafficPolicy === old.externalTrafficPolicy
  ) {
    spec = without(spec, 'externalTrafficPolicy');
  }
  if (
    old.type === 'LoadBalancer' &&
    spec.type !== 'LoadBalancer' &&
    spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts
  ) {
    spec = without(spec, 'allocateLoadBalancerNodePorts');
  }
  return spec;
}

export function updateService(next: Service, old: Service): Service {
  return { ...next, spec: dropDependent(keepAllocated(next.spec, old.spec), old.spec), status: old.status };
}
