/**
 * What a Deployment says of its ReplicaSets.
 * Models pkg/controller/deployment/sync.go (calculateStatus, syncDeploymentStatus).
 */
import { deepEqual } from '../../api/equal.ts';
import type { Deployment } from '../../api/types.ts';
import {
  actualReplicas,
  availableReplicas,
  maxUnavailable,
  readyReplicas,
  replicasOf,
  terminatingReplicas,
  wantedReplicas,
} from './bounds.ts';
import { condition, setCondition, type Condition, type DeploymentStatus } from './conditions.ts';
import { allSets, updateStatus, type Rollout, type Sets } from './rollout.ts';
import type { ControllerContext } from '../controller.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Count =
  | 'observedGeneration'
  | 'replicas'
  | 'updatedReplicas'
  | 'readyReplicas'
  | 'availableReplicas'
  | 'unavailableReplicas';

/** In the order and with the omissions of the JSON form. */
export function calculateStatus(
  d: Deployment,
  sets: Sets,
  { now, config: { planted } }: ControllerContext,
): DeploymentStatus {
  const all = allSets(sets);
  const available = availableReplicas(all);
  const unavailable = Math.max(0, wantedReplicas(all) - available);
  const enough = available >= replicasOf(d) - maxUnavailable(d, planted);
  const conditions = setCondition(
    d.status.conditions ?? [],
    enough
      ? condition(
          'Available',
          'True',
          'MinimumReplicasAvailable',
          'Deployment has minimum availability.',
          now,
        )
      : condition(
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
          now,
        ),
  );
  const observed =
    planted === 'generation-observed-late'
      ? (d.status.observedGeneration ?? d.metadata.generation)
      : d.metadata.generation;
  const status: Writable<DeploymentStatus> = {};
  const count = (field: Count, n: number): void => {
    if (n !== 0) status[field] = n;
  };
  count('observedGeneration', observed ?? 0);
  count('replicas', actualReplicas(all));
  count('updatedReplicas', actualReplicas([sets.fresh]));
  count('readyReplicas', readyReplicas(all));
  count('availableReplicas', available);
  count('unavailableReplicas', unavailable);
  const terminating = terminatingReplicas(all);
  if (terminating !== undefined) status.terminatingReplicas = terminating;
  status.conditions = conditions as Condition[];
  if (d.status.collisionCount !== undefined) status.collisionCount = d.status.collisionCount;
  return status;
}

/** Every replica is of the new template and available, and no old one is left. */
export function isComplete(d: Deployment, status: DeploymentStatus): boolean {
  const wanted = replicasOf(d);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (d.metadata.generation ?? 0)
  );
}

export function syncStatus(r: Rollout, sets: Sets): void {
  writeStatus(r, calculateStatus(r.d, sets, r.ctx));
}

/** Whether there was something to write. */
export function writeStatus(r: Rollout, status: DeploymentStatus): boolean {
  if (deepEqual(r.d.status, status)) return false;
  r.d = { ...r.d, status };
  updateStatus(r);
  return true;
}
