/** Deployments. Models pkg/registry/apps/deployment. */
import { defaultDeployment } from '../defaults/workloads.ts';
import { deepEqual } from '../equal.ts';
import { selectorText } from '../selector.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, containerTexts, created, NAME, wide } from '../table/column.ts';
import type { Deployment } from '../types.ts';
import { validateDeploymentStatus } from '../validation/status.ts';
import { validateDeployment, validateDeploymentUpdate } from '../validation/workloads.ts';
import {
  defineResource,
  hasObserved,
  rolloutDone,
  rolloutFailed,
  rolloutWaits,
  type RolloutProgress,
  STATUS_AND_SCALE,
} from './definition.ts';

/** Labels are not the status subresource's to change. */
function updateStatus(next: Deployment, old: Deployment): Deployment {
  if (next.metadata.labels === old.metadata.labels) return { ...next, spec: old.spec };
  const { labels: _, ...metadata } = next.metadata;
  return {
    ...next,
    metadata:
      old.metadata.labels === undefined ? metadata : { ...next.metadata, labels: old.metadata.labels },
    spec: old.spec,
  };
}

/** DeploymentTimedOut of pkg/controller/deployment/util/deployment_util.go. */
const isTimedOut = ({ status }: Deployment): boolean =>
  status.conditions?.some(
    (c) => c.type === 'Progressing' && c.status === 'False' && c.reason === 'ProgressDeadlineExceeded',
  ) === true;

function progress(deployment: Deployment): RolloutProgress {
  const { metadata, spec, status } = deployment;
  if (!hasObserved(deployment)) return rolloutWaits('Waiting for deployment spec update to be observed...');
  if (isTimedOut(deployment))
    return rolloutFailed(`deployment "${metadata.name}" exceeded its progress deadline`);
  const waits = (what: string): RolloutProgress =>
    rolloutWaits(`Waiting for deployment "${metadata.name}" rollout to finish: ${what}...`);
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  const wanted = spec.replicas ?? 1;
  if (updated < wanted) return waits(`${updated} out of ${wanted} new replicas have been updated`);
  if (replicas > updated) return waits(`${replicas - updated} old replicas are pending termination`);
  if (available < updated) return waits(`${available} of ${updated} updated replicas are available`);
  return rolloutDone(`deployment "${metadata.name}" successfully rolled out`);
}

export const deployments = defineResource<Deployment>({
  group: 'apps',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: STATUS_AND_SCALE,
  generation: true,
  observed: true,
  defaults: defaultDeployment,
  strategy: {
    create: begin({}),
    // A change of annotations alone counts too: the controller copies them to its ReplicaSets.
    update: advance(
      (next, old) =>
        specChanged(next, old) || !deepEqual(next.metadata.annotations ?? {}, old.metadata.annotations ?? {}),
    ),
    status: updateStatus,
  },
  validation: {
    create: validateDeployment,
    update: validateDeploymentUpdate,
    status: validateDeploymentStatus,
  },
  columns: [
    NAME,
    column('Ready'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    AGE,
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row: (d, { now }) => [
    d.metadata.name,
    `${d.status.readyReplicas ?? 0}/${d.spec.replicas ?? 0}`,
    d.status.updatedReplicas ?? 0,
    d.status.availableReplicas ?? 0,
    ageOf(created(d), now),
    ...containerTexts(d.spec.template),
    selectorText(d.spec.selector),
  ],
  workload: {
    exposed: true,
    revisions: 'ReplicaSet',
    template: (d) => d.spec.template,
    selector: (d) => d.spec.selector,
    wanted: (d) => d.spec.replicas ?? 1,
    ready: (d) => d.status.readyReplicas ?? 0,
    available: (d) => d.status.availableReplicas ?? 0,
    updated: (d) => d.status.updatedReplicas ?? 0,
    seen: hasObserved,
    filled: (d) =>
      d.spec.paused === true ||
      (d.status.updatedReplicas ?? 0) >= (d.spec.replicas ?? 1) ||
      d.status.conditions?.some((c) => c.type === 'ReplicaFailure' && c.status === 'True') === true,
    rollout: {
      // DeploymentComplete of pkg/controller/deployment/util/deployment_util.go.
      complete: ({ spec, status }) =>
        [status.updatedReplicas, status.replicas, status.availableReplicas].every(
          (count) => (count ?? 0) === (spec.replicas ?? 1),
        ),
      stuck: isTimedOut,
      progress,
      paused: ({ spec }) => spec.paused === true,
    },
  },
});
