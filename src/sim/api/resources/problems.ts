import { checkSchema, type SchemaProblem, strictError } from '../schema/check.ts';
import { type Patched, refusedPatch } from '../schema/patched.ts';
import { unknownFields } from '../schema/structural/unknown.ts';
import { schemaOf, type ResourceDefinition, versionOf } from './definition.ts';

/**
 * What the API server's decoder says of an object under strict field validation, and, of a built-in kind,
 * what its schema requires. @param object as it was sent, in its own version
 */
export function problemsOf(definition: ResourceDefinition, object: object): SchemaProblem[] {
  const { apiVersion = definition.apiVersion } = object as { apiVersion?: string };
  const { schemas } = definition;
  return schemas === undefined
    ? checkSchema(object, undefined, schemaOf(definition, apiVersion))
    : unknownFields(object, (schemas[versionOf(apiVersion)] ?? schemas[versionOf(definition.apiVersion)])!);
}

/**
 * What the API server makes of a custom resource that a patch has changed: what its schema does not know is
 * pruned later. @throws ApiError Invalid for unknown fields that are to be refused
 */
export function decodePatchedCustom<T extends object>(
  definition: ResourceDefinition,
  object: T,
  strict: boolean,
): Patched<T> {
  const problems = problemsOf(definition, object);
  const why = strict ? strictError(problems) : undefined;
  if (why !== undefined) throw refusedPatch(JSON.stringify(object), why);
  return { object, warnings: problems.filter((p) => p.kind === 'unknown').map((p) => p.message) };
}
