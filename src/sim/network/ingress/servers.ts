/**
 * The servers and locations that nginx has of Ingresses, and which of them a request comes to. Models
 * getBackendServers, createServers and mergeAlternativeBackends of internal/ingress/controller/controller.go,
 * updateServerLocations of location.go and buildLocation of template/template.go
 * (github.com/kubernetes/ingress-nginx).
 */
import type { Ingress } from '../../api/types.ts';
import { type Canary, settingsOf, type Settings } from './annotations.ts';

/** A Service's port, in the namespace of its Ingress. */
export interface Upstream {
  readonly namespace: string;
  readonly service: string;
  /** Number or name. */
  readonly port: number | string;
}

/** What takes requests from an upstream, and which. */
export interface Alternative {
  readonly upstream: Upstream;
  readonly canary: Canary;
}

export interface Location {
  readonly path: string;
  readonly type: string;
  readonly settings: Settings;
  /** Undefined: the controller's default backend. */
  readonly upstream: Upstream | undefined;
  /** It answers what no rule is for, and gives way to a rule for all paths. */
  readonly isDefault: boolean;
}

export interface Server {
  readonly host: string;
  readonly locations: Location[];
  /** What an Ingress says of its certificate; undefined: nothing. */
  tls: { /** `namespace/name`; undefined: the controller's own. */ readonly secret?: string } | undefined;
}

/** All that nginx is told, but for addresses. */
export interface Servers {
  readonly byHost: ReadonlyMap<string, Server>;
  /** By `nameOf` the upstream that they take from. */
  readonly alternatives: ReadonlyMap<string, Alternative>;
}

/** Whoever asks for no name that is known comes to this server. */
const CATCH_ALL = '_';

type Rule = NonNullable<Ingress['spec']['rules']>[number];
type Path = NonNullable<Rule['http']>['paths'][number];
type Backend = Path['backend'];

const keyOf = ({ metadata }: Ingress): string => `${metadata.namespace}/${metadata.name}`;
export const nameOf = ({ namespace, service, port }: Upstream): string => `${namespace}-${service}-${port}`;

function upstreamOf(ingress: Ingress, backend: Backend | undefined): Upstream | undefined {
  if (!backend?.service) return undefined;
  const { name, port = {} } = backend.service;
  return { namespace: ingress.metadata.namespace!, service: name, port: port.name || (port.number ?? 0) };
}

const PLAIN = settingsOf({ metadata: {}, spec: {} } as Ingress);

/** What is the implementation's to say is a prefix here. */
const typeOf = (type: string): string => (type === 'Exact' ? type : 'Prefix');

/** The oldest first: where two ask for the same, the first has it. */
const inOrder = (ingresses: readonly Ingress[]): Ingress[] =>
  [...ingresses].sort((a, b) => {
    const [x, y] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
    if (x !== y) return x < y ? -1 : 1;
    return keyOf(a) > keyOf(b) ? -1 : 1;
  });

const rootOf = (settings: Settings, upstream: Upstream | undefined, isDefault: boolean): Location => ({
  path: '/',
  type: 'Prefix',
  settings,
  upstream,
  isDefault,
});

const covers = (hosts: readonly string[] | undefined, host: string): boolean =>
  (hosts ?? []).some((one) => one === host || (one.startsWith('*.') && fitsWildcard(one, host)));

/** One label stands for the star. */
export const fitsWildcard = (wildcard: string, host: string): boolean =>
  host.endsWith(wildcard.slice(1)) && /^[\w-]+$/.test(host.slice(0, 1 - wildcard.length));

/** A server for each host that a rule names, with what answers where no path fits. */
function emptyServers(ingresses: readonly Ingress[]): Map<string, Server> {
  const serverWith = (host: string, root: Location): Server => ({ host, locations: [root], tls: undefined });
  const servers = new Map([[CATCH_ALL, serverWith(CATCH_ALL, rootOf(PLAIN, undefined, true))]]);
  const primaries = ingresses.filter((one) => settingsOf(one).canary === undefined);
  for (const ingress of primaries) {
    const { rules = [], defaultBackend } = ingress.spec;
    const upstream = upstreamOf(ingress, defaultBackend);
    const { locations } = servers.get(CATCH_ALL)!;
    const settings = settingsOf(ingress);
    if (upstream !== undefined && rules.length === 0 && locations[0]!.isDefault)
      locations[0] = rootOf({ ...settings, rewriteTarget: '', appRoot: '' }, upstream, false);
    for (const { host } of rules) {
      const name = host || CATCH_ALL;
      if (!servers.has(name)) servers.set(name, serverWith(name, rootOf(settings, upstream, true)));
    }
  }
  for (const ingress of primaries)
    for (const { host } of ingress.spec.rules ?? []) {
      const { tls = [] } = ingress.spec;
      // Who names no host has the controller's certificate whatever is said.
      if (!host || tls.length === 0) continue;
      const secretName = tls.find(({ hosts }) => covers(hosts, host))?.secretName;
      const secret = secretName ? { secret: `${ingress.metadata.namespace}/${secretName}` } : {};
      servers.get(host)!.tls ??= secret;
    }
  return servers;
}

/** Gives servers what the rules ask for; what stands there already stays. */
function addPaths(ingress: Ingress, servers: ReadonlyMap<string, Server>): void {
  const settings = settingsOf(ingress);
  for (const { host, http } of ingress.spec.rules ?? []) {
    const { locations } = servers.get(host || CATCH_ALL)!;
    for (const { path: given, pathType: type, backend } of http?.paths ?? []) {
      const upstream = upstreamOf(ingress, backend);
      if (upstream === undefined) continue;
      const path = given || '/';
      const location: Location = { path, type: typeOf(type), settings, upstream, isDefault: false };
      const same = locations.findIndex((one) => one.path === path);
      if (same < 0 || locations[same]!.type !== location.type) locations.push(location);
      else if (locations[same]!.isDefault) locations[same] = location;
    }
  }
}

/** Where nginx is given no regular expression, a prefix ends at a slash, and is itself met exactly. */
function completed(locations: readonly Location[]): Location[] {
  const exact = new Set(locations.filter(({ type }) => type === 'Exact').map(({ path }) => path));
  return locations.flatMap((location) => {
    const { path, type } = location;
    if (path === '/' || type !== 'Prefix' || usesRegex(location)) return [location];
    const below = { ...location, path: path.endsWith('/') ? path : `${path}/` };
    return exact.has(path) ? [below] : [below, { ...location, type: 'Exact' }];
  });
}

const usesRegex = ({ settings, path }: Location): boolean =>
  settings.useRegex || (settings.rewriteTarget !== '' && settings.rewriteTarget !== path);

/** The longest path first. */
const byLength = (a: Location, b: Location): number =>
  b.path.length - a.path.length || (a.path < b.path ? 1 : a.path > b.path ? -1 : 0);

/** Which canary stands beside which upstream. */
function alternativesOf(
  canaries: readonly Ingress[],
  servers: ReadonlyMap<string, Server>,
): Map<string, Alternative> {
  const alternatives = new Map<string, Alternative>();
  for (const ingress of canaries) {
    const { canary } = settingsOf(ingress);
    const { rules = [], defaultBackend } = ingress.spec;
    const join = (upstream: Upstream | undefined, host: string, fits: (one: Location) => boolean): void => {
      if (upstream === undefined) return;
      for (const location of servers.get(host)?.locations ?? []) {
        if (location.upstream === undefined || !fits(location)) continue;
        const primary = nameOf(location.upstream);
        if (primary === nameOf(upstream) || alternatives.has(primary)) continue;
        alternatives.set(primary, { upstream, canary: canary! });
      }
    };
    join(upstreamOf(ingress, defaultBackend), CATCH_ALL, () => true);
    for (const { host, http } of rules)
      for (const { path, pathType, backend } of http?.paths ?? [])
        join(
          upstreamOf(ingress, backend),
          host || CATCH_ALL,
          (one) => one.path === (path || '/') && one.type === typeOf(pathType),
        );
  }
  return alternatives;
}

/** What nginx is told of these Ingresses. */
export function serversOf(given: readonly Ingress[]): Servers {
  const ingresses = inOrder(given);
  const isCanary = (one: Ingress): boolean => settingsOf(one).canary !== undefined;
  const servers = emptyServers(ingresses);
  for (const ingress of ingresses) if (!isCanary(ingress)) addPaths(ingress, servers);
  const alternatives = alternativesOf(ingresses.filter(isCanary), servers);
  const byHost = new Map<string, Server>();
  for (const [host, server] of servers)
    byHost.set(host, { ...server, locations: completed(server.locations).sort(byLength) });
  for (const ingress of ingresses) {
    const [first] = ingress.spec.rules ?? [];
    const server = byHost.get(first?.host || CATCH_ALL)!;
    if (isCanary(ingress)) continue;
    for (const alias of settingsOf(ingress).aliases) if (!byHost.has(alias)) byHost.set(alias, server);
  }
  return { byHost, alternatives };
}

/** The server of a name: exactly, by a wildcard, or the one that catches all. */
export function serverOf({ byHost }: Servers, host: string): Server {
  const exact = byHost.get(host);
  if (exact !== undefined) return exact;
  for (const [name, server] of byHost) if (name.startsWith('*.') && fitsWildcard(name, host)) return server;
  return byHost.get(CATCH_ALL)!;
}

/** Regular expressions as nginx reads them, as far as JavaScript reads them so; undefined: none. */
export function regexOf(source: string, flags = 'i'): RegExp | undefined {
  try {
    return new RegExp(source.replace(/\(\?i\)/g, '').replace(/\(\?<(\w+)>/g, '(?<$1>'), flags);
  } catch {
    return undefined;
  }
}

/** The location of a path, without its query; nginx' order: exact ones, then the longest, or expressions. */
export function locationOf({ locations }: Server, path: string): Location | undefined {
  if (locations.some(usesRegex)) return locations.find((one) => regexOf(`^${one.path}`)?.test(path) === true);
  return (
    locations.find((one) => one.type === 'Exact' && one.path === path) ??
    locations.find((one) => one.type !== 'Exact' && path.startsWith(one.path))
  );
}
