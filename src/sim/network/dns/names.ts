/**
 * The cluster's DNS: names of Services, of pods behind headless Services, of nodes; and, as a convenience of
 * scenarios, of pods. Models the search list that the kubelet writes (pkg/kubelet/network/dns) and the
 * records of the DNS-based service discovery specification.
 */
import type { EndpointSlice, Service } from '../../api/types.ts';
import { sandboxesNamed } from '../../node/addresses.ts';
import { remembered } from '../../kernel/memo.ts';
import type { World } from '../../node/world.ts';
import { routedAddressOf } from '../gateway/facts.ts';
import { outerAddressOf } from '../ingress/facts.ts';
import type { RouteView } from '../routes.ts';

export const CLUSTER_DOMAIN = 'cluster.local';

export type Resolution =
  /** A virtual IP: kube-proxy leads on. `outer`: an address for those outside of the cluster. */
  | { readonly kind: 'service'; readonly service: Service; readonly outer?: string }
  | { readonly kind: 'addresses'; readonly ips: readonly string[] };

export const isIPv4 = (host: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host) && host.split('.').every((part) => Number(part) < 256);

/**
 * The full names that a name stands for in a namespace, in the order in which a resolver with `ndots:5` tries
 * them.
 */
export const searchNames = (host: string, namespace: string): readonly string[] => namesIn(namespace)(host);

const namesIn = remembered(256, (namespace: string) =>
  remembered(1024, (host: string): readonly string[] => {
    if (host.endsWith('.')) return [host.slice(0, -1)];
    const searched = [
      `${host}.${namespace}.svc.${CLUSTER_DOMAIN}`,
      `${host}.svc.${CLUSTER_DOMAIN}`,
      `${host}.${CLUSTER_DOMAIN}`,
    ];
    return host.split('.').length > 5 ? [host, ...searched] : [...searched, host];
  }),
);

const endpointsOf = (slices: readonly EndpointSlice[]): NonNullable<EndpointSlice['endpoints']> =>
  slices.flatMap((s) => s.endpoints ?? []);

const SUFFIX = `.svc.${CLUSTER_DOMAIN}`;

/** What stands before the suffix, of names of Services and of what is behind them; of others nothing. */
const labelsOf = remembered(4096, (name: string): readonly string[] =>
  name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length).split('.') : [],
);

/** One full name. */
function lookUp(name: string, view: RouteView, depth: number): Resolution | undefined {
  const labels = labelsOf(name);
  if (labels.length === 0) return ofAddress(name);
  if (labels.length < 2 || labels.length > 3) return undefined;
  const namespace = labels[labels.length - 1]!;
  const service = view.service(namespace, labels[labels.length - 2]!);
  if (service === undefined) return undefined;
  if (labels.length === 3) {
    if (service.spec.clusterIP !== 'None') return undefined;
    const ips = endpointsOf(view.slices(namespace, service.metadata.name))
      .filter((e) => e.hostname === labels[0] && e.conditions?.ready !== false)
      .map((e) => e.addresses[0]!);
    return ips.length === 0 ? undefined : { kind: 'addresses', ips };
  }
  if (service.spec.type === 'ExternalName') {
    // A canonical name: asked for once more, but not for ever.
    return depth > 8
      ? undefined
      : lookUp((service.spec.externalName ?? '').replace(/\.$/, ''), view, depth + 1);
  }
  if (service.spec.clusterIP !== 'None') return { kind: 'service', service };
  const ips = endpointsOf(view.slices(namespace, service.metadata.name))
    .filter((e) => e.conditions?.ready !== false)
    .map((e) => e.addresses[0]!);
  return ips.length === 0 ? undefined : { kind: 'addresses', ips };
}

/** `10-244-1-2.shop.pod.cluster.local`: CoreDNS answers with what stands in the name (`pods insecure`). */
function ofAddress(name: string): Resolution | undefined {
  const [, digits] = /^(\d+-\d+-\d+-\d+)\.[^.]+\.pod\.cluster\.local$/.exec(name) ?? [];
  const ip = digits?.replaceAll('-', '.') ?? '';
  return isIPv4(ip) ? { kind: 'addresses', ips: [ip] } : undefined;
}

/** Address of a pod that has one, by name. */
function podAddress(world: World, namespace: string, name: string): string | undefined {
  return sandboxesNamed(world, namespace, name).find(({ sandbox }) => sandbox.ip !== '')?.sandbox.ip;
}

/** Undefined: there is no such name. */
export function resolve(
  world: World,
  view: RouteView,
  namespace: string,
  host: string,
): Resolution | undefined {
  if (isIPv4(host)) {
    const service = view.byAddress(host);
    if (service === undefined) return { kind: 'addresses', ips: [host] };
    return { kind: 'service', service, ...(service.spec.clusterIP === host ? {} : { outer: host }) };
  }
  for (const name of searchNames(host.toLowerCase(), namespace)) {
    const found = lookUp(name, view, 0);
    if (found !== undefined) return found;
  }
  const ip = beside(world, namespace, host);
  return ip === undefined ? undefined : resolve(world, view, namespace, ip);
}

/** The full name of those that a name stands for which is there; the name itself where none is. */
export const fullName = (view: RouteView, namespace: string, host: string): string =>
  searchNames(host.toLowerCase(), namespace).find((name) => lookUp(name, view, 0) !== undefined) ?? host;

/** Address of a name that is known outside of the cluster: a node's, or a host of an Ingress or a route. */
export function elsewhere(world: World, host: string): string | undefined {
  const node = world.machines.get(host)?.ip;
  const { ingress, gateway } = world.network;
  if (node !== undefined || ingress.objects.size + gateway.objects.size === 0) return node;
  const name = host.toLowerCase();
  const outer = outerAddressOf(world, name) ?? routedAddressOf(world, name);
  return outer === host ? undefined : outer;
}

/** Address of a name that no Service has: a Pod's too. */
export const beside = (world: World, namespace: string, host: string): string | undefined =>
  world.machines.get(host)?.ip ?? podAddress(world, namespace, host) ?? elsewhere(world, host);
