/**
 * Which rule of which route a request meets. Models the precedence that the Gateway API asks for
 * (apis/v1/httproute_types.go: HTTPRouteSpec.Hostnames, HTTPRouteRule.Matches). Regular expressions of paths,
 * whose place is the implementation's to say, come after prefixes.
 */
import type { HTTPRoute, NameMatch, RouteMatch, RouteRule } from './types.ts';

/** What of a request routes are chosen by. */
export interface Asked {
  /** In small letters, without a port. */
  readonly host: string;
  readonly path: string;
  readonly method: string;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a name is meant by a host name, of which a star stands for one label or more. */
export const isHost = (hostname: string, name: string): boolean =>
  hostname.startsWith('*.')
    ? name.endsWith(hostname.slice(1)) && name.length > hostname.length - 1
    : hostname === name;

/** The narrower of two host names, where both may mean one name; undefined: none is meant by both. */
function narrower(a: string, b: string): string | undefined {
  if (a === b) return a;
  const [wide, narrow] = a.startsWith('*.') && !(b.startsWith('*.') && b.length < a.length) ? [a, b] : [b, a];
  if (!wide.startsWith('*.')) return undefined;
  return narrow.endsWith(wide.slice(1)) && narrow.length > wide.length - 1 ? narrow : undefined;
}

/**
 * The host names by which a route is met at a listener; '': every name.
 * @param listener its host name; undefined: every name
 */
export function meetingNames(listener: string | undefined, route: readonly string[] = []): string[] {
  const own = listener ? listener.toLowerCase() : undefined;
  if (route.length === 0) return [own ?? ''];
  const names = route.map((name) => name.toLowerCase());
  return own === undefined ? names : names.flatMap((name) => narrower(own, name) ?? []);
}

/** How narrow a host name is that means a name: exact ones first, then the longest. */
const narrownessOf = (hostname: string): number =>
  hostname === '' ? 0 : hostname.length + (hostname.startsWith('*.') ? 0 : 1_000);

/** The narrowest of these host names that means a name. */
export function narrowest<T>(
  among: readonly T[],
  hostnameOf: (one: T) => string,
  host: string,
): readonly T[] {
  const meant = among.filter((one) => hostnameOf(one) === '' || isHost(hostnameOf(one), host));
  const most = Math.max(...meant.map((one) => narrownessOf(hostnameOf(one))));
  return meant.filter((one) => narrownessOf(hostnameOf(one)) === most);
}

const pathOf = ({ path }: RouteMatch): { type: string; value: string } => ({
  type: path?.type ?? 'PathPrefix',
  value: path?.value ?? '/',
});

/** A prefix is met element by element; a slash at its end says nothing. */
export const hasPrefix = (path: string, prefix: string): boolean => {
  const bare = prefix.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
};

const fitsText = ({ type = 'Exact', value }: NameMatch, said: string | undefined): boolean =>
  said !== undefined &&
  (type === 'RegularExpression' ? new RegExp(`^(?:${value})$`).test(said) : said === value);

const isRead = (expression: string): boolean => {
  try {
    return new RegExp(expression) instanceof RegExp;
  } catch {
    return false;
  }
};

/** The regular expression of a match that cannot be read; undefined: all can. */
export const unreadIn = ({ path, headers = [], queryParams = [] }: RouteMatch): string | undefined =>
  [path, ...headers, ...queryParams].find(
    (one) => one?.type === 'RegularExpression' && !isRead(one.value ?? ''),
  )?.value;

/** Whether a match is for a request. */
function fits(match: RouteMatch, { path: full, method, headers }: Asked): boolean {
  const [path = '', query = ''] = full.replace(/#.*$/, '').split('?', 2);
  const { type, value } = pathOf(match);
  const isPath =
    type === 'Exact'
      ? path === value
      : type === 'RegularExpression'
        ? new RegExp(`^(?:${value})`).test(path)
        : hasPrefix(path, value);
  if (!isPath || (match.method !== undefined && match.method !== method)) return false;
  const params = new Map(query.split('&').map((part) => part.split('=', 2) as [string, string]));
  return (
    (match.headers ?? []).every((one) => fitsText(one, headers[one.name.toLowerCase()])) &&
    (match.queryParams ?? []).every((one) => fitsText(one, params.get(one.name)))
  );
}

/** The higher, the sooner: number by number. */
function rankOf(match: RouteMatch): number[] {
  const { type, value } = pathOf(match);
  return [
    type === 'Exact' ? 2 : type === 'PathPrefix' ? 1 : 0,
    value.length,
    match.method === undefined ? 0 : 1,
    (match.headers ?? []).length,
    (match.queryParams ?? []).length,
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? 0 : b[at]! - a[at]!;
}

/** The older first, then by name. */
function byAge({ metadata: a }: HTTPRoute, { metadata: b }: HTTPRoute): number {
  const [x, y] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
  if (x !== y) return x < y ? -1 : 1;
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1;
}

/** A route as it is met at a listener. */
export interface Met {
  readonly route: HTTPRoute;
  readonly hostname: string;
}

export interface Chosen {
  readonly route: HTTPRoute;
  readonly rule: RouteRule;
  readonly match: RouteMatch;
}

const EVERYTHING: readonly RouteMatch[] = [{}];

/** The rule that a request meets; undefined: none is for it. */
export function chosenOf(met: readonly Met[], asked: Asked): Chosen | undefined {
  const found = met
    .filter(({ hostname }) => hostname === '' || isHost(hostname, asked.host))
    .flatMap(({ route, hostname }) =>
      (route.spec.rules ?? []).flatMap((rule) =>
        (rule.matches?.length ? rule.matches : EVERYTHING)
          .filter((match) => fits(match, asked))
          .map((match) => ({ route, rule, match, ranks: [narrownessOf(hostname), ...rankOf(match)] })),
      ),
    );
  return found.sort((a, b) => compareRanks(a.ranks, b.ranks) || byRoute(a.route, b.route))[0];
}

/** Of one route the rule that stands first (sorting keeps their order). */
const byRoute = (a: HTTPRoute, b: HTTPRoute): number => (a === b ? 0 : byAge(a, b));
