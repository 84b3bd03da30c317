/** Workloads as faults meet and change them. */
import type { Deployment } from '../sim/api/types.ts';
import { splitName } from './target.ts';
import { FaultError, type FaultCall, type FaultContext, type WorkloadRef } from './types.ts';

/** What a Deployment, ReplicaSet, StatefulSet, DaemonSet and Job have in common. */
export type Workload = Pick<Deployment, 'metadata' | 'spec'>;
export type WorkloadKind = 'Deployment';

/** The workload a call names, under a kind that clients take. @throws FaultError when there is none */
export function workloadMet(
  call: FaultCall,
  ctx: FaultContext,
): { kind: WorkloadKind; namespace: string; name: string; object: Workload; target: string } {
  if (call.workload === undefined) throw new FaultError(`${call.kind} needs a workload to strike`);
  const found = workloadOf(call.workload, ctx);
  const [namespace, name] = splitName(call.workload.name, ctx.namespace);
  if (found === undefined)
    throw new FaultError(`there is no ${call.workload.kind} "${name}" in namespace "${namespace}"`);
  return {
    kind: call.workload.kind as WorkloadKind,
    namespace,
    name,
    object: found,
    target: `${call.workload.kind} ${namespace}/${name}`,
  };
}

/** Undefined when it is gone. */
export function workloadOf(ref: WorkloadRef, ctx: FaultContext): Workload | undefined {
  const [namespace, name] = splitName(ref.name, ctx.namespace);
  return ctx.api.find(ref.kind as WorkloadKind, namespace, name);
}
