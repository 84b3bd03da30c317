/** Pods deleted, containers that crash. */
import { killContainer } from '../../sim/node/machine.ts';
import { latestContainer } from '../../sim/node/world.ts';
import type { Pod } from '../../sim/api/types.ts';
import { podName, podsOf } from '../target.ts';
import { FaultError, type Fault, type FaultContext } from '../types.ts';

export const podDelete: Fault = {
  kind: 'PodDelete',
  about: 'The Pod is deleted, with its grace period; budgets are not asked.',
  voluntary: false,
  phrases: [
    { en: 'pod {string} is deleted', fields: ['pod'] },
    { en: 'a pod matching {selector} is deleted', fields: ['selector'], fixed: { mode: 'one' } },
    { en: 'every pod matching {selector} is deleted', fields: ['selector'], fixed: { mode: 'all' } },
  ],
  strike(call, ctx) {
    const targets = podsOf(call, ctx);
    for (const pod of targets) ctx.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name);
    return { targets: targets.map(podName) };
  },
};

const runs = (pod: Pod, container: string, ctx: FaultContext): boolean => {
  const machine = ctx.world.machines.get(pod.spec.nodeName ?? '');
  return machine !== undefined && latestContainer(machine, pod.metadata.uid, container)?.state === 'running';
};

export const containerCrash: Fault = {
  kind: 'ContainerCrash',
  about: 'The container\'s process dies with an exit code (1 unless said); the kubelet restarts it as the restart policy says.',
  voluntary: false,
  phrases: [
    { en: 'container {string} of pod {string} crashes', fields: ['container', 'pod'] },
    { en: 'container {string} of pod {string} crashes with exit code {int}', fields: ['container', 'pod', 'exitCode'] },
    { en: 'a container of a pod matching {selector} crashes', fields: ['selector'], fixed: { mode: 'one' } },
  ],
  strike(call, ctx) {
    const anyRuns = (pod: Pod): boolean => pod.spec.containers.some((c) => runs(pod, c.name, ctx));
    const [pod] = podsOf(call, ctx, anyRuns);
    const names = pod!.spec.containers.map((c) => c.name);
    if (call.container !== undefined && !names.includes(call.container)) {
      throw new FaultError(`pod "${pod!.metadata.name}" has no container "${call.container}"; it has ${names.join(', ')}`);
    }
    const running = names.filter((name) => (call.container === undefined || name === call.container) && runs(pod!, name, ctx));
    if (running.length === 0) throw new FaultError(`container "${call.container ?? names.join(', ')}" of pod "${pod!.metadata.name}" is not running`);
    const container = running[call.container === undefined ? Math.floor(ctx.control.random('chaos') * running.length) : 0]!;
    killContainer(ctx, { podUid: pod!.metadata.uid, container }, call.exitCode ?? 1);
    return { targets: [`${podName(pod!)}/${container}`] };
  },
};
