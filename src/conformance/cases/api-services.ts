/** Services, their addresses and ports, and the cluster-scoped kinds the API server takes and refuses. */
import { allocateService } from '../../sim/api/allocate/index.ts';
import { defaulted, updatedFrom } from '../../sim/api/resources/testing.ts';
import type { KubeObject, Service } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { messages, object, prepared, refusals, service, updateRefusals, type Fields } from './api-objects.ts';

const INVALID = 'Invalid value';
const REQUIRED = 'Required value';
const FORBIDDEN = 'Forbidden';
const UNSUPPORTED = 'Unsupported value';
const DUPLICATE = 'Duplicate value';
const port = (name: string | undefined, number: number, fields: Fields = {}): Fields => ({ ...(name === undefined ? {} : { name }), port: number, protocol: 'TCP', ...fields });
const slice = (parts: object): KubeObject =>
  ({ ...object('discovery.k8s.io/v1', 'EndpointSlice', undefined), addressType: 'IPv4', endpoints: [{ addresses: ['10.1.2.3'] }], ...parts }) as unknown as KubeObject;
const ports = (...list: Fields[]): KubeObject => service({ ports: list });
const external = (fields: Fields = {}): KubeObject => service({ type: 'ExternalName', externalName: 'foo.bar.example.com', clusterIP: undefined, ...fields });

const ROWS: readonly [string, KubeObject, string[]][] = [
  ['the least one', service(), []],
  ['no namespace', service({}, { namespace: '' }), [`metadata.namespace: ${REQUIRED}`]],
  ['bad namespace', service({}, { namespace: '-123' }), [`metadata.namespace: ${INVALID}`]],
  ['no name', service({}, { name: '' }), [`metadata.name: ${REQUIRED}`]],
  ['name with dots', service({}, { name: 'foo.bar.baz' }), [`metadata.name: ${INVALID}`]],
  ['name that starts with a digit', service({}, { name: '1a' }), [`metadata.name: ${INVALID}`]],
  ['name over 63 characters', service({}, { name: 'a'.repeat(64) }), [`metadata.name: ${INVALID}`]],
  ['bad generateName', service({}, { generateName: '1a-' }), [`metadata.generateName: ${INVALID}`]],
  ['bad label', service({}, { labels: { 'NoUppercaseOrSpecialCharsLike=Equals': 'bar' } }), [`metadata.labels: ${INVALID}`]],
  ['bad selector', service({ selector: { 'NoSpecialCharsLike=Equals': 'bar' } }), [`spec.selector: ${INVALID}`]],
  ['unknown affinity', service({ sessionAffinity: 'Sticky' }), [`spec.sessionAffinity: ${UNSUPPORTED}`]],
  ['affinity of 0 seconds', service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: -1 } } }), [`spec.sessionAffinityConfig.clientIP.timeoutSeconds: ${INVALID}`]],
  ['affinity of more than a day', service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } } }), [`spec.sessionAffinityConfig.clientIP.timeoutSeconds: ${INVALID}`]],
  ['affinity of a day', service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_400 } } }), []],
  ['unknown type', service({ type: 'Internal' }), [`spec.type: ${UNSUPPORTED}`, `spec.internalTrafficPolicy: ${REQUIRED}`].slice(0, 1)],
  ['no ports', service({ ports: [] }), [`spec.ports: ${REQUIRED}`]],
  ['no ports, headless', service({ ports: [], clusterIP: 'None' }), []],
  ['one port without a name', ports(port(undefined, 80)), []],
  ['two ports, the first without a name', ports(port(undefined, 80), port('p', 81)), [`spec.ports[0].name: ${REQUIRED}`]],
  ['two ports, the second without a name', ports(port('p', 80), port(undefined, 81)), [`spec.ports[1].name: ${REQUIRED}`]],
  ['bad port name', ports(port('INVALID', 80)), [`spec.ports[0].name: ${INVALID}`]],
  ['unknown protocol', ports(port('p', 80, { protocol: 'INVALID' })), [`spec.ports[0].protocol: ${UNSUPPORTED}`]],
  ['port 0', ports(port('p', 0, { targetPort: 1 })), [`spec.ports[0].port: ${INVALID}`]],
  ['port 65536', ports(port('p', 65_536, { targetPort: 1 })), [`spec.ports[0].port: ${INVALID}`]],
  ['target port 65536', ports(port('p', 80, { targetPort: 65_536 })), [`spec.ports[0].targetPort: ${INVALID}`]],
  ['target port by name', ports(port('p', 80, { targetPort: 'http' })), []],
  ['target port by a bad name', ports(port('p', 80, { targetPort: 'this_is_bad' })), [`spec.ports[0].targetPort: ${INVALID}`]],
  ['port name twice', ports(port('p', 80), port('p', 81)), [`spec.ports[1].name: ${DUPLICATE}`]],
  ['port number twice', ports(port('p', 80), port('q', 80)), [`spec.ports[1]: ${DUPLICATE}`]],
  ['port number in two protocols', ports(port('p', 80), port('q', 80, { protocol: 'UDP' })), []],
  ['bad external IP', service({ externalIPs: ['myhost.mydomain'] }), [`spec.externalIPs[0]: ${INVALID}`]],
  ['bad cluster IP', service({ clusterIP: 'invalid' }), [`spec.clusterIPs[0]: ${INVALID}`]],
  ['node port in a ClusterIP service', ports(port('p', 80, { nodePort: 30_001 })), [`spec.ports[0].nodePort: ${FORBIDDEN}`]],
  ['node port twice', service({ type: 'NodePort', ports: [port('p', 80, { nodePort: 30_001 }), port('q', 81, { nodePort: 30_001 })] }), [`spec.ports[1].nodePort: ${DUPLICATE}`]],
  ['node port in two protocols', service({ type: 'NodePort', ports: [port('p', 80, { nodePort: 30_001 }), port('q', 81, { nodePort: 30_001, protocol: 'UDP' })] }), []],
  ['headless NodePort', service({ type: 'NodePort', clusterIP: 'None' }), [`spec.clusterIPs[0]: ${INVALID}`]],
  ['headless LoadBalancer', service({ type: 'LoadBalancer', clusterIP: 'None' }), [`spec.clusterIPs[0]: ${INVALID}`]],
  ['ExternalName', external(), []],
  ['ExternalName with a trailing dot', external({ externalName: 'foo.bar.example.com.' }), []],
  ['ExternalName without a name', external({ externalName: '' }), [`spec.externalName: ${REQUIRED}`]],
  ['ExternalName that is no name', external({ externalName: '-foo' }), [`spec.externalName: ${INVALID}`]],
  ['ExternalName with addresses', external({ clusterIP: '1.2.3.4', clusterIPs: ['1.2.3.4'] }), [`spec.clusterIPs: ${FORBIDDEN}`]],
  ['traffic policy of a ClusterIP service', service({ externalTrafficPolicy: 'Local' }), [`spec.externalTrafficPolicy: ${INVALID}`]],
  ['unknown external traffic policy', service({ type: 'NodePort', externalTrafficPolicy: 'invalid' }), [`spec.externalTrafficPolicy: ${UNSUPPORTED}`]],
  ['unknown internal traffic policy', service({ internalTrafficPolicy: 'Node' }), [`spec.internalTrafficPolicy: ${UNSUPPORTED}`]],
  ['unknown distribution', service({ trafficDistribution: 'Random' }), [`spec.trafficDistribution: ${UNSUPPORTED}`]],
  ['load balancer ports elsewhere', service({ allocateLoadBalancerNodePorts: true }), [`spec.allocateLoadBalancerNodePorts: ${FORBIDDEN}`]],
  ['external IP that is nobody\'s', service({ externalIPs: ['0.0.0.0'] }), [`spec.externalIPs[0]: ${INVALID}`]],
  ['external IP of the machine itself', service({ externalIPs: ['127.0.0.1'] }), [`spec.externalIPs[0]: ${INVALID}`]],
  ['source ranges', service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['1.2.3.4/8', ' 5.6.7.8/16'] }), []],
  ['source range that is none', service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['foo.bar'] }), [`spec.LoadBalancerSourceRanges[0]: ${INVALID}`]],
  ['source range without bits', service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['1.2.3.4/33'] }), [`spec.LoadBalancerSourceRanges[0]: ${INVALID}`]],
  ['source ranges elsewhere', service({ loadBalancerSourceRanges: ['1.2.3.4/8'] }), [`spec.LoadBalancerSourceRanges: ${FORBIDDEN}`]],
  ['load balancer class', service({ type: 'LoadBalancer', loadBalancerClass: 'test.com/test-load-balancer-class' }), []],
  ['load balancer class that is no name', service({ type: 'LoadBalancer', loadBalancerClass: 'Bad/LoadBalancerClass/' }), [`spec.loadBalancerClass: ${INVALID}`]],
  ['load balancer class elsewhere', service({ loadBalancerClass: 'test.com/test' }), [`spec.loadBalancerClass: ${FORBIDDEN}`]],

  ['EndpointSlice', slice({}), []],
  ['EndpointSlice without a type', slice({ addressType: '' }), [`addressType: ${REQUIRED}`]],
  ['EndpointSlice of an unknown type', slice({ addressType: 'not-ip' }), [`addressType: ${UNSUPPORTED}`]],
  ['EndpointSlice without an address', slice({ endpoints: [{ addresses: [] }] }), [`endpoints[0].addresses: ${REQUIRED}`]],
  ['EndpointSlice with an address of another family', slice({ endpoints: [{ addresses: ['2001:db8::1'] }] }), [`endpoints[0].addresses[0]: ${INVALID}`]],
  ['EndpointSlice with a name for an address', slice({ endpoints: [{ addresses: ['example.com'] }] }), [`endpoints[0].addresses[0]: ${INVALID}`]],
  ['EndpointSlice of names', slice({ addressType: 'FQDN', endpoints: [{ addresses: ['example.com'] }] }), []],
  ['EndpointSlice with a loopback address', slice({ endpoints: [{ addresses: ['127.0.0.1'] }] }), [`endpoints[0].addresses[0]: ${INVALID}`]],
  ['EndpointSlice with a link-local address', slice({ endpoints: [{ addresses: ['169.254.0.1'] }] }), [`endpoints[0].addresses[0]: ${INVALID}`]],
  ['EndpointSlice with a bad hostname', slice({ endpoints: [{ addresses: ['10.1.2.3'], hostname: '--INVALID' }] }), [`endpoints[0].hostname: ${INVALID}`]],
  ['EndpointSlice with two ports of one name', slice({ ports: [{ name: 'p', protocol: 'TCP' }, { name: 'p', protocol: 'TCP' }] }), [`ports[1].name: ${DUPLICATE}`]],
  ['EndpointSlice with a bad port name', slice({ ports: [{ name: '*', protocol: 'TCP' }] }), [`ports[0].name: ${INVALID}`]],
  ['EndpointSlice with an unknown protocol', slice({ ports: [{ name: 'p', protocol: 'foo' }] }), [`ports[0].protocol: ${UNSUPPORTED}`]],
  ['EndpointSlice with a port too large', slice({ ports: [{ name: 'p', port: 66_000 }] }), [`ports[0].port: ${INVALID}`]],

  ['Endpoints', object('v1', 'Endpoints', undefined), []],
  ['Endpoints without addresses', { ...object('v1', 'Endpoints', undefined), subsets: [{ ports: [{ port: 1 }] }] } as KubeObject, [`subsets[0]: ${REQUIRED}`]],
  ['Endpoints with a bad address', { ...object('v1', 'Endpoints', undefined), subsets: [{ addresses: [{ ip: '[2001:db8:0:1]:80' }] }] } as KubeObject, [`subsets[0].addresses[0].ip: ${INVALID}`]],
  ['Endpoints with a port too large', { ...object('v1', 'Endpoints', undefined), subsets: [{ addresses: [{ ip: '10.10.1.1' }], ports: [{ port: 66_000 }] }] } as KubeObject, [`subsets[0].ports[0].port: ${INVALID}`]],
  ['Endpoints with a second port without a name', { ...object('v1', 'Endpoints', undefined), subsets: [{ addresses: [{ ip: '10.10.1.1' }], ports: [{ name: 'p', port: 1 }, { port: 2 }] }] } as KubeObject,
    [`subsets[0].ports[1].name: ${REQUIRED}`]],

  ['Namespace', object('v1', 'Namespace', {}, {}, false), []],
  ['Namespace with dots', object('v1', 'Namespace', {}, { name: 'a.b' }, false), [`metadata.name: ${INVALID}`]],
  ['Namespace in a namespace', object('v1', 'Namespace', {}), [`metadata.namespace: ${FORBIDDEN}`]],
  ['Node with taints', object('v1', 'Node', { taints: [{ key: 'GPU', value: 'true', effect: 'NoSchedule' }, { key: 'GPU', effect: 'NoExecute' }] }, {}, false), []],
  ['Node with a taint twice', object('v1', 'Node', { taints: [{ key: 'k', value: 'a', effect: 'NoSchedule' }, { key: 'k', value: 'b', effect: 'NoSchedule' }] }, {}, false), [`spec.taints[1]: ${DUPLICATE}`]],
  ['Node with an unknown effect', object('v1', 'Node', { taints: [{ key: 'k', effect: 'NoExecuteNoSchedule' }] }, {}, false), [`spec.taints[0].effect: ${UNSUPPORTED}`]],
  ['Node with a taint without effect', object('v1', 'Node', { taints: [{ key: 'k' }] }, {}, false), [`spec.taints[0].effect: ${REQUIRED}`]],
  ['Node with a bad taint key', object('v1', 'Node', { taints: [{ key: 'nospecialchars^=@', effect: 'NoSchedule' }] }, {}, false), [`spec.taints[0].key: ${INVALID}`]],
  ['PriorityClass', { ...object('scheduling.k8s.io/v1', 'PriorityClass', undefined, {}, false), value: 100 } as KubeObject, []],
  ['PriorityClass above what users may have', { ...object('scheduling.k8s.io/v1', 'PriorityClass', undefined, {}, false), value: 1_000_000_001 } as KubeObject, [`value: ${FORBIDDEN}`]],
  ['PriorityClass with a reserved name', { ...object('scheduling.k8s.io/v1', 'PriorityClass', undefined, { name: 'system-foo' }, false), value: 1 } as KubeObject, [`metadata.name: ${FORBIDDEN}`]],
  ['PriorityClass of the system', { ...object('scheduling.k8s.io/v1', 'PriorityClass', undefined, { name: 'system-node-critical' }, false), value: 2_000_001_000 } as KubeObject, []],
  ['ResourceQuota', object('v1', 'ResourceQuota', { hard: { cpu: '100', 'requests.cpu': '1', 'limits.memory': '10Gi', pods: '10', 'count/deployments.apps': '1', 'requests.example.com/gpu': '2' } }), []],
  ['ResourceQuota below 0', object('v1', 'ResourceQuota', { hard: { cpu: '-100', pods: '-10' } }), [`spec.hard[cpu]: ${INVALID}`, `spec.hard[pods]: ${INVALID}`]],
  ['ResourceQuota of half a pod', object('v1', 'ResourceQuota', { hard: { pods: '.5' } }), [`spec.hard[pods]: ${INVALID}`]],
  ['ResourceQuota of what is not counted', object('v1', 'ResourceQuota', { hard: { storage: '10' } }), [`spec.hard[storage]: ${INVALID}`]],
  ['ConfigMap with a bad key', { ...object('v1', 'ConfigMap', undefined), data: { '..bad': 'v' } } as KubeObject, [`data[..bad]: ${INVALID}`]],
];

/** The outcome of allocation: what of it a reader of the Service sees. */
function allocated(spec: Fields, taken: { ips?: string[]; ports?: number[] } = {}): unknown {
  const draft = defaulted(service(spec)) as unknown as Service;
  const result = allocateService(draft, (ip) => taken.ips?.includes(ip) ?? false, (p) => taken.ports?.includes(p) ?? false, () => 0, DEFAULT_CONFIG);
  if (Array.isArray(result)) return result.map((c) => `${c.field}: ${c.message}`);
  const s = (result as unknown as Service).spec;
  return [s.clusterIP ?? null, s.clusterIPs ?? null, s.ipFamilies ?? null, s.ipFamilyPolicy ?? null, (s.ports ?? []).map((p) => p.nodePort ?? null)];
}

const one = (fields: Fields = {}): Fields[] => [port('p', 80, fields)];
const IPV4 = [['IPv4'], 'SingleStack'] as const;
const ALLOCATIONS: readonly [string, Fields, Parameters<typeof allocated>[1], unknown][] = [
  ['an address from the upper band', { ports: one() }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [null]]],
  ['the next one where it is taken', { ports: one() }, { ips: ['10.96.1.0'] }, ['10.96.1.1', ['10.96.1.1'], ...IPV4, [null]]],
  ['the address asked for', { ports: one(), clusterIP: '10.96.0.20' }, {}, ['10.96.0.20', ['10.96.0.20'], ...IPV4, [null]]],
  ['an address that is taken', { ports: one(), clusterIP: '10.96.0.20' }, { ips: ['10.96.0.20'] },
    ['spec.clusterIPs: Invalid value: ["10.96.0.20"]: failed to allocate IP 10.96.0.20: provided IP is already allocated']],
  ['an address of another range', { ports: one(), clusterIP: '192.168.0.1' }, {},
    ['spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/16']],
  ['headless', { ports: one(), clusterIP: 'None' }, {}, ['None', ['None'], ...IPV4, [null]]],
  ['headless without a selector', { ports: one(), clusterIP: 'None', selector: undefined }, {}, ['None', ['None'], ['IPv4', 'IPv6'], 'RequireDualStack', [null]]],
  ['ExternalName', { type: 'ExternalName', externalName: 'a.b', ports: one() }, {}, [null, null, null, null, [null]]],
  ['a node port from the upper band', { type: 'NodePort', ports: one() }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [30_086]]],
  ['two node ports', { type: 'NodePort', ports: [port('p', 80), port('q', 81)] }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [30_086, 30_087]]],
  ['one node port for two protocols', { type: 'NodePort', ports: [port('p', 53), port('q', 53, { protocol: 'UDP' })] }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [30_086, 30_086]]],
  ['the node port asked for', { type: 'NodePort', ports: one({ nodePort: 30_080 }) }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [30_080]]],
  ['a node port that is taken', { type: 'NodePort', ports: one({ nodePort: 30_080 }) }, { ports: [30_080] }, ['spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated']],
  ['a node port out of range', { type: 'NodePort', ports: one({ nodePort: 80 }) }, {},
    ['spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767']],
  ['a load balancer has node ports', { type: 'LoadBalancer', ports: one() }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [30_086]]],
  ['a load balancer without node ports', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: one() }, {}, ['10.96.1.0', ['10.96.1.0'], ...IPV4, [null]]],
  ['dual stack is not to be had', { ports: one(), ipFamilyPolicy: 'RequireDualStack' }, {},
    ['spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services']],
];

const UPDATES: readonly [string, KubeObject, KubeObject, string[]][] = [
  ['labels', service(), service({}, { labels: { a: 'b' } }), []],
  ['an address set to another', service({ clusterIP: '10.96.0.20' }), service({ clusterIP: '10.96.0.21' }), [`spec.clusterIPs[0]: ${INVALID}`]],
  ['an address left out', service({ clusterIP: '10.96.0.20' }), service(), []],
  ['headless to an address', service({ clusterIP: 'None' }), service({ clusterIP: '10.96.0.21' }), [`spec.clusterIPs[0]: ${INVALID}`]],
  ['NodePort to ClusterIP', service({ type: 'NodePort' }), service({ type: 'ClusterIP' }), []],
  ['ClusterIP to ExternalName', service(), service({ type: 'ExternalName', externalName: 'a.b' }), []],
];

/** What of the old Service an update that leaves it out keeps. */
function kept(before: Fields, after: Fields): unknown {
  const old = prepared(service(before));
  const next = updatedFrom(defaulted(service(after)), old) as unknown as Service;
  return [next.spec.clusterIP ?? null, (next.spec.ports ?? []).map((p) => p.nodePort ?? null)];
}
const KEPT: readonly [string, Fields, Fields, unknown][] = [
  ['address', {}, {}, ['10.96.1.0', [null]]],
  ['node port by name', { type: 'NodePort' }, { type: 'NodePort' }, ['10.96.1.0', [30_086]]],
  ['node port of a port that moved', { type: 'NodePort', ports: [port('p', 80), port('q', 81)] }, { type: 'NodePort', ports: [port('q', 81), port('p', 80)] }, ['10.96.1.0', [30_087, 30_086]]],
  ['not a node port that is given to another', { type: 'NodePort', ports: [port('p', 80), port('q', 81)] },
    { type: 'NodePort', ports: [port('p', 80), port('r', 82, { nodePort: 30_086 })] }, ['10.96.1.0', [null, 30_086]]],
  ['nothing for ExternalName', {}, { type: 'ExternalName', externalName: 'a.b' }, [null, [null]]],
];

const cases: ConformanceCase[] = [
  ...ROWS.map(([name, draft, expected]) => ({ name, run: () => refusals(draft), expected })),
  ...ALLOCATIONS.map(([name, spec, taken, expected]) => ({ name: `allocation: ${name}`, run: () => allocated(spec, taken), expected })),
  ...UPDATES.map(([name, before, after, expected]) => ({ name: `update: ${name}`, run: () => updateRefusals(before, after), expected })),
  ...KEPT.map(([name, before, after, expected]) => ({ name: `update keeps: ${name}`, run: () => kept(before, after), expected })),
  { name: 'words: no ports', run: () => messages(service({ ports: [] })), expected: ['spec.ports: Required value'] },
];

export const serviceValidationCases: CaseArea = {
  area: 'services: validation and allocation', source: 'pkg/apis/core/validation/validation_test.go, pkg/registry/core/service/storage/storage_test.go', cases,
};
