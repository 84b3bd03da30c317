/**
 * Empties namespaces that are being deleted: first their pods, then everything else, then its own finalizer.
 * Models pkg/controller/namespace/namespace_controller.go and deletion/namespaced_resources_deleter.go. Keys:
 * names.
 */
import { discoveryText, undiscoveredGroups } from '../../api/apiservices.ts';
import { withCondition, type Condition } from '../../api/conditions.ts';
import { isAvailable } from '../../api/apiserviceverdict.ts';
import type { ApiClient } from '../../api/client.ts';
import { deepEqual } from '../../api/equal.ts';
import { ApiError } from '../../api/errors.ts';
import type { ResourceDefinition } from '../../api/resources/definition.ts';
import { parseTime } from '../../api/time.ts';
import type { KubeObject, Namespace } from '../../api/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';

/** Time for all API servers to learn of the deletion. */
const DELETION_GRACE_MS = 5_000;
/** How long other finalizers are taken to need. */
const FINALIZER_ESTIMATE_SECONDS = 15;
const FINALIZER = 'kubernetes';

/** What is left after a round. */
export interface Remaining {
  /** Resource to number of objects. */
  resources: Map<string, number>;
  /** Finalizer to number of objects that hold it. */
  finalizers: Map<string, number>;
  errors: string[];
  /** Groups of which nobody can say what they serve. */
  undiscovered?: readonly string[];
  estimateSeconds: number;
}

const resourceName = ({ plural, group }: ResourceDefinition): string => `${plural}.${group}`;

function emptyKind(
  definition: ResourceDefinition,
  namespace: string,
  remaining: Remaining,
  api: ApiClient,
): void {
  const listed = (): KubeObject[] => api.list(definition.resource, { namespace });
  let objects: KubeObject[];
  try {
    objects = listed();
  } catch (error) {
    // What a webhook does not convert cannot be listed, and thus not be deleted.
    if (!(error instanceof ApiError) || error.reason !== 'Unknown') throw error;
    remaining.errors.push(error.message);
    return;
  }
  for (const object of objects) {
    try {
      api.delete(definition.resource, namespace, object.metadata.name, { propagationPolicy: 'Background' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason !== 'NotFound') remaining.errors.push(error.message);
    }
  }
  const left = listed();
  if (left.length === 0) return;
  remaining.resources.set(resourceName(definition), left.length);
  let held = false;
  for (const { metadata } of left) {
    for (const f of metadata.finalizers ?? []) {
      remaining.finalizers.set(f, (remaining.finalizers.get(f) ?? 0) + 1);
      held = true;
    }
    if (definition.kind === 'Pod' && metadata.deletionTimestamp !== undefined) {
      remaining.estimateSeconds = Math.max(
        remaining.estimateSeconds,
        metadata.deletionGracePeriodSeconds ?? 0,
      );
    }
  }
  if (held) remaining.estimateSeconds = Math.max(remaining.estimateSeconds, FINALIZER_ESTIMATE_SECONDS);
}

const sorted = (map: ReadonlyMap<string, number>, word: (key: string, count: number) => string): string =>
  [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, n]) => word(k, n))
    .join(', ');

/** The conditions that say how far the deletion is. */
export function deletionConditions(remaining: Remaining): Omit<Condition, 'lastTransitionTime'>[] {
  const condition = (
    type: string,
    on: boolean,
    reason: string,
    message: string,
  ): Omit<Condition, 'lastTransitionTime'> => ({ type, status: on ? 'True' : 'False', reason, message });
  const { resources, finalizers, errors, undiscovered = [] } = remaining;
  return [
    undiscovered.length > 0
      ? condition(
          'NamespaceDeletionDiscoveryFailure',
          true,
          'DiscoveryFailed',
          `Discovery failed for some groups, ${undiscovered.length} failing: ${discoveryText(undiscovered)}`,
        )
      : condition(
          'NamespaceDeletionDiscoveryFailure',
          false,
          'ResourcesDiscovered',
          'All resources successfully discovered',
        ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    errors.length > 0
      ? condition(
          'NamespaceDeletionContentFailure',
          true,
          'ContentDeletionFailed',
          `Failed to delete all resource types, ${errors.length} remaining: ${errors.join(', ')}`,
        )
      : condition(
          'NamespaceDeletionContentFailure',
          false,
          'ContentDeleted',
          'All content successfully deleted, may be waiting on finalization',
        ),
    resources.size > 0
      ? condition(
          'NamespaceContentRemaining',
          true,
          'SomeResourcesRemain',
          `Some resources are remaining: ${sorted(resources, (k, n) => `${k} has ${n} resource instances`)}`,
        )
      : condition('NamespaceContentRemaining', false, 'ContentRemoved', 'All content successfully removed'),
    finalizers.size > 0
      ? condition(
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          'Some content in the namespace has finalizers remaining: ' +
            `${sorted(finalizers, (k, n) => `${k} in ${n} resource instances`)}`,
        )
      : condition(
          'NamespaceFinalizersRemaining',
          false,
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ];
}

function empty(name: string, ctx: ControllerContext): Remaining {
  const remaining: Remaining = {
    resources: new Map(),
    finalizers: new Map(),
    errors: [],
    undiscovered: undiscoveredGroups(ctx.cache.list('APIService'), ctx.control.metricsApi()),
    estimateSeconds: 0,
  };
  const namespaced = [...ctx.resources.all()].filter((d) => d.namespaced);
  const pods = ctx.resources.get('Pod');
  // Pods go before what they may still need, such as a network policy or a secret.
  emptyKind(pods, name, remaining, ctx.api);
  if (remaining.resources.size === 0)
    for (const definition of namespaced)
      if (definition !== pods) emptyKind(definition, name, remaining, ctx.api);
  emptyExtensions(name, remaining, ctx);
  return remaining;
}

/** What servers behind APIServices keep in a namespace. */
function emptyExtensions(name: string, remaining: Remaining, ctx: ControllerContext): void {
  const seen = new Set<string>();
  for (const apiService of ctx.cache.list('APIService')) {
    const reply = isAvailable(apiService) ? ctx.control.behind(apiService.metadata.name) : undefined;
    if (reply === undefined) continue;
    if ('failed' in reply) {
      remaining.errors.push(`error trying to reach service: ${reply.failed}`);
      continue;
    }
    const client = reply.client(ctx.by);
    for (const definition of reply.serves.all()) {
      if (!definition.namespaced || seen.has(definition.resource)) continue;
      seen.add(definition.resource);
      emptyKind(definition, name, remaining, client);
    }
  }
}

function sync(name: string, ctx: ControllerContext): void {
  const namespace = ctx.api.find('Namespace', '', name);
  if (namespace === undefined || namespace.metadata.deletionTimestamp === undefined) return;
  if ((namespace.spec.finalizers?.length ?? 0) === 0) return;
  const remaining = empty(name, ctx);
  const live = ctx.api.find('Namespace', '', name);
  if (live === undefined) return;
  let conditions = (live.status.conditions ?? []) as unknown as Condition[];
  for (const c of deletionConditions(remaining))
    conditions = withCondition(conditions, c, ctx.now) as Condition[];
  const status = {
    ...live.status,
    phase: 'Terminating' as const,
    conditions: conditions as NonNullable<Namespace['status']['conditions']>,
  };
  const updated = deepEqual(status, live.status) ? live : ctx.api.updateStatus({ ...live, status });
  const hasErrors = remaining.errors.length > 0 || (remaining.undiscovered ?? []).length > 0;
  if (remaining.resources.size > 0 || hasErrors) {
    if (hasErrors && remaining.estimateSeconds === 0) ctx.queue.addRateLimited(name);
    else ctx.queue.addAfter(name, (Math.floor(remaining.estimateSeconds / 2) + 1) * 1000, { timeout: false });
    return;
  }
  const finalizers = (updated.spec.finalizers ?? []).filter((f) => f !== FINALIZER);
  ctx.api.finalize({ ...updated, spec: { ...updated.spec, finalizers } });
}

export const namespaceController: Controller<Record<string, never>> = {
  name: 'namespace-controller',
  account: 'namespace-controller',
  // The deletion of everything in a namespace takes many requests (startNamespaceController,
  // cmd/kube-controller-manager/app/core.go).
  callRate: { qps: 20, burst: 100 },
  watches: ['Namespace', 'APIService'],
  init: () => ({}),
  observe(event, _state, ctx) {
    if (event.kind !== 'Namespace') return;
    const { name, deletionTimestamp } = event.object.metadata;
    if (event.type === 'DELETED' || deletionTimestamp === undefined) return;
    // Only the deletion itself starts the work; our own writes do not start it again.
    if (event.old?.metadata.deletionTimestamp !== undefined) return;
    ctx.queue.addAfter(name, Math.max(1, parseTime(deletionTimestamp) + DELETION_GRACE_MS - ctx.now), {
      timeout: false,
    });
  },
  sync: (name, _state, ctx) => sync(name, ctx),
};
