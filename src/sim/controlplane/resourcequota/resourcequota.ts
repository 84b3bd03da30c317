/**
 * Keeps the status of ResourceQuotas: what is used of each hard limit, counted as admission counts it when it
 * enforces them. Models pkg/controller/resourcequota/resource_quota_controller.go, without its five-minute
 * resync: watch events say all that changes, but for pods that outstay their grace period and count no more.
 * Keys: `namespace/name`.
 */
import { quotaUsage } from '../../api/admission/resourcequota.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import { deepEqual } from '../../api/equal.ts';
import { formatQuantity } from '../../api/quantity.ts';
import { parseTime } from '../../api/time.ts';
import type { Pod, ResourceQuota } from '../../api/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { splitKey } from '../refs.ts';

function sync(key: string, ctx: ControllerContext): void {
  const [namespace, name] = splitKey(key);
  const quota = ctx.cache.get('ResourceQuota', namespace, name);
  if (quota === undefined) return;
  // Measured by the hard limits of the spec: the status may still hold earlier ones.
  const used = quotaUsage(
    { ...quota, status: {} },
    { list: (kind, ns) => ctx.cache.list(kind, ns), now: ctx.now, resources: ctx.resources },
  );
  const status: ResourceQuota['status'] = {
    hard: { ...quota.spec.hard },
    used: Object.fromEntries([...used].map(([resource, q]) => [resource, formatQuantity(q)])),
  };
  if (!deepEqual(status, quota.status)) ctx.api.updateStatus({ ...quota, status });
}

const withoutMeta = ({ metadata: _, ...rest }: { metadata?: unknown }): object => rest;
const heldBy = ({ status }: Pod): unknown[] =>
  (status.containerStatuses ?? []).map(({ resources, allocatedResources }) => [
    resources ?? null,
    allocatedResources ?? null,
  ]);

/** Whether a change alters what an object uses. */
function usesDifferently(kind: string, old: object, object: object): boolean {
  if (kind === 'Service')
    return !deepEqual((old as { spec?: unknown }).spec, (object as { spec?: unknown }).spec);
  if (kind === 'PersistentVolumeClaim') return !deepEqual(withoutMeta(old), withoutMeta(object));
  if (kind !== 'Pod') return false;
  return (
    isPodTerminal(old as Pod) !== isPodTerminal(object as Pod) ||
    // By value: a cluster that was saved and restored shares no objects between versions.
    !deepEqual((old as Pod).spec, (object as Pod).spec) ||
    !deepEqual(heldBy(old as Pod), heldBy(object as Pod)) ||
    (old as Pod).metadata.deletionTimestamp !== (object as Pod).metadata.deletionTimestamp
  );
}

/** --resource-quota-sync-period: what others write to a status is found then. */
const RESYNC_MS = 300_000;

const isOverwritten = (old: ResourceQuota, quota: ResourceQuota): boolean =>
  deepEqual(old.status?.hard, old.spec.hard) && !deepEqual(quota.status?.hard, quota.spec.hard);

export const resourceQuotaController: Controller<Record<string, never>> = {
  name: 'resourcequota-controller',
  account: 'resourcequota-controller',
  // What a quota can count, but for what comes and goes with every status change.
  watches: ({ namespaced, resource }) =>
    namespaced && resource !== 'events' && resource !== 'leases.coordination.k8s.io',
  init: () => ({}),
  concerns: ({ kind }, cache) => kind === 'ResourceQuota' || cache.count('ResourceQuota') > 0,
  observe(event, _state, ctx) {
    const { namespace, name, deletionTimestamp, deletionGracePeriodSeconds = 0 } = event.object.metadata;
    if (event.kind === 'ResourceQuota' && event.type !== 'DELETED') {
      const old = event.old as unknown as ResourceQuota | undefined;
      const quota = event.object as unknown as ResourceQuota;
      if (old === undefined || !deepEqual(old.spec, quota.spec)) ctx.queue.add(`${namespace}/${name}`);
      else if (isOverwritten(old, quota)) ctx.queue.addAfter(`${namespace}/${name}`, RESYNC_MS);
    }
    if (ctx.cache.count('ResourceQuota') === 0) return;
    if (
      event.type === 'MODIFIED' &&
      event.old !== undefined &&
      !usesDifferently(event.kind, event.old, event.object)
    )
      return;
    for (const quota of ctx.cache.list('ResourceQuota', namespace)) {
      const key = `${namespace}/${quota.metadata.name}`;
      ctx.queue.add(key);
      if (event.kind !== 'Pod' || event.type === 'DELETED' || deletionTimestamp === undefined) continue;
      ctx.queue.addAfter(
        key,
        Math.max(1, parseTime(deletionTimestamp) + deletionGracePeriodSeconds * 1000 - ctx.now + 1),
        { timeout: true },
      );
    }
  },
  sync: (key, _state, ctx) => sync(key, ctx),
};
