/** Every controller of kube-controller-manager; one import and one element a controller. */
import type { Controller } from './controller.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { cronJobController } from './cronjob/cronjob.ts';
import { deploymentController } from './deployment/deployment.ts';
import { replicaSetController, replicationController } from './replicaset/replicaset.ts';
import { statefulSetController } from './statefulset/statefulset.ts';
import { disruptionController } from './disruption/disruption.ts';
import { endpointsController } from './endpoints/endpoints.ts';
import { endpointSliceController } from './endpointslice/endpointslice.ts';
import { endpointSliceMirroringController } from './endpointslicemirroring/endpointslicemirroring.ts';
import { garbageCollector } from './garbagecollector/garbagecollector.ts';
import { jobController } from './job/job.ts';
import { namespaceController } from './namespace/namespace.ts';
import { nodeLifecycleController } from './nodelifecycle/nodelifecycle.ts';
import { podAutoscalerController } from './podautoscaler/horizontal.ts';
import { podGCController } from './podgc/podgc.ts';
import { resourceQuotaController } from './resourcequota/resourcequota.ts';
import { apiServiceAvailabilityController } from './apiservices/availability.ts';
import { certificateController } from './certificates/certificates.ts';
import { clusterRoleAggregationController } from './clusterroleaggregation/clusterroleaggregation.ts';
import { rootCertificatePublisher } from './rootcacertpublisher/publisher.ts';
import { serviceAccountController } from './serviceaccount/serviceaccounts.ts';
import { tokensController } from './serviceaccount/tokens.ts';
import { taintEvictionController } from './tainteviction/tainteviction.ts';
import { ttlAfterFinishedController } from './ttlafterfinished/ttlafterfinished.ts';
import { validatingAdmissionPolicyStatusController } from './validatingadmissionpolicystatus/status.ts';
import { attachDetachController } from './attachdetach/attachdetach.ts';
import { ephemeralVolumeController } from './volume/ephemeral.ts';
import { persistentVolumeController } from './volume/persistentvolume.ts';
import { pvcProtectionController, pvProtectionController } from './volume/protection.ts';

export const CONTROLLERS: readonly Controller<any>[] = [
  replicaSetController,
  replicationController,
  deploymentController,
  statefulSetController,
  daemonSetController,
  jobController,
  cronJobController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  disruptionController,
  nodeLifecycleController,
  taintEvictionController,
  // Before those who watch everything, for the order of their watches.
  rootCertificatePublisher,
  serviceAccountController,
  garbageCollector,
  podGCController,
  namespaceController,
  resourceQuotaController,
  ttlAfterFinishedController,
  podAutoscalerController,
  persistentVolumeController,
  pvcProtectionController,
  pvProtectionController,
  ephemeralVolumeController,
  attachDetachController,
  tokensController,
  clusterRoleAggregationController,
  certificateController,
  apiServiceAvailabilityController,
  validatingAdmissionPolicyStatusController,
];
