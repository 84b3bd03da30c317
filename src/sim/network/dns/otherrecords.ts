/**
 * Records of the cluster's DNS beside addresses: canonical names, ports of Services, names of addresses.
 * Models the DNS-based service discovery specification (github.com/kubernetes/dns).
 */
import type { Service } from '../../api/types.ts';
import type { RouteView } from '../routes.ts';
import { CLUSTER_DOMAIN, searchNames } from './names.ts';

export interface DnsRecord {
  /** Whole, without the dot at its end. */
  readonly name: string;
  readonly data: string;
}

/** As weighed among those of one priority. */
const WEIGHT = 100;

/** `web`, `shop` of `web.shop.svc.cluster.local`; undefined: it is no Service's name. */
function serviceOf(name: string, view: RouteView): Service | undefined {
  const suffix = `.svc.${CLUSTER_DOMAIN}`;
  const [service, namespace, ...more] = name.endsWith(suffix) ? name.slice(0, -suffix.length).split('.') : [];
  if (service === undefined || namespace === undefined || more.length > 0) return undefined;
  return view.service(namespace, service);
}

/** Of a headless Service: each ready endpoint by its name, and the port that it listens on. */
function ofEndpoints(
  { metadata }: Service,
  view: RouteView,
  host: string,
  port: string,
  protocol: string,
): readonly string[] {
  const found = view
    .slices(metadata.namespace!, metadata.name)
    .flatMap(({ ports = [], endpoints = [] }) =>
      ports
        .filter((one) => one.name === port && (one.protocol ?? 'TCP').toLowerCase() === protocol)
        .flatMap(({ port: number }) =>
          endpoints
            .filter((one) => one.conditions?.ready !== false)
            .map((one) => ({ number, label: one.hostname || one.addresses[0]!.replaceAll('.', '-') })),
        ),
    );
  const weight = Math.floor(WEIGHT / Math.max(1, found.length));
  return found.map(({ number, label }) => `0 ${weight} ${number ?? 0} ${label}.${host}.`);
}

function ofName(name: string, type: string, view: RouteView): readonly string[] {
  if (type === 'PTR') {
    const [, ...labels] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name) ?? [];
    const service = labels.length === 0 ? undefined : view.byAddress(labels.reverse().join('.'));
    if (service === undefined) return [];
    return [`${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}.`];
  }
  if (type === 'CNAME') {
    const { type: kind, externalName = '' } = serviceOf(name, view)?.spec ?? {};
    return kind === 'ExternalName' ? [`${externalName.replace(/\.$/, '')}.`] : [];
  }
  const [, port, protocol, host = ''] = /^_([^.]+)\._([^.]+)\.(.+)$/.exec(name) ?? [];
  if (type !== 'SRV' || port === undefined) return [];
  const service = serviceOf(host, view);
  if (service?.spec.clusterIP === 'None') return ofEndpoints(service, view, host, port, protocol!);
  return (service?.spec.ports ?? [])
    .filter((p) => p.name === port && (p.protocol ?? 'TCP').toLowerCase() === protocol)
    .map((p) => `0 ${WEIGHT} ${p.port} ${host}.`);
}

/** Those of the first name that has some, of a type that is not A. */
export function recordsOf(
  view: RouteView,
  namespace: string,
  host: string,
  type: string,
): readonly DnsRecord[] {
  for (const name of searchNames(host.toLowerCase(), namespace)) {
    const found = ofName(name, type, view);
    if (found.length > 0) return found.map((data) => ({ name, data }));
  }
  return [];
}
