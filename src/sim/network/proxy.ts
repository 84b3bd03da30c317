/**
 * kube-proxy: which backend a Service's port leads to, from a node. It costs no events: what it knows is
 * computed when asked (`routes.ts`). Models pkg/proxy/topology.go (CategorizeEndpoints) and the iptables
 * proxier's rules.
 */
import type { ApiComponent } from '../api/client.ts';
import type { EndpointSlice, Service } from '../api/types.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { kubeProxyProcess, type NodeEnv, noted } from '../node/env.ts';
import { machineOf } from '../node/machine.ts';
import { NEVER, type World } from '../node/world.ts';
import { knownUntil, type RouteView } from './routes.ts';
import { isSet } from '../node/isset.ts';

export type ServicePort = NonNullable<Service['spec']['ports']>[number];
export type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

export interface Backend {
  readonly ip: string;
  readonly port: number;
  readonly endpoint: Endpoint;
}

export type Route =
  | { readonly kind: 'backends'; readonly backends: readonly Backend[] }
  /** No endpoint at all: the packet is rejected. */
  | { readonly kind: 'reject' }
  /** Endpoints elsewhere, which a local traffic policy may not use: the packet is dropped. */
  | { readonly kind: 'drop' };

export const isReady = (e: Endpoint): boolean => e.conditions?.ready !== false;
const isServing = (e: Endpoint): boolean => (e.conditions?.serving ?? e.conditions?.ready ?? true) !== false;
const isTerminating = (e: Endpoint): boolean => e.conditions?.terminating === true;

/** All endpoints of a Service's port. */
export function candidates(slices: readonly EndpointSlice[], port: ServicePort): Backend[] {
  const found: Backend[] = [];
  for (const slice of slices) {
    if (slice.addressType === 'FQDN') continue;
    const target = slice.ports?.find(
      (p) => (p.name ?? '') === (port.name ?? '') && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    if (!isSet(target?.port)) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses[0];
      if (ip !== undefined) found.push({ ip, port: target.port, endpoint });
    }
  }
  return found;
}

/** Ready ones; where there are none, those that still serve while they terminate. */
function usable(all: readonly Backend[]): Backend[] {
  const ready = all.filter((c) => isReady(c.endpoint));
  return ready.length > 0 ? ready : all.filter((c) => isServing(c.endpoint) && isTerminating(c.endpoint));
}

/**
 * Endpoints meant for this zone or node, when every endpoint says for which it is and some are for this one.
 */
function hinted(all: Backend[], zone: string | undefined, node: string): Backend[] {
  for (const [kind, own] of [
    ['forNodes', node],
    ['forZones', zone],
  ] as const) {
    const hints = all.map(
      (c) => (c.endpoint.hints as Record<string, { name: string }[]> | undefined)?.[kind],
    );
    if (own === undefined || hints.some((h) => h === undefined || h.length === 0)) continue;
    const here = all.filter((_, i) => hints[i]!.some((h) => h.name === own));
    if (here.length > 0) return here;
  }
  return all;
}

/** How many endpoints of a Service on a node can be used, as its health check counts them. */
export function usableOn(view: RouteView, service: Service, node: string): number {
  const slices = view.slices(service.metadata.namespace!, service.metadata.name);
  return (service.spec.ports ?? []).reduce((most, port) => {
    const here = candidates(slices, port).filter((c) => c.endpoint.nodeName === node);
    return Math.max(most, here.filter((c) => isReady(c.endpoint)).length);
  }, 0);
}

/**
 * Which of a Service's traffic policies binds a connection: `external` where it came in by node port or
 * external address, but none where a Pod has asked for such an address, which its own node answers for.
 */
export type Bound = 'internal' | 'external' | 'none';

function isLocal({ spec }: Service, bound: Bound): boolean {
  if (bound === 'none') return false;
  return (bound === 'internal' ? spec.internalTrafficPolicy : spec.externalTrafficPolicy) === 'Local';
}

/** Where a connection to a Service's port goes from a node. */
export function routeOf(
  view: RouteView,
  service: Service,
  port: ServicePort,
  node: { name: string; zone: string | undefined },
  bound: Bound,
): Route {
  const all = candidates(view.slices(service.metadata.namespace!, service.metadata.name), port);
  const everywhere = usable(all);
  if (isLocal(service, bound)) {
    const local = usable(all.filter((c) => c.endpoint.nodeName === node.name));
    if (local.length > 0) return { kind: 'backends', backends: local };
    return everywhere.length > 0 ? { kind: 'drop' } : { kind: 'reject' };
  }
  if (everywhere.length === 0) return { kind: 'reject' };
  return { kind: 'backends', backends: hinted(everywhere, node.zone, node.name) };
}

/**
 * Component `kube-proxy` (args `{node}`): its life decides what it knows; a start makes it learn everything
 * anew.
 */
export const kubeProxy: ApiComponent<null, Task, World> = {
  component: 'kube-proxy',
  user: () => 'system:kube-proxy',
  watches: () => [],
  start(ctx) {
    const node = ctx.args['node']!;
    const { network } = ctx.world;
    setLag(ctx.world, node, ctx.latency('proxySync'), NEVER);
    if (ctx.config.planted === 'proxy-stays-stale' && network.frozenProxies.has(node)) return null;
    if (network.cutOff.has(node)) network.frozenProxies.set(node, NEVER);
    else network.frozenProxies.delete(node);
    return null;
  },
  reconfigured(setting, _state, ctx) {
    const node = ctx.args['node']!;
    if (setting !== 'proxySync') return;
    const { proxyLag } = ctx.world.network;
    const { ms, knew } = proxyLag.get(node)!;
    setLag(ctx.world, node, ctx.latency('proxySync'), Math.max(knew, ctx.now - ms));
  },
  // The rules that it wrote stay as they are.
  ended: (_state, ctx) => freeze(ctx.world, ctx.args['node']!, ctx.now),
  handle: () => undefined,
};

function setLag(world: World, node: string, ms: Millis, knew: Millis): void {
  const { network } = world;
  network.proxyLag.set(node, { ms, knew });
  network.longestProxyLagMs = Math.max(network.longestProxyLagMs, ms);
}

/** kube-proxy of a node stops: the rules it wrote stay as they are. */
export function stopKubeProxy(env: NodeEnv, node: string): void {
  machineOf(env, node);
  const { control, world } = env;
  if (!control.isUp(kubeProxyProcess(node))) return;
  const since = noted(env, 'kubeProxyStopped', { node });
  freeze(world, node, control.now);
  control.stop(kubeProxyProcess(node), since.by);
}

export function startKubeProxy(env: NodeEnv, node: string): void {
  machineOf(env, node);
  const since = noted(env, 'kubeProxyStarted', { node });
  env.control.start(kubeProxyProcess(node), since.by);
}

/** From now on the node's kube-proxy learns nothing new. */
export function freeze(world: World, node: string, now: Millis): void {
  const { frozenProxies } = world.network;
  if (!frozenProxies.has(node)) frozenProxies.set(node, knownUntil(world, node, now));
}
