/** What every entry has: the simulator, kubectl and the language, as far as they need no Node. */
export { defineFault } from './chaos/define.ts';
export { FAULTS } from './chaos/index.ts';
export { say as phrase } from './chaos/phrase.ts';
export type { Strike } from './chaos/schedule.ts';
export {
  FaultError,
  type Fault,
  type FaultCall,
  type FaultContext,
  type PhysicalContext,
  type Struck,
} from './chaos/types.ts';
export { ClaimError, InputError } from './dsl/errors.ts';
export { extendKit, standardKit, type KitAdditions } from './dsl/kit.ts';
export type { ClaimFamily, Verdict, View } from './dsl/claims/types.ts';
export type { Files, Kit, OperationFamily, PlayContext } from './dsl/types.ts';
export type { Operation } from './dsl/operations/operation.ts';
export type { OwnPhrase } from './dsl/phrases/wording.ts';
export {
  filesOf,
  lineOf,
  readStep,
  Scenario,
  type ReadStep,
  type ScenarioOptions,
} from './dsl/scenario.ts';
export {
  defineInvariant,
  INVARIANTS,
  type Invariant,
  type InvariantView,
  type PhysicalInvariantView,
  type Violation,
} from './invariants/index.ts';
export { runKubectl, runKubectlLine, type KubectlIO, type KubectlResult } from './kubectl/index.ts';
export { defineResource, type ResourceDefinition } from './sim/api/resources/definition.ts';
export type { DynamicResource } from './sim/api/resources/dynamic.ts';
export { column } from './sim/api/table/column.ts';
export type { KindMap, KubeObject } from './sim/api/types.ts';
export {
  Cluster,
  type ClusterApi,
  type ClusterOptions,
  type NodeOptions,
} from './sim/cluster.ts';
export type { ClusterConfig } from './sim/config.ts';
export type {
  Controller,
  ControllerContext,
  ObserverContext,
  WorkQueue,
} from './sim/controlplane/controller.ts';
export type { HistoryEntry } from './sim/kernel/history.ts';
export type { By, EntryId, Millis } from './sim/kernel/types.ts';
export type { ImageBehaviour } from './sim/node/world.ts';
export { standardParts, type ClusterParts } from './sim/parts.ts';
export type { PhysicalTruth, PhysicalWorld } from './sim/physicalworld.ts';
