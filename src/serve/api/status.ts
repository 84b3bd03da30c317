/**
 * Refusals as clients read them: a Status. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/status.go.
 */
import { ApiError } from '../../sim/api/errors.ts';
import { type Answer, jsonAnswer } from './http.ts';

/** Reasons as the wire has them: a cause's text begins with what `CauseType` names. */
const CAUSES: Readonly<Record<string, string>> = {
  'Invalid value': 'FieldValueInvalid',
  'Required value': 'FieldValueRequired',
  'Duplicate value': 'FieldValueDuplicate',
  'Not found': 'FieldValueNotFound',
  'Unsupported value': 'FieldValueNotSupported',
  Forbidden: 'FieldValueForbidden',
  'Too long': 'FieldValueTooLong',
  'Too many': 'FieldValueTooMany',
  'Internal error': 'InternalError',
};

interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly code: number;
}

/** A server that cannot answer is, for a client that has reached it, unavailable. */
const codeOf = ({ code, reason }: ApiError): number => (reason === 'Unreachable' ? 503 : code);

export function statusOf(error: ApiError, metadata: Status['metadata'] = {}): Status {
  const { kind, group, name, causes, retryAfterSeconds } = error.details;
  const details = {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    ...(causes === undefined
      ? {}
      : {
          causes: causes.map((c) => ({
            reason: CAUSES[c.reason] ?? c.reason,
            message: c.message,
            ...(c.field === '' ? {} : { field: c.field }),
          })),
        }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata,
    status: 'Failure',
    message: error.message,
    reason: error.reason === 'Unreachable' ? 'ServiceUnavailable' : error.reason,
    ...(Object.keys(details).length === 0 ? {} : { details }),
    code: codeOf(error),
  };
}

export function refusalOf(error: ApiError, metadata?: Status['metadata']): Answer {
  const { retryAfterSeconds } = error.details;
  const status = statusOf(error, metadata);
  const retry = retryAfterSeconds ?? (status.code === 503 || status.code === 504 ? 1 : undefined);
  return jsonAnswer(status.code, status, retry === undefined ? {} : { 'retry-after': String(retry) });
}

/** What a delete of an object answers that is gone at once. */
export const deletedStatus = (group: string, kind: string, name: string, uid: string): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: { name, ...(group === '' ? {} : { group }), kind, uid },
  code: 200,
});

export const notServed = (): ApiError =>
  new ApiError('NotFound', 'the server could not find the requested resource');

export const methodNotAllowed = (): ApiError =>
  new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource');

export const notAcceptable = (message: string): ApiError => new ApiError('NotAcceptable', message);
