/**
 * A request at a Pod of an ingress controller: which rule it meets, to which endpoint it is passed on, and
 * what nginx answers where that fails. Models rootfs/etc/nginx/template/nginx.tmpl and
 * rootfs/etc/nginx/lua/{balancer,lua_ingress}.lua of github.com/kubernetes/ingress-nginx, and nginx'
 * proxy_next_upstream. Endpoints are drawn, not taken in turn; what a client sends back of a cookie is
 * remembered for it. Left out: snippets, external authentication, limits of rates.
 */
import { blockOf, isWithin } from '../../api/validation/cidr.ts';
import { addedMs } from '../../node/answer.ts';
import type { Service } from '../../api/types.ts';
import type { IngressController, Machine, RuntimeContainer } from '../../node/world.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Obstacle } from '../../messages.ts';
import { resolve } from '../dns/names.ts';
import { type End } from '../impair.ts';
import type { Endpoint } from '../proxy.ts';
import { viewAt } from '../routes.ts';
import type { Trip } from '../trip.ts';
import type { RequestOutcome } from '../types.ts';
import { type Canary, type Settings, withBits } from './annotations.ts';
import { backendsAt, type BackendView, configuredServers, hasCertificate, knownTo } from './facts.ts';
import {
  type Location,
  locationOf,
  nameOf,
  regexOf,
  type Server,
  serverOf,
  type Servers,
  type Upstream,
} from './servers.ts';

/** Where a request stands: at a container of a controller. */
export interface ProxyDoor {
  readonly machine: Machine;
  readonly podUid: string;
  readonly port: number;
  readonly container: RuntimeContainer;
  readonly controller: IngressController;
  /** Address of the client as it is seen there. */
  readonly from: string;
  readonly spentMs: Millis;
}

/** How a request goes on from there to an address. */
export type Send = (trip: Trip, from: End, to: Target) => RequestOutcome;

interface Target {
  readonly ip: string;
  readonly port: number;
  readonly endpoint?: Endpoint;
}

const PAGES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  308: 'Permanent Redirect',
  401: 'Authorization Required',
  403: 'Forbidden',
  404: 'Not Found',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** As nginx words its own answers. */
export function pageOf(status: number): string {
  const title = `${status} ${PAGES[status] ?? ''}`.trimEnd();
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'
  );
}

/** Where nothing was accepted, as against what is waited for. */
const UNREACHED: ReadonlySet<Obstacle | undefined> = new Set([
  'nodeOff',
  'noPath',
  'podGone',
  'staleRoute',
  'egressDenied',
  'ingressDenied',
]);

/**
 * Whom an Ingress lets in: what others are answered; undefined: him too.
 * @param from the client's address
 */
export function refusalOf(
  { isClosed, allowed, denied, asksPassword }: Settings,
  from: string,
  hasPassword: boolean,
): number | undefined {
  if (isClosed) return 503;
  const client = blockOf(withBits(from));
  const isIn = (range: string): boolean => {
    const block = blockOf(withBits(range));
    return client !== undefined && block !== undefined && isWithin(client, block);
  };
  if (denied.some(isIn) || (allowed !== undefined && !allowed.some(isIn))) return 403;
  return asksPassword && !hasPassword ? 401 : undefined;
}

interface Alternated {
  readonly upstream: Upstream;
  readonly targets: Target[];
}

/** One request at nginx. */
class Passage {
  private readonly trip: Trip;
  private readonly door: ProxyDoor;
  private readonly send: Send;
  private readonly servers: Servers;
  private readonly view: BackendView;
  private readonly knows: Millis;
  private readonly path: string;

  constructor(trip: Trip, door: ProxyDoor, send: Send) {
    const { world } = trip.env;
    this.trip = trip;
    this.door = door;
    this.send = send;
    this.knows = knownTo(world, door.container);
    this.servers = configuredServers(world, door.controller, this.knows);
    this.view = backendsAt(world, this.knows);
    this.path = trip.target.path.replace(/[?#].*$/, '');
  }

  outcome(): RequestOutcome {
    const { trip, door } = this;
    const { container } = door;
    trip.way.reach('pod', `${container.podNamespace}/${container.podName}`);
    const server = serverOf(this.servers, this.hostName());
    const outcome = this.outcomeAt(server);
    const isSelfSigned = !this.isPlain && !this.hasOwnCertificate(server);
    return isSelfSigned && outcome.kind === 'answered' ? { ...outcome, isSelfSigned: true } : outcome;
  }

  private outcomeAt(server: Server): RequestOutcome {
    const location = locationOf(server, this.path);
    if (location === undefined) return this.answered(404, 'noRule');
    const { settings } = location;
    const redirected = this.redirected(settings, server);
    if (redirected !== undefined) return this.answered(redirected.status, undefined, redirected.url);
    const refusal = this.deniedTo(settings);
    if (refusal !== undefined) return this.answered(refusal, 'errorStatus');
    const upstream = location.upstream ?? this.ownDefault();
    const outcome = upstream === undefined ? this.answered(404, 'noRule') : this.passed(location, upstream);
    return outcome.kind === 'answered' && settings.customErrors.includes(outcome.status)
      ? this.errorPage(location, outcome)
      : outcome;
  }

  private hasOwnCertificate({ tls }: Server): boolean {
    return tls?.secret !== undefined && hasCertificate(this.trip.env.world, tls.secret, this.knows);
  }

  /** What the default backend says of an error: custom_upstream locations of nginx.tmpl. */
  private errorPage(
    { settings, upstream }: Location,
    error: RequestOutcome & { readonly kind: 'answered' },
  ): RequestOutcome {
    const backend = this.ownErrors(settings, upstream) ?? this.ownDefault();
    const targets = backend === undefined ? [] : this.targetsOf(backend, settings);
    if (targets.length === 0) return { ...error, status: 404, body: pageOf(404) };
    const { target } = this.trip;
    const headers = { ...target.headers, host: this.hostName(), 'x-code': String(error.status) };
    const asked = { ...target, path: '/', headers };
    const to = targets[Math.floor(this.trip.env.random() * targets.length)]!;
    const outcome = this.sentTo(to, asked, settings);
    return { ...outcome, afterMs: outcome.afterMs + error.afterMs };
  }

  /** The Service that an Ingress names for errors, in the namespace of its backend. */
  private ownErrors({ defaultBackend }: Settings, upstream: Upstream | undefined): Upstream | undefined {
    if (defaultBackend === '' || upstream === undefined) return undefined;
    const { namespace } = upstream;
    const [port] = this.view.service(namespace, defaultBackend)?.spec.ports ?? [];
    return port === undefined ? undefined : { namespace, service: defaultBackend, port: port.port };
  }

  private hostName(): string {
    const { headers, host } = this.trip.target;
    return (headers?.['host'] ?? host).replace(/:\d+$/, '').toLowerCase();
  }

  private get isPlain(): boolean {
    return this.door.port !== this.door.controller.httpsPort;
  }

  /** Where a request is sent instead: redirect_to_https of lua_ingress.lua, and `return` of its location. */
  private redirected(settings: Settings, { tls }: Server): Settings['redirect'] {
    const { forceSslRedirect, sslRedirect, appRoot, redirect } = settings;
    const { path } = this.trip.target;
    const host = this.hostName();
    // Without its Secret a host has the controller's own certificate.
    if (this.isPlain && (forceSslRedirect || (sslRedirect && tls !== undefined)))
      return { url: `https://${host}${path.replace(/\/$/, '')}`, status: 308 };
    if (redirect !== undefined) return redirect;
    const scheme = this.isPlain ? 'http' : 'https';
    return appRoot !== '' && this.path === '/'
      ? { url: `${scheme}://${host}${appRoot}`, status: 302 }
      : undefined;
  }

  private deniedTo(settings: Settings): number | undefined {
    const hasPassword = this.trip.target.headers?.['authorization'] !== undefined;
    return refusalOf(settings, this.door.from, hasPassword);
  }

  /** The Service that the controller was told to fall back on. */
  private ownDefault(): Upstream | undefined {
    const { defaultBackend } = this.door.controller;
    const [namespace = '', name = ''] = defaultBackend?.split('/') ?? [];
    const [port] = this.view.service(namespace, name)?.spec.ports ?? [];
    return port === undefined ? undefined : { namespace, service: name, port: port.port };
  }

  /**
   * The canary that stands beside an upstream, where it takes the request and has endpoints: who has none is
   * no alternative.
   */
  private alternativeTo(upstream: Upstream, settings: Settings): Alternated | undefined {
    const alternative = this.servers.alternatives.get(nameOf(upstream));
    if (alternative === undefined) return undefined;
    const { headers = {} } = this.trip.target;
    if (!takes(alternative.canary, headers, this.trip.env.random())) return undefined;
    const targets = this.targetsOf(alternative.upstream, settings);
    return targets.length === 0 ? undefined : { upstream: alternative.upstream, targets };
  }

  /** Ready endpoints of an upstream, or the Service's own address: serviceEndpoints of controller.go. */
  private targetsOf({ namespace, service: name, port }: Upstream, { serviceUpstream }: Settings): Target[] {
    const service = this.view.service(namespace, name);
    if (service?.spec.type === 'ExternalName') return this.outerTargets(service, port);
    const wanted = service?.spec.ports?.find((one) =>
      [one.port, one.targetPort ?? one.port, one.name].some((known) => String(known) === String(port)),
    );
    if (service === undefined || wanted === undefined) return [];
    if (serviceUpstream) return [{ ip: service.spec.clusterIP!, port: wanted.port }];
    const found = new Map<string, Target>();
    for (const slice of this.view.slices(namespace, name))
      for (const { name: portName = '', port: number, protocol = 'TCP' } of slice.ports ?? []) {
        if (portName !== (wanted.name ?? '') || protocol !== 'TCP' || number === undefined) continue;
        for (const endpoint of slice.endpoints ?? []) {
          if (endpoint.conditions?.ready === false) continue;
          for (const ip of endpoint.addresses) found.set(`${ip}:${number}`, { ip, port: number, endpoint });
        }
      }
    return [...found.values()];
  }

  /** Where the name leads that a Service of type ExternalName stands for: resolve_external_names. */
  private outerTargets({ spec }: Service, wanted: number | string): Target[] {
    const { world, now } = this.trip.env;
    const { externalName = '', ports = [] } = spec;
    if (externalName === 'localhost' || externalName.startsWith('127.')) return [];
    const known = ports.find(({ port, name }) => port === wanted || name === wanted);
    const port = Number(known?.targetPort ?? known?.port ?? wanted) || known?.port;
    const { podNamespace } = this.door.container;
    const found = resolve(world, viewAt(world, now), podNamespace, externalName.replace(/\.$/, ''));
    if (port === undefined || found === undefined) return [];
    const ips = found.kind === 'addresses' ? found.ips : [found.outer ?? found.service.spec.clusterIP!];
    return ips.map((ip) => ({ ip, port }));
  }

  /** Passes the request on, to another endpoint where one fails, as often as it may. */
  private passed(location: Location, primary: Upstream): RequestOutcome {
    const { way, timeoutMs } = this.trip;
    const { settings } = location;
    let upstream = primary;
    let targets = this.targetsOf(primary, settings);
    if (targets.length > 0)
      ({ upstream, targets } = this.alternativeTo(primary, settings) ?? { upstream, targets });
    else {
      const instead = this.ownErrors(settings, primary);
      if (instead !== undefined) targets = this.targetsOf(instead, settings);
    }
    if (targets.length === 0) {
      way.reach('service', `${upstream.namespace}/${upstream.service}`);
      return this.answered(503, 'noReadyEndpoints');
    }
    const { nextUpstream, nextUpstreamTries } = settings;
    const mayRetry = !nextUpstream.includes('off');
    const most = mayRetry ? nextUpstreamTries || targets.length : 1;
    const kept = settings.keepsCookie ? this.kept(upstream, targets) : undefined;
    const left = kept === undefined ? [...targets] : [kept];
    let spentMs = this.door.spentMs;
    for (let tries = 1; ; tries += 1) {
      if (left.length === 0) left.push(...targets);
      const [target] = left.splice(Math.floor(this.trip.env.random() * left.length), 1);
      const outcome = this.tried(location, target!);
      const failure = failureOf(outcome, settings);
      spentMs += failure.spentMs;
      if (spentMs > timeoutMs) {
        way.stop('tooSlow');
        return { ...outcome, kind: 'timedOut', afterMs: timeoutMs, hops: way.hops };
      }
      const isNext = failure.kind !== undefined && nextUpstream.includes(failure.kind) && tries < most;
      if (isNext) continue;
      if (failure.status === undefined && settings.keepsCookie) this.keep(upstream, target!);
      if (outcome.kind === 'answered' && failure.status === undefined)
        return { ...outcome, afterMs: spentMs };
      const status = failure.status ?? 502;
      const { pod, node } = outcome;
      return {
        kind: 'answered',
        status,
        body: pageOf(status),
        afterMs: spentMs,
        hops: way.hops,
        ...(pod === undefined ? {} : { pod }),
        ...(node === undefined ? {} : { node }),
      };
    }
  }

  private tried({ settings, path }: Location, to: Target): RequestOutcome {
    const { target } = this.trip;
    return this.sentTo(
      to,
      { ...target, path: rewritten(target.path, path, settings.rewriteTarget) },
      settings,
    );
  }

  private sentTo(to: Target, asked: Trip['target'], settings: Settings): RequestOutcome {
    const { trip, door } = this;
    const source = { machine: door.machine, podUid: door.podUid, address: this.ownAddress };
    const onward: Trip = {
      ...trip,
      source,
      from: { namespace: door.container.podNamespace, pod: door.container.podName },
      target: asked,
      timeoutMs: settings.readTimeoutMs,
    };
    const sandbox = door.machine.sandboxes.get(door.podUid);
    return this.send(onward, { machine: door.machine, sandbox }, to);
  }

  private get ownAddress(): string {
    return this.door.machine.sandboxes.get(this.door.podUid)?.ip ?? '';
  }

  private cookieKey(upstream: Upstream): string | undefined {
    const { client } = this.trip.env;
    return client === undefined ? undefined : `cookie ${client} ${this.hostName()} ${nameOf(upstream)}`;
  }

  /** Where the client's cookie leads, if that is there still. */
  private kept(upstream: Upstream, targets: readonly Target[]): Target | undefined {
    const key = this.cookieKey(upstream);
    const last = key === undefined ? undefined : this.trip.env.world.network.affinities.get(key);
    return targets.find(({ ip, port }) => last?.to === `${ip}:${port}`);
  }

  private keep(upstream: Upstream, { ip, port }: Target): void {
    const { env } = this.trip;
    const key = this.cookieKey(upstream);
    if (key === undefined || env.agent === undefined) return;
    env.world.network.affinities.set(key, { to: `${ip}:${port}`, at: env.now });
  }

  /** nginx answers itself. */
  private answered(status: number, obstacle?: Obstacle, location?: string): RequestOutcome {
    const { way } = this.trip;
    const { container, machine, spentMs } = this.door;
    if (obstacle !== undefined) way.stop(obstacle);
    return {
      kind: 'answered',
      status,
      body: pageOf(status),
      ...(location === undefined ? {} : { location }),
      afterMs: spentMs + addedMs(container),
      hops: way.hops,
      node: machine.name,
      pod: `${container.podNamespace}/${container.podName}`,
    };
  }
}

/** Of a `Cookie` header. */
const cookieOf = (header: string | undefined, name: string): string | undefined =>
  (header ?? '')
    .split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/**
 * Whether a canary takes a request.
 * @param headers by names in small letters
 * @param drawn in [0, 1)
 */
export function takes(canary: Canary, headers: Readonly<Record<string, string>>, drawn: number): boolean {
  const { header, headerValue, headerPattern, cookie, weight, weightTotal } = canary;
  const sent = header === '' ? undefined : headers[header.toLowerCase()];
  if (sent !== undefined) {
    if (headerValue !== '') {
      if (sent === headerValue) return true;
    } else if (headerPattern !== '') {
      const pattern = regexOf(headerPattern, '');
      if (pattern === undefined) return false;
      if (pattern.test(sent)) return true;
    } else if (sent === 'always' || sent === 'never') return sent === 'always';
  }
  const crumb = cookie === '' ? undefined : cookieOf(headers['cookie'], cookie);
  if (crumb === 'always' || crumb === 'never') return crumb === 'always';
  return Math.floor(drawn * weightTotal) + 1 <= weight;
}

/** `$2` and its like stand for what groups of the path's expression matched. */
export function rewritten(asked: string, path: string, target: string): string {
  if (target === '' || target === path) return asked;
  const cut = asked.search(/[?#]/);
  const [bare, query] = cut < 0 ? [asked, ''] : [asked.slice(0, cut), asked.slice(cut)];
  const found = regexOf(path)?.exec(bare);
  if (found === null || found === undefined) return asked;
  const to = target.replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? '');
  return `${to.startsWith('/') ? to : `/${to}`}${query}`;
}

interface Failure {
  /** What proxy_next_upstream calls it; undefined: it is none. */
  readonly kind?: string;
  /** What nginx answers of it itself. */
  readonly status?: number;
  readonly spentMs: Millis;
}

/** How what an endpoint was passed has failed, as nginx takes it. */
export function failureOf(
  outcome: RequestOutcome,
  { connectTimeoutMs, readTimeoutMs }: Pick<Settings, 'connectTimeoutMs' | 'readTimeoutMs'>,
): Failure {
  switch (outcome.kind) {
    case 'answered':
      return {
        spentMs: outcome.afterMs,
        ...(outcome.status >= 400 ? { kind: `http_${outcome.status}` } : {}),
      };
    case 'timedOut': {
      const { obstacle } = outcome.hops.at(-1)!;
      const spentMs = UNREACHED.has(obstacle) ? connectTimeoutMs : readTimeoutMs;
      return { kind: 'timeout', status: 504, spentMs };
    }
    default:
      return { kind: 'error', status: 502, spentMs: outcome.afterMs };
  }
}

/** What comes of a request that has come to a controller's nginx. */
export const proxied = (trip: Trip, door: ProxyDoor, send: Send): RequestOutcome =>
  new Passage(trip, door, send).outcome();
