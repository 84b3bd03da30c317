/**
 * What can be wrong with a field, in the API server's words.
 * Models staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go (values are shown as JSON since
 * 1.33).
 */
import type { StatusCause } from '../errors.ts';

export type Causes = StatusCause[];

/** A value as an error shows it: strings quoted, structures as JSON, nothing as "null". */
function shown(value: unknown): string {
  if (value === undefined || value === null) return '"null"';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** A map's entries in the order JSON shows them. */
export const sortedMap = (
  map: Readonly<Record<string, string>> | undefined,
): Record<string, string> | null =>
  map === undefined ? null : Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const cause = (field: string, reason: string, value: string, detail: string): StatusCause => ({
  field,
  reason,
  message: `${reason}${value === '' ? '' : `: ${value}`}${detail === '' ? '' : `: ${detail}`}`,
});

export const required = (field: string, detail = ''): StatusCause =>
  cause(field, 'Required value', '', detail);
export const forbidden = (field: string, detail: string): StatusCause =>
  cause(field, 'Forbidden', '', detail);
export const invalidValue = (field: string, value: unknown, detail: string): StatusCause =>
  cause(field, 'Invalid value', shown(value), detail);
export const duplicate = (field: string, value: unknown): StatusCause =>
  cause(field, 'Duplicate value', shown(value), '');
export const absentValue = (field: string, value: unknown): StatusCause =>
  cause(field, 'Not found', shown(value), '');
export const tooLong = (field: string, limit: number): StatusCause =>
  cause(field, 'Too long', '', `may not be more than ${limit} bytes`);

export const tooMany = (field: string, count: number, limit: number): StatusCause =>
  cause(field, 'Too many', String(count), `must have at most ${limit} items`);
/** Of a field whose value is not shown. */
export const invalid = (field: string, detail: string): StatusCause =>
  cause(field, 'Invalid value', '', detail);

/** `supported` in the order upstream lists them (sets are sorted). */
export const unsupported = (field: string, value: unknown, supported: readonly string[]): StatusCause =>
  cause(
    field,
    'Unsupported value',
    shown(value),
    `supported values: ${supported.map((s) => JSON.stringify(s)).join(', ')}`,
  );

/** One `Invalid value` for each problem found in a text. */
export function problemsAt(field: string, value: unknown, problems: readonly string[], out: Causes): void {
  for (const problem of problems) out.push(invalidValue(field, value, problem));
}

export function nonNegative(value: unknown, field: string, out: Causes): void {
  if (typeof value === 'number' && value < 0)
    out.push(invalidValue(field, value, 'must be greater than or equal to 0'));
}

/** One of an enumeration; absent is `Required value`. */
export function oneOf(
  value: string | undefined,
  supported: readonly string[],
  field: string,
  out: Causes,
): void {
  if (!value) out.push(required(field));
  else if (!supported.includes(value)) out.push(unsupported(field, value, supported));
}

export const inclusiveRange = (low: number, high: number): string =>
  `must be between ${low} and ${high}, inclusive`;
