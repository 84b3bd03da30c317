/** Patches by their type. Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
import type { PatchType } from '../patchtype.ts';
import { badRequest } from '../errors.ts';
import { isObject, jsonMerge, type Json } from './jsonmerge.ts';
import { jsonPatch } from './jsonpatch.ts';
import { strategicMerge } from './strategic.ts';
import type { FieldType } from '../schema/types.ts';

export { threeWayPatch, twoWayPatch } from './threeway.ts';

/**
 * The object as the patch makes it; the given one is not changed.
 * @param schema by which a strategic patch merges; without one, maps merge and all else is replaced
 * @throws ApiError when the patch is none or
 * does not apply
 */
export function applyPatch(
  type: PatchType,
  schema: FieldType | undefined,
  object: object,
  patch: unknown,
): unknown {
  if (type === 'json') return jsonPatch(object, patch);
  if (!isObject(patch))
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${Array.isArray(patch) ? 'array' : typeof patch} into ` +
        'Go value of type map[string]interface {}',
    );
  return type === 'merge' ? jsonMerge(object, patch) : strategicMerge(object as Json, patch, schema);
}
