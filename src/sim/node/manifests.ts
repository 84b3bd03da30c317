/** Acts on the static Pods of a control plane node, as an operator at the machine does them. */
import { placeOf } from './containertarget.ts';
import { kubeletProcess, type NodeEnv, noted } from './env.ts';
import { exitContainer } from './exit.ts';
import { programOf } from './images.ts';
import { machineOf } from './machine.ts';

/** The file of a component is moved out of /etc/kubernetes/manifests, or back; its kubelet follows. */
export function moveManifest(env: NodeEnv, node: string, component: string, away: boolean): void {
  const machine = machineOf(env, node);
  const moved = (machine.movedAway ?? []).filter((name) => name !== component);
  if (machine.movedAway?.includes(component) === away) return;
  const since = noted(env, away ? 'manifestMovedAway' : 'manifestPutBack', { node, component });
  machine.movedAway = away ? [...moved, component] : moved;
  if (env.control.isUp(kubeletProcess(node)))
    env.control.scheduleFor(kubeletProcess(node), 0, { type: 'filesChanged' }, since.by);
}

/** The process of a component dies of SIGKILL; its kubelet starts it anew. @returns whether it ran */
export function killComponent(env: NodeEnv, node: string, component: string): boolean {
  const machine = machineOf(env, node);
  for (const container of machine.containers.values())
    if (container.state === 'running' && programOf(env.world, container).process?.name === component) {
      const since = noted(env, 'containerCrashes', { ...placeOf(machine, container), exitCode: 137 });
      exitContainer(since, machine, container, 137, 'Error');
      return true;
    }
  return false;
}
