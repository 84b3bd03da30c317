/**
 * Checks an object against its kind's schema: unknown fields and wrong types, which the API server's decoder
 * refuses under strict field validation, and fields that are missing or hold none of the allowed words, which
 * its validation refuses later. Models staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go
 * and sigs.k8s.io/json's strict decoder.
 */
import { ApiError, badRequest } from '../errors.ts';
import { parseQuantity } from '../quantity.ts';
import { goType, goValue } from './gotypes.ts';
import { expectedText, type Hint, meantField, meantText, suggestWord } from './hints.ts';
import { fieldsOf, goName, typeOfKind, type FieldType, type ObjectType } from './types.ts';

export type ProblemKind = 'unknown' | 'type' | 'missing' | 'enum';
export type Path = readonly (string | number)[];

export interface SchemaProblem {
  readonly kind: ProblemKind;
  readonly path: Path;
  /** `spec.containers[0].image` */
  readonly field: string;
  /** Kubernetes' words. */
  readonly message: string;
  /** With what was probably meant: `hintText` says `expected an integer, found "three"`. */
  readonly hint: Hint;
  /** `an integer`, `one of "TCP", "UDP"`; what would have been right. */
  readonly expected: string;
}

/** `spec.containers[0].image`, as Kubernetes writes paths. */
export function fieldPath(path: Path): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text;
}

/** Where the walk is. */
interface Place {
  readonly path: Path;
  /** Names of struct fields from the root, without list indices and map keys. */
  readonly fields: string;
  /** The schema and field that hold this value, for the decoder's messages. */
  readonly schema: string;
  readonly field: string;
}

const isMap = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** By what its apiVersion and kind say; undefined where they name no built-in kind. */
export function typeOfObject(object: unknown): ObjectType | undefined {
  if (!isMap(object)) return undefined;
  const { apiVersion, kind } = object;
  return typeof apiVersion === 'string' && typeof kind === 'string'
    ? typeOfKind(apiVersion, kind)
    : undefined;
}

/**
 * All problems, in the order in which the server's decoder meets them (fields sorted). An object of a kind
 * not built in has none.
 * @param sound an object of the same kind without problems, such as a stored one: what the object shares with
 * it is not looked at again
 * @param type the schema, where it is not a built-in kind's
 */
export function checkSchema(
  object: unknown,
  sound?: object,
  type: ObjectType | undefined = typeOfObject(object),
): SchemaProblem[] {
  if (!isMap(object) || type === undefined) return [];
  const problems: SchemaProblem[] = [];
  walkObject(
    object,
    type,
    { path: [], fields: '', schema: '', field: '' },
    [],
    problems,
    sound as Record<string, unknown> | undefined,
  );
  return problems.length < 2 ? problems : problems.sort((a, b) => comparePaths(a.path, b.path));
}

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function walkObject(
  value: Record<string, unknown>,
  type: ObjectType,
  place: Place,
  parents: readonly ObjectType[],
  problems: SchemaProblem[],
  sound?: Record<string, unknown>,
): void {
  const fields = fieldsOf(type);
  const schema = goName(type);
  for (const key in value) {
    const member = value[key];
    const before = sound?.[key];
    if (before !== undefined && member === before) continue;
    const field = fields.get(key);
    if (field !== undefined) {
      if (member === null || member === undefined || isPlainlyRight(member, field.type)) continue;
      const inner = {
        path: [...place.path, key],
        fields: place.fields === '' ? key : `${place.fields}.${key}`,
        schema,
        field: key,
      };
      walk(member, field.type, inner, [...parents, type], problems, isMap(before) ? before : undefined);
    } else if (!(type.typeMeta && (key === 'apiVersion' || key === 'kind'))) {
      const path = [...place.path, key];
      const text = fieldPath(path);
      const meant = meantField(key, type, parents);
      problems.push({
        kind: 'unknown',
        path,
        field: text,
        message: `unknown field ${JSON.stringify(text)}`,
        hint: { is: 'unknown', meant },
        expected: meant === undefined ? 'a known field' : meantText(meant),
      });
    }
  }
  // What a status must hold is the business of the controller that writes it.
  if (place.path[0] === 'status') return;
  for (const field of fields.values()) {
    if (field.required && (value[field.name] === undefined || value[field.name] === null))
      problems.push(missing(field.type, [...place.path, field.name]));
  }
}

/** The common case, told without saying where it stands. */
function isPlainlyRight(value: unknown, type: FieldType): boolean {
  if (type.kind === 'string')
    return typeof value === 'string' && (type.values === undefined || type.values.includes(value));
  return type.kind === 'boolean' && typeof value === 'boolean';
}

function missing(type: FieldType, path: Path): SchemaProblem {
  return {
    kind: 'missing',
    path,
    field: fieldPath(path),
    message: 'Required value',
    hint: { is: 'missing', type },
    expected: expectedText(type),
  };
}

function walk(
  value: unknown,
  type: FieldType,
  place: Place,
  parents: readonly ObjectType[],
  problems: SchemaProblem[],
  sound?: Record<string, unknown>,
): void {
  switch (type.kind) {
    case 'object':
      if (isMap(value)) walkObject(value, type, place, parents, problems, sound);
      else wrongType(value, type, place, problems);
      return;
    case 'list':
      if (!Array.isArray(value)) return wrongType(value, type, place, problems);
      for (let i = 0; i < value.length; i++) {
        const path = [...place.path, i];
        if (value[i] !== null) walk(value[i], type.of, { ...place, path }, parents, problems);
        // Go's decoder makes an empty value of it, which no field of an item would be set in.
        else if (type.of.kind === 'object') problems.push(missing(type.of, path));
      }
      return;
    case 'map':
      if (!isMap(value)) return wrongType(value, type, place, problems);
      for (const key in value) {
        const member = value[key];
        if (
          member === null ||
          member === undefined ||
          (type.of.kind === 'string' && typeof member === 'string')
        )
          continue;
        walk(member, type.of, { ...place, path: [...place.path, key] }, parents, problems);
      }
      return;
    case 'any':
      return;
    default:
      walkLeaf(value, type, place, problems);
  }
}

function walkLeaf(
  value: unknown,
  type: Exclude<FieldType, { of: FieldType } | { name: string }>,
  place: Place,
  problems: SchemaProblem[],
): void {
  const custom = (message: string): void => pushType(value, type, place, message, problems);
  switch (type.kind) {
    case 'string':
      if (typeof value !== 'string') return wrongType(value, type, place, problems);
      if (type.values !== undefined && value !== '' && !type.values.includes(value))
        notSupported(value, type.values, place, problems);
      return;
    case 'int32':
      if (!Number.isInteger(value) || (value as number) > 2147483647 || (value as number) < -2147483648)
        wrongType(value, type, place, problems);
      return;
    case 'int64':
      if (!Number.isInteger(value)) wrongType(value, type, place, problems);
      return;
    case 'number':
      if (typeof value !== 'number') wrongType(value, type, place, problems);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') wrongType(value, type, place, problems);
      return;
    case 'quantity': {
      const problem = quantityProblem(value);
      if (problem !== undefined) custom(problem);
      return;
    }
    case 'intOrString':
      if (typeof value === 'string' || (Number.isInteger(value) && Math.abs(value as number) <= 2147483647))
        return;
      return custom(`json: cannot unmarshal ${goValue(value, true)} into Go value of type int32`);
    case 'time':
    case 'microTime':
      if (typeof value !== 'string')
        return custom(`json: cannot unmarshal ${goValue(value)} into Go value of type string`);
      if (
        !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) ||
        Number.isNaN(Date.parse(value))
      ) {
        const layout =
          type.kind === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
        custom(
          `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(value)} as ` +
            '"2006"',
        );
      }
      return;
    case 'bytes': {
      if (typeof value !== 'string') return wrongType(value, type, place, problems);
      const bad =
        /[^A-Za-z0-9+/\r\n]|=(?!=?$)/.exec(value.replace(/=[\r\n]*(?:=[\r\n]*)?$/, ''))?.index ??
        (value.replace(/[\r\n]/g, '').length % 4 === 0 ? -1 : value.length);
      if (bad >= 0) custom(`illegal base64 data at input byte ${bad}`);
      return;
    }
    default:
  }
}

function quantityProblem(value: unknown): string | undefined {
  try {
    parseQuantity(
      typeof value === 'string' ? value.trim() : typeof value === 'number' ? value : JSON.stringify(value),
    );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function wrongType(value: unknown, type: FieldType, place: Place, problems: SchemaProblem[]): void {
  const integer = type.kind === 'int32' || type.kind === 'int64';
  const struct = place.schema.slice(place.schema.indexOf('.') + 1);
  const message =
    `json: cannot unmarshal ${goValue(value, integer)} into Go struct field ${struct}.${place.fields} of ` +
    `type ${goType(type, place.schema, place.field)}`;
  pushType(value, type, place, message, problems);
}

function pushType(
  value: unknown,
  type: FieldType,
  place: Place,
  message: string,
  problems: SchemaProblem[],
): void {
  problems.push({
    kind: 'type',
    path: place.path,
    field: fieldPath(place.path),
    message,
    hint: { is: 'type', type, found: value },
    expected: expectedText(type),
  });
}

function notSupported(
  value: string,
  values: readonly string[],
  place: Place,
  problems: SchemaProblem[],
): void {
  const words = values
    .filter((v) => v !== '')
    .map((v) => JSON.stringify(v))
    .join(', ');
  problems.push({
    kind: 'enum',
    path: place.path,
    field: fieldPath(place.path),
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${words}`,
    hint: { is: 'enum', words, found: value, meant: suggestWord(value, values) },
    expected: `one of ${words}`,
  });
}

/**
 * `strict decoding error: unknown field "spec.replica"`, several joined; undefined when no field is unknown.
 */
export function strictError(problems: readonly SchemaProblem[]): string | undefined {
  const unknown = problems.filter((p) => p.kind === 'unknown').map((p) => p.message);
  return unknown.length === 0 ? undefined : `strict decoding error: ${unknown.slice(0, 100).join(', ')}`;
}

/**
 * What the API server answers to a request body it cannot decode: the first wrong type, else all unknown
 * fields. Missing fields and unsupported words are left to validation.
 */
export function decodingError(
  object: unknown,
  problems: readonly SchemaProblem[] = checkSchema(object),
): ApiError | undefined {
  const why = problems.find((p) => p.kind === 'type')?.message ?? strictError(problems);
  if (why === undefined || !isMap(object)) return undefined;
  const kind = String(object['kind']);
  return badRequest(
    `${kind} in version ${JSON.stringify(String(object['apiVersion']).split('/').pop())} cannot be ` +
      `handled as a ${kind}: ${why}`,
  );
}
