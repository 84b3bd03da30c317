/**
 * Tokens of service accounts: issued for an audience and a time, bound to a Pod or a Secret where asked, and
 * read again when somebody comes with one. JSON Web Tokens. Models pkg/serviceaccount/{claims,jwt}.go and
 * pkg/registry/core/serviceaccount/storage/token.go.
 */
import type { Millis } from '../../kernel/types.ts';
import { base64, fromBase64 } from '../base64.ts';
import { badRequest, conflict, invalid, notFound } from '../errors.ts';
import { EPOCH, parseTime, rfc3339 } from '../time.ts';
import type { KubeObject, ObjectOf, ResourceName } from '../types.ts';
import { isOwn, publicKey, signatureOf } from './signature.ts';
import { accountUser, groupsOf, type UserInfo } from './user.ts';

/** Who issues tokens, and the audience of those that are for the API server. */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';

const DEFAULT_SECONDS = 3600;
const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 2 ** 32;
/** Of a token in a Pod's own volume, which is let pass for a year so that old clients go on working. */
const EXTENDED_SECONDS = 3607;
const EXTENSION_SECONDS = 365 * 24 * 3600;

/** What is asked for, as `spec` of a TokenRequest. */
export interface TokenRequest {
  readonly audiences?: readonly string[];
  readonly expirationSeconds?: number;
  readonly boundObjectRef?: {
    readonly kind: 'Pod' | 'Secret' | 'Node';
    readonly name: string;
    readonly uid?: string;
  };
}

/** As `status` of a TokenRequest. */
export interface IssuedToken {
  readonly token: string;
  /** When whoever asked for it is to have another. */
  readonly expirationTimestamp: string;
  /** Of one that was issued here, what is signed when somebody reads it, which hardly anybody does. */
  readonly unsigned?: string;
}

/** A TokenRequest as it is answered: filled in as pkg/apis/authentication/v1/defaults.go has it. */
export const answeredRequest = (
  { namespace, name }: { readonly namespace: string; readonly name: string },
  request: TokenRequest,
  { token, expirationTimestamp }: IssuedToken,
  now: Millis,
): KubeObject => {
  const filled: unknown = {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, creationTimestamp: rfc3339(now) },
    spec: { audiences: [ISSUER], expirationSeconds: DEFAULT_SECONDS, boundObjectRef: null, ...request },
    status: { token, expirationTimestamp },
  };
  return filled as KubeObject;
};

interface Reference {
  readonly name: string;
  readonly uid: string;
}

/** What a token says. Seconds since 1970. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud?: readonly string[];
  readonly exp?: number;
  readonly iat?: number;
  readonly 'kubernetes.io': {
    readonly namespace: string;
    readonly serviceaccount: Reference;
    readonly pod?: Reference;
    readonly node?: Reference;
    readonly secret?: Reference;
    readonly warnafter?: number;
  };
}

/** What issuing and reading look up. */
export interface TokenView {
  readonly now: Millis;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
}

const urlBase64 = (text: string): string =>
  base64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const header = (): string => urlBase64(JSON.stringify({ alg: 'RS256', kid: publicKey().kid }));

/** The token that says this. @param claims as JSON */
export function signedToken(claims: string): string {
  const signed = `${header()}.${urlBase64(claims)}`;
  return `${signed}.${signatureOf(signed)}`;
}

/** Of a header, and of 2048 bits. */
const [HEADER_LENGTH, SIGNATURE_LENGTH] = [90, 342];

/** How long a token is. @param bytes of its claims */
export const tokenLength = (bytes: number): number =>
  HEADER_LENGTH + 1 + Math.ceil((bytes * 4) / 3) + 1 + SIGNATURE_LENGTH;

/** Signed when it is read. */
class Issued implements IssuedToken {
  readonly unsigned: string;
  readonly expirationTimestamp: string;

  constructor(claims: TokenClaims, expirationTimestamp: string) {
    this.unsigned = JSON.stringify(claims);
    this.expirationTimestamp = expirationTimestamp;
  }

  get token(): string {
    return signedToken(this.unsigned);
  }
}

const secondsAt = (at: Millis): number => Math.floor((EPOCH + at) / 1000);

/** The claims of a token that was issued here, whether they still hold or not; undefined: it was not. */
export function claimsOf(token: string): TokenClaims | undefined {
  const [first, payload, signature, ...more] = token.trim().split('.');
  if (first === undefined || payload === undefined || signature === undefined || more.length > 0)
    return undefined;
  if (!isOwn(token.trim())) return undefined;
  try {
    return JSON.parse(fromBase64(payload.replaceAll('-', '+').replaceAll('_', '/'))) as TokenClaims;
  } catch {
    return undefined;
  }
}

/** @throws ApiError where there is no such account, or it cannot be bound as asked */
export function issueToken(
  view: TokenView,
  namespace: string,
  name: string,
  request: TokenRequest,
): IssuedToken {
  const account = view.find('ServiceAccount', namespace, name);
  if (account === undefined) throw notFound('serviceaccounts', '', name);
  const { expirationSeconds: seconds = DEFAULT_SECONDS, boundObjectRef: bound } = request;
  const wrong = (message: string): never => {
    const cause = { field: 'spec.expirationSeconds', reason: 'Invalid value' };
    throw invalid('TokenRequest', 'authentication.k8s.io', '', [
      { ...cause, message: `Invalid value: ${seconds}: ${message}` },
    ]);
  };
  if (seconds < SHORTEST_SECONDS) wrong('may not specify a duration less than 10 minutes');
  if (seconds > LONGEST_SECONDS) wrong('may not specify a duration larger than 2^32 seconds');
  const audiences = (request.audiences ?? []).length === 0 ? [ISSUER] : request.audiences!;
  const issued = secondsAt(view.now);
  const extended = seconds === EXTENDED_SECONDS && audiences.every((a) => a === ISSUER);
  const claims: TokenClaims = {
    aud: audiences,
    exp: issued + (extended ? EXTENSION_SECONDS : seconds),
    iat: issued,
    iss: ISSUER,
    'kubernetes.io': {
      namespace,
      ...boundTo(view, namespace, name, bound),
      serviceaccount: { name, uid: account.metadata.uid },
      ...(extended ? { warnafter: issued + seconds } : {}),
    },
    sub: accountUser(namespace, name),
  };
  return new Issued(claims, rfc3339(view.now + seconds * 1000));
}

/** The token that a Secret of the old kind holds: for ever, while Secret and account are there. */
export const secretToken = (namespace: string, account: Reference, secret: Reference): string =>
  signedToken(
    JSON.stringify({
      iss: 'kubernetes/serviceaccount',
      sub: accountUser(namespace, account.name),
      'kubernetes.io': { namespace, serviceaccount: account, secret },
    } satisfies TokenClaims),
  );

function boundTo(
  view: TokenView,
  namespace: string,
  account: string,
  bound: TokenRequest['boundObjectRef'],
): Partial<TokenClaims['kubernetes.io']> {
  if (bound === undefined) return {};
  const { kind, name, uid } = bound;
  const plural = `${kind.toLowerCase()}s`;
  const found = view.find(kind, kind === 'Node' ? '' : namespace, name);
  if (found === undefined) throw notFound(plural, '', name);
  if (uid !== undefined && uid !== '' && uid !== found.metadata.uid)
    throw conflict(
      plural,
      '',
      name,
      `the UID in the bound object reference (${uid}) does not match the UID in record. The object ` +
        'might have been deleted and then recreated',
    );
  const reference = { name, uid: found.metadata.uid };
  if (kind === 'Secret') return { secret: reference };
  if (kind === 'Node') return { node: reference };
  const { serviceAccountName, nodeName } = (found as ObjectOf<'Pod'>).spec;
  if (serviceAccountName !== account)
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different ` +
        'serviceaccount name.',
    );
  const node = nodeName ? view.find('Node', '', nodeName) : undefined;
  return {
    pod: reference,
    ...(node === undefined ? {} : { node: { name: node.metadata.name, uid: node.metadata.uid } }),
  };
}

/** A list as Go's `%q` prints it: `["a" "b"]`. */
const quoted = (list: readonly string[]): string => `[${list.map((s) => JSON.stringify(s)).join(' ')}]`;

/** What a Pod may do with its token after it was told to end (jwt's podDeletionGracePeriod, of a minute). */
const LINGER_MS = 60_000;

function isThere(
  view: TokenView,
  kind: 'Pod' | 'Secret' | 'ServiceAccount' | 'Node',
  namespace: string,
  of: Reference,
): boolean {
  const found = view.find(kind, kind === 'Node' ? '' : namespace, of.name);
  if (found === undefined || found.metadata.uid !== of.uid) return false;
  const { deletionTimestamp } = found.metadata;
  return deletionTimestamp === undefined || view.now < parseTime(deletionTimestamp) + LINGER_MS;
}

/**
 * Whose token it is; or why it is nobody's, in the words of the API server's log, which no client hears.
 * @param audiences one of which it must be for
 */
export function userOfToken(
  view: TokenView,
  token: string,
  audiences: readonly string[] = [ISSUER],
): UserInfo | string {
  const claims = claimsOf(token);
  if (claims === undefined) return 'invalid bearer token';
  const { 'kubernetes.io': about, aud, exp } = claims;
  const { namespace, serviceaccount, pod, node, secret } = about;
  if (exp !== undefined && secondsAt(view.now) >= exp) return 'service account token has expired';
  if (aud !== undefined && !aud.some((a) => audiences.includes(a)))
    return `token audiences ${quoted(aud)} is invalid for the target audiences ${quoted(audiences)}`;
  if (!isThere(view, 'ServiceAccount', namespace, serviceaccount))
    return 'service account token has been invalidated';
  if (secret !== undefined && !isThere(view, 'Secret', namespace, secret))
    return 'service account token has been invalidated';
  if (pod !== undefined && !isThere(view, 'Pod', namespace, pod))
    return 'service account token has been invalidated';
  if (node !== undefined && pod === undefined && !isThere(view, 'Node', namespace, node))
    return 'service account token has been invalidated';
  const username = accountUser(namespace, serviceaccount.name);
  const extra: Record<string, readonly string[]> = {};
  const key = (name: string): string => `authentication.kubernetes.io/${name}`;
  if (node !== undefined) {
    extra[key('node-name')] = [node.name];
    extra[key('node-uid')] = [node.uid];
  }
  if (pod !== undefined) {
    extra[key('pod-name')] = [pod.name];
    extra[key('pod-uid')] = [pod.uid];
  }
  return {
    username,
    uid: serviceaccount.uid,
    groups: groupsOf({ user: username }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}
