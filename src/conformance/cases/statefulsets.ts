/** StatefulSets: names, order, revisions. Each case plays the controller on a small cluster. */
import type { Pod } from '../../sim/api/types.ts';
import { statefulSetController } from '../../sim/controlplane/statefulset/statefulset.ts';
import { inRange, isMember, maxUnavailable, parentAndOrdinal, startOrdinal } from '../../sim/controlplane/statefulset/identity.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { template, workload } from '../../sim/harness/objects.ts';
import { converge, edit, playNodes, setPod } from '../../sim/harness/play.ts';
import type { StatefulSet } from '../../sim/api/types.ts';
import type { CaseArea } from './area.ts';

const NODES = ['n1', 'n2', 'n3'];
const KEY = 'default/db';

function cluster(spec: Record<string, unknown> = {}, config = {}): Harness {
  const h = harness([statefulSetController], { config });
  h.api.create(workload('StatefulSet', 'db', spec));
  return h;
}
const settled = (spec: Record<string, unknown> = {}, config = {}): Harness => {
  const h = cluster(spec, config);
  converge(h, NODES);
  h.writes.length = 0;
  return h;
};
/** Creations and deletions of pods, in order: `+db-0 -db-2`. */
const moves = (h: Harness): string =>
  h.writes.flatMap(({ verb, kind, name }) => (kind !== 'Pod' ? [] : verb === 'create' ? [`+${name}`] : verb === 'delete' ? [`-${name}`] : [])).join(' ');
/** As `moves`, the nodes' own removals of what is being deleted left out. */
function controllerMoves(h: Harness, act: () => void, willRun?: (pod: Pod) => boolean): string {
  act();
  const seen: string[] = [];
  for (let i = 0; i < 60; i++) {
    h.writes.length = 0;
    h.pass(1000);
    const moved = moves(h);
    if (moved !== '') seen.push(moved);
    if (!playNodes(h, NODES, willRun)) break;
  }
  return seen.join(' ');
}
const names = (h: Harness): string[] => h.list('Pod').map((p) => p.metadata.name);
const status = (h: Harness): StatefulSet['status'] => h.list('StatefulSet')[0]!.status;
const images = (h: Harness): string[] => h.list('Pod').map((p) => p.spec.containers[0]!.image!);
const next = template({ app: 'db' }, 'nginx:1.16');
const pod = (h: Harness, name: string): Pod => h.api.get('Pod', 'default', name);
const parallel = { podManagementPolicy: 'Parallel' };

/** Pod name, its set, its ordinal. */
const NAMES: readonly (readonly [string, string, number])[] = [
  ['foo-1', 'foo', 1], ['1-bar', '', -1], ['foo-132', 'foo', 132], ['foo-132-u', '', -1], ['foo-', '', -1], ['foo-0', 'foo', 0], ['foo--1', 'foo-', 1], ['foo1', '', -1],
  ['foo-1-0', 'foo-1', 0], ['foo-2147483648', 'foo', -1],
];

const set = (spec: Record<string, unknown>): StatefulSet => ({ metadata: { name: 'foo' }, spec: { replicas: 10, ...spec } }) as unknown as StatefulSet;
const unavailable = (value: unknown, replicas: number): number =>
  maxUnavailable(set({ replicas, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: value } } }));

export const statefulSetCases: CaseArea = {
  area: 'stateful-set order and identity',
  source: 'pkg/controller/statefulset/stateful_set_control_test.go, stateful_set_utils_test.go',
  cases: [
    ...NAMES.map(([name, parent, ordinal]) => ({ name: `the pod name ${name}`, run: () => parentAndOrdinal(name), expected: { parent, ordinal } })),
    { name: 'a pod of another set is no member', run: () => isMember(set({}), { metadata: { name: 'foo2-1' } } as Pod), expected: false },
    { name: 'ordinals start at 0', run: () => [inRange(set({}), 0), inRange(set({}), 9), inRange(set({}), 10)], expected: [true, true, false] },
    {
      name: 'ordinals start where the set says',
      run: () => [startOrdinal(set({ ordinals: { start: 2 } })), inRange(set({ ordinals: { start: 2 } }), 1), inRange(set({ ordinals: { start: 2 } }), 11)],
      expected: [2, false, true],
    },
    ...([[undefined, 10, 1], [3, 10, 3], [0, 10, 1], ['10%', 30, 3], ['33%', 10, 4], ['0%', 10, 1]] as const).map(([value, replicas, expected]) => ({
      name: `maxUnavailable ${value} of ${replicas}`, run: () => unavailable(value, replicas), expected,
    })),
    {
      name: 'identity: name, host name, subdomain, labels, generated-name prefix, owner',
      run: () => {
        const h = cluster({ replicas: 1 });
        h.pass(0);
        const p = pod(h, 'db-0');
        const { 'controller-revision-hash': revision, ...labels } = p.metadata.labels!;
        return [p.spec.hostname, p.spec.subdomain, labels, revision === status(h).updateRevision, p.metadata.generateName, p.metadata.ownerReferences?.[0]?.kind];
      },
      expected: ['db-0', 'db', { app: 'db', 'statefulset.kubernetes.io/pod-name': 'db-0', 'apps.kubernetes.io/pod-index': '0' }, true, 'db-', 'StatefulSet'],
    },
    { name: 'ordered: one at a time, each after the one before is ready', run: () => controllerMoves(cluster(), () => {}), expected: '+db-0 +db-1 +db-2' },
    {
      name: 'ordered: one that never gets ready holds up the rest', expected: '+db-0 +db-1',
      run: () => controllerMoves(cluster(), () => {}, (p) => p.metadata.name !== 'db-1'),
    },
    {
      name: 'parallel: all at once', expected: [['db-0', 'db-1', 'db-2'], '+db-0 +db-1 +db-2'],
      run: () => {
        const h = cluster(parallel);
        h.pass(0);
        return [names(h), moves(h)];
      },
    },
    {
      name: 'ordered: scaling down takes the highest first, one at a time', expected: '-db-2 -db-1',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { replicas: 1 }));
      },
    },
    {
      name: 'parallel: scaling down takes all at once', expected: '-db-2 -db-1',
      run: () => {
        const h = settled(parallel);
        edit(h, 'StatefulSet', 'db', { replicas: 1 });
        h.pass(0);
        return moves(h);
      },
    },
    {
      name: 'ordered: scaling down waits while a lower one is not ready', expected: ['', '-db-2'],
      run: () => {
        const h = settled();
        setPod(h, pod(h, 'db-0'), 'Running', false);
        edit(h, 'StatefulSet', 'db', { replicas: 2 });
        h.pass(1000);
        const before = moves(h);
        setPod(h, pod(h, 'db-0'), 'Running', true);
        h.pass(1000);
        return [before, moves(h)];
      },
    },
    {
      name: 'scaling to 0 empties the set from the top', expected: '-db-2 -db-1 -db-0',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { replicas: 0 }));
      },
    },
    {
      name: 'a deleted pod comes back under its name once it is gone', expected: ['', '+db-1'],
      run: () => {
        const h = settled();
        h.api.delete('Pod', 'default', 'db-1');
        h.writes.length = 0;
        h.pass(1000);
        const before = moves(h);
        return [before, controllerMoves(h, () => playNodes(h, NODES))];
      },
    },
    ...(['Failed', 'Succeeded'] as const).map((phase) => ({
      name: `a pod that ${phase === 'Failed' ? 'failed' : 'succeeded'} is deleted and made anew`, expected: '-db-1 +db-1',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => setPod(h, pod(h, 'db-1'), phase, false));
      },
    })),
    {
      name: 'a pod that lost its identity label gets it back', expected: 'db-1',
      run: () => {
        const h = settled();
        const p = pod(h, 'db-1');
        h.api.update<Pod>({ ...p, metadata: { ...p.metadata, labels: { ...p.metadata.labels, 'statefulset.kubernetes.io/pod-name': 'x' } } });
        h.pass(1000);
        return pod(h, 'db-1').metadata.labels!['statefulset.kubernetes.io/pod-name'];
      },
    },
    {
      name: 'an update goes from the highest ordinal down, each ready before the next', expected: '-db-2 +db-2 -db-1 +db-1 -db-0 +db-0',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next }));
      },
    },
    {
      name: 'an update stops below the partition', expected: ['-db-2 +db-2', ['nginx:1.15', 'nginx:1.15', 'nginx:1.16'], false],
      run: () => {
        const h = settled({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
        const seen = controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next }));
        return [seen, images(h), status(h).currentRevision === status(h).updateRevision];
      },
    },
    {
      name: 'a pod below the partition is made anew at the current revision', expected: ['nginx:1.15', 'nginx:1.15', 'nginx:1.16'],
      run: () => {
        const h = settled({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
        edit(h, 'StatefulSet', 'db', { template: next });
        converge(h, NODES);
        h.api.delete('Pod', 'default', 'db-0');
        converge(h, NODES);
        return images(h);
      },
    },
    {
      name: 'a partition above the replicas updates nothing', expected: '',
      run: () => {
        const h = settled({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 5 } } });
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next }));
      },
    },
    {
      name: 'OnDelete: only what is deleted by hand is updated', expected: ['', ['nginx:1.15', 'nginx:1.16', 'nginx:1.15']],
      run: () => {
        const h = settled({ updateStrategy: { type: 'OnDelete' } });
        const seen = controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next }));
        h.api.delete('Pod', 'default', 'db-1');
        converge(h, NODES);
        return [seen, images(h)];
      },
    },
    {
      name: 'scaling goes before updating', expected: '+db-3 -db-2 +db-2 -db-1 +db-1 -db-0 +db-0',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next, replicas: 4 }));
      },
    },
    {
      name: 'an update waits for one that is not ready', expected: '-db-2 +db-2',
      run: () => {
        const h = settled();
        return controllerMoves(h, () => edit(h, 'StatefulSet', 'db', { template: next }), (p) => p.spec.containers[0]!.image !== 'nginx:1.16');
      },
    },
    {
      name: 'parallel: an update replaces a pod that is not ready (the gate for maxUnavailable is off)', expected: '-db-2',
      run: () => {
        const h = settled(parallel);
        setPod(h, pod(h, 'db-2'), 'Running', false);
        h.pass(1000);
        edit(h, 'StatefulSet', 'db', { template: next });
        h.writes.length = 0;
        h.pass(0);
        return moves(h);
      },
    },
    {
      name: 'parallel with the gate: maxUnavailable at a time', expected: '-db-3 -db-2',
      run: () => {
        const h = settled(
          { ...parallel, replicas: 4, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } }, { maxUnavailableStatefulSet: true });
        edit(h, 'StatefulSet', 'db', { template: next });
        h.pass(0);
        return moves(h);
      },
    },
    {
      name: 'rolling back raises the number of the revision that was', expected: [2, [2, 3]],
      run: () => {
        const h = settled();
        edit(h, 'StatefulSet', 'db', { template: next });
        converge(h, NODES);
        edit(h, 'StatefulSet', 'db', { template: template({ app: 'db' }) });
        converge(h, NODES);
        const revisions = h.list('ControllerRevision').map((r) => r.revision).sort();
        return [revisions.length, revisions];
      },
    },
    {
      name: 'history is kept to its limit, live revisions apart', expected: [2, 3, 4],
      run: () => {
        const h = settled({ replicas: 1, revisionHistoryLimit: 2 });
        for (const image of ['a', 'b', 'c']) {
          edit(h, 'StatefulSet', 'db', { template: template({ app: 'db' }, image) });
          converge(h, NODES);
        }
        return h.list('ControllerRevision').map((r) => r.revision).sort();
      },
    },
    {
      name: 'minReadySeconds holds up the next ordinal', expected: [['db-0'], ['db-0', 'db-1']],
      run: () => {
        const h = cluster({ minReadySeconds: 10 });
        h.pass(0);
        playNodes(h, NODES);
        playNodes(h, NODES);
        h.pass(9_000);
        const before = names(h);
        h.pass(2_000);
        return [before, names(h)];
      },
    },
    {
      name: 'status in the midst of an update', expected: { replicas: 3, ready: 3, current: 2, updated: undefined, available: 3, same: false },
      run: () => {
        const h = settled();
        edit(h, 'StatefulSet', 'db', { template: next });
        h.held = true;
        h.deliver();
        h.syncOnce('statefulset-controller', KEY);
        const s = status(h);
        return {
          replicas: s.replicas, ready: s.readyReplicas, current: s.currentReplicas, updated: s.updatedReplicas, available: s.availableReplicas,
          same: s.currentRevision === s.updateRevision,
        };
      },
    },
    {
      name: 'after an update all are current', expected: [3, 3, true],
      run: () => {
        const h = settled();
        edit(h, 'StatefulSet', 'db', { template: next });
        converge(h, NODES);
        return [status(h).currentReplicas, status(h).updatedReplicas, status(h).currentRevision === status(h).updateRevision];
      },
    },
    {
      name: 'an orphan of the set\'s name and labels is adopted', expected: ['StatefulSet', 1],
      run: () => {
        const h = harness([statefulSetController]);
        h.api.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'db-0', namespace: 'default', labels: { app: 'db' } }, spec: template({}).spec } as never);
        h.api.create(workload('StatefulSet', 'db', { replicas: 1 }));
        h.pass(0);
        return [pod(h, 'db-0').metadata.ownerReferences?.[0]?.kind, names(h).length];
      },
    },
    {
      name: 'an orphan of other name is left alone', expected: undefined,
      run: () => {
        const h = harness([statefulSetController]);
        h.api.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stray', namespace: 'default', labels: { app: 'db' } }, spec: template({}).spec } as never);
        h.api.create(workload('StatefulSet', 'db', { replicas: 1 }));
        h.pass(0);
        return pod(h, 'stray').metadata.ownerReferences;
      },
    },
  ],
};
