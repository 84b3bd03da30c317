/**
 * The subsets of an Endpoints object: addresses grouped by the ports they share, in a canonical order, at
 * most 1000. Models pkg/controller/endpoint/endpoints_controller.go (addEndpointSubset, truncateEndpoints)
 * and pkg/api/v1/endpoints/util.go (RepackSubsets).
 */
import { isPodReady } from '../../api/conditions.ts';
import { deepEqual } from '../../api/equal.ts';
import type { Endpoints, Pod, Service } from '../../api/types.ts';
import { addressOf, findPort, isIPv6Service, shouldBeInEndpoints, shouldSetHostname } from './podendpoint.ts';

export type Subset = NonNullable<Endpoints['subsets']>[number];
export type Address = NonNullable<Subset['addresses']>[number];
type Port = NonNullable<Subset['ports']>[number];

export const MAX_CAPACITY = 1000;

/** An IPv4 address as a number, for IPs compare as numbers, not as texts; NaN for IPv6. */
function ipNumber(ip: string): number {
  let number = 0;
  let part = 0;
  for (let i = 0; i < ip.length; i++) {
    const c = ip.charCodeAt(i);
    if (c === 46) {
      number = number * 256 + part;
      part = 0;
    } else if (c === 58) {
      return NaN;
    } else {
      part = part * 10 + c - 48;
    }
  }
  return number * 256 + part;
}
const portKey = (p: Port): string =>
  `${p.name ?? ''}/${p.protocol ?? ''}/${String(p.port).padStart(5, '0')}/${p.appProtocol ?? ''}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By address, then by pod. */
function inOrder(list: Address[]): Address[] {
  if (list.length < 2) return list;
  const keyed = list.map((address) => ({ address, number: ipNumber(address.ip) }));
  keyed.sort(
    (a, b) =>
      (a.number === a.number && b.number === b.number
        ? a.number - b.number
        : compare(a.address.ip, b.address.ip)) ||
      compare(a.address.targetRef?.uid ?? '', b.address.targetRef?.uid ?? ''),
  );
  return keyed.map((k) => k.address);
}

interface Entry {
  readonly address: Address;
  readonly ready: boolean;
  readonly ports: Port[];
}

/** The subsets of a service with the given pods. */
export function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const publishNotReady = service.spec.publishNotReadyAddresses === true;
  const ipv6 = isIPv6Service(service);
  const servicePorts = service.spec.ports ?? [];
  const entries: Entry[] = [];
  for (const pod of pods) {
    if (!shouldBeInEndpoints(pod, publishNotReady)) continue;
    const ip = addressOf(pod, ipv6);
    if (ip === undefined) continue;
    const { namespace, name, uid } = pod.metadata;
    const address: Address = {
      ip,
      ...(shouldSetHostname(pod, service) ? { hostname: pod.spec.hostname! } : {}),
      ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
      targetRef: { kind: 'Pod', namespace: namespace!, name, uid },
    };
    const ready = publishNotReady || isPodReady(pod);
    if (servicePorts.length === 0) {
      if (service.spec.clusterIP === 'None') entries.push({ address, ready, ports: [] });
      continue;
    }
    const ports: Port[] = [];
    for (const p of servicePorts) {
      const port = findPort(pod, p);
      if (port === undefined) continue;
      ports.push({
        ...(p.name ? { name: p.name } : {}),
        port,
        protocol: p.protocol ?? 'TCP',
        ...(p.appProtocol === undefined ? {} : { appProtocol: p.appProtocol }),
      });
    }
    if (ports.length > 0) entries.push({ address, ready, ports });
  }
  return repack(entries);
}

function repack(entries: readonly Entry[]): Subset[] {
  const groups = new Map<string, { ports: Port[]; ready: Address[]; notReady: Address[] }>();
  for (const { address, ready, ports } of entries) {
    const sorted = ports.length < 2 ? ports : [...ports].sort((a, b) => compare(portKey(a), portKey(b)));
    const key = sorted.map(portKey).join(',');
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { ports: sorted, ready: [], notReady: [] }));
    (ready ? group.ready : group.notReady).push(address);
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([, g]) =>
      Object.assign(
        {},
        g.ready.length === 0 ? undefined : { addresses: inOrder(g.ready) },
        g.notReady.length === 0 ? undefined : { notReadyAddresses: inOrder(g.notReady) },
        g.ports.length === 0 ? undefined : { ports: g.ports },
      ),
    );
}

const sizeOf = (list: readonly unknown[] | undefined): number => list?.length ?? 0;

/**
 * Cuts to the capacity, not ready addresses first, in proportion to the subsets' sizes. @returns the same
 * array when it fits
 */
export function truncate(subsets: Subset[]): Subset[] {
  let ready = 0;
  let notReady = 0;
  for (const s of subsets) {
    ready += sizeOf(s.addresses);
    notReady += sizeOf(s.notReadyAddresses);
  }
  if (ready + notReady <= MAX_CAPACITY) return subsets;
  const cutReady = ready > MAX_CAPACITY;
  const room = cutReady ? MAX_CAPACITY : MAX_CAPACITY - ready;
  const total = cutReady ? ready : notReady;
  let left = room;
  return subsets.map((s) => {
    const list = (cutReady ? s.addresses : s.notReadyAddresses) ?? [];
    const kept = list.slice(0, Math.min(left, Math.ceil((list.length / total) * room)));
    left -= kept.length;
    const addresses = cutReady ? kept : (s.addresses ?? []);
    const rest = cutReady ? [] : kept;
    return {
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(rest.length === 0 ? {} : { notReadyAddresses: rest }),
      ...(s.ports === undefined ? {} : { ports: s.ports }),
    };
  });
}

export function sameSubsets(a: readonly Subset[] | undefined, b: readonly Subset[]): boolean {
  return (a?.length ?? 0) === b.length && (b.length === 0 || deepEqual(a, b));
}
