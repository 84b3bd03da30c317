/**
 * Validation of values by a structural schema, in kube-openapi's words. Models kube-openapi's
 * pkg/validation/{validate,errors} as apiextensions-apiserver uses it
 * (pkg/apiserver/validation/{validation,ratcheting}.go): what an update leaves as it was is not complained
 * of.
 */
import { deepEqual } from '../../equal.ts';
import type { StatusCause } from '../../errors.ts';
import { invalidValue, required, tooLong, tooMany, type Causes } from '../../validation/field.ts';
import { hasFormat } from './formats.ts';
import { goRegExp } from './goregexp.ts';
import { correlated } from './listtypes.ts';
import {
  childPath,
  isObject,
  propertySchema,
  valuesSchema,
  type JsonObject,
  type StructuralSchema,
} from './schema.ts';

/** What a `Status` calls a wrong type is an invalid value; rules of CEL wait for a right one. */
export const isTypeCause = ({ message }: StatusCause): boolean => / in body must be of type /.test(message);

/** As OpenAPI names the type of a value. */
function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function hasType(value: unknown, type: string): boolean {
  const found = typeName(value);
  return found === type || (type === 'number' && found === 'integer');
}

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

function checkType(value: unknown, schema: StructuralSchema, path: string, out: Causes): boolean {
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  const { type } = schema;
  if (value === null) {
    if (schema.nullable === true || (type === undefined && !intOrString)) return true;
  } else if (
    intOrString
      ? hasType(value, 'integer') || typeof value === 'string'
      : type === undefined || hasType(value, type)
  )
    return true;
  const expected = intOrString ? 'integer,string' : type!;
  const found = typeName(value);
  out.push(
    invalidValue(path, found, `${path} in body must be of type ${expected}: ${JSON.stringify(found)}`),
  );
  return false;
}

function checkString(value: string, schema: StructuralSchema, path: string, out: Causes): void {
  const length = [...value].length;
  const { maxLength, minLength, pattern, format } = schema;
  if (maxLength !== undefined && length > maxLength) out.push(tooLong(path, maxLength));
  if (minLength !== undefined && length < minLength)
    out.push(invalidValue(path, value, `${path} in body should be at least ${minLength} chars long`));
  if (pattern !== undefined && pattern !== '' && !goRegExp(pattern).test(value))
    out.push(invalidValue(path, value, `${path} in body should match '${pattern}'`));
  if (format !== undefined && !hasFormat(value, format))
    out.push(
      invalidValue(path, value, `${path} in body must be of type ${format}: ${JSON.stringify(value)}`),
    );
}

function checkNumber(value: number, schema: StructuralSchema, path: string, out: Causes): void {
  const { minimum, maximum, multipleOf, format = '' } = schema;
  const should = (what: string): void =>
    void out.push(invalidValue(path, value, `${path} in body should be ${what}`));
  const range = bounds[format];
  if (range !== undefined && Number.isInteger(value) && (value < range[0] || value > range[1]))
    out.push(
      invalidValue(
        path,
        value,
        `${path} in body must be of type ${format}: ${JSON.stringify(String(value))}`,
      ),
    );
  if (multipleOf !== undefined && !Number.isInteger(Number((value / multipleOf).toPrecision(12))))
    should(`a multiple of ${multipleOf}`);
  if (maximum !== undefined) {
    if (schema.exclusiveMaximum === true ? value >= maximum : value > maximum)
      should(`less than ${schema.exclusiveMaximum === true ? '' : 'or equal to '}${maximum}`);
  }
  if (minimum !== undefined) {
    if (schema.exclusiveMinimum === true ? value <= minimum : value < minimum)
      should(`greater than ${schema.exclusiveMinimum === true ? '' : 'or equal to '}${minimum}`);
  }
}

function checkList(
  list: readonly unknown[],
  old: unknown,
  schema: StructuralSchema,
  path: string,
  out: Causes,
): void {
  const { minItems, maxItems, items } = schema;
  if (minItems !== undefined && list.length < minItems)
    out.push(invalidValue(path, list.length, `${path} in body should have at least ${minItems} items`));
  if (maxItems !== undefined && list.length > maxItems) out.push(tooMany(path, list.length, maxItems));
  if (items === undefined) return;
  const oldItem = correlated(schema, old);
  list.forEach((item, i) => check(item, oldItem(item), items, `${path}[${i}]`, out));
}

function checkObject(
  object: JsonObject,
  old: unknown,
  schema: StructuralSchema,
  path: string,
  out: Causes,
): void {
  const { minProperties, maxProperties, required: names = [], additionalProperties } = schema;
  const count = Object.keys(object).length;
  if (minProperties !== undefined && count < minProperties)
    out.push(invalidValue(path, count, `${path} in body should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && count > maxProperties) out.push(tooMany(path, count, maxProperties));
  for (const name of names) if (object[name] === undefined) out.push(required(childPath(path, name)));
  for (const name of Object.keys(object).sort()) {
    const its = propertySchema(schema, name) ?? valuesSchema(schema);
    const at = childPath(path, name);
    if (its !== undefined) check(object[name], isObject(old) ? old[name] : undefined, its, at, out);
    else if (additionalProperties === false)
      out.push(invalidValue(path, '', `${at} in body is a forbidden property`));
  }
}

/** Of `not`, `anyOf` and the like, where errors name no field. */
const ofWhole = (detail: string): StatusCause => invalidValue('<nil>', '', detail);

function checkJunctors(value: unknown, schema: StructuralSchema, path: string, out: Causes): void {
  const causesOf = (s: StructuralSchema): Causes => {
    const causes: Causes = [];
    check(value, undefined, s, path, causes);
    return causes;
  };
  const quoted = JSON.stringify(path);
  /** The one that fails least, as the validator guesses what was meant. */
  const nearest = (failures: readonly Causes[]): Causes =>
    failures.reduce((best, one) => (one.length < best.length ? one : best));
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  if (anyOf.length > 0) {
    const failures = anyOf.map(causesOf);
    if (failures.every((f) => f.length > 0))
      out.push(ofWhole(`${quoted} must validate at least one schema (anyOf)`), ...nearest(failures));
  }
  if (oneOf.length > 0) {
    const failures = oneOf.map(causesOf).filter((f) => f.length > 0);
    const valid = oneOf.length - failures.length;
    if (valid !== 1) {
      const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
      out.push(ofWhole(`${quoted} must validate one and only one schema (oneOf). ${found}`));
      if (valid === 0) out.push(...nearest(failures));
    }
  }
  if (allOf.length > 0) {
    const failures = allOf.map(causesOf).filter((f) => f.length > 0);
    out.push(...failures.flat());
    const none = failures.length === allOf.length ? '. None validated' : '';
    if (failures.length > 0) out.push(ofWhole(`${quoted} must validate all the schemas (allOf)${none}`));
  }
  if (not !== undefined && causesOf(not).length === 0)
    out.push(ofWhole(`${quoted} must not validate the schema (not)`));
}

function check(value: unknown, old: unknown, schema: StructuralSchema, path: string, out: Causes): void {
  if (old !== undefined && deepEqual(value, old)) return;
  if (!checkType(value, schema, path, out) || value === null) return;
  checkJunctors(value, schema, path, out);
  if (typeof value === 'string') checkString(value, schema, path, out);
  else if (typeof value === 'number') checkNumber(value, schema, path, out);
  else if (Array.isArray(value)) checkList(value, old, schema, path, out);
  else if (isObject(value)) checkObject(value, old, schema, path, out);
  if (schema.enum !== undefined && !schema.enum.some((allowed) => deepEqual(allowed, value))) {
    const words = schema.enum.map((v) => JSON.stringify(typeof v === 'string' ? v : JSON.stringify(v)));
    out.push({
      field: path,
      reason: 'Unsupported value',
      message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${words.join(', ')}`,
    });
  }
}

/**
 * What a schema says against a value.
 * @param old in whose place it comes: what is as it was there passes
 */
export const validateValue = check;
