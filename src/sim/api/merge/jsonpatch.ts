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
    const { op, path } = operation;
    try {
      document = jsonpatch.applyOperation(document, operation, true, true).newDocument;
    } catch (error) {
      if (!(error instanceof jsonpatch.JsonPatchError)) throw error;
      throw rejected(
        op === 'test'
          ? `testing value ${path} failed: test failed`
          : `${op} operation does not apply: ${why(error.name, path)}`,
      );
    }
  }
  return document;
}

function why(name: string, path: string): string {
  switch (name) {
    case 'OPERATION_PATH_CANNOT_ADD':
      return `doc is missing path: ${JSON.stringify(path)}: missing value`;
    case 'OPERATION_PATH_UNRESOLVABLE':
    case 'OPERATION_FROM_UNRESOLVABLE':
      return `doc is missing key: ${path}: missing value`;
    case 'OPERATION_VALUE_OUT_OF_BOUNDS':
    case 'OPERATION_PATH_ILLEGAL_ARRAY_INDEX':
      return `Unable to access invalid index: ${path}: invalid index referenced`;
    default:
      return `${path}: ${name}`;
  }
}
