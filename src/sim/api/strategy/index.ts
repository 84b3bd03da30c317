/**
 * The strategy of each kind: what a create or update may not decide itself (status, generation).
 * Models the PrepareForCreate and PrepareForUpdate of pkg/registry/<group>/<kind>/strategy.go.
 */
import type { Millis } from '../../kernel/types.ts';
import { deepEqual } from '../equal.ts';
import type { DaemonSet, EndpointSlice, Kind, KindMap, KubeObject, Namespace } from '../types.ts';
import { createPod, updatePod, updatePodStatus } from './pod.ts';
import { encodeStringData } from './secret.ts';
import { updateService } from './service.ts';

export { qosClass } from './qos.ts';

interface Strategy<T> {
  create?(draft: T, now: Millis): T;
  update?(next: T, old: T): T;
  status?(next: T, old: T): T;
}
type Strategies = { readonly [K in Kind]?: Strategy<KindMap[K]> };
type Loose = KubeObject;

/** Generation 1, and an empty status of the given form. */
const begin =
  (status: object) =>
  <T extends Loose>(draft: T): T => ({ ...draft, metadata: { ...draft.metadata, generation: 1 }, status });

/** Status stays; the generation grows when `changed` says so. */
const advance =
  (changed: (next: Loose, old: Loose) => boolean) =>
  <T extends Loose>(next: T, old: T): T => {
    const generation = (old.metadata.generation ?? 0) + (changed(next, old) ? 1 : 0);
    return { ...next, metadata: { ...next.metadata, generation }, status: old.status };
  };

const specChanged = (next: Loose, old: Loose): boolean => !deepEqual(next.spec, old.spec);
const keepStatus = <T extends Loose>(next: T, old: T): T => ({ ...next, status: old.status });

/** apps/v1 carries the count of template changes of a DaemonSet as an annotation. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
function withTemplateGeneration(set: DaemonSet, count: number): DaemonSet {
  const annotations = { ...set.metadata.annotations, [TEMPLATE_GENERATION]: String(count) };
  return { ...set, metadata: { ...set.metadata, annotations } };
}

/** `kubernetes` keeps a Namespace until its content is gone. */
function createNamespace(draft: Namespace): Namespace {
  const finalizers = draft.spec?.finalizers ?? [];
  const spec = finalizers.includes('kubernetes')
    ? draft.spec
    : { ...draft.spec, finalizers: [...finalizers, 'kubernetes'] };
  return { ...draft, spec, status: { phase: 'Active' } };
}

const sliceChanged = (next: Loose, old: Loose): boolean => {
  const [a, b] = [next, old] as unknown as [EndpointSlice, EndpointSlice];
  return (
    !deepEqual(a.endpoints, b.endpoints) ||
    !deepEqual(a.ports, b.ports) ||
    a.addressType !== b.addressType ||
    !deepEqual(a.metadata.labels ?? {}, b.metadata.labels ?? {})
  );
};

const STRATEGIES: Strategies = {
  Pod: { create: createPod, update: updatePod, status: updatePodStatus },
  Deployment: {
    create: begin({}),
    // A change of annotations alone counts too: the controller copies them to its ReplicaSets.
    update: advance(
      (next, old) =>
        specChanged(next, old) || !deepEqual(next.metadata.annotations ?? {}, old.metadata.annotations ?? {}),
    ),
    status: (next, old) => {
      if (next.metadata.labels === old.metadata.labels) return { ...next, spec: old.spec };
      const { labels: _, ...metadata } = next.metadata;
      return {
        ...next,
        metadata:
          old.metadata.labels === undefined ? metadata : { ...next.metadata, labels: old.metadata.labels },
        spec: old.spec,
      };
    },
  },
  ReplicaSet: { create: begin({ replicas: 0 }), update: advance(specChanged) },
  StatefulSet: { create: begin({ replicas: 0, availableReplicas: 0 }), update: advance(specChanged) },
  DaemonSet: {
    create: (draft) =>
      withTemplateGeneration(
        begin({
          currentNumberScheduled: 0,
          numberMisscheduled: 0,
          desiredNumberScheduled: 0,
          numberReady: 0,
        })(draft),
        1,
      ),
    update: (next, old) => {
      const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
      const changed = !deepEqual(next.spec.template, old.spec.template);
      return withTemplateGeneration(advance(specChanged)(next, old), changed ? before + 1 : before);
    },
  },
  PodDisruptionBudget: {
    create: begin({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }),
    update: advance(specChanged),
  },
  Service: { create: (draft) => ({ ...draft, status: { loadBalancer: {} } }), update: updateService },
  Namespace: {
    create: createNamespace,
    update: (next, old) => ({ ...next, spec: old.spec, status: old.status }),
  },
  Node: { update: keepStatus },
  ResourceQuota: { create: (draft) => ({ ...draft, status: {} }), update: keepStatus },
  Secret: { create: encodeStringData, update: encodeStringData },
  PriorityClass: { create: (draft) => ({ ...draft, metadata: { ...draft.metadata, generation: 1 } }) },
  EndpointSlice: {
    create: (draft) => ({ ...draft, metadata: { ...draft.metadata, generation: 1 } }),
    update: (next, old) => {
      const { status: _, ...slice } = advance(sliceChanged)(
        next as unknown as Loose,
        old as unknown as Loose,
      );
      return slice as unknown as EndpointSlice;
    },
  },
};

const strategyOf = (kind: string): Strategy<KubeObject> =>
  (STRATEGIES[kind as Kind] ?? {}) as unknown as Strategy<KubeObject>;

/** The draft with its initial status and generation, nothing of them taken from its author. */
export function prepareForCreate(draft: KubeObject, now: Millis): KubeObject {
  return strategyOf(draft.kind).create?.(draft, now) ?? draft;
}

/** The new value with status as it was, and the generation counted on where what it counts has changed. */
export function prepareForUpdate(next: KubeObject, old: KubeObject): KubeObject {
  return strategyOf(next.kind).update?.(next, old) ?? next;
}

/** The new value with everything but status (and what of metadata the subresource lets through) as it was. */
export function prepareForStatusUpdate(next: KubeObject, old: KubeObject): KubeObject {
  const { status } = strategyOf(next.kind);
  return status?.(next, old) ?? { ...next, spec: old.spec };
}
