/**
 * On which nodes a DaemonSet's pods belong.
 * Models pkg/controller/daemon/daemon_controller.go (NodeShouldRunDaemonPod) and util/daemonset_util.go.
 */
import { deepEqual } from '../../api/equal.ts';
import type { DaemonSet, Node, Pod, PodSpec, Taint, Toleration } from '../../api/types.ts';
import { sameLabels } from '../podutil.ts';
import { matchesRequiredNodeAffinity } from '../../api/nodeselector.ts';
import { anyTolerates, keepsAway } from '../../api/tolerations.ts';

export interface Fit {
  /** A pod is to be made where there is none. */
  readonly shouldRun: boolean;
  /** A pod that is there may stay. */
  readonly mayStay: boolean;
}

const NEVER: Fit = { shouldRun: false, mayStay: false };
const ALWAYS: Fit = { shouldRun: true, mayStay: true };

const exists = (name: string, effect: string): Toleration =>
  ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect }) as Toleration;

/** What every daemon pod tolerates, so that it comes and stays where other pods would not. */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  exists('not-ready', 'NoExecute'),
  exists('unreachable', 'NoExecute'),
  exists('disk-pressure', 'NoSchedule'),
  exists('memory-pressure', 'NoSchedule'),
  exists('pid-pressure', 'NoSchedule'),
  exists('unschedulable', 'NoSchedule'),
];
const HOST_NETWORK_TOLERATION = exists('network-unavailable', 'NoSchedule');

const matchToleration = (a: Toleration, b: Toleration): boolean =>
  a.key === b.key &&
  (a.effect ?? '') === (b.effect ?? '') &&
  (a.operator ?? '') === (b.operator ?? '') &&
  (a.value ?? '') === (b.value ?? '');

/** The template's tolerations with the daemon's own added, or put in place of their like. */
export function daemonTolerations(spec: PodSpec): Toleration[] {
  const result: Toleration[] = [...(spec.tolerations ?? [])];
  for (const t of spec.hostNetwork === true
    ? [...DAEMON_TOLERATIONS, HOST_NETWORK_TOLERATION]
    : DAEMON_TOLERATIONS) {
    const at = result.findIndex((r) => matchToleration(r, t));
    if (at < 0) result.push(t);
    else result[at] = t;
  }
  return result;
}

/** Says of a node whether the DaemonSet's pods belong there; made once a sync. */
export function nodeFit(ds: DaemonSet): (node: Node) => Fit {
  const spec = ds.spec.template.spec as PodSpec;
  const pod = { spec } as Pod;
  const tolerations = daemonTolerations(spec);
  const refuses = (taint: Taint): boolean => !anyTolerates(tolerations, taint);
  return (node) => {
    if ((spec.nodeName ?? '') !== '' && spec.nodeName !== node.metadata.name) return NEVER;
    if (!matchesRequiredNodeAffinity(pod, node)) return NEVER;
    const taints: readonly Taint[] = node.spec.taints ?? [];
    if (!taints.some((t) => keepsAway(t) && refuses(t))) return ALWAYS;
    // What runs already is only driven out by a NoExecute taint.
    return { shouldRun: false, mayStay: !taints.some((t) => t.effect === 'NoExecute' && refuses(t)) };
  };
}

/** Whether a node's change can move daemon pods at all: only labels and taints count. */
export function nodeChangeMatters(old: Node, node: Node): boolean {
  return (
    (old.spec.taints !== node.spec.taints && !deepEqual(old.spec.taints, node.spec.taints)) ||
    !sameLabels(old.metadata.labels, node.metadata.labels)
  );
}

type Affinity = NonNullable<PodSpec['affinity']>;

/**
 * The affinity with its required part bound to one node; the template's own was reckoned with when the node
 * was chosen.
 */
export function affinityForNode(affinity: Affinity | undefined, node: string): Affinity {
  const required = {
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
  };
  return {
    ...affinity,
    nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required },
  } as Affinity;
}

/** The node a daemon pod runs on or was made for; '' when it says neither. */
export function targetNode(pod: Pod): string {
  if ((pod.spec.nodeName ?? '') !== '') return pod.spec.nodeName!;
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const term of terms) {
    for (const r of term.matchFields ?? []) {
      if (r.key === 'metadata.name' && r.operator === 'In' && r.values?.length === 1) return r.values[0]!;
    }
  }
  return '';
}

/** Pods by the node they are on or for. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/**
 * @param finished whether pods that are finished and being deleted count (for history), or not (so that a
 * successor can come)
 */
export function podsByNode(pods: readonly Pod[], finished: boolean): PodsByNode {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (
      !finished &&
      pod.metadata.deletionTimestamp !== undefined &&
      (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')
    )
      continue;
    const node = targetNode(pod);
    if (node === '') continue;
    const held = byNode.get(node);
    if (held === undefined) byNode.set(node, [pod]);
    else held.push(pod);
  }
  return byNode;
}

/** Scheduled before unscheduled, then oldest first. */
export function byAge(a: Pod, b: Pod): number {
  const left = (a.spec.nodeName ?? '') !== '';
  if (left !== ((b.spec.nodeName ?? '') !== '')) return left ? -1 : 1;
  const x = a.metadata.creationTimestamp;
  const y = b.metadata.creationTimestamp;
  if (x !== y) return x < y ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0;
}
