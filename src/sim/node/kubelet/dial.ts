/**
 * Where a connection ends that the kubelet makes for a probe or a hook: it dials from the network of its
 * node. Models pkg/kubelet/prober (the Pod's address, unless a host is named) and pkg/probe.
 */
import { machineAt } from '../addresses.ts';
import { connect } from '../answer.ts';
import type { Machine, RuntimeContainer, World } from '../world.ts';
import type { Kubelet } from './types.ts';

/** A Pod that answers, or why nobody does. */
export type Dialled =
  | { readonly machine: Machine; readonly podUid: string }
  | 'refused'
  | 'silent'
  | 'unresolved';

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || /^127\.|^(?:\[?::1\]?)$/.test(host);

const isAddress = (host: string): boolean => /^[0-9.]+$|:/.test(host);

/** The Pod of the machine's own network that listens on a port. */
function onMachine(world: World, machine: Machine, port: number, now: number): Dialled {
  if (machine.power !== 'on') return 'silent';
  for (const { podUid, ready, ip } of machine.sandboxes.values())
    if (ready && ip === machine.ip && connect(world, machine, podUid, port, now) === 'open')
      return { machine, podUid };
  return 'refused';
}

/** Whether a host that a probe names is neither its Pod nor the machine that this is on. */
export const isElsewhere = ({ machine }: Kubelet, record: RuntimeContainer, host: string): boolean =>
  isAddress(host) &&
  !isLoopback(host) &&
  host !== machine.ip &&
  host !== machine.sandboxes.get(record.podUid)?.ip;

/** @param host as the probe names it; '' for the Pod's own address */
export function dial(k: Kubelet, record: RuntimeContainer, host: string, port: number): Dialled {
  const { machine, env, ctx } = k;
  const { world } = env;
  const own = machine.sandboxes.get(record.podUid);
  if (host === '' || host === own?.ip) {
    const connection = connect(world, machine, record.podUid, port, ctx.now);
    if (connection === 'open') return { machine, podUid: record.podUid };
    return own?.ip === machine.ip && connection === 'refused'
      ? onMachine(world, machine, port, ctx.now)
      : connection;
  }
  if (isLoopback(host) || host === machine.ip || host === machine.name)
    return onMachine(world, machine, port, ctx.now);
  if (!isAddress(host)) return 'unresolved';
  const held = world.network.podIps.get(host);
  const other = held === undefined ? machineAt(world, host) : world.machines.get(held.node);
  if (other === undefined || other.power !== 'on') return 'silent';
  if (held === undefined) return onMachine(world, other, port, ctx.now);
  const connection = connect(world, other, held.podUid, port, ctx.now);
  return connection === 'open' ? { machine: other, podUid: held.podUid } : connection;
}
