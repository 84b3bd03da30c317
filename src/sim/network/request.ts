/** One HTTP request, from a pod or from outside, to whatever it would reach in reality. */
import { remembered } from '../kernel/memo.ts';
import type { Millis } from '../kernel/types.ts';
import { machineAt } from '../node/addresses.ts';
import type { Machine, World } from '../node/world.ts';
import type { Service } from '../api/types.ts';
import { acted } from './acts.ts';
import { answerOf, arrive } from './arrive.ts';
import { overConnection } from './connections.ts';
import { type LookUp, lookUp } from './dns/lookup.ts';
import { isIPv4, resolve } from './dns/names.ts';
import { handedOn } from './hostports.ts';
import { isBlocked } from './impair.ts';
import { lets, targetsOf } from './balancer.ts';
import { type Bound, type ServicePort, usableOn } from './proxy.ts';
import { balancedAddresses, proxyView, viewAt } from './routes.ts';
import { sourceOf } from './source.ts';
import { endOf, lost, notResolved, refused, SOMEWHERE, type Source, type Target, type Trip } from './trip.ts';
import type { Connection, NetworkEnv, Origin, RequestOutcome } from './types.ts';
import { isTcp, nameOf, viaService } from './via.ts';
import { Way } from './way.ts';

/** How long a client waits that says nothing else. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** How long a connection is tried that nobody gives up (tcp_syn_retries). */
const LONGEST_WAIT_MS = 130_000;

/** @throws Error when it is not an http URL */
export const parseUrl = remembered(1024, (url: string): Target => {
  const found = /^(https?):\/\/([^/:?#]+)(?::([0-9]+))?([/?#].*)?$/.exec(url);
  if (found === null)
    throw new Error(
      `not an HTTP URL: ${JSON.stringify(url)}, expected one like http://web/ or http://node-1:30080/`,
    );
  const port = found[3] === undefined ? (found[1] === 'https' ? 443 : 80) : Number(found[3]);
  if (port < 1 || port > 65_535) throw new Error(`not a port: ${found[3]}`);
  const path = found[4] ?? '/';
  return { host: found[2]!, port, path: path.startsWith('/') ? path : `/${path}` };
});

/** How a container's wget or curl reaches the network. */
export const fetchFrom =
  (env: NetworkEnv, from: Origin) =>
  (
    url: string,
    timeoutMs: Millis,
    agent?: string,
    headers?: Target['headers'],
    body?: string,
  ): RequestOutcome => {
    const asker = agent === undefined ? env : { ...env, agent };
    return request(asker, from, url, Math.min(timeoutMs, LONGEST_WAIT_MS), headers, body);
  };

/**
 * Sends a request and says what came of it; nothing of the cluster changes but what its servers remember.
 * @param body what is sent along, which only programs that act on requests read
 * @throws Error when the URL is none, or the pod it shall come from is not there
 */
export function request(
  env: NetworkEnv,
  from: Origin,
  url: string,
  timeoutMs: Millis = DEFAULT_TIMEOUT_MS,
  headers?: Target['headers'],
  body?: string,
): RequestOutcome {
  const outcome = requested(env, from, url, timeoutMs, headers);
  return outcome.kind === 'answered' && outcome.acts !== undefined
    ? acted(env, outcome, { path: parseUrl(url).path, body }, requested)
    : outcome;
}

function requested(
  env: NetworkEnv,
  from: Origin,
  url: string,
  timeoutMs: Millis,
  headers?: Target['headers'],
): RequestOutcome {
  const parsed = parseUrl(url);
  const target = headers === undefined ? parsed : { ...parsed, headers };
  const source = sourceOf(env, from);
  if (source === undefined)
    throw new Error(`pod ${from.namespace}/${from.pod} does not run: no request can come from it`);
  const trip: Trip = { env, source, from, target, timeoutMs, way: new Way(env.onlyStops !== true) };
  const { host, port } = target;
  if (host === 'localhost' || host === '127.0.0.1') {
    const { machine, podUid } = source;
    if (machine === undefined || podUid === undefined) return refused(trip, 0, host);
    // Who shares the machine's network asks the machine.
    const to = source.address === machine.ip ? handedOn(machine, '127.0.0.1', port, 'TCP') : undefined;
    if (to !== undefined) return arrive(trip, endOf(source), to);
    return answerOf(trip, { machine, podUid, port, from: '127.0.0.1', spentMs: env.hop() });
  }
  const { network, system } = env.world;
  const asked = network.dns === undefined || /^[\d.]+$/.test(host) ? undefined : network.dns;
  if (asked === undefined) return system === undefined ? answered(trip) : answeredByName(trip);
  trip.way.reach('name', host);
  if (asked.mode === 'error') return notResolved(trip, 'dnsFails');
  // An address that is nobody's: the connection is tried in vain.
  if (asked.mode === 'random') return lost(trip, 'dnsLies');
  if (asked.delayMs >= timeoutMs) return lost(trip, 'dnsSlow');
  trip.way.pass(asked.delayMs);
  const rest = answered({ ...trip, timeoutMs: timeoutMs - asked.delayMs });
  return { ...rest, afterMs: rest.afterMs + asked.delayMs };
}

/**
 * Sends a request on a connection that is open, or on which nothing comes back.
 * @throws Error when the URL is none, or the pod it shall come from is not there
 */
export function requestOver(
  env: NetworkEnv,
  from: Origin,
  url: string,
  held: Connection,
  timeoutMs: Millis = DEFAULT_TIMEOUT_MS,
): RequestOutcome {
  const target = parseUrl(url);
  const source = sourceOf(env, from)!;
  return overConnection({ env, source, from, target, timeoutMs, way: new Way(env.onlyStops !== true) }, held);
}

/** A request in a cluster whose names the Pods of its DNS answer for. */
function answeredByName(trip: Trip): RequestOutcome {
  const { env, target, timeoutMs, way } = trip;
  if (isIPv4(target.host)) return answered(trip);
  const { ips, afterMs, failed, hops } = lookUp(trip, target.host);
  if (afterMs > timeoutMs) return { kind: 'timedOut', afterMs: timeoutMs, hops };
  if (failed !== undefined) return { kind: 'notResolved', afterMs, hops };
  way.reach('name', target.host);
  way.pass(afterMs);
  if (ips.length === 0) {
    way.stop('nameUnknown');
    return { kind: 'notResolved', afterMs, hops: way.hops };
  }
  const address = ips[Math.floor(env.random() * ips.length)]!;
  const rest = answered({ ...trip, timeoutMs: timeoutMs - afterMs }, address);
  return { ...rest, afterMs: rest.afterMs + afterMs };
}

/** What the resolver of a Pod, or of somebody outside, finds of a name. */
export function resolvedFrom(env: NetworkEnv, from: Origin, host: string): LookUp {
  const source = sourceOf(env, from);
  if (source === undefined) return { ips: [], afterMs: 0, hops: [], failed: 'refused' };
  const target: Target = { host, port: 53, path: '/' };
  const timeoutMs = Number.POSITIVE_INFINITY;
  return lookUp({ env, source, from, target, timeoutMs, way: new Way(false) }, host);
}

/**
 * A request whose name is being resolved without trouble.
 * @param host its name, or the address that this was found to have
 */
function answered(trip: Trip, host = trip.target.host): RequestOutcome {
  const { env, source, from, target, way } = trip;
  const { world, now } = env;
  const { port } = target;
  const found = resolve(world, viewAt(world, now), from.namespace, host);
  if (found === undefined) {
    way.reach('name', host);
    return notResolved(trip, 'nameUnknown');
  }
  if (found.kind === 'service') {
    const { machine } = source;
    if (found.outer !== undefined) return viaOuterAddress(trip, found.service, found.outer);
    // From outside, a cluster IP is reached through some node; without any there is no way.
    if (machine === undefined) {
      way.reach('service', nameOf(found.service));
      return lost(trip, 'noNode');
    }
    return throughService(trip, machine, found.service, isTcp(port), 'internal');
  }
  const ip = found.ips[Math.floor(env.random() * found.ips.length)]!;
  const node = machineAt(world, ip);
  if (node !== undefined) {
    if (node.power !== 'on' || unreachable(world, source, node)) {
      way.reach('node', node.name);
      return { ...lost(trip, node.power === 'on' ? 'noPath' : 'nodeOff'), node: node.name };
    }
    const view = proxyView(world, node.name, now);
    const checked = view.byHealthCheckPort(port);
    if (checked !== undefined) return healthOf(trip, node, checked, usableOn(view, checked, node.name));
    const service = view.byNodePort(port);
    if (service !== undefined)
      return throughService(trip, node, service, (p) => p.nodePort === port, 'external');
    const to = handedOn(node, ip, port, 'TCP');
    if (to !== undefined) return arrive(trip, endOf(source), to);
  }
  return arrive(trip, endOf(source), { ip, port });
}

const unreachable = (world: World, source: Source, node: Machine): boolean =>
  isBlocked(world, endOf(source), { machine: node });

/** What a node's kube-proxy says of a Service's endpoints on it: pkg/proxy/healthcheck/service_health.go. */
function healthOf({ env, way }: Trip, node: Machine, service: Service, local: number): RequestOutcome {
  way.reach('node', node.name);
  way.reach('service', nameOf(service));
  const { namespace, name } = service.metadata;
  const body = JSON.stringify({
    service: { namespace, name },
    localEndpoints: local,
    serviceProxyHealthy: true,
  });
  const status = local > 0 ? 200 : 503;
  return { kind: 'answered', status, body, afterMs: env.hop(), node: node.name, hops: way.hops };
}

/**
 * By an address for those outside: through a node that the load balancer sends to, or, of an external
 * address, through the one that is met first. Who is in the cluster goes by the rules of his own node, and no
 * local policy of the Service binds him.
 */
function viaOuterAddress(trip: Trip, service: Service, ip: string): RequestOutcome {
  const { env, source, target, way } = trip;
  const { world, now } = env;
  const fits = isTcp(target.port);
  const isBalanced = balancedAddresses(service).includes(ip);
  if (isBalanced && !lets(service, source.podUid === undefined ? SOMEWHERE : source.address)) {
    way.reach('service', nameOf(service));
    return lost(trip, 'sourceDenied');
  }
  if (source.podUid !== undefined) return throughService(trip, source.machine!, service, fits, 'none');
  if (!isBalanced) {
    if (source.machine !== undefined) return throughService(trip, source.machine, service, fits, 'external');
    way.reach('service', nameOf(service));
    return lost(trip, 'noNode');
  }
  way.reach('loadBalancer', ip);
  const targets = targetsOf(world, service, now);
  if (targets.length === 0) return lost(trip, 'noTargets');
  const node = targets[Math.floor(env.random() * targets.length)]!;
  if (node.power === 'on' && !unreachable(world, source, node))
    return throughService(trip, node, service, fits, 'external');
  way.reach('node', node.name);
  return { ...lost(trip, node.power === 'on' ? 'noPath' : 'nodeOff'), node: node.name };
}

/** By the rules of a node's kube-proxy. */
function throughService(
  trip: Trip,
  entry: Machine,
  service: Service,
  fits: (port: ServicePort) => boolean,
  bound: Bound,
): RequestOutcome {
  const via = viaService(trip, entry, service, fits, bound);
  return via.outcome === undefined ? arrive(trip, via.from, via.to) : via.outcome;
}
