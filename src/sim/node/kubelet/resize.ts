/**
 * Pods that come to ask for other resources while they run: what the node has left is given to them, at once
 * or by a new start of the container, as its resizePolicy says. Models pkg/kubelet/allocation (allocation
 * manager) and doPodResizeAction of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */
import { deepEqual } from '../../api/equal.ts';
import { milliValue, wholeValue } from '../../api/quantity.ts';
import type { Container } from '../../api/types.ts';
import { resizeContainer } from '../memory.ts';
import { latestContainer } from '../world.ts';
import { podRequests } from './admission.ts';
import { asAllocated, askedBy, containersOf, restartsToResize, retryDeferred } from './allocation.ts';
import { resourcesOf } from './containerorder.ts';
import { initContainersOf } from './podspec.ts';
import type { Allocation, Kubelet, KubeletTask, PodWorker } from './types.ts';

/** From one cgroup to the next state that the runtime tells of. */
const ACTUATION_MS = 1_000;

/** Why the node cannot give what the Pod asks for: never, or not for now. */
function refusalOf(k: Kubelet, w: PodWorker): Allocation['state'] {
  const wanted = podRequests(w.pod);
  const { capacity } = k.machine;
  let [cpu, memory] = [0, 0];
  for (const other of k.state.workers.values()) {
    if (other === w || other.stage === 'terminated' || other.refusal !== undefined) continue;
    cpu += other.cpuMilli;
    memory += other.memoryBytes;
  }
  const kinds = [
    ['cpu', wanted.cpuMilli, w.cpuMilli, cpu, milliValue(capacity.cpu)],
    ['memory', wanted.memoryBytes, w.memoryBytes, memory, wholeValue(capacity.memory)],
  ] as const;
  for (const [name, requested, , , most] of kinds.toReversed())
    if (requested > most) {
      const message = `Node didn't have enough capacity: ${name}, requested: ${requested}, capacity: ${most}`;
      return { type: 'PodResizePending', reason: 'Infeasible', message };
    }
  for (const [name, requested, has, used, most] of kinds)
    if (requested > has && used + requested > most) {
      const what = `requested: ${requested}, used: ${used}, capacity: ${most}`;
      const message = `Node didn't have enough resource: ${name}, ${what}`;
      return { type: 'PodResizePending', reason: 'Deferred', message };
    }
  return undefined;
}

/** Gives running containers what was promised to them, where that takes no new start. */
function actuate(k: Kubelet, w: PodWorker): void {
  for (const container of containersOf(w.pod)) {
    const record = latestContainer(k.machine, w.uid, container.name);
    if (record?.state !== 'running' || restartsToResize(k, w, container)) continue;
    resizeContainer(k.env, k.machine, record, resourcesOf(asAllocated(w, container)));
  }
}

/** Amounts as Go writes a map: by their names. */
const sortedByName = (list: object | undefined): object =>
  Object.fromEntries(Object.entries(list ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Tells of a resize, with what the Pod asks for: pkg/kubelet/events/event.go (PodResizeStartedMsg). */
function tell(
  k: Kubelet,
  { pod }: PodWorker,
  stage: 'started' | 'completed' | 'Deferred' | 'Infeasible',
  error?: string,
): void {
  const summaryOf = ({ name, resources = {} }: Container): object => ({
    name,
    resources: {
      ...(resources.limits === undefined ? {} : { limits: sortedByName(resources.limits) }),
      ...(resources.requests === undefined ? {} : { requests: sortedByName(resources.requests) }),
    },
  });
  const init = initContainersOf(pod);
  const summary = {
    ...(init.length === 0 ? {} : { initContainers: init.map(summaryOf) }),
    containers: pod.spec.containers.map(summaryOf),
    generation: pod.metadata.generation,
    error,
  };
  const reason = `Resize${stage[0]!.toUpperCase()}${stage.slice(1)}`;
  const type = error === undefined ? 'Normal' : 'Warning';
  k.ctx.event(pod, type, reason, `Pod resize ${stage}: ${JSON.stringify(summary)}`);
}

/** Gives a Pod what it asks for, or says why not. @param allocation what it has */
export function resizePod(k: Kubelet, w: PodWorker, allocation: Allocation): void {
  const { state } = allocation;
  if (deepEqual([...askedBy(w.pod)], [...allocation.resources])) {
    const restarting = containersOf(w.pod).some((c) => restartsToResize(k, w, c));
    if (state?.type === 'PodResizePending' || !restarting) allocation.state = undefined;
    if (state?.type === 'PodResizeInProgress' && !restarting) tell(k, w, 'completed');
    return;
  }
  const refusal = refusalOf(k, w);
  if (refusal !== undefined) {
    if (!deepEqual(state, refusal)) tell(k, w, refusal.reason!, refusal.message);
    allocation.state = refusal;
    return;
  }
  w.allocation = { resources: askedBy(w.pod), state: { type: 'PodResizeInProgress' } };
  Object.assign(w, podRequests(w.pod));
  tell(k, w, 'started');
  actuate(k, w);
  const task: KubeletTask = { type: 'sync', uid: w.uid };
  k.ctx.schedule(ACTUATION_MS, task);
  retryDeferred(k, w);
}
