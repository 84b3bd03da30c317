/** Which routes Gateways take, which rule a request meets, and what filters make of it. */
import type { Service } from '../../sim/api/types.ts';
import { attached, isGranted, refusedListener, type Seen, unresolvedBackend, unresolvedOf } from '../../sim/network/gateway/attachment.ts';
import { filtered, locationOf, timeoutOf } from '../../sim/network/gateway/filters.ts';
import { chosenOf, meetingNames, narrowest } from '../../sim/network/gateway/match.ts';
import { gatewayStatus, routeParents } from '../../sim/network/gateway/status.ts';
import type { BackendRef, Filter, Gateway, HTTPRoute, Listener, ParentRef, PathModifier, Redirect, ReferenceGrant, RouteMatch, RouteRule } from '../../sim/network/gateway/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const NS = 'infra';
const meta = (name: string, namespace: string, rest: object = {}): { name: string; namespace: string } => ({ name, namespace, ...rest });
const listener = (rest: Partial<Listener> = {}): Listener => ({ name: 'http', port: 80, protocol: 'HTTP', ...rest });
const gateway = (listeners: Listener[], namespace = NS): Gateway => ({ apiVersion: 'v1', kind: 'Gateway', metadata: meta('same', namespace, { generation: 2 }), spec: { gatewayClassName: 'nginx', listeners } }) as unknown as Gateway;
const route = (spec: object, name = 'route', namespace = NS, created = '2026-01-05T09:00:00Z'): HTTPRoute => ({ apiVersion: 'v1', kind: 'HTTPRoute', metadata: meta(name, namespace, { creationTimestamp: created, generation: 3 }), spec: { parentRefs: [{ name: 'same' }], ...spec } }) as unknown as HTTPRoute;
const rule = (backend: string, ...matches: RouteMatch[]): RouteRule => ({ ...(matches.length === 0 ? {} : { matches }), backendRefs: [{ name: backend, port: 8080 }] });
const prefix = (value: string): RouteMatch => ({ path: { type: 'PathPrefix', value } });
const exact = (value: string): RouteMatch => ({ path: { type: 'Exact', value } });
const header = (name: string, value: string): RouteMatch => ({ headers: [{ name, value }] });

/** To which backend a request goes; '': to none. */
const backendOf = (routes: readonly HTTPRoute[], url: string, headers: Record<string, string> = {}, hostname?: string): string => {
  const [, host = '', path = '/'] = /^([^/]*)(\/.*)?$/.exec(url)!;
  const met = routes.flatMap((one) => meetingNames(hostname, one.spec.hostnames).map((name) => ({ route: one, hostname: name })));
  return chosenOf(met, { host, path, method: headers[':method'] ?? 'GET', headers })?.rule.backendRefs?.[0]?.name ?? '';
};
const to = (name: string, routes: HTTPRoute[], url: string, expected: string, headers?: Record<string, string>, hostname?: string): ConformanceCase => ({ name: `${name}: ${url}`, expected, run: () => backendOf(routes, url, headers, hostname) });

const ACROSS = [
  route({ hostnames: ['example.com', 'example.net'], rules: [rule('v1', prefix('/'), header('version', 'one'))] }, 'part1'),
  route({ hostnames: ['example.com'], rules: [rule('v2', prefix('/v2'), header('version', 'two'))] }, 'part2'),
];
const ORDER = [route({ rules: [rule('v1', exact('/match')), rule('v2', exact('/match/exact')), rule('v3', exact('/match/exact/one')), rule('v3', prefix('/match/')), rule('v1', prefix('/match/prefix/')), rule('v2', prefix('/match/prefix/one'))] })];
const HEADERS = [route({ rules: [
  rule('v1', header('version', 'one')), rule('v2', header('version', 'two')), rule('v1', { headers: [{ name: 'version', value: 'two' }, { name: 'color', value: 'orange' }] }),
  rule('v1', header('color', 'blue'), header('color', 'green')), rule('v2', header('color', 'red'), header('color', 'yellow')),
] })];
const METHODS = [route({ rules: [rule('v1', { method: 'POST' }), rule('v2', { method: 'GET' }), rule('v1', { ...prefix('/path1'), method: 'GET' }), rule('v2', { ...header('version', 'one'), method: 'PUT' }), rule('v3', { ...prefix('/path5'), method: 'PATCH' }), rule('v1', prefix('/path5'))] })];
const QUERIES = [route({ rules: [rule('v1', { queryParams: [{ name: 'animal', value: 'whale' }] }), rule('v2', { queryParams: [{ name: 'animal', value: 'dolphin' }] }), rule('v3', { queryParams: [{ name: 'animal', value: 'dolphin' }, { name: 'color', value: 'blue' }] })] })];
const AGES = [route({ rules: [rule('young', prefix('/'))] }, 'a', NS, '2026-01-05T09:00:02Z'), route({ rules: [rule('old', prefix('/'))] }, 'b', NS, '2026-01-05T09:00:01Z')];
const NAMES = [route({ rules: [rule('second', prefix('/'))] }, 'b'), route({ rules: [rule('first', prefix('/'))] }, 'a')];
const HOSTS = [route({ hostnames: ['*.example.com'], rules: [rule('wild', prefix('/long/path'))] }, 'a'), route({ hostnames: ['very.example.com'], rules: [rule('exact', prefix('/'))] }, 'b')];

export const routeMatchCases: CaseArea = {
  area: 'the rule that a request meets',
  source: 'kubernetes-sigs/gateway-api conformance/tests/httproute-{matching,matching-across-routes,path-match-order,header-matching,method-matching,query-param-matching}.go',
  cases: [
    to('across routes', ACROSS, 'example.com/', 'v1'), to('across routes', ACROSS, 'example.com/example', 'v1'), to('across routes', ACROSS, 'example.net/example', 'v1'),
    to('across routes, by a header', ACROSS, 'example.com/example', 'v1', { version: 'one' }), to('across routes', ACROSS, 'example.com/v2', 'v2'), to('a host that the other route has not', ACROSS, 'example.net/v2', 'v1'),
    to('across routes', ACROSS, 'example.com/v2/example', 'v2'), to('across routes, by a header', ACROSS, 'example.com/', 'v2', { version: 'two' }), to('no host', ACROSS, 'example.org/', ''),
    to('order of paths', ORDER, 'x/match/exact/one', 'v3'), to('order of paths', ORDER, 'x/match/exact', 'v2'), to('order of paths', ORDER, 'x/match', 'v1'), to('order of paths', ORDER, 'x/match/prefix/one/any', 'v2'),
    to('order of paths', ORDER, 'x/match/prefix/any', 'v1'), to('order of paths', ORDER, 'x/match/any', 'v3'), to('a prefix ends at a slash', ORDER, 'x/matching', ''),
    to('headers', HEADERS, 'x/', 'v1', { version: 'one' }), to('headers', HEADERS, 'x/', 'v2', { version: 'two' }), to('more headers win', HEADERS, 'x/', 'v1', { version: 'two', color: 'orange' }),
    to('headers', HEADERS, 'x/', 'v1', { color: 'green' }), to('headers', HEADERS, 'x/', 'v2', { color: 'yellow' }), to('headers', HEADERS, 'x/', '', { color: 'purple' }), to('the first of two equal rules', HEADERS, 'x/', 'v1', { version: 'one', color: 'red' }),
    to('methods', METHODS, 'x/', 'v1', { ':method': 'POST' }), to('methods', METHODS, 'x/', 'v2'), to('methods', METHODS, 'x/', '', { ':method': 'HEAD' }), to('a path wins over a method', METHODS, 'x/path1', 'v1'),
    to('methods and headers', METHODS, 'x/', 'v2', { ':method': 'PUT', version: 'one' }), to('methods and paths', METHODS, 'x/path5', 'v3', { ':method': 'PATCH' }), to('methods and paths', METHODS, 'x/path5', 'v1', { ':method': 'POST' }),
    to('queries', QUERIES, 'x/?animal=whale', 'v1'), to('queries', QUERIES, 'x/?animal=dolphin', 'v2'), to('more of a query wins', QUERIES, 'x/?animal=dolphin&color=blue', 'v3'), to('queries', QUERIES, 'x/?color=blue', ''),
    to('the older route', AGES, 'x/', 'old'), to('of one age, by name', NAMES, 'x/', 'first'), to('the narrower host, whatever the paths', HOSTS, 'very.example.com/long/path', 'exact'), to('a wildcard', HOSTS, 'other.example.com/long/path', 'wild'),
    to('a wildcard for several labels', HOSTS, 'a.b.example.com/long/path', 'wild'), to('a wildcard is no bare name', HOSTS, 'example.com/long/path', ''),
  ],
};

const meets = (name: string, of: string | undefined, names: string[], expected: string[]): ConformanceCase => ({ name, expected, run: () => meetingNames(of, names) });
const isolated = (host: string, expected: string): ConformanceCase => ({
  name: `the listener of ${host}`, expected,
  run: () => narrowest(['', '*.example.com', '*.foo.example.com', 'abc.foo.example.com'], (one) => one, host).join(' '),
});

export const listenerHostCases: CaseArea = {
  area: 'host names of listeners and routes',
  source: 'kubernetes-sigs/gateway-api conformance/tests/httproute-{hostname-intersection,listener-hostname-matching}.go, gateway-http-listener-isolation.go',
  cases: [
    meets('one name', 'very.specific.com', ['non.matching.com', '*.nonmatchingwildcard.io', 'very.specific.com'], ['very.specific.com']),
    meets("names under a listener's wildcard", '*.wildcard.io', ['non.matching.com', 'wildcard.io', 'foo.wildcard.io', 'foo.bar.wildcard.io'], ['foo.wildcard.io', 'foo.bar.wildcard.io']),
    meets("a wildcard over a listener's name", 'very.specific.com', ['non.matching.com', '*.specific.com'], ['very.specific.com']),
    meets('two wildcards', '*.anotherwildcard.io', ['*.anotherwildcard.io'], ['*.anotherwildcard.io']),
    meets('a wildcard under another', '*.example.com', ['*.foo.example.com'], ['*.foo.example.com']),
    meets('a wildcard over another', '*.foo.example.com', ['*.example.com'], ['*.foo.example.com']),
    meets('none in common', 'very.specific.com', ['specific.but.wrong.com', 'wildcard.io'], []),
    meets('a listener of every name', undefined, ['first.com', 'sub.first.com'], ['first.com', 'sub.first.com']),
    meets('a route of every name', 'first.com', [], ['first.com']),
    meets('every name', undefined, [], ['']),
    isolated('bar.com', ''), isolated('bar.example.com', '*.example.com'), isolated('bar.foo.example.com', '*.foo.example.com'), isolated('abc.foo.example.com', 'abc.foo.example.com'),
  ],
};

const MATCH = prefix('/original-prefix');
const redirected = (name: string, redirect: Redirect, path: string, expected: string, match = MATCH, entry = { scheme: 'http', host: 'example.com', port: 80 }): ConformanceCase => ({ name: `redirect: ${name}`, expected, run: () => locationOf(redirect, entry, path, match) });
const pathIs = (path: PathModifier): Redirect => ({ path });
const inPrefix = (replacePrefixMatch: string): PathModifier => ({ type: 'ReplacePrefixMatch', replacePrefixMatch });
const whole = (replaceFullPath: string): PathModifier => ({ type: 'ReplaceFullPath', replaceFullPath });
const rewriting = (name: string, path: PathModifier, asked: string, expected: string, match: RouteMatch): ConformanceCase => ({ name: `rewrite: ${name}: ${asked}`, expected, run: () => filtered([{ type: 'URLRewrite', urlRewrite: { path } }], { path: asked, headers: {} }, match).path });
const headersAfter = (name: string, filter: Omit<Filter, 'type'>, headers: Record<string, string>, expected: Record<string, string>): ConformanceCase => ({ name: `headers: ${name}`, expected, run: () => filtered([{ type: 'X', ...filter }], { path: '/', headers }, {}).headers });
const changing = (requestHeaderModifier: object): Omit<Filter, 'type'> => ({ requestHeaderModifier });

export const routeFilterCases: CaseArea = {
  area: 'filters of routes',
  source: 'kubernetes-sigs/gateway-api conformance/tests/httproute-{redirect-path,redirect-port,redirect-scheme,redirect-host-and-status,rewrite-path,rewrite-host,request-header-modifier}.go',
  cases: [
    redirected('a prefix', pathIs(inPrefix('/replacement-prefix')), '/original-prefix/lemon', 'http://example.com/replacement-prefix/lemon'),
    redirected('a whole path', pathIs(whole('/full-path-replacement')), '/full/path/original', 'http://example.com/full-path-replacement', prefix('/full')),
    redirected('a prefix and a host', { hostname: 'example.org', path: inPrefix('/replacement-prefix') }, '/original-prefix/lemon', 'http://example.org/replacement-prefix/lemon'),
    redirected('a host', { hostname: 'example.org' }, '/hostname-redirect', 'http://example.org/hostname-redirect'),
    redirected('a scheme takes its own port', { scheme: 'https' }, '/scheme', 'https://example.com/scheme'),
    redirected('a port', { port: 8083 }, '/port', 'http://example.com:8083/port'),
    redirected('a scheme and a port', { scheme: 'https', port: 443 }, '/scheme-and-port', 'https://example.com/scheme-and-port'),
    redirected('a scheme and a port of another', { scheme: 'https', port: 80 }, '/scheme-and-port', 'https://example.com:80/scheme-and-port'),
    redirected("the listener's port stays", { hostname: 'example.org' }, '/x', 'http://example.org:8080/x', MATCH, { scheme: 'http', host: 'example.com', port: 8080 }),
    redirected('the query stays', pathIs(inPrefix('/replacement-prefix')), '/original-prefix?a=b', 'http://example.com/replacement-prefix?a=b'),
    rewriting('a prefix', inPrefix('/one'), '/prefix/one/two', '/one/two', prefix('/prefix/one')),
    rewriting('a prefix is taken away', inPrefix('/'), '/strip-prefix/three', '/three', prefix('/strip-prefix')),
    rewriting('nothing is left', inPrefix('/'), '/strip-prefix', '/', prefix('/strip-prefix')),
    rewriting('a slash at the end of the prefix', inPrefix('/one'), '/prefix/two', '/one/two', prefix('/prefix/')),
    rewriting('a whole path', whole('/one'), '/full/one/two', '/one', prefix('/full/one')),
    headersAfter('another host', { urlRewrite: { hostname: 'one.example.org' } }, { host: 'rewrite.example' }, { host: 'one.example.org' }),
    headersAfter('set', changing({ set: [{ name: 'X-Header-Set', value: 'set-overwrites-values' }] }), { 'x-header-set': 'some', other: 'o' }, { 'x-header-set': 'set-overwrites-values', other: 'o' }),
    headersAfter('add', changing({ add: [{ name: 'X-Header-Add', value: 'add-appends-values' }] }), { 'x-header-add': 'some' }, { 'x-header-add': 'some,add-appends-values' }),
    headersAfter('add where there is none', changing({ add: [{ name: 'X-Header-Add', value: 'a' }] }), {}, { 'x-header-add': 'a' }),
    headersAfter('remove', changing({ remove: ['X-Header-Remove'] }), { 'x-header-remove': 'x', other: 'o' }, { other: 'o' }),
    { name: 'the shorter of two times', expected: [500, 90_000, undefined], run: () => [{ request: '500ms', backendRequest: '1s' }, { request: '1m30s' }, { request: '0s' }].map((timeouts) => timeoutOf({ timeouts })) },
  ],
};

const service = { metadata: { name: 'v1' }, spec: { ports: [{ port: 8080 }] } } as Service;
const grant = (from: object, toWhat: object, namespace = 'web'): ReferenceGrant => ({ apiVersion: 'v1', kind: 'ReferenceGrant', metadata: meta('grant', namespace), spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: NS, ...from }], to: [{ group: '', kind: 'Service', ...toWhat }] } }) as unknown as ReferenceGrant;
const seen = (rest: Partial<Seen> = {}): Seen => ({
  gateways: [], routes: [], grants: [], service: (namespace, name) => (name === 'v1' && ['web', NS].includes(namespace) ? service : undefined),
  labelsOf: (namespace) => ({ name: namespace }), hasCertificate: (_, name) => name === 'cert', ...rest,
});
/** `accepted`, or the reason why not. */
const attaching = (name: string, listeners: Partial<Listener>[], of: HTTPRoute, expected: string, ref: Partial<ParentRef> = {}): ConformanceCase => ({
  name, expected,
  run: () => {
    const { refused, listeners: taken } = attached(seen(), gateway(listeners.map((one) => listener(one))), of, { name: 'same', ...ref });
    return refused?.reason ?? taken.map((one) => one.name).join(' ');
  },
});
const backend = (name: string, ref: BackendRef, expected: string | undefined, grants: ReferenceGrant[] = []): ConformanceCase => ({ name: `backend: ${name}`, expected, run: () => unresolvedBackend(seen({ grants }), route({}), ref)?.reason });
const tls = (name: string, certificateRefs: object[], expected: string | undefined, grants: ReferenceGrant[] = []): ConformanceCase => ({ name: `certificate: ${name}`, expected, run: () => unresolvedOf(seen({ grants }), gateway([]), listener({ protocol: 'HTTPS', tls: { certificateRefs } as never }))?.reason });
const from = (which: string, selector?: object): Partial<Listener> => ({ allowedRoutes: { namespaces: { from: which, ...(selector === undefined ? {} : { selector }) } } });
const OTHER = route({}, 'route', 'web');
const conditionsOf = (status: unknown): string => (status as { conditions: { type: string; status: string; reason: string }[] }).conditions.map((c) => `${c.type}=${c.status}/${c.reason}`).join(' ');
const GATEWAY = gateway([listener({ hostname: 'a.example' }), listener({ name: 'other', hostname: 'b.example' })]);
const ALL = seen({ gateways: [GATEWAY], routes: [route({ hostnames: ['a.example'] }, 'a'), route({}, 'b'), route({ hostnames: ['c.example'] }, 'c')] });

export const attachmentCases: CaseArea = {
  area: 'routes at Gateways, and what they may name',
  source: 'kubernetes-sigs/gateway-api conformance/tests/{httproute-cross-namespace,httproute-invalid-*,httproute-reference-grant,gateway-invalid-*,gateway-secret-*,gateway-with-attached-routes}.go',
  cases: [
    attaching('of its own namespace', [{}], route({}), 'http'),
    attaching('of another namespace', [{}], OTHER, 'NotAllowedByListeners'),
    attaching('of another namespace, all allowed', [from('All')], OTHER, 'http'),
    attaching('of a namespace that is selected', [from('Selector', { matchLabels: { name: 'web' } })], OTHER, 'http'),
    attaching('of a namespace that is not selected', [from('Selector', { matchLabels: { name: 'app' } })], OTHER, 'NotAllowedByListeners'),
    attaching('from none', [from('None')], route({}), 'NotAllowedByListeners'),
    attaching('at a listener by its name', [{ hostname: 'a' }, { name: 'two', hostname: 'b' }], route({}), 'two', { sectionName: 'two' }),
    attaching('at a listener that is not there', [{}], route({}), 'NoMatchingParent', { sectionName: 'bogus' }),
    attaching('at a port', [{}, { name: 'two', port: 81 }], route({}), 'two', { port: 81 }),
    attaching('at a port that is not there', [{}], route({}), 'NoMatchingParent', { port: 81 }),
    attaching('without a host in common', [{ hostname: 'very.specific.com' }], route({ hostnames: ['wildcard.io'] }), 'NoMatchingListenerHostname'),
    attaching('at a listener for other kinds', [{ allowedRoutes: { kinds: [{ kind: 'TLSRoute' }] } }], route({}), 'NotAllowedByListeners'),
    attaching('at a listener for its kind among others', [{ allowedRoutes: { kinds: [{ kind: 'TLSRoute' }, { kind: 'HTTPRoute' }] } }], route({}), 'http'),
    attaching('with a filter that is not served', [{}], route({ rules: [{ filters: [{ type: 'ExtensionRef' }] }] }), 'UnsupportedValue'),
    backend('a Service', { name: 'v1', port: 8080 }, undefined),
    backend('none of the name', { name: 'nonexistent', port: 8080 }, 'BackendNotFound'),
    backend('no such port', { name: 'v1', port: 1234 }, 'BackendNotFound'),
    backend('another kind', { group: 'example.com', kind: 'NonExistent', name: 'v1', port: 8080 }, 'InvalidKind'),
    backend('of another namespace', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted'),
    backend('of another namespace that grants it', { name: 'v1', namespace: 'web', port: 8080 }, undefined, [grant({}, {})]),
    backend('a grant for its name', { name: 'v1', namespace: 'web', port: 8080 }, undefined, [grant({}, { name: 'v1' })]),
    backend('a grant for another name', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted', [grant({}, { name: 'not-v1' })]),
    backend('a grant to another namespace', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted', [grant({ namespace: 'app' }, {})]),
    backend('a grant to another kind', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted', [grant({ kind: 'Gateway' }, {})]),
    backend('a grant for another kind', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted', [grant({}, { kind: 'Secret' })]),
    backend('a grant in another namespace', { name: 'v1', namespace: 'web', port: 8080 }, 'RefNotPermitted', [grant({}, {}, 'app')]),
    { name: 'a grant for a Secret to a Gateway', expected: true, run: () => isGranted({ grants: [grant({ kind: 'Gateway' }, { kind: 'Secret' })] }, { kind: 'Gateway', namespace: NS }, { kind: 'Secret', namespace: 'web', name: 'cert' }) },
    tls('one', [{ name: 'cert' }], undefined),
    tls('none is named', [], 'InvalidCertificateRef'),
    tls('none is there', [{ name: 'nonexistent-certificate' }], 'InvalidCertificateRef'),
    tls('another group', [{ group: 'wrong.group.company.io', kind: 'Secret', name: 'cert' }], 'InvalidCertificateRef'),
    tls('another kind', [{ kind: 'WrongKind', name: 'cert' }], 'InvalidCertificateRef'),
    tls('of another namespace', [{ name: 'cert', namespace: 'web' }], 'RefNotPermitted'),
    tls('of another namespace that grants it', [{ name: 'cert', namespace: 'web' }], undefined, [grant({ kind: 'Gateway' }, { kind: 'Secret' })]),
    { name: 'a listener for kinds that are not served', expected: 'InvalidRouteKinds', run: () => unresolvedOf(seen(), gateway([]), listener({ allowedRoutes: { kinds: [{ kind: 'InvalidRoute' }] } }))?.reason },
    ...([['two protocols at a port', [{}, { name: 'two', protocol: 'HTTPS' }], 'ProtocolConflict'], ['one host twice', [{}, { name: 'two' }], 'HostnameConflict'], ['two hosts', [{ hostname: 'a' }, { name: 'two', hostname: 'b' }], undefined], ['a protocol that is not served', [{ protocol: 'TCP' }], 'UnsupportedProtocol']] as [string, Partial<Listener>[], string | undefined][]).map(
      ([name, of, expected]): ConformanceCase => ({ name: `listeners: ${name}`, expected, run: () => { const one = gateway(of.map((rest) => listener(rest))); return refusedListener(one, one.spec.listeners[0]!)?.reason; } }),
    ),
    { name: 'attached routes, those whose backends are missing among them', expected: [2, 1], run: () => (gatewayStatus(ALL, GATEWAY, ['192.0.2.1']) as { listeners: { attachedRoutes: number }[] }).listeners.map((one) => one.attachedRoutes) },
    { name: 'a Gateway that is well', expected: 'Accepted=True/Accepted Programmed=True/Programmed', run: () => conditionsOf(gatewayStatus(ALL, GATEWAY, ['192.0.2.1'])) },
    { name: 'a Gateway whose nginx cannot reload', expected: 'Accepted=True/Accepted Programmed=False/Invalid', run: () => conditionsOf(gatewayStatus(ALL, GATEWAY, ['192.0.2.1'], true)) },
    { name: 'a Gateway without an address', expected: 'Accepted=True/Accepted Programmed=False/AddressNotAssigned', run: () => conditionsOf(gatewayStatus(ALL, GATEWAY, [])) },
    { name: 'a route whose backend is missing is accepted', expected: ['Accepted=True/Accepted ResolvedRefs=False/BackendNotFound'], run: () => routeParents(ALL, route({ rules: [rule('none')] }), 'c').map(conditionsOf) },
    { name: 'a route of a Gateway whose nginx cannot reload', expected: ['Accepted=False/GatewayNotProgrammed ResolvedRefs=False/BackendNotFound'], run: () => routeParents(ALL, route({ rules: [rule('none')] }), 'c', true).map(conditionsOf) },
    { name: 'a route that no listener takes', expected: ['Accepted=False/NoMatchingListenerHostname ResolvedRefs=True/ResolvedRefs'], run: () => routeParents(ALL, route({ hostnames: ['c.example'] }), 'c').map(conditionsOf) },
    { name: 'a route of a Gateway of somebody else', expected: [], run: () => routeParents(ALL, route({ parentRefs: [{ name: 'other' }] }), 'c') },
    { name: 'conditions say for which generation they are', expected: [2, 2], run: () => (gatewayStatus(ALL, GATEWAY, []) as { conditions: { observedGeneration: number }[] }).conditions.map((c) => c.observedGeneration) },
  ],
};
