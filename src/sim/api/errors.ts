/**
 * Errors as the API server answers them: a `Status` with reason, code and message.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go.
 */
export type StatusReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'BadRequest'
  | 'Forbidden'
  | 'Unauthorized'
  | 'TooManyRequests'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'UnsupportedMediaType'
  | 'RequestEntityTooLarge'
  | 'InternalError'
  | 'ServiceUnavailable'
  | 'Timeout'
  | 'ServerTimeout'
  | 'Expired'
  | 'Unreachable'
  /** The server has no word for it. */
  | 'Unknown';

const CODES: Record<StatusReason, number> = {
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  BadRequest: 400,
  Forbidden: 403,
  Unauthorized: 401,
  TooManyRequests: 429,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  UnsupportedMediaType: 415,
  RequestEntityTooLarge: 413,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
  ServerTimeout: 500,
  Expired: 410,
  Unreachable: 0,
  Unknown: 500,
};

/** One thing wrong with an object, as `field.Error` in Kubernetes. */
export interface StatusCause {
  readonly field: string;
  /** `Invalid value`, `Required value`, … */
  readonly reason: string;
  /** The whole text after the field path: `Invalid value: -1: must be greater than or equal to 0`. */
  readonly message: string;
}

/** Of what is refused in a namespace that is being deleted. */
export const NAMESPACE_TERMINATING = 'NamespaceTerminating';

export class ApiError extends Error {
  readonly reason: StatusReason;
  readonly code: number;
  readonly details: {
    kind?: string;
    group?: string;
    name?: string;
    causes?: readonly StatusCause[];
    retryAfterSeconds?: number;
  };

  constructor(reason: StatusReason, message: string, details: ApiError['details'] = {}) {
    // An answer, not a defect: nobody reads its stack, and collecting one costs more than the rest of a
    // refused call.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'ApiError';
    this.reason = reason;
    this.code = CODES[reason];
    this.details = details;
  }
}

export function isReason(error: unknown, ...reasons: StatusReason[]): error is ApiError {
  return error instanceof ApiError && reasons.includes(error.reason);
}
/**
 * Whether a create was refused because its namespace is going away: nothing helps but another namespace
 * (HasStatusCause with NamespaceTerminatingCause).
 */
export const isNamespaceTerminating = (error: unknown): boolean =>
  isReason(error, 'Forbidden') &&
  error.details.causes?.some((c) => c.reason === NAMESPACE_TERMINATING) === true;

export const isForbidden = (e: unknown): e is ApiError => isReason(e, 'Forbidden');
export const isNotFound = (e: unknown): e is ApiError => isReason(e, 'NotFound');
export const isConflict = (e: unknown): e is ApiError => isReason(e, 'Conflict');
export const isAlreadyExists = (e: unknown): e is ApiError => isReason(e, 'AlreadyExists');

/** `deployments.apps "web"`: how errors name an object. */
const qualified = (plural: string, group: string): string => (group === '' ? plural : `${plural}.${group}`);

export const notFound = (plural: string, group: string, name: string): ApiError =>
  new ApiError('NotFound', `${qualified(plural, group)} "${name}" not found`, { kind: plural, group, name });

export const alreadyExists = (plural: string, group: string, name: string): ApiError =>
  new ApiError('AlreadyExists', `${qualified(plural, group)} "${name}" already exists`, {
    kind: plural,
    group,
    name,
  });

export const conflict = (plural: string, group: string, name: string, why: string): ApiError =>
  new ApiError('Conflict', `Operation cannot be fulfilled on ${qualified(plural, group)} "${name}": ${why}`, {
    kind: plural,
    group,
    name,
  });

export const forbidden = (plural: string, group: string, name: string, why: string): ApiError =>
  new ApiError('Forbidden', `${qualified(plural, group)} "${name}" is forbidden: ${why}`, {
    kind: plural,
    group,
    name,
  });

export const badRequest = (message: string): ApiError => new ApiError('BadRequest', message);

/** `kind` with its group as errors print it: `Deployment.apps`. */
export function invalid(kind: string, group: string, name: string, causes: readonly StatusCause[]): ApiError {
  const texts = causes.map((c) => `${c.field}: ${c.message}`);
  const unique = texts.filter((t, i) => texts.indexOf(t) === i);
  const list = unique.length === 1 ? unique[0]! : `[${unique.join(', ')}]`;
  return new ApiError('Invalid', `${qualified(kind, group)} "${name}" is invalid: ${list}`, {
    kind,
    group,
    name,
    causes,
  });
}
