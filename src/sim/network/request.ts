/** One HTTP request, from a pod or from outside, to whatever it would reach in reality. */
import type { Millis } from '../kernel/types.ts';
import { machineAt, sandboxesNamed } from '../node/addresses.ts';
import { remember } from '../node/accesslog.ts';
import { takeOn } from '../node/cpu.ts';
import { httpGet, type HttpReply, listener } from '../node/answer.ts';
import type { Machine, World } from '../node/world.ts';
import { resolve } from './dns.ts';
import { impairment, isBlocked, type End } from './impair.ts';
import { routeOf, type Route, type ServicePort } from './proxy.ts';
import { proxyView, viewAt } from './routes.ts';
import type { NetworkEnv, Origin, RequestOutcome } from './types.ts';
import type { Service } from '../api/types.ts';

/** How long a client waits that says nothing else. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** How long a connection is tried that nobody gives up (tcp_syn_retries). */
const LONGEST_WAIT_MS = 130_000;

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** @throws Error when it is not an http URL */
export function parseUrl(url: string): Target {
  const found = /^(https?):\/\/([^/:?#]+)(?::([0-9]+))?([/?#].*)?$/.exec(url);
  if (found === null)
    throw new Error(
      `not an HTTP URL: ${JSON.stringify(url)}, expected one like http://web/ or http://node-1:30080/`,
    );
  const port = found[3] === undefined ? (found[1] === 'https' ? 443 : 80) : Number(found[3]);
  if (port < 1 || port > 65_535) throw new Error(`not a port: ${found[3]}`);
  const path = found[4] ?? '/';
  return { host: found[2]!, port, path: path.startsWith('/') ? path : `/${path}` };
}

/** How a container's wget or curl reaches the network. */
export const fetchFrom =
  (env: NetworkEnv, from: Origin) =>
  (url: string, timeoutMs: Millis, agent?: string): RequestOutcome =>
    request(agent === undefined ? env : { ...env, agent }, from, url, Math.min(timeoutMs, LONGEST_WAIT_MS));

/**
 * Where a request starts: the pod's own machine, or, from outside, the machine whose rules it meets first.
 */
interface Source {
  readonly machine: Machine | undefined;
  readonly podUid: string | undefined;
  readonly address: string;
}

function sourceOf(env: NetworkEnv, from: Origin): Source | undefined {
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

/**
 * Sends a request and says what came of it; nothing of the cluster changes but what its servers remember.
 * @throws Error when the URL is none, or the pod it shall come from is not there
 */
export function request(
  env: NetworkEnv,
  from: Origin,
  url: string,
  timeoutMs: Millis = DEFAULT_TIMEOUT_MS,
): RequestOutcome {
  const target = parseUrl(url);
  const source = sourceOf(env, from);
  if (source === undefined)
    throw new Error(`pod ${from.namespace}/${from.pod} does not run: no request can come from it`);
  const timedOut: RequestOutcome = { kind: 'timedOut', afterMs: timeoutMs };
  const { host, port } = target;
  if (host === 'localhost' || host === '127.0.0.1') {
    if (source.machine === undefined || source.podUid === undefined) return { kind: 'refused', afterMs: 0 };
    return outcome(
      exchanged(env, source.machine, source.podUid, target, port, '127.0.0.1'),
      env.hop(),
      timeoutMs,
      {},
    );
  }
  const { dns } = env.world.network;
  const asked = dns === undefined || /^[\d.]+$/.test(host) ? undefined : dns;
  if (asked?.mode === 'error') return { kind: 'notResolved', afterMs: env.hop() };
  // An address that is nobody's: the connection is tried in vain.
  if (asked?.mode === 'random') return timedOut;
  if (asked !== undefined) {
    if (asked.delayMs >= timeoutMs) return timedOut;
    const rest = answered(env, source, from, target, timeoutMs - asked.delayMs);
    return { ...rest, afterMs: rest.afterMs + asked.delayMs };
  }
  return answered(env, source, from, target, timeoutMs);
}

/** A request whose name is being resolved without trouble. */
function answered(
  env: NetworkEnv,
  source: Source,
  from: Origin,
  target: Target,
  timeoutMs: Millis,
): RequestOutcome {
  const timedOut: RequestOutcome = { kind: 'timedOut', afterMs: timeoutMs };
  const { host, port } = target;
  const found = resolve(env.world, viewAt(env.world, env.now), from.namespace, host);
  if (found === undefined) return { kind: 'notResolved', afterMs: env.hop() };
  if (found.kind === 'service') {
    const { machine } = source;
    // From outside, a cluster IP is reached through some node; without any there is no way.
    if (machine === undefined) return timedOut;
    return viaService(env, source, machine, found.service, (p) => p.port === port, false, target, timeoutMs);
  }
  const ip = found.ips[Math.floor(env.random() * found.ips.length)]!;
  const node = machineAt(env.world, ip);
  if (node !== undefined) {
    if (node.power !== 'on' || unreachable(env.world, source, node)) return { ...timedOut, node: node.name };
    const service = proxyView(env.world, node.name, env.now).byNodePort(port);
    if (service !== undefined)
      return viaService(env, source, node, service, (p) => p.nodePort === port, true, target, timeoutMs);
  }
  return deliver(env, endOf(source), { ip, port }, target, timeoutMs);
}

/** Of a request from outside, nothing but the other end can be in the way. */
const endOf = (source: Source): End =>
  source.podUid === undefined
    ? { machine: undefined }
    : { machine: source.machine, sandbox: source.machine?.sandboxes.get(source.podUid) };

const unreachable = (world: World, source: Source, node: Machine): boolean =>
  isBlocked(world, endOf(source), { machine: node });

function viaService(
  env: NetworkEnv,
  source: Source,
  entry: Machine,
  known: Service,
  fits: (port: ServicePort) => boolean,
  external: boolean,
  target: Target,
  timeoutMs: Millis,
): RequestOutcome {
  const view = proxyView(env.world, entry.name, env.now);
  // DNS may know a Service that this node's kube-proxy has not heard of: its address leads nowhere yet.
  const service = view.service(known.metadata.namespace!, known.metadata.name);
  const port = service?.spec.ports?.find(fits);
  if (service === undefined || port === undefined) return { kind: 'timedOut', afterMs: timeoutMs };
  const route: Route = routeOf(
    view,
    service,
    port,
    { name: entry.name, zone: entry.labels['topology.kubernetes.io/zone'] },
    external,
  );
  if (route.kind === 'reject') return { kind: 'refused', afterMs: env.hop() };
  if (route.kind === 'drop') return { kind: 'timedOut', afterMs: timeoutMs };
  const { backends } = route;
  const sticky = service.spec.sessionAffinity === 'ClientIP';
  const pick = sticky
    ? hash(`${source.address}/${service.metadata.uid}`) % backends.length
    : Math.floor(env.random() * backends.length);
  const end = endOf(source);
  return deliver(env, { machine: entry, sandbox: end.sandbox }, backends[pick]!, target, timeoutMs);
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

/** A client outside of the cluster (RFC 5737). */
const SOMEWHERE = '203.0.113.10';

/** As the other end sees it: what comes through a node from outside has the node's. */
const addressOf = ({ machine, sandbox }: End): string => sandbox?.ip ?? machine?.ip ?? SOMEWHERE;

/** What a Pod answers on a port, and the trace that this leaves in it. */
function exchanged(
  { world, now, agent }: NetworkEnv,
  machine: Machine,
  podUid: string,
  { host, path }: Target,
  port: number,
  from: string,
): HttpReply {
  const reply = httpGet(world, machine, podUid, port, path, now, true);
  if (agent === undefined || reply.kind !== 'answered') return reply;
  const container = listener(world, machine, podUid, port, now)!;
  takeOn(world, machine, container, now);
  remember(world, machine, container, { from, host, path, agent, reply }, now);
  return reply;
}

/** To an address and port. */
function deliver(
  env: NetworkEnv,
  from: End,
  to: { ip: string; port: number },
  target: Target,
  timeoutMs: Millis,
): RequestOutcome {
  const { world } = env;
  const held = world.network.podIps.get(to.ip);
  const machine = held === undefined ? machineAt(world, to.ip) : world.machines.get(held.node);
  const extraMs = impairment(env, from.machine, machine);
  const after = env.hop() + env.hop() + (extraMs ?? 0);
  if (machine === undefined) return { kind: 'timedOut', afterMs: timeoutMs };
  const reached = { node: machine.name };
  const sandbox = held === undefined ? undefined : machine.sandboxes.get(held.podUid);
  if (machine.power !== 'on' || extraMs === undefined || isBlocked(world, from, { machine, sandbox }))
    return { kind: 'timedOut', afterMs: timeoutMs, ...reached };
  if (held !== undefined) {
    return outcome(exchanged(env, machine, held.podUid, target, to.port, addressOf(from)), after, timeoutMs, {
      ...reached,
      pod: podName(machine, held.podUid),
    });
  }
  // Pods on the host's network share its address: the one that listens answers.
  for (const sandbox of machine.sandboxes.values()) {
    if (!sandbox.ready || sandbox.ip !== machine.ip) continue;
    const reply = exchanged(env, machine, sandbox.podUid, target, to.port, addressOf(from));
    if (reply.kind !== 'refused')
      return outcome(reply, after, timeoutMs, { ...reached, pod: podName(machine, sandbox.podUid) });
  }
  return { kind: 'refused', afterMs: after, ...reached };
}

function podName(machine: Machine, uid: string): string {
  const sandbox = machine.sandboxes.get(uid)!;
  return `${sandbox.podNamespace}/${sandbox.podName}`;
}

function outcome(
  reply: HttpReply,
  hopMs: Millis,
  timeoutMs: Millis,
  reached: { node?: string; pod?: string },
): RequestOutcome {
  if (reply.kind === 'silent') return { kind: 'timedOut', afterMs: timeoutMs, ...reached };
  if (reply.kind === 'refused' || reply.kind === 'closed')
    return hopMs > timeoutMs
      ? { kind: 'timedOut', afterMs: timeoutMs, ...reached }
      : { kind: 'refused', afterMs: hopMs, ...reached };
  if (reply.afterMs + hopMs > timeoutMs) return { kind: 'timedOut', afterMs: timeoutMs, ...reached };
  return {
    kind: 'answered',
    status: reply.status,
    body: reply.body,
    afterMs: reply.afterMs + hopMs,
    ...reached,
  };
}
