/**
 * Server-side defaulting: what the API server adds to an object as it decodes it.
 * Models pkg/apis/{core,apps,discovery,scheduling}/v1/defaults.go and their zz_generated counterparts.
 * Idempotent; an object that lacks nothing comes back as it is.
 */
import { badRequest } from '../errors.ts';
import type { Kind, KindMap, KubeObject } from '../types.ts';
import { fill, fillZero, into, isNil } from './fill.ts';
import { withoutNulls } from './nulls.ts';
import { defaultPod } from './podspec.ts';
import { defaultResourceList } from './resources.ts';
import { withStructs } from './structs.ts';
import { defaultEndpoints, defaultEndpointSlice, defaultService } from './service.ts';
import { defaultDaemonSet, defaultDeployment, defaultReplicaSet, defaultStatefulSet } from './workloads.ts';

type Defaulters = { readonly [K in Kind]?: (object: KindMap[K]) => KindMap[K] };

const NAME_LABEL = 'kubernetes.io/metadata.name';

const DEFAULTERS: Defaulters = {
  Pod: defaultPod,
  Deployment: defaultDeployment,
  ReplicaSet: defaultReplicaSet,
  StatefulSet: defaultStatefulSet,
  DaemonSet: defaultDaemonSet,
  Service: defaultService,
  Endpoints: defaultEndpoints,
  EndpointSlice: defaultEndpointSlice,
  Secret: (secret) => fillZero(secret, { type: 'Opaque' }),
  PriorityClass: (priority) => fill(priority, { preemptionPolicy: 'PreemptLowerPriority' }),
  PodDisruptionBudget: (budget) => fill(budget, { spec: {} }),
  ResourceQuota: (quota) =>
    into(fill(quota, { spec: {} }), 'spec', (spec) => into(spec, 'hard', defaultResourceList)),
  Namespace: (namespace) => {
    const { name, labels } = namespace.metadata;
    if (!name || labels?.[NAME_LABEL] === name) return namespace;
    return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [NAME_LABEL]: name } } };
  },
  Node: (node) =>
    into(fill(node, { spec: {} }), 'status', (status) => {
      const listed = into(into(status, 'capacity', defaultResourceList), 'allocatable', defaultResourceList);
      return isNil(listed.allocatable) && !isNil(listed.capacity)
        ? { ...listed, allocatable: listed.capacity }
        : listed;
    }),
};

const UNDECODABLE = /^(quantities must match|unable to parse)/;

/**
 * @param old what is stored, when the draft is to take its place
 * @throws ApiError BadRequest for what cannot be decoded (a quantity that is none)
 */
export function applyDefaults(draft: KubeObject, old?: KubeObject): KubeObject {
  const defaulter = DEFAULTERS[draft.kind as Kind] as ((object: KubeObject) => KubeObject) | undefined;
  // A ControllerRevision's data is its controller's own.
  const decoded = draft.kind === 'ControllerRevision' ? draft : withStructs(withoutNulls(draft, '', old));
  if (defaulter === undefined) return decoded;
  try {
    return defaulter(decoded);
  } catch (error) {
    if (!(error instanceof Error) || !UNDECODABLE.test(error.message)) throw error;
    const version = draft.apiVersion.slice(draft.apiVersion.indexOf('/') + 1);
    throw badRequest(
      `${draft.kind} in version "${version}" cannot be handled as a ${draft.kind}: ${error.message}`,
    );
  }
}
