/**
 * What is so beside what the API says, as changes: the machines and the processes of Pods are looked at
 * whenever something has happened, and what differs from the last look is written down.
 */
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { servingFrom } from '../sim/node/serving.ts';
import { lastEntry } from '../dsl/session.ts';
import { advanceState, copyState, emptyState, getObject, objectsOf } from '../dsl/state.ts';
import type { Node, Pod } from '../sim/api/types.ts';
import { backingOf } from '../sim/api/volumes.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { kubeletProcess } from '../sim/node/index.ts';
import { containersOf, type Machine } from '../sim/node/world.ts';
import type { NodeTruth, PodTruth, Truth, VolumeTruth } from './run.ts';
import type { Session } from '../dsl/types.ts';

function nodeSays(node: Node | undefined): NodeTruth['api'] {
  if (node === undefined) return 'absent';
  const status = node.status.conditions?.find((c) => c.type === 'Ready')?.status;
  return status === 'True' ? 'ready' : status === 'False' ? 'not ready' : 'unknown';
}

function nodeTruth(
  cluster: ClusterApi,
  name: string,
  node: Node | undefined,
  machine: Machine | undefined,
): Omit<NodeTruth, 'at' | 'entry'> {
  const { cutOff, isolated } = cluster.world.network;
  return {
    of: 'node',
    name,
    api: nodeSays(node),
    power: machine?.power ?? 'absent',
    kubelet:
      cluster.control.has(kubeletProcess(name)) && cluster.control.isUp(kubeletProcess(name)) ? 'up' : 'down',
    connected: !cutOff.has(name) && !isolated.has(name),
  };
}

const running = (machine: Machine | undefined, uid: string): number =>
  machine === undefined || machine.power !== 'on'
    ? 0
    : containersOf(machine, uid).filter((c) => c.state === 'running' && !c.init).length;

const podSays = (pod: Pod): PodTruth['api'] => ({
  phase: pod.status.phase ?? 'Pending',
  ready: isReady(pod),
  terminating: isTerminating(pod),
});

const INDEX = 'batch.kubernetes.io/job-completion-index';

/** Whose work it does. */
function jobOf({ metadata }: Pod): Pick<PodTruth, 'job' | 'index'> {
  const job = metadata.ownerReferences?.find((o) => o.kind === 'Job')?.name;
  const index = metadata.annotations?.[INDEX];
  return job === undefined ? {} : { job, ...(index === undefined ? {} : { index: Number(index) }) };
}

/** The machines that run and have a disk mounted. */
const mountedOn = (machines: Iterable<Machine>, disk: string): string[] =>
  [...machines]
    .filter((m) => m.power === 'on')
    .filter((m) =>
      [...m.volumes.values()].some((of) =>
        [...of.values()].some((v) => v.kind === 'disk' && v.disk === disk),
      ),
    )
    .map((m) => m.name);

export class TruthSampler {
  readonly changes: Truth[] = [];
  private state = emptyState();
  /** Of each subject, what was written down last, as text and as it is. */
  private readonly known = new Map<string, { text: string; truth: Truth }>();
  private seen: EntryId = -1;
  /** When Pods will begin to serve by time alone. */
  private readonly turning = new Map<string, Millis>();

  /** One of its own that has seen the same. */
  fork(): TruthSampler {
    const fork = new TruthSampler();
    fork.changes.push(...this.changes);
    fork.state = copyState(this.state);
    for (const [key, known] of this.known) fork.known.set(key, known);
    fork.seen = this.seen;
    for (const [key, from] of this.turning) fork.turning.set(key, from);
    return fork;
  }

  /** Looks, if something has happened since the last look. */
  look(session: Session): void {
    const cluster = session.driver?.simulation?.cluster;
    if (cluster === undefined) return;
    const last = lastEntry(cluster);
    this.lookBack(cluster.now);
    if (last === this.seen) return;
    advanceState(this.state, cluster.history);
    this.lookAtNodes(cluster, last);
    this.lookAtPods(cluster, last);
    this.lookAtVolumes(cluster, last);
    this.seen = last;
  }

  /** What has turned by time alone since the last look, as all else was then. */
  private lookBack(now: Millis): void {
    for (const [key, from] of this.turning) {
      if (from > now) continue;
      this.turning.delete(key);
      const known = this.known.get(key)?.truth;
      if (known?.of !== 'pod') continue;
      const { at: _, entry: __, ...is } = known;
      this.write(key, from, this.seen, { ...is, serving: true });
    }
  }

  private lookAtNodes(cluster: ClusterApi, entry: EntryId): void {
    const { machines } = cluster.world;
    const names = new Set([
      ...machines.keys(),
      ...[...objectsOf(this.state, 'Node')].map((n) => n.metadata.name),
    ]);
    for (const [key, { truth }] of this.known) {
      if (truth.of !== 'node' || names.has(truth.name)) continue;
      this.write(key, cluster.now, entry, nodeTruth(cluster, truth.name, undefined, undefined));
      this.known.delete(key);
    }
    for (const name of names) {
      const node = getObject(this.state, 'Node', '', name);
      this.write(`node ${name}`, cluster.now, entry, nodeTruth(cluster, name, node, machines.get(name)));
    }
  }

  private lookAtPods(cluster: ClusterApi, entry: EntryId): void {
    const { machines } = cluster.world;
    const there = new Set<string>();
    for (const pod of objectsOf(this.state, 'Pod')) {
      const { uid, name, namespace = '' } = pod.metadata;
      const node = pod.spec.nodeName ?? '';
      const from = servingFrom(cluster.world, pod);
      if (from > cluster.now && from < Number.POSITIVE_INFINITY) this.turning.set(`pod ${uid}`, from);
      else this.turning.delete(`pod ${uid}`);
      there.add(`pod ${uid}`);
      this.write(`pod ${uid}`, cluster.now, entry, {
        of: 'pod',
        namespace,
        name,
        uid,
        node,
        api: podSays(pod),
        running: running(machines.get(node), uid),
        serving: from <= cluster.now,
        ...jobOf(pod),
      });
    }
    for (const [key, { truth }] of this.known) {
      if (truth.of !== 'pod' || there.has(key)) continue;
      const { at: _, entry: __, ...rest } = truth;
      const left = running(machines.get(truth.node), truth.uid);
      // Of a Pod that the API forgot, processes may go on.
      this.write(key, cluster.now, entry, { ...rest, api: 'absent', running: left, serving: false });
      if (left === 0) this.known.delete(key);
    }
  }

  private lookAtVolumes(cluster: ClusterApi, entry: EntryId): void {
    const { machines, disks } = cluster.world;
    const there = new Set<string>();
    for (const volume of objectsOf(this.state, 'PersistentVolume')) {
      const { name } = volume.metadata;
      const { claimRef } = volume.spec;
      const backing = backingOf(volume);
      const handle = backing.kind === 'disk' ? backing.handle : undefined;
      there.add(`volume ${name}`);
      this.write(`volume ${name}`, cluster.now, entry, {
        of: 'volume',
        name,
        claim: claimRef === undefined ? '' : `${claimRef.namespace}/${claimRef.name}`,
        api: {
          phase: volume.status.phase ?? 'Pending',
          attached: [...objectsOf(this.state, 'VolumeAttachment')]
            .filter((a) => a.spec.source.persistentVolumeName === name && a.status.attached)
            .map((a) => a.spec.nodeName),
        },
        disk: handle === undefined || disks.has(handle),
        mounted: handle === undefined ? [] : mountedOn(machines.values(), handle),
      });
    }
    for (const [key, { truth }] of this.known) {
      if (truth.of !== 'volume' || there.has(key)) continue;
      const { at: _, entry: __, ...rest } = truth;
      this.write(key, cluster.now, entry, { ...rest, api: 'absent', disk: false, mounted: [] });
      this.known.delete(key);
    }
  }

  private write(
    key: string,
    at: Millis,
    entry: EntryId,
    is: Omit<NodeTruth, 'at' | 'entry'> | Omit<PodTruth, 'at' | 'entry'> | Omit<VolumeTruth, 'at' | 'entry'>,
  ): void {
    const text = JSON.stringify(is);
    if (this.known.get(key)?.text === text) return;
    const truth = { ...is, at, entry } as Truth;
    this.known.set(key, { text, truth });
    this.changes.push(truth);
  }
}
