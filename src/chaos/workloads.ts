/** Workloads as faults meet and change them. */
import { splitName } from '../sim/api/qualifiedname.ts';
import type { ResourceDefinition, WorkloadTraits } from '../sim/api/resources/definition.ts';
import type { KubeObject, PodTemplateSpec } from '../sim/api/types.ts';
import { FaultError, type FaultCall, type FaultContext, type WorkloadRef } from './types.ts';

export interface Workload {
  readonly definition: ResourceDefinition;
  readonly traits: WorkloadTraits;
  readonly namespace: string;
  readonly name: string;
  readonly object: KubeObject;
  readonly template: PodTemplateSpec;
  /** `Deployment default/web` */
  readonly target: string;
}

/** The workload a call names. @throws FaultError when there is none */
export function workloadMet(call: FaultCall, ctx: FaultContext): Workload {
  if (call.workload === undefined) throw new FaultError(`${call.kind} needs a workload to strike`);
  const found = workloadOf(call.workload, ctx);
  if (found !== undefined) return found;
  const { namespace, name } = splitName(call.workload.name, ctx.namespace);
  throw new FaultError(`there is no ${call.workload.kind} "${name}" in namespace "${namespace}"`);
}

/** Undefined when it is gone, or its kind is none that runs Pods. */
export function workloadOf(ref: WorkloadRef, ctx: FaultContext): Workload | undefined {
  const definition = ctx.resources.find(ref.kind);
  const traits = definition?.workload;
  if (definition === undefined || traits === undefined) return undefined;
  const { namespace, name } = splitName(ref.name, ctx.namespace);
  const object = ctx.api.find(definition.resource, namespace, name);
  if (object === undefined) return undefined;
  const target = `${ref.kind} ${namespace}/${name}`;
  return { definition, traits, namespace, name, object, template: traits.template(object), target };
}
