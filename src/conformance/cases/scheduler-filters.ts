/** Scheduler filters: taints, cordons, node affinity, host ports, resources. */
import type { Pod, Taint, Toleration } from '../../sim/api/types.ts';
import { nodeAffinity } from '../../sim/controlplane/scheduler/plugins/nodeaffinity.ts';
import { nodeName } from '../../sim/controlplane/scheduler/plugins/nodename.ts';
import { nodePorts } from '../../sim/controlplane/scheduler/plugins/nodeports.ts';
import { nodeResourcesFit } from '../../sim/controlplane/scheduler/plugins/noderesourcesfit.ts';
import { nodeUnschedulable } from '../../sim/controlplane/scheduler/plugins/nodeunschedulable.ts';
import { taintToleration } from '../../sim/controlplane/scheduler/plugins/tainttoleration.ts';
import { filterAll, makeCache, makeNode, makePod, type NodeParts } from '../../sim/controlplane/scheduler/testkit.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

// ---- taints: `key=value:Effect`; tolerations: `key=value:Effect`, `key:Effect` (Exists), `=value` parts may
// be empty

const taints = (text: string): Taint[] => text.split(' ').filter((t) => t !== '').map((t) => {
  const [pair, effect] = t.split(':') as [string, string];
  const [key, value] = pair.split('=') as [string, string?];
  return { key, ...(value === undefined ? {} : { value }), effect } as Taint;
});

const tolerations = (text: string): Toleration[] => text.split(' ').filter((t) => t !== '').map((t) => {
  const [pair, effect] = t.split(':') as [string, string?];
  const [key, value] = pair.split('=') as [string, string?];
  return { ...(key === '*' ? {} : { key }), operator: value === undefined ? 'Exists' : 'Equal', ...(value === undefined ? {} : { value }), ...(effect ? { effect } : {}) } as Toleration;
});

const UNTOLERATED = '!node(s) had untolerated taint(s)';
const TAINT_ROWS: [name: string, tolerations: string, taints: string, answer: string][] = [
  ['no toleration', '', 'dedicated=user1:NoSchedule', UNTOLERATED],
  ['equal key, value and effect', 'dedicated=user1:NoSchedule', 'dedicated=user1:NoSchedule', 'fits'],
  ['another value', 'dedicated=user2:NoSchedule', 'dedicated=user1:NoSchedule', UNTOLERATED],
  ['Exists takes any value', 'foo:NoSchedule', 'foo=bar:NoSchedule', 'fits'],
  ['several taints, all tolerated', 'dedicated=user2:NoSchedule foo:NoSchedule', 'dedicated=user2:NoSchedule foo=bar:NoSchedule', 'fits'],
  ['several taints, one not tolerated', 'foo:NoSchedule', 'dedicated=user2:NoSchedule foo=bar:NoSchedule', UNTOLERATED],
  ['another effect', 'foo=bar:PreferNoSchedule', 'foo=bar:NoSchedule', UNTOLERATED],
  ['no effect means every effect', 'foo=bar', 'foo=bar:NoSchedule', 'fits'],
  ['PreferNoSchedule keeps nobody away', 'dedicated=user2:NoSchedule', 'dedicated=user1:PreferNoSchedule', 'fits'],
  ['PreferNoSchedule keeps nobody away, without tolerations', '', 'dedicated=user1:PreferNoSchedule', 'fits'],
  ['NoExecute keeps away too', '', 'node.kubernetes.io/unreachable:NoExecute', UNTOLERATED],
  ['an empty key with Exists tolerates everything', '*', 'foo=bar:NoSchedule x:NoExecute', 'fits'],
];

// ---- cordons

const CORDON = '!node(s) were unschedulable';
const CORDON_ROWS: [name: string, cordoned: boolean, tolerations: string, answer: string][] = [
  ['a cordoned node', true, '', CORDON],
  ['a node that is not', false, '', 'fits'],
  ['the taint of the cordon is tolerated', true, 'node.kubernetes.io/unschedulable:NoSchedule', 'fits'],
];

// ---- node affinity: expressions `key op a,b`, joined by `&`; terms joined by `|`; `@` before a key of
// matchFields

const requirement = (text: string): object => {
  const [key, operator, values] = text.trim().split(' ') as [string, string, string?];
  return { key: key.replace('@', ''), operator, ...(values === undefined ? {} : { values: values.split(',') }) };
};
const terms = (text: string): object[] => text.split('|').map((term) => {
  const parts = term.split('&').map((p) => p.trim()).filter((p) => p !== '');
  return { matchExpressions: parts.filter((p) => !p.startsWith('@')).map(requirement), matchFields: parts.filter((p) => p.startsWith('@')).map(requirement) };
});

const NOT_MATCHED = "!node(s) didn't match Pod's node affinity/selector";
const CONFLICT = '!pod affinity terms conflict';
const NAME = '@metadata.name';

interface AffinityRow { name: string; selector?: Record<string, string>; terms?: string; labels?: Record<string, string>; node?: string; answer: string }
const FOO = { foo: 'bar' };
const GPU = { GPU: 'NVIDIA-GRID-K1' };
const AFFINITY_ROWS: AffinityRow[] = [
  { name: 'nodeSelector: no labels', selector: FOO, answer: NOT_MATCHED },
  { name: 'nodeSelector: same labels', selector: FOO, labels: FOO, answer: 'fits' },
  { name: 'nodeSelector: the node has more labels', selector: FOO, labels: { ...FOO, baz: 'blah' }, answer: 'fits' },
  { name: 'nodeSelector: the node has fewer labels', selector: { ...FOO, baz: 'blah' }, labels: FOO, answer: NOT_MATCHED },
  { name: 'In', terms: 'foo In bar,value2', labels: FOO, answer: 'fits' },
  { name: 'In, none of the values', terms: 'foo In value1,value2', labels: FOO, answer: NOT_MATCHED },
  { name: 'Gt', terms: 'kernel-version Gt 0204', labels: { 'kernel-version': '0206' }, answer: 'fits' },
  { name: 'Gt, not greater', terms: 'kernel-version Gt 0206', labels: { 'kernel-version': '0206' }, answer: NOT_MATCHED },
  { name: 'Lt', terms: 'cores Lt 8', labels: { cores: '4' }, answer: 'fits' },
  { name: 'Gt of a label that is no number', terms: 'cores Gt 2', labels: { cores: 'many' }, answer: NOT_MATCHED },
  { name: 'NotIn', terms: 'mem-type NotIn DDR,DDR2', labels: { 'mem-type': 'DDR3' }, answer: 'fits' },
  { name: 'NotIn takes a node without the label', terms: 'mem-type NotIn DDR', answer: 'fits' },
  { name: 'Exists', terms: 'GPU Exists', labels: GPU, answer: 'fits' },
  { name: 'DoesNotExist', terms: 'GPU DoesNotExist', labels: GPU, answer: NOT_MATCHED },
  { name: 'a term without requirements matches nothing', terms: '', labels: FOO, answer: NOT_MATCHED },
  { name: 'a value no label can have', terms: 'foo NotIn ___@#$%^', labels: FOO, answer: NOT_MATCHED },
  { name: 'no affinity', labels: FOO, answer: 'fits' },
  { name: 'requirements of a term must all hold', terms: 'GPU Exists & GPU NotIn AMD,INTER', labels: GPU, answer: 'fits' },
  { name: 'one requirement of a term fails', terms: 'GPU Exists & GPU In AMD,INTER', labels: GPU, answer: NOT_MATCHED },
  { name: 'any term will do', terms: 'foo In bar,value2 | diffkey In wrong,value2', labels: FOO, answer: 'fits' },
  { name: 'affinity and nodeSelector, both hold', selector: FOO, terms: 'foo Exists', labels: FOO, answer: 'fits' },
  { name: 'affinity holds, nodeSelector does not', selector: FOO, terms: 'foo Exists', labels: { foo: 'barrrrrr' }, answer: NOT_MATCHED },
  { name: 'matchFields names the node', terms: `${NAME} In node1`, node: 'node1', answer: 'fits' },
  { name: 'matchFields names another node', terms: `${NAME} In node1`, node: 'node2', answer: NOT_MATCHED },
  { name: 'one term names another node, the other matches', terms: `${NAME} In node1 | foo In bar`, node: 'node2', labels: FOO, answer: 'fits' },
  { name: 'one term: field does not match, expression does', terms: `${NAME} In node1 & foo In bar`, node: 'node2', labels: FOO, answer: NOT_MATCHED },
  { name: 'one term: both match', terms: `${NAME} In node1 & foo In bar`, node: 'node1', labels: FOO, answer: 'fits' },
  { name: 'two terms: neither matches', terms: `${NAME} In node1 | foo In not-match-to-bar`, node: 'node2', labels: FOO, answer: NOT_MATCHED },
  { name: 'one term that names two different nodes', terms: `${NAME} In node1 & ${NAME} In node2`, node: 'node2', labels: FOO, answer: CONFLICT },
];

// ---- host ports: `protocol/ip/port`

const ports = (text: string): Pod['spec']['containers'] => text.split(' ').filter((t) => t !== '').map((t, i) => {
  const [protocol, hostIP, port] = t.split('/') as [string, string, string];
  return { name: `c${i}`, image: 'i', ports: [{ containerPort: Number(port), hostPort: Number(port), hostIP, protocol: protocol as 'TCP' }] };
});
const TAKEN = "node(s) didn't have free ports for the requested pod ports";
const PORT_ROWS: [name: string, wanted: string, used: string, answer: string][] = [
  ['none wanted', '', '', 'fits'],
  ['another port', 'UDP/127.0.0.1/8080', 'UDP/127.0.0.1/9090', 'fits'],
  ['the same UDP port', 'UDP/127.0.0.1/8080', 'UDP/127.0.0.1/8080', TAKEN],
  ['the same TCP port', 'TCP/127.0.0.1/8080', 'TCP/127.0.0.1/8080', TAKEN],
  ['another address', 'TCP/127.0.0.1/8080', 'TCP/127.0.0.2/8080', 'fits'],
  ['another protocol', 'UDP/127.0.0.1/8080', 'TCP/127.0.0.1/8080', 'fits'],
  ['the second of two', 'UDP/127.0.0.1/8000 UDP/127.0.0.1/8080', 'UDP/127.0.0.1/8080', TAKEN],
  ['two of each protocol', 'TCP/127.0.0.1/8001 UDP/127.0.0.1/8080', 'TCP/127.0.0.1/8001 UDP/127.0.0.1/8081', TAKEN],
  ['any address wanted', 'TCP/0.0.0.0/8001', 'TCP/127.0.0.1/8001', TAKEN],
  ['any address wanted, beside a free port', 'TCP/10.0.10.10/8001 TCP/0.0.0.0/8001', 'TCP/127.0.0.1/8001', TAKEN],
  ['any address used', 'TCP/127.0.0.1/8001', 'TCP/0.0.0.0/8001', TAKEN],
  ['any address used, another protocol', 'TCP/127.0.0.1/8001', 'UDP/0.0.0.0/8001', 'fits'],
  ['any address used, UDP', 'UDP/127.0.0.1/8001', 'TCP/0.0.0.0/8001 UDP/0.0.0.0/8001', TAKEN],
];

// ---- resources: a node of 10m CPU, 20 bytes, 32 pods, 5 of an extended resource, 20 of storage, unless told

interface FitRow {
  name: string; wants: (number | Record<string, string | number>)[]; init?: Record<string, string | number>[]; sidecars?: boolean; overhead?: Record<string, string | number>;
  used?: Record<string, string | number>[]; node?: Record<string, string | number>; answer: string;
}
const EXT = 'example.com/aaa';
const r = (milli: number, memory: number, more: Record<string, string | number> = {}): Record<string, string | number> => ({ cpu: `${milli}m`, memory, ...more });
const NODE = { cpu: '10m', memory: 20, pods: 32, [EXT]: 5, 'ephemeral-storage': 20, 'hugepages-2Mi': 5 };
const FIT_ROWS: FitRow[] = [
  { name: 'nothing requested always fits', wants: [{}], used: [r(10, 20)], answer: 'fits' },
  { name: 'too much of both', wants: [r(1, 1)], used: [r(10, 20)], answer: 'Insufficient cpu; Insufficient memory' },
  { name: 'too much CPU for init containers', wants: [r(1, 1)], init: [r(3, 1)], used: [r(8, 19)], answer: 'Insufficient cpu' },
  { name: 'the largest init container counts', wants: [r(1, 1)], init: [r(3, 1), r(2, 1)], used: [r(8, 19)], answer: 'Insufficient cpu' },
  { name: 'too much memory for an init container', wants: [r(1, 1)], init: [r(1, 3)], used: [r(9, 19)], answer: 'Insufficient memory' },
  { name: 'init containers run before, not beside', wants: [r(1, 1)], init: [r(1, 1)], used: [r(9, 19)], answer: 'fits' },
  { name: 'init containers run one after the other', wants: [r(1, 1)], init: [r(1, 1), r(1, 1)], used: [r(9, 19)], answer: 'fits' },
  { name: 'both fit', wants: [r(1, 1)], used: [r(5, 5)], answer: 'fits' },
  { name: 'one resource fits, memory not', wants: [r(1, 2)], used: [r(5, 19)], answer: 'Insufficient memory' },
  { name: 'one resource fits, CPU not', wants: [r(2, 1)], used: [r(9, 5)], answer: 'Insufficient cpu' },
  { name: 'exactly full', wants: [r(5, 1)], used: [r(5, 19)], answer: 'fits' },
  { name: 'exactly full by an init container', wants: [r(4, 1)], init: [r(5, 1)], used: [r(5, 19)], answer: 'fits' },
  { name: 'extended resource fits', wants: [{ [EXT]: 1 }], used: [{}], answer: 'fits' },
  { name: 'extended resource beyond the node: nothing would help', wants: [r(1, 1, { [EXT]: 10 })], used: [r(0, 0)], answer: `!Insufficient ${EXT}` },
  { name: 'extended resource beyond what is left', wants: [r(1, 1, { [EXT]: 1 })], used: [r(0, 0, { [EXT]: 5 })], answer: `Insufficient ${EXT}` },
  { name: 'extended resource of an init container beyond what is left', wants: [{}], init: [r(1, 1, { [EXT]: 1 })], used: [r(0, 0, { [EXT]: 5 })], answer: `Insufficient ${EXT}` },
  { name: 'extended resource over several containers', wants: [r(1, 1, { [EXT]: 3 }), r(1, 1, { [EXT]: 3 })], used: [r(0, 0, { [EXT]: 2 })], answer: `!Insufficient ${EXT}` },
  { name: 'extended resource over several init containers', wants: [{}], init: [r(1, 1, { [EXT]: 3 }), r(1, 1, { [EXT]: 3 })], used: [r(0, 0, { [EXT]: 2 })], answer: 'fits' },
  { name: 'extended resource the node does not know', wants: [r(1, 1, { 'example.com/bbb': 1 })], used: [r(0, 0)], answer: '!Insufficient example.com/bbb' },
  { name: 'huge pages', wants: [r(1, 1, { 'hugepages-2Mi': 5 })], used: [r(0, 0)], answer: 'fits' },
  { name: 'huge pages beyond the node', wants: [r(1, 1, { 'hugepages-2Mi': 6 })], used: [r(0, 0)], answer: '!Insufficient hugepages-2Mi' },
  { name: 'overhead fits', wants: [r(1, 1)], overhead: r(3, 13), used: [r(5, 5)], answer: 'fits' },
  { name: 'overhead makes memory too little', wants: [r(1, 1)], overhead: r(1, 15), used: [r(5, 5)], answer: 'Insufficient memory' },
  { name: 'sidecars count beside the containers', wants: [r(1, 1)], init: [r(2, 1)], sidecars: true, used: [r(8, 18)], answer: 'Insufficient cpu' },
  { name: 'sidecars count beside later init containers', wants: [{}], init: [r(2, 1), r(1, 1)], sidecars: true, used: [r(8, 18)], answer: 'Insufficient cpu' },
  { name: 'ephemeral storage fits', wants: [r(1, 1, { 'ephemeral-storage': 10 })], used: [r(1, 1)], answer: 'fits' },
  { name: 'ephemeral storage beyond what is left', wants: [{ 'ephemeral-storage': 10 }], used: [r(1, 1, { 'ephemeral-storage': 15 })], answer: 'Insufficient ephemeral-storage' },
  { name: 'ephemeral storage beyond the node', wants: [{ 'ephemeral-storage': 25 }], used: [{}], answer: '!Insufficient ephemeral-storage' },
  { name: 'CPU beyond the node: nothing would help', wants: [r(11, 1)], used: [{}], answer: '!Insufficient cpu' },
  { name: 'no more pods, though nothing is requested', wants: [{}], used: [r(10, 20)], node: { ...NODE, pods: 1 }, answer: 'Too many pods' },
  { name: 'no more pods, and more', wants: [r(1, 1)], used: [r(10, 20)], node: { ...NODE, pods: 1 }, answer: 'Too many pods; Insufficient cpu; Insufficient memory' },
  { name: 'room for pods, no resources on the node', wants: [{}], used: [], node: { pods: 1 }, answer: 'fits' },
];

const container = (requests: unknown, name: string): Pod['spec']['containers'][number] => ({ name, image: 'i', resources: { requests: requests as Record<string, string> } });

function fit(row: FitRow): ConformanceCase {
  const pod = makePod('p', { spec: {
    containers: row.wants.map((w, i) => container(w, `c${i}`)),
    ...(row.init ? { initContainers: row.init.map((w, i) => ({ ...container(w, `i${i}`), ...(row.sidecars && i === 0 ? { restartPolicy: 'Always' } : {}) })) } : {}),
    ...(row.overhead ? { overhead: row.overhead as Record<string, string> } : {}),
  } });
  const used = (row.used ?? []).map((u, i) => makePod(`u${i}`, { node: 'n', requests: u }));
  return { name: row.name, run: () => filterAll(nodeResourcesFit, pod, makeCache([makeNode('n', { allocatable: row.node ?? NODE })], used))['n'], expected: row.answer };
}

const on = (parts: NodeParts, name = 'n'): ReturnType<typeof makeCache> => makeCache([makeNode(name, parts)]);
const dir = 'pkg/scheduler/framework/plugins';

export const schedulerTaintCases: CaseArea = {
  area: 'taint toleration: filtering', source: `${dir}/tainttoleration/taint_toleration_test.go`,
  cases: TAINT_ROWS.map(([name, tolerated, tainted, expected]) => ({
    name, expected, run: () => filterAll(taintToleration, makePod('p', { spec: { tolerations: tolerations(tolerated) } }), on({ taints: taints(tainted) }))['n'],
  })),
};

export const schedulerNodeCases: CaseArea = {
  area: 'cordoned and named nodes', source: `${dir}/nodeunschedulable/node_unschedulable_test.go, ${dir}/nodename/node_name_test.go`,
  cases: [
    ...CORDON_ROWS.map(([name, cordoned, tolerated, expected]) => ({
      name, expected, run: () => filterAll(nodeUnschedulable, makePod('p', { spec: { tolerations: tolerations(tolerated) } }), on({ unschedulable: cordoned }))['n'],
    })),
    ...([['no host wanted', undefined, 'fits'], ['the host wanted', 'foo', 'fits'], ['another host wanted', 'bar', "!node(s) didn't match the requested node name"]] as const)
      .map(([name, wanted, expected]) => ({
        name, expected, run: () => filterAll(nodeName, makePod('p', wanted === undefined ? {} : { node: wanted }), on({}, 'foo'))['foo'],
      })),
  ],
};

export const schedulerNodeAffinityCases: CaseArea = {
  area: 'node affinity: filtering', source: `${dir}/nodeaffinity/node_affinity_test.go`,
  cases: AFFINITY_ROWS.map((row) => ({
    name: row.name, expected: row.answer,
    run: () => {
      const pod = makePod('p', { spec: {
        ...(row.selector ? { nodeSelector: row.selector } : {}),
        ...(row.terms === undefined ? {} : { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms(row.terms) as never } } } }),
      } });
      const name = row.node ?? 'n';
      return filterAll(nodeAffinity, pod, on({ labels: row.labels ?? {} }, name))[name];
    },
  })),
};

export const schedulerPortCases: CaseArea = {
  area: 'host ports', source: `${dir}/nodeports/node_ports_test.go`,
  cases: PORT_ROWS.map(([name, wanted, used, expected]) => ({
    name, expected,
    run: () => {
      const spec = (text: string): Partial<Pod['spec']> => (text === '' ? {} : { containers: ports(text) });
      return filterAll(nodePorts, makePod('p', { spec: spec(wanted) }), makeCache([makeNode('n')], [makePod('u', { node: 'n', spec: spec(used) })]))['n'];
    },
  })),
};

export const schedulerFitCases: CaseArea = { area: 'resources fit', source: `${dir}/noderesources/fit_test.go`, cases: FIT_ROWS.map(fit) };
