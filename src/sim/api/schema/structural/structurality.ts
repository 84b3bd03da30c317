/**
 * Whether a schema is structural: each field has a type, and what is beside (`anyOf`, `not`, …) only narrows.
 * Models staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/{validation,complete}.go.
 */
import { deepEqual } from '../../equal.ts';
import { forbidden, invalidValue, required, type Causes } from '../../validation/field.ts';
import { goRegExp } from './goregexp.ts';
import { valuesSchema, type StructuralSchema } from './schema.ts';

type Level = 'root' | 'item' | 'field';

const TYPE_MISSING: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

const INT_OR_STRING: readonly StructuralSchema[] = [{ type: 'integer' }, { type: 'string' }];

const isIntOrString = (schemas: readonly StructuralSchema[] | undefined): boolean =>
  schemas !== undefined && deepEqual(schemas, INT_OR_STRING);

const WORDS_OF_JUNCTORS: readonly [keyof StructuralSchema, string][] = [
  ['type', 'must be empty to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

const isSet = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

/** What stands under `anyOf`, `allOf`, `oneOf` and `not`. */
function checkNarrowing(
  schema: StructuralSchema,
  path: string,
  out: Causes,
  skipAnyOf = false,
  skipFirstAllOf = false,
): void {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema;
  if (!skipAnyOf) anyOf.forEach((s, i) => checkNested(s, `${path}.anyOf[${i}]`, out));
  allOf.forEach((s, i) => checkNested(s, `${path}.allOf[${i}]`, out, skipFirstAllOf && i === 0));
  oneOf.forEach((s, i) => checkNested(s, `${path}.oneOf[${i}]`, out));
  if (not !== undefined) checkNested(not, `${path}.not`, out);
  if (!pattern) return;
  try {
    goRegExp(pattern);
  } catch (error) {
    out.push(
      invalidValue(
        `${path}.pattern`,
        pattern,
        `must be a valid regular expression, but isn't: ${(error as Error).message}`,
      ),
    );
  }
}

function checkNested(schema: StructuralSchema, path: string, out: Causes, skipAnyOf = false): void {
  checkNarrowing(schema, path, out, skipAnyOf);
  if (schema.items !== undefined) checkNested(schema.items, `${path}.items`, out);
  for (const [name, its] of Object.entries(schema.properties ?? {}))
    checkNested(its, `${path}.properties[${name}]`, out);
  if (schema.additionalProperties !== undefined)
    out.push(forbidden(`${path}.additionalProperties`, 'must be undefined to be structural'));
  for (const [word, detail] of WORDS_OF_JUNCTORS)
    if (isSet(schema[word])) out.push(forbidden(`${path}.${word}`, detail));
  if (schema.properties?.['metadata'] !== undefined)
    out.push(forbidden(`${path}.properties[metadata]`, 'must not be specified in a nested context'));
}

function checkMetadata(
  schema: StructuralSchema,
  isMeta: boolean,
  level: Level,
  path: string,
  out: Causes,
): void {
  if (isMeta && schema.type !== 'object')
    out.push(invalidValue(`${path}.type`, schema.type ?? '', 'must be object'));
  if (level !== 'root') return;
  const { type: _, default: __, description: ___, properties = {}, ...rest } = schema;
  const others = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
  if (others.length > 0 || Object.values(rest).some(isSet) || isSet(schema.description))
    out.push(
      forbidden(
        path,
        'must not specify anything other than name and generateName, but metadata is implicitly specified',
      ),
    );
}

function checkInvariants(schema: StructuralSchema, level: Level, path: string, out: Causes): void {
  const { type, items, properties = {}, additionalProperties } = schema;
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  const preserves = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  if (type === 'array' && items === undefined) out.push(required(`${path}.items`, 'must be specified'));
  if (items !== undefined) checkInvariants(items, 'item', `${path}.items`, out);
  for (const [name, its] of Object.entries(properties))
    checkInvariants(its, 'field', `${path}.properties[${name}]`, out);
  if (additionalProperties !== undefined) {
    if (level === 'root') out.push(forbidden(`${path}.additionalProperties`, 'must not be used at the root'));
    const values = valuesSchema(schema);
    if (values !== undefined) checkInvariants(values, 'field', `${path}.additionalProperties`, out);
  }
  if (intOrString && preserves)
    out.push(
      invalidValue(
        `${path}.x-kubernetes-preserve-unknown-fields`,
        true,
        'must be false if x-kubernetes-int-or-string is true',
      ),
    );
  if (intOrString && embedded)
    out.push(
      invalidValue(
        `${path}.x-kubernetes-embedded-resource`,
        true,
        'must be false if x-kubernetes-int-or-string is true',
      ),
    );
  checkNarrowing(schema, path, out, isIntOrString(schema.anyOf), isIntOrString(schema.allOf?.[0]?.anyOf));
  if (embedded && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    out.push(type ? invalidValue(`${path}.type`, type, detail) : required(`${path}.type`, detail));
  } else if (!type && !intOrString && !preserves) out.push(required(`${path}.type`, TYPE_MISSING[level]));
  if (embedded && additionalProperties !== undefined)
    out.push(
      forbidden(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set'),
    );
  if (level === 'root' && type && type !== 'object')
    out.push(invalidValue(`${path}.type`, type, 'must be object at the root'));
  const isMeta = level === 'root' || embedded;
  for (const name of ['kind', 'apiVersion'])
    if (isMeta && properties[name] !== undefined && properties[name].type !== 'string')
      out.push(
        invalidValue(`${path}.properties[${name}].type`, properties[name].type ?? '', 'must be string'),
      );
  if (properties['metadata'] !== undefined)
    checkMetadata(properties['metadata'], isMeta, level, `${path}.properties[metadata]`, out);
  if (embedded && !preserves && Object.keys(properties).length === 0)
    out.push(
      required(
        `${path}.properties`,
        'must not be empty if x-kubernetes-embedded-resource is true without ' +
          'x-kubernetes-preserve-unknown-fields',
      ),
    );
}

/** What a root narrows by fields and items that nothing says outside. */
function checkComplete(schema: StructuralSchema, path: string, out: Causes): void {
  const { anyOf = [], allOf = [], oneOf = [], not } = schema;
  if (not !== undefined) checkCovered(schema, not, path, `${path}.not`, out);
  allOf.forEach((s, i) => checkCovered(schema, s, path, `${path}.allOf[${i}]`, out));
  anyOf.forEach((s, i) => checkCovered(schema, s, path, `${path}.anyOf[${i}]`, out));
  oneOf.forEach((s, i) => checkCovered(schema, s, path, `${path}.oneOf[${i}]`, out));
}

function checkCovered(
  schema: StructuralSchema | undefined,
  narrowing: StructuralSchema,
  path: string,
  nested: string,
  out: Causes,
): void {
  if (schema === undefined) {
    out.push(required(path, `because it is defined in ${nested}`));
    return;
  }
  if (narrowing.items !== undefined)
    checkCovered(schema.items, narrowing.items, `${path}.items`, `${nested}.items`, out);
  for (const [name, its] of Object.entries(narrowing.properties ?? {}))
    checkCovered(
      schema.properties?.[name],
      its,
      `${path}.properties[${name}]`,
      `${nested}.properties[${name}]`,
      out,
    );
  const { anyOf = [], allOf = [], oneOf = [], not } = narrowing;
  anyOf.forEach((s, i) => checkCovered(schema, s, path, `${nested}.anyOf[${i}]`, out));
  allOf.forEach((s, i) => checkCovered(schema, s, path, `${nested}.allOf[${i}]`, out));
  oneOf.forEach((s, i) => checkCovered(schema, s, path, `${nested}.oneOf[${i}]`, out));
  if (not !== undefined) checkCovered(schema, not, path, `${nested}.not`, out);
}

/** What keeps a schema from being structural, in the order of the texts, as upstream sorts them. */
export function structuralCauses(schema: StructuralSchema, path: string): Causes {
  const causes: Causes = [];
  checkInvariants(schema, 'root', path, causes);
  checkComplete(schema, path, causes);
  const text = (c: Causes[number]): string => `${c.field}: ${c.message}`;
  return causes.sort((a, b) => (text(a) < text(b) ? -1 : Number(text(a) > text(b))));
}
