/**
 * The resources that are built in, in the order in which `kubectl get all` and listings of every kind go
 * through them. Source: `kubectl api-resources` of a 1.36 control plane.
 */
import { configMaps } from './configmap.ts';
import { controllerRevisions } from './controllerrevision.ts';
import { daemonSets } from './daemonset.ts';
import type { ResourceDefinition } from './definition.ts';
import { deployments } from './deployment.ts';
import { endpoints } from './endpoints.ts';
import { endpointSlices } from './endpointslice.ts';
import { events } from './event.ts';
import { jobs } from './job.ts';
import { leases } from './lease.ts';
import { namespaces } from './namespace.ts';
import { nodes } from './node.ts';
import { pods } from './pod.ts';
import { podDisruptionBudgets } from './poddisruptionbudget.ts';
import { priorityClasses } from './priorityclass.ts';
import { clusterRoles } from './clusterrole.ts';
import { clusterRoleBindings } from './clusterrolebinding.ts';
import { cronJobs } from './cronjob.ts';
import { customResourceDefinitions } from './customresourcedefinition.ts';
import { horizontalPodAutoscalers } from './horizontalpodautoscaler.ts';
import { ingresses } from './ingress.ts';
import { ingressClasses } from './ingressclass.ts';
import { limitRanges } from './limitrange.ts';
import { mutatingWebhookConfigurations } from './mutatingwebhookconfiguration.ts';
import { networkPolicies } from './networkpolicy.ts';
import { persistentVolumes } from './persistentvolume.ts';
import { persistentVolumeClaims } from './persistentvolumeclaim.ts';
import { roles } from './role.ts';
import { roleBindings } from './rolebinding.ts';
import { storageClasses } from './storageclass.ts';
import { validatingWebhookConfigurations } from './validatingwebhookconfiguration.ts';
import { ResourceRegistry } from './registry.ts';
import { replicaSets } from './replicaset.ts';
import { resourceQuotas } from './resourcequota.ts';
import { secrets } from './secret.ts';
import { services } from './service.ts';
import { serviceAccounts } from './serviceaccount.ts';
import { statefulSets } from './statefulset.ts';

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
];

export const BUILT_IN = new ResourceRegistry(RESOURCES);
