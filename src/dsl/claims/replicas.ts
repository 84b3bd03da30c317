/** `deployment "web" has 2 of 3 replicas available`: a workload's own status. */
import type { KubeObject } from '../../sim/api/types.ts';
import { splitName } from '../names.ts';
import type { Workload } from '../workload.ts';
import type { ReplicaState } from '../phrases/parameters.ts';
import { getObject } from '../state.ts';
import type { ClaimFamily } from './types.ts';

export interface ReplicasClaim {
  readonly claim: 'replicas';
  readonly workload: Workload;
  readonly count: number;
  readonly of: number;
  readonly state: ReplicaState;
}

interface AnyStatus {
  availableReplicas?: number;
  readyReplicas?: number;
  updatedReplicas?: number;
  currentReplicas?: number;
  fullyLabeledReplicas?: number;
  numberAvailable?: number;
  numberReady?: number;
  updatedNumberScheduled?: number;
  desiredNumberScheduled?: number;
  active?: number;
  ready?: number;
  succeeded?: number;
  observedGeneration?: number;
}

/** The wanted number, and the number in the state asked for. */
function counts(object: KubeObject, state: ReplicaState): { wanted: number; found: number } {
  const spec = (object.spec ?? {}) as { replicas?: number; parallelism?: number };
  const status = (object.status ?? {}) as AnyStatus;
  if (object.kind === 'DaemonSet') {
    const found =
      state === 'available'
        ? status.numberAvailable
        : state === 'ready'
          ? status.numberReady
          : status.updatedNumberScheduled;
    return { wanted: status.desiredNumberScheduled ?? 0, found: found ?? 0 };
  }
  if (object.kind === 'Job')
    return {
      wanted: spec.parallelism ?? 1,
      found: (state === 'updated' ? status.active : status.ready) ?? 0,
    };
  // A ReplicaSet has one template only: all its pods are of it.
  const updated = object.kind === 'ReplicaSet' ? status.fullyLabeledReplicas : status.updatedReplicas;
  const found =
    state === 'available' ? status.availableReplicas : state === 'ready' ? status.readyReplicas : updated;
  return { wanted: spec.replicas ?? 1, found: found ?? 0 };
}

export const replicas: ClaimFamily<ReplicasClaim> = {
  claim: 'replicas',
  phrases: [
    {
      en: '{moment}{workload} has/had {int:count} of {int:of} replicas {replicaState:state}',
      ja: '{moment}{workload}の{of}個中{count}個のレプリカが{state}である',
      about: "`available`, `ready` or `updated`, by the workload's status",
    },
  ],
  asks: () => 'api',
  concerns: (claim) => ({ kinds: [claim.workload.kind as 'Deployment'], world: false }),
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.workload.name, view.namespace);
    const object = getObject(view.state, claim.workload.kind as 'Deployment', namespace, name) as
      | KubeObject
      | undefined;
    if (object === undefined)
      return {
        holds: false,
        found: () => `there was no ${claim.workload.kind} "${name}" in namespace "${namespace}"`,
        objects: [],
      };
    const { wanted, found } = counts(object, claim.state);
    // Until the controller has seen the newest spec, its count of updated replicas is of an older one
    // (kubectl rollout status waits likewise).
    const seen = (object.status as AnyStatus | undefined)?.observedGeneration ?? 0;
    const behind = claim.state === 'updated' && seen < (object.metadata.generation ?? 0);
    return {
      holds: wanted === claim.of && found === claim.count && !behind,
      found: () =>
        behind
          ? 'its controller had not seen the newest spec'
          : `${found} of ${wanted} replicas ${claim.state}`,
      objects: [object],
    };
  },
};
