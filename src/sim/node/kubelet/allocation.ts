/** What containers were given, beside what their Pod asks for by now: pkg/kubelet/allocation. */
import { deepEqual } from '../../api/equal.ts';
import type { Container, ContainerStatus, Pod } from '../../api/types.ts';
import { latestContainer } from '../world.ts';
import { resourcesOf } from './containerorder.ts';
import { initContainersOf } from './podspec.ts';
import type { Allocation, Kubelet, KubeletTask, PodWorker, Resources } from './types.ts';

export const containersOf = (pod: Pod): Container[] => [...pod.spec.containers, ...initContainersOf(pod)];
export const askedBy = (pod: Pod): Map<string, Resources> =>
  new Map(containersOf(pod).map((c) => [c.name, c.resources ?? {}]));

/** A Pod's spec was changed: from then on it is told apart what it asks for and what it has. */
export function resourcesAskedAnew(w: PodWorker, pod: Pod, old: Pod): void {
  if (w.allocation !== undefined || pod.spec.containers === old.spec.containers) return;
  const before = askedBy(old);
  if (!deepEqual([...askedBy(pod)], [...before])) w.allocation = { resources: before, state: undefined };
}

/** What a kubelet that starts finds of an earlier one's promises, in the status. */
export function allocationIn(pod: Pod): Allocation | undefined {
  const statuses = (pod.status.containerStatuses ?? []) as (ContainerStatus & { resources?: Resources })[];
  if (!statuses.some((s) => s.resources !== undefined)) return undefined;
  const resources = askedBy(pod);
  for (const { name, resources: has } of statuses) if (has !== undefined) resources.set(name, has);
  return { resources, state: undefined };
}

/** The container with what it was given, which may be less than what its Pod asks for by now. */
export function asAllocated(w: PodWorker, container: Container): Container {
  const given = w.allocation?.resources.get(container.name);
  return given === undefined ? container : { ...container, resources: given };
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

/** Room was made: Pods that wait for it are looked at again. */
export function retryDeferred(k: Kubelet, freed: PodWorker): void {
  for (const w of k.state.workers.values()) {
    if (w === freed || w.allocation?.state?.reason !== 'Deferred') continue;
    const task: KubeletTask = { type: 'sync', uid: w.uid };
    k.ctx.schedule(0, task);
  }
}
