/** Which pods stand behind a service, in what condition, and how slices change. */
import { harness } from '../../sim/harness/harness.ts';
import { testNode, testPod } from '../../sim/harness/objects.ts';
import { podEndpointChanges, shouldBeInEndpoints } from '../../sim/controlplane/endpoints/podendpoint.ts';
import { subsetsOf } from '../../sim/controlplane/endpoints/subsets.ts';
import { endpointOf, endpointPorts, slicePrefix, sliceLabels, withHints, type Endpoint } from '../../sim/controlplane/endpointslice/endpoint.ts';
import { endpointSliceController } from '../../sim/controlplane/endpointslice/endpointslice.ts';
import { reconcileSlices, sliceToFill } from '../../sim/controlplane/endpointslice/reconcile.ts';
import type { EndpointSlice, Node, Pod, Service } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const service = (spec: object = {}, labels?: object): Service => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'svc', namespace: 'default', uid: 'svc-1', ...(labels === undefined ? {} : { labels }) },
  spec: { clusterIP: '10.96.0.1', selector: { app: 'a' }, ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }], ...spec }, status: {},
}) as unknown as Service;
const pod = (name = 'p', extra: Parameters<typeof testPod>[1] = {}): Pod => testPod(name, { ip: '1.2.3.5', node: 'n', labels: { app: 'a' }, uid: `${name}-uid`, ...extra }) as Pod;
const zoned = testNode('n', 'True', { labels: { 'topology.kubernetes.io/zone': 'us-central1-a' } }) as Node;

// ---- conditions

const conditions = (name: string, p: Pod, publish: boolean, ready: boolean, serving: boolean, terminating: boolean): ConformanceCase => ({
  name: `${name}${publish ? ', not ready addresses published' : ''}`, expected: { ready, serving, terminating },
  run: () => endpointOf(p, undefined, service({ publishNotReadyAddresses: publish }), 'IPv4')?.conditions,
});
const endpointField = (name: string, p: Pod, pick: (e: Endpoint | undefined) => unknown, expected: unknown, node?: Node, type: 'IPv4' | 'IPv6' = 'IPv4'): ConformanceCase =>
  ({ name, run: () => pick(endpointOf(p, node, service(), type)), expected });
const dual = { ...pod(), status: { ...pod().status, podIPs: [{ ip: '1.2.3.4' }, { ip: '1234::5678:0:0:9abc:def0' }] } } as Pod;
const conditionCases = [
  conditions('ready', pod(), false, true, true, false),
  conditions('ready', pod(), true, true, true, false),
  conditions('not ready', pod('p', { ready: false }), false, false, false, false),
  conditions('not ready', pod('p', { ready: false }), true, true, false, false),
  conditions('ready and terminating', pod('p', { deleting: true }), false, false, true, true),
  conditions('ready and terminating', pod('p', { deleting: true }), true, true, true, true),
  conditions('not ready and terminating', pod('p', { ready: false, deleting: true }), false, false, false, true),
  endpointField('the node\'s zone', pod(), (e) => [e?.zone, e?.nodeName], ['us-central1-a', 'n'], zoned),
  endpointField('no zone without its label', pod(), (e) => e?.zone, undefined, testNode('n') as Node),
  endpointField('the address of the family', dual, (e) => e?.addresses, ['1.2.3.4'], zoned),
  endpointField('the other family', dual, (e) => e?.addresses, ['1234::5678:0:0:9abc:def0'], zoned, 'IPv6'),
  endpointField('no address of the family', pod(), (e) => e, undefined, zoned, 'IPv6'),
  endpointField('a hostname, when the subdomain is the service', pod('p', { spec: { hostname: 'h', subdomain: 'svc' } }), (e) => e?.hostname, 'h'),
  endpointField('no hostname for another subdomain', pod('p', { spec: { hostname: 'h', subdomain: 'other' } }), (e) => e?.hostname, undefined),
  endpointField('what it refers to', pod(), (e) => e?.targetRef, { kind: 'Pod', namespace: 'default', name: 'p', uid: 'p-uid' }),
];

// ---- membership

const member = (name: string, p: Pod, terminatingToo: boolean, expected: boolean): ConformanceCase => ({ name: `member: ${name}`, run: () => shouldBeInEndpoints(p, terminatingToo), expected });
const memberCases = [
  member('failed', pod('p', { phase: 'Failed' }), false, false), member('succeeded', pod('p', { phase: 'Succeeded' }), false, false),
  member('failed, though terminating ones count', pod('p', { phase: 'Failed', deleting: true }), true, false),
  member('without an address', testPod('p', { labels: { app: 'a' } }) as Pod, false, false), member('running', pod(), false, true),
  member('pending with an address', pod('p', { phase: 'Pending', ready: false }), false, true),
  member('terminating', pod('p', { deleting: true }), false, false), member('terminating, and those count', pod('p', { deleting: true }), true, true),
];
const change = (name: string, old: Pod, next: Pod, endpoint: boolean, membership: boolean): ConformanceCase => ({
  name: `change: ${name}`, run: () => podEndpointChanges(old, next), expected: { endpoint, membership },
});
const annotated = { ...pod(), metadata: { ...pod().metadata, annotations: { a: 'b' } } } as Pod;
const changeCases = [
  change('none', pod(), pod(), false, false), change('an annotation', pod(), annotated, false, false),
  change('readiness', pod(), pod('p', { ready: false }), true, false), change('deletion', pod(), pod('p', { deleting: true }), true, false),
  change('address', pod(), pod('p', { ip: '1.2.3.6' }), true, false), change('labels', pod(), pod('p', { labels: { app: 'b' } }), false, true),
  change('hostname', pod(), pod('p', { spec: { hostname: 'h' } }), false, true),
  change('labels and readiness', pod(), pod('p', { labels: { app: 'b' }, ready: false }), true, true), change('it ended', pod(), pod('p', { phase: 'Failed' }), true, false),
];

// ---- ports

const containers = (...ports: object[]): { spec: object } => ({ spec: { containers: [{ name: 'c', image: 'i', ports }] } });
const port = (name: string, ports: object[], p: Pod, expected: unknown): ConformanceCase => ({ name: `port: ${name}`, run: () => endpointPorts(service({ ports }), p), expected });
const portCases = [
  port('by number', [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }], pod(), [{ name: 'http', port: 8080, protocol: 'TCP' }]),
  port('application protocol', [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP', appProtocol: 'example.com/custom' }], pod(), [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'example.com/custom' }]),
  port('by name', [{ name: 'https', port: 1, targetPort: 'https', protocol: 'TCP' }], pod('p', containers({ name: 'https', containerPort: 443, protocol: 'TCP' })), [{ name: 'https', port: 443, protocol: 'TCP' }]),
  port('by name and protocol', [{ name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' }], pod('p', containers({ name: 'dns', containerPort: 5353, protocol: 'TCP' }, { name: 'dns', containerPort: 53, protocol: 'UDP' })), [{ name: 'dns', port: 53, protocol: 'UDP' }]),
  port('a name the pod lacks', [{ name: 'https', port: 1, targetPort: 'https', protocol: 'TCP' }, { name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }], pod(), [{ name: 'http', port: 80, protocol: 'TCP' }]),
  port('of a sidecar', [{ name: 'm', port: 1, targetPort: 'metrics', protocol: 'TCP' }], pod('p', { spec: { initContainers: [{ name: 's', image: 'i', restartPolicy: 'Always', ports: [{ name: 'metrics', containerPort: 9, protocol: 'TCP' }] }] } }), [{ name: 'm', port: 9, protocol: 'TCP' }]),
  port('not of an init container', [{ name: 'm', port: 1, targetPort: 'metrics', protocol: 'TCP' }], pod('p', { spec: { initContainers: [{ name: 's', image: 'i', ports: [{ name: 'metrics', containerPort: 9, protocol: 'TCP' }] }] } }), []),
  port('unnamed', [{ port: 80, targetPort: 80, protocol: 'TCP' }], pod(), [{ name: '', port: 80, protocol: 'TCP' }]),
];

// ---- labels and names

const own = { 'kubernetes.io/service-name': 'svc', 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' };
const label = (name: string, s: Service, expected: object): ConformanceCase => ({ name: `labels: ${name}`, run: () => sliceLabels(s), expected });
const labelCases = [
  label('none of the service', service(), own), label('the service\'s', service({}, { foo: 'bar', foo2: 'bar2' }), { foo: 'bar', foo2: 'bar2', ...own }),
  label('headless', service({ clusterIP: 'None' }, { foo: 'bar' }), { foo: 'bar', 'service.kubernetes.io/headless': '', ...own }),
  label('reserved ones are not taken over', service({}, { 'kubernetes.io/service-name': 'bad', 'endpointslice.kubernetes.io/managed-by': 'actor', foo: 'bar' }), { foo: 'bar', ...own }),
  { name: 'prefix', run: () => slicePrefix('svc'), expected: 'svc-' },
  { name: 'prefix of a name that is as long as can be', run: () => slicePrefix('a'.repeat(253)).length, expected: 253 },
];

// ---- slices

const endpoints = (from: number, to: number): Endpoint[] => Array.from({ length: to - from }, (_, i) => ({
  addresses: [`10.0.${Math.floor((from + i) / 250)}.${(from + i) % 250}`], conditions: { ready: true, serving: true, terminating: false },
}));
const slice = (name: string, list: Endpoint[], ports: object[] = []): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '' }, addressType: 'IPv4', endpoints: list, ports,
}) as unknown as EndpointSlice;
const key = (ports: readonly object[] | undefined): string => JSON.stringify(ports ?? []);
const fill = (name: string, sizes: number[], count: number, max: number, expected: string | undefined): ConformanceCase => ({
  name: `slice to fill: ${name}`, expected, run: () => sliceToFill(sizes.map((n, i) => slice(`s${i}`, endpoints(0, n))), count, max)?.metadata.name,
});
function reconciled(existing: EndpointSlice[], wanted: Endpoint[], max: number, placeholder = true): unknown {
  const groups = wanted.length === 0 ? new Map() : new Map([['[]', { ports: [], endpoints: wanted }]]);
  const c = reconcileSlices(existing, groups, key, max, () => false, placeholder);
  return { create: c.create.map((w) => w.endpoints.length), update: c.update.map((u) => `${u.slice.metadata.name}:${u.endpoints.length}`).sort(), delete: c.delete.map((s) => s.metadata.name).sort() };
}
const plan = (name: string, existing: EndpointSlice[], wanted: Endpoint[], max: number, create: number[], update: string[], remove: string[], placeholder = true): ConformanceCase => ({
  name: `slices: ${name}`, run: () => reconciled(existing, wanted, max, placeholder), expected: { create, update, delete: remove },
});
const unready = (list: Endpoint[]): Endpoint[] => list.map((e) => ({ ...e, conditions: { ready: false, serving: false, terminating: false } }));
const sliceCases = [
  fill('the one that becomes full', [1, 50, 95], 5, 100, 's2'), fill('the fullest that has room', [1, 50, 96], 5, 100, 's1'), fill('none has room', [97, 98], 5, 100, undefined),
  fill('more than a slice holds', [1, 2], 101, 100, undefined), fill('the one of several', [10, 20, 30], 70, 100, 's2'),
  plan('nothing wanted, nothing there: a placeholder', [], [], 100, [0], [], []),
  plan('nothing wanted, the placeholder is there', [slice('s', [])], [], 100, [], [], []),
  plan('nothing wanted, a slice is there: it becomes the placeholder', [slice('s', endpoints(0, 3))], [], 100, [], ['s:0'], []),
  plan('nothing wanted and no placeholder', [slice('s', endpoints(0, 3))], [], 100, [], [], ['s'], false),
  plan('nothing there', [], endpoints(0, 5), 100, [5], [], []), plan('250 new', [], endpoints(0, 250), 100, [100, 100, 50], [], []),
  plan('all there', [slice('s', endpoints(0, 5))], endpoints(0, 5), 100, [], [], []),
  plan('one more', [slice('s', endpoints(0, 5))], endpoints(0, 6), 100, [], ['s:6'], []), plan('one less', [slice('s', endpoints(0, 5))], endpoints(1, 5), 100, [], ['s:4'], []),
  plan('a condition changed', [slice('s', endpoints(0, 5))], [...endpoints(0, 4), ...unready(endpoints(4, 5))], 100, [], ['s:5'], []),
  plan('only the slice concerned is written', [slice('a', endpoints(0, 5)), slice('b', endpoints(5, 9))], endpoints(0, 8), 100, [], ['b:3'], []),
  plan('a slice that is written takes the new ones', [slice('a', endpoints(0, 5)), slice('b', endpoints(5, 9))], [...endpoints(0, 8), ...endpoints(20, 22)], 100, [], ['b:5'], []),
  plan('a full slice and one more', [slice('s', endpoints(0, 100))], endpoints(0, 101), 100, [1], [], []),
  plan('a slice that empties goes', [slice('a', endpoints(0, 5)), slice('b', endpoints(5, 9))], endpoints(0, 5), 100, [], [], ['b']),
  plan('a slice that would go is used again', [slice('a', endpoints(0, 2)), slice('b', endpoints(2, 4))], [...endpoints(0, 2), ...endpoints(10, 13)], 3, [], ['b:3'], []),
  plan('ports nobody has any more', [slice('s', endpoints(0, 2), [{ port: 1 }])], endpoints(0, 2), 100, [], ['s:2'], []),
  { name: 'hints: none asked for', run: () => withHints(endpoints(0, 1), undefined)[0]?.hints, expected: undefined },
  { name: 'hints: PreferClose', run: () => withHints([{ ...endpoints(0, 1)[0]!, zone: 'z' }], 'PreferClose')[0]?.hints, expected: { forZones: [{ name: 'z' }] } },
  { name: 'hints: PreferSameNode', run: () => withHints([{ ...endpoints(0, 1)[0]!, zone: 'z', nodeName: 'n' }], 'PreferSameNode')[0]?.hints, expected: { forZones: [{ name: 'z' }], forNodes: [{ name: 'n' }] } },
  { name: 'hints: not for what is not ready', run: () => withHints(unready([{ ...endpoints(0, 1)[0]!, zone: 'z' }]), 'PreferClose')[0]?.hints, expected: undefined },
];

// ---- Endpoints

const subsets = (name: string, s: Service, pods: Pod[], expected: unknown): ConformanceCase => ({
  name: `endpoints: ${name}`, expected,
  run: () => subsetsOf(s, pods).map((x) => [(x.addresses ?? []).map((a) => a.ip), (x.notReadyAddresses ?? []).map((a) => a.ip), (x.ports ?? []).map((p) => p.port)]),
});
const at = (i: number, extra: Parameters<typeof testPod>[1] = {}): Pod => pod(`p${i}`, { ip: `1.2.3.${i}`, ...extra });
const named = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }];
const subsetCases = [
  subsets('no pods', service(), [], []), subsets('ready and not ready', service(), [at(4), at(3, { ready: false })], [[['1.2.3.4'], ['1.2.3.3'], [8080]]]),
  subsets('in the order of addresses', service(), [at(10), at(9), at(100)], [[['1.2.3.9', '1.2.3.10', '1.2.3.100'], [], [8080]]]),
  subsets('published though not ready', service({ publishNotReadyAddresses: true }), [at(3, { ready: false })], [[['1.2.3.3'], [], [8080]]]),
  subsets('terminating ones are left out', service(), [at(3, { deleting: true }), at(4)], [[['1.2.3.4'], [], [8080]]]),
  subsets('terminating ones are published with the rest', service({ publishNotReadyAddresses: true }), [at(3, { deleting: true })], [[['1.2.3.3'], [], [8080]]]),
  subsets('headless without ports', service({ clusterIP: 'None', ports: [] }), [at(3)], [[['1.2.3.3'], [], []]]),
  subsets('without ports and not headless', service({ ports: [] }), [at(3)], []),
  subsets('a named port, of different numbers', service({ ports: named }), [at(1, containers({ name: 'http', containerPort: 80, protocol: 'TCP' })), at(2, containers({ name: 'http', containerPort: 8080, protocol: 'TCP' }))],
    [[['1.2.3.1'], [], [80]], [['1.2.3.2'], [], [8080]]]),
  subsets('a named port that one pod lacks', service({ ports: named }), [at(1, containers({ name: 'http', containerPort: 80, protocol: 'TCP' })), at(2)], [[['1.2.3.1'], [], [80]]]),
  subsets('two ports in one subset', service({ ports: [{ name: 'a', port: 80, targetPort: 8080, protocol: 'TCP' }, { name: 'b', port: 88, targetPort: 8088, protocol: 'TCP' }] }), [at(1)], [[['1.2.3.1'], [], [8080, 8088]]]),
];

// ---- the controller

function controller(what: (h: ReturnType<typeof harness>) => void): unknown {
  const h = harness([endpointSliceController], { lagMs: 5 });
  h.put(testNode('n'));
  h.pass(10);
  what(h as ReturnType<typeof harness>);
  h.pass(1000);
  return h.api.list('EndpointSlice').map((s) => (s.endpoints ?? []).map((e) => `${e.addresses[0]}${e.conditions?.ready ? '' : '!'}`).sort());
}
const controllerCases: ConformanceCase[] = [
  { name: 'controller: a service without pods has one empty slice', run: () => controller((h) => void h.put(service())), expected: [[]] },
  { name: 'controller: without a selector it has none', run: () => controller((h) => void h.put(service({ selector: undefined }))), expected: [] },
  { name: 'controller: of type ExternalName it has none', run: () => controller((h) => void h.put(service({ type: 'ExternalName' }))), expected: [] },
  { name: 'controller: pods of its labels', run: () => controller((h) => [service(), at(1), at(2, { ready: false }), at(3, { labels: { app: 'other' } })].forEach((o) => h.put(o))), expected: [['1.2.3.1', '1.2.3.2!']] },
  { name: 'controller: a pod on a node that is not known is left out', run: () => controller((h) => [service(), at(1), at(2, { node: 'gone' })].forEach((o) => h.put(o))), expected: [['1.2.3.1']] },
  {
    name: 'controller: however late the watch, no slice is made twice', expected: [['1.2.3.1', '1.2.3.2', '1.2.3.3']],
    run: () => controller((h) => {
      h.put(service());
      for (const i of [1, 2, 3]) {
        h.put(at(i));
        h.pass(2);
      }
    }),
  },
];

export const endpointCases: CaseArea = {
  area: 'endpoint readiness',
  source: 'staging/src/k8s.io/endpointslice/utils_test.go, reconciler_test.go, util/controller_utils_test.go, pkg/controller/endpoint/endpoints_controller_test.go',
  cases: [...conditionCases, ...memberCases, ...changeCases, ...portCases, ...labelCases, ...sliceCases, ...subsetCases, ...controllerCases],
};
