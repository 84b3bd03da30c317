/**
 * What there is to route by, over time. One process watches Services and EndpointSlices for all nodes and
 * keeps their versions for as long as some kube-proxy may still route by them; each node's kube-proxy is a
 * lag behind, computed when somebody asks.
 */
import type { ApiComponent, WatchEvent } from '../api/client.ts';
import type { EndpointSlice, Service } from '../api/types.ts';
import { remembered } from '../kernel/memo.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { numericTarget, targetKey } from '../node/addresses.ts';
import { SERVICE_ROUTES } from '../node/env.ts';
import { NEVER, type RouteVersion, servicesEntry, type World } from '../node/world.ts';

/** Versions replaced longer ago than this are of no use to a kube-proxy that keeps up. */
const KEEP_MS = 5_000;

/** Services and slices as someone knows them at a moment. */
export interface RouteView {
  service(namespace: string, name: string): Service | undefined;
  /** Slices of one Service. */
  slices(namespace: string, service: string): EndpointSlice[];
  /** By one of its addresses: of the cluster, external, or its load balancer's. */
  byAddress(ip: string): Service | undefined;
  byNodePort(port: number): Service | undefined;
  /** By the port on which kube-proxies say whether their node has endpoints. */
  byHealthCheckPort(port: number): Service | undefined;
}

const SERVICE_NAME = 'kubernetes.io/service-name';
const keyOf = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`;
const serviceKeysIn = remembered(256, (namespace: string) =>
  remembered(1024, (name: string) => keyOf('Service', namespace, name)),
);
const slicesEntriesIn = remembered(256, (namespace: string) =>
  remembered(1024, (service: string) => `${namespace}/${service}`),
);

function record(world: World, key: string, object: Service | EndpointSlice | null, now: Millis): void {
  const { routes, frozenProxies, gateway, longestProxyLagMs, targetDelayMs } = world.network;
  let versions = routes.get(key);
  if (versions === undefined) routes.set(key, (versions = []));
  versions.push({ at: now, object });
  let needed = now - Math.max(KEEP_MS, longestProxyLagMs, targetDelayMs);
  for (const frozen of frozenProxies.values()) if (frozen !== NEVER && frozen < needed) needed = frozen;
  if (gateway.frozenAt !== undefined) needed = Math.min(needed, gateway.frozenAt);
  // All but the last version that was in force at `needed` may go.
  let drop = 0;
  while (drop + 1 < versions.length && versions[drop + 1]!.at <= needed) drop += 1;
  if (drop > 0) versions.splice(0, drop);
}

function put(map: Map<string, string[]>, entry: string, key: string): void {
  const keys = map.get(entry);
  if (keys === undefined) map.set(entry, [key]);
  else if (!keys.includes(key)) keys.push(key);
}

/** Addresses of a load balancer. */
export const balancedAddresses = ({ status }: Service): string[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);

/** Those by which it is reached from outside of the cluster, but for node ports. */
const outerAddressesOf = (service: Service): string[] => [
  ...(service.spec.externalIPs ?? []),
  ...balancedAddresses(service),
];

const index = (world: World, entry: string, key: string): void => put(world.network.routeIndex, entry, key);

/** Takes a change of a Service or EndpointSlice in. */
function recordRoute(world: World, event: WatchEvent, now: Millis): void {
  const object = event.object as unknown as Service | EndpointSlice;
  const { namespace, name } = object.metadata;
  const key = keyOf(event.kind, namespace!, name);
  record(world, key, event.type === 'DELETED' ? null : object, now);
  if (event.type === 'DELETED') return;
  if (object.kind === 'EndpointSlice') {
    const service = object.metadata.labels?.[SERVICE_NAME];
    if (service !== undefined) index(world, `${namespace}/${service}`, key);
  } else {
    const { clusterIP, healthCheckNodePort, ports } = object.spec;
    index(world, servicesEntry(namespace!), key);
    if (clusterIP && clusterIP !== 'None') index(world, clusterIP, key);
    for (const ip of outerAddressesOf(object)) index(world, ip, key);
    if (healthCheckNodePort) index(world, `:${healthCheckNodePort}`, key);
    for (const port of ports ?? []) {
      if (port.nodePort) index(world, `:${port.nodePort}`, key);
      const target = numericTarget(port);
      if (target !== undefined) put(world.network.serviceTargets, targetKey(namespace!, target), key);
    }
  }
}

/** Component and process `service-routes`. */
export const serviceRoutes: ApiComponent<null, Task, World> = {
  component: SERVICE_ROUTES,
  watches: () => [{ kinds: ['Service', 'EndpointSlice'] }],
  start: () => null,
  observe: (event, _state, ctx) => recordRoute(ctx.world, event, ctx.now),
  handle: () => undefined,
};

function versionAt(
  versions: readonly RouteVersion[] | undefined,
  at: Millis,
): Service | EndpointSlice | undefined {
  if (versions === undefined) return undefined;
  for (let i = versions.length - 1; i >= 0; i--)
    if (versions[i]!.at <= at) return versions[i]!.object ?? undefined;
  return undefined;
}

class ViewAt implements RouteView {
  private readonly network: World['network'];
  private readonly at: Millis;

  constructor({ network }: World, at: Millis) {
    this.network = network;
    this.at = at;
  }

  service(namespace: string, name: string): Service | undefined {
    const versions = this.network.routes.get(serviceKeysIn(namespace)(name));
    return versionAt(versions, this.at) as Service | undefined;
  }

  slices(namespace: string, service: string): EndpointSlice[] {
    const { routes, routeIndex } = this.network;
    const found: EndpointSlice[] = [];
    for (const key of routeIndex.get(slicesEntriesIn(namespace)(service)) ?? []) {
      const slice = versionAt(routes.get(key), this.at) as EndpointSlice | undefined;
      if (slice?.metadata.labels?.[SERVICE_NAME] === service) found.push(slice);
    }
    return found;
  }

  byAddress(ip: string): Service | undefined {
    return this.find(ip, (s) => s.spec.clusterIP === ip || outerAddressesOf(s).includes(ip));
  }

  byHealthCheckPort(port: number): Service | undefined {
    return this.find(`:${port}`, (s) => s.spec.healthCheckNodePort === port);
  }

  byNodePort(port: number): Service | undefined {
    return this.find(`:${port}`, (s) => s.spec.ports?.some((p) => p.nodePort === port) === true);
  }

  private find(entry: string, fits: (service: Service) => boolean): Service | undefined {
    const { routes, routeIndex } = this.network;
    for (const key of routeIndex.get(entry) ?? []) {
      const service = versionAt(routes.get(key), this.at) as Service | undefined;
      if (service !== undefined && fits(service)) return service;
    }
    return undefined;
  }
}

/** What was known at a moment. */
export const viewAt = (world: World, at: Millis): RouteView => new ViewAt(world, at);

/** Until when kube-proxy of a node has taken changes in. */
export function knownUntil(world: World, node: string, now: Millis): Millis {
  const { frozenProxies, proxyLag } = world.network;
  const lag = proxyLag.get(node);
  const known = lag === undefined ? now : Math.max(lag.knew, now - lag.ms);
  return Math.min(frozenProxies.get(node) ?? Infinity, known);
}

/** When a Service and its endpoints changed, as far as that is kept. */
export function* changeTimes(world: World, namespace: string, name: string): Generator<Millis> {
  const { routes, routeIndex } = world.network;
  const keys = [keyOf('Service', namespace, name), ...(routeIndex.get(`${namespace}/${name}`) ?? [])];
  for (const key of keys) for (const { at } of routes.get(key) ?? []) yield at;
}

/**
 * When kube-proxy of a node next takes a change of a Service or its endpoints in. Infinity: it knows all
 * there is, or learns nothing any more.
 */
export function learnsAt(world: World, node: string, now: Millis, namespace: string, name: string): Millis {
  const { frozenProxies, proxyLag } = world.network;
  if (frozenProxies.has(node)) return Number.POSITIVE_INFINITY;
  const known = knownUntil(world, node, now);
  let next = Number.POSITIVE_INFINITY;
  for (const at of changeTimes(world, namespace, name)) if (at > known && at < next) next = at;
  return next + (proxyLag.get(node)?.ms ?? 0);
}

/** What kube-proxy of a node routes by now. */
export const proxyView = (world: World, node: string, now: Millis): RouteView =>
  viewAt(world, knownUntil(world, node, now));
