/** Where an API server has what a request is about. */
import type { PatchType } from '../../sim/api/patchtype.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';

/** Of what type the body of a patch is. */
export const PATCH_TYPES: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** The path of a collection, or of an object: `/apis/apps/v1/namespaces/shop/deployments/web/scale`. */
export function pathOf(
  {
    group,
    apiVersion,
    plural,
    namespaced,
  }: Pick<ResourceDefinition, 'group' | 'apiVersion' | 'plural' | 'namespaced'>,
  namespace: string,
  ...steps: readonly string[]
): string {
  const root = `/${group === '' ? 'api' : 'apis'}/${apiVersion}`;
  const within = namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return [`${root}${within}/${plural}`, ...steps.filter((step) => step !== '').map(encodeURIComponent)].join(
    '/',
  );
}
