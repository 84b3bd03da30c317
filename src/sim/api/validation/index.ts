/**
 * The hand-written rules of the API server, after admission and before etcd: what the schema cannot say.
 * Models pkg/apis/<group>/validation; causes come in upstream's order and words. Values are expected to be
 * defaulted.
 */
import type { StatusCause } from '../errors.ts';
import { findKind } from '../kinds.ts';
import type { Kind, KindMap, KubeObject } from '../types.ts';
import type { Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import * as others from './others.ts';
import { validatePodCreate, validatePodUpdate } from './pod.ts';
import * as service from './service.ts';
import * as status from './status.ts';
import { subdomainProblems } from './text.ts';
import * as workloads from './workloads.ts';

interface Rules<T> {
  create?(object: T, out: Causes): void;
  update?(next: T, old: T, out: Causes): void;
  status?(next: T, old: T, out: Causes): void;
}

const RULES: { readonly [K in Kind]?: Rules<KindMap[K]> } = {
  Pod: { create: validatePodCreate, update: validatePodUpdate, status: status.validatePodStatus },
  Deployment: {
    create: workloads.validateDeployment,
    update: workloads.validateDeploymentUpdate,
    status: status.validateDeploymentStatus,
  },
  ReplicaSet: {
    create: workloads.validateReplicaSet,
    update: workloads.validateReplicaSetUpdate,
    status: status.validateReplicaSetStatus,
  },
  StatefulSet: {
    create: workloads.validateStatefulSet,
    update: workloads.validateStatefulSetUpdate,
    status: status.validateStatefulSetStatus,
  },
  DaemonSet: { create: workloads.validateDaemonSet, update: workloads.validateDaemonSetUpdate },
  ControllerRevision: { create: others.validateRevision, update: others.validateRevisionUpdate },
  Service: { create: service.validateService, update: service.validateServiceUpdate },
  Endpoints: { create: service.validateEndpoints, update: service.validateEndpointsUpdate },
  EndpointSlice: { create: service.validateEndpointSlice, update: service.validateEndpointSliceUpdate },
  PodDisruptionBudget: {
    create: others.validateBudget,
    update: others.validateBudgetUpdate,
    status: status.validateBudgetStatus,
  },
  Node: { create: others.validateNode, update: others.validateNodeUpdate },
  Namespace: { create: others.validateNamespace },
  PriorityClass: { create: others.validatePriorityClass, update: others.validatePriorityClassUpdate },
  ResourceQuota: {
    create: (quota, out) => {
      validateMeta(quota.metadata, true, subdomainProblems, out);
      others.validateQuota(quota, out);
    },
    update: others.validateQuotaUpdate,
  },
  ConfigMap: { create: others.validateConfigMap, update: others.validateConfigMapUpdate },
  Secret: { create: others.validateSecret, update: others.validateSecretUpdate },
};

const rulesOf = (kind: string): Rules<KubeObject> | undefined =>
  RULES[kind as Kind] as unknown as Rules<KubeObject> | undefined;

/** What is wrong with a new object; empty when nothing is. */
export function validateCreate(object: KubeObject): StatusCause[] {
  const out: Causes = [];
  const rules = rulesOf(object.kind);
  if (rules?.create !== undefined) rules.create(object, out);
  else validateMeta(object.metadata, findKind(object.kind)?.namespaced ?? true, subdomainProblems, out);
  return out;
}

/** What is wrong with an update of anything but status. */
export function validateUpdate(next: KubeObject, old: KubeObject): StatusCause[] {
  const out: Causes = [];
  const rules = rulesOf(next.kind);
  if (rules?.update !== undefined) rules.update(next, old, out);
  else validateMetaUpdate(next.metadata, old.metadata, out);
  return out;
}

/** What is wrong with an update of status. */
export function validateStatusUpdate(next: KubeObject, old: KubeObject): StatusCause[] {
  const out: Causes = [];
  rulesOf(next.kind)?.status?.(next, old, out);
  return out;
}
