/**
 * Values as rules see them: integers, doubles and times by their schema, fields by names that CEL can write.
 * Models staging/src/k8s.io/apiserver/pkg/cel/common/{values,schemas}.go and pkg/cel/escaping.go. What no
 * schema says is not seen.
 */
import { evaluate } from '@marcbachmann/cel-js';
import { isObject, propertySchema, valuesSchema, type StructuralSchema } from './schema.ts';

const RESERVED = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace ' +
    'return var void while'
  ).split(' '),
);

/** The name of a field in CEL; undefined where it has none. */
export function escaped(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  const text = name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
  return /^[A-Za-z_]\w*$/.test(text) ? text : undefined;
}

const STRING: StructuralSchema = { type: 'string' };

/** What a rule sees of an object's apiVersion, kind and metadata beside what its schema says. */
const OBJECT: Readonly<Record<string, StructuralSchema>> = {
  apiVersion: STRING,
  kind: STRING,
  metadata: { type: 'object', properties: { name: STRING, generateName: STRING } },
};

/** The schema with what every object has, where it is one's. */
export const asObject = (schema: StructuralSchema, root: boolean): StructuralSchema =>
  root || schema['x-kubernetes-embedded-resource'] === true
    ? { ...schema, properties: { ...schema.properties, ...OBJECT } }
    : schema;

function textOf(value: string, format: string | undefined): unknown {
  try {
    if (format === 'date-time' || format === 'datetime' || format === 'date') return new Date(value);
    if (format === 'byte') return Uint8Array.from(atob(value), (sign) => sign.charCodeAt(0));
    if (format === 'duration') return evaluate('duration(text)', { text: value });
  } catch {
    // Validation has told of it.
  }
  return value;
}

/** @param root whether it is an object of the API */
export function celValue(value: unknown, given: StructuralSchema, root = false): unknown {
  const schema = asObject(given, root);
  if (typeof value === 'number')
    return schema.type === 'number' || !Number.isInteger(value) ? value : BigInt(value);
  if (typeof value === 'string') return textOf(value, schema.format);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.map((item) => celValue(item, items));
  }
  if (!isObject(value)) return value;
  const seen: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const property = propertySchema(schema, name);
    const values = valuesSchema(schema);
    const as = property === undefined ? name : escaped(name);
    const its = property ?? values;
    if (its !== undefined && as !== undefined) seen[as] = celValue(member, its);
  }
  return seen;
}
