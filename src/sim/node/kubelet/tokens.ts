/**
 * Tokens of service accounts in projected volumes: asked for, kept, and asked for anew before they expire.
 * Models pkg/kubelet/token/token_manager.go; a token's signature is nobody's.
 */
import { base64 } from '../../api/base64.ts';
import { ApiError } from '../../api/errors.ts';
import { EPOCH } from '../../api/time.ts';
import type { Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { hexDigits } from '../images.ts';
import { MissingSource } from './sources.ts';
import type { Kubelet } from './types.ts';

/** When each of a pod's tokens was issued, by volume and path: `api-access/token`. */
export type Tokens = Map<string, Millis>;

export interface TokenRequest {
  readonly path: string;
  readonly audience?: string;
  readonly expirationSeconds?: number;
}

/** maxTTL and maxJitter. */
const MAX_TTL_MS = 24 * 3_600_000;
const MAX_JITTER_MS = 10_000;
const DEFAULT_SECONDS = 3600;

const lifeMs = ({ expirationSeconds = DEFAULT_SECONDS }: TokenRequest): Millis => expirationSeconds * 1000;

/** How old a token becomes before another is asked for: four fifths of its life, never over a day. */
const refreshedAfterMs = (request: TokenRequest): Millis =>
  Math.min(MAX_TTL_MS, Math.floor(lifeMs(request) * 0.8));

/** When the first of a pod's tokens is due, some seconds early so that not all ask at once. */
export function tokensDueAt(pod: Pod, tokens: Tokens, random: () => number): Millis | undefined {
  let due: Millis | undefined;
  for (const { name, projected } of pod.spec.volumes ?? [])
    for (const { serviceAccountToken: request } of projected?.sources ?? []) {
      const issuedAt = request ? tokens.get(`${name}/${request.path}`) : undefined;
      if (issuedAt === undefined) continue;
      const at = issuedAt + refreshedAfterMs(request!) - Math.floor(random() * MAX_JITTER_MS);
      if (due === undefined || at < due) due = at;
    }
  return due;
}

const urlBase64 = (text: string): string =>
  base64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** A token in the form of the API server's: it says for whom, for what and until when. */
function written(k: Kubelet, pod: Pod, request: TokenRequest, issuedAt: Millis): string {
  const { namespace, name, uid } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? 'default';
  const issuer = 'https://kubernetes.default.svc.cluster.local';
  const issued = Math.floor((EPOCH + issuedAt) / 1000);
  const claims = {
    aud: [request.audience || issuer],
    exp: issued + lifeMs(request) / 1000,
    iat: issued,
    iss: issuer,
    'kubernetes.io': {
      namespace,
      node: { name: k.machine.name },
      pod: { name, uid },
      serviceaccount: { name: account },
    },
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${account}`,
  };
  const signed = `${urlBase64('{"alg":"RS256","kid":"seatrial"}')}.${urlBase64(JSON.stringify(claims))}`;
  return `${signed}.${hexDigits(signed, 29, 64)}`;
}

/** Why the API server gives no token; undefined: it does. */
function refusal(k: Kubelet, pod: Pod): string | undefined {
  const account = pod.spec.serviceAccountName ?? 'default';
  try {
    // Every namespace has one of this name.
    const found = k.ctx.api.find('ServiceAccount', pod.metadata.namespace!, account);
    return found === undefined && account !== 'default'
      ? `serviceaccounts "${account}" not found`
      : undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.message;
  }
}

/**
 * The token for a path of a volume: the one there is while it is young enough, or cannot be had anew and has
 * not expired.
 * @throws MissingSource
 */
export function tokenFor(
  k: Kubelet,
  pod: Pod,
  volume: string,
  request: TokenRequest,
  tokens: Tokens,
): string {
  const key = `${volume}/${request.path}`;
  const { now } = k.ctx;
  const issuedAt = tokens.get(key);
  const isYoung = issuedAt !== undefined && now < issuedAt + refreshedAfterMs(request) - MAX_JITTER_MS;
  if (isYoung) return written(k, pod, request, issuedAt);
  const why = refusal(k, pod);
  if (why === undefined) {
    tokens.set(key, now);
    return written(k, pod, request, now);
  }
  if (issuedAt === undefined) throw new MissingSource(`failed to fetch token: ${why}`, true);
  if (now > issuedAt + lifeMs(request))
    throw new MissingSource(`token ${key} expired and refresh failed: ${why}`, true);
  return written(k, pod, request, issuedAt);
}
