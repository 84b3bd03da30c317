/**
 * The cluster as it would be: Pods are tried on nodes that are there, or would be, by the scheduler's own
 * filters. Models cluster-autoscaler/simulator/clustersnapshot, with what was tried taken back by `revert`.
 */
import type { Context } from '../api/client.ts';
import { isPodTerminal } from '../api/conditions.ts';
import type { DaemonSet, Node, Pod } from '../api/types.ts';
import { nodeFit } from '../controlplane/daemonset/nodes.ts';
import {
  assumePod,
  dropNode,
  dropPod,
  emptySchedulerCache,
  setNode,
  setPod,
  type SchedulerCache,
} from '../controlplane/scheduler/cache.ts';
import { newCycle } from '../controlplane/scheduler/cyclestate.ts';
import type { Lookups } from '../controlplane/scheduler/framework.ts';
import type { NodeInfo } from '../controlplane/scheduler/nodeinfo.ts';
import {
  activeFilters,
  newDiagnosis,
  runFiltersWithNominated,
  runPreFilters,
} from '../controlplane/scheduler/run.ts';

const NO_LABELS: Readonly<Record<string, string>> = {};

const lookupsOf = ({ cache }: Pick<Context, 'cache'>): Lookups => ({
  namespaceLabels: (namespace) => cache.get('Namespace', '', namespace)?.metadata.labels ?? NO_LABELS,
  services: (namespace) => cache.list('Service', namespace),
  replicaSet: (namespace, name) => cache.get('ReplicaSet', namespace, name),
  statefulSet: (namespace, name) => cache.get('StatefulSet', namespace, name),
  budgets: () => cache.list('PodDisruptionBudget'),
  claim: (namespace, name) => cache.get('PersistentVolumeClaim', namespace, name),
  volume: (name) => cache.get('PersistentVolume', '', name),
  volumes: () => cache.list('PersistentVolume'),
  storageClass: (name) => cache.get('StorageClass', '', name),
  csiNode: (name) => cache.get('CSINode', '', name),
});

/** What is said of nodes that the Pod does not come into question for. */
const NOT_AMONG = ["node(s) didn't match Pod's node affinity/selector"];

/** The Pod as its controller would make it anew: on no node. */
export function unplaced(pod: Pod): Pod {
  const { nodeName: _node, ...spec } = pod.spec;
  const { nominatedNodeName: _nominated, ...status } = pod.status;
  return { ...pod, spec, status } as Pod;
}

/** The Pod that a DaemonSet would have on the node. */
const daemonPod = ({ metadata, spec }: DaemonSet, node: string): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...spec.template.metadata,
      name: `${metadata.name}-${node}`,
      namespace: metadata.namespace,
      uid: `${metadata.uid}@${node}`,
      resourceVersion: '0',
      creationTimestamp: metadata.creationTimestamp,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
        },
      ],
    },
    spec: { ...spec.template.spec, nodeName: node },
    status: { phase: 'Running' },
  }) as unknown as Pod;

export class Simulation {
  private readonly cache: SchedulerCache = emptySchedulerCache();
  private readonly lookups: Lookups;
  private readonly daemonSets: readonly DaemonSet[];
  /** How to take back what was tried, the last first. */
  private readonly undo: (() => void)[] = [];

  /** @param leftOut nodes that are as good as gone, with what runs there */
  constructor(ctx: Pick<Context, 'cache'>, leftOut: (node: Node) => boolean) {
    this.lookups = lookupsOf(ctx);
    this.daemonSets = ctx.cache.list('DaemonSet');
    for (const node of ctx.cache.list('Node')) if (!leftOut(node)) setNode(this.cache, node);
    for (const pod of ctx.cache.list('Pod'))
      if (this.cache.nodes.has(pod.spec.nodeName ?? '') && !isPodTerminal(pod)) setPod(this.cache, pod);
  }

  node(name: string): NodeInfo | undefined {
    return this.cache.nodes.get(name);
  }

  get names(): string[] {
    return [...this.cache.nodes.keys()];
  }

  /** Adds a node that is not there, with the Pods that DaemonSets would have on it. */
  addNode(node: Node): void {
    const { name } = node.metadata;
    setNode(this.cache, node);
    for (const set of this.daemonSets)
      if (nodeFit(set)(node).shouldRun) setPod(this.cache, daemonPod(set, name));
    this.undo.push(() => {
      for (const uid of [...this.cache.nodes.get(name)!.pods.keys()]) dropPod(this.cache, uid);
      dropNode(this.cache, name);
    });
  }

  /** Takes a Pod off its node. */
  remove(pod: Pod): void {
    const node = pod.spec.nodeName!;
    dropPod(this.cache, pod.metadata.uid);
    this.undo.push(() => assumePod(this.cache, pod, node));
  }

  /** Why a Pod does not fit on a node; undefined: it does. */
  refusal(pod: Pod, node: string): readonly string[] | undefined {
    return this.judge(pod)(node);
  }

  /** Puts a Pod on the first of these nodes that it fits on. @returns which; undefined: it fits on none */
  placeOn(pod: Pod, nodes: Iterable<string>): string | undefined {
    const refusal = this.judge(pod);
    for (const node of nodes) {
      if (!this.cache.nodes.has(node) || refusal(node) !== undefined) continue;
      assumePod(this.cache, pod, node);
      this.undo.push(() => dropPod(this.cache, pod.metadata.uid));
      return node;
    }
    return undefined;
  }

  /** What the scheduler's filters say of one node after the other. */
  private judge(pod: Pod): (node: string) => readonly string[] | undefined {
    const cycle = newCycle(pod, this.cache, this.lookups);
    const diagnosis = newDiagnosis();
    const only = runPreFilters(cycle, diagnosis);
    const filters = activeFilters(cycle);
    return (node) => {
      if (diagnosis.preFilter !== undefined) return diagnosis.preFilter.reasons;
      if (only?.has(node) === false) return NOT_AMONG;
      return runFiltersWithNominated(cycle, this.cache.nodes.get(node)!, filters, () => [])?.reasons;
    };
  }

  /** How far things have been tried: what `revert` goes back to. */
  get mark(): number {
    return this.undo.length;
  }

  revert(mark: number): void {
    while (this.undo.length > mark) this.undo.pop()!();
  }
}
