/**
 * Server-side defaulting: what the API server adds to an object as it decodes it; what a kind's own fields
 * get, says its definition. Idempotent; an object that lacks nothing comes back as it is.
 */
import { badRequest } from '../errors.ts';
import type { ResourceDefinition } from '../resources/definition.ts';
import type { KubeObject } from '../types.ts';
import { withoutNulls } from './nulls.ts';
import { withStructs } from './structs.ts';

const UNDECODABLE = /^(quantities must match|unable to parse)/;

/**
 * @param old what is stored, when the draft is to take its place
 * @throws ApiError BadRequest for what cannot be decoded (a quantity that is none)
 */
export function applyDefaults(
  definition: ResourceDefinition,
  draft: KubeObject,
  old?: KubeObject,
): KubeObject {
  const decoded = definition.opaque
    ? draft
    : withStructs(withoutNulls(draft, '', old), definition.workload !== undefined);
  try {
    return definition.defaults(decoded);
  } catch (error) {
    if (!(error instanceof Error) || !UNDECODABLE.test(error.message)) throw error;
    const version = draft.apiVersion.slice(draft.apiVersion.indexOf('/') + 1);
    throw badRequest(
      `${draft.kind} in version "${version}" cannot be handled as a ${draft.kind}: ${error.message}`,
    );
  }
}
