/**
 * Creating, deleting and repairing stateful pods, with their events.
 * Models pkg/controller/statefulset/stateful_pod_control.go.
 */
import type { Draft } from '../../api/client.ts';
import { ApiError, isConflict } from '../../api/errors.ts';
import type { Pod, StatefulSet } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { makeClaims } from './claims.ts';
import { ordinalOf, withIdentity } from './identity.ts';

export const SOURCE = 'statefulset-controller';

const TITLES = { create: 'Create', update: 'Update', delete: 'Delete' } as const;

function record(
  ctx: ControllerContext,
  verb: keyof typeof TITLES,
  set: StatefulSet,
  pod: string,
  error: ApiError | undefined,
): void {
  const text = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
  if (error === undefined)
    ctx.event(set, 'Normal', `Successful${TITLES[verb]}`, `${text} successful`, { source: SOURCE });
  else
    ctx.event(set, 'Warning', `Failed${TITLES[verb]}`, `${text} failed error: ${error.message}`, {
      source: SOURCE,
    });
}

/** Runs the write and tells of it. @throws the write's ApiError */
function told(
  ctx: ControllerContext,
  verb: keyof typeof TITLES,
  set: StatefulSet,
  pod: string,
  write: () => void,
): void {
  try {
    write();
  } catch (error) {
    // The pod of that name may be there and the cache late: no news.
    if (error instanceof ApiError && !(verb === 'create' && error.reason === 'AlreadyExists'))
      record(ctx, verb, set, pod, error);
    throw error;
  }
  record(ctx, verb, set, pod, undefined);
}

export function createStatefulPod(ctx: ControllerContext, set: StatefulSet, draft: Draft<Pod>): void {
  const name = draft.metadata.name!;
  told(ctx, 'create', set, name, () => {
    makeClaims(ctx, set, name, ordinalOf(draft));
    ctx.api.create<Pod>(draft);
  });
}

export function deleteStatefulPod(ctx: ControllerContext, set: StatefulSet, pod: Pod): void {
  told(ctx, 'delete', set, pod.metadata.name, () =>
    ctx.api.delete(
      'Pod',
      pod.metadata.namespace!,
      pod.metadata.name,
      ctx.config.planted === 'stateful-deletes-by-force' ? { gracePeriodSeconds: 0 } : {},
    ),
  );
}

/** Gives a pod its identity labels back. */
export function repairIdentity(ctx: ControllerContext, set: StatefulSet, pod: Pod): void {
  told(ctx, 'update', set, pod.metadata.name, () => {
    try {
      ctx.api.update<Pod>(withIdentity(pod));
    } catch (error) {
      if (!isConflict(error)) throw error;
      ctx.api.update<Pod>(withIdentity(ctx.api.get('Pod', pod.metadata.namespace!, pod.metadata.name)));
    }
  });
}
