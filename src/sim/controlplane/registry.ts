/** Every controller of kube-controller-manager; one import and one element a controller. */
import type { Controller } from './controller.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { deploymentController } from './deployment/deployment.ts';
import { replicaSetController } from './replicaset/replicaset.ts';
import { statefulSetController } from './statefulset/statefulset.ts';

export const CONTROLLERS: readonly Controller<any>[] = [
  replicaSetController,
  deploymentController,
  statefulSetController,
  daemonSetController,
];
