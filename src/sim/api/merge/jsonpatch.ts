/**
 * JSON patch, RFC 6902, by fast-json-patch. The API server answers a patch that is not one with BadRequest,
 * and one that cannot be applied with Invalid (staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go).
 */
import jsonpatch, { type Operation } from 'fast-json-patch';
import { ApiError, badRequest } from '../errors.ts';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** kubectl prints this as `The request is invalid: …`; the cause says why. */
const rejected = (why: string): ApiError =>
  new ApiError('Invalid', 'the server rejected our request due to an error in our request', {
    causes: [{ field: 'patch', reason: 'UnexpectedServerResponse', message: why }],
  });

/** @throws ApiError BadRequest or Invalid */
export function jsonPatch(original: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  let document: unknown = structuredClone(original);
  for (const operation of patch as Operation[]) {
    if (typeof operation !== 'object' || operation === null || !OPERATIONS.includes(operation.op)) {
      throw rejected(`Unexpected kind: ${String((operation as { op?: unknown } | null)?.op ?? 'unknown')}`);
    }
    const missing = missingOf(operation);
    if (missing !== undefined)
      throw rejected(
        `${operation.op} operation failed to decode ${missing}: ` +
          `operation missing ${missing} field: missing value`,
      );
    try {
      document = jsonpatch.applyOperation(document, asAddition(document, operation), true, true).newDocument;
    } catch (error) {
      if (!(error instanceof jsonpatch.JsonPatchError)) throw error;
      throw rejected(why(document, operation));
    }
  }
  return document;
}

/** Which of the places that an operation names it does not. */
const missingOf = (operation: Operation): 'path' | 'from' | undefined =>
  typeof operation.path !== 'string'
    ? 'path'
    : (operation.op === 'move' || operation.op === 'copy') && typeof operation.from !== 'string'
      ? 'from'
      : undefined;

/** ErrTestFailed, at the end of what is said of it. */
export const TEST_FAILED = ': test failed';

/** RFC 6901. The package's own is not in what a page is built from. */
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

const partsOf = (path: string): string[] => path.split('/').slice(1).map(unescaped);

/** What holds the last part of a path; undefined: nothing does. */
function holderOf(document: unknown, path: string): object | undefined {
  const at = partsOf(path)
    .slice(0, -1)
    .reduce((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
  return typeof at === 'object' && at !== null ? at : undefined;
}

/** Replacing what a map does not have adds it. */
function asAddition(document: unknown, operation: Operation): Operation {
  const holder = operation.op === 'replace' ? holderOf(document, operation.path) : undefined;
  const isMap = holder !== undefined && !Array.isArray(holder) && operation.path !== '';
  return isMap ? ({ ...operation, op: 'add' } as Operation) : operation;
}

/** As vendor/gopkg.in/evanphx/json-patch.v4/patch.go words it. */
function why(document: unknown, operation: Operation): string {
  const { op, path } = operation;
  const from = 'from' in operation ? operation.from : path;
  const holder = holderOf(document, from);
  const key = partsOf(from).at(-1) ?? '';
  const missing = (what: string): string => `${op} operation does not apply: ${what}: missing value`;
  const ofKey = Array.isArray(holder)
    ? `Unable to access invalid index: ${key}: invalid index referenced`
    : `Unable to remove nonexistent key: ${key}: missing value`;
  switch (op) {
    case 'test':
      return holder === undefined
        ? missing(`is missing path: ${path}`)
        : `testing value ${path} failed${TEST_FAILED}`;
    case 'replace':
      return missing(`doc is missing ${holder === undefined ? 'path' : 'key'}: ${path}`);
    case 'move':
    case 'copy':
      if (holder === undefined) return missing(`doc is missing from path: ${from}`);
      if (holderOf(document, path) === undefined) return missing(`doc is missing destination path: ${path}`);
      return op === 'move'
        ? `error in move for path: '${key}': ${ofKey}`
        : `error in copy for from: '${from}': ${ofKey}`;
    default:
      return holder === undefined
        ? missing(`doc is missing path: "${path}"`)
        : `error in ${op} for path: '${path}': ${ofKey}`;
  }
}
