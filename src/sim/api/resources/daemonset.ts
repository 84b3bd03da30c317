/** DaemonSets. Models pkg/registry/apps/daemonset. */
import { defaultDaemonSet } from '../defaults/workloads.ts';
import { deepEqual } from '../equal.ts';
import { selectorText } from '../selector.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, containerTexts, created, labelText, NAME, wide } from '../table/column.ts';
import type { DaemonSet } from '../types.ts';
import { validateDaemonSet, validateDaemonSetUpdate } from '../validation/workloads.ts';
import {
  defineResource,
  hasObserved,
  rolloutDone,
  rolloutWaits,
  ROLLS_ONLY,
  type RolloutProgress,
} from './definition.ts';

/** apps/v1 carries the count of template changes of a DaemonSet as an annotation. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
function withTemplateGeneration(set: DaemonSet, count: number): DaemonSet {
  const annotations = { ...set.metadata.annotations, [TEMPLATE_GENERATION]: String(count) };
  return { ...set, metadata: { ...set.metadata, annotations } };
}

const beginCounting = begin({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
});

function progress(set: DaemonSet): RolloutProgress {
  const { name } = set.metadata;
  if (set.spec.updateStrategy?.type !== 'RollingUpdate') return ROLLS_ONLY;
  if (!hasObserved(set)) return rolloutWaits('Waiting for daemon set spec update to be observed...');
  const waits = (what: string): RolloutProgress =>
    rolloutWaits(`Waiting for daemon set "${name}" rollout to finish: ${what}...`);
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable: available = 0,
  } = set.status;
  if (updated < wanted) return waits(`${updated} out of ${wanted} new pods have been updated`);
  if (available < wanted) return waits(`${available} of ${wanted} updated pods are available`);
  return rolloutDone(`daemon set "${name}" successfully rolled out`);
}

export const daemonSets = defineResource<DaemonSet>({
  group: 'apps',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  shortNames: ['ds'],
  categories: ['all'],
  subresources: { status: true },
  generation: true,
  observed: true,
  defaults: defaultDaemonSet,
  strategy: {
    create: (draft) => withTemplateGeneration(beginCounting(draft), 1),
    update(next, old) {
      const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
      const isChanged = !deepEqual(next.spec.template, old.spec.template);
      return withTemplateGeneration(advance(specChanged)(next, old), isChanged ? before + 1 : before);
    },
  },
  validation: { create: validateDaemonSet, update: validateDaemonSetUpdate },
  columns: [
    NAME,
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    column('Node Selector'),
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row: (ds, { now }) => [
    ds.metadata.name,
    ds.status.desiredNumberScheduled ?? 0,
    ds.status.currentNumberScheduled ?? 0,
    ds.status.numberReady ?? 0,
    ds.status.updatedNumberScheduled ?? 0,
    ds.status.numberAvailable ?? 0,
    labelText(ds.spec.template.spec?.nodeSelector),
    ageOf(created(ds), now),
    ...containerTexts(ds.spec.template),
    selectorText(ds.spec.selector),
  ],
  workload: {
    keeps: 'stepwise',
    revisions: 'ControllerRevision',
    template: (ds) => ds.spec.template,
    selector: (ds) => ds.spec.selector,
    wanted: (ds) => ds.status.desiredNumberScheduled ?? 0,
    ready: (ds) => ds.status.numberReady ?? 0,
    available: (ds) => ds.status.numberAvailable ?? 0,
    updated: (ds) => ds.status.updatedNumberScheduled ?? 0,
    seen: hasObserved,
    filled: (ds) => ds.status.currentNumberScheduled >= ds.status.desiredNumberScheduled,
    // As kubectl rollout status has it (polymorphichelpers/rollout_status.go).
    rollout: {
      complete: ({ status }) =>
        [status.updatedNumberScheduled, status.numberAvailable].every(
          (count) => (count ?? 0) >= (status.desiredNumberScheduled ?? 0),
        ),
      progress,
    },
  },
});
