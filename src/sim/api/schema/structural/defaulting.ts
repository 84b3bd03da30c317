/**
 * Fills in what a structural schema gives as default, and drops nulls that it does not take. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/{algorithm,prunenulls}.go.
 */
import {
  isObject,
  mapList,
  mapObject,
  propertySchema,
  valuesSchema,
  type StructuralSchema,
} from './schema.ts';

const isUnwantedNull = (value: unknown, schema: StructuralSchema | undefined): boolean =>
  value === null && schema !== undefined && schema.nullable !== true;

/**
 * The value without nulls that its schema takes for nothing; those in the place of a default are left for
 * `defaulted`.
 */
export function withoutNulls<T>(value: T, schema: StructuralSchema | undefined): T {
  if (Array.isArray(value)) return mapList(value, (v) => withoutNulls(v, schema?.items)) as T;
  if (!isObject(value)) return value;
  return mapObject(value, (member, name) => {
    const its = schema && (propertySchema(schema, name) ?? valuesSchema(schema));
    return isUnwantedNull(member, its) && (its!.default ?? undefined) === undefined
      ? undefined
      : withoutNulls(member, its);
  }) as T;
}

/** The value with its defaults, at any depth. */
export function defaulted<T>(value: T, schema: StructuralSchema | undefined): T {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return mapList(value, (v) => withDefault(v, schema.items)) as T;
  if (!isObject(value)) return value;
  let object: Record<string, unknown> = value as Record<string, unknown>;
  for (const [name, { default: given, nullable }] of Object.entries(schema.properties ?? {})) {
    if (given === undefined || given === null) continue;
    const found = object[name];
    if (found !== undefined && !(found === null && nullable !== true)) continue;
    if (object === value) object = { ...value };
    object[name] = given;
  }
  return mapObject(object, (member, name) => {
    const property = propertySchema(schema, name);
    return property === undefined ? withDefault(member, valuesSchema(schema)) : defaulted(member, property);
  }) as T;
}

/** Of a list's item, or a map's value, which has a default in place of a null alone. */
const withDefault = (value: unknown, schema: StructuralSchema | undefined): unknown =>
  defaulted(isUnwantedNull(value, schema) ? (schema!.default ?? null) : value, schema);
