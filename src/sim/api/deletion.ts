/**
 * What a delete does to an object: grace periods of Pods, finalizers of the garbage collector, namespaces
 * that empty first. Models apiserver/pkg/registry/rest/delete.go (BeforeDelete) and generic/registry/store.go
 * (deletionFinalizersForGarbageCollection).
 */
import { withMembers } from '../kernel/members.ts';
import type { DeleteOptions } from './client.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import { rfc3339 } from './time.ts';
import type { KubeObject, Namespace, ObjectMeta, Pod } from './types.ts';
import type { Millis } from '../kernel/types.ts';

/** The object marked for deletion; undefined when nothing keeps it and it goes at once. */
export function markForDeletion(
  definition: ResourceDefinition,
  stored: KubeObject,
  options: DeleteOptions,
  now: Millis,
): KubeObject | undefined {
  const { marked } = definition.strategy;
  const old =
    marked === undefined || stored.metadata.deletionTimestamp !== undefined ? stored : marked(stored, now);
  const graceSeconds = definition.resource === 'pods' ? podGrace(old as Pod, options) : 0;
  const finalizers = finalizersFor(old.metadata.finalizers ?? [], options);
  if (graceSeconds === 0 && finalizers.length === 0 && !isNamespaceWithContent(definition, old))
    return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds } = old.metadata;
  const first = deletionTimestamp === undefined;
  // A later delete may shorten the grace period, counted from now, and never lengthen it.
  const shorter =
    !first && deletionGracePeriodSeconds !== undefined && graceSeconds < deletionGracePeriodSeconds;
  const until = rfc3339(now + graceSeconds * 1000);
  const metadata: ObjectMeta =
    first || shorter
      ? withMembers(old.metadata, {
          deletionTimestamp: first || until < deletionTimestamp ? until : deletionTimestamp,
          deletionGracePeriodSeconds: graceSeconds,
        })
      : { ...old.metadata };
  if (first && definition.generation && old.metadata.generation !== undefined)
    metadata.generation = old.metadata.generation + 1;
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else if (metadata.finalizers !== undefined) delete metadata.finalizers;
  const next: KubeObject = { ...old };
  next.metadata = metadata;
  return definition.resource === 'namespaces'
    ? { ...next, status: { ...(old.status as object), phase: 'Terminating' } }
    : next;
}

/** Whether nothing keeps a deleted object any more. */
export function isFinalised(definition: ResourceDefinition, object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (deletionTimestamp === undefined || (finalizers?.length ?? 0) > 0) return false;
  return definition.resource === 'namespaces'
    ? !isNamespaceWithContent(definition, object)
    : (deletionGracePeriodSeconds ?? 0) === 0;
}

/** The namespace controller takes the finalizer of the spec away once the namespace is empty. */
const isNamespaceWithContent = (definition: ResourceDefinition, object: KubeObject): boolean =>
  definition.resource === 'namespaces' && ((object as Namespace).spec.finalizers?.length ?? 0) > 0;

/** Pod strategy's CheckGracefulDelete: what never ran, or has ended, goes at once. */
function podGrace(pod: Pod, options: DeleteOptions): number {
  const seconds = options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  if (!pod.spec.nodeName || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return 0;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp !== undefined && options.gracePeriodSeconds === undefined)
    return deletionGracePeriodSeconds ?? seconds;
  return seconds;
}

function finalizersFor(have: readonly string[], options: DeleteOptions): string[] {
  const policy = options.propagationPolicy;
  if (policy === undefined) return [...have];
  const rest = have.filter((f) => f !== 'orphan' && f !== 'foregroundDeletion');
  if (policy === 'Orphan') return [...rest, 'orphan'];
  return policy === 'Foreground' ? [...rest, 'foregroundDeletion'] : rest;
}
