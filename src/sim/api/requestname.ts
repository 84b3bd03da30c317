/**
 * Whether an object is the one that a request's path names. Models checkName of
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go and
 * EnsureObjectNamespaceMatchesRequestNamespace of apiserver/pkg/registry/rest/meta.go.
 */
import { badRequest } from './errors.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import type { KubeObject } from './types.ts';

/** @throws ApiError BadRequest */
export function checkName(own: string | undefined, asked: string): void {
  if (own === undefined || own === '')
    throw badRequest(
      `the name of the object (${asked} based on URL) was undeterminable: name must be provided`,
    );
  if (own !== asked)
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${asked})`);
}

/** @throws ApiError BadRequest */
export function checkRequestName(
  { namespaced }: Pick<ResourceDefinition, 'namespaced'>,
  { metadata }: Pick<KubeObject, 'metadata'>,
  namespace: string,
  name: string,
): void {
  const own = (metadata as KubeObject['metadata'] | null | undefined)?.namespace;
  if (namespaced && own && namespace !== '' && own !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  checkName((metadata as KubeObject['metadata'] | null | undefined)?.name, name);
}
