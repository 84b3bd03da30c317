/**
 * An API server in trouble: it answers components slowly, or with errors, their watches lag, an admission
 * webhook refuses, a client's certificate has expired. Plain data in the server's state; all of it absent
 * costs nothing.
 */
import type { Millis } from '../kernel/types.ts';
import { ApiError } from './errors.ts';
import type { ResourceDefinition } from './resources/definition.ts';

/** What a share of the components' requests is answered. */
export interface Erring {
  readonly percent: number;
  /** 409 meets writes only. */
  readonly status: 429 | 500 | 409;
}

export interface Trouble {
  erring?: Erring;
  /** What every API call of a component takes longer. */
  slowMs?: Millis;
  /** How far watches lag, by process; `*`: all. */
  watchLag?: Map<string, Millis>;
  /** Plural names of resources that a webhook refuses to create or change. */
  refused?: Set<string>;
  /** APIServices behind which nobody answers. */
  deadApis?: Set<string>;
}

const WEBHOOK = 'policy.seatrial.dev';

/**
 * The error of a request that is met by the trouble; undefined: it goes through. @param draw in [0, 1), taken
 * only where chance decides
 */
export function troubled(trouble: Trouble, write: boolean, draw: () => number): ApiError | undefined {
  const { erring } = trouble;
  if (erring === undefined || (erring.status === 409 && !write) || draw() * 100 >= erring.percent)
    return undefined;
  switch (erring.status) {
    case 429:
      return new ApiError(
        'TooManyRequests',
        'the server has received too many requests and has asked us to try again later',
        { retryAfterSeconds: 1 },
      );
    case 500:
      return new ApiError(
        'InternalError',
        'an error on the server ("Internal Server Error") has prevented the request from succeeding',
      );
    case 409:
      return new ApiError(
        'Conflict',
        'Operation cannot be fulfilled: the object has been modified; please apply your changes to the ' +
          'latest version and try again',
      );
  }
}

/**
 * How admission webhooks refuse
 * (staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/errors/statuserror.go).
 */
export function refusal(trouble: Trouble, { plural }: ResourceDefinition): ApiError | undefined {
  if (trouble.refused?.has(plural) !== true) return undefined;
  return new ApiError(
    'Forbidden',
    `admission webhook "${WEBHOOK}" denied the request: ${plural} may not be created or changed now`,
  );
}
