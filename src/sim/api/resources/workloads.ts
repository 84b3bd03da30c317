/** Kinds that run Pods of a template, as sentences name them. */
import type { ResourceDefinition, WorkloadTraits } from './definition.ts';
import type { ResourceRegistry } from './registry.ts';

/** A definition that says how its objects are read as workloads. */
export type WorkloadDefinition = ResourceDefinition & { readonly workload: WorkloadTraits };

const isWorkload = (definition: ResourceDefinition | undefined): definition is WorkloadDefinition =>
  definition?.workload !== undefined;

/** The definition of a workload, or why there is none: its kind is not served, or runs no Pods. */
export function workloadOfKind(resources: ResourceRegistry, kind: string): WorkloadDefinition | string {
  const definition = resources.find(kind);
  if (isWorkload(definition)) return definition;
  const kinds = [...resources.workloads()].map((d) => d.kind).join(', ');
  return definition === undefined
    ? `the cluster has no kind "${kind}"; these run Pods: ${kinds}`
    : `a ${kind} runs no Pods of a template; these do: ${kinds}`;
}
