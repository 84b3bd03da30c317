/**
 * Tokens of service accounts in projected volumes: asked for, kept, and asked for anew before they expire.
 * Models pkg/kubelet/token/token_manager.go; a token's signature is nobody's.
 */
import { ApiError } from '../../api/errors.ts';
import type { Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { MissingSource } from './sources.ts';
import type { Kubelet, Tokens } from './types.ts';

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
      const issuedAt = request ? tokens.get(`${name}/${request.path}`)?.issuedAt : undefined;
      if (issuedAt === undefined) continue;
      const at = issuedAt + refreshedAfterMs(request!) - Math.floor(random() * MAX_JITTER_MS);
      if (due === undefined || at < due) due = at;
    }
  return due;
}

/**
 * The token for a path of a volume: the one there is while it is young enough, or cannot be had anew and has
 * not expired. It is signed when it is read.
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
  const { now, api } = k.ctx;
  const held = tokens.get(key);
  if (held !== undefined && now < held.issuedAt + refreshedAfterMs(request) - MAX_JITTER_MS)
    return held.unsigned;
  const { namespace, name, uid } = pod.metadata;
  const { audience, expirationSeconds } = request;
  try {
    const issued = api.requestToken(namespace!, pod.spec.serviceAccountName || 'default', {
      ...(audience ? { audiences: [audience] } : {}),
      ...(expirationSeconds === undefined ? {} : { expirationSeconds }),
      boundObjectRef: { kind: 'Pod', name, uid },
    });
    const unsigned = issued.unsigned!;
    tokens.set(key, { unsigned, issuedAt: now });
    return unsigned;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = error.message;
    if (held === undefined) throw new MissingSource(`failed to fetch token: ${why}`, true);
    if (now > held.issuedAt + lifeMs(request))
      throw new MissingSource(`token ${key} expired and refresh failed: ${why}`, true);
    return held.unsigned;
  }
}
