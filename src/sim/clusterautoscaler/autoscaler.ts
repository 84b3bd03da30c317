/**
 * The cluster autoscaler: it asks for nodes where Pods find no place, and takes away those that nobody has
 * needed for long. Models github.com/kubernetes/autoscaler, cluster-autoscaler 1.36, with a cloud that gives
 * machines by node group.
 */
import type { ApiComponent } from '../api/client.ts';
import type { World } from '../node/world.ts';
import { CLUSTER_AUTOSCALER } from './names.ts';
import { changed, observeChange, work } from './scan.ts';
import { type AutoscalerState, type AutoscalerTask, emptyState } from './state.ts';

/** Its process. `flags` among its arguments, or the setting `clusterAutoscaler`, say what it does. */
export const clusterAutoscaler: ApiComponent<AutoscalerState, AutoscalerTask, World> = {
  component: CLUSTER_AUTOSCALER,
  watches: () => [
    {
      kinds: [
        'Namespace',
        'Service',
        'ReplicaSet',
        'ReplicationController',
        'StatefulSet',
        'DaemonSet',
        'Job',
        'PodDisruptionBudget',
        'PersistentVolumeClaim',
        'PersistentVolume',
        'StorageClass',
        'CSINode',
        'Node',
        'Pod',
      ],
    },
  ],
  start: (ctx) => emptyState(ctx.now),
  observe: (event, state, ctx) => observeChange(event, state, ctx),
  reconnected: (state, ctx) => changed(state, ctx),
  handle: (task, state, ctx) => work(task, state, ctx),
  reconfigured: (_setting, state, ctx) => changed(state, ctx),
};
