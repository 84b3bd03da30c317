/**
 * The names that CoreDNS knows of a cluster. Models findServices and findPods of
 * plugin/kubernetes/kubernetes.go (github.com/coredns/coredns), for addresses. Left out: SRV and PTR records,
 * and that `pods insecure` answers for namespaces only that are there.
 */
import type { EndpointSlice } from '../../api/types.ts';
import type { RouteView } from '../routes.ts';

export type Records =
  | { readonly kind: 'addresses'; readonly ips: readonly string[] }
  /** A canonical name (CNAME): it is asked for in its place. */
  | { readonly kind: 'alias'; readonly name: string }
  /** NXDOMAIN */
  | { readonly kind: 'unknown' };

export const UNKNOWN: Records = { kind: 'unknown' };

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

const dashed = (ip: string): string => ip.replaceAll('.', '-');

/** endpointHostname: what an endpoint is called under its Service. */
const hostnameOf = ({ hostname, addresses: [ip = ''] }: Endpoint): string => hostname || dashed(ip);

const found = (ips: readonly string[]): Records => (ips.length === 0 ? UNKNOWN : { kind: 'addresses', ips });

function ofPod(label: string): Records {
  const ip = label.replaceAll('-', '.');
  return /^(?:\d{1,3}\.){3}\d{1,3}$/.test(ip) ? { kind: 'addresses', ips: [ip] } : UNKNOWN;
}

/** @param endpoint a label before the Service's */
function ofService(view: RouteView, namespace: string, name: string, endpoint: string | undefined): Records {
  const service = view.service(namespace, name);
  if (service === undefined) return UNKNOWN;
  const { type, externalName = '', clusterIP } = service.spec;
  if (type === 'ExternalName')
    return endpoint === undefined
      ? { kind: 'alias', name: externalName.toLowerCase().replace(/\.$/, '') }
      : UNKNOWN;
  if (clusterIP !== 'None' && endpoint === undefined) return found(clusterIP ? [clusterIP] : []);
  const ready = view
    .slices(namespace, name)
    .flatMap(({ endpoints = [] }) => endpoints)
    .filter((one) => one.conditions?.ready !== false)
    .filter((one) => endpoint === undefined || hostnameOf(one) === endpoint);
  return found(ready.map(({ addresses }) => addresses[0]!));
}

/** Of a full name in a zone. @param name in small letters, without the zone: `web.default.svc` */
export function recordsOf(view: RouteView, name: string): Records {
  const labels = name.split('.');
  const [kind, namespace] = [labels.at(-1), labels.at(-2)];
  if (namespace === undefined) return UNKNOWN;
  const rest = labels.slice(0, -2);
  if (kind === 'pod') return rest.length === 1 ? ofPod(rest[0]!) : UNKNOWN;
  if (kind !== 'svc' || rest.length < 1 || rest.length > 2) return UNKNOWN;
  return ofService(view, namespace, rest.at(-1)!, rest.length === 2 ? rest[0] : undefined);
}
