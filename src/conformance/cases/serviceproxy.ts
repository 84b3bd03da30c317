/** Which endpoints of a Service a node's kube-proxy uses. */
import type { EndpointSlice, Service } from '../../sim/api/types.ts';
import { routeOf } from '../../sim/network/proxy.ts';
import type { RouteView } from '../../sim/network/routes.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

interface EndpointFact {
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly local?: boolean;
  readonly zones?: readonly string[];
}

interface Row {
  readonly name: string;
  readonly zone?: string;
  readonly policy?: 'Local';
  readonly external?: boolean;
  readonly endpoints: readonly EndpointFact[];
  /** Numbers of the endpoints used, from 1; or that the packet is rejected or dropped. */
  readonly expected: readonly number[] | 'reject' | 'drop';
}

const r = (...zones: string[]): EndpointFact => ({ ready: true, ...(zones.length === 0 ? {} : { zones }) });
const u = (...zones: string[]): EndpointFact => ({ ...r(...zones), ready: false, serving: false });
const local = (e: EndpointFact): EndpointFact => ({ ...e, local: true });
const serving: EndpointFact = { ready: false, serving: true, terminating: true };
const gone: EndpointFact = { ready: false, serving: false, terminating: true };

function play(row: Row): unknown {
  const slice = {
    kind: 'EndpointSlice', addressType: 'IPv4', metadata: { name: 'web-1' }, ports: [{ port: 80, protocol: 'TCP' }],
    endpoints: row.endpoints.map((e, i) => ({
      addresses: [`10.1.2.${i + 1}`], nodeName: e.local ? 'here' : 'there',
      conditions: { ready: e.ready, serving: e.serving ?? e.ready, terminating: e.terminating ?? false },
      ...(e.zones === undefined ? {} : { hints: { forZones: e.zones.map((name) => ({ name })) } }),
    })),
  } as unknown as EndpointSlice;
  const service = {
    metadata: { namespace: 'default', name: 'web' }, spec: row.policy === undefined ? {} : { [row.external ? 'externalTrafficPolicy' : 'internalTrafficPolicy']: row.policy },
  } as unknown as Service;
  const view = { slices: () => [slice] } as unknown as RouteView;
  const route = routeOf(view, service, { port: 80, protocol: 'TCP' }, { name: 'here', zone: row.zone }, row.external === true ? 'external' : 'internal');
  return route.kind === 'backends' ? route.backends.map((b) => Number(b.ip.split('.')[3])) : route.kind;
}

const ROWS: readonly Row[] = [
  { name: 'hints for this zone filter', zone: 'a', endpoints: [r('a'), r('b'), r('c'), r('a')], expected: [1, 4] },
  { name: 'no hints, no filter', zone: 'a', endpoints: [r(), r(), r()], expected: [1, 2, 3] },
  { name: 'the node has no zone', endpoints: [r('a')], expected: [1] },
  { name: 'the node has an empty zone', zone: '', endpoints: [r('a')], expected: [1] },
  { name: 'no endpoint is hinted for the node\'s zone', zone: 'b', endpoints: [r('a'), r('c')], expected: [1, 2] },
  { name: 'an unready endpoint of the zone is left out', zone: 'a', endpoints: [r('a'), r('b'), r('c'), u('a')], expected: [1] },
  { name: 'only unready endpoints in the zone: no filter', zone: 'a', endpoints: [u('a'), r('b'), r('c'), u('a')], expected: [2, 3] },
  { name: 'one endpoint without a hint: no filter', zone: 'a', endpoints: [r('a'), r('b'), r(), r('a')], expected: [1, 2, 3, 4] },
  { name: 'several hints an endpoint', zone: 'c', endpoints: [r('a'), r('b', 'c'), r('b', 'd'), r('c')], expected: [2, 4] },
  { name: 'local external policy ignores hints', zone: 'a', policy: 'Local', external: true, endpoints: [local(r('a')), local(r('b')), r('c'), r('a')], expected: [1, 2] },
  { name: 'local internal policy ignores hints', zone: 'a', policy: 'Local', endpoints: [local(r('a')), local(r('b')), r('c'), r('a')], expected: [1, 2] },
  { name: 'local external policy concerns external traffic only', zone: 'a', policy: 'Local', endpoints: [r(), local(r())], expected: [2] },
  { name: 'local policy, no local endpoint', policy: 'Local', external: true, endpoints: [r(), r()], expected: 'drop' },
  { name: 'local internal policy, no local endpoint', policy: 'Local', endpoints: [r(), r()], expected: 'drop' },
  { name: 'local policy, no endpoint at all', policy: 'Local', external: true, endpoints: [], expected: 'reject' },
  { name: 'local policy, local endpoints only serve while terminating', policy: 'Local', external: true, endpoints: [local(serving), r()], expected: [1] },
  { name: 'local policy, local ready endpoints before terminating ones', policy: 'Local', external: true, endpoints: [local(serving), local(r())], expected: [2] },
  { name: 'no endpoints', endpoints: [], expected: 'reject' },
  { name: 'no usable endpoint', endpoints: [u(), gone], expected: 'reject' },
  { name: 'all terminate: those that serve', endpoints: [serving, gone, serving], expected: [1, 3] },
  { name: 'one is ready: those that terminate are left out', endpoints: [serving, r(), serving], expected: [2] },
];

const cases: ConformanceCase[] = ROWS.map((row) => ({ name: row.name, run: () => play(row), expected: row.expected }));

export const serviceProxyCases: CaseArea = { area: 'service proxy endpoints', source: 'pkg/proxy/topology_test.go', cases };
