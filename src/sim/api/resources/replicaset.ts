/** ReplicaSets. Models pkg/registry/apps/replicaset. */
import { defaultReplicaSet } from '../defaults/workloads.ts';
import { selectorText } from '../selector.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { containerTexts, created, REPLICA_COLUMNS } from '../table/column.ts';
import type { PodTemplateSpec, ReplicaSet } from '../types.ts';
import { validateReplicaSetStatus } from '../validation/status.ts';
import { validateReplicaSet, validateReplicaSetUpdate } from '../validation/workloads.ts';
import { defineResource, hasObserved, STATUS_AND_SCALE } from './definition.ts';

export const replicaSets = defineResource<ReplicaSet>({
  group: 'apps',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  subresources: STATUS_AND_SCALE,
  generation: true,
  observed: true,
  defaults: defaultReplicaSet,
  strategy: { create: begin({ replicas: 0 }), update: advance(specChanged) },
  validation: {
    create: validateReplicaSet,
    update: validateReplicaSetUpdate,
    status: validateReplicaSetStatus,
  },
  columns: REPLICA_COLUMNS,
  row: (rs, { now }) => [
    rs.metadata.name,
    rs.spec.replicas ?? 0,
    rs.status.replicas ?? 0,
    rs.status.readyReplicas ?? 0,
    ageOf(created(rs), now),
    ...containerTexts(rs.spec.template),
    selectorText(rs.spec.selector),
  ],
  workload: {
    keeps: 'atOnce',
    exposed: true,
    // The API server requires one of every ReplicaSet.
    template: (rs) => rs.spec.template as PodTemplateSpec,
    selector: (rs) => rs.spec.selector,
    wanted: (rs) => rs.spec.replicas ?? 1,
    ready: (rs) => rs.status.readyReplicas ?? 0,
    available: (rs) => rs.status.availableReplicas ?? 0,
    // It has one template only: all its pods are of it.
    updated: (rs) => rs.status.fullyLabeledReplicas ?? 0,
    seen: hasObserved,
    filled: (rs) =>
      rs.status.replicas === rs.spec.replicas ||
      rs.status.conditions?.some((c) => c.type === 'ReplicaFailure' && c.status === 'True') === true,
  },
});
