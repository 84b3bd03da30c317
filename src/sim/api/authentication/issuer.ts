/**
 * What a cluster tells of its issuer of tokens, so that others can check them. Models
 * pkg/serviceaccount/openidmetadata.go, of a server that was started with
 * `--service-account-jwks-uri=https://kubernetes.default.svc.cluster.local/openid/v1/jwks`.
 */
import { publicKey } from './signature.ts';
import { ISSUER } from './tokens.ts';

interface Document {
  /** Its media type. */
  readonly type: string;
  readonly value: object;
}

/** How long it may be kept. */
export const ISSUER_CACHE_CONTROL = 'public, max-age=3600';

/** What `/.well-known/openid-configuration` and `/openid/v1/jwks` answer; undefined: it is another path. */
export function issuerDocument(path: string): Document | undefined {
  if (path === '/.well-known/openid-configuration')
    return {
      type: 'application/json',
      value: {
        issuer: ISSUER,
        jwks_uri: `${ISSUER}/openid/v1/jwks`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
    };
  if (path !== '/openid/v1/jwks') return undefined;
  const { n, e, kid } = publicKey();
  return {
    type: 'application/jwk-set+json',
    value: { keys: [{ use: 'sig', kty: 'RSA', kid, alg: 'RS256', n, e }] },
  };
}
