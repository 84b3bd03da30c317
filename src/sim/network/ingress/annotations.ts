/**
 * What annotations of an Ingress ask of ingress-nginx. Models internal/ingress/annotations of
 * github.com/kubernetes/ingress-nginx, with the defaults of internal/ingress/controller/config/config.go. A
 * value of the wrong form counts as none. Left out: all that changes headers, bodies, logs and limits only.
 */
import { blockOf } from '../../api/validation/cidr.ts';
import type { Ingress } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Whom a canary takes from the Ingress that it stands beside. */
export interface Canary {
  readonly weight: number;
  readonly weightTotal: number;
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
}

export interface Settings {
  /** '': the path is passed on as it is. */
  readonly rewriteTarget: string;
  readonly useRegex: boolean;
  readonly appRoot: string;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  /** Where every request is sent instead. */
  readonly redirect?: { readonly url: string; readonly status: number };
  readonly fromToWww: boolean;
  /** Blocks of addresses; undefined: everybody's. */
  readonly allowed?: readonly string[];
  readonly denied: readonly string[];
  /** A list of addresses cannot be read: nobody is let in. */
  readonly isClosed: boolean;
  readonly asksPassword: boolean;
  readonly connectTimeoutMs: Millis;
  readonly readTimeoutMs: Millis;
  /** What has the next endpoint tried: `error`, `timeout`, `http_502` …; of none, `off`. */
  readonly nextUpstream: readonly string[];
  /** 0: as many as there are. */
  readonly nextUpstreamTries: number;
  /** Requests go to the Service's address, not to its endpoints. */
  readonly serviceUpstream: boolean;
  readonly keepsCookie: boolean;
  /** Statuses that the default backend answers in place of the Service. */
  readonly customErrors: readonly number[];
  /** The Service that answers where the one of the rule has no endpoint. */
  readonly defaultBackend: string;
  readonly aliases: readonly string[];
  readonly canary?: Canary;
}

type Annotations = Readonly<Record<string, string>>;

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** As strconv.ParseBool reads it. */
function booleanOf(text: string | undefined, otherwise: boolean): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text ?? '')) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text ?? '') ? false : otherwise;
}

const numberOf = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : otherwise;

function redirectOf(of: (name: string) => string | undefined): Settings['redirect'] {
  const [url, given, least] = of('temporal-redirect')
    ? [of('temporal-redirect')!, numberOf(of('temporal-redirect-code'), 302), 302]
    : [of('permanent-redirect') ?? '', numberOf(of('permanent-redirect-code'), 301), 301];
  return url === '' ? undefined : { url, status: given >= 300 && given <= 308 ? given : least };
}

function canaryOf(of: (name: string) => string | undefined): Canary | undefined {
  if (!booleanOf(of('canary'), false)) return undefined;
  return {
    weight: numberOf(of('canary-weight'), 0),
    weightTotal: Math.max(numberOf(of('canary-weight-total'), 100), 100),
    header: of('canary-by-header') ?? '',
    headerValue: of('canary-by-header-value') ?? '',
    headerPattern: of('canary-by-header-pattern') ?? '',
    cookie: of('canary-by-cookie') ?? '',
  };
}

function parsed(annotations: Annotations): Settings {
  const of = (name: string): string | undefined => annotations[PREFIX + name];
  const allowed = listOf(of('allowlist-source-range') ?? of('whitelist-source-range'));
  const denied = listOf(of('denylist-source-range'));
  const redirect = redirectOf(of);
  const canary = canaryOf(of);
  return {
    rewriteTarget: of('rewrite-target') ?? '',
    useRegex: booleanOf(of('use-regex'), false),
    appRoot: /^\//.test(of('app-root') ?? '') ? of('app-root')! : '',
    sslRedirect: booleanOf(of('ssl-redirect'), true),
    forceSslRedirect: booleanOf(of('force-ssl-redirect'), false),
    fromToWww: booleanOf(of('from-to-www-redirect'), false),
    ...(redirect === undefined ? {} : { redirect }),
    ...(allowed.length === 0 ? {} : { allowed }),
    denied,
    isClosed: [...allowed, ...denied].some((range) => blockOf(withBits(range)) === undefined),
    asksPassword: /^(?:basic|digest)$/.test(of('auth-type') ?? ''),
    connectTimeoutMs: numberOf(of('proxy-connect-timeout'), 5) * 1000,
    readTimeoutMs: numberOf(of('proxy-read-timeout'), 60) * 1000,
    nextUpstream: (of('proxy-next-upstream') ?? 'error timeout').split(/\s+/),
    nextUpstreamTries: numberOf(of('proxy-next-upstream-tries'), 3),
    serviceUpstream: booleanOf(of('service-upstream'), false),
    keepsCookie: of('affinity') === 'cookie',
    customErrors: listOf(of('custom-http-errors')).map(Number),
    defaultBackend: of('default-backend') ?? '',
    aliases: listOf(of('server-alias')),
    ...(canary === undefined ? {} : { canary }),
  };
}

/** A range as a block: an address is the block of itself. */
export const withBits = (range: string): string => (range.includes('/') ? range : `${range}/32`);

const known = new WeakMap<Ingress, Settings>();

/** What an Ingress asks for. */
export function settingsOf(ingress: Ingress): Settings {
  let settings = known.get(ingress);
  if (settings === undefined) known.set(ingress, (settings = parsed(ingress.metadata.annotations ?? {})));
  return settings;
}
