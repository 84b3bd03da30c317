/**
 * The HorizontalPodAutoscaler controller: every 15 s it asks the metrics how many replicas are needed, and
 * scales the target. Models pkg/controller/podautoscaler/horizontal.go. A sync that fails is made again at
 * the next period, not sooner (rate_limiters.go). Keys: `namespace/name`.
 */
import type { Controller } from '../controller.ts';
import { splitKey } from '../refs.ts';
import { reconcile, type AutoscalerState } from './reconcile.ts';

export const podAutoscalerController: Controller<AutoscalerState> = {
  name: 'horizontal-pod-autoscaler',
  account: 'horizontal-pod-autoscaler',
  // Pods are in the cache that all controllers share: what becomes of them matters at the next period only.
  watches: ['HorizontalPodAutoscaler'],
  init: () => ({ memories: new Map(), selectors: new Map() }),

  observe(event, state, ctx) {
    const { namespace, name } = event.object.metadata;
    const key = `${namespace}/${name}`;
    if (event.type !== 'DELETED') {
      ctx.queue.addAfter(key, ctx.config.horizontalPodAutoscalerSyncPeriodMs);
      return;
    }
    state.memories.delete(key);
    state.selectors.delete(key);
  },

  sync(key, state, ctx) {
    const [namespace, name] = splitKey(key);
    const hpa = ctx.cache.get('HorizontalPodAutoscaler', namespace, name);
    if (hpa === undefined) return;
    ctx.queue.addAfter(key, ctx.config.horizontalPodAutoscalerSyncPeriodMs);
    reconcile(key, hpa, state, ctx);
  },
};
