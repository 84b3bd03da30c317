/**
 * The aggregation controller: a ClusterRole with an aggregationRule says what the roles that it selects say
 * together. Models pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go.
 */
import type { Controller } from '../controller.ts';
import { aggregatingRoles, syncRole } from './aggregate.ts';

export const clusterRoleAggregationController: Controller<Record<string, never>> = {
  name: 'clusterrole-aggregation-controller',
  account: 'clusterrole-aggregation-controller',
  watches: ['ClusterRole'],
  init: () => ({}),

  observe({ object, entry }, _state, ctx) {
    // Those that are there from the beginning are what they are to be.
    if (object.metadata.resourceVersion === '0') return;
    for (const name of aggregatingRoles(ctx)) ctx.queue.add(name, entry);
  },

  sync: (key, _state, ctx) => syncRole(key, ctx),
};
