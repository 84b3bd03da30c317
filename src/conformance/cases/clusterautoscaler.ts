/** The cluster autoscaler: which Pods keep a node, how many nodes Pods fill, and how failures hold it back. */
import type { Context } from '../../sim/api/client.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { KubeObject, Node, Pod } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { drainability, isLongTerminating } from '../../sim/clusterautoscaler/drainability.ts';
import { backOff, backoffOf } from '../../sim/clusterautoscaler/groups.ts';
import { type AutoscalerOptions, readFlags } from '../../sim/clusterautoscaler/options.ts';
import { nodesToRemove, type Unneeded, utilization } from '../../sim/clusterautoscaler/scaledown.ts';
import { choose, estimate, type Option } from '../../sim/clusterautoscaler/scaleup.ts';
import { Simulation } from '../../sim/clusterautoscaler/simulation.ts';
import { emptyState } from '../../sim/clusterautoscaler/state.ts';
import { addPod, emptyNodeInfo } from '../../sim/controlplane/scheduler/nodeinfo.ts';
import { makeNode, makePod } from '../../sim/controlplane/scheduler/testkit.ts';
import { emptyWorld, type World } from '../../sim/node/world.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 2 * HOUR;

const optionsOf = (...flags: readonly string[]): AutoscalerOptions => readFlags(flags).options;

/** What an autoscaler is given that sees these objects. */
function contextOf(objects: readonly object[], world: World = emptyWorld()): Context<World> {
  const all = objects as readonly KubeObject[];
  const list = (kind: string, namespace?: string): KubeObject[] =>
    all.filter((o) => o.kind === kind && (namespace === undefined || o.metadata.namespace === namespace));
  const get = (kind: string, namespace: string, name: string): KubeObject | undefined =>
    list(kind).find(({ metadata }) => (metadata.namespace ?? '') === namespace && metadata.name === name);
  return { cache: { list, get }, world, now: NOW, config: DEFAULT_CONFIG, randomInt: () => 0 } as unknown as Context<World>;
}

// ---- which Pods keep a node

const owners: readonly object[] = ['ReplicationController', 'ReplicaSet', 'StatefulSet', 'Job'].flatMap((kind) =>
  ['default', 'kube-system'].map((namespace) => ({ kind, metadata: { name: 'owner', namespace }, spec: { replicas: 5 } })),
);
const REPLICATED = { owner: { kind: 'ReplicaSet', name: 'owner' } };
const SAFE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const SCRATCH = { spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } };

interface Given {
  readonly pod?: Parameters<typeof makePod>[1];
  readonly annotations?: Record<string, string>;
  readonly age?: number;
  readonly budget?: { readonly namespace: string; readonly labels: Record<string, string>; readonly allowed: number };
  readonly flags?: readonly string[];
  readonly orphan?: true;
}

function fateOf({ pod: parts = {}, annotations = {}, age = MINUTE, budget, flags = [], orphan }: Given): unknown {
  const pod = makePod('p', { labels: { k8s: 'app' }, ...parts });
  const given = { ...pod, metadata: { ...pod.metadata, annotations, creationTimestamp: rfc3339(NOW - age) } } as Pod;
  const budgets = budget === undefined ? [] : [{
    kind: 'PodDisruptionBudget', metadata: { name: 'b', namespace: budget.namespace, uid: 'b' },
    spec: { selector: { matchLabels: budget.labels } }, status: { disruptionsAllowed: budget.allowed },
  }];
  const fate = drainability(given, optionsOf(...flags), new Map(), contextOf([...(orphan === true ? [] : owners), ...budgets]));
  return typeof fate === 'string' ? fate : fate.blocked;
}

const system = (more: Partial<Given> = {}): Given => ({ pod: { ...REPLICATED, namespace: 'kube-system' }, ...more });
const owned = (kind: string): Given => ({ pod: { owner: { kind, name: 'owner' } } });

const FATES: readonly [string, Given, string][] = [
  ['unreplicated', {}, 'NotReplicated'],
  ['replicated', { pod: REPLICATED }, 'move'],
  ['static', { annotations: { 'kubernetes.io/config.mirror': 'x' } }, 'with the node'],
  ['of a DaemonSet', owned('DaemonSet'), 'with the node'],
  ['of a ReplicationController', owned('ReplicationController'), 'move'],
  ['of a Job', owned('Job'), 'move'],
  ['of a StatefulSet', owned('StatefulSet'), 'move'],
  ['of a controller of its own', owned('Foo'), 'NotReplicated'],
  ['of a controller of its own, such nodes not skipped', { ...owned('Foo'), flags: ['--skip-nodes-with-custom-controller-pods=false'] }, 'move'],
  ['of a controller that is gone', { pod: REPLICATED, orphan: true }, 'ControllerNotFound'],
  ['of too few replicas', { pod: REPLICATED, flags: ['--min-replica-count=6'] }, 'MinReplicasReached'],
  ['of just enough replicas', { pod: REPLICATED, flags: ['--min-replica-count=5'] }, 'move'],
  ['of the system', system(), 'UnmovableKubeSystemPod'],
  ['of the system, younger than an hour', system({ age: 59 * MINUTE }), 'UnmovableKubeSystemPod'],
  ['of the system, older than an hour', system({ age: 61 * MINUTE }), 'move'],
  ['of the system, such nodes not skipped', system({ flags: ['--skip-nodes-with-system-pods=false'] }), 'move'],
  ['of the system, with a budget', system({ budget: { namespace: 'kube-system', labels: { k8s: 'app' }, allowed: 1 } }), 'move'],
  ['of the system, with a budget that selects others', system({ budget: { namespace: 'kube-system', labels: { k8s: 'other' }, allowed: 1 } }), 'UnmovableKubeSystemPod'],
  ['of the system, with a budget elsewhere', system({ budget: { namespace: 'default', labels: { k8s: 'app' }, allowed: 1 } }), 'UnmovableKubeSystemPod'],
  ['of the system, safe to evict', system({ annotations: { [SAFE]: 'true' } }), 'move'],
  ['with an emptyDir', { pod: { ...REPLICATED, ...SCRATCH } }, 'LocalStorageRequested'],
  ['with an emptyDir, such nodes not skipped', { pod: { ...REPLICATED, ...SCRATCH }, flags: ['--skip-nodes-with-local-storage=false'] }, 'move'],
  ['with an emptyDir in memory', { pod: { ...REPLICATED, spec: { volumes: [{ name: 'scratch', emptyDir: { medium: 'Memory' } }] } } }, 'move'],
  ['with a hostPath', { pod: { ...REPLICATED, spec: { volumes: [{ name: 'scratch', hostPath: { path: '/' } }] } } }, 'LocalStorageRequested'],
  ['with a git repository', { pod: { ...REPLICATED, spec: { volumes: [{ name: 'scratch', gitRepo: { repository: 'x' } }] } } }, 'move'],
  ['with an emptyDir that may go', { pod: { ...REPLICATED, ...SCRATCH }, annotations: { [VOLUMES]: 'scratch' } }, 'move'],
  ['with an emptyDir, another one may go', { pod: { ...REPLICATED, ...SCRATCH }, annotations: { [VOLUMES]: 'other' } }, 'LocalStorageRequested'],
  ['with an emptyDir, safe to evict', { pod: { ...REPLICATED, ...SCRATCH }, annotations: { [SAFE]: 'true' } }, 'move'],
  ['unreplicated, safe to evict', { annotations: { [SAFE]: 'true' } }, 'move'],
  ['replicated, not safe to evict', { pod: REPLICATED, annotations: { [SAFE]: 'false' } }, 'NotSafeToEvictAnnotation'],
  ['a budget is used up', { pod: REPLICATED, budget: { namespace: 'default', labels: { k8s: 'app' }, allowed: 0 } }, 'NotEnoughPdb'],
  ['a budget allows it', { pod: REPLICATED, budget: { namespace: 'default', labels: { k8s: 'app' }, allowed: 1 } }, 'move'],
  ['failed', { pod: { status: { phase: 'Failed' }, spec: { restartPolicy: 'OnFailure' } } }, 'move'],
  ['evicted', { pod: { status: { phase: 'Failed' }, spec: { restartPolicy: 'Always' } } }, 'move'],
  ['succeeded', { pod: { status: { phase: 'Succeeded' }, spec: { restartPolicy: 'OnFailure' } } }, 'move'],
];

const deletedFor = (seconds: number, grace: number | undefined): boolean =>
  isLongTerminating({
    metadata: { deletionTimestamp: rfc3339(NOW - seconds * 1000) },
    spec: grace === undefined ? {} : { terminationGracePeriodSeconds: grace },
  } as Pod, NOW);

const TERMINATING: readonly [string, number, number | undefined, boolean][] = [
  ['just deleted, no grace period given', 0, undefined, false],
  ['deleted for long, no grace period given', 90, undefined, true],
  ['just deleted, without grace', 0, 0, false],
  ['deleted for long, without grace', 60, 0, true],
  ['deleted, within two minutes of grace', 60, 120, false],
  ['deleted, beyond two minutes of grace', 181, 120, true],
];

export const nodeDrainabilityCases: CaseArea = {
  area: 'cluster autoscaler: Pods that keep their node',
  source: 'cluster-autoscaler/simulator/drain_test.go, utils/drain/drain_test.go (kubernetes/autoscaler 1.36)',
  cases: [
    ...FATES.map(([name, given, expected]): ConformanceCase => ({ name, run: () => fateOf(given), expected })),
    ...TERMINATING.map(([name, seconds, grace, expected]): ConformanceCase => ({ name, run: () => deletedFor(seconds, grace), expected })),
  ],
};

// ---- how many nodes Pods fill

const ZONE = 'topology.kubernetes.io/zone';
type Wanted = Parameters<typeof makePod>[1];
const pods = (count: number, cpu: number, memory: number, spec: Partial<Pod['spec']> = {}, from = 0): Pod[] =>
  Array.from({ length: count }, (_, i) => makePod(`p-${from + i}`, {
    namespace: 'universe', labels: { app: 'estimatee' }, requests: { cpu: `${cpu}m`, memory }, spec,
  } as Wanted));
const spread = (maxSkew: number, topologyKey: string, minDomains: number): Partial<Pod['spec']> => ({
  topologySpreadConstraints: [{ maxSkew, topologyKey, minDomains, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'estimatee' } } }],
});

function filled(wanted: readonly Pod[], cpu: number, memory: number, most: number): unknown {
  const world = emptyWorld();
  const template = { cpu: `${cpu}m`, memory: `${memory}Mi`, pods: '10', labels: { [ZONE]: 'zone-mars' } };
  world.nodeGroups = new Map([['group', { template, target: 0, next: 1, failed: [], hasCapacity: true, slowness: 1 }]]);
  const old = makeNode('oldnode', {
    allocatable: { cpu: '100m', memory: '100Mi', pods: '10' }, labels: { [ZONE]: 'zone-jupiter', 'kubernetes.io/hostname': 'oldnode' },
  });
  const ctx = contextOf([old], world);
  const found = estimate({ name: 'group', min: 0, max: 100 }, wanted, most, new Simulation(ctx, () => false), ctx);
  return [found?.count ?? 0, found?.pods.length ?? 0];
}

const FILLED: readonly [string, readonly Pod[], readonly [number, number, number], readonly [number, number]][] = [
  ['by what they ask for', pods(10, 350, 1000), [1000, 2000, 100], [5, 10]],
  ['by how many Pods a node takes', pods(20, 10, 100), [10_000, 20_000, 100], [2, 20]],
  ['one a node for a port of the host', pods(8, 200, 1000, { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 5555, hostPort: 5555 }], resources: { requests: { cpu: '200m', memory: 1000 } } }] }), [1000, 5000, 100], [8, 8]],
  ['no more than there may be', pods(20, 500, 1000), [1000, 5000, 5], [5, 10]],
  ['large ones first', [...pods(10, 50, 1000), ...pods(10, 500, 1000, {}, 10)], [1000, 5000, 5], [5, 10]],
  ['spread over nodes by two at most', pods(8, 200, 200, spread(2, 'kubernetes.io/hostname', 1)), [1000, 5000, 100], [4, 8]],
  ['spread over zones by two at most', pods(8, 20, 100, spread(2, ZONE, 1)), [1000, 5000, 100], [1, 2]],
  ['spread over three nodes, some later', pods(12, 20, 100, spread(1, 'kubernetes.io/hostname', 3)), [1000, 5000, 100], [3, 12]],
];

const option = (name: string, waste: number, count: number, podCount: number): Option => ({
  group: { name, min: 0, max: 9 }, count, pods: pods(podCount, 1, 1), waste,
});
const chosen = (options: readonly Option[], ...expanders: string[]): unknown =>
  choose(options, expanders, { randomInt: (below) => below - 1 })?.group.name;
const THREE = [option('balanced', 1.88, 1, 1), option('highmem', 1.91, 1, 3), option('lowcpu', 1.81, 2, 1)];

export const scaleUpCases: CaseArea = {
  area: 'cluster autoscaler: how many nodes, and of which group',
  source: 'cluster-autoscaler/estimator/binpacking_estimator_test.go, expander/*/*_test.go (kubernetes/autoscaler 1.36)',
  cases: [
    ...FILLED.map(([name, wanted, [cpu, memory, most], expected]): ConformanceCase => ({ name, run: () => filled(wanted, cpu, memory, most), expected })),
    { name: 'no option', run: () => chosen([], 'least-waste'), expected: undefined },
    { name: 'one option', run: () => chosen([THREE[0]!], 'least-waste'), expected: 'balanced' },
    { name: 'least waste of two', run: () => chosen(THREE.slice(0, 2), 'least-waste'), expected: 'balanced' },
    { name: 'least waste of three', run: () => chosen(THREE, 'least-waste'), expected: 'lowcpu' },
    { name: 'most Pods', run: () => chosen(THREE, 'most-pods'), expected: 'highmem' },
    { name: 'least nodes, the rest by chance', run: () => chosen(THREE, 'least-nodes'), expected: 'highmem' },
    { name: 'least nodes, then least waste', run: () => chosen(THREE, 'least-nodes', 'least-waste'), expected: 'balanced' },
    { name: 'by chance', run: () => chosen(THREE, 'random'), expected: 'lowcpu' },
  ],
};

// ---- when a group is left alone, and which nodes go

const PACED = optionsOf('--initial-node-group-backoff-duration=1m', '--max-node-group-backoff-duration=3m');
/** Fails at these minutes; whether the group is left alone at those. */
function leftAlone(failures: readonly number[], asked: readonly number[], options = PACED): boolean[] {
  const state = emptyState(0);
  const moments = [...failures.map((at) => ({ at, fails: true })), ...asked.map((at) => ({ at, fails: false }))];
  const answers: boolean[] = [];
  for (const { at, fails } of moments.sort((a, b) => a.at - b.at || Number(b.fails) - Number(a.fails)))
    if (fails) backOff('g', 'code', 'why', options, state, at * MINUTE);
    else answers.push(backoffOf('g', state, at * MINUTE) !== undefined);
  return answers;
}

const BACKOFFS: readonly [string, readonly number[], readonly number[], readonly boolean[]][] = [
  ['never failed', [], [0], [false]],
  ['failed once', [0], [0, 0.5, 1.01], [true, true, false]],
  ['failed again afterwards', [0, 1.01], [1.02, 2.5, 3.1], [true, true, false]],
  ['failed again meanwhile', [0, 0.5], [1.2, 1.6], [true, false]],
  ['no longer than the most', [0, 1.01, 3.1, 6.2], [9.1, 9.3], [true, false]],
];

const usage = (requests: readonly (readonly [cpu: number, memory: number, daemon?: boolean])[], ...flags: string[]): number => {
  const info = emptyNodeInfo('n', makeNode('n', { allocatable: { cpu: '2', memory: 2_000_000, pods: '110' } }));
  requests.forEach(([cpu, memory, daemon = false], i) =>
    addPod(info, makePod(`p-${i}`, { requests: { cpu: `${cpu}m`, memory }, owner: { kind: daemon ? 'DaemonSet' : 'ReplicaSet', name: 'o' } })));
  return Math.round(1000 * utilization(info, optionsOf(...flags), NOW)) / 1000;
};

/** Names of the nodes that go: `e`: empty, `d`: with Pods; not needed for so many minutes. */
function going(nodes: string, target: number, min: number, minutes: number, ...flags: string[]): string {
  const world = emptyWorld();
  world.nodeGroups = new Map([['g', { template: {}, target, next: 1, failed: [], hasCapacity: true, slowness: 1 }]]);
  const state = emptyState(0);
  const unneeded = [...nodes].map((kind, i): Unneeded => {
    const name = `g-${i + 1}`;
    state.unneeded.set(name, NOW - minutes * MINUTE);
    const node = { ...makeNode(name), status: { conditions: [{ type: 'Ready', status: 'True' }] } } as Node;
    return { node, group: 'g', pods: kind === 'd' ? pods(1, 1, 1) : [], utilization: 0 };
  });
  return nodesToRemove(unneeded, optionsOf(`--nodes=${min}:10:g`, ...flags), state, contextOf([], world))
    .map(({ node }) => node.metadata.name).join(' ');
}

export const scaleDownCases: CaseArea = {
  area: 'cluster autoscaler: which nodes go, and when a group is left alone',
  source: 'cluster-autoscaler/core/scaledown/unneeded/nodes_test.go, simulator/utilization/info_test.go, utils/backoff/exponential_backoff_test.go (kubernetes/autoscaler 1.36)',
  cases: [
    ...BACKOFFS.map(([name, failures, asked, expected]): ConformanceCase => ({ name: `back-off: ${name}`, run: () => leftAlone(failures, asked), expected })),
    { name: 'use: of Pods', run: () => usage([[100, 200_000], [100, 200_000]]), expected: 0.2 },
    { name: 'use: of DaemonSets, too', run: () => usage([[100, 200_000], [100, 200_000, true]]), expected: 0.2 },
    { name: 'use: of DaemonSets left out', run: () => usage([[100, 200_000], [100, 200_000], [100, 200_000, true]], '--ignore-daemonsets-utilization'), expected: 0.222 },
    { name: 'use: of none', run: () => usage([]), expected: 0 },
    { name: 'use: whichever is more', run: () => usage([[1500, 200_000]]), expected: 0.75 },
    { name: 'the least is not reached', run: () => going('ee', 3, 1, 11), expected: 'g-1 g-2' },
    { name: 'the least is reached by those with Pods', run: () => going('ed', 2, 1, 11), expected: 'g-1' },
    { name: 'the least is reached by empty ones', run: () => going('eed', 2, 0, 11), expected: 'g-1 g-2' },
    { name: 'not unneeded for long enough', run: () => going('ee', 3, 1, 10), expected: '' },
    { name: 'long enough by the flag', run: () => going('ee', 3, 1, 3, '--scale-down-unneeded-time=2m'), expected: 'g-1 g-2' },
    { name: 'of those with Pods one at a time', run: () => going('ddd', 5, 0, 11), expected: 'g-1' },
    { name: 'as many with Pods as the flag says', run: () => going('ddd', 5, 0, 11, '--max-drain-parallelism=2'), expected: 'g-1 g-2' },
    { name: 'no more at once than the flag says', run: () => going('eee', 5, 0, 11, '--max-scale-down-parallelism=2'), expected: 'g-1 g-2' },
  ],
};
