/** Every family of operations, and what they say of an operation. */
import { anyCluster } from './anycluster.ts';
import { anyFaults } from './anyfaults.ts';
import { assert } from './assert.ts';
import { client } from './client.ts';
import { cluster } from './cluster.ts';
import { clusterOf } from './clusterof.ts';
import { eachNodeInTurn } from './eachnodeinturn.ts';
import { everyPodReady } from './everypodready.ts';
import { exec } from './exec.ts';
import { fault } from './fault.ts';
import { faults } from './faults.ts';
import { faultsIn } from './faultsin.ts';
import { heal } from './heal.ts';
import { image } from './image.ts';
import { kubectl } from './kubectl.ts';
import { manifest } from './manifest.ts';
import { manifestsIn } from './manifestsin.ts';
import { moment } from './moment.ts';
import { namespace } from './namespace.ts';
import { pass } from './pass.ts';
import { rollback } from './rollback.ts';
import { scale } from './scale.ts';
import { seed } from './seed.ts';
import { setImage } from './setimage.ts';
import { setting } from './setting.ts';
import { settled } from './settled.ts';
import type { Operation, OperationFamily } from './types.ts';

/** In the order of the pages of the language. */
export const OPERATION_FAMILIES: readonly OperationFamily<Operation>[] = [
  cluster,
  clusterOf,
  anyCluster,
  namespace,
  manifest,
  manifestsIn,
  image,
  setting,
  everyPodReady,
  settled,
  client,
  moment,
  seed,
  kubectl,
  pass,
  exec,
  scale,
  setImage,
  rollback,
  fault,
  faults,
  faultsIn,
  heal,
  anyFaults,
  eachNodeInTurn,
  assert,
];

const byName = new Map(OPERATION_FAMILIES.map((f) => [f.op, f]));
export const familyOf = (operation: Operation): OperationFamily<Operation> => byName.get(operation.op)!;

/** Whether an operation says `any`: the scenario is then a property. */
export const isQuantifier = (operation: Operation): boolean => familyOf(operation).play === undefined;

/** Whether with it something begins to happen, from where on the past counts. */
export function happens(operation: Operation): boolean {
  const { role } = familyOf(operation);
  return role !== 'scene' && role !== 'judge';
}

/** How many things happen in it. */
export function sizeOf(operation: Operation): number {
  const { role, size } = familyOf(operation);
  return size?.(operation) ?? (role === 'act' ? 1 : 0);
}
