import { checkSchema, type SchemaProblem } from '../schema/check.ts';
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
