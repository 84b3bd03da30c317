/** Hints of endpoints by their zones' shares of CPU. */
import type { Node } from '../../sim/api/types.ts';
import type { Endpoint } from '../../sim/controlplane/endpointslice/endpoint.ts';
import { type Allocation, allocationsOf, asksForTopology, exchanges, isOverloaded, ratiosOf, withTopologyHints } from '../../sim/controlplane/endpointslice/topology.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Numbers = Readonly<Record<string, number>>;
const mapOf = (numbers: Numbers): Map<string, number> => new Map(Object.entries(numbers).map(([zone, n]) => [`zone-${zone}`, n]));
const numbersOf = (map: ReadonlyMap<string, number>): Numbers => Object.fromEntries([...map].filter(([, n]) => n !== 0).map(([zone, n]) => [zone.slice(5), n]));

const trading = (name: string, desired: Numbers, allocated: Numbers, giving: Numbers, receiving: Numbers): ConformanceCase => ({
  name: `exchange: ${name}`, expected: { giving, receiving },
  run: () => {
    const allocations = new Map<string, Allocation>(Object.entries(desired).map(([zone, n]) => [`zone-${zone}`, { minimum: 0, maximum: 0, desired: n }]));
    const found = exchanges(allocations, mapOf(allocated));
    return { giving: numbersOf(found.giving), receiving: numbersOf(found.receiving) };
  },
});

const node = (zone: string | undefined, cpu: string, ready = true, labels: object = {}): Node => ({
  apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: { ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': `zone-${zone}` }), ...labels } },
  status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
}) as unknown as Node;
const shares = (name: string, nodes: Node[], expected: Numbers | undefined): ConformanceCase => ({
  name: `shares: ${name}`, expected,
  run: () => {
    const ratios = ratiosOf(nodes);
    return ratios && Object.fromEntries([...ratios].map(([zone, ratio]) => [zone.slice(5), Number(ratio.toFixed(3))]));
  },
});
const allocating = (name: string, ratios: Numbers | undefined, endpoints: number, expected: unknown): ConformanceCase => ({
  name: `allocation: ${name}`, expected,
  run: () => {
    const found = allocationsOf(ratios && mapOf(ratios), endpoints);
    return typeof found === 'string' ? found : Object.fromEntries([...found].map(([zone, { minimum, maximum }]) => [zone.slice(5), [minimum, maximum]]));
  },
});

const endpoint = (zone: string | undefined, ready = true): Endpoint => ({ addresses: ['10.0.0.1'], conditions: { ready }, ...(zone === undefined ? {} : { zone: `zone-${zone}` }) });
/** `ab`: for zone a, for zone b; `-`: for none. */
const hinting = (name: string, endpoints: Endpoint[], ratios: Numbers, expected: string): ConformanceCase => ({
  name: `hints: ${name}`, expected,
  run: () => withTopologyHints(endpoints, mapOf(ratios)).endpoints.map(({ hints }) => hints?.forZones?.[0]?.name.slice(5) ?? '-').join(''),
});
const several = (text: string): Endpoint[] => [...text].map((zone) => (zone === '?' ? endpoint(undefined) : endpoint(zone.toLowerCase(), zone === zone.toLowerCase())));
const even = { a: 0.5, b: 0.5 };
const overloaded = (name: string, hinted: Numbers, ratios: Numbers | undefined, expected: boolean): ConformanceCase => ({ name: `overloaded: ${name}`, expected, run: () => isOverloaded(mapOf(hinted), ratios && mapOf(ratios)) });

export const topologyHintCases: CaseArea = {
  area: 'topology hints',
  source: 'staging/src/k8s.io/endpointslice/topologycache/{topologycache,utils}_test.go',
  cases: [
    trading('nothing', {}, {}, {}, {}),
    trading('no need', { a: 1.2, b: 1.1, c: 1.0 }, { a: 1, b: 1, c: 1 }, {}, {}),
    trading('the own zone is preferred to a slightly better share', { a: 5.1, b: 5.1, c: 5.8 }, { a: 16 }, { a: 10 }, { b: 5, c: 5 }),
    trading('to the zone that needs one most', { a: 5.0, b: 5.6, c: 5.4 }, { a: 16 }, { a: 11 }, { b: 6, c: 5 }),
    trading('from the zone that has most to spare', { a: 5.0, b: 5.6, c: 5.4 }, { b: 8, c: 8 }, { b: 2, c: 3 }, { a: 5 }),
    trading('more than allocated', { a: 5, b: 5, c: 5 }, { a: 6, b: 6, c: 6 }, {}, {}),
    trading('less than nothing', { a: 5, b: 5, c: 5 }, { a: -40, b: 20, c: 20 }, { b: 15, c: 15 }, { a: 30 }),
    shares('three zones', [node('a', '1000m'), node('b', '1000m'), node('c', '2000m')], { a: 0.25, b: 0.25, c: 0.5 }),
    shares('several nodes of a zone', [node('a', '1'), node('a', '1'), node('b', '2')], { a: 0.5, b: 0.5 }),
    shares('one zone', [node('a', '1'), node('a', '1')], undefined),
    shares('a node without a zone', [node('a', '1'), node('b', '1'), node(undefined, '1')], undefined),
    shares('a node without CPU', [node('a', '1'), node('b', '0')], undefined),
    shares('a node that is not ready counts for nothing', [node('a', '1'), node('b', '1'), node('c', '1', false)], { a: 0.5, b: 0.5 }),
    shares('nor one of the control plane', [node('a', '1'), node('b', '1'), node('c', '1', true, { 'node-role.kubernetes.io/control-plane': '' })], { a: 0.5, b: 0.5 }),
    shares('nor a master of before', [node('a', '1'), node('b', '1'), node(undefined, '1', true, { 'node-role.kubernetes.io/master': '' })], { a: 0.5, b: 0.5 }),
    allocating('no shares', undefined, 1, 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes'),
    allocating('fewer endpoints than zones', even, 1, 'Insufficient number of endpoints (1 endpoints, 2 zones)'),
    allocating('beyond the overload', { a: 0.35, b: 0.65 }, 2, 'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (2 endpoints, 2 zones)'),
    allocating('five for two', { a: 0.4, b: 0.6 }, 5, { a: [2, 2], b: [3, 3] }),
    allocating('six for three', { a: 1 / 3, b: 1 / 3, c: 1 / 3 }, 6, { a: [2, 2], b: [2, 2], c: [2, 2] }),
    allocating('what is left is any zone\'s', even, 20, { a: [9, 11], b: [9, 11] }),
    hinting('each for its own', several('ab'), even, 'ab'),
    hinting('one zone has none', several('aa'), even, 'ba'),
    hinting('one that is not ready has none', several('abA'), even, 'ab-'),
    hinting('more of one', several('aaab'), even, 'baab'),
    hinting('shares that fit', several('aaab'), { a: 0.75, b: 0.25 }, 'aaab'),
    hinting('one without a zone: none has any', several('ab?'), even, '---'),
    hinting('too few', several('a'), even, '-'),
    overloaded('none is hinted', {}, even, false),
    overloaded('no shares by now', { a: 1, b: 1 }, undefined, true),
    overloaded('even', { a: 5, b: 5 }, even, false),
    overloaded('a zone that none is for', { a: 5 }, even, true),
    overloaded('within a fifth', { a: 6, b: 5 }, even, false),
    overloaded('too few for a share', { a: 8, b: 2 }, even, true),
    { name: 'which Services ask for it', expected: [true, true, false, false], run: () => [{ 'service.kubernetes.io/topology-mode': 'Auto' }, { 'service.kubernetes.io/topology-aware-hints': 'auto' }, { 'service.kubernetes.io/topology-mode': 'Disabled' }, undefined].map((one) => asksForTopology(one as Readonly<Record<string, string>> | undefined)) },
  ],
};
