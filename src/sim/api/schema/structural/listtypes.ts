/**
 * Lists whose items are told apart: sets, and maps by keys. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go and the correlation
 * of items in staging/src/k8s.io/apiserver/pkg/cel/common/equality.go.
 */
import { duplicate, invalidValue, type Causes } from '../../validation/field.ts';
import {
  childPath,
  isObject,
  propertySchema,
  valuesSchema,
  type JsonObject,
  type StructuralSchema,
} from './schema.ts';

/** With keys in order: what is equal reads the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  return `{${Object.keys(value)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`)
    .join(',')}}`;
}

const mapKeys = (schema: StructuralSchema): readonly string[] => schema['x-kubernetes-list-map-keys'] ?? [];

/** The keys that an item has of those by which it is told apart. */
const keysOf = (item: unknown, keys: readonly string[]): JsonObject =>
  isObject(item)
    ? Object.fromEntries(keys.filter((k) => item[k] !== undefined).map((k) => [k, item[k]]))
    : {};

/** Each value where it stands a second time, once. */
function repeated(values: readonly unknown[]): number[] {
  const seen = new Map<string, number>();
  return values.flatMap((value, i) => {
    const text = canonical(value);
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return times === 1 ? [i] : [];
  });
}

function checkList(list: readonly unknown[], schema: StructuralSchema, path: string, out: Causes): void {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') for (const i of repeated(list)) out.push(duplicate(`${path}[${i}]`, list[i]));
  if (type === 'map') {
    const odd = list.findIndex((item) => item !== null && !isObject(item));
    if (odd >= 0)
      out.push(invalidValue(`${path}[${odd}]`, list[odd], 'must be an object for an array of list-type map'));
    else {
      const keys = list.map((item) => keysOf(item, mapKeys(schema)));
      for (const i of repeated(keys)) out.push(duplicate(`${path}[${i}]`, keys[i]));
    }
  }
  const { items } = schema;
  if (items !== undefined) list.forEach((item, i) => validateListTypes(item, items, `${path}[${i}]`, out));
}

/** Items of sets, and keys of maps, that stand twice, at any depth. */
export function validateListTypes(value: unknown, schema: StructuralSchema, path: string, out: Causes): void {
  if (Array.isArray(value)) return checkList(value, schema, path, out);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const property = propertySchema(schema, name);
    const values = valuesSchema(schema);
    if (property !== undefined) validateListTypes(member, property, childPath(path, name), out);
    else if (values !== undefined) validateListTypes(member, values, `${path}[${name}]`, out);
  }
}

/** What of an old list an item of the new one is; undefined of lists whose items have no keys. */
export function correlated(schema: StructuralSchema, old: unknown): (item: unknown) => unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return () => undefined;
  const keys = mapKeys(schema);
  const byKeys = new Map(old.map((item) => [canonical(keysOf(item, keys)), item as unknown]));
  return (item) => byKeys.get(canonical(keysOf(item, keys)));
}
