/**
 * kubectl's own errors, and how it words any error on its way out.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (`checkErr`, `StandardErrorMessage`,
 * `MultilineError`).
 */
import { ApiError } from '../sim/api/errors.ts';

/** An error of kubectl itself, printed as `error: …`. */
export class KubectlError extends Error {}

/** One that kubectl prints as it is: client-go's word that a resource matches nothing. */
export class BareError extends KubectlError {}

/** What was printed until something went wrong, and what went wrong. */
export class PrintError extends KubectlError {
  readonly printed: string;

  constructor(message: string, printed: string) {
    super(message);
    this.printed = printed;
  }
}

/** Several errors that were collected on the way. */
export class AggregateKubectlError extends Error {
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    const unique = [...new Set(errors.map(errorText))];
    super(unique.length === 1 ? unique[0]! : `[${unique.join(', ')}]`);
    this.errors = errors;
  }
}

/** An error about a manifest, with the places in the file that it is about. */
export class PlacedError extends Error {
  readonly inner: unknown;
  readonly places: readonly string[];

  constructor(inner: unknown, places: readonly string[]) {
    super(errorText(inner));
    this.inner = inner;
    this.places = places;
  }
}

/** Whether an error is the user's or the server's; anything else is a bug and goes on up. */
export const isExpected = (error: unknown): boolean =>
  error instanceof KubectlError ||
  error instanceof AggregateKubectlError ||
  error instanceof PlacedError ||
  error instanceof ApiError;

/** Wrong use of a command: the error, and where help is. */
export const usageError = (command: string, message: string): KubectlError =>
  new KubectlError(`${message}\nSee 'kubectl ${command} -h' for help and examples`);

/**
 * What a wrapped server error refers to: `error when creating "f.yaml": …`. Anything but an ApiError is
 * wrapped as text.
 */
export function addSource(verb: string, source: string, error: unknown): unknown {
  if (source === '') return error;
  if (error instanceof ApiError) {
    const wrapped = new ApiError(
      error.reason,
      `error when ${verb} "${source}": ${error.message}`,
      error.details,
    );
    return wrapped;
  }
  // A defect of ours is no error of the user's, and must not look like one.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
    throw error;
  return new KubectlError(`error when ${verb} "${source}": ${errorText(error)}`);
}

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** None: undefined; one: itself; several: an aggregate. */
export function aggregate(errors: readonly unknown[]): unknown {
  if (errors.length === 0) return undefined;
  return errors.length === 1 ? errors[0] : new AggregateKubectlError(errors);
}

const SERVER = '10.96.0.1:443';

function standardMessage(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.reason === 'Unreachable')
    return `The connection to the server ${SERVER} was refused - did you specify the right host or port?`;
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  if (error.reason === 'Unknown') return `Error from server: ${error.message}`;
  return `Error from server (${error.reason}): ${error.message}`;
}

function messageFor(error: unknown): string {
  if (error instanceof PlacedError)
    return [messageFor(error.inner), ...error.places.map((p) => `  ${p}`)].join('\n');
  return standardMessage(error) ?? errorText(error);
}

/** The last words of a failing command, with the final newline. */
export function failureText(given: unknown): string {
  let error = given;
  while (error instanceof AggregateKubectlError && error.errors.length === 1) error = error.errors[0];
  if (error instanceof AggregateKubectlError)
    return flatten(error)
      .map((e) => `${messageFor(e)}\n`)
      .join('');
  if (error instanceof PlacedError)
    return failureText(error.inner) + error.places.map((p) => `  ${p}\n`).join('');
  if (error instanceof ApiError && error.reason === 'Invalid') {
    const { kind, name, causes } = error.details;
    const head = kind || name ? `The ${kind ?? ''} "${name ?? ''}" is invalid` : 'The request is invalid';
    const texts = [...new Set((causes ?? []).map((c) => `${c.field}: ${c.message}`))];
    if (texts.length === 0) return kind || name ? `${head}\n` : `${head}: ${error.message}\n`;
    if (texts.length === 1) return `${head}: ${texts[0]}\n`;
    return `${head}: \n${texts.map((t) => `* ${t}\n`).join('')}`;
  }
  const standard = standardMessage(error);
  if (standard !== undefined) return `${standard}\n`;
  const text = errorText(error);
  return error instanceof BareError || text.startsWith('error: ') ? `${text}\n` : `error: ${text}\n`;
}

function flatten(error: AggregateKubectlError): unknown[] {
  return error.errors.flatMap((e) => (e instanceof AggregateKubectlError ? flatten(e) : [e]));
}
