/**
 * The resources that are built in, in the order in which `kubectl get all` and listings of every kind go
 * through them. Source: `kubectl api-resources` of a 1.36 control plane.
 */
import { apiServices } from './apiservice.ts';
import { certificateSigningRequests } from './certificatesigningrequest.ts';
import { clusterRoles } from './clusterrole.ts';
import { clusterRoleBindings } from './clusterrolebinding.ts';
import { configMaps } from './configmap.ts';
import { controllerRevisions } from './controllerrevision.ts';
import { cronJobs } from './cronjob.ts';
import { csiDrivers } from './csidriver.ts';
import { csiNodes } from './csinode.ts';
import { csiStorageCapacities } from './csistoragecapacity.ts';
import { customResourceDefinitions } from './customresourcedefinition.ts';
import { daemonSets } from './daemonset.ts';
import type { ResourceDefinition } from './definition.ts';
import { deployments } from './deployment.ts';
import { deviceClasses } from './deviceclass.ts';
import { endpoints } from './endpoints.ts';
import { endpointSlices } from './endpointslice.ts';
import { events } from './event.ts';
import { flowSchemas } from './flowschema.ts';
import { horizontalPodAutoscalers } from './horizontalpodautoscaler.ts';
import { ingresses } from './ingress.ts';
import { ingressClasses } from './ingressclass.ts';
import { ipAddresses } from './ipaddress.ts';
import { jobs } from './job.ts';
import { leases } from './lease.ts';
import { limitRanges } from './limitrange.ts';
import { mutatingAdmissionPolicies } from './mutatingadmissionpolicy.ts';
import { mutatingAdmissionPolicyBindings } from './mutatingadmissionpolicybinding.ts';
import { mutatingWebhookConfigurations } from './mutatingwebhookconfiguration.ts';
import { namespaces } from './namespace.ts';
import { networkPolicies } from './networkpolicy.ts';
import { nodes } from './node.ts';
import { persistentVolumes } from './persistentvolume.ts';
import { persistentVolumeClaims } from './persistentvolumeclaim.ts';
import { pods } from './pod.ts';
import { podDisruptionBudgets } from './poddisruptionbudget.ts';
import { podTemplates } from './podtemplate.ts';
import { priorityClasses } from './priorityclass.ts';
import { priorityLevelConfigurations } from './prioritylevelconfiguration.ts';
import { ResourceRegistry } from './registry.ts';
import { replicaSets } from './replicaset.ts';
import { replicationControllers } from './replicationcontroller.ts';
import { resourceClaims } from './resourceclaim.ts';
import { resourceClaimTemplates } from './resourceclaimtemplate.ts';
import { resourceQuotas } from './resourcequota.ts';
import { resourceSlices } from './resourceslice.ts';
import { roles } from './role.ts';
import { roleBindings } from './rolebinding.ts';
import { runtimeClasses } from './runtimeclass.ts';
import { secrets } from './secret.ts';
import { services } from './service.ts';
import { serviceAccounts } from './serviceaccount.ts';
import { serviceCIDRs } from './servicecidr.ts';
import { statefulSets } from './statefulset.ts';
import { storageClasses } from './storageclass.ts';
import { validatingAdmissionPolicies } from './validatingadmissionpolicy.ts';
import { validatingAdmissionPolicyBindings } from './validatingadmissionpolicybinding.ts';
import { validatingWebhookConfigurations } from './validatingwebhookconfiguration.ts';
import { volumeAttachments } from './volumeattachment.ts';
import { volumeAttributesClasses } from './volumeattributesclass.ts';

export const RESOURCES: readonly ResourceDefinition[] = [
  namespaces,
  nodes,
  priorityClasses,
  configMaps,
  secrets,
  serviceAccounts,
  resourceQuotas,
  pods,
  services,
  endpoints,
  endpointSlices,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
  jobs,
  controllerRevisions,
  podDisruptionBudgets,
  leases,
  events,
  limitRanges,
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
  horizontalPodAutoscalers,
  cronJobs,
  ingresses,
  ingressClasses,
  networkPolicies,
  roles,
  roleBindings,
  clusterRoles,
  clusterRoleBindings,
  customResourceDefinitions,
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
  replicationControllers,
  podTemplates,
  csiDrivers,
  csiNodes,
  csiStorageCapacities,
  volumeAttachments,
  volumeAttributesClasses,
  runtimeClasses,
  apiServices,
  certificateSigningRequests,
  flowSchemas,
  priorityLevelConfigurations,
  ipAddresses,
  serviceCIDRs,
  deviceClasses,
  resourceClaims,
  resourceClaimTemplates,
  resourceSlices,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
];

export const BUILT_IN = new ResourceRegistry(RESOURCES);
