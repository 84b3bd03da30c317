/**
 * Connections that a client keeps open from one request to the next (HTTP keep-alive), and what becomes of
 * them. A connection stays with the Pod that it was opened to, whatever endpoints and rules say later: nodes
 * forget no connection for them. A process that ends closes its connections, so that the client opens another
 * and nothing fails; of a machine that goes down nobody hears, and when it is back it knows none of them.
 * Models TCP (RFC 9293, 3.5.2 and 3.6), and what pkg/proxy/conntrack leaves of connections: it takes away
 * those of UDP only.
 */
import type { Machine, World } from '../node/world.ts';
import { answerOf, endAt } from './arrive.ts';
import { type End, isBlocked } from './impair.ts';
import { endOf, lost, type Trip } from './trip.ts';
import type { Connection, RequestOutcome } from './types.ts';

/**
 * How a connection is: `open`; `closed` by the process at its end; `broken` where that is no more and nobody
 * could say so: what is sent is answered with a reset; `silent` where nothing comes back.
 */
export type ConnectionState = 'open' | 'closed' | 'broken' | 'silent';

const isRunning = ({ containers }: Machine, id: string): boolean => {
  const container = containers.get(id);
  return container?.state === 'running' && !container.draining;
};

/** @param from the client's own end */
export function stateOf(world: World, held: Connection, from: End): ConnectionState {
  const machine = world.machines.get(held.node);
  if (machine === undefined || machine.power !== 'on' || isBlocked(world, from, { machine })) return 'silent';
  if (isRunning(machine, held.container)) return 'open';
  return machine.bootedAt > held.usedAt ? 'broken' : 'closed';
}

/** Whether the process at a connection's end still runs that answers. */
export const stillAnswers = (world: World, { node, container }: Connection): boolean => {
  const machine = world.machines.get(node);
  return machine?.power === 'on' && machine.containers.get(container)?.state === 'running';
};

/** A request on a connection that is open, or on which nothing comes back. */
export function overConnection(trip: Trip, held: Connection): RequestOutcome {
  const { env, source } = trip;
  const { world } = env;
  const entry = held.entry === undefined ? undefined : world.machines.get(held.entry);
  const from: End = { machine: entry, sandbox: endOf(source).sandbox };
  if (stateOf(world, held, endOf(source)) === 'silent') {
    const machine = world.machines.get(held.node);
    trip.way.reach('node', held.node);
    return { ...lost(trip, machine?.power === 'on' ? 'noPath' : 'nodeOff'), node: held.node };
  }
  const end = endAt(trip, from, { ip: held.ip, port: held.port });
  return end.outcome === undefined ? answerOf(trip, end.door) : end.outcome;
}
