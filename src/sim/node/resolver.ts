/** What a Pod's /etc/resolv.conf says. Models GetPodDNS of pkg/kubelet/network/dns/dns.go. */
import type { Pod } from '../api/types.ts';

export interface Resolver {
  /** Addresses of the servers that are asked, in their order. */
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  /** `ndots:5` */
  readonly options: readonly string[];
}

/** Of the cluster's DNS, where nobody said another. */
export const DNS_ADDRESS = '10.96.0.10';

/** As a node's own /etc/resolv.conf has it: the network's, which knows no names of the cluster. */
const HOST_RESOLVER: Resolver = { servers: ['172.18.0.1'], searches: [], options: [] };

/** MaxDNSNameservers and MaxDNSSearchPaths of pkg/apis/core/validation/validation.go. */
const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;

/** Of Pods that say nothing else. @param dns address of the cluster's DNS */
export const clusterResolver = (namespace: string, dns: string): Resolver => ({
  servers: [dns],
  searches: [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
  options: ['ndots:5'],
});

const NOTHING: Resolver = { servers: [], searches: [], options: [] };

/** getPodDNSType: with its node's network, a Pod has the node's resolver too, unless it says otherwise. */
function baseOf({ metadata, spec }: Pod, dns: string): Resolver {
  const { dnsPolicy = 'ClusterFirst', hostNetwork } = spec;
  if (dnsPolicy === 'None') return NOTHING;
  const isOfCluster =
    dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && hostNetwork !== true);
  return isOfCluster ? clusterResolver(metadata.namespace!, dns) : HOST_RESOLVER;
}

const nameOf = (option: string): string => option.replace(/:.*$/, '');

/** What a Pod's policy and its dnsConfig come to. */
export function resolverOf(pod: Pod, dns: string): Resolver {
  const { servers, searches, options } = baseOf(pod, dns);
  const { nameservers = [], searches: own = [], options: said = [] } = pod.spec.dnsConfig ?? {};
  const given = said.map(({ name = '', value }) => (value ? `${name}:${value}` : name));
  const overridden = new Set(given.map(nameOf));
  return {
    servers: [...new Set([...servers, ...nameservers])].slice(0, MOST_SERVERS),
    searches: [...new Set([...searches, ...own])].slice(0, MOST_SEARCHES),
    options: [...options.filter((option) => !overridden.has(nameOf(option))), ...given],
  };
}

/** The number that an option gives, as `ndots:2` does. */
export function optionOf({ options }: Resolver, name: string, otherwise: number): number {
  const value = options.findLast((option) => nameOf(option) === name)?.slice(name.length + 1);
  return value === undefined || value === '' ? otherwise : Number(value);
}

/** Whether a Pod's resolver is another than that of all that say nothing. */
export const hasOwnResolver = ({ spec }: Pod): boolean =>
  (spec.dnsPolicy ?? 'ClusterFirst') !== 'ClusterFirst' || spec.hostNetwork === true || !!spec.dnsConfig;

/** The file's text. */
export const resolvConf = ({ servers, searches, options }: Resolver): string =>
  (searches.length === 0 ? '' : `search ${searches.join(' ')}\n`) +
  servers.map((server) => `nameserver ${server}\n`).join('') +
  (options.length === 0 ? '' : `options ${options.join(' ')}\n`);
