/**
 * Structural schemas, the part of OpenAPI that CustomResourceDefinitions are written in: JSONSchemaProps of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types_jsonschema.go, as manifests
 * write it. What is done with one: pruning (`prune.ts`), defaulting (`defaulting.ts`), validation
 * (`values.ts`, `listtypes.ts`, `embedded.ts`); whether it is one (`structurality.ts`).
 */

/** A rule of `x-kubernetes-validations`, in CEL. */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?:
    | 'FieldValueInvalid'
    | 'FieldValueForbidden'
    | 'FieldValueRequired'
    | 'FieldValueDuplicate';
  /** Of the field that is to blame, from the value that the rule is of: `.spec.size`. */
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

export interface StructuralSchema {
  readonly type?: string;
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly StructuralSchema[];
  readonly anyOf?: readonly StructuralSchema[];
  readonly oneOf?: readonly StructuralSchema[];
  readonly not?: StructuralSchema;
  readonly example?: unknown;
  readonly externalDocs?: object;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of a map's values; undefined where any may stand, or none may. */
export const valuesSchema = ({ additionalProperties }: StructuralSchema): StructuralSchema | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

/** A property's own schema; never what objects inherit. */
export const propertySchema = (schema: StructuralSchema, name: string): StructuralSchema | undefined =>
  schema.properties !== undefined && Object.hasOwn(schema.properties, name)
    ? schema.properties[name]
    : undefined;

/** `spec.parts`, or the name alone at the root. */
export const childPath = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The object with each value as `change` leaves it, undefined: without; itself where nothing changes. */
export function mapObject(
  object: JsonObject,
  change: (value: unknown, name: string) => unknown,
): Record<string, unknown> {
  let changed: Record<string, unknown> | undefined;
  for (const name of Object.keys(object)) {
    const value = change(object[name], name);
    if (value === object[name]) continue;
    changed ??= { ...object };
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return changed ?? (object as Record<string, unknown>);
}

/** The list with each value as `change` leaves it; itself where all are as they were. */
export function mapList(
  list: readonly unknown[],
  change: (value: unknown, index: number) => unknown,
): readonly unknown[] {
  let changed: unknown[] | undefined;
  list.forEach((value, i) => {
    const next = change(value, i);
    if (next === value) return;
    changed ??= [...list];
    changed[i] = next;
  });
  return changed ?? list;
}

/** Schemas with rules in them, or without; derived, so no state. */
const ruled = new WeakMap<StructuralSchema, boolean>();

/** Whether a schema has rules of CEL, at any depth. */
export function hasRules(schema: StructuralSchema): boolean {
  let found = ruled.get(schema);
  if (found === undefined) {
    const { items } = schema;
    const values = valuesSchema(schema);
    found =
      (schema['x-kubernetes-validations']?.length ?? 0) > 0 ||
      (items !== undefined && hasRules(items)) ||
      (values !== undefined && hasRules(values)) ||
      Object.values(schema.properties ?? {}).some(hasRules);
    ruled.set(schema, found);
  }
  return found;
}
