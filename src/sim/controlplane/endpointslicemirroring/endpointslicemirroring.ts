/**
 * Mirrors Endpoints that somebody else writes, for services without a selector, into EndpointSlices.
 * Models pkg/controller/endpointslicemirroring. Keys: `namespace/name` of the Endpoints.
 */
import type { WatchEvent } from '../../api/client.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Endpoints, EndpointSlice } from '../../api/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { MAX_CAPACITY, type Address } from '../endpoints/subsets.ts';
import {
  labelsOutdated,
  MANAGED_BY,
  newSlice,
  portsKey,
  SERVICE_NAME,
  type AddressType,
  type Endpoint,
  type Port,
} from '../endpointslice/endpoint.ts';
import { reconcileSlices, type Wanted } from '../endpointslice/reconcile.ts';
import {
  changedByOthers,
  expectDeletion,
  isStale,
  trackDeletion,
  type SliceTracker,
} from '../endpointslice/tracker.ts';
import { writeSlices } from '../endpointslice/write.ts';
import { splitKey } from '../refs.ts';

const MIRROR_MANAGER = 'endpointslicemirroring-controller.k8s.io';
const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';
/** --mirroring-max-endpoints-per-subset. */
const MAX_ENDPOINTS_PER_SLICE = 1000;

export interface MirroringState {
  tracker: SliceTracker;
  /** Endpoints key to the names of its slices in the cache. */
  slices: Map<string, Set<string>>;
}
type State = MirroringState;

const mayMirror = (endpoints: Endpoints): boolean =>
  endpoints.metadata.labels?.[SKIP_MIRROR] !== 'true' &&
  endpoints.metadata.annotations?.[LEADER] === undefined;

function endpointOf(address: Address, ready: boolean): Endpoint {
  return {
    addresses: [address.ip],
    conditions: { ready },
    ...(address.hostname ? { hostname: address.hostname } : {}),
    ...(address.targetRef === undefined ? {} : { targetRef: address.targetRef }),
    ...(address.nodeName ? { nodeName: address.nodeName } : {}),
  };
}

/** The endpoints of one family, grouped by ports. */
function mirroredEndpoints(endpoints: Endpoints, type: AddressType): Map<string, Wanted> {
  const groups = new Map<string, { ports: Port[]; endpoints: Endpoint[] }>();
  for (const subset of endpoints.subsets ?? []) {
    const ports = (subset.ports ?? []).map(
      (p): Port => ({
        name: p.name ?? '',
        port: p.port,
        protocol: p.protocol ?? 'TCP',
        ...(p.appProtocol === undefined ? {} : { appProtocol: p.appProtocol }),
      }),
    );
    const all = [
      ...(subset.addresses ?? []).map((a) => endpointOf(a, true)),
      ...(subset.notReadyAddresses ?? []).map((a) => endpointOf(a, false)),
    ]
      .slice(0, MAX_CAPACITY)
      .filter((e) => e.addresses[0]!.includes(':') === (type === 'IPv6'));
    if (all.length === 0) continue;
    const key = portsKey(ports);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ports, endpoints: all });
    else group.endpoints.push(...all);
  }
  return groups;
}

function mirrorLabels(endpoints: Endpoints): Record<string, string> {
  return {
    ...endpoints.metadata.labels,
    [SERVICE_NAME]: endpoints.metadata.name,
    [MANAGED_BY]: MIRROR_MANAGER,
  };
}

function slicesOf(key: string, namespace: string, state: State, ctx: ControllerContext): EndpointSlice[] {
  const found: EndpointSlice[] = [];
  for (const name of state.slices.get(key) ?? []) {
    const slice = ctx.cache.get('EndpointSlice', namespace, name);
    if (slice !== undefined) found.push(slice);
  }
  return found;
}

function sync(key: string, state: State, ctx: ControllerContext): void {
  const [namespace, name] = splitKey(key);
  const endpoints = ctx.cache.get('Endpoints', namespace, name);
  const service = ctx.cache.get('Service', namespace, name);
  const existing = slicesOf(key, namespace, state, ctx);
  if (
    endpoints === undefined ||
    !mayMirror(endpoints) ||
    service === undefined ||
    service.spec.selector !== undefined
  ) {
    for (const slice of existing) {
      try {
        ctx.api.delete('EndpointSlice', namespace, slice.metadata.name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      expectDeletion(state.tracker, key, slice);
    }
    return;
  }
  if (isStale(state.tracker, key, existing))
    throw new ApiError('InternalError', 'EndpointSlice informer cache is out of date');
  const labels = mirrorLabels(endpoints);
  for (const type of ['IPv4', 'IPv6'] as const) {
    const own = existing.filter((s) => s.addressType === type);
    const changes = reconcileSlices(
      own,
      mirroredEndpoints(endpoints, type),
      portsKey,
      MAX_ENDPOINTS_PER_SLICE,
      (s) => labelsOutdated(s, labels),
      false,
    );
    writeSlices(
      changes,
      key,
      labels,
      (w) => newSlice(endpoints, labels, type, w.ports, w.endpoints),
      true,
      state.tracker,
      ctx,
    );
  }
}

function observeSlice(event: WatchEvent<EndpointSlice>, state: State, ctx: ObserverContext): void {
  const { labels, namespace, name } = event.object.metadata;
  if (labels?.[MANAGED_BY] !== MIRROR_MANAGER) return;
  const key = `${namespace}/${labels[SERVICE_NAME] ?? ''}`;
  const names = state.slices.get(key);
  if (event.type === 'DELETED') {
    names?.delete(name);
    if (names?.size === 0) state.slices.delete(key);
    if (!trackDeletion(state.tracker, key, event.object)) ctx.queue.add(key);
    return;
  }
  if (names === undefined) state.slices.set(key, new Set([name]));
  else names.add(name);
  if (changedByOthers(state.tracker, key, event.object)) ctx.queue.add(key);
}

export const endpointSliceMirroringController: Controller<State> = {
  name: 'endpoint-slice-mirroring-controller',
  account: 'endpointslicemirroring-controller',
  watches: ['Endpoints', 'Service', 'EndpointSlice'],
  init: () => ({ tracker: new Map(), slices: new Map() }),
  observe(event, state, ctx) {
    const { namespace, name } = event.object.metadata;
    const key = `${namespace}/${name}`;
    if (event.kind === 'EndpointSlice') {
      observeSlice(event as unknown as WatchEvent<EndpointSlice>, state, ctx);
      return;
    }
    // Only services without a selector are mirrored; what was mirrored before may have to go.
    const service = ctx.cache.get('Service', namespace!, name);
    if (
      (service !== undefined &&
        service.spec.selector === undefined &&
        ctx.cache.get('Endpoints', namespace!, name) !== undefined) ||
      state.slices.has(key)
    ) {
      ctx.queue.add(key);
    }
  },
  sync,
};
