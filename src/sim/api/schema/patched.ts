/**
 * What the API server makes of an object that a patch has changed: wrong types are refused, unknown fields
 * dropped with a warning (field validation is `Warn` unless the client asks for more). Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go and
 * staging/src/k8s.io/apimachinery/pkg/runtime/converter.go.
 */
import type { PatchType } from '../patchtype.ts';
import { type ApiError, invalid } from '../errors.ts';
import { checkSchema, typeOfObject, strictError, type SchemaProblem } from './check.ts';
import { goValue } from './gotypes.ts';
import { fieldsOf, type FieldType } from './types.ts';

const isMap = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** The value without members its schema does not know; the same value where there are none. */
function known(value: unknown, type: FieldType): unknown {
  if (Array.isArray(value) && type.kind === 'list') {
    let changed = false;
    const items = value.map((item) => {
      const kept = known(item, type.of);
      changed ||= kept !== item;
      return kept;
    });
    return changed ? items : value;
  }
  if (!isMap(value) || type.kind !== 'object') return value;
  const fields = fieldsOf(type);
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const field = fields.get(key);
    const kept =
      field === undefined
        ? type.typeMeta && (key === 'apiVersion' || key === 'kind')
          ? value[key]
          : undefined
        : known(value[key], field.type);
    if (kept === value[key]) continue;
    result ??= { ...value };
    if (kept === undefined) delete result[key];
    else result[key] = kept;
  }
  return result ?? value;
}

/** The object without unknown fields. The same object when it has none, or its kind is not built in. */
export function dropUnknown<T extends object>(object: T): T {
  const type = typeOfObject(object);
  return type === undefined ? object : (known(object, type) as T);
}

/** A value as Go's `%v` prints it: `map[spec:map[replicas:three]]`. */
export function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value))
    return `map[${Object.keys(value)
      .sort()
      .map((k) => `${k}:${goText(value[k])}`)
      .join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}

const KIND_OF: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'int64',
  bool: 'bool',
  object: 'map',
  array: 'slice',
};

/** The converter's words, which differ from the JSON decoder's. */
function converterMessage(problem: SchemaProblem, value: unknown): string {
  const wanted = /of type (.+)$/.exec(problem.message)?.[1];
  if (wanted === undefined) return problem.message;
  const found = KIND_OF[goValue(value)]!;
  if (wanted.startsWith('[]')) return `cannot restore slice from ${found}`;
  if (wanted.startsWith('map[') || wanted === 'v1.ResourceList') return `cannot restore map from ${found}`;
  if (problem.expected === 'an object') return `cannot restore struct from: ${found}`;
  return `unrecognized type: ${/^(int32|int64|bool|float64)$/.test(wanted) ? wanted : 'string'}`;
}

export interface Patched<T> {
  readonly object: T;
  /** `unknown field "spec.replica"`, for kubectl to print behind `Warning: `. */
  readonly warnings: readonly string[];
}

/** @param text what was made of the patch */
export const refusedPatch = (text: string, why: string): ApiError =>
  invalid('', '', '', [
    { field: 'patch', reason: 'Invalid value', message: `Invalid value: ${JSON.stringify(text)}: ${why}` },
  ]);

/**
 * @param strict refuse unknown fields, as `kubectl apply` asks
 * @param stored what was patched, which has no wrong and no unknown fields
 * @throws ApiError Invalid, which kubectl prints as `The request is invalid: patch: Invalid value: …`
 */
export function decodePatched<T extends object>(
  type: PatchType,
  patched: T,
  patch: unknown,
  strict = false,
  stored?: object,
): Patched<T> {
  const problems = checkSchema(patched, stored);
  const wrong = problems.find((p) => p.kind === 'type');
  const unknown = problems.filter((p) => p.kind === 'unknown').map((p) => p.message);
  const strategic = type === 'strategic';
  const why =
    wrong !== undefined
      ? strategic
        ? converterMessage(wrong, valueAt(patched, wrong.path))
        : wrong.message
      : strict
        ? strictError(problems)
        : undefined;
  if (why !== undefined) throw refusedPatch(strategic ? goText(patch) : JSON.stringify(patched), why);
  return { object: unknown.length === 0 ? patched : dropUnknown(patched), warnings: unknown };
}

const valueAt = (object: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    object,
  );
