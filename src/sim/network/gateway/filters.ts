/** What the filters of a rule make of a request: apis/v1/httproute_types.go, HTTPRouteFilter. */
import { hasPrefix } from './match.ts';
import type { Filter, HeaderModifier, PathModifier, Redirect, RouteMatch, RouteRule } from './types.ts';

/** Those that are played; a response's headers are nobody's to see here. */
export const PLAYED_FILTERS = [
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
  'URLRewrite',
];

type Headers = Readonly<Record<string, string>>;

function modified(headers: Headers, { set = [], add = [], remove = [] }: HeaderModifier): Headers {
  const out: Record<string, string> = { ...headers };
  for (const { name, value } of set) out[name.toLowerCase()] = value;
  for (const { name, value } of add) {
    const key = name.toLowerCase();
    out[key] = out[key] === undefined ? value : `${out[key]},${value}`;
  }
  for (const name of remove) delete out[name.toLowerCase()];
  return out;
}

/** A path with its query, as a modifier has it. */
function replaced(full: string, modifier: PathModifier | undefined, match: RouteMatch): string {
  const cut = full.search(/[?#]/);
  const [path, query] = cut < 0 ? [full, ''] : [full.slice(0, cut), full.slice(cut)];
  if (modifier === undefined) return full;
  if (modifier.type === 'ReplaceFullPath') return (modifier.replaceFullPath || '/') + query;
  const prefix = (match.path?.value ?? '/').replace(/\/$/, '');
  if (!hasPrefix(path, prefix)) return full;
  const joined = `${(modifier.replacePrefixMatch ?? '').replace(/\/$/, '')}${path.slice(prefix.length)}`;
  return (joined || '/') + query;
}

/** Where a request came in. */
interface Entry {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

const WELL_KNOWN: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Where a redirection leads. */
export function locationOf(
  { scheme: toScheme, hostname, port: toPort, path }: Redirect,
  { scheme, host, port }: Entry,
  full: string,
  match: RouteMatch,
): string {
  const to = toScheme ?? scheme;
  const at = toPort ?? (toScheme === undefined ? port : (WELL_KNOWN[to] ?? port));
  const authority = at === WELL_KNOWN[to] ? (hostname ?? host) : `${hostname ?? host}:${at}`;
  return `${to}://${authority}${replaced(full, path, match)}`;
}

/** A request as the backend is to see it. */
export interface Passed {
  readonly path: string;
  readonly headers: Headers;
}

/** @param given the filters of a rule, in their order */
export function filtered(given: readonly Filter[], request: Passed, match: RouteMatch): Passed {
  let { path, headers } = request;
  for (const { requestHeaderModifier, urlRewrite } of given) {
    if (requestHeaderModifier !== undefined) headers = modified(headers, requestHeaderModifier);
    if (urlRewrite?.hostname !== undefined) headers = { ...headers, host: urlRewrite.hostname };
    path = replaced(path, urlRewrite?.path, match);
  }
  return { path, headers };
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** A duration of the Gateway API (GEP-2257): `1m30s`. */
const msOf = (text: string): number =>
  [...text.matchAll(/(\d+)(ms|[hms])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit!]!, 0);

/** How long a rule lets a request take; undefined: it does not say, or says 0. */
export function timeoutOf({ timeouts }: RouteRule): number | undefined {
  const said = [timeouts?.request, timeouts?.backendRequest]
    .map((text) => msOf(text ?? ''))
    .filter((ms) => ms > 0);
  return said.length === 0 ? undefined : Math.min(...said);
}
