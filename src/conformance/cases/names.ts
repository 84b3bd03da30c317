/** How Pods look names up, and what the cluster's DNS answers. */
import type { EndpointSlice, Pod, Service } from '../../sim/api/types.ts';
import { corefileOf } from '../../sim/node/images/corefile.ts';
import { candidates } from '../../sim/network/dns/lookup.ts';
import { recordsOf } from '../../sim/network/dns/records.ts';
import type { RouteView } from '../../sim/network/routes.ts';
import { hasOwnResolver, resolvConf, type Resolver, resolverOf } from '../../sim/node/resolver.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const DNS = '10.0.0.10';

/** What the first block of a Corefile says; of one that cannot be read, why. */
const problem = (text: string): string | undefined => {
  const corefile = corefileOf(text);
  return 'problem' in corefile ? corefile.problem : undefined;
};
const said = (text: string): { zones: readonly string[]; ttlMs: number; cacheMs: number; forwards: readonly string[] | undefined } => {
  const corefile = corefileOf(text);
  if ('problem' in corefile) throw new Error(corefile.problem);
  const [{ clusterZones: zones, ttlMs, cacheMs, forward }] = corefile.blocks as [(typeof corefile.blocks)[number]];
  return { zones, ttlMs, cacheMs, forwards: forward?.to };
};
const podWith = (spec: object): Pod => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ns' }, spec: { containers: [], ...spec } }) as unknown as Pod;
const SEARCHES = ['ns.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const OF_CLUSTER: Resolver = { servers: [DNS], searches: SEARCHES, options: ['ndots:5'] };
const OF_HOST: Resolver = { servers: ['172.18.0.1'], searches: [], options: [] };
const many = (n: number, of: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => of(i + 1));

const pod = (name: string, spec: object, expected: Resolver): ConformanceCase => ({ name, expected, run: () => resolverOf(podWith(spec), DNS) });

export const podResolverCases: CaseArea = {
  area: "a Pod's resolver",
  source: 'pkg/kubelet/network/dns/dns_test.go',
  cases: [
    pod('a Pod that says nothing asks the cluster', {}, OF_CLUSTER),
    pod('ClusterFirst', { dnsPolicy: 'ClusterFirst' }, OF_CLUSTER),
    pod("ClusterFirst with the node's network is Default", { dnsPolicy: 'ClusterFirst', hostNetwork: true }, OF_HOST),
    pod("ClusterFirstWithHostNet with the node's network", { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, OF_CLUSTER),
    pod('ClusterFirstWithHostNet without it', { dnsPolicy: 'ClusterFirstWithHostNet' }, OF_CLUSTER),
    pod('Default', { dnsPolicy: 'Default' }, OF_HOST),
    pod('None says all by its config', { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.2.3.4'], searches: ['a.example'], options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }] } }, { servers: ['1.2.3.4'], searches: ['a.example'], options: ['ndots:2', 'edns0'] }),
    pod('a config adds servers behind the policy\'s', { dnsConfig: { nameservers: ['1.2.3.4'] } }, { ...OF_CLUSTER, servers: [DNS, '1.2.3.4'] }),
    pod('a server that is there already is not added', { dnsConfig: { nameservers: [DNS, '1.2.3.4', '1.2.3.4'] } }, { ...OF_CLUSTER, servers: [DNS, '1.2.3.4'] }),
    pod('no more than three servers', { dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'] } }, { ...OF_CLUSTER, servers: [DNS, '1.1.1.1', '2.2.2.2'] }),
    pod('a config adds searches behind the policy\'s', { dnsConfig: { searches: ['a.example', 'svc.cluster.local'] } }, { ...OF_CLUSTER, searches: [...SEARCHES, 'a.example'] }),
    pod('no more than 32 searches', { dnsPolicy: 'Default', dnsConfig: { searches: many(40, (i) => `s${i}`) } }, { ...OF_HOST, searches: many(32, (i) => `s${i}`) }),
    pod('an option takes the place of that of its name', { dnsConfig: { options: [{ name: 'ndots', value: '2' }] } }, { ...OF_CLUSTER, options: ['ndots:2'] }),
    pod('an option of another name stands beside it', { dnsConfig: { options: [{ name: 'timeout', value: '1' }] } }, { ...OF_CLUSTER, options: ['ndots:5', 'timeout:1'] }),
    pod('an option without a value', { dnsConfig: { options: [{ name: 'single-request-reopen' }] } }, { ...OF_CLUSTER, options: ['ndots:5', 'single-request-reopen'] }),
    { name: 'a Pod without a say has no resolver of its own', expected: [false, true, true, true], run: () => [{}, { hostNetwork: true }, { dnsPolicy: 'None' }, { dnsConfig: {} }].map((spec) => hasOwnResolver(podWith(spec))) },
    { name: 'the file', expected: `search ${SEARCHES.join(' ')}\nnameserver ${DNS}\noptions ndots:5\n`, run: () => resolvConf(OF_CLUSTER) },
    { name: 'the file of a node', expected: 'nameserver 172.18.0.1\n', run: () => resolvConf(OF_HOST) },
  ],
};

const asked = (name: string, host: string, expected: string[], resolver: Partial<Resolver> = {}): ConformanceCase => ({ name, expected, run: () => candidates(host, { ...OF_CLUSTER, ...resolver }) });
const searched = (host: string): string[] => SEARCHES.map((domain) => `${host}.${domain}`);

export const searchListCases: CaseArea = {
  area: 'the names that a name stands for',
  source: 'glibc resolv/res_query.c, resolv.conf(5)',
  cases: [
    asked('fewer dots than ndots: the searches first', 'web', [...searched('web'), 'web']),
    asked('with its namespace', 'web.shop', [...searched('web.shop'), 'web.shop']),
    asked('four dots are fewer than five', 'web.shop.svc.cluster.local', [...searched('web.shop.svc.cluster.local'), 'web.shop.svc.cluster.local']),
    asked('five dots: as it is first', 'a.web.shop.svc.cluster.local', ['a.web.shop.svc.cluster.local', ...searched('a.web.shop.svc.cluster.local')]),
    asked('a dot at its end: as it is only', 'web.shop.svc.cluster.local.', ['web.shop.svc.cluster.local']),
    asked('a public name is asked for in the cluster before', 'www.example.com', [...searched('www.example.com'), 'www.example.com']),
    asked('ndots:1 spares it that', 'www.example.com', ['www.example.com', ...searched('www.example.com')], { options: ['ndots:1'] }),
    asked('one that says no ndots has 1', 'web', [...searched('web'), 'web'], { options: [] }),
    asked('of two ndots the last goes', 'web.shop', ['web.shop', ...searched('web.shop')], { options: ['ndots:5', 'ndots:1'] }),
    asked('small letters', 'Web', [...searched('web'), 'web']),
    asked('no searches', 'web', ['web'], { searches: [] }),
  ],
};

const service = (name: string, spec: object): Service => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'testns' }, spec }) as unknown as Service;
const SERVICES = [
  service('svc1', { clusterIP: '10.0.0.1' }), service('svcempty', { clusterIP: '10.0.0.1' }), service('hdls1', { clusterIP: 'None' }),
  service('hdlsempty', { clusterIP: 'None' }), service('external', { type: 'ExternalName', externalName: 'Ext.interwebs.test.' }), service('waiting', {}),
];
const endpoints = (name: string, ...of: object[]): EndpointSlice => ({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name, namespace: 'testns', labels: { 'kubernetes.io/service-name': name } }, addressType: 'IPv4', endpoints: of }) as unknown as EndpointSlice;
const SLICES = [
  endpoints('svc1', { addresses: ['172.0.0.1'], hostname: 'ep1a' }),
  endpoints('hdls1', { addresses: ['172.0.0.2'] }, { addresses: ['172.0.0.3'], conditions: { ready: true } }, { addresses: ['172.0.0.4'], hostname: 'dup-name' }, { addresses: ['172.0.0.5'], hostname: 'dup-name' }, { addresses: ['172.0.0.6'], hostname: 'late', conditions: { ready: false } }),
];
const VIEW = {
  service: (namespace: string, name: string) => SERVICES.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  slices: (namespace: string, name: string) => SLICES.filter(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
} as unknown as RouteView;

const record = (name: string, ...expected: string[]): ConformanceCase => ({
  name: `${name} ${expected.length === 0 ? 'is unknown' : `has ${expected.join(', ')}`}`, expected: expected.join(' '),
  run: () => {
    const records = recordsOf(VIEW, name);
    return records.kind === 'addresses' ? records.ips.join(' ') : records.kind === 'alias' ? `CNAME ${records.name}` : '';
  },
});

export const dnsRecordCases: CaseArea = {
  area: 'records of the DNS',
  source: 'github.com/coredns/coredns plugin/kubernetes/handler_test.go',
  cases: [
    record('svc1.testns.svc', '10.0.0.1'),
    record('svcempty.testns.svc', '10.0.0.1'),
    record('hdls1.testns.svc', '172.0.0.2', '172.0.0.3', '172.0.0.4', '172.0.0.5'),
    record('dup-name.hdls1.testns.svc', '172.0.0.4', '172.0.0.5'),
    record('172-0-0-2.hdls1.testns.svc', '172.0.0.2'),
    record('172-0-0-4.hdls1.testns.svc'),
    record('late.hdls1.testns.svc'),
    record('ep1a.svc1.testns.svc', '172.0.0.1'),
    record('bogusendpoint.svc1.testns.svc'),
    record('bogusendpoint.hdls1.testns.svc'),
    record('abc.123.svc1.testns.svc'),
    record('hdlsempty.testns.svc'),
    record('waiting.testns.svc'),
    record('external.testns.svc', 'CNAME ext.interwebs.test'),
    record('172-0-0-1.external.testns.svc'),
    record('bogusservice.testns.svc'),
    record('svc1.other.svc'),
    record('testns.svc'),
    record('svc'),
    record('svc1.testns.pod'),
    record('10-240-0-1.podns.pod', '10.240.0.1'),
    record('10-240-0.podns.pod'),
    record('a.10-240-0-1.podns.pod'),
    { name: "kubeadm's Corefile", expected: { zones: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'], ttlMs: 30_000, cacheMs: 30_000, forwards: ['/etc/resolv.conf'] }, run: () => said('.:53 {\n  kubernetes cluster.local in-addr.arpa ip6.arpa {\n    ttl 30\n  }\n  forward . /etc/resolv.conf {\n  }\n  cache 30\n}\n') },
    { name: 'a Corefile that keeps nothing', expected: { zones: ['cluster.local'], ttlMs: 5_000, cacheMs: 0, forwards: undefined }, run: () => said('.:53 {\n  kubernetes cluster.local\n  # cache 30\n}\n') },
    { name: 'a cache without a time', expected: 3_600_000, run: () => said('. {\n cache\n}').cacheMs },
    { name: 'a cache with a block', expected: 10_000, run: () => said('. {\n cache 10 {\n  success 1000\n }\n}').cacheMs },
    { name: 'a plugin that is gone', expected: "/etc/coredns/Corefile:2 - Error during parsing: Unknown directive 'proxy'", run: () => problem('.:53 {\n  proxy . 8.8.8.8\n}') },
    { name: 'a brace that is missing', expected: '/etc/coredns/Corefile:2 - Error during parsing: Unexpected EOF', run: () => problem('.:53 {\n  errors\n') },
    { name: 'a name to forward to', expected: 'plugin/forward: not an IP address or file: "dns.example.com"', run: () => problem('.:53 {\n  forward . dns.example.com\n}') },
  ],
};
