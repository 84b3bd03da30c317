/**
 * When a request may meet something else although nobody does anything: a container that is starting begins
 * to listen, a kube-proxy learns of a change that is on its way. Neither is an event, so whoever waits for
 * an answer has to know when to ask again.
 */
import type { Millis } from '../kernel/types.ts';
import { machineAt, sandboxesNamed } from '../node/addresses.ts';
import { isServer, listeningSince } from '../node/answer.ts';
import { containersOf, type Machine, type World } from '../node/world.ts';
import { resolve } from './dns.ts';
import { parseUrl } from './request.ts';
import { learnsAt, viewAt } from './routes.ts';
import type { Origin } from './types.ts';

/** When the next of a Pod's containers that are starting begins to listen. */
function listensAt(world: World, machine: Machine, podUid: string, now: Millis): Millis {
  let next = Number.POSITIVE_INFINITY;
  for (const container of containersOf(machine, podUid)) {
    if (container.state !== 'running' || !isServer(world, container)) continue;
    const since = listeningSince(world, container);
    if (since > now && since < next) next = since;
  }
  return next;
}

/** The same of whoever has an address: a Pod, or those on the network of their node. */
function answersAt(world: World, ip: string, now: Millis): Millis {
  const held = world.network.podIps.get(ip);
  if (held !== undefined) {
    const machine = world.machines.get(held.node);
    return machine === undefined ? Number.POSITIVE_INFINITY : listensAt(world, machine, held.podUid, now);
  }
  const machine = machineAt(world, ip);
  if (machine === undefined) return Number.POSITIVE_INFINITY;
  const onHost = [...machine.sandboxes.values()].filter((s) => s.ready && s.ip === ip);
  return Math.min(...onHost.map((s) => listensAt(world, machine, s.podUid, now)), Number.POSITIVE_INFINITY);
}

/**
 * When a request to the URL may next be answered in another way by itself. Infinity: not before something
 * happens.
 * @throws Error for a URL that is none
 */
export function changesAt(world: World, now: Millis, from: Origin, url: string): Millis {
  const { host, port } = parseUrl(url);
  if (host === 'localhost' || host === '127.0.0.1') {
    const own = from.pod === undefined ? [] : sandboxesNamed(world, from.namespace, from.pod);
    const times = own.map(({ machine, sandbox }) => listensAt(world, machine, sandbox.podUid, now));
    return Math.min(...times, Number.POSITIVE_INFINITY);
  }
  const view = viewAt(world, now);
  const found = resolve(world, view, from.namespace, host);
  if (found === undefined) return Number.POSITIVE_INFINITY;
  const byNode =
    found.kind === 'addresses' && found.ips.some((ip) => machineAt(world, ip) !== undefined)
      ? view.byNodePort(port)
      : undefined;
  const service = found.kind === 'service' ? found.service : byNode;
  const ips = found.kind === 'addresses' ? [...found.ips] : [];
  let next = Number.POSITIVE_INFINITY;
  if (service !== undefined) {
    const { namespace = '', name } = service.metadata;
    for (const slice of view.slices(namespace, name))
      for (const endpoint of slice.endpoints ?? []) ips.push(...endpoint.addresses);
    for (const node of world.machines.keys())
      next = Math.min(next, learnsAt(world, node, now, namespace, name));
  }
  for (const ip of ips) next = Math.min(next, answersAt(world, ip, now));
  return next;
}
