/** DaemonSets: which nodes, which pods of them, and their updates. */
import type { DaemonSet, Node, Pod, Toleration } from '../../sim/api/types.ts';
import { daemonSetController } from '../../sim/controlplane/daemonset/daemonset.ts';
import { affinityForNode, daemonTolerations, nodeChangeMatters, nodeFit, targetNode } from '../../sim/controlplane/daemonset/nodes.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { template, workload } from '../../sim/harness/objects.ts';
import { addNode, converge, edit, playNodes, setPod } from '../../sim/harness/play.ts';
import type { CaseArea } from './area.ts';

type Taint = { key: string; value?: string; effect: string };
const node = (labels: Record<string, string> = {}, taints: Taint[] = [], more: object = {}): Node =>
  ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'test-node', labels }, spec: { ...(taints.length === 0 ? {} : { taints }), ...more }, status: {} }) as unknown as Node;
const daemon = (spec: object = {}): DaemonSet => ({ metadata: { name: 'ds', namespace: 'default' }, spec: { template: { metadata: {}, spec: { containers: [], ...spec } } } }) as unknown as DaemonSet;
const required = (...terms: object[]): object => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } });
const isIn = (key: string, ...values: string[]): object => ({ key, operator: 'In', values });
const labels = { name: 'simple-daemon', type: 'production' };
const taint = (effect: string, key = 'dedicated', value = 'a'): Taint => ({ key, value, effect });
const tolerate = (effect: string): object => ({ tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'a', effect }] });

/** What, daemon spec, node, shouldRun and mayStay. */
const FITS: readonly (readonly [string, object, Node, boolean, boolean])[] = [
  ['anything goes anywhere', {}, node(labels), true, true],
  ['resources are the scheduler\'s matter', { containers: [{ name: 'c', resources: { requests: { memory: '200M', cpu: '64' } } }] }, node(labels), true, true],
  ['host ports are the scheduler\'s matter', { containers: [{ name: 'c', ports: [{ containerPort: 666, hostPort: 666 }] }] }, node(labels), true, true],
  ['another node is named', { nodeName: 'other-node' }, node(labels), false, false],
  ['this node is named', { nodeName: 'test-node' }, node(labels), true, true],
  ['the node selector does not match', { nodeSelector: { name: 'other' } }, node(labels), false, false],
  ['the node selector matches', { nodeSelector: { name: 'simple-daemon' } }, node(labels), true, true],
  ['the affinity does not match', required({ matchExpressions: [isIn('type', 'test')] }), node(labels), false, false],
  ['the affinity matches', required({ matchExpressions: [isIn('type', 'production')] }), node(labels), true, true],
  ['one of two affinity terms matches', required({ matchExpressions: [isIn('type', 'test')] }, { matchExpressions: [isIn('name', 'simple-daemon')] }), node(labels), true, true],
  ['the affinity is by name', required({ matchFields: [isIn('metadata.name', 'test-node')] }), node(labels), true, true],
  ['the affinity is by another name', required({ matchFields: [isIn('metadata.name', 'other')] }), node(labels), false, false],
  ['selector and affinity must both match', { nodeSelector: { name: 'other' }, ...required({ matchExpressions: [isIn('type', 'production')] }) }, node(labels), false, false],
  ['a preferred affinity does not decide', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [isIn('type', 'x')] } }] } } }, node(labels), true, true],
  ['the node is cordoned', {}, node(labels, [taint('NoSchedule', 'node.kubernetes.io/unschedulable', '')], { unschedulable: true }), true, true],
  ['the node is not ready', {}, node(labels, [taint('NoExecute', 'node.kubernetes.io/not-ready', '')]), true, true],
  ['the node is unreachable', {}, node(labels, [taint('NoExecute', 'node.kubernetes.io/unreachable', ''), taint('NoSchedule', 'node.kubernetes.io/unreachable', '')]), false, true],
  ['the node has no disk left', {}, node(labels, [taint('NoSchedule', 'node.kubernetes.io/disk-pressure', '')]), true, true],
  ['the node has no memory left', {}, node(labels, [taint('NoSchedule', 'node.kubernetes.io/memory-pressure', '')]), true, true],
  ['the node has no process ids left', {}, node(labels, [taint('NoSchedule', 'node.kubernetes.io/pid-pressure', '')]), true, true],
  ['the network is not there', {}, node(labels, [taint('NoSchedule', 'node.kubernetes.io/network-unavailable', '')]), false, true],
  ['the network is not there, host network', { hostNetwork: true }, node(labels, [taint('NoSchedule', 'node.kubernetes.io/network-unavailable', '')]), true, true],
  ['NoSchedule is not tolerated', {}, node(labels, [taint('NoSchedule')]), false, true],
  ['NoSchedule is tolerated', tolerate('NoSchedule'), node(labels, [taint('NoSchedule')]), true, true],
  ['PreferNoSchedule does not decide', {}, node(labels, [taint('PreferNoSchedule')]), true, true],
  ['NoExecute is not tolerated', {}, node(labels, [taint('NoExecute')]), false, false],
  ['NoExecute is tolerated', tolerate('NoExecute'), node(labels, [taint('NoExecute')]), true, true],
  ['NoExecute is tolerated, NoSchedule is not', tolerate('NoExecute'), node(labels, [taint('NoExecute'), taint('NoSchedule')]), false, true],
  ['NoSchedule is tolerated, NoExecute is not', tolerate('NoSchedule'), node(labels, [taint('NoExecute'), taint('NoSchedule')]), false, false],
  ['any taint is tolerated', { tolerations: [{ operator: 'Exists' }] }, node(labels, [taint('NoExecute'), taint('NoSchedule', 'x')]), true, true],
];

const NODE_CHANGES: readonly (readonly [string, Node, Node, boolean])[] = [
  ['nothing', node(), node(), false], ['labels', node(), node({ a: 'b' }), true], ['taints', node({}, [taint('NoSchedule')]), node(), true],
  ['what it holds', node(), { ...node(), status: { allocatable: { cpu: '200m' } } } as unknown as Node, false],
];

const NODES = ['n1', 'n2', 'n3'];
function cluster(spec: Record<string, unknown> = {}, nodes = NODES): Harness {
  const h = harness([daemonSetController]);
  for (const n of nodes) addNode(h, n);
  h.api.create(workload('DaemonSet', 'agent', spec));
  return h;
}
const settled = (spec: Record<string, unknown> = {}, nodes = NODES): Harness => {
  const h = cluster(spec, nodes);
  converge(h, nodes);
  h.writes.length = 0;
  return h;
};
const rolling = (maxUnavailable: number | string, maxSurge: number | string = 0): Record<string, unknown> =>
  ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } } });
const count = (h: Harness, verb: string): number => h.writes.filter((w) => w.verb === verb && w.kind === 'Pod').length;
const next = template({ app: 'agent' }, 'nginx:1.16');
const status = (h: Harness): DaemonSet['status'] => h.list('DaemonSet')[0]!.status;
const numbers = (h: Harness): number[] => {
  const s = status(h);
  return [s.desiredNumberScheduled, s.currentNumberScheduled, s.numberMisscheduled, s.numberReady, s.numberAvailable ?? 0, s.numberUnavailable ?? 0, s.updatedNumberScheduled ?? 0];
};
const relabel = (h: Harness, name: string, l: Record<string, string>): void => {
  const n = h.api.get('Node', '', name);
  h.api.update<Node>({ ...n, metadata: { ...n.metadata, labels: l } });
};

/** The first step of an update of five nodes: maxUnavailable, maxSurge, deleted, created. */
const FIRST_STEPS: readonly (readonly [number | string, number | string, number, number])[] = [
  [1, 0, 1, 0], [2, 0, 2, 0], ['40%', 0, 2, 0], ['41%', 0, 3, 0], [10, 0, 5, 0], [0, 1, 0, 1], [0, 2, 0, 2], [0, '20%', 0, 1], [0, '21%', 0, 2], [0, 10, 0, 5],
];
const FIVE = ['n1', 'n2', 'n3', 'n4', 'n5'];

export const daemonSetCases: CaseArea = {
  area: 'daemon-set node selection and updates',
  source: 'pkg/controller/daemon/daemon_controller_test.go, update_test.go, util/daemonset_util_test.go',
  cases: [
    ...FITS.map(([name, spec, n, shouldRun, mayStay]) => ({ name: `fits: ${name}`, run: () => nodeFit(daemon(spec))(n), expected: { shouldRun, mayStay } })),
    ...NODE_CHANGES.map(([name, old, now, expected]) => ({ name: `a node's change that matters: ${name}`, run: () => nodeChangeMatters(old, now), expected })),
    {
      name: 'tolerations of every daemon pod',
      run: () => daemonTolerations({ containers: [] }).map((t) => `${t.key}:${t.effect}`),
      expected: ['not-ready:NoExecute', 'unreachable:NoExecute', 'disk-pressure:NoSchedule', 'memory-pressure:NoSchedule', 'pid-pressure:NoSchedule', 'unschedulable:NoSchedule']
        .map((t) => `node.kubernetes.io/${t}`),
    },
    {
      name: 'the template\'s own tolerations come first and are not doubled',
      run: () => daemonTolerations({
        containers: [], tolerations: [{ key: 'x', operator: 'Exists' }, { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }] as Toleration[],
      }).length,
      expected: 7,
    },
    {
      name: 'bound to a node without an affinity', run: () => affinityForNode(undefined, 'n'),
      expected: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [isIn('metadata.name', 'n')] }] } } },
    },
    {
      name: 'bound to a node: the required part is replaced, the rest stays',
      run: () => affinityForNode({ nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [isIn('a', 'b')] }, { matchFields: [isIn('metadata.name', 'x')] }] },
        preferredDuringSchedulingIgnoredDuringExecution: [],
      } } as never, 'n'),
      expected: { nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [isIn('metadata.name', 'n')] }] }, preferredDuringSchedulingIgnoredDuringExecution: [],
      } },
    },
    ...([[{ nodeName: 'n' }, 'n'], [required({ matchFields: [isIn('metadata.name', 'n')] }), 'n'], [required({ matchExpressions: [isIn('metadata.name', 'n')] }), ''], [{}, '']] as const)
      .map(([spec, expected], i) => ({ name: `the node a pod is meant for, ${i + 1}`, run: () => targetNode({ spec } as unknown as Pod), expected })),
    { name: 'one pod a node', run: () => numbers(settled()), expected: [3, 3, 0, 3, 3, 0, 3] },
    {
      name: 'a new node gets its pod', expected: [4, 4, 0, 4, 4, 0, 4],
      run: () => {
        const h = settled();
        addNode(h, 'n4');
        converge(h, NODES);
        return numbers(h);
      },
    },
    {
      name: 'a node that stops matching loses its pod, one that starts gets one', expected: ['n3'],
      run: () => {
        const h = harness([daemonSetController]);
        for (const n of NODES) addNode(h, n, n === 'n1' ? { disk: 'ssd' } : {});
        h.api.create(workload('DaemonSet', 'agent', { template: { ...next, spec: { ...next.spec, nodeSelector: { disk: 'ssd' } } } }));
        converge(h, NODES);
        relabel(h, 'n1', {});
        relabel(h, 'n3', { disk: 'ssd' });
        converge(h, NODES);
        return h.list('Pod').map((p) => p.spec.nodeName);
      },
    },
    {
      name: 'while the pod goes, its node counts as misplaced', expected: [2, 2, 1, 2, 2, 0, 2],
      run: () => {
        const h = harness([daemonSetController]);
        for (const n of NODES) addNode(h, n, { disk: 'ssd' });
        h.api.create(workload('DaemonSet', 'agent', { template: { ...next, spec: { ...next.spec, nodeSelector: { disk: 'ssd' } } } }));
        converge(h, NODES);
        relabel(h, 'n1', {});
        h.pass(0);
        return numbers(h);
      },
    },
    {
      name: 'a taint that comes drives no running pod out unless it is NoExecute', expected: [3, 2],
      run: () => {
        const h = settled();
        const n = h.api.get('Node', '', 'n1');
        h.api.update<Node>({ ...n, spec: { ...n.spec, taints: [taint('NoSchedule')] } as Node['spec'] });
        converge(h, NODES);
        const before = h.list('Pod').length;
        const again = h.api.get('Node', '', 'n1');
        h.api.update<Node>({ ...again, spec: { ...again.spec, taints: [taint('NoExecute')] } as Node['spec'] });
        converge(h, NODES);
        return [before, h.list('Pod').length];
      },
    },
    {
      name: 'a deleted pod comes back once it is gone', expected: [0, 1],
      run: () => {
        const h = settled();
        h.api.delete('Pod', 'default', h.list('Pod')[0]!.metadata.name);
        h.pass(0);
        const before = count(h, 'create');
        converge(h, NODES);
        return [before, count(h, 'create')];
      },
    },
    {
      name: 'a failed pod is deleted, and told of', expected: ['FailedDaemonPod', 1],
      run: () => {
        const h = settled();
        h.events.length = 0;
        setPod(h, h.list('Pod')[0]!, 'Failed', false);
        h.pass(0);
        return [h.events[0]?.reason, count(h, 'delete')];
      },
    },
    {
      name: 'the second failure on a node waits a second', expected: [1, 1, 2],
      run: () => {
        const h = settled({}, ['n1']);
        const fail = (): void => {
          setPod(h, h.list('Pod')[0]!, 'Failed', false);
          h.pass(0);
        };
        fail();
        const first = h.events.filter((e) => e.reason === 'FailedDaemonPod').length;
        playNodes(h, ['n1']);
        h.run();
        playNodes(h, ['n1']);
        fail();
        const second = h.events.filter((e) => e.reason === 'FailedDaemonPod').length;
        h.pass(1000);
        return [first, second, h.events.filter((e) => e.reason === 'FailedDaemonPod').length];
      },
    },
    {
      name: 'of two pods on a node the older stays', expected: [1, true],
      run: () => {
        const h = settled({}, ['n1']);
        const first = h.list('Pod')[0]!;
        h.pass(60_000);
        const { uid: _u, resourceVersion: _r, creationTimestamp: _c, ...meta } = first.metadata;
        h.api.create({ ...first, metadata: { ...meta, name: 'agent-double' } } as never);
        converge(h, ['n1']);
        return [h.list('Pod').length, h.list('Pod')[0]!.metadata.name === first.metadata.name];
      },
    },
    ...FIRST_STEPS.map(([unavailable, surge, deleted, created]) => ({
      name: `update of 5, maxUnavailable ${unavailable}, maxSurge ${surge}`,
      run: () => {
        const h = settled(rolling(unavailable, surge), FIVE);
        edit(h, 'DaemonSet', 'agent', { template: next });
        h.pass(0);
        return [count(h, 'delete'), count(h, 'create')];
      },
      expected: [deleted, created],
    })),
    {
      name: 'an update replaces unavailable pods beyond its limit', expected: 2,
      run: () => {
        const h = settled(rolling(1), FIVE);
        for (const p of h.list('Pod').slice(0, 2)) setPod(h, p, 'Running', false);
        h.pass(0);
        h.writes.length = 0;
        edit(h, 'DaemonSet', 'agent', { template: next });
        h.pass(0);
        return count(h, 'delete');
      },
    },
    {
      name: 'an update stops when the new pods do not get ready', expected: [1, ['nginx:1.15', 'nginx:1.16']],
      run: () => {
        const h = settled(rolling(1), FIVE);
        edit(h, 'DaemonSet', 'agent', { template: next });
        for (let i = 0; i < 20; i++) {
          h.pass(1000);
          playNodes(h, FIVE, (p) => p.spec.containers[0]!.image !== 'nginx:1.16');
        }
        const images = h.list('Pod').map((p) => p.spec.containers[0]!.image!);
        return [images.filter((i) => i === 'nginx:1.16').length, [...new Set(images)].sort()];
      },
    },
    {
      name: 'with surge the old pod stays until the new one is available', expected: [6, 5],
      run: () => {
        const h = settled(rolling(0, 1), FIVE);
        edit(h, 'DaemonSet', 'agent', { template: next });
        h.pass(0);
        const during = h.list('Pod').length;
        converge(h, FIVE);
        return [during, h.list('Pod').length];
      },
    },
    {
      name: 'OnDelete updates nothing by itself', expected: [0, 0],
      run: () => {
        const h = settled({ updateStrategy: { type: 'OnDelete' } });
        edit(h, 'DaemonSet', 'agent', { template: next });
        h.pass(0);
        return [count(h, 'delete'), status(h).updatedNumberScheduled ?? 0];
      },
    },
    {
      name: 'rolling back takes up the revision that was', expected: [2, 3],
      run: () => {
        const h = settled();
        edit(h, 'DaemonSet', 'agent', { template: next });
        converge(h, NODES);
        edit(h, 'DaemonSet', 'agent', { template: template({ app: 'agent' }) });
        converge(h, NODES);
        return h.list('ControllerRevision').map((r) => r.revision).sort();
      },
    },
    {
      name: 'history is kept to its limit', expected: [2, 3],
      run: () => {
        const h = settled({ revisionHistoryLimit: 1 });
        for (const image of ['a', 'b']) {
          edit(h, 'DaemonSet', 'agent', { template: template({ app: 'agent' }, image) });
          converge(h, NODES);
        }
        return h.list('ControllerRevision').map((r) => r.revision).sort();
      },
    },
  ],
};
