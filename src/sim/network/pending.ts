/**
 * When a request may meet something else although nobody does anything: a container that is starting begins
 * to listen, a kube-proxy learns of a change that is on its way. Neither is an event, so whoever waits for
 * an answer has to know when to ask again.
 */
import type { Service } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import { machineAt, sandboxesNamed } from '../node/addresses.ts';
import { isServer, listeningSince } from '../node/answer.ts';
import { corefilesChangeAt } from '../node/corefiles.ts';
import { containersOf, type Machine, type World } from '../node/world.ts';
import { endpointAt, handedOn } from './hostports.ts';
import { balancerLearnsAt } from './balancer.ts';
import { isIPv4, resolve } from './dns/names.ts';
import { parseUrl } from './request.ts';
import { balancedAddresses, learnsAt, viewAt } from './routes.ts';
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

/** The same of a Service: of its endpoints, of the nodes that route to them, and of its load balancer. */
function routedAt(world: World, now: Millis, service: Service): Millis {
  const { namespace = '', name } = service.metadata;
  const ips = viewAt(world, now)
    .slices(namespace, name)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .flatMap(({ addresses }) => addresses);
  return Math.min(
    ...ips.map((ip) => answersAt(world, ip, now)),
    ...Array.from(world.machines.keys(), (node) => learnsAt(world, node, now, namespace, name)),
    balancedAddresses(service).length === 0
      ? Number.POSITIVE_INFINITY
      : balancerLearnsAt(world, service, now),
  );
}

/** When a name may next be answered for in another way: by other servers, or by one that has kept it. */
function namedAt(world: World, now: Millis, host: string): Millis {
  const { dns, names } = world.system!;
  const service = viewAt(world, now).byAddress(dns);
  let next = service === undefined ? Number.POSITIVE_INFINITY : routedAt(world, now, service);
  next = Math.min(next, corefilesChangeAt(world, now));
  const name = host.toLowerCase();
  for (const [key, { until }] of names)
    if (until > now && until < next && key.includes(` ${name}`)) next = until;
  return next;
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
    const times = own.map(({ machine, sandbox }) => {
      const to = sandbox.ip === machine.ip ? handedOn(machine, '127.0.0.1', port, 'TCP') : undefined;
      return to === undefined ? listensAt(world, machine, sandbox.podUid, now) : answersAt(world, to.ip, now);
    });
    return Math.min(...times, Number.POSITIVE_INFINITY);
  }
  const view = viewAt(world, now);
  const byName =
    world.system === undefined || isIPv4(host) ? Number.POSITIVE_INFINITY : namedAt(world, now, host);
  const found = resolve(world, view, from.namespace, host);
  if (found === undefined) return byName;
  const byNode =
    found.kind === 'addresses' && found.ips.some((ip) => machineAt(world, ip) !== undefined)
      ? view.byNodePort(port)
      : undefined;
  const service = found.kind === 'service' ? found.service : byNode;
  const ips = found.kind === 'addresses' ? found.ips : [];
  return Math.min(
    byName,
    service === undefined ? Number.POSITIVE_INFINITY : routedAt(world, now, service),
    ...ips.map((ip) => answersAt(world, endpointAt(world, ip, port, 'TCP').ip, now)),
  );
}
