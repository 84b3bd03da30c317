/**
 * Keeps the Endpoints object of each service with a selector.
 * Models pkg/controller/endpoint/endpoints_controller.go; the annotation with the last change's trigger time
 * is left out. Keys: `namespace/name`.
 */
import type { Draft, WatchEvent } from '../../api/client.ts';
import { ApiError, isNamespaceTerminating, isNotFound } from '../../api/errors.ts';
import type { Endpoints, Pod, Service } from '../../api/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { sameLabels } from '../podutil.ts';
import { splitKey, standIn } from '../refs.ts';
import { isServiceIpSet } from './podendpoint.ts';
import { indexPod, indexService, podsOf, type ServiceIndex } from './serviceindex.ts';
import { sameSubsets, subsetsOf, truncate } from './subsets.ts';

export const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const MANAGER = 'endpoint-controller';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';

export interface EndpointsState {
  index: ServiceIndex;
  /** Key to a resourceVersion that was overwritten: a cache that still shows it is behind. */
  stale: Map<string, string>;
}
type State = EndpointsState;

function wantedLabels(service: Service): Record<string, string> {
  const labels: Record<string, string> = { ...service.metadata.labels, [MANAGED_BY]: MANAGER };
  if (isServiceIpSet(service)) delete labels[HEADLESS];
  else labels[HEADLESS] = '';
  return labels;
}

function syncService(key: string, state: State, ctx: ControllerContext): void {
  const [namespace, name] = splitKey(key);
  const service = ctx.cache.get('Service', namespace, name);
  if (service === undefined) {
    state.stale.delete(key);
    try {
      ctx.api.delete('Endpoints', namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return;
  }
  if (service.spec.type === 'ExternalName' || service.spec.selector === undefined) return;
  const all = subsetsOf(service, podsOf(state.index, service, ctx.cache));
  const subsets = truncate(all);
  const overCapacity = subsets !== all;
  const withSubsets = subsets.length === 0 ? {} : { subsets };
  const labels = wantedLabels(service);
  const current = ctx.cache.get('Endpoints', namespace, name);
  if (current === undefined) {
    create(
      service,
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name, namespace, labels, ...annotations(undefined, overCapacity) },
        ...withSubsets,
      },
      ctx,
    );
    return;
  }
  if (state.stale.get(key) === current.metadata.resourceVersion) {
    throw new ApiError(
      'InternalError',
      `endpoints informer cache is out of date, resource version ${current.metadata.resourceVersion} ` +
        `already processed for endpoints ${key}`,
    );
  }
  const annotated = current.metadata.annotations?.[OVER_CAPACITY] !== undefined;
  if (
    annotated === overCapacity &&
    sameSubsets(current.subsets, subsets) &&
    sameLabels(current.metadata.labels, labels)
  )
    return;
  const { subsets: _subsets, ...rest } = current;
  const { annotations: _annotations, ...metadata } = current.metadata;
  try {
    const updated = ctx.api.update<Endpoints>({
      ...rest,
      metadata: { ...metadata, labels, ...annotations(current.metadata.annotations, overCapacity) },
      ...withSubsets,
    });
    if (updated.metadata.resourceVersion !== current.metadata.resourceVersion)
      state.stale.set(key, current.metadata.resourceVersion);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ctx.event(
      current,
      'Warning',
      'FailedToUpdateEndpoint',
      `Failed to update endpoint ${key}: ${error.message}`,
    );
    throw error;
  }
}

function annotations(
  old: Readonly<Record<string, string>> | undefined,
  overCapacity: boolean,
): { annotations?: Record<string, string> } {
  const { [OVER_CAPACITY]: _, ...rest } = old ?? {};
  const next = overCapacity ? { ...rest, [OVER_CAPACITY]: 'truncated' } : rest;
  return Object.keys(next).length === 0 ? {} : { annotations: next };
}

function create(service: Service, draft: Draft<Endpoints>, ctx: ControllerContext): void {
  try {
    ctx.api.create<Endpoints>(draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // In a namespace that is going, creating fails for good.
    if (isNamespaceTerminating(error)) return;
    const { namespace, name } = service.metadata;
    ctx.event(
      standIn('v1', 'Endpoints', namespace!, name),
      'Warning',
      'FailedToCreateEndpoint',
      `Failed to create endpoint for service ${namespace}/${name}: ${error.message}`,
    );
    throw error;
  }
}

export const endpointsController: Controller<State> = {
  name: 'endpoint-controller',
  account: 'endpoint-controller',
  watches: ['Service', 'Pod', 'Endpoints'],
  init: () => ({ index: new Map(), stale: new Map() }),
  observe(event, state, ctx) {
    const { namespace, name } = event.object.metadata;
    if (event.kind === 'Service') {
      indexService(state.index, event as unknown as WatchEvent<Service>, ctx.cache);
      ctx.queue.add(`${namespace}/${name}`);
    } else if (event.kind === 'Pod') {
      for (const key of indexPod(state.index, event as unknown as WatchEvent<Pod>)) ctx.queue.add(key);
    } else if (event.type === 'DELETED') {
      ctx.queue.add(`${namespace}/${name}`);
    } else if (
      event.old === undefined &&
      event.object.metadata.labels?.[MANAGED_BY] === MANAGER &&
      ctx.cache.get('Service', namespace!, name) === undefined
    ) {
      // Left over from a service that went while the controller was away.
      ctx.queue.add(`${namespace}/${name}`);
    }
  },
  sync: syncService,
};
