/**
 * A name is looked up: the resolver of a Pod asks for one full name after another, at the address that its
 * /etc/resolv.conf gives, until one is known; where nobody answers it waits and asks again. Models res_search
 * and res_send of glibc (resolv/res_query.c, res_send.c), and CoreDNS behind kube-dns' cluster IP. Names of
 * nodes and Pods, hosts of Ingresses and of routes, are known to whoever is asked beyond the cluster. The
 * questions of one look-up come from one port, and so to one server.
 */
import type { Millis } from '../../kernel/types.ts';
import { machineAt } from '../../node/addresses.ts';
import { addedMs, connect, listener } from '../../node/answer.ts';
import { programOf } from '../../node/images.ts';
import { clusterResolver, optionOf, type Resolver } from '../../node/resolver.ts';
import type { Machine, World } from '../../node/world.ts';
import type { Obstacle } from '../../messages.ts';
import { endAt } from '../arrive.ts';
import { viewAt } from '../routes.ts';
import { endOf, type Source, type Trip } from '../trip.ts';
import type { Origin } from '../types.ts';
import { nameOf, viaService } from '../via.ts';
import { type Hop, Way } from '../way.ts';
import { beside, elsewhere, resolve } from './names.ts';
import { answerOfServer, type AskAnother } from './server.ts';

/** Why a name was not answered for: nothing came back, nobody was there to ask, or an error (SERVFAIL). */
export type Unanswered = 'timedOut' | 'refused' | 'serverFailed';

export interface LookUp {
  /** None: it is not known, or nobody answered. */
  readonly ips: readonly string[];
  readonly afterMs: Millis;
  readonly failed?: Unanswered;
  /** Of what nobody answered: the way of the question. */
  readonly hops: readonly Hop[];
}

/** RES_TIMEOUT, RES_DFLRETRY, and what options may say at most (resolv/resolv.h). */
const TIMEOUT_SECONDS = 5;
const ATTEMPTS = 2;
const MOST_SECONDS = 30;
const MOST_ATTEMPTS = 5;

/** The full names that a name stands for, in the order in which they are asked for. */
export function candidates(host: string, resolver: Resolver): string[] {
  const name = host.toLowerCase();
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = resolver.searches.map((domain) => `${name}.${domain}`);
  const isFull = name.split('.').length - 1 >= optionOf(resolver, 'ndots', 1);
  return isFull ? [name, ...searched] : [...searched, name];
}

/** The resolver of whoever sends a request. */
function resolverAt({ system }: World, { machine, podUid }: Source, { namespace }: Origin): Resolver {
  const own = podUid === undefined ? undefined : machine?.sandboxes.get(podUid)?.resolver;
  return own ?? clusterResolver(namespace, system!.dns);
}

type Reply =
  | { readonly ips: readonly string[]; readonly afterMs: Millis; readonly beyond?: true }
  | { readonly failed: Unanswered; readonly afterMs: Millis };

/** One server, as the questions of one look-up come to it. */
interface Asked {
  readonly way: Way;
  ask(name: string): Reply;
}

/** Whether an address may be somebody's in the cluster. */
const isOurs = (world: World, ip: string): boolean =>
  ip.split('.')[0] === world.system!.dns.split('.')[0] || machineAt(world, ip) !== undefined;

const failing = (way: Way, failed: Unanswered, afterMs: Millis): Asked => ({
  way,
  ask: () => ({ failed, afterMs }),
});

function serverAt(trip: Trip, ip: string, host: string): Asked {
  const { env, source, from } = trip;
  const { world, now } = env;
  const way = new Way(env.onlyStops !== true);
  way.reach('name', host);
  if (!isOurs(world, ip))
    return { way, ask: () => ({ ips: [], beyond: true, afterMs: env.hop() + env.hop() }) };
  const found = resolve(world, viewAt(world, now), from.namespace, ip)!;
  const asking: Trip = { ...trip, way };
  if (found.kind === 'addresses') return atEnd(asking, endAt(asking, endOf(source), { ip, port: 53 }, 'UDP'));
  if (source.machine === undefined) {
    way.reach('service', nameOf(found.service));
    way.stop('noNode');
    return failing(way, 'timedOut', 0);
  }
  const via = viaService(
    asking,
    source.machine,
    found.service,
    ({ port, protocol }) => port === 53 && protocol === 'UDP',
    'internal',
  );
  return atEnd(asking, via.outcome === undefined ? endAt(asking, via.from, via.to, 'UDP') : via);
}

/** What a server says that was come to, or why none was. */
function atEnd(trip: Trip, arrival: ReturnType<typeof endAt>): Asked {
  const { env, way } = trip;
  const { outcome } = arrival;
  if (outcome !== undefined)
    return failing(way, outcome.kind === 'refused' ? 'refused' : 'timedOut', outcome.afterMs);
  const { machine, podUid, port, spentMs } = arrival.door;
  const { podNamespace, podName } = machine.sandboxes.get(podUid)!;
  way.reach('pod', `${podNamespace}/${podName}`);
  const stopped = (obstacle: Obstacle, failed: Unanswered): Asked => {
    way.stop(obstacle);
    return failing(way, failed, spentMs);
  };
  const connection = connect(env.world, machine, podUid, port, env.now);
  if (connection === 'refused') return stopped('notListening', 'refused');
  const container = connection === 'open' ? listener(env.world, machine, podUid, port, env.now) : undefined;
  const program = container && programOf(env.world, container);
  if (container === undefined || program?.answersNames !== true || container.faults.has('hang'))
    return stopped('noAnswer', 'timedOut');
  if (container.faults.has('error')) return stopped('errorStatus', 'serverFailed');
  return {
    way,
    ask: (name) => {
      const said = answerOfServer(env, machine, container, name, anotherFrom(trip, machine, podUid));
      const { afterMs: waitedMs = 0 } = 'failed' in said ? said : {};
      return { ...said, afterMs: spentMs + addedMs(container) + waitedMs };
    },
  };
}

/** So long one server waits for another (plugin/forward). */
const FORWARD_MS = 5_000;
/** A server that asks itself goes round in circles (plugin/loop). */
const MOST_FORWARDS = 4;

/** How the server in a Pod asks another one of the cluster. */
function anotherFrom(trip: Trip, machine: Machine, podUid: string): AskAnother {
  const { env, forwards = 0 } = trip;
  return (ip, name) => {
    if (!isOurs(env.world, ip)) return undefined;
    if (forwards >= MOST_FORWARDS) return { failed: 'serverFailed', afterMs: FORWARD_MS };
    const address = machine.sandboxes.get(podUid)?.ip ?? '';
    const asking: Trip = { ...trip, source: { machine, podUid, address }, forwards: forwards + 1 };
    const reply = serverAt(asking, ip, name).ask(name);
    if ('ips' in reply) return reply;
    const isLost = reply.failed === 'timedOut';
    return { failed: 'serverFailed', afterMs: isLost ? FORWARD_MS : reply.afterMs };
  };
}

/** Asks for one full name, server after server, as often as the resolver does. */
function query(servers: readonly Asked[], name: string, resolver: Resolver): Reply {
  const seconds = Math.min(optionOf(resolver, 'timeout', TIMEOUT_SECONDS), MOST_SECONDS);
  const attempts = Math.min(optionOf(resolver, 'attempts', ATTEMPTS), MOST_ATTEMPTS);
  let failed: Unanswered = 'timedOut';
  let afterMs = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1)
    for (const [at, server] of servers.entries()) {
      const reply = server.ask(name);
      if ('ips' in reply) return { ...reply, afterMs: afterMs + reply.afterMs };
      failed = reply.failed;
      const waitsSeconds = at === 0 ? seconds : Math.max(1, Math.floor((seconds << at) / servers.length));
      afterMs += failed === 'timedOut' ? waitsSeconds * 1000 : reply.afterMs;
    }
  return { failed, afterMs };
}

/** Looks a name up, in a cluster whose names Pods answer for. */
export function lookUp(trip: Trip, host: string): LookUp {
  const { env, source, from } = trip;
  const { world } = env;
  const outer = source.podUid === undefined ? elsewhere(world, host) : undefined;
  if (outer !== undefined) return { ips: [outer], afterMs: 0, hops: [] };
  const resolver = resolverAt(world, source, from);
  const servers = resolver.servers.map((ip) => serverAt(trip, ip, host));
  let afterMs = 0;
  let failed: Unanswered | undefined;
  let isBeyond = false;
  for (const name of candidates(host, resolver)) {
    const reply = query(servers, name, resolver);
    afterMs += reply.afterMs;
    if ('ips' in reply) {
      if (reply.ips.length > 0) return { ips: reply.ips, afterMs, hops: [] };
      isBeyond ||= reply.beyond === true;
      continue;
    }
    failed = reply.failed;
    if (failed !== 'serverFailed') break;
  }
  if (failed !== undefined) return { ips: [], afterMs, failed, hops: servers.at(-1)?.way.hops ?? [] };
  const known = isBeyond ? beside(world, from.namespace, host) : undefined;
  return { ips: known === undefined ? [] : [known], afterMs, hops: [] };
}
