/**
 * Keeps the status of ResourceQuotas: what is used of each hard limit. Enforcing them is admission's part.
 * Models pkg/controller/resourcequota/resource_quota_controller.go, without its five-minute resync (watch events say all that changes). Keys: `namespace/name`.
 */
import { deepEqual } from '../../api/equal.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import type { Kind, Pod, ResourceQuota } from '../../api/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { splitKey } from '../refs.ts';
import { COUNTED_KINDS, quotaUsage } from './usage.ts';

function sync(key: string, ctx: ControllerContext): void {
  const [namespace, name] = splitKey(key);
  const quota = ctx.cache.get('ResourceQuota', namespace, name);
  if (quota === undefined) return;
  const lists = new Map<Kind, readonly { kind: string }[]>();
  const list = (kind: Kind): readonly { kind: string }[] => {
    let found = lists.get(kind);
    if (found === undefined) lists.set(kind, (found = ctx.cache.list(kind, namespace)));
    return found;
  };
  const status: ResourceQuota['status'] = { hard: { ...quota.spec.hard }, used: quotaUsage(quota, list) };
  if (deepEqual(status, quota.status)) return;
  ctx.api.updateStatus({ ...quota, status });
}

export const resourceQuotaController: Controller<Record<string, never>> = {
  name: 'resourcequota-controller',
  watches: COUNTED_KINDS,
  init: () => ({}),
  observe(event, _state, ctx) {
    const { namespace, name } = event.object.metadata;
    if (event.kind === 'ResourceQuota') {
      const old = event.old as unknown as ResourceQuota | undefined;
      const quota = event.object as unknown as ResourceQuota;
      // The status that is written by this controller, or raised by admission, asks for nothing.
      if (event.type !== 'DELETED' && (old === undefined || !deepEqual(old.spec, quota.spec))) ctx.queue.add(`${namespace}/${name}`);
      if (event.type === 'MODIFIED') return;
    } else if (event.type === 'MODIFIED') {
      if (event.kind !== 'Pod' && event.kind !== 'Service') return;
      if (event.kind === 'Pod' && isPodTerminal(event.old as unknown as Pod) === isPodTerminal(event.object as unknown as Pod)) return;
    }
    if (ctx.cache.count('ResourceQuota') === 0) return;
    for (const quota of ctx.cache.list('ResourceQuota', namespace)) ctx.queue.add(`${namespace}/${quota.metadata.name}`);
  },
  sync: (key, _state, ctx) => sync(key, ctx),
};
