/** The catalogue of faults: one file a topic, one entry a fault. Adding one touches its file, this list, and the literal steps under `steps/`. */
import { apiServerDown, controllerManagerDown, etcdQuorumLoss, schedulerDown } from './faults/controlplane.ts';
import { nodeCordon, nodeDrain, nodeUncordon } from './faults/nodeoperations.ts';
import { nodePowerLoss, nodePowerOn, nodeReboot, nodeShutdown } from './faults/nodepower.ts';
import { nodePartition, nodesPartition } from './faults/partition.ts';
import { containerCrash, podDelete } from './faults/pods.ts';
import { FaultError, type Fault } from './types.ts';

export const FAULTS: readonly Fault[] = [
  nodePowerLoss, nodePowerOn, nodeReboot, nodeShutdown, nodeCordon, nodeUncordon, nodeDrain, nodePartition, nodesPartition,
  podDelete, containerCrash, apiServerDown, etcdQuorumLoss, schedulerDown, controllerManagerDown,
];

const byKind = new Map(FAULTS.map((f) => [f.kind, f]));

/** @throws FaultError when the catalogue has no such fault */
export function faultNamed(kind: string): Fault {
  const found = byKind.get(kind);
  if (found === undefined) throw new FaultError(`there is no fault "${kind}"; there are ${FAULTS.map((f) => f.kind).join(', ')}`);
  return found;
}
