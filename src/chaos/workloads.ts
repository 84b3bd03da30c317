/** Workloads as faults meet and change them. */
import { splitName } from '../sim/api/qualifiedname.ts';
import {
  mergesStrategically,
  type ResourceDefinition,
  type WorkloadTraits,
} from '../sim/api/resources/definition.ts';
import { workloadOfKind } from '../sim/api/resources/workloads.ts';
import type { Container, KubeObject, PodTemplateSpec } from '../sim/api/types.ts';
import { type FaultCall, type FaultContext, type WorkloadRef, misses } from './types.ts';

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
  if (call.workload === undefined) throw misses('faultNeedsWorkload', { fault: call.kind });
  const definition = workloadOfKind(ctx.resources, call.workload.kind);
  if ('kinds' in definition) throw misses('noWorkload', definition);
  const found = workloadOf(call.workload, ctx);
  if (found !== undefined) return found;
  const { namespace, name } = splitName(call.workload.name, ctx.namespace);
  throw misses('notThere', { what: call.workload.kind, name, namespace });
}

/** Undefined when it is gone, or its kind is none that runs Pods. */
export function workloadOf(ref: WorkloadRef, ctx: FaultContext): Workload | undefined {
  const definition = workloadOfKind(ctx.resources, ref.kind);
  if ('kinds' in definition) return undefined;
  const traits = definition.workload;
  const { namespace, name } = splitName(ref.name, ctx.namespace);
  const object = ctx.api.find(definition.resource, namespace, name);
  if (object === undefined) return undefined;
  const target = `${ref.kind} ${namespace}/${name}`;
  return { definition, traits, namespace, name, object, template: traits.template(object), target };
}

/** The named container, or the first. @throws FaultError when the workload's template has none such */
export function containerOf({ template, target }: Workload, name?: string): Container {
  const { containers } = template.spec!;
  const found = name === undefined ? containers[0] : containers.find((c) => c.name === name);
  if (found !== undefined) return found;
  if (name === undefined) throw misses('noContainerTemplate', { target });
  throw misses('noContainer', { of: target, container: name, others: containers.map((c) => c.name) });
}

/** Gives a container of the template another image. */
export function changeImage(met: Workload, container: string, image: string, ctx: FaultContext): void {
  const { definition, namespace, name, template } = met;
  // Lists of a custom resource are written as a whole.
  const strategic = mergesStrategically(definition);
  const containers = strategic
    ? [{ name: container, image }]
    : template.spec!.containers.map((c) => (c.name === container ? { ...c, image } : c));
  const change = { spec: { template: { spec: { containers } } } };
  ctx.api.patch(definition.resource, namespace, name, strategic ? 'strategic' : 'merge', change);
}

/** Sets an annotation of the template; null removes it. */
export function annotate(met: Workload, key: string, value: string | null, ctx: FaultContext): void {
  const { definition, namespace, name } = met;
  const change = { spec: { template: { metadata: { annotations: { [key]: value } } } } };
  ctx.api.patch(definition.resource, namespace, name, 'merge', change);
}
