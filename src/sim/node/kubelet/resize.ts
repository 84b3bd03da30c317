/**
 * Pods that come to ask for other resources while they run: what the node has left is given to them, at once
 * or by a new start of the container, as its resizePolicy says. Models pkg/kubelet/allocation (allocation
 * manager) and doPodResizeAction of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */
import { deepEqual } from '../../api/equal.ts';
import { milliValue, wholeValue } from '../../api/quantity.ts';
import type { Container, ContainerStatus, Pod } from '../../api/types.ts';
import { resizeContainer } from '../memory.ts';
import { latestContainer } from '../world.ts';
import { podRequests } from './admission.ts';
import { resourcesOf } from './containerorder.ts';
import { initContainersOf } from './podspec.ts';
import type { Allocation, Kubelet, KubeletTask, PodWorker, Resources } from './types.ts';

const all = (pod: Pod): Container[] => [...pod.spec.containers, ...initContainersOf(pod)];
const asked = (pod: Pod): Map<string, Resources> => new Map(all(pod).map((c) => [c.name, c.resources ?? {}]));

/** From one cgroup to the next state that the runtime tells of. */
const ACTUATION_MS = 1_000;

/** A Pod's spec was changed: from then on it is told apart what it asks for and what it has. */
export function resourcesAskedAnew(w: PodWorker, pod: Pod, old: Pod): void {
  if (w.allocation !== undefined || pod.spec.containers === old.spec.containers) return;
  const before = asked(old);
  if (!deepEqual([...asked(pod)], [...before])) w.allocation = { resources: before, state: undefined };
}

/** What a kubelet that starts finds of an earlier one's promises, in the status. */
export function allocationIn(pod: Pod): Allocation | undefined {
  const statuses = (pod.status.containerStatuses ?? []) as (ContainerStatus & { resources?: Resources })[];
  if (!statuses.some((s) => s.resources !== undefined)) return undefined;
  const resources = asked(pod);
  for (const { name, resources: has } of statuses) if (has !== undefined) resources.set(name, has);
  return { resources, state: undefined };
}

/** The container with what it was given, which may be less than what its Pod asks for by now. */
export function asAllocated(w: PodWorker, container: Container): Container {
  const given = w.allocation?.resources.get(container.name);
  return given === undefined ? container : { ...container, resources: given };
}

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

/** Whether what changes of a container's resources is to be had by a new start only. */
export function restartsToResize(k: Kubelet, w: PodWorker, container: Container): boolean {
  const record = latestContainer(k.machine, w.uid, container.name);
  if (w.allocation === undefined || record?.state !== 'running') return false;
  const given = resourcesOf(asAllocated(w, container));
  const changed = {
    cpu: given.cpuRequestMilli !== record.cpuRequestMilli || given.cpuLimitMilli !== record.cpuLimitMilli,
    memory: given.memoryLimit !== record.memoryLimit,
  };
  return (container.resizePolicy ?? []).some(
    ({ resourceName, restartPolicy }) =>
      restartPolicy === 'RestartContainer' && changed[resourceName as 'cpu' | 'memory'],
  );
}

/** Gives running containers what was promised to them, where that takes no new start. */
function actuate(k: Kubelet, w: PodWorker): void {
  for (const container of all(w.pod)) {
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

/** Gives a Pod what it asks for, or says why not; a Pod that was never resized costs nothing. */
export function resizePod(k: Kubelet, w: PodWorker): void {
  const { allocation } = w;
  if (allocation === undefined) return;
  const { state } = allocation;
  if (deepEqual([...asked(w.pod)], [...allocation.resources])) {
    const restarting = all(w.pod).some((c) => restartsToResize(k, w, c));
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
  w.allocation = { resources: asked(w.pod), state: { type: 'PodResizeInProgress' } };
  Object.assign(w, podRequests(w.pod));
  tell(k, w, 'started');
  actuate(k, w);
  const task: KubeletTask = { type: 'sync', uid: w.uid };
  k.ctx.schedule(ACTUATION_MS, task);
  retryDeferred(k, w);
}

/** Room was made: Pods that wait for it are looked at again. */
export function retryDeferred(k: Kubelet, freed: PodWorker): void {
  for (const w of k.state.workers.values()) {
    if (w === freed || w.allocation?.state?.reason !== 'Deferred') continue;
    const task: KubeletTask = { type: 'sync', uid: w.uid };
    k.ctx.schedule(0, task);
  }
}
