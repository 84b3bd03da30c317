/** What a new or changed Pod gets from its strategy. Models pkg/registry/core/pod/strategy.go. */
import { withMembers } from '../../kernel/members.ts';
import type { Millis } from '../../kernel/types.ts';
import { each, into, isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { rfc3339 } from '../time.ts';
import type { LabelSelector, Pod, PodStatus } from '../types.ts';
import { qosClass } from './qos.ts';

type Term = { labelSelector?: LabelSelector; matchLabelKeys?: string[]; mismatchLabelKeys?: string[] };

/** `matchLabelKeys` stand for "the same value as mine": the server writes the values into the selector. */
function withLabelKeys<T extends Term>(term: T, labels: Record<string, string>): T {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  if (isNil(labelSelector) || matchLabelKeys.length + mismatchLabelKeys.length === 0) return term;
  const added = [
    ...matchLabelKeys
      .filter((k) => labels[k] !== undefined)
      .map((key) => ({ key, operator: 'In', values: [labels[key]!] })),
    ...mismatchLabelKeys
      .filter((k) => labels[k] !== undefined)
      .map((key) => ({ key, operator: 'NotIn', values: [labels[key]!] })),
  ];
  if (added.length === 0) return term;
  return {
    ...term,
    labelSelector: {
      ...labelSelector,
      matchExpressions: [...(labelSelector.matchExpressions ?? []), ...added],
    },
  };
}

function withSelectorsOfKeys(pod: Pod): Pod['spec'] {
  const labels = pod.metadata.labels ?? {};
  const terms = (side: never): never => {
    let next = side as unknown as {
      requiredDuringSchedulingIgnoredDuringExecution?: Term[];
      preferredDuringSchedulingIgnoredDuringExecution?: { weight: number; podAffinityTerm: Term }[];
    };
    next = into(next, 'requiredDuringSchedulingIgnoredDuringExecution', (list) =>
      each(list, (t) => withLabelKeys(t, labels)),
    );
    next = into(next, 'preferredDuringSchedulingIgnoredDuringExecution', (list) =>
      each(list, (w) => into(w, 'podAffinityTerm', (t) => withLabelKeys(t, labels))),
    );
    return next as never;
  };
  let spec = into(pod.spec, 'affinity', (affinity) =>
    into(into(affinity, 'podAffinity', terms as never), 'podAntiAffinity', terms as never),
  );
  spec = into(spec, 'topologySpreadConstraints', (list) =>
    each(list, (c) => withLabelKeys(c as Term, labels) as typeof c),
  );
  return spec;
}

export function createPod(pod: Pod, now: Millis): Pod {
  const spec = withSelectorsOfKeys(pod);
  let status: PodStatus = { phase: 'Pending', qosClass: qosClass(spec) };
  if ((spec.schedulingGates?.length ?? 0) > 0) {
    const condition = {
      type: 'PodScheduled',
      status: 'False' as const,
      lastTransitionTime: rfc3339(now),
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    };
    status = { ...status, conditions: [condition] };
  }
  return withMembers(pod, { metadata: withMembers(pod.metadata, { generation: 1 }), spec, status });
}

export function updatePod(next: Pod, old: Pod): Pod {
  const generation = (old.metadata.generation ?? 0) + (deepEqual(next.spec, old.spec) ? 0 : 1);
  return {
    ...next,
    metadata: generation === 0 ? next.metadata : { ...next.metadata, generation },
    status: old.status,
  };
}

function withOwners(given: Pod['metadata'], owners: Pod['metadata']['ownerReferences']): Pod['metadata'] {
  const metadata = { ...given };
  if (owners === undefined) delete metadata.ownerReferences;
  else metadata.ownerReferences = owners;
  return metadata;
}

/**
 * A status without a QoS class or observedGeneration keeps the old ones; owner references are not the
 * kubelet's to change.
 */
export function updatePodStatus(next: Pod, old: Pod): Pod {
  const metadata =
    next.metadata.ownerReferences === old.metadata.ownerReferences
      ? next.metadata
      : withOwners(next.metadata, old.metadata.ownerReferences);
  let { status } = next;
  if (!status?.qosClass && old.status.qosClass) status = { ...status, qosClass: old.status.qosClass };
  if (!status?.observedGeneration && old.status.observedGeneration)
    status = { ...status, observedGeneration: old.status.observedGeneration };
  return { ...next, metadata, spec: old.spec, status };
}
