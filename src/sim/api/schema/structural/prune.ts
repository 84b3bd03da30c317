/**
 * Takes away what a structural schema does not say, and tells it, where asked. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go.
 */
import type { Path } from '../check.ts';
import {
  isObject,
  mapList,
  mapObject,
  propertySchema,
  valuesSchema,
  type StructuralSchema,
} from './schema.ts';

/** Told of each field that is taken away. */
type Told = (path: Path, schema: StructuralSchema | undefined) => void;

const META = new Set(['apiVersion', 'kind', 'metadata']);

/** The object without what its schema does not say; apiVersion, kind and metadata are let be. */
export const pruned = <T extends object>(object: T, schema: StructuralSchema, told?: Told): T =>
  prune(object, { ...schema, 'x-kubernetes-embedded-resource': true }, [], told) as T;

function prune(
  value: unknown,
  schema: StructuralSchema | undefined,
  path: Path,
  told: Told | undefined,
): unknown {
  if (schema?.['x-kubernetes-preserve-unknown-fields'] === true) return keep(value, schema, path, told);
  if (Array.isArray(value)) return mapList(value, (v, i) => prune(v, schema?.items, [...path, i], told));
  if (!isObject(value)) return value;
  return mapObject(value, (member, name) => {
    if (schema?.['x-kubernetes-embedded-resource'] === true && META.has(name)) return member;
    const property = schema && propertySchema(schema, name);
    if (property !== undefined) return prune(member, property, [...path, name], told);
    if (schema?.additionalProperties !== undefined)
      return prune(member, valuesSchema(schema), [...path, name], told);
    told?.([...path, name], schema);
    return undefined;
  });
}

/** What is not said is kept; what is said is pruned by what is said of it. */
function keep(value: unknown, schema: StructuralSchema, path: Path, told: Told | undefined): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : mapList(value, (v, i) => keep(v, items, [...path, i], told));
  }
  if (!isObject(value)) return value;
  return mapObject(value, (member, name) => {
    if (schema['x-kubernetes-embedded-resource'] === true && META.has(name)) return member;
    const said = propertySchema(schema, name) ?? valuesSchema(schema);
    return said === undefined ? member : prune(member, said, [...path, name], told);
  });
}
