/**
 * Garbage that servers behind APIServices keep, and what their objects have owned here. Upstream's monitors
 * watch them (pkg/controller/garbagecollector/graph_builder.go, syncMonitors): here they are looked at again
 * and again, as the collector syncs its discovery.
 */
import { isAvailable } from '../../api/apiserviceverdict.ts';
import type { ApiClient } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { METRICS_API } from '../../api/metricsservice.ts';
import type { ResourceDefinition } from '../../api/resources/definition.ts';
import type { KubeObject, OwnerReference } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { OwnerGraph } from './graph.ts';

/** The key of a look, and the time between two of them. */
export const LOOK = 'extensions/';
export const LOOK_MS: Millis = 30_000;

/** Whether an APIService leads to a server that keeps objects of its own. */
export const isForeign = ({ metadata, spec }: KubeObject): boolean =>
  metadata.name !== METRICS_API && Boolean((spec as { service?: object | null }).service);

/** A kind, and who is asked for its objects. */
interface Kept {
  readonly definition: ResourceDefinition;
  readonly client: ApiClient;
}

function keptBehind(ctx: ControllerContext): Map<string, Kept> {
  const kinds = new Map<string, Kept>();
  for (const apiService of ctx.cache.list('APIService')) {
    if (!isForeign(apiService) || !isAvailable(apiService)) continue;
    const reply = ctx.control.behind(apiService.metadata.name);
    if (reply === undefined || 'failed' in reply) continue;
    const client = reply.client(ctx.by);
    for (const definition of reply.serves.all()) kinds.set(definition.resource, { definition, client });
  }
  return kinds;
}

const named = (kinds: ReadonlyMap<string, Kept>, { apiVersion, kind }: OwnerReference): Kept | undefined =>
  [...kinds.values()].find(
    ({ definition: d }) =>
      d.kind === kind && d.versions.some(({ name }) => `${d.group}/${name}` === apiVersion),
  );

/** Of an owner of a kind that nobody serves nothing can be said. */
function isGone(
  ref: OwnerReference,
  namespace: string,
  kinds: ReadonlyMap<string, Kept>,
  ctx: ControllerContext,
): boolean {
  const own = ctx.resources.ofGroup(ref.apiVersion, ref.kind);
  const { definition, client } =
    own === undefined ? (named(kinds, ref) ?? {}) : { definition: own, client: ctx.api };
  if (definition === undefined || (definition.namespaced && namespace === '')) return false;
  const owner = client!.find(definition.resource, definition.namespaced ? namespace : '', ref.name);
  return owner?.metadata.uid !== ref.uid;
}

function remove({ definition, client }: Kept, namespace: string, name: string, uid: string): void {
  try {
    client.delete(definition.resource, namespace, name, {
      propagationPolicy: 'Background',
      preconditions: { uid },
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** @returns whether there are such servers */
export function collectBehind({ nodes }: OwnerGraph, ctx: ControllerContext): boolean {
  const kinds = keptBehind(ctx);
  const areGone = (owners: readonly OwnerReference[], namespace: string): boolean =>
    owners.length > 0 && owners.every((ref) => isGone(ref, namespace, kinds, ctx));
  for (const kept of kinds.values())
    for (const { metadata } of kept.client.list(kept.definition.resource) as KubeObject[]) {
      const { namespace = '', name, uid, ownerReferences = [], deletionTimestamp } = metadata;
      if (deletionTimestamp === undefined && areGone(ownerReferences, namespace))
        remove(kept, namespace, name, uid);
    }
  for (const { uid, apiVersion, kind, namespace, name, owners, beingDeleted } of nodes.values()) {
    const definition = ctx.resources.ofGroup(apiVersion, kind);
    const isTheirs = owners.some((ref) => named(kinds, ref) !== undefined);
    if (isTheirs && definition !== undefined && !beingDeleted && areGone(owners, namespace))
      remove({ definition, client: ctx.api }, namespace, name, uid);
  }
  return kinds.size > 0;
}
