/**
 * A network that is not cut but impaired: one way only, for some pods only, with packets lost or late, with
 * names that do not resolve. Requests are TCP: they need both ways, so that a connection fails whichever
 * direction is blocked, and a lost packet is sent again, later and later.
 */
import { matches, type Selector } from '../api/selector.ts';
import type { Millis } from '../kernel/types.ts';
import { type NodeEnv, noted } from '../node/env.ts';
import { machineOf } from '../node/machine.ts';
import type { DnsTrouble, Machine, Sandbox, World } from '../node/world.ts';
import { arePartitioned, cutOffFromControlPlane, reconnectToControlPlane } from './partition.ts';
import type { NetworkEnv } from './types.ts';

/**
 * First retransmission of a connection's first packet (RFC 6298), and of data over a fast network (Linux'
 * TCP_RTO_MIN).
 */
const SYN_RTO_MS = 1000;
const DATA_RTO_MS = 200;
/** Packets of a small request, after the first: the handshake's answer, the request, the reply. */
const PACKETS = 3;

/** One end of a connection; a machine without a sandbox is its host's network. */
export interface End {
  readonly machine: Machine | undefined;
  readonly sandbox?: Sandbox | undefined;
  /** As the other end sees it, where that is not its own. */
  readonly address?: string;
}

/** Packets from one node to another are dropped. */
export function blockOneWay(env: NodeEnv, from: string, to: string): void {
  machineOf(env, from);
  machineOf(env, to);
  const since = noted(env, 'packetsDropped', { from, to });
  env.world.network.oneWay.add(`${from}>${to}`);
  env.control.linksChanged(since.by);
}

export function unblockOneWay(env: NodeEnv, from: string, to: string): void {
  if (!env.world.network.oneWay.delete(`${from}>${to}`)) return;
  env.control.linksChanged(noted(env, 'packetsPass', { from, to }).by);
}

/** All traffic of a node is dropped, that with the control plane too. */
export function isolateNode(env: NodeEnv, node: string): void {
  machineOf(env, node);
  const since = noted(env, 'networkLost', { node });
  env.world.network.isolated.set(node, env.control.now);
  cutOffFromControlPlane(since, node);
  env.control.linksChanged(since.by);
}

export function rejoinNode(env: NodeEnv, node: string): void {
  if (!env.world.network.isolated.delete(node)) return;
  const since = noted(env, 'networkBack', { node });
  reconnectToControlPlane(since, node);
  env.control.linksChanged(since.by);
}

/**
 * Pods of one selector reach those of another no more (nor these them: TCP needs both ways).
 * @param texts the selectors as they were written
 */
export function partitionPods(
  env: NodeEnv,
  id: string,
  namespace: string,
  from: Selector,
  to: Selector,
  texts: { readonly from: string; readonly to: string },
): void {
  noted(env, 'podsPartitioned', { id, ...texts });
  env.world.network.podPartitions = [...env.world.network.podPartitions, { id, namespace, from, to }];
}

export function healPods(
  env: NodeEnv,
  id: string,
  texts: { readonly from: string; readonly to: string },
): void {
  const { network } = env.world;
  const left = network.podPartitions.filter((p) => p.id !== id);
  if (left.length === network.podPartitions.length) return;
  noted(env, 'podsReconnected', { id, ...texts });
  network.podPartitions = left;
}

/** @param percent 0: none is lost */
export function losePackets(env: NodeEnv, node: string, percent: number): void {
  machineOf(env, node);
  noted(env, 'packetsLost', { node, percent });
  if (percent === 0) env.world.network.loss.delete(node);
  else env.world.network.loss.set(node, percent);
}

/** @param ms 0: none is late */
export function delayPackets(env: NodeEnv, node: string, ms: Millis, jitterMs: Millis): void {
  machineOf(env, node);
  noted(env, 'packetsDelayed', { node, ms, jitterMs });
  if (ms === 0) env.world.network.delay.delete(node);
  else env.world.network.delay.set(node, { ms, jitterMs });
}

export function troubleDns(env: NodeEnv, trouble: DnsTrouble | undefined): void {
  if (trouble === undefined) noted(env, 'dnsWell', {});
  else noted(env, 'dnsTroubled', { mode: trouble.mode, delayMs: trouble.delayMs });
  env.world.network.dns = trouble;
}

/** Whether no connection between two ends can be. */
export function isBlocked(world: World, a: End, b: End): boolean {
  const { oneWay, isolated, podPartitions } = world.network;
  const [from, to] = [a.machine?.name, b.machine?.name];
  if (
    podPartitions.length > 0 &&
    a.sandbox !== undefined &&
    b.sandbox !== undefined &&
    arePodsPartitioned(world, a.sandbox, b.sandbox)
  )
    return true;
  if (from === to) return false;
  if (
    isolated.size > 0 &&
    ((from !== undefined && isolated.has(from)) || (to !== undefined && isolated.has(to)))
  )
    return true;
  if (from === undefined || to === undefined) return false;
  return (
    arePartitioned(world, from, to) ||
    (oneWay.size > 0 && (oneWay.has(`${from}>${to}`) || oneWay.has(`${to}>${from}`)))
  );
}

function arePodsPartitioned(world: World, a: Sandbox, b: Sandbox): boolean {
  const fits = (s: Sandbox, namespace: string, selector: Selector): boolean =>
    s.podNamespace === namespace && matches(selector, s.labels);
  return world.network.podPartitions.some(
    (p) =>
      (fits(a, p.namespace, p.from) && fits(b, p.namespace, p.to)) ||
      (fits(b, p.namespace, p.from) && fits(a, p.namespace, p.to)),
  );
}

/** What losses and delays of the two nodes add to a request; undefined: it never gets through. */
export function impairment(
  env: NetworkEnv,
  a: Machine | undefined,
  b: Machine | undefined,
): Millis | undefined {
  const { loss, delay } = env.world.network;
  if ((loss.size === 0 && delay.size === 0) || a === b) return 0;
  let total = 0;
  for (const machine of [a, b]) {
    const late = machine === undefined ? undefined : delay.get(machine.name);
    // There and back, twice: the handshake, the request.
    if (late !== undefined) total += 2 * (late.ms + Math.floor(env.random() * (late.jitterMs + 1)));
    const lost = machine === undefined ? undefined : loss.get(machine.name);
    if (lost === undefined) continue;
    for (let packet = 0; packet <= PACKETS; packet += 1) {
      let rto = packet === 0 ? SYN_RTO_MS : DATA_RTO_MS;
      for (let tries = 0; env.random() * 100 < lost; tries += 1) {
        if (tries >= 6) return undefined;
        total += rto;
        rto *= 2;
      }
    }
  }
  return total;
}
