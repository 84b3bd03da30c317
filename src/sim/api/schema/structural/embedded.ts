/**
 * Objects within an object: apiVersion, kind and metadata of `x-kubernetes-embedded-resource`. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.
 */
import type { ObjectMeta } from '../../types.ts';
import { invalidValue, required, type Causes } from '../../validation/field.ts';
import { validateMeta } from '../../validation/meta.ts';
import { label1035Problems, subdomainProblems } from '../../validation/text.ts';
import {
  childPath,
  isObject,
  propertySchema,
  valuesSchema,
  type JsonObject,
  type StructuralSchema,
} from './schema.ts';

function checkEmbedded(object: JsonObject, path: string, out: Causes): void {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === undefined || apiVersion === '')
    out.push(required(childPath(path, 'apiVersion'), 'must not be empty'));
  else if (typeof apiVersion === 'string' && apiVersion.split('/').length > 2)
    out.push(
      invalidValue(
        childPath(path, 'apiVersion'),
        apiVersion,
        `unexpected GroupVersion string: ${apiVersion}`,
      ),
    );
  if (kind === undefined || kind === '') out.push(required(childPath(path, 'kind'), 'must not be empty'));
  else if (typeof kind === 'string') {
    const problems = label1035Problems(kind.toLowerCase());
    if (problems.length > 0)
      out.push(
        invalidValue(
          childPath(path, 'kind'),
          kind,
          `may have mixed case, but should otherwise match: ${problems.join(',')}`,
        ),
      );
  }
  if (!isObject(metadata)) return;
  const causes: Causes = [];
  validateMeta(
    { name: 'fakename', namespace: '', ...metadata } as unknown as ObjectMeta,
    false,
    subdomainProblems,
    causes,
    'any',
  );
  for (const cause of causes) out.push({ ...cause, field: childPath(path, cause.field) });
}

/**
 * Goes to the objects within a value, at any depth.
 * @param root whether it is one itself, which does not count
 */
export function eachEmbedded(
  value: unknown,
  schema: StructuralSchema,
  path: string,
  told: (object: JsonObject, path: string) => void,
  root = false,
): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items !== undefined) value.forEach((item, i) => eachEmbedded(item, items, `${path}[${i}]`, told));
    return;
  }
  if (!isObject(value)) return;
  if (!root && schema['x-kubernetes-embedded-resource'] === true) told(value, path);
  for (const [name, member] of Object.entries(value)) {
    const property = propertySchema(schema, name);
    const values = valuesSchema(schema);
    if (property !== undefined) eachEmbedded(member, property, childPath(path, name), told);
    else if (values !== undefined) eachEmbedded(member, values, `${path}[${name}]`, told);
  }
}

/** What is wrong with the objects within a value. @param root whether it is one itself */
export const validateEmbedded = (
  value: unknown,
  schema: StructuralSchema,
  path: string,
  out: Causes,
  root = false,
): void => eachEmbedded(value, schema, path, (object, at) => checkEmbedded(object, at, out), root);
