/** The last of a request's way: to an address and port, and what answers there. */
import { withMembers } from '../kernel/members.ts';
import type { Millis } from '../kernel/types.ts';
import { remember } from '../node/accesslog.ts';
import { machineAt } from '../node/addresses.ts';
import { connect, containerReply, type HttpReply, listener, taking } from '../node/answer.ts';
import { takeOn } from '../node/cpu.ts';
import { programOf } from '../node/images.ts';
import type { Machine, Sandbox } from '../node/world.ts';
import { type End, impairment, isBlocked } from './impair.ts';
import { controllerOf } from './gateway/facts.ts';
import { throughGateway } from './gateway/proxy.ts';
import { proxied, type Send } from './ingress/proxy.ts';
import { deniedBy, type Party, type Protocol } from './policy.ts';
import { proxyView } from './routes.ts';
import { type Destination, lost, SOMEWHERE, type Trip } from './trip.ts';
import type { RequestOutcome } from './types.ts';
import { isTcp, viaService } from './via.ts';
import type { Obstacle } from '../messages.ts';

/** As the other end sees it: what comes through a node from outside has the node's, mostly. */
const addressOf = ({ machine, sandbox, address }: End): string =>
  address ?? sandbox?.ip ?? machine?.ip ?? SOMEWHERE;

/** A port of a Pod, and as whom one asks there. */
export interface Door {
  readonly machine: Machine;
  readonly podUid: string;
  readonly port: number;
  /** Address of the client as it is seen there. */
  readonly from: string;
  /** There and back, without what the answer takes. */
  readonly spentMs: Millis;
}

/** What a Pod answers on a port, and the trace that this leaves in it. */
function exchanged({ env, target }: Trip, { machine, podUid, port, from }: Door): HttpReply {
  const { world, now, agent } = env;
  const { host, path, headers } = target;
  const container = taking(world, machine, podUid, port, now);
  if (typeof container === 'string') return { kind: container };
  const reply = containerReply(world, machine, container, { path, from, now, port }, true);
  if (agent === undefined || reply.kind !== 'answered') return reply;
  takeOn(world, machine, container, now);
  const method = headers?.[':method'] ?? 'GET';
  remember(world, machine, container, { from, host, method, path, agent, reply }, now);
  return reply;
}

/** A connection is taken by a program's system, whatever the program speaks, and if it hangs. */
function accepted({ env: { world, now } }: Trip, { machine, podUid, port }: Door): HttpReply {
  const connection = connect(world, machine, podUid, port, now);
  return connection === 'open'
    ? { kind: 'answered', status: 200, body: '', afterMs: 0 }
    : { kind: connection };
}

const nameOf = ({ podNamespace, podName }: Sandbox): string => `${podNamespace}/${podName}`;

/** Pods of the host's network are their node to policies. */
const partyOf = (end: End): Party => {
  const { machine, sandbox } = end;
  const isOwn = sandbox !== undefined && sandbox.ip !== machine?.ip;
  return { ip: addressOf(end), ...(isOwn ? { pod: nameOf(sandbox) } : {}) };
};

/** What comes of a request that has come to a Pod. */
export function answerOf(trip: Trip, door: Door): RequestOutcome {
  if (trip.env.onlyConnects === true) return outcomeOf(trip, door, accepted(trip, door));
  const { ingress, gateway } = trip.env.world.network;
  const isProxied = ingress.objects.size > 0 || gateway.objects.size > 0;
  return (isProxied ? passedOn(trip, door) : undefined) ?? outcomeOf(trip, door, exchanged(trip, door));
}

/** By what listens there, where that routes requests by Ingresses or Gateways. */
function passedOn(trip: Trip, door: Door): RequestOutcome | undefined {
  const { world, now } = trip.env;
  const { machine, podUid, port } = door;
  if (connect(world, machine, podUid, port, now) !== 'open') return undefined;
  const container = listener(world, machine, podUid, port, now)!;
  const { ingress, gateway } = programOf(world, container);
  if (container.faults.has('hang') || container.faults.has('error')) return undefined;
  const send: Send = (onward, from, to) => sentOn(onward, machine, from, to);
  if (gateway?.isDataPlane === true) {
    const controller = controllerOf(world, machine, podUid)!;
    return throughGateway(trip, withMembers(door, { container, controller }), send);
  }
  const isTaken = ingress !== undefined && [ingress.httpPort, ingress.httpsPort].includes(port);
  return isTaken ? proxied(trip, withMembers(door, { container, controller: ingress }), send) : undefined;
}

/** From a proxy's Pod: to an endpoint, or by the rules of its node where the address is a Service's. */
function sentOn(trip: Trip, machine: Machine, from: End, to: Destination): RequestOutcome {
  const { world, now } = trip.env;
  const service =
    to.endpoint === undefined ? proxyView(world, machine.name, now).byAddress(to.ip) : undefined;
  if (service === undefined) return arrive(trip, from, to);
  const via = viaService(trip, machine, service, isTcp(to.port), 'internal');
  return via.outcome === undefined ? arrive(trip, via.from, via.to) : via.outcome;
}

function outcomeOf(
  { way, timeoutMs }: Trip,
  { machine, podUid, spentMs }: Door,
  reply: HttpReply,
): RequestOutcome {
  const pod = nameOf(machine.sandboxes.get(podUid)!);
  way.reach('pod', pod);
  const reached = { hops: way.hops, node: machine.name, pod };
  const timedOut = (obstacle: Obstacle): RequestOutcome => {
    way.stop(obstacle);
    return { kind: 'timedOut', afterMs: timeoutMs, ...reached };
  };
  if (reply.kind === 'silent') return timedOut('noAnswer');
  if (reply.kind !== 'answered') {
    if (spentMs > timeoutMs) return timedOut('tooSlow');
    way.stop('notListening');
    if (reply.kind === 'refused') return { kind: 'refused', afterMs: spentMs, ...reached };
    const closed = reply.greeted === true ? 'greeted' : 'silently';
    return { kind: 'refused', afterMs: spentMs, ...reached, closed };
  }
  const afterMs = reply.afterMs + spentMs;
  if (afterMs > timeoutMs) return timedOut('tooSlow');
  if (reply.status >= 400) way.stop('errorStatus');
  const answered = { kind: 'answered' as const, status: reply.status, body: reply.body, afterMs, ...reached };
  return reply.acts === undefined ? answered : { ...answered, acts: true };
}

/** To an address and port. */
export function arrive(trip: Trip, from: End, to: Destination): RequestOutcome {
  const end = endAt(trip, from, to);
  if (end.outcome !== undefined) return end.outcome;
  if (trip.env.opened !== undefined) tellOpened(trip, from, to, end.door);
  return answerOf(trip, end.door);
}

/** A connection is opened, where something takes it. */
function tellOpened({ env }: Trip, from: End, { ip }: Destination, { machine, podUid, port }: Door): void {
  const { world, now } = env;
  if (connect(world, machine, podUid, port, now) !== 'open') return;
  const container = listener(world, machine, podUid, port, now)!.id;
  const entry = from.machine === undefined ? {} : { entry: from.machine.name };
  env.opened!({ node: machine.name, podUid, container, ip, port, ...entry, usedAt: now });
}

/** What a packet comes to: a port of a Pod, or nothing that would take it. */
type Arrival = { readonly outcome: RequestOutcome } | { readonly outcome?: undefined; readonly door: Door };

export function endAt(trip: Trip, from: End, to: Destination, protocol: Protocol = 'TCP'): Arrival {
  const { env, way } = trip;
  const { world } = env;
  const held = world.network.podIps.get(to.ip);
  const machine = held === undefined ? machineAt(world, to.ip) : world.machines.get(held.node);
  const extraMs = impairment(env, from.machine, machine);
  const spentMs = env.hop() + env.hop() + (extraMs ?? 0);
  way.pass(spentMs / 2);
  if (machine === undefined) {
    const { nodeName } = to.endpoint ?? {};
    const last = nodeName ? world.machines.get(nodeName) : undefined;
    if (last !== undefined && last.power !== 'on') {
      way.reach('node', last.name);
      return { outcome: { ...lost(trip, 'nodeOff'), ...podOf(to), node: last.name } };
    }
    way.reach('pod', podOf(to).pod ?? to.ip);
    return { outcome: { ...lost(trip, to.isStale?.() === true ? 'staleRoute' : 'podGone'), ...podOf(to) } };
  }
  const reached = { node: machine.name };
  const sandbox = held === undefined ? undefined : machine.sandboxes.get(held.podUid);
  if (machine.power !== 'on' || extraMs === undefined || isBlocked(world, from, { machine, sandbox })) {
    way.reach('node', machine.name);
    return { outcome: { ...lost(trip, machine.power === 'on' ? 'noPath' : 'nodeOff'), ...reached } };
  }
  const { policy } = world.network;
  const denied =
    policy.policies.size === 0
      ? undefined
      : deniedBy(policy, partyOf(from), partyOf({ machine, sandbox }), to.port, protocol);
  if (denied !== undefined) {
    const pod = sandbox === undefined ? to.ip : nameOf(sandbox);
    way.reach('pod', pod);
    return {
      outcome: { ...lost(trip, denied === 'Egress' ? 'egressDenied' : 'ingressDenied'), ...reached, pod },
    };
  }
  const doorTo = (podUid: string): Arrival => ({
    door: { machine, podUid, port: to.port, from: addressOf(from), spentMs },
  });
  if (held !== undefined) return doorTo(held.podUid);
  // Pods on the host's network share its address: the one that listens answers.
  for (const { ready, ip, podUid } of machine.sandboxes.values()) {
    if (!ready || ip !== machine.ip) continue;
    if (connect(world, machine, podUid, to.port, env.now) === 'refused') continue;
    return doorTo(podUid);
  }
  way.reach('node', machine.name);
  way.stop('notListening');
  return { outcome: { kind: 'refused', afterMs: spentMs, hops: way.hops, ...reached } };
}

/** The Pod that the API says has the address. */
const podOf = ({ endpoint }: Destination): { pod?: string } => {
  const { kind, namespace, name } = endpoint?.targetRef ?? {};
  return kind === 'Pod' ? { pod: `${namespace}/${name}` } : {};
};
