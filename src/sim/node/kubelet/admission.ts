/**
 * Whether the node can take a pod that the scheduler (or its author) put there. A kubelet asks this of every
 * pod it meets for the first time since its start, whatever runs of it already.
 * Models pkg/kubelet/lifecycle/predicate.go and generalFilter.
 */
import { hostPorts, portsClash } from '../../api/hostports.ts';
import { ApiError } from '../../api/errors.ts';
import { matchesRequiredNodeAffinity } from '../../api/nodeselector.ts';
import { milliValue, wholeValue } from '../../api/quantity.ts';
import { noExecuteTaints, untoleratedTaint } from '../../api/tolerations.ts';
import type { Node, Pod } from '../../api/types.ts';
import { containersOf } from '../world.ts';
import { initialNode } from './nodestatus.ts';
import { initContainersOf, isSidecar } from './podspec.ts';
import { refusedSysctls } from './sysctls.ts';
import type { Kubelet, PodWorker, Refusal } from './types.ts';
import { isSet } from '../isset.ts';

const PRESSURES = [
  ['memory', 'MemoryPressure'],
  ['disk', 'DiskPressure'],
  ['pids', 'PIDPressure'],
] as const;

/** Requests that count for scheduling: milli CPU and bytes. Models pkg/api/v1/resource PodRequests. */
export function podRequests(pod: Pod): { cpuMilli: number; memoryBytes: number } {
  const one = (c: Pod['spec']['containers'][number], name: string): number => {
    const text = c.resources?.requests?.[name] as string | undefined;
    return text === undefined ? 0 : name === 'cpu' ? milliValue(text) : wholeValue(text);
  };
  const total = (name: string): number => {
    let sum = 0;
    for (const c of pod.spec.containers) sum += one(c, name);
    let sidecars = 0;
    let peak = 0;
    for (const c of initContainersOf(pod)) {
      if (isSidecar(c)) sidecars += one(c, name);
      else peak = Math.max(peak, sidecars + one(c, name));
    }
    const overhead = pod.spec.overhead?.[name] as string | undefined;
    const extra = overhead === undefined ? 0 : name === 'cpu' ? milliValue(overhead) : wholeValue(overhead);
    return Math.max(sum + sidecars, peak) + extra;
  };
  return { cpuMilli: total('cpu'), memoryBytes: total('memory') };
}

/** Undefined: the pod is admitted. */
export function admit(k: Kubelet, w: PodWorker): Refusal | undefined {
  const { state, machine } = k;
  if (state.shuttingDown)
    return { reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' };
  const { pod } = w;
  const conditions = PRESSURES.filter(([signal]) => state.pressure[signal]).map(([, condition]) => condition);
  if (conditions.length > 0 && (pod.spec.priority ?? 0) < 2_000_000_000) {
    // Short of memory only, the node still takes pods that say what they need, or tolerate it.
    const takes =
      conditions.length === 1 &&
      state.pressure.memory &&
      (!isBestEffort(pod) || toleratesMemoryPressure(pod));
    if (!takes) return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
  }
  const sysctls = refusedSysctls(pod);
  if (sysctls !== undefined) return sysctls;
  if (isSet(pod.spec.os) && pod.spec.os.name !== 'linux')
    return {
      reason: 'PodOSNotSupported',
      message: "Failed to admit pod as the OS field doesn't match node OS",
    };
  let [pods, cpu, memory] = [0, 0, 0];
  const ports = hostPorts(pod);
  let clash = false;
  for (const other of state.workers.values()) {
    if (other === w || other.stage === 'terminated' || other.refusal !== undefined) continue;
    pods += 1;
    cpu += other.cpuMilli;
    memory += other.memoryBytes;
    if (ports.length > 0 && hostPorts(other.pod).some((p) => ports.some((own) => portsClash(p, own))))
      clash = true;
  }
  const lacking = (name: string, requested: number, used: number, capacity: number): Refusal | undefined =>
    requested > 0 && used + requested > capacity
      ? {
          reason: `OutOf${name}`,
          message:
            `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ` +
            `${capacity}`,
        }
      : undefined;
  const refusal =
    lacking('pods', 1, pods, wholeValue(machine.capacity.pods)) ??
    lacking('cpu', w.cpuMilli, cpu, milliValue(machine.capacity.cpu)) ??
    lacking('memory', w.memoryBytes, memory, wholeValue(machine.capacity.memory));
  if (refusal !== undefined) return refusal;
  const spared = isSpared(k, w);
  if (!spared && !matchesRequiredNodeAffinity(pod, nodeAsKnown(k)) && !matchesNodeNow(k, pod))
    return {
      reason: 'NodeAffinity',
      message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    };
  if (clash)
    return {
      reason: 'NodePorts',
      message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    };
  if (!spared && untoleratedTaint(noExecuteTaints(nodeAsKnown(k).spec?.taints), pod.spec.tolerations))
    return {
      reason: 'TaintToleration',
      message: "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
    };
  return undefined;
}

/**
 * The Node as this kubelet's cache has it; before the API has it, as the kubelet would register it. Models
 * getNodeAnyWay of pkg/kubelet/kubelet_getters.go.
 */
function nodeAsKnown(k: Kubelet): Node {
  return k.ctx.cache.get('Node', '', k.machine.name) ?? initialNode(k);
}

/** Labels that do not fit are looked up anew before a pod is refused for them: the cache may be behind. */
function matchesNodeNow(k: Kubelet, pod: Pod): boolean {
  try {
    const node = k.ctx.api.find('Node', '', k.machine.name) ?? initialNode(k);
    return matchesRequiredNodeAffinity(pod, node);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}

/**
 * With the feature gate NotEvictPodOnKubeletRestart, a pod whose containers are here already is not asked for
 * the node's labels and taints again.
 */
const isSpared = (k: Kubelet, w: PodWorker): boolean =>
  k.ctx.config.notEvictPodOnKubeletRestart &&
  isSet(w.pod.status.startTime) &&
  containersOf(k.machine, w.uid).some((c) => c.state === 'running');

const isBestEffort = (pod: Pod): boolean => (pod.status.qosClass ?? 'BestEffort') === 'BestEffort';
const toleratesMemoryPressure = (pod: Pod): boolean =>
  (pod.spec.tolerations ?? []).some(
    (t) =>
      (t.key === 'node.kubernetes.io/memory-pressure' || (!t.key && t.operator === 'Exists')) &&
      (!t.effect || t.effect === 'NoSchedule'),
  );
