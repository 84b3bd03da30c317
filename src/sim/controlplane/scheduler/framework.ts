/**
 * The scheduling framework: what a plugin is, what it answers, and what it may look at.
 * Models staging/src/k8s.io/kube-scheduler/framework and pkg/scheduler/framework/interface.go.
 */
import type {
  CSINode,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from '../../api/types.ts';
import type { FormerBehaviour } from '../../config.ts';
import type { SchedulerCache } from './cache.ts';
import type { NodeInfo } from './nodeinfo.ts';
import type { PodRequests } from './requests.ts';
import type { Bug } from '../../planted.ts';

export const MAX_NODE_SCORE = 100;

/** Why a node was refused. `unresolvable`: removing pods from it would not help. */
export interface Status {
  readonly unresolvable: boolean;
  readonly reasons: readonly string[];
  /** The plugin that refused; filled in by whoever ran it. */
  readonly plugin: string;
}

export const unschedulable = (plugin: string, ...reasons: string[]): Status => ({
  unresolvable: false,
  reasons,
  plugin,
});
export const unresolvable = (plugin: string, ...reasons: string[]): Status => ({
  unresolvable: true,
  reasons,
  plugin,
});

/** Objects other than nodes and pods that plugins look up, as the scheduler's watch has them. */
export interface Lookups {
  namespaceLabels(namespace: string): Readonly<Record<string, string>>;
  services(namespace: string): Iterable<Service>;
  replicaSet(namespace: string, name: string): ReplicaSet | undefined;
  statefulSet(namespace: string, name: string): StatefulSet | undefined;
  budgets(): readonly PodDisruptionBudget[];
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  volumes(): readonly PersistentVolume[];
  storageClass(name: string): StorageClass | undefined;
  csiNode(name: string): CSINode | undefined;
}

/** One pod's attempt: what plugins worked out for it and leave for their later steps. */
export interface Cycle {
  readonly pod: Pod;
  readonly requests: PodRequests;
  readonly cache: SchedulerCache;
  /** All nodes, in the order in which they are searched. */
  readonly nodes: readonly NodeInfo[];
  readonly lookups: Lookups;
  readonly formerly: FormerBehaviour;
  readonly planted: Bug | undefined;
  /** By plugin name: what its PreFilter, and its PreScore, left. */
  readonly filterState: Map<string, unknown>;
  readonly scoreState: Map<string, unknown>;
  /** Plugins whose Filter has nothing to say about this pod. */
  readonly skipFilter: Set<string>;
}

/**
 * What PreFilter says: nothing to check at all, refused for every node, or only these nodes come into
 * question.
 */
export type PreFilterResult =
  | 'skip'
  | { readonly status: Status }
  | { readonly nodes: ReadonlySet<string> }
  | undefined;

/**
 * What happened in the cluster, as far as a pod that was refused may care.
 * Models fwk.ClusterEvent; `podUpdate` is of an assigned pod, or of the refused pod itself (`own`).
 */
export type ClusterEvent =
  | { readonly type: 'nodeAdd'; readonly node: Node }
  | { readonly type: 'nodeUpdate'; readonly node: Node; readonly old: Node; readonly changed: NodeChanges }
  | { readonly type: 'nodeDelete'; readonly node: Node }
  | { readonly type: 'podAdd'; readonly pod: Pod }
  | {
      readonly type: 'podUpdate';
      readonly pod: Pod;
      readonly old: Pod;
      readonly changed: PodChanges;
      readonly own: boolean;
    }
  | { readonly type: 'podDelete'; readonly pod: Pod }
  | { readonly type: 'claim'; readonly claim: PersistentVolumeClaim }
  | { readonly type: 'volume' | 'storageClass' | 'csiNode' };

export interface NodeChanges {
  readonly allocatable: boolean;
  readonly labels: boolean;
  readonly taints: boolean;
}

export interface PodChanges {
  readonly labels: boolean;
  readonly scaledDown: boolean;
  readonly tolerations: boolean;
  readonly gatesEliminated: boolean;
}

export interface Plugin {
  readonly name: string;
  /**
   * What of the pod its PreFilter, Filter and PreScore go by. The Filter of a plugin that signs goes by that
   * and the node's own NodeInfo and by nothing else, and so does its Score unless it is normalised: pods of
   * one signature are told the same by a node that has not changed.
   */
  sign?(cycle: Cycle): unknown;
  /** Looks at the pod once; may leave state in `cycle.filterState`. */
  preFilter?(cycle: Cycle): PreFilterResult;
  filter?(cycle: Cycle, node: NodeInfo): Status | undefined;
  /** Keep the state PreFilter left right when a pod is tried on, or taken off, a node. */
  addPod?(cycle: Cycle, pod: Pod, node: NodeInfo): void;
  removePod?(cycle: Cycle, pod: Pod, node: NodeInfo): void;
  cloneState?(state: unknown): unknown;
  /** 'skip' when the pod gives this plugin nothing to score. */
  preScore?(cycle: Cycle, nodes: readonly NodeInfo[]): 'skip' | undefined;
  score?(cycle: Cycle, node: NodeInfo): number;
  /** Brings raw scores into 0..100, in place. */
  normalise?(cycle: Cycle, scores: number[], nodes: readonly NodeInfo[]): void;
  /** Kinds of events that may make a pod schedulable which this plugin refused; the queueing hint decides. */
  readonly events?: ReadonlySet<ClusterEvent['type']>;
  hint?(pod: Pod, event: ClusterEvent, lookups: Lookups): boolean;
}

/** helper.DefaultNormalizeScore: scales so that the highest is 100; `reverse` turns it round. */
export function normaliseDefault(scores: number[], reverse: boolean): void {
  let max = 0;
  for (const s of scores) if (s > max) max = s;
  for (let i = 0; i < scores.length; i += 1) {
    if (max === 0) {
      if (reverse) scores[i] = MAX_NODE_SCORE;
      continue;
    }
    const scaled = Math.floor((MAX_NODE_SCORE * scores[i]!) / max);
    scores[i] = reverse ? MAX_NODE_SCORE - scaled : scaled;
  }
}
