/**
 * Addresses and node ports of Services. Models pkg/registry/core/service/storage/alloc.go and the allocators
 * of pkg/registry/core/service/{ipallocator,portallocator}: random within the upper band, the lower one is
 * left to those who choose.
 */
import type { ClusterConfig } from '../../config.ts';
import type { StatusCause } from '../errors.ts';
import { needsClusterIP, needsNodePort } from '../strategy/service.ts';
import type { KubeObject, Service } from '../types.ts';
import { invalidValue } from '../validation/field.ts';
import { ipProblems } from '../validation/text.ts';

type Spec = Service['spec'];
type Port = NonNullable<Spec['ports']>[number];

/** Addresses of the /16 below this are not handed out while others are free. */
const IP_BAND = 256;
const IP_SIZE = 65_536;
/** Services whose address is agreed upon. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'default/kubernetes': '0.1',
  'kube-system/kube-dns': '0.10',
};

const addressAt = (subnet: string, offset: number): string => `${subnet}.${offset >> 8}.${offset & 255}`;
/** From a random place in [from, to) upwards and around; then in [low, from). */
function pick(
  low: number,
  from: number,
  to: number,
  random: () => number,
  taken: (n: number) => boolean,
): number | undefined {
  const size = to - from;
  const start = size > 0 ? Math.floor(random() * size) : 0;
  for (let i = 0; i < size; i += 1) {
    const candidate = from + ((start + i) % size);
    if (!taken(candidate)) return candidate;
  }
  for (let candidate = low; candidate < from; candidate += 1) if (!taken(candidate)) return candidate;
  return undefined;
}

/** Families a cluster of IPv4 alone gives. */
function withFamilies(spec: Spec, causes: StatusCause[]): Spec {
  if (spec.type === 'ExternalName') return spec;
  // A headless Service without selector may be of any family: its endpoints are its author's.
  const open = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  const given = spec.ipFamilies ?? [];
  if (open) {
    const policy = spec.ipFamilyPolicy ?? (given.length === 1 ? 'SingleStack' : 'RequireDualStack');
    const families = given.length > 0 ? given : policy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6'];
    return { ...spec, ipFamilies: families, ipFamilyPolicy: policy } as Spec;
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    causes.push(
      invalidValue(
        'spec.ipFamilyPolicy',
        'RequireDualStack',
        'this cluster is not configured for dual-stack services',
      ),
    );
  }
  given.forEach((family, i) => {
    if (family === 'IPv6')
      causes.push(invalidValue(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster'));
  });
  if (given.length > 0 && spec.ipFamilyPolicy) return spec;
  return {
    ...spec,
    ipFamilies: given.length > 0 ? given : ['IPv4'],
    ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
  } as Spec;
}

function withAddress(
  service: Service,
  spec: Spec,
  takenIps: (ip: string) => boolean,
  random: () => number,
  config: ClusterConfig,
  causes: StatusCause[],
): Spec {
  if (!needsClusterIP(spec)) return spec;
  const { serviceSubnet } = config;
  let clusterIP = spec.clusterIP ?? '';
  if (clusterIP === '' && spec.clusterIPs?.[0]) clusterIP = spec.clusterIPs[0];
  const failed = (why: string): void => {
    causes.push(invalidValue('spec.clusterIPs', [clusterIP], `failed to allocate IP ${clusterIP}: ${why}`));
  };
  if (clusterIP === '') {
    const known = WELL_KNOWN[`${service.metadata.namespace}/${service.metadata.name}`];
    if (known !== undefined && !takenIps(`${serviceSubnet}.${known}`))
      clusterIP = `${serviceSubnet}.${known}`;
    else {
      const offset = pick(1, IP_BAND, IP_SIZE - 1, random, (n) => takenIps(addressAt(serviceSubnet, n)));
      if (offset === undefined) failed('range is full');
      else clusterIP = addressAt(serviceSubnet, offset);
    }
  } else if (clusterIP !== 'None' && ipProblems(clusterIP).length === 0) {
    if (!clusterIP.startsWith(`${serviceSubnet}.`)) {
      failed(
        `the provided IP (${clusterIP}) is not in the valid range. The range of valid IPs is ` +
          `${serviceSubnet}.0.0/16`,
      );
    } else if (takenIps(clusterIP)) failed('provided IP is already allocated');
  }
  if (clusterIP === spec.clusterIP && (spec.clusterIPs?.length ?? 0) > 0) return spec;
  return {
    ...spec,
    clusterIP,
    clusterIPs: (spec.clusterIPs?.length ?? 0) > 0 ? spec.clusterIPs : [clusterIP],
  };
}

function withNodePorts(
  spec: Spec,
  takenPorts: (port: number) => boolean,
  random: () => number,
  config: ClusterConfig,
  causes: StatusCause[],
): Spec {
  if (!needsNodePort(spec)) return spec;
  const { nodePortMin, nodePortMax } = config;
  const size = nodePortMax - nodePortMin + 1;
  const band = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
  const own = new Set<number>();
  /** Ports of one number and several protocols share a node port. */
  const byPort = new Map<number, { protocols: Set<string | undefined>; nodePort: number }>();
  const free = (port: number): boolean => !own.has(port) && !takenPorts(port);
  const choose = (i: number): number => {
    const port = pick(nodePortMin, nodePortMin + band, nodePortMax + 1, random, (n) => !free(n));
    if (port === undefined)
      causes.push(
        invalidValue(`spec.ports[${i}].nodePort`, 0, 'failed to allocate a nodePort: range is full'),
      );
    return port ?? 0;
  };
  let changed = false;
  for (const port of spec.ports ?? []) if (port.nodePort) own.add(port.nodePort);
  const ports = (spec.ports ?? []).map((port, i): Port => {
    const field = `spec.ports[${i}].nodePort`;
    if (port.nodePort) {
      if (port.nodePort < nodePortMin || port.nodePort > nodePortMax) {
        causes.push(
          invalidValue(
            field,
            port.nodePort,
            'provided port is not in the valid range. The range of valid ports is ' +
              `${nodePortMin}-${nodePortMax}`,
          ),
        );
      } else if (takenPorts(port.nodePort))
        causes.push(invalidValue(field, port.nodePort, 'provided port is already allocated'));
      byPort.set(port.port, { protocols: new Set([port.protocol]), nodePort: port.nodePort });
      return port;
    }
    changed = true;
    const twin = byPort.get(port.port);
    if (twin !== undefined && !twin.protocols.has(port.protocol)) {
      twin.protocols.add(port.protocol);
      return { ...port, nodePort: twin.nodePort };
    }
    const nodePort = choose(i);
    own.add(nodePort);
    byPort.set(port.port, { protocols: new Set([port.protocol]), nodePort });
    return { ...port, nodePort };
  });
  let next: Spec = changed ? { ...spec, ports } : spec;
  if (spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' && !spec.healthCheckNodePort)
    next = { ...next, healthCheckNodePort: choose(0) };
  return next;
}

/**
 * The Service with its addresses and node ports, or what cannot be had. `takenIps` and `takenPorts` speak of
 * the other Services; `random` draws from [0, 1).
 */
export function allocateService(
  service: Service,
  takenIps: (ip: string) => boolean,
  takenPorts: (port: number) => boolean,
  random: () => number,
  config: ClusterConfig,
): KubeObject | StatusCause[] {
  const causes: StatusCause[] = [];
  const familied = withFamilies(service.spec, causes);
  const addressed =
    causes.length > 0 ? familied : withAddress(service, familied, takenIps, random, config, causes);
  const spec = causes.length > 0 ? addressed : withNodePorts(addressed, takenPorts, random, config, causes);
  if (causes.length > 0) return causes;
  return (spec === service.spec ? service : { ...service, spec }) as unknown as KubeObject;
}
