/** Every family of operations. */
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
import { metric } from './metric.ts';
import { moment } from './moment.ts';
import { descheduler } from './descheduler.ts';
import { nodeGroup } from './nodegroup.ts';
import { namespace } from './namespace.ts';
import { user } from './user.ts';
import { pass } from './pass.ts';
import { until } from './until.ts';
import { refused } from './refused.ts';
import { rollback } from './rollback.ts';
import { scale } from './scale.ts';
import { seed } from './seed.ts';
import { setImage } from './setimage.ts';
import { setting } from './setting.ts';
import { settled } from './settled.ts';
import { skipUnsupported } from './skipunsupported.ts';
import { strictSimulation } from './strictsimulation.ts';
import { startDrain } from './startdrain.ts';
import { conversion } from './conversion.ts';
import { webhook } from './webhook.ts';
import type { Operation } from './operation.ts';
import type { OperationFamily } from '../types.ts';

/** In the order of the pages of the language. */
export const OPERATION_FAMILIES: readonly OperationFamily<Operation>[] = [
  cluster,
  clusterOf,
  anyCluster,
  nodeGroup,
  descheduler,
  namespace,
  user,
  skipUnsupported,
  strictSimulation,
  manifest,
  manifestsIn,
  image,
  webhook,
  conversion,
  setting,
  everyPodReady,
  settled,
  client,
  metric,
  moment,
  seed,
  kubectl,
  pass,
  until,
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
  startDrain,
  refused,
  assert,
];
