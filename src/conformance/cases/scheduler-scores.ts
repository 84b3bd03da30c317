/**
 * Scheduler scores: least allocated, balanced, images, taints, preferred node affinity; and how far the
 * search goes.
 */
import type { Pod, Taint, Toleration } from '../../sim/api/types.ts';
import { balancedAllocation } from '../../sim/controlplane/scheduler/plugins/balancedallocation.ts';
import { imageLocality } from '../../sim/controlplane/scheduler/plugins/imagelocality.ts';
import { nodeAffinity } from '../../sim/controlplane/scheduler/plugins/nodeaffinity.ts';
import { nodeResourcesFit } from '../../sim/controlplane/scheduler/plugins/noderesourcesfit.ts';
import { taintToleration } from '../../sim/controlplane/scheduler/plugins/tainttoleration.ts';
import { nodesToFind } from '../../sim/controlplane/scheduler/run.ts';
import { makeCache, makeNode, makePod, scoreAll } from '../../sim/controlplane/scheduler/testkit.ts';
import type { Plugin } from '../../sim/controlplane/scheduler/framework.ts';
import type { FormerBehaviour } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Amount = [cpu: string, memory: string];
interface ResourceRow { name: string; wants: Amount[]; nodes: Amount[]; used?: Amount[][]; expect: number[] | 'skip' }

const containers = (wants: Amount[]): Pod['spec']['containers'] =>
  wants.map(([cpu, memory], i) => ({ name: `c${i}`, image: 'i', ...(cpu === '' ? {} : { resources: { requests: { cpu, memory } } }) }));

function resources(plugin: Plugin, row: ResourceRow, formerly?: FormerBehaviour): ConformanceCase {
  const pod = makePod('p', { spec: row.wants.length === 0 ? { containers: [] } : { containers: containers(row.wants) } });
  const nodes = row.nodes.map(([cpu, memory], i) => makeNode(`n${i}`, { allocatable: { cpu, memory, pods: 110 } }));
  const used = (row.used ?? []).flatMap((list, i) => list.map((amount, k) => makePod(`u${i}-${k}`, { node: `n${i}`, spec: { containers: containers([amount]) } })));
  return {
    name: row.name, expected: row.expect,
    run: () => {
      const scores = scoreAll(plugin, pod, makeCache(nodes, used), undefined, undefined, formerly);
      return scores === 'skip' ? scores : Object.values(scores);
    },
  };
}

const TWO: Amount[] = [['1000m', '2000'], ['2000m', '3000']];
const LEAST_ROWS: ResourceRow[] = [
  { name: 'nothing scheduled, nothing requested', wants: [], nodes: [['4000', '10000'], ['4000', '10000']], expect: [100, 100] },
  { name: 'requests on nodes of different size', wants: TWO, nodes: [['4', '10000'], ['6', '10000']], expect: [37, 50] },
  { name: 'nothing requested, pods with requests there', wants: [], nodes: [['10', '20000'], ['10', '20000']], used: [[['3', '0'], ['3', '0']], [['3', '0'], ['3', '5000']]], expect: [70, 57] },
  { name: 'requests, pods with requests there', wants: TWO, nodes: [['10', '20000'], ['10', '20000']], used: [[['3', '0']], [['3', '5000']]], expect: [57, 45] },
  { name: 'requests, pods there, nodes of different size', wants: TWO, nodes: [['10', '20000'], ['10', '50000']], used: [[['3', '0']], [['3', '5000']]], expect: [57, 60] },
  { name: 'requests beyond capacity', wants: [['3', '0']], nodes: [['4', '10000'], ['4', '10000']], used: [[['3', '0']], [['3', '5000']]], expect: [50, 25] },
  { name: 'nodes with nothing to give', wants: [], nodes: [['0', '0'], ['0', '0']], used: [[['3', '0']], [['3', '5000']]], expect: [0, 0] },
];
const CPU_ONLY: Amount = ['3000m', '0'];
const BOTH: Amount = ['3000m', '5000'];
const BALANCED_ROWS: ResourceRow[] = [
  { name: 'a best-effort pod is not scored', wants: [], nodes: [['4', '10000'], ['4', '10000']], expect: 'skip' },
  { name: 'requests on nodes of different size', wants: TWO, nodes: [['4', '10000'], ['6', '10000']], expect: [87, 100] },
  { name: 'requests, pods there', wants: TWO, nodes: [['10', '20000'], ['10', '20000']], used: [[CPU_ONLY], [BOTH]], expect: [82, 95] },
  { name: 'requests, pods there, nodes of different size', wants: TWO, nodes: [['10', '20000'], ['10', '50000']], used: [[CPU_ONLY], [BOTH]], expect: [82, 80] },
  { name: 'requests that fill a node', wants: [CPU_ONLY], nodes: [['6', '10000'], ['6', '10000']], used: [[CPU_ONLY], [BOTH]], expect: [50, 75] },
  { name: 'fractions far apart on both nodes', wants: TWO, nodes: [['3500m', '40000'], ['3500m', '40000']], expect: [63, 63] },
];

const NOTHING: Amount = ['', ''];
const FORMER_BALANCED_ROWS: ResourceRow[] = [
  { name: 'a best-effort pod without containers changes nothing', wants: [], nodes: [['4', '10000'], ['4', '10000']], expect: [100, 100] },
  { name: 'requests on nodes of different size: the whole difference counts', wants: TWO, nodes: [['4', '10000'], ['6', '10000']], expect: [75, 100] },
  { name: 'a container without requests counts 100m and 200Mi', wants: [NOTHING], nodes: [['1', '2000Mi'], ['1', '4000Mi']], expect: [100, 95] },
  { name: 'a node that is filled is worth nothing', wants: [CPU_ONLY], nodes: [['6', '10000Mi'], ['7', '10000Mi']], used: [[CPU_ONLY], [CPU_ONLY]], expect: [0, 14] },
];

const MB = 1024 * 1024;
const BIG = { 'gcr.io/40:latest': 40 * MB, 'gcr.io/40:v1': 40 * MB, 'gcr.io/300:latest': 300 * MB, 'gcr.io/300:v1': 300 * MB, 'gcr.io/2000:latest': 2000 * MB };
const SMALL = { 'gcr.io/250:latest': 250 * MB, 'gcr.io/10:latest': 10 * MB, 'gcr.io/10:v1': 10 * MB };
const IMAGE_ROWS: [name: string, images: string[], nodes: Record<string, number>[], expect: number[] | 'skip', init?: string[]][] = [
  ['the larger image wins', ['gcr.io/40', 'gcr.io/250'], [BIG, SMALL], [0, 5]],
  ['two images on one node', ['gcr.io/40', 'gcr.io/300'], [BIG, SMALL], [7, 0]],
  ['half of a very large image', ['gcr.io/2000', 'gcr.io/10'], [BIG, SMALL], [49, 0]],
  ['a third node without images', ['gcr.io/2000', 'gcr.io/10'], [BIG, SMALL, {}], [32, 0, 0]],
  ['init containers count', ['gcr.io/300'], [BIG, SMALL], [7, 0], ['gcr.io/40']],
  ['unknown images', ['gcr.io/unknown'], [BIG, SMALL], 'skip'],
  ['a tag that no node has', ['gcr.io/250:v9'], [BIG, SMALL], 'skip'],
];

const soft = (pairs: string, effect = 'PreferNoSchedule'): Taint[] => pairs.split(' ').filter((p) => p !== '').map((p) => ({ key: p.split('=')[0]!, value: p.split('=')[1] ?? '', effect }) as Taint);
const tolerating = (pairs: string, effect = 'PreferNoSchedule'): Toleration[] => soft(pairs, effect).map((t) => ({ ...t, operator: 'Equal' }) as Toleration);
const TAINT_ROWS: [name: string, tolerations: Toleration[], nodes: Taint[][], expect: number[]][] = [
  ['tolerated is better than not', tolerating('foo=bar'), [soft('foo=bar'), soft('foo=blah')], [100, 0]],
  ['how many are tolerated does not matter', tolerating('cpu-type=arm64 disk-type=ssd'), [[], soft('cpu-type=arm64'), soft('cpu-type=arm64 disk-type=ssd')], [100, 100, 100]],
  ['how many are not does', tolerating('foo=bar'), [[], soft('cpu-type=arm64'), soft('cpu-type=arm64 disk-type=ssd')], [100, 50, 0]],
  ['only PreferNoSchedule counts', tolerating('cpu-type=arm64 disk-type=ssd', 'NoSchedule'), [[], soft('cpu-type=arm64', 'NoSchedule'), soft('cpu-type=arm64 disk-type=ssd')], [100, 100, 0]],
  ['without tolerations', [], [[], soft('cpu-type=arm64')], [100, 0]],
];

const preferred = (...terms: [weight: number, ...expressions: [string, string][]][]): Partial<Pod['spec']> => ({ affinity: { nodeAffinity: {
  preferredDuringSchedulingIgnoredDuringExecution: terms.map(([weight, ...expressions]) => ({
    weight, preference: { matchExpressions: expressions.map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })) } })) } } });
const A1 = preferred([2, ['foo', 'bar']]);
const A2 = preferred([2, ['foo', 'bar']], [4, ['key', 'value']], [5, ['foo', 'bar'], ['key', 'value'], ['az', 'az1']]);
const L1 = { foo: 'bar' };
const L3 = { foo: 'bar', key: 'value' };
const L4 = { foo: 'bar', key: 'value', az: 'az1' };
const L5 = { foo: 'bar', key: 'value', az: 'az2' };
const PREFERRED_ROWS: [name: string, spec: Partial<Pod['spec']>, nodes: Record<string, string>[], expect: number[] | 'skip'][] = [
  ['no affinity', {}, [L1, { key: 'value' }, { az: 'az1' }], 'skip'],
  ['nobody matches', A1, [{ key: 'value' }, { az: 'az1' }, {}], [0, 0, 0]],
  ['one matches', A1, [L1, { key: 'value' }, { az: 'az1' }], [100, 0, 0]],
  ['weights add up', A2, [L1, L5, { key: 'value' }], [33, 100, 66]],
  ['a term must match whole', A2, [L1, L3, L4], [18, 54, 100]],
  ['a weight of 0 does not count', preferred([0, ['foo', 'bar']]), [L1], 'skip'],
];

const table = (plugin: Plugin, pod: Pod, nodes: Parameters<typeof makeNode>[1][]): unknown => {
  const scores = scoreAll(plugin, pod, makeCache(nodes.map((parts, i) => makeNode(`n${i}`, parts))));
  return scores === 'skip' ? scores : Object.values(scores);
};

const dir = 'pkg/scheduler/framework/plugins';
export const schedulerLeastAllocatedCases: CaseArea = {
  area: 'score: least allocated', source: `${dir}/noderesources/least_allocated_test.go`, cases: LEAST_ROWS.map((row) => resources(nodeResourcesFit, row)),
};
export const schedulerBalancedCases: CaseArea = {
  area: 'score: balanced allocation', source: `${dir}/noderesources/balanced_allocation_test.go`, cases: BALANCED_ROWS.map((row) => resources(balancedAllocation, row)),
};
export const schedulerFormerBalancedCases: CaseArea = {
  area: 'score: balanced allocation up to 1.21', source: `${dir}/noderesources/balanced_allocation.go (balancedResourceScorer of 1.20)`,
  cases: FORMER_BALANCED_ROWS.map((row) => resources(balancedAllocation, row, { balanceCountsDefaults: true })),
};
export const schedulerImageCases: CaseArea = {
  area: 'score: image locality', source: `${dir}/imagelocality/image_locality_test.go`,
  cases: IMAGE_ROWS.map(([name, images, nodes, expected, init]) => ({
    name, expected,
    run: () => {
      const list = (names: string[]): Pod['spec']['containers'] => names.map((image, i) => ({ name: `c${i}`, image }));
      return table(imageLocality, makePod('p', { spec: { containers: list(images), ...(init ? { initContainers: list(init) } : {}) } }), nodes.map((present) => ({ images: present })));
    },
  })),
};
export const schedulerTaintScoreCases: CaseArea = {
  area: 'score: taints', source: `${dir}/tainttoleration/taint_toleration_test.go`,
  cases: TAINT_ROWS.map(([name, tolerations, nodes, expected]) => ({
    name, expected, run: () => table(taintToleration, makePod('p', { spec: { tolerations } }), nodes.map((taints) => ({ taints }))),
  })),
};
export const schedulerPreferredNodeCases: CaseArea = {
  area: 'score: node affinity', source: `${dir}/nodeaffinity/node_affinity_test.go`,
  cases: PREFERRED_ROWS.map(([name, spec, nodes, expected]) => ({ name, expected, run: () => table(nodeAffinity, makePod('p', { spec }), nodes.map((labels) => ({ labels }))) })),
};
export const schedulerSearchCases: CaseArea = {
  area: 'how many feasible nodes are looked for', source: 'pkg/scheduler/schedule_one_test.go',
  cases: ([[10, 10], [99, 99], [100, 100], [1000, 420], [2000, 680], [6000, 300]] as const).map(([total, expected]) => ({
    name: `of ${total} nodes`, expected, run: () => nodesToFind(total),
  })),
};
