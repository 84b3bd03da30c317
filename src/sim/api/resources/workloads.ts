/** Kinds that run Pods of a template, as sentences name them. */
import type { ResourceDefinition, WorkloadTraits } from './definition.ts';
import type { ResourceRegistry } from './registry.ts';

/** A definition that says how its objects are read as workloads. */
export type WorkloadDefinition = ResourceDefinition & { readonly workload: WorkloadTraits };

const isWorkload = (definition: ResourceDefinition | undefined): definition is WorkloadDefinition =>
  definition?.workload !== undefined;

/** Why a kind is no workload: it is not served, or runs no Pods. */
export interface NoWorkload {
  readonly kind: string;
  readonly served: boolean;
  /** Those that are. */
  readonly kinds: readonly string[];
}

/** The definition of a workload, or why there is none. */
export function workloadOfKind(resources: ResourceRegistry, kind: string): WorkloadDefinition | NoWorkload {
  const definition = resources.find(kind);
  if (isWorkload(definition)) return definition;
  const kinds = [...resources.workloads()].map((d) => d.kind);
  return { kind, served: definition !== undefined, kinds };
}
