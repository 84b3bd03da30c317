/** The registry of describers, and the one way to describe an object. */
import type { KubeObject } from '../../sim/api/types.ts';
import {
  clusterRoleBindingDescriber,
  clusterRoleDescriber,
  roleBindingDescriber,
  roleDescriber,
  serviceAccountDescriber,
} from './access.ts';
import { autoscalerDescriber } from './autoscaler.ts';
import { describeRequest } from './certificates.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeEvents, eventsAbout } from './events.ts';
import { describeGeneric } from './generic.ts';
import { ingressClassDescriber, ingressDescriber, networkPolicyDescriber } from './ingress.ts';
import { limitRangeDescriber, resourceQuotaDescriber } from './limits.ts';
import { cronJobDescriber, jobDescriber } from './jobs.ts';
import { nodeDescriber } from './node.ts';
import { podDescriber } from './pod.ts';
import {
  configMapDescriber,
  namespaceDescriber,
  podDisruptionBudgetDescriber,
  priorityClassDescriber,
  secretDescriber,
} from './policy.ts';
import { endpointsDescriber, endpointSliceDescriber, serviceDescriber } from './service.ts';
import {
  persistentVolumeClaimDescriber,
  persistentVolumeDescriber,
  storageClassDescriber,
} from './storage.ts';
import { tabbed } from './tabwriter.ts';
import {
  daemonSetDescriber,
  deploymentDescriber,
  replicaSetDescriber,
  replicationControllerDescriber,
  statefulSetDescriber,
} from './workloads.ts';
import { textWriter } from './writer.ts';

const DESCRIBERS = new Map<string, Describer>(
  [
    podDescriber,
    nodeDescriber,
    deploymentDescriber,
    replicaSetDescriber,
    replicationControllerDescriber,
    jobDescriber,
    cronJobDescriber,
    statefulSetDescriber,
    daemonSetDescriber,
    serviceDescriber,
    endpointsDescriber,
    endpointSliceDescriber,
    ingressDescriber,
    ingressClassDescriber,
    networkPolicyDescriber,
    podDisruptionBudgetDescriber,
    priorityClassDescriber,
    resourceQuotaDescriber,
    limitRangeDescriber,
    autoscalerDescriber,
    namespaceDescriber,
    configMapDescriber,
    secretDescriber,
    persistentVolumeDescriber,
    persistentVolumeClaimDescriber,
    storageClassDescriber,
    roleDescriber,
    clusterRoleDescriber,
    roleBindingDescriber,
    clusterRoleBindingDescriber,
    serviceAccountDescriber,
  ].map((d) => [d.kind, d as unknown as Describer]),
);

export function describeObject(object: KubeObject, context: DescribeContext, showEvents = true): string {
  const w = textWriter();
  const describer = DESCRIBERS.get(object.kind);
  if (object.kind === 'CertificateSigningRequest') describeRequest(object, w);
  else if (describer === undefined) describeGeneric(object, w);
  else describer.describe(object as never, w, context);
  if (showEvents && (describer?.events ?? true))
    describeEvents(w, eventsAbout(context.api, object), context.now);
  return tabbed(w.text());
}
