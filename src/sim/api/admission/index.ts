/**
 * Admission: first every plugin that changes an object, then every plugin that only judges it, each in the
 * order of kube-apiserver (pkg/kubeapiserver/options/plugins.go).
 */
import type { KubeObject } from '../types.ts';
import { certificateApproval, certificateSigning, certificateSubjectRestriction } from './certificates.ts';
import { terminatingDefinitions } from './customresources.ts';
import { defaultIngressClass } from './defaultingressclass.ts';
import { defaultTolerationSeconds } from './defaulttolerationseconds.ts';
import { limitRanger } from './limitranger.ts';
import { namespaceLifecycle } from './namespacelifecycle.ts';
import { nodeRestriction } from './noderestriction.ts';
import { ownerReferencesPermissions } from './ownerreferences.ts';
import { podSecurity } from './podsecurity.ts';
import { mutatingPolicies, validatingPolicies } from './policies.ts';
import { podTopologyLabels } from './podtopologylabels.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resourcequota.ts';
import { runtimeClass } from './runtimeclass.ts';
import { serviceAccount } from './serviceaccount.ts';
import { defaultStorageClass, volumeResize, volumesInUse } from './storage.ts';
import { taintNodesByCondition } from './taintnodes.ts';
import { Reinvocation } from './dynamic/reinvocation.ts';
import type { AdmissionPlugin, AdmissionRequest } from './types.ts';
import { mutatingWebhooks, validatingWebhooks } from './webhooks.ts';

export type { AdmissionPlugin, AdmissionRequest } from './types.ts';

export const ADMISSION_PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  ownerReferencesPermissions,
  volumesInUse,
  volumeResize,
  defaultStorageClass,
  runtimeClass,
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
  defaultIngressClass,
  podTopologyLabels,
  terminatingDefinitions,
  mutatingPolicies,
  mutatingWebhooks,
  validatingPolicies,
  validatingWebhooks,
  resourceQuota,
];

/** What plugins make of an object in their order. */
function round(
  plugins: readonly AdmissionPlugin[],
  given: KubeObject,
  request: AdmissionRequest,
): KubeObject {
  let object = given;
  for (const plugin of plugins) if (plugin.mutate !== undefined) object = plugin.mutate(object, request);
  return object;
}

/** What is registered from outside may change an object after others have seen it: then all see it again. */
function mutated(
  plugins: readonly AdmissionPlugin[],
  object: KubeObject,
  request: AdmissionRequest,
): KubeObject {
  if (!request.view.isExtended) return round(plugins, object, request);
  const reinvocation = new Reinvocation();
  const seen = { ...request, reinvocation };
  const first = round(plugins, object, seen);
  if (!reinvocation.wanted) return first;
  reinvocation.again = true;
  return round(plugins, first, seen);
}

/** Of the plugins, those that have to do with a resource; derived, so no state. */
const concerned = new WeakMap<readonly AdmissionPlugin[], Map<string, readonly AdmissionPlugin[]>>();

function pluginsFor(plugins: readonly AdmissionPlugin[], resource: string): readonly AdmissionPlugin[] {
  let byResource = concerned.get(plugins);
  if (byResource === undefined) concerned.set(plugins, (byResource = new Map()));
  let its = byResource.get(resource);
  if (its === undefined) {
    its = plugins.filter(({ about }) => about === undefined || about.includes(resource));
    byResource.set(resource, its);
  }
  return its;
}

/** The object as admitted; for DELETE the stored one. @throws ApiError of the first plugin that refuses */
export const admit = (plugins: readonly AdmissionPlugin[], request: AdmissionRequest): KubeObject =>
  admittedBy(pluginsFor(plugins, request.definition.resource), request);

function admittedBy(plugins: readonly AdmissionPlugin[], request: AdmissionRequest): KubeObject {
  let { object } = request;
  // Upstream runs NamespaceLifecycle among the mutating plugins, so that a missing namespace is what the user
  // hears of first.
  if (plugins.includes(namespaceLifecycle)) namespaceLifecycle.validate!(object, request);
  if (object !== undefined) object = mutated(plugins, object, request);
  else for (const plugin of plugins) plugin.mutateDelete?.(request);
  for (const plugin of plugins) if (plugin !== namespaceLifecycle) plugin.validate?.(object, request);
  return object ?? request.old!;
}

/** What is registered from outside: who else there is has no word on connections. */
const REGISTERED: readonly AdmissionPlugin[] = [
  mutatingPolicies,
  mutatingWebhooks,
  validatingPolicies,
  validatingWebhooks,
];

/**
 * The options of a connection to an object, as admitted. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go (ConnectResource).
 * @throws ApiError of the first plugin that refuses
 */
export function admitConnection(plugins: readonly AdmissionPlugin[], request: AdmissionRequest): KubeObject {
  if (!request.view.isExtended) return request.object!;
  const asked = plugins.filter((plugin) => REGISTERED.includes(plugin));
  return admittedBy(asked, request);
}

/**
 * Whether anybody is asked about a status, a binding or an eviction: what is registered from outside, those
 * who judge certificates, and those who judge whoever comes with groups of his own.
 */
export const isAskedOfParts = (
  { isExtended }: Pick<AdmissionRequest['view'], 'isExtended'>,
  { strategy }: AdmissionRequest['definition'],
  by: AdmissionRequest['by'],
): boolean => isExtended || strategy.approval !== undefined || by?.groups !== undefined;

/**
 * The same of a status, a binding or an eviction, which not all plugins are asked about.
 * @throws ApiError of the first plugin that refuses
 */
export const admitPart = (plugins: readonly AdmissionPlugin[], request: AdmissionRequest): KubeObject =>
  isAskedOfParts(request.view, request.definition, request.by)
    ? admittedBy(
        pluginsFor(plugins, request.definition.resource).filter((plugin) => plugin.ofParts === true),
        request,
      )
    : (request.object ?? request.old!);
