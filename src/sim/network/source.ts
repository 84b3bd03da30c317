/** Where a request starts. */
import { sandboxesNamed } from '../node/addresses.ts';
import type { Source } from './trip.ts';
import type { NetworkEnv, Origin } from './types.ts';

/** Undefined: the Pod does not run. From outside, a node's rules are met first. */
export function sourceOf(env: NetworkEnv, from: Origin): Source | undefined {
  const { world } = env;
  if (from.pod !== undefined) {
    const found = sandboxesNamed(world, from.namespace, from.pod).find(({ sandbox }) => sandbox.ready);
    return found && { machine: found.machine, podUid: found.sandbox.podUid, address: found.sandbox.ip };
  }
  const on = Array.from(world.machines.peek().values()).filter(
    (m) => m.power === 'on' && !world.network.isolated.has(m.name),
  );
  return {
    machine: on.length === 0 ? undefined : world.machines.get(on[Math.floor(env.random() * on.length)]!.name),
    podUid: undefined,
    address: 'outside',
  };
}
