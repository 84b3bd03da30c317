/** Whether somebody may name the owners that he names. Models plugin/pkg/admission/gc/gc_admission.go. */
import { deepEqual } from '../equal.ts';
import type { KubeObject } from '../types.ts';
import { refused, type AdmissionRequest } from './types.ts';

type OwnerReference = NonNullable<KubeObject['metadata']['ownerReferences']>[number];

const ownersOf = (object: KubeObject | undefined): readonly OwnerReference[] =>
  object?.metadata.ownerReferences ?? [];

/** Those that block their owner's deletion, and did not before. */
function blockingAnew(object: KubeObject, old: KubeObject | undefined): OwnerReference[] {
  const before = new Set(ownersOf(old).flatMap((ref) => (ref.blockOwnerDeletion === true ? ref.uid : [])));
  return ownersOf(object).filter((ref) => ref.blockOwnerDeletion === true && !before.has(ref.uid));
}

/** @throws ApiError Forbidden */
export function checkOwners(object: KubeObject, request: AdmissionRequest): void {
  const { old, definition, namespace, name, by, view } = request;
  if (by === undefined || deepEqual(ownersOf(object), ownersOf(old))) return;
  const deletion = view.decide(by, {
    verb: 'delete',
    group: definition.group,
    resource: definition.plural,
    subresource: '',
    namespace,
    name,
  });
  if (!deletion.allowed)
    throw refused(
      request,
      `cannot set an ownerRef on a resource you can't delete: ${deletion.reason}, <nil>`,
    );
  for (const ref of blockingAnew(object, old)) {
    const owner = view.resources.served(ref.apiVersion, ref.kind);
    if (owner === undefined)
      throw refused(
        request,
        `cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion ` +
          `${ref.apiVersion} Kind ${ref.kind}: no matches for kind "${ref.kind}" in version ` +
          `"${ref.apiVersion}"`,
      );
    const { allowed, reason } = view.decide(by, {
      verb: 'update',
      group: owner.group,
      resource: owner.plural,
      subresource: 'finalizers',
      namespace: owner.namespaced ? namespace : '',
      name: ref.name,
    });
    if (!allowed)
      throw refused(
        request,
        `cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers ` +
          `on: ${reason}, <nil>`,
      );
  }
}
