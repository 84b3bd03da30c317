/** Topology spread: which nodes a constraint refuses, and how ScheduleAnyway constraints score. */
import { filterAll, makeCache, makeLookups, makeNode, makePod, scoreAll, type Others } from '../../sim/controlplane/scheduler/testkit.ts';
import { podTopologySpread } from '../../sim/controlplane/scheduler/plugins/podtopologyspread.ts';
import type { Node, Pod } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const HOST = 'kubernetes.io/hostname';
const labelled = (keys: string): Record<string, string> => Object.fromEntries(keys.split(',').filter((k) => k !== '').map((k) => k.split('=') as [string, string?]).map(([k, v]) => [k, v ?? '']));
const exists = (key: string): object => ({ matchExpressions: [{ key, operator: 'Exists' }] });

interface Constraint {
  skew?: number; key: string; on?: string | object | null; min?: number; affinity?: string; taints?: string; keys?: string[];
}

function constraint(c: Constraint, whenUnsatisfiable: string): object {
  return {
    maxSkew: c.skew ?? 1, topologyKey: c.key, whenUnsatisfiable,
    ...(c.on === null ? {} : { labelSelector: typeof c.on === 'object' ? c.on : exists(c.on ?? 'foo') }),
    ...(c.min === undefined ? {} : { minDomains: c.min }), ...(c.affinity ? { nodeAffinityPolicy: c.affinity } : {}),
    ...(c.taints ? { nodeTaintsPolicy: c.taints } : {}), ...(c.keys ? { matchLabelKeys: c.keys } : {}),
  };
}

/** `a zone=z1,node=a !` : name, labels, and whether it is tainted. */
const nodesOf = (text: string): Node[] => text.split(';').map((one) => {
  const [name, labels, taint] = one.trim().split(' ') as [string, string?, string?];
  return makeNode(name, { labels: labelled(labels ?? ''), ...(taint === '!' ? { taints: [{ key: 't', value: '', effect: 'NoSchedule' }] } : {}) });
});

/**
 * `a:foo a:foo,bar y:foo~` : node, labels, and whether it is being deleted; `ns/a:foo` in another namespace.
 */
const podsOf = (text: string): Pod[] => text.split(' ').filter((t) => t !== '').map((one, i) => {
  const [place, keys] = one.split(':') as [string, string];
  const [namespace, node] = place.includes('/') ? place.split('/') as [string, string] : ['default', place];
  return makePod(`e${i}`, { namespace, node, labels: labelled(keys.replace('~', '')), deleting: keys.endsWith('~') });
});

const FOUR = 'a zone=z1,node=a;b zone=z1,node=b;x zone=z2,node=x;y zone=z2,node=y';
const AFFINITY_IN = (key: string, operator: 'In' | 'NotIn', values: string[]): Pod['spec']['affinity'] => ({ nodeAffinity: {
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }] } } });

interface Row {
  name: string; constraints: Constraint[]; nodes?: string; pods: string; labels?: string; spec?: Partial<Pod['spec']>;
  /** `a+ b- x!`: fits, refused, refused whatever were preempted. */
  expect: string;
}

const marks = (answers: Record<string, string>): string =>
  Object.entries(answers).map(([node, a]) => `${node}${a === 'fits' ? '+' : a.startsWith('!') ? '!' : '-'}`).sort().join(' ');

function filtered(row: Row): ConformanceCase {
  const pod = makePod('p', { labels: labelled(row.labels ?? 'foo'), spec: { ...row.spec, topologySpreadConstraints: row.constraints.map((c) => constraint(c, 'DoNotSchedule')) as never } });
  return { name: row.name, run: () => marks(filterAll(podTopologySpread, pod, makeCache(nodesOf(row.nodes ?? FOUR), podsOf(row.pods)))), expected: row.expect };
}

const ZONE: Constraint = { key: 'zone' };
const NODE: Constraint = { key: 'node' };
const SELECT_FOO: Partial<Pod['spec']> = { nodeSelector: { foo: '' } };
const FOO_NODES = 'a node=a,foo;b node=b,foo;x node=x,foo;y node=y';
const TAINTED = 'a node=a,foo;b node=b,foo;x node=x,foo;y node=y !';

const FILTER_ROWS: Row[] = [
  { name: 'no pods anywhere: every zone will do', constraints: [ZONE], pods: '', expect: 'a+ b+ x+ y+' },
  { name: 'zones 3/3: either will do', constraints: [ZONE], pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a+ b+ x+ y+' },
  { name: 'zones 2/1: the second', constraints: [ZONE], pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y+' },
  { name: 'a node without the key does not count for its zone', constraints: [ZONE], nodes: 'a zone=z1,node=a;b zon=z1,node=b;x zone=z2,node=x;y zone=z2,node=y', pods: 'a:foo b:foo x:foo y:foo', expect: 'a+ b! x- y-' },
  { name: 'no node has the key', constraints: [{ key: 'rack' }], nodes: 'a zone=z1,node=a;x zone=z2,node=x', pods: '', expect: 'a! x!' },
  { name: 'nodes 2/1/0/3: the empty one', constraints: [NODE], pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'nodes 2/1/0/3 with maxSkew 2', constraints: [{ key: 'node', skew: 2 }], pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a- b+ x+ y-' },
  { name: 'a pod its own selector leaves out does not change the skew', constraints: [NODE], labels: 'bar', pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a- b+ x+ y-' },
  { name: 'node affinity takes b and x out of the count', constraints: [NODE], spec: { affinity: AFFINITY_IN('node', 'In', ['a', 'y']) }, pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a+ b+ x+ y-' },
  { name: 'pods that are being deleted do not count', constraints: [NODE], nodes: 'a node=a;b node=b', pods: 'a:foo~ b:foo', expect: 'a+ b-' },
  { name: 'node affinity NotIn takes b out of its zone', constraints: [ZONE], spec: { affinity: AFFINITY_IN('node', 'NotIn', ['b']) }, pods: 'b:foo b:foo y:foo', expect: 'a+ b+ x- y-' },
  { name: 'fewer domains than minDomains: the minimum is 0', constraints: [{ key: 'node', skew: 2, min: 4 }], nodes: 'a node=a;b node=b;c node=c', pods: 'a:foo a:foo b:foo b:foo c:foo', expect: 'a- b- c+' },
  { name: 'more domains than minDomains', constraints: [{ key: 'node', skew: 2, min: 2 }], nodes: 'a node=a;b node=b;c node=c', pods: 'a:foo a:foo b:foo b:foo c:foo', expect: 'a+ b+ c+' },
  { name: 'zones below minDomains', constraints: [{ key: 'zone', skew: 2, min: 3 }], pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y+' },
  { name: 'zones above minDomains', constraints: [{ key: 'zone', skew: 2, min: 1 }], pods: 'a:foo b:foo y:foo', expect: 'a+ b+ x+ y+' },
  { name: 'nodeAffinityPolicy Honor (default) with a node selector', constraints: [NODE], nodes: FOO_NODES, spec: SELECT_FOO, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y+' },
  { name: 'nodeAffinityPolicy Ignore with a node selector', constraints: [{ key: 'node', affinity: 'Ignore' }], nodes: FOO_NODES, spec: SELECT_FOO, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'nodeAffinityPolicy Honor with node affinity', constraints: [NODE], nodes: FOO_NODES, spec: { affinity: AFFINITY_IN('foo', 'In', ['']) }, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y+' },
  { name: 'nodeAffinityPolicy Ignore with node affinity', constraints: [{ key: 'node', affinity: 'Ignore' }], nodes: FOO_NODES, spec: { affinity: AFFINITY_IN('foo', 'In', ['']) }, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'nodeTaintsPolicy Honor', constraints: [{ key: 'node', taints: 'Honor' }], nodes: TAINTED, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y+' },
  { name: 'nodeTaintsPolicy Ignore (default)', constraints: [NODE], nodes: TAINTED, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'zone 3/3 and node 2/1/0/3', constraints: [ZONE, NODE], pods: 'a:foo a:foo b:foo y:foo y:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'zone 3/4 and node 2/1/0/4: nothing does for both', constraints: [ZONE, NODE], pods: 'a:foo a:foo b:foo y:foo y:foo y:foo y:foo', expect: 'a- b- x- y-' },
  { name: 'different selectors, 1/0 and 1/0/0/1', constraints: [ZONE, { key: 'node', on: 'bar' }], labels: 'foo,bar', pods: 'a:foo y:bar', expect: 'a- b- x+ y-' },
  { name: 'different selectors, 1/0 and 0/0/1/1', constraints: [ZONE, { key: 'node', on: 'bar' }], labels: 'foo,bar', pods: 'a:foo x:bar y:bar', expect: 'a- b- x- y-' },
  { name: 'different selectors, 2/3 and 1/0/0/1', constraints: [ZONE, { key: 'node', on: 'bar' }], labels: 'foo,bar', pods: 'a:foo a:foo,bar y:foo y:foo,bar y:foo', expect: 'a- b+ x- y-' },
  { name: 'the pod is not one of those the zone constraint counts', constraints: [ZONE, { key: 'node', on: 'bar' }], labels: 'bar', pods: 'a:foo x:bar y:bar', expect: 'a+ b+ x- y-' },
  { name: 'a node that lacks one of two keys', constraints: [ZONE, NODE], nodes: 'a zone=z1,node=a;b zone=z1,node=b;x zone=z2;y zone=z2,node=y', pods: 'a:foo y:foo', expect: 'a- b+ x! y-' },
  { name: 'policies: zone honours affinity, node ignores it', constraints: [ZONE, { key: 'node', affinity: 'Ignore' }], nodes: 'a zone=z1,node=a,foo;b zone=z1,node=b,foo;x zone=z2,node=x,foo;y zone=z2,node=y', spec: SELECT_FOO, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'policies: zone honours taints, node does not', constraints: [{ key: 'zone', taints: 'Honor' }, NODE], nodes: 'a zone=z1,node=a,foo;b zone=z1,node=b,foo;x zone=z2,node=x,foo;y zone=z2,node=y !', pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'policies: both honour affinity, neither taints', constraints: [ZONE, NODE], nodes: 'a zone=z1,node=a,foo;b zone=z1,node=b;x zone=z2,node=x,foo;y zone=z2,node=y,foo !', spec: SELECT_FOO, pods: 'a:foo b:foo y:foo', expect: 'a- b+ x+ y-' },
  { name: 'policies: zone honours both, node ignores both', constraints: [{ key: 'zone', taints: 'Honor' }, { key: 'node', affinity: 'Ignore' }], nodes: 'a zone=z1,node=a,foo;b zone=z1,node=b;x zone=z2,node=x,foo;y zone=z2,node=y,foo !', spec: SELECT_FOO, pods: 'a:foo b:foo y:foo', expect: 'a- b- x+ y-' },
  { name: 'two constraints on the zone, 2/1 and 3/3', constraints: [{ key: 'zone', on: 'bar' }, ZONE], labels: 'foo,bar', pods: 'a:foo,bar a:foo b:foo,bar y:foo y:foo,bar y:foo', expect: 'a- b- x+ y+' },
  { name: 'two constraints on the zone, 2/1 and 3/4', constraints: [{ key: 'zone', on: 'bar' }, ZONE], labels: 'foo,bar', pods: 'a:foo,bar a:foo b:foo,bar y:foo y:foo,bar y:foo y:foo', expect: 'a- b- x- y-' },
  { name: 'matchLabelKeys narrows the selector: 1/1', constraints: [{ key: 'zone', keys: ['bar'] }], labels: 'foo,bar=a', pods: 'a:foo a:foo,bar=a b:foo y:foo,bar=a y:bar', expect: 'a+ b+ x+ y+' },
  { name: 'matchLabelKeys with an empty selector: 3/2', constraints: [{ key: 'zone', on: {}, keys: ['foo'] }], labels: 'foo=a', pods: 'a:foo=a a:foo=a b:foo=a y:foo=a y:foo=a', expect: 'a- b- x+ y+' },
  { name: 'matchLabelKeys with no selector: nothing matches', constraints: [{ key: 'zone', on: null, keys: ['bar'] }], pods: 'a:foo=a a:foo=a b:foo=a y:foo=a y:foo=a', expect: 'a+ b+ x+ y+' },
  { name: 'a key of matchLabelKeys the pod does not have is ignored: 3/2', constraints: [{ key: 'zone', keys: ['bar'] }], pods: 'a:foo=a a:foo=a b:foo=a y:foo=a y:foo=a', expect: 'a- b- x+ y+' },
  { name: 'pods of another namespace do not count', constraints: [NODE], nodes: 'a node=a;b node=b', pods: 'ns1/a:foo ns1/a:foo b:foo', expect: 'a+ b-' },
];

interface ScoreRow {
  name: string; constraints?: Constraint[]; nodes: string; pods: string; labels?: string; spec?: Partial<Pod['spec']>; among?: string[]; others?: Others;
  expect: Record<string, number> | 'skip'; owner?: string;
}

function scored(row: ScoreRow): ConformanceCase {
  const pod = makePod('p', {
    labels: labelled(row.labels ?? 'foo'), ...(row.owner ? { owner: { kind: 'ReplicaSet', name: row.owner } } : {}),
    spec: { ...row.spec, ...(row.constraints ? { topologySpreadConstraints: row.constraints.map((c) => constraint(c, 'ScheduleAnyway')) as never } : {}) },
  });
  return { name: row.name, run: () => scoreAll(podTopologySpread, pod, makeCache(nodesOf(row.nodes), podsOf(row.pods)), makeLookups(row.others), row.among), expected: row.expect };
}

const H = (names: string, more = ''): string => names.split('').map((n) => `${n} ${HOST}=${n}${more}`).join(';');
const ABCD = H('abcd');
const ABXY = `a zone=z1,${HOST}=a;b zone=z1,${HOST}=b;x zone=z2,${HOST}=x;y zone=z2,${HOST}=y`;
const HOSTS: Constraint = { key: HOST };
const C_NODES = 'a node=a,foo;b node=b,foo;c node=c';
const C_PODS = 'a:foo a:foo b:foo c:foo';
const FOUR_THREE = 'a:foo a:foo a:foo a:foo b:foo b:foo b:foo c:foo c:foo d:foo';

const SCORE_ROWS: ScoreRow[] = [
  { name: 'no pods: all alike', constraints: [HOSTS], nodes: H('ab'), pods: '', expect: { a: 100, b: 100 } },
  { name: 'one candidate alone', constraints: [HOSTS], nodes: H('ab'), pods: 'a:foo a:foo b:foo b:foo', among: ['a'], expect: { a: 100 } },
  { name: 'the same number everywhere', constraints: [HOSTS], nodes: H('ab'), pods: 'a:foo b:foo', expect: { a: 100, b: 100 } },
  { name: 'hosts 2/1/0/3', constraints: [HOSTS], nodes: ABCD, pods: 'a:foo a:foo b:foo d:foo d:foo d:foo', expect: { a: 20, b: 60, c: 100, d: 0 } },
  { name: 'hosts 2/1/0/3, maxSkew 2', constraints: [{ key: HOST, skew: 2 }], nodes: ABCD, pods: 'a:foo a:foo b:foo d:foo d:foo d:foo', expect: { a: 33, b: 66, c: 100, d: 16 } },
  { name: 'hosts 4/3/2/1, maxSkew 3', constraints: [{ key: HOST, skew: 3 }], nodes: ABCD, pods: FOUR_THREE, expect: { a: 44, b: 66, c: 77, d: 100 } },
  { name: 'the defaults on nodes without zone, by a Service', nodes: ABCD, pods: FOUR_THREE, others: { services: [{ name: 's', selector: { foo: '' } }] }, expect: { a: 44, b: 66, c: 77, d: 100 } },
  { name: 'the defaults by the owning ReplicaSet', nodes: ABCD, pods: FOUR_THREE, owner: 'rs', others: { replicaSets: [{ name: 'rs', selector: { matchLabels: { foo: '' } } }] }, expect: { a: 44, b: 66, c: 77, d: 100 } },
  { name: 'the defaults need a Service or an owner that selects', nodes: ABCD, pods: FOUR_THREE, expect: 'skip' },
  { name: 'the defaults do not follow an owner that is gone', nodes: ABCD, pods: FOUR_THREE, owner: 'rs2', others: { replicaSets: [{ name: 'rs1', selector: { matchLabels: { foo: '' } } }] }, expect: 'skip' },
  { name: 'three of four are candidates: 4/2/1', constraints: [HOSTS], nodes: H('abxy'), pods: 'a:foo a:foo a:foo a:foo b:foo b:foo x:foo y:foo y:foo y:foo', among: ['a', 'b', 'x'], expect: { a: 33, b: 83, x: 100 } },
  { name: 'a candidate without the key scores 0', constraints: [HOSTS], nodes: `a ${HOST}=a;b n=b;x ${HOST}=x;y ${HOST}=y`, pods: 'a:foo a:foo a:foo a:foo b:foo b:foo x:foo y:foo y:foo y:foo', among: ['a', 'b', 'x'], expect: { a: 16, b: 0, x: 100 } },
  { name: 'a zone counts nodes that are no candidates', constraints: [ZONE], nodes: ABXY, pods: 'a:foo a:foo a:foo a:foo b:foo b:foo x:foo y:foo y:foo y:foo', among: ['a', 'b', 'x'], expect: { a: 75, b: 75, x: 100 } },
  { name: 'zone and host, two of four are candidates', constraints: [ZONE, HOSTS], nodes: ABXY, pods: 'a:foo a:foo b:foo x:foo x:foo y:foo y:foo y:foo y:foo', among: ['a', 'x'], expect: { a: 100, x: 63 } },
  { name: 'two constraints on the zone', constraints: [ZONE, { key: 'zone', on: 'bar' }], labels: 'foo,bar', nodes: 'a zone=z1;b zone=z1;x zone=z2;y zone=z2', pods: 'a:foo,bar a:foo b:foo,bar y:foo y:foo,bar y:foo', among: ['a', 'x'], expect: { a: 85, x: 100 } },
  { name: 'zone and host with different selectors', constraints: [ZONE, { key: HOST, on: 'bar' }], labels: 'foo,bar', nodes: ABXY, pods: 'a:foo b:foo,bar y:foo y:bar', expect: { a: 60, b: 20, x: 100, y: 60 } },
  { name: 'zone and host with different selectors, some without pods', constraints: [ZONE, { key: HOST, on: 'bar' }], labels: 'foo,bar', nodes: ABXY, pods: 'b:bar x:foo y:foo,bar', expect: { a: 100, b: 60, x: 40, y: 0 } },
  { name: 'zone and host with different selectors, three candidates', constraints: [ZONE, { key: HOST, on: 'bar' }], labels: 'foo,bar', nodes: ABXY, pods: 'a:foo b:foo,bar y:foo y:bar', among: ['a', 'b', 'x'], expect: { a: 50, b: 25, x: 100 } },
  { name: 'other namespaces do not count', constraints: [HOSTS], nodes: H('ab'), pods: 'ns1/a:foo a:foo b:foo b:foo', expect: { a: 100, b: 33 } },
  { name: 'pods being deleted do not count', constraints: [HOSTS], nodes: H('ab'), pods: 'a:foo~ b:foo', expect: { a: 100, b: 0 } },
  { name: 'minDomains does not matter to scores', constraints: [{ key: 'node', skew: 2, min: 10 }], nodes: 'a node=a;b node=b;c node=c', pods: 'a:foo a:foo b:foo b:foo c:foo', expect: { a: 75, b: 75, c: 100 } },
  { name: 'nodeAffinityPolicy Honor, node selector', constraints: [NODE], nodes: C_NODES, spec: SELECT_FOO, pods: C_PODS, expect: { a: 0, b: 33, c: 100 } },
  { name: 'nodeAffinityPolicy Ignore, node selector', constraints: [{ key: 'node', affinity: 'Ignore' }], nodes: C_NODES, spec: SELECT_FOO, pods: C_PODS, expect: { a: 66, b: 100, c: 100 } },
  { name: 'nodeAffinityPolicy Honor, node affinity', constraints: [NODE], nodes: C_NODES, spec: { affinity: AFFINITY_IN('foo', 'In', ['']) }, pods: C_PODS, expect: { a: 0, b: 33, c: 100 } },
  { name: 'nodeAffinityPolicy Ignore, node affinity', constraints: [{ key: 'node', affinity: 'Ignore' }], nodes: C_NODES, spec: { affinity: AFFINITY_IN('foo', 'In', ['']) }, pods: C_PODS, expect: { a: 66, b: 100, c: 100 } },
  { name: 'nodeTaintsPolicy Honor', constraints: [{ key: 'node', taints: 'Honor' }], nodes: 'a node=a;b node=b;c node=c !', pods: C_PODS, expect: { a: 0, b: 33, c: 100 } },
  { name: 'nodeTaintsPolicy Ignore', constraints: [NODE], nodes: 'a node=a;b node=b;c node=c !', pods: C_PODS, expect: { a: 66, b: 100, c: 100 } },
  { name: 'matchLabelKeys with empty selectors', constraints: [{ key: 'zone', on: {}, keys: ['foo'] }, { key: HOST, on: {}, keys: ['bar'] }], labels: 'foo,bar', nodes: `a zone=z1,${HOST}=a;b zone=z1,${HOST}=b;c zone=z2,${HOST}=c;d zone=z2,${HOST}=d`, pods: 'a:foo b:foo,bar c:foo c:bar', expect: { a: 60, b: 20, c: 60, d: 100 } },
  { name: 'matchLabelKeys beside a selector', constraints: [ZONE, { key: HOST, on: 'bar', keys: ['baz'] }], labels: 'foo,bar,baz', nodes: `a zone=z1,${HOST}=a;b zone=z1,${HOST}=b;c zone=z2,${HOST}=c;d zone=z2,${HOST}=d`, pods: 'a:foo b:foo,bar,baz c:foo c:bar c:bar,baz', expect: { a: 60, b: 20, c: 60, d: 100 } },
];

export const schedulerSpreadFilterCases: CaseArea = {
  area: 'topology spread: filtering', source: 'pkg/scheduler/framework/plugins/podtopologyspread/filtering_test.go', cases: FILTER_ROWS.map(filtered),
};
export const schedulerSpreadScoreCases: CaseArea = {
  area: 'topology spread: scoring', source: 'pkg/scheduler/framework/plugins/podtopologyspread/scoring_test.go', cases: SCORE_ROWS.map(scored),
};

const BY_REPLICA_SET = { labels: { foo: '' }, owner: { kind: 'ReplicaSet', name: 'rs' } };
const RS_FOO: Others = { replicaSets: [{ name: 'rs', selector: { matchLabels: { foo: '' } } }] };
const formerly = (nodes: string, pods: string): unknown =>
  scoreAll(podTopologySpread, makePod('p', BY_REPLICA_SET), makeCache(nodesOf(nodes), podsOf(pods)), makeLookups(RS_FOO), undefined, { defaultSpreadNeedsAllKeys: true });
const ZONED = (names: string): string => H(names, ',topology.kubernetes.io/zone=z');

export const schedulerFormerSpreadCases: CaseArea = {
  area: 'topology spread: the defaults from 1.19 to 1.22', source: 'pkg/scheduler/framework/plugins/podtopologyspread/scoring.go (initPreScoreState of 1.20); kubernetes/kubernetes#105046',
  cases: [
    { name: 'nodes without zone are all the same, however many pods of the set they have', run: () => formerly(ABCD, FOUR_THREE), expected: { a: 0, b: 0, c: 0, d: 0 } },
    { name: 'nodes with host name and zone are spread over', run: () => formerly(ZONED('abcd'), FOUR_THREE), expected: { a: 79, b: 87, c: 91, d: 100 } },
    { name: 'a node without zone comes last among nodes with one', run: () => formerly(`a ${HOST}=a;${ZONED('bc')}`, 'b:foo'), expected: { a: 0, b: 87, c: 100 } },
  ],
};
