/**
 * The Deployment controller.
 * Models pkg/controller/deployment/deployment_controller.go. Rolling back is kubectl's work: it writes the
 * old template.
 */
import type { WatchEvent } from '../../api/client.ts';
import { isEverything, matches, selectorOf } from '../../api/selector.ts';
import type { Deployment, KubeObject, Pod, ReplicaSet } from '../../api/types.ts';
import { claim, ownershipChanged, resolveOwner } from '../claim.ts';
import type { Controller, ObserverContext } from '../controller.ts';
import { sameLabels } from '../podutil.ts';
import { condition, findCondition } from './conditions.ts';
import { rolloutRecreate } from './recreate.ts';
import { syncReplicaSets } from './replicasets.ts';
import { rolloutRolling } from './rolling.ts';
import { hasProgressDeadline, setRolloutCondition, SOURCE, updateStatus, type Rollout } from './rollout.ts';
import { isScalingEvent, syncScale } from './scale.ts';
import { syncStatus } from './status.ts';

const keyOf = (d: KubeObject): string => `${d.metadata.namespace}/${d.metadata.name}`;

function observeReplicaSet({ type, object, old, entry }: WatchEvent<ReplicaSet>, ctx: ObserverContext): void {
  if (old !== undefined && type === 'MODIFIED' && ownershipChanged(old, object)) {
    const before = resolveOwner(ctx, 'Deployment', old);
    if (before !== undefined) ctx.queue.add(keyOf(before), entry);
  }
  const d = resolveOwner(ctx, 'Deployment', object);
  if (d !== undefined) {
    ctx.queue.add(keyOf(d), entry);
    return;
  }
  if (type === 'DELETED' || object.metadata.ownerReferences?.some((o) => o.controller === true)) return;
  if (
    old !== undefined &&
    sameLabels(old.metadata.labels, object.metadata.labels) &&
    !ownershipChanged(old, object)
  )
    return;
  for (const candidate of ctx.cache.list('Deployment', object.metadata.namespace)) {
    const selector = selectorOf(candidate.spec.selector);
    if (!isEverything(selector) && matches(selector, object.metadata.labels))
      ctx.queue.add(keyOf(candidate), entry);
  }
}

/** With Recreate, the last old pod's going is what the rollout waits for. */
function podGone(pod: Pod, ctx: ObserverContext, entry: number): void {
  const rs = resolveOwner(ctx, 'ReplicaSet', pod);
  const d = resolveOwner(ctx, 'Deployment', rs);
  if (d === undefined || d.spec.strategy?.type !== 'Recreate') return;
  const sets = ctx.cache.controlledBy('ReplicaSet', d.metadata.uid, d.metadata.namespace);
  if (sets.every((s) => ctx.cache.controlledBy('Pod', s.metadata.uid, s.metadata.namespace).length === 0))
    ctx.queue.add(keyOf(d), entry);
}

/** Time spent paused does not count towards the progress deadline. */
function checkPaused(r: Rollout): void {
  const { d, ctx } = r;
  if (!hasProgressDeadline(d)) return;
  const current = findCondition(d.status, 'Progressing');
  if (current?.reason === 'ProgressDeadlineExceeded') return;
  const noted = current?.reason === 'DeploymentPaused';
  if (d.spec.paused === true && !noted) {
    setRolloutCondition(
      r,
      condition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', ctx.now),
    );
  } else if (d.spec.paused !== true && noted) {
    setRolloutCondition(
      r,
      condition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', ctx.now),
    );
  } else {
    return;
  }
  updateStatus(r);
}

export const deploymentController: Controller<Record<string, never>> = {
  name: SOURCE,
  account: 'deployment-controller',
  watches: ['Deployment', 'ReplicaSet', 'Pod'],
  init: () => ({}),

  concerns: ({ kind, type }) => kind !== 'Pod' || type === 'DELETED',

  observe(event, _state, ctx) {
    if (event.kind === 'Pod') podGone(event.object as Pod, ctx, event.entry);
    else if (event.kind === 'ReplicaSet') {
      observeReplicaSet(event as WatchEvent<ReplicaSet>, ctx);
    } else {
      ctx.queue.add(keyOf(event.object), event.entry);
    }
  },

  sync(key, _state, ctx) {
    const slash = key.indexOf('/');
    const d: Deployment | undefined = ctx.cache.get('Deployment', key.slice(0, slash), key.slice(slash + 1));
    if (d === undefined) return;
    const selector = selectorOf(d.spec.selector);
    if (isEverything(selector)) {
      ctx.event(
        d,
        'Warning',
        'SelectingAll',
        'This deployment is selecting all pods. A non-empty selector is required.',
        { source: SOURCE },
      );
      if ((d.status.observedGeneration ?? 0) < (d.metadata.generation ?? 0)) {
        ctx.api.updateStatus<Deployment>({
          ...d,
          status: { ...d.status, observedGeneration: d.metadata.generation },
        });
      }
      return;
    }
    const r: Rollout = { ctx, key, d };
    const list = claim(ctx, 'ReplicaSet', d, (rs) => matches(selector, rs.metadata.labels));
    if (d.metadata.deletionTimestamp !== undefined) {
      syncStatus(r, syncReplicaSets(r, list, false));
      return;
    }
    checkPaused(r);
    if (ctx.config.planted === 'scale-ignored-in-rollout' && isScalingEvent(r, list)) return;
    if (d.spec.paused === true || isScalingEvent(r, list)) syncScale(r, list);
    else if (d.spec.strategy?.type === 'Recreate') rolloutRecreate(r, list);
    else rolloutRolling(r, list);
  },
};
