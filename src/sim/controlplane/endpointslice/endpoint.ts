/**
 * What a service's EndpointSlices are made of: endpoints with their conditions, ports, labels.
 * Models staging/src/k8s.io/endpointslice/utils.go and trafficdist/trafficdist.go.
 */
import type { Draft } from '../../api/client.ts';
import { isPodReady } from '../../api/conditions.ts';
import type { EndpointSlice, Node, OwnerReference, Pod, Service } from '../../api/types.ts';
import { HEADLESS } from '../endpoints/endpoints.ts';
import { addressOf, findPort, isServiceIpSet, shouldSetHostname } from '../endpoints/podendpoint.ts';
import type { Bug } from '../../planted.ts';

export type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];
export type Port = NonNullable<EndpointSlice['ports']>[number];
export type AddressType = 'IPv4' | 'IPv6';

export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const SLICE_MANAGER = 'endpointslice-controller.k8s.io';
const RESERVED = new Set([SERVICE_NAME, MANAGED_BY, HEADLESS]);

/** The endpoint a pod is behind a service; undefined when it has no address of the type. */
export function endpointOf(
  pod: Pod,
  node: Node | undefined,
  service: Service,
  type: AddressType,
  planted?: Bug,
): Endpoint | undefined {
  const ip = addressOf(pod, type === 'IPv6');
  if (ip === undefined) return undefined;
  const serving = isPodReady(pod) || planted === 'endpoints-keep-unready';
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const { namespace, name, uid } = pod.metadata;
  return {
    addresses: [ip],
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    ...(shouldSetHostname(pod, service) ? { hostname: pod.spec.hostname! } : {}),
    targetRef: { kind: 'Pod', namespace: namespace!, name, uid },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

/** The ports of a service as the pod serves them; named ports that the pod lacks are left out. */
export function endpointPorts(service: Service, pod: Pod): Port[] {
  const ports: Port[] = [];
  for (const p of service.spec.ports ?? []) {
    const port = findPort(pod, p);
    if (port === undefined) continue;
    ports.push({
      name: p.name ?? '',
      port,
      protocol: p.protocol ?? 'TCP',
      ...(p.appProtocol === undefined ? {} : { appProtocol: p.appProtocol }),
    });
  }
  return ports;
}

/** Equal for equal sets of ports. */
export function portsKey(ports: readonly Port[] | undefined): string {
  return (ports ?? [])
    .map((p) => `${p.name ?? ''}/${p.port ?? ''}/${p.protocol ?? ''}/${p.appProtocol ?? ''}`)
    .sort()
    .join(',');
}

/** Two endpoints of one key are the same endpoint, perhaps in another condition. */
export const endpointKey = (e: Endpoint): string =>
  `${e.addresses.join(',')}/${e.hostname ?? ''}/${e.targetRef?.namespace ?? ''}/${e.targetRef?.name ?? ''}` +
  `/${e.targetRef?.uid ?? ''}`;

/** Whether endpoints of one key are alike in everything else. */
export function endpointsAlike(a: Endpoint, b: Endpoint): boolean {
  return (
    a.nodeName === b.nodeName &&
    a.zone === b.zone &&
    a.conditions?.ready === b.conditions?.ready &&
    a.conditions?.serving === b.conditions?.serving &&
    a.conditions?.terminating === b.conditions?.terminating &&
    sameHints(a, b)
  );
}

function sameHints(a: Endpoint, b: Endpoint): boolean {
  const text = (e: Endpoint): string =>
    `${(e.hints?.forZones ?? []).map((z) => z.name).join()}/` +
    `${(e.hints?.forNodes ?? []).map((n) => n.name).join()}`;
  return a.hints === b.hints || text(a) === text(b);
}

/**
 * Hints that `spec.trafficDistribution` asks for; ready endpoints whose zone (or node) is not known get none,
 * and then nobody does.
 */
export function withHints(endpoints: readonly Endpoint[], distribution: string | undefined): Endpoint[] {
  const perNode = distribution === 'PreferSameNode';
  if (!perNode && distribution !== 'PreferClose' && distribution !== 'PreferSameZone') return [...endpoints];
  return endpoints.map((e) => {
    if (e.conditions?.ready !== true) return e;
    const hints = {
      ...(e.zone === undefined ? {} : { forZones: [{ name: e.zone }] }),
      ...(perNode && e.nodeName !== undefined ? { forNodes: [{ name: e.nodeName }] } : {}),
    };
    return Object.keys(hints).length === 0 ? e : { ...e, hints };
  });
}

/** The labels of a service's slices: the service's own, but for the reserved ones. */
export function sliceLabels(service: Service): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [k, v] of Object.entries(service.metadata.labels ?? {})) if (!RESERVED.has(k)) labels[k] = v;
  if (!isServiceIpSet(service)) labels[HEADLESS] = '';
  labels[SERVICE_NAME] = service.metadata.name;
  labels[MANAGED_BY] = SLICE_MANAGER;
  return labels;
}

/** Whether the service's own labels on the slice have to be brought up to date. */
export function labelsOutdated(slice: EndpointSlice, wanted: Readonly<Record<string, string>>): boolean {
  const own = (labels: Readonly<Record<string, string>> | undefined): [string, string][] =>
    Object.entries(labels ?? {}).filter(([k]) => !RESERVED.has(k));
  const have = own(slice.metadata.labels);
  const want = own(wanted);
  return have.length !== want.length || want.some(([k, v]) => slice.metadata.labels?.[k] !== v);
}

export const ownedBy = (slice: EndpointSlice, uid: string, kind: string): boolean =>
  slice.metadata.ownerReferences?.some((o) => o.uid === uid && o.kind === kind && o.apiVersion === 'v1') ??
  false;

/** `web-`, or `web` where the dash would make the name too long. */
export const slicePrefix = (name: string): string => (name.length + 1 > 253 ? name : `${name}-`);

export function newSlice(
  owner: { kind: 'Service' | 'Endpoints'; metadata: { name: string; namespace?: string; uid: string } },
  labels: Record<string, string>,
  type: AddressType,
  ports: readonly Port[],
  endpoints: readonly Endpoint[],
): Draft<EndpointSlice> {
  const { name, namespace, uid } = owner.metadata;
  const reference: OwnerReference = {
    apiVersion: 'v1',
    kind: owner.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { generateName: slicePrefix(name), namespace, labels, ownerReferences: [reference] },
    addressType: type,
    endpoints: [...endpoints],
    ports: [...ports],
  };
}
