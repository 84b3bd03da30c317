/**
 * Keeps the EndpointSlices of each service with a selector.
 * Models pkg/controller/endpointslice/endpointslice_controller.go and staging/src/k8s.io/endpointslice. Keys:
 * `namespace/name` of the service. Left out: the annotation with the last change's trigger time. Slices go
 * with their service by garbage collection.
 */
import type { WatchEvent } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EndpointSlice, Node, Pod, Service } from '../../api/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { isIPv6Service, shouldBeInEndpoints } from '../endpoints/podendpoint.ts';
import { indexPod, indexService, podsOf, type ServiceIndex } from '../endpoints/serviceindex.ts';
import { splitKey } from '../refs.ts';
import {
  endpointOf,
  endpointPorts,
  labelsOutdated,
  MANAGED_BY,
  newSlice,
  ownedBy,
  portsKey,
  SERVICE_NAME,
  SLICE_MANAGER,
  sliceLabels,
  withHints,
  type AddressType,
  type Endpoint,
  type Port,
} from './endpoint.ts';
import { reconcileSlices, type Wanted } from './reconcile.ts';
import { asksForTopology, isNodeReady, isOverloaded, ratiosOf, withTopologyHints } from './topology.ts';
import { changedByOthers, isStale, trackDeletion, type SliceTracker } from './tracker.ts';
import { writeSlices } from './write.ts';
import type { Bug } from '../../planted.ts';

/** --max-endpoints-per-slice. */
const MAX_ENDPOINTS_PER_SLICE = 100;

export interface EndpointSliceState {
  index: ServiceIndex;
  tracker: SliceTracker;
  /** Service key to the names of its slices in the cache. */
  slices: Map<string, Set<string>>;
  /** Keys of services whose endpoints are hinted by topology. */
  hinted: Set<string>;
}
type State = EndpointSliceState;

/**
 * The endpoints a service is to have, grouped by ports, and the nodes that pods name but that do not exist.
 */
function wantedEndpoints(
  service: Service,
  pods: readonly Pod[],
  type: AddressType,
  nodeOf: (name: string) => Node | undefined,
  planted: Bug | undefined,
): { wanted: Map<string, Wanted>; missing: { pod: string; node: string }[] } {
  const groups = new Map<string, { ports: Port[]; endpoints: Endpoint[] }>();
  const missing: { pod: string; node: string }[] = [];
  for (const pod of pods) {
    if (!shouldBeInEndpoints(pod, true)) continue;
    const ports = endpointPorts(service, pod);
    const key = portsKey(ports);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { ports, endpoints: [] }));
    const node = pod.spec.nodeName ? nodeOf(pod.spec.nodeName) : undefined;
    if (node === undefined && service.spec.publishNotReadyAddresses !== true) {
      missing.push({ pod: pod.metadata.name, node: pod.spec.nodeName ?? '' });
      continue;
    }
    const endpoint = endpointOf(pod, node, service, type, planted);
    if (endpoint !== undefined) group.endpoints.push(endpoint);
  }
  return { wanted: groups, missing };
}

/** Gives endpoints the hints that their service asks for. */
function hint(
  key: string,
  service: Service,
  wanted: ReadonlyMap<string, Wanted>,
  type: AddressType,
  state: State,
  ctx: ControllerContext,
): Map<string, Wanted> {
  if (!asksForTopology(service.metadata.annotations)) {
    state.hinted.delete(key);
    const { trafficDistribution } = service.spec;
    return new Map(
      [...wanted].map(([ports, one]) => [
        ports,
        { ...one, endpoints: withHints(one.endpoints, trafficDistribution) },
      ]),
    );
  }
  const ratios = ratiosOf(ctx.cache.list('Node') as Node[]);
  const all = withTopologyHints(
    [...wanted.values()].flatMap(({ endpoints }) => endpoints),
    ratios,
  );
  if (all.disabled !== undefined) {
    state.hinted.delete(key);
    const message = `${all.disabled}, addressType: ${type}`;
    ctx.event(service, 'Warning', 'TopologyAwareHintsDisabled', message);
  } else if (!state.hinted.has(key)) {
    state.hinted.add(key);
    const message = `Topology Aware Hints has been enabled, addressType: ${type}`;
    ctx.event(service, 'Normal', 'TopologyAwareHintsEnabled', message);
  }
  const left = [...all.endpoints];
  return new Map(
    [...wanted].map(([ports, one]) => [ports, { ...one, endpoints: left.splice(0, one.endpoints.length) }]),
  );
}

/** How many endpoints of a service are hinted for each zone. */
function hintsOf(key: string, state: State, ctx: ObserverContext): Map<string, number> {
  const zones = new Map<string, number>();
  const [namespace] = splitKey(key);
  for (const name of state.slices.get(key) ?? [])
    for (const { hints } of ctx.cache.get('EndpointSlice', namespace, name)?.endpoints ?? [])
      for (const { name: zone } of hints?.forZones ?? []) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  return zones;
}

/** Nodes have other shares: services are looked at whose zones have too few endpoints by now. */
function nodesChanged({ object, old }: WatchEvent<Node>, state: State, ctx: ObserverContext): void {
  if (state.hinted.size === 0) return;
  const factsOf = (node: Node): string =>
    JSON.stringify([node.metadata.labels, node.status.allocatable, isNodeReady(node)]);
  if (old !== undefined && factsOf(old) === factsOf(object)) return;
  const ratios = ratiosOf(ctx.cache.list('Node') as Node[]);
  for (const key of state.hinted) if (isOverloaded(hintsOf(key, state, ctx), ratios)) ctx.queue.add(key);
}

function slicesOf(key: string, namespace: string, state: State, ctx: ControllerContext): EndpointSlice[] {
  const found: EndpointSlice[] = [];
  for (const name of state.slices.get(key) ?? []) {
    const slice = ctx.cache.get('EndpointSlice', namespace, name);
    if (slice !== undefined && slice.metadata.deletionTimestamp === undefined) found.push(slice);
  }
  return found;
}

function syncService(key: string, state: State, ctx: ControllerContext): void {
  const [namespace, name] = splitKey(key);
  const service = ctx.cache.get('Service', namespace, name);
  if (service === undefined) {
    state.tracker.delete(key);
    state.hinted.delete(key);
    return;
  }
  if (service.spec.type === 'ExternalName' || service.spec.selector === undefined) return;
  const existing = slicesOf(key, namespace, state, ctx);
  if (isStale(state.tracker, key, existing)) {
    throw new ApiError('InternalError', 'EndpointSlice informer cache is out of date');
  }
  const type: AddressType = isIPv6Service(service) ? 'IPv6' : 'IPv4';
  const { wanted: unhinted, missing } = wantedEndpoints(
    service,
    podsOf(state.index, service, ctx.cache),
    type,
    (node) => ctx.cache.get('Node', '', node),
    ctx.config.planted,
  );
  const wanted = hint(key, service, unhinted, type, state, ctx);
  const own = existing.filter((s) => s.addressType === type && ownedBy(s, service.metadata.uid, 'Service'));
  const labels = sliceLabels(service);
  const changes = reconcileSlices(
    own,
    wanted,
    portsKey,
    MAX_ENDPOINTS_PER_SLICE,
    (slice) => labelsOutdated(slice, labels),
    true,
    ctx.config.planted,
  );
  // Slices of an earlier service of this name, or of another address family.
  for (const slice of existing) if (!own.includes(slice)) changes.delete.push(slice);
  const draft = (w: Wanted): ReturnType<typeof newSlice> =>
    newSlice(service, labels, type, w.ports, w.endpoints);
  writeSlices(
    changes,
    key,
    labels,
    draft,
    service.metadata.deletionTimestamp === undefined,
    state.tracker,
    ctx,
  );
  if (missing.length > 0) {
    const { pod, node } = missing[0]!;
    throw new ApiError('InternalError', `skipping Pod ${pod} for Service ${key}: Node ${node} Not Found`);
  }
}

function observeSlice(event: WatchEvent<EndpointSlice>, state: State, ctx: ObserverContext): void {
  const { object: slice, old } = event;
  const { labels, namespace, name } = slice.metadata;
  const managed = labels?.[MANAGED_BY] === SLICE_MANAGER;
  const wasManaged = old?.metadata.labels?.[MANAGED_BY] === SLICE_MANAGER;
  if (!managed && !wasManaged) return;
  const key = `${namespace}/${(managed ? labels : old!.metadata.labels)?.[SERVICE_NAME] ?? ''}`;
  const names = state.slices.get(key);
  if (event.type === 'DELETED' || !managed) {
    names?.delete(name);
    if (names?.size === 0) state.slices.delete(key);
    if (!trackDeletion(state.tracker, key, slice) || !managed) ctx.queue.add(key);
    return;
  }
  if (names === undefined) state.slices.set(key, new Set([name]));
  else names.add(name);
  const oldService = old?.metadata.labels?.[SERVICE_NAME];
  if (oldService !== undefined && `${namespace}/${oldService}` !== key) {
    state.slices.get(`${namespace}/${oldService}`)?.delete(name);
    ctx.queue.add(`${namespace}/${oldService}`);
  }
  if (changedByOthers(state.tracker, key, slice)) ctx.queue.add(key);
}

export const endpointSliceController: Controller<State> = {
  name: 'endpoint-slice-controller',
  account: 'endpointslice-controller',
  watches: ['Service', 'Pod', 'Node', 'EndpointSlice'],
  init: () => ({ index: new Map(), tracker: new Map(), slices: new Map(), hinted: new Set() }),
  observe(event, state, ctx) {
    if (event.kind === 'Service') {
      indexService(state.index, event as unknown as WatchEvent<Service>, ctx.cache);
      ctx.queue.add(`${event.object.metadata.namespace}/${event.object.metadata.name}`);
    } else if (event.kind === 'Pod') {
      for (const key of indexPod(state.index, event as unknown as WatchEvent<Pod>)) ctx.queue.add(key);
    } else if (event.kind === 'EndpointSlice') {
      observeSlice(event as unknown as WatchEvent<EndpointSlice>, state, ctx);
    } else nodesChanged(event as unknown as WatchEvent<Node>, state, ctx);
  },
  sync: syncService,
};
