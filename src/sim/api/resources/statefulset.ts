/** StatefulSets. Models pkg/registry/apps/statefulset. */
import { defaultStatefulSet } from '../defaults/workloads.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, containerTexts, created, NAME, wide } from '../table/column.ts';
import type { StatefulSet } from '../types.ts';
import { validateStatefulSetStatus } from '../validation/status.ts';
import { validateStatefulSet, validateStatefulSetUpdate } from '../validation/workloads.ts';
import {
  defineResource,
  hasObserved,
  rolloutDone,
  rolloutWaits,
  ROLLS_ONLY,
  type RolloutProgress,
  STATUS_AND_SCALE,
} from './definition.ts';

function progress(set: StatefulSet): RolloutProgress {
  const { updateStrategy, replicas = 1 } = set.spec;
  if (updateStrategy?.type === 'OnDelete') return ROLLS_ONLY;
  const { observedGeneration = 0, readyReplicas: ready = 0, updatedReplicas: updated = 0 } = set.status;
  if (observedGeneration === 0 || !hasObserved(set))
    return rolloutWaits('Waiting for statefulset spec update to be observed...');
  if (ready < replicas) return rolloutWaits(`Waiting for ${replicas - ready} pods to be ready...`);
  const rolling = updateStrategy?.rollingUpdate;
  if (updateStrategy?.type === 'RollingUpdate' && rolling !== undefined) {
    const above = rolling.partition === undefined ? 0 : replicas - rolling.partition;
    if (updated < above)
      return rolloutWaits(
        `Waiting for partitioned roll out to finish: ${updated} out of ${above} new pods have been ` +
          'updated...',
      );
    return rolloutDone(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const { updateRevision, currentRevision, currentReplicas: current = 0 } = set.status;
  if (updateRevision !== currentRevision)
    return rolloutWaits(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`,
    );
  return rolloutDone(`statefulset rolling update complete ${current} pods at revision ${currentRevision}...`);
}

export const statefulSets = defineResource<StatefulSet>({
  group: 'apps',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  shortNames: ['sts'],
  categories: ['all'],
  subresources: STATUS_AND_SCALE,
  generation: true,
  observed: true,
  defaults: defaultStatefulSet,
  strategy: { create: begin({ replicas: 0, availableReplicas: 0 }), update: advance(specChanged) },
  validation: {
    create: validateStatefulSet,
    update: validateStatefulSetUpdate,
    status: validateStatefulSetStatus,
  },
  columns: [NAME, column('Ready'), AGE, wide('Containers'), wide('Images')],
  row: (s, { now }) => [
    s.metadata.name,
    `${s.status.readyReplicas ?? 0}/${s.spec.replicas ?? 0}`,
    ageOf(created(s), now),
    ...containerTexts(s.spec.template),
  ],
  workload: {
    keeps: 'inOrder',
    revisions: 'ControllerRevision',
    template: (s) => s.spec.template,
    selector: (s) => s.spec.selector,
    wanted: (s) => s.spec.replicas ?? 1,
    ready: (s) => s.status.readyReplicas ?? 0,
    available: (s) => s.status.availableReplicas ?? 0,
    updated: (s) => s.status.updatedReplicas ?? 0,
    seen: hasObserved,
    filled: (s) => (s.status.replicas ?? 0) >= (s.spec.replicas ?? 1),
    // completeRollingUpdate of pkg/controller/statefulset/stateful_set_utils.go, by Pods available; a
    // partition keeps Pods below it at the older template.
    rollout: {
      complete: ({ spec, status }) => {
        const wanted = spec.replicas ?? 1;
        const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
        return (
          (status.updatedReplicas ?? 0) >= wanted - partition &&
          status.replicas === wanted &&
          (status.availableReplicas ?? 0) === wanted
        );
      },
      progress,
    },
  },
});
