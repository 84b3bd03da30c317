/** Whose an object is, by names that are the same in every run. */
import { ownerOf } from '../invariants/pods.ts';
import type { OwnerReference } from '../sim/api/types.ts';

interface Owned {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string;
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly OwnerReference[];
  };
}

const HASH = 'pod-template-hash';

/**
 * The workload that an object is a part of, `Deployment default/web`: of a ReplicaSet of a Deployment, and of
 * its Pods, the Deployment; of a CronJob's Jobs the CronJob. Undefined of what nobody controls.
 */
export function workloadOf(object: Owned): string | undefined {
  const { namespace = '', labels } = object.metadata;
  const owner = ownerOf(object);
  if (owner === undefined) return undefined;
  const hash = labels?.[HASH];
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`))
    return `Deployment ${namespace}/${owner.name.slice(0, -hash.length - 1)}`;
  // A CronJob names its Jobs by the minute they are due.
  const [, cronJob] = owner.kind === 'Job' ? (/^(.+)-\d{8}$/.exec(owner.name) ?? []) : [];
  return cronJob === undefined
    ? `${owner.kind} ${namespace}/${owner.name}`
    : `CronJob ${namespace}/${cronJob}`;
}

/** Objects of the cluster itself are alike: which of its nodes it is does not matter. */
export function placeOf(object: Owned): string {
  const { namespace = '', name } = object.metadata;
  return workloadOf(object) ?? (namespace === '' ? object.kind : `${object.kind} ${namespace}/${name}`);
}
