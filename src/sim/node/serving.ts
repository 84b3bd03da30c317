/** Whether a Pod serves: physically, whatever the API says. */
import type { Pod } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { listeningSince, portsOf } from './answer.ts';
import { uidOnNode } from '../api/mirror.ts';
import { latestContainer, type World } from './world.ts';

/** Faults under which a process runs and yet does not serve. */
const DISABLING = ['hang', 'refuse', 'error'];

/**
 * Since when the Pod serves: its machine is on, its sandbox is up, every container runs and every port of
 * theirs is listened on. Infinity: it does not, and will not unless something changes.
 */
export function servingFrom(world: World, pod: Pod): Millis {
  const machine = world.machines.get(pod.spec.nodeName ?? '');
  const uid = uidOnNode(pod);
  if (machine === undefined || machine.power !== 'on' || machine.sandboxes.get(uid)?.ready !== true)
    return Number.POSITIVE_INFINITY;
  let from = Number.NEGATIVE_INFINITY;
  for (const { name } of pod.spec.containers) {
    const container = latestContainer(machine, uid, name);
    if (container === undefined || container.state !== 'running' || container.signalledAt >= 0)
      return Number.POSITIVE_INFINITY;
    if (DISABLING.some((fault) => container.faults.has(fault))) return Number.POSITIVE_INFINITY;
    if (portsOf(world, container).length > 0) from = Math.max(from, listeningSince(world, container));
  }
  return from;
}
