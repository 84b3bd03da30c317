/**
 * `agnhost test-service-account-issuer-discovery`: checks a token by what its issuer tells. Models
 * test/images/agnhost/openidmetadata and github.com/coreos/go-oidc's provider and verifier.
 */
import { isSigned, type PublicKey } from '../../../api/authentication/signature.ts';
import { fromBase64 } from '../../../api/base64.ts';
import { EPOCH } from '../../../api/time.ts';
import type { Call, Outcome, Program } from '../call.ts';
import type { FetchResult } from '../env.ts';

const ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const TIMEOUT_MS = 30_000;
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};

interface Claims {
  readonly iss?: string;
  readonly aud?: readonly string[];
  readonly exp?: number;
}

/** What has come back, and what is asked next. */
interface Progress {
  readonly keysUrl?: string;
  readonly result?: FetchResult;
}

const flagIn = (argv: readonly string[], name: string): string => {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return '';
  const cut = argv[at]!.indexOf('=');
  return cut < 0 ? (argv[at + 1] ?? '') : argv[at]!.slice(cut + 1);
};

/** As Go's log package begins a line. */
function log({ env, err }: Call, text: string): void {
  const time = new Date(EPOCH + env.now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  err(`${time} ${text}\n`);
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

const decoded = <T>(part: string): T | undefined => {
  try {
    return parsed<T>(fromBase64(part.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
};

/** Asks; the body, or what the program does while it waits, or why it ends. */
function asked(call: Call, url: string, progress: Progress): { body: string } | { why: string } | Outcome {
  const { argv, env } = call;
  const isWithin = argv.some((word) => /^--in-cluster-discovery(?:=true)?$/.test(word));
  const token = isWithin ? env.files.read(ACCOUNT_TOKEN) : undefined;
  if (isWithin && token === undefined) return { why: `open ${ACCOUNT_TOKEN}: no such file or directory` };
  const result =
    progress.result ??
    env.network.fetch({
      url,
      timeoutMs: TIMEOUT_MS,
      agent: 'Go-http-client/1.1',
      trusts: isWithin,
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token.trim()}` } }),
    });
  if (progress.result === undefined && result.afterMs > 0)
    return { waitMs: result.afterMs, state: { ...progress, result } satisfies Progress };
  const failed = (why: string) => ({ why: `Get ${JSON.stringify(url)}: ${why}` });
  const host = new URL(url).hostname;
  switch (result.kind) {
    case 'answered': {
      const { status, body } = result;
      return status === 200 ? { body } : { why: `${status} ${STATUS_TEXTS[status] ?? ''}: ${body}` };
    }
    case 'notResolved':
      return failed(`dial tcp: lookup ${host}: no such host`);
    case 'refused':
      return failed(`dial tcp ${host}: connect: connection refused`);
    case 'untrusted':
      return failed('x509: certificate signed by unknown authority');
    default:
      return failed('context deadline exceeded');
  }
}

/** Why a token is not good; undefined: it is. */
function wrongWith(raw: string, claims: Claims, keys: string, call: Call): string | undefined {
  const { env, argv } = call;
  const audience = flagIn(argv, '--audience');
  const { aud = [], exp = 0 } = claims;
  if (!aud.includes(audience))
    return (
      `oidc: expected audience ${JSON.stringify(audience)} got ` +
      `[${aud.map((a) => JSON.stringify(a)).join(' ')}]`
    );
  if (exp * 1000 <= EPOCH + env.now)
    return `oidc: token is expired (Token Expiry: ${new Date(exp * 1000).toISOString()})`;
  const [header = '', payload = '', signature = ''] = raw.split('.');
  const { kid } = decoded<{ kid?: string }>(header) ?? {};
  const { keys: known = [] } = parsed<{ keys?: (PublicKey & { kid: string })[] }>(keys) ?? {};
  const isGood = known.some((key) => key.kid === kid && isSigned(`${header}.${payload}`, signature, key));
  return isGood ? undefined : 'failed to verify signature: failed to verify id token signature';
}

export const issuerDiscovery: Program = (call) => {
  const fatal = (why: string): Outcome => {
    log(call, why);
    return 1;
  };
  const path = flagIn(call.argv, '--token-path');
  const raw = call.env.files.read(path)?.trim();
  if (raw === undefined) return fatal(`open ${path}: no such file or directory`);
  const claims = decoded<Claims>(raw.split('.')[1] ?? '');
  if (claims === undefined) return fatal('square/go-jose: compact JWS format must have three parts');
  const { iss = '' } = claims;
  const progress = (call.state ?? {}) as Progress;
  if (call.state === undefined) {
    log(call, 'OK: Got token');
    log(call, `OK: got issuer ${iss}`);
    log(call, `Full, not-validated claims: \n${JSON.stringify(claims)}`);
  }
  let { keysUrl } = progress;
  let { result } = progress;
  if (keysUrl === undefined) {
    const url = `${iss.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = asked(call, url, progress);
    if (typeof answer === 'number' || !('body' in answer || 'why' in answer)) return answer;
    if ('why' in answer) return fatal(answer.why);
    const found = parsed<{ issuer?: string; jwks_uri?: string }>(answer.body) ?? {};
    if (found.issuer !== iss)
      return fatal(
        `oidc: issuer did not match the issuer returned by provider, expected ${JSON.stringify(iss)} got ` +
          JSON.stringify(found.issuer ?? ''),
      );
    log(call, `OK: Constructed OIDC provider for issuer ${iss}`);
    keysUrl = found.jwks_uri ?? '';
    result = undefined;
  }
  const answer = asked(call, keysUrl, { keysUrl, ...(result === undefined ? {} : { result }) });
  if (typeof answer === 'number' || !('body' in answer || 'why' in answer)) return answer;
  if ('why' in answer) return fatal(`failed to verify signature: fetching keys ${answer.why}`);
  const wrong = wrongWith(raw, claims, answer.body, call);
  if (wrong !== undefined) return fatal(wrong);
  log(call, 'OK: Validated signature on JWT');
  log(call, 'OK: Got valid claims from token!');
  log(call, `Full, validated claims: \n${JSON.stringify(claims)}`);
  return 0;
};
