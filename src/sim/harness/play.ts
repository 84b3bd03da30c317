/** What users, the scheduler and kubelets do to a harness, by hand. */
import type { Draft } from '../api/client.ts';
import { rfc3339 } from '../api/time.ts';
import type { KubeObject, Node, Pod } from '../api/types.ts';
import type { Harness } from './harness.ts';

/** Makes a node with these labels and taints, which is ready: what admission taints a new one with is off. */
export function addNode(
  h: Harness,
  name: string,
  labels: Record<string, string> = {},
  taints: { key: string; value?: string; effect: string }[] = [],
): Node {
  const made = h.api.create({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: {},
  } as Draft<KubeObject>) as Node;
  return h.api.update<Node>({ ...made, spec: { ...made.spec, taints } as Node['spec'] });
}

const nodeOfAffinity = (pod: Pod): string | undefined =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]
    ?.matchFields?.[0]?.values?.[0];

/** Sets a pod's phase and readiness, as a kubelet would. */
export function setPod(h: Harness, pod: Pod, phase: string, ready: boolean): void {
  const current = h.api.get('Pod', pod.metadata.namespace!, pod.metadata.name);
  const old = current.status.conditions?.find((c) => c.type === 'Ready');
  const status = ready ? 'True' : 'False';
  const since = old?.status === status ? old.lastTransitionTime : rfc3339(h.now);
  h.api.updateStatus<Pod>({
    ...current,
    status: {
      ...current.status,
      phase,
      conditions: [{ type: 'Ready', status, lastTransitionTime: since }],
    } as Pod['status'],
  });
}

/**
 * Plays scheduler and kubelets for one step: binds what is unbound, makes what is bound ready, removes what
 * is being deleted.
 * @param willRun which pods become ready (others stay pending on their node)
 */
export function playNodes(
  h: Harness,
  nodes: readonly string[],
  willRun: (pod: Pod) => boolean = () => true,
): boolean {
  let moved = false;
  h.list('Pod').forEach((pod, i) => {
    if (pod.metadata.deletionTimestamp !== undefined) {
      h.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name, { gracePeriodSeconds: 0 });
      moved = true;
    } else if (!pod.spec.nodeName) {
      const node = nodeOfAffinity(pod) ?? nodes[i % nodes.length]!;
      h.api.bind(pod.metadata.namespace!, pod.metadata.name, pod.metadata.uid, node);
      moved = true;
    } else if ((pod.status.phase ?? 'Pending') === 'Pending' && willRun(pod)) {
      setPod(h, pod, 'Running', true);
      moved = true;
    }
  });
  return moved;
}

/** Controllers and nodes in turn, a second apart, until nothing moves. */
export function converge(
  h: Harness,
  nodes: readonly string[],
  willRun?: (pod: Pod) => boolean,
  steps = 200,
): void {
  for (let i = 0; i < steps; i++) {
    h.pass(1000);
    if (!playNodes(h, nodes, willRun)) return;
  }
  throw new Error('the cluster does not come to rest');
}

/** Applies a change of spec. */
export function edit<K extends 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet'>(
  h: Harness,
  kind: K,
  name: string,
  spec: Record<string, unknown>,
): void {
  const old = h.api.get(kind, 'default', name);
  h.api.update({ ...old, spec: { ...old.spec, ...spec } } as unknown as KubeObject);
}
