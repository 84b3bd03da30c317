/**
 * Values as templates of Go see them: JSON decoded into interfaces, and what functions make of it. Sources:
 * text/template/exec.go (`indirectInterface`, `isTrue`, `printValue`), fmt/print.go.
 */

/** A whole number: `int64` of JSON, `int` of what a template writes or counts. */
export class Int {
  readonly value: number;
  readonly type: 'int' | 'int64';

  constructor(value: number, type: Int['type'] = 'int') {
    this.value = value;
    this.type = type;
  }
}

/** A key that a map does not have. */
export const MISSING = Symbol('missing');

export type Value =
  | null
  | string
  | number
  | boolean
  | Int
  | typeof MISSING
  | readonly Value[]
  | { readonly [key: string]: Value };

export type GoMap = { readonly [key: string]: Value };

export const isMap = (value: Value): value is GoMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Int);

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** JSON as the client decodes it: whole numbers are none with a fraction. */
export function ofJson(json: unknown): Value {
  if (typeof json === 'number') return Number.isInteger(json) ? new Int(json, 'int64') : json;
  if (Array.isArray(json)) return json.map(ofJson);
  if (typeof json !== 'object' || json === null) return (json ?? null) as Value;
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => (value === undefined ? [] : [[key, ofJson(value)]])),
  );
}

/** Go's name of a value's type. */
export function typeName(value: Value): string {
  if (value === null || value === MISSING) return '<nil>';
  if (value instanceof Int) return value.type;
  if (isList(value)) return '[]interface {}';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    default:
      return 'map[string]interface {}';
  }
}

/** A float as `%v` writes it: with an exponent from 1e+21 down to where `%g` has one. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 21) return plain(value, exponent);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const plain = (value: number, exponent: number): string =>
  exponent < 0 ? value.toFixed(Math.min(100, 17 - exponent)).replace(/0+$/, '') : String(value);

export function truth(value: Value): boolean {
  if (value === null || value === MISSING) return false;
  if (value instanceof Int) return value.value !== 0;
  if (typeof value === 'object') return (isList(value) ? value.length : Object.keys(value).length) > 0;
  return Boolean(value);
}

/** As `%v` writes it. */
export function valueText(value: Value): string {
  if (value === null || value === MISSING) return '<nil>';
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Int) return String(value.value);
  if (isList(value)) return `[${value.map(valueText).join(' ')}]`;
  if (typeof value === 'object')
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${valueText(value[key]!)}`)
      .join(' ')}]`;
  return String(value);
}
