/** Where ingress-nginx sends requests, by the Ingresses that there are. */
import type { Ingress } from '../../sim/api/types.ts';
import { settingsOf } from '../../sim/network/ingress/annotations.ts';
import { isHandled } from '../../sim/network/ingress/facts.ts';
import { refusalOf, rewritten, takes } from '../../sim/network/ingress/proxy.ts';
import { locationOf, nameOf, serverOf, serversOf } from '../../sim/network/ingress/servers.ts';
import { GATEWAYS } from '../../sim/node/images/gateways.ts';
import type { ProgramStart } from '../../sim/node/images/entry.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Annotations = Readonly<Record<string, string>>;
interface PathOf {
  readonly path?: string;
  readonly type?: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly to: string;
}

let made = 0;
const annotated = (annotations: Annotations): Annotations =>
  Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]));
const backend = (name: string): object => ({ service: { name, port: { number: 80 } } });

/** Each is younger than the one before. */
function ingress(spec: object, annotations: Annotations = {}): Ingress {
  made += 1;
  const creationTimestamp = `2026-01-01T00:${String(Math.floor(made / 60)).padStart(2, '0')}:${String(made % 60).padStart(2, '0')}Z`;
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: `i-${String(made).padStart(3, '0')}`, namespace: 'default', creationTimestamp, annotations: annotated(annotations) }, spec } as unknown as Ingress;
}
const rules = (host: string, ...paths: PathOf[]): object => ({
  rules: [{ ...(host === '' ? {} : { host }), http: { paths: paths.map(({ path = '/', type = 'Prefix', to }) => ({ path, pathType: type, backend: backend(to) })) } }],
});

/** The Service that a request comes to; `404`: none. `takes` draws nothing: canaries are in brackets. */
function serviceFor(ingresses: readonly Ingress[], host: string, path: string): string {
  const servers = serversOf(ingresses);
  const upstream = locationOf(serverOf(servers, host), path)?.upstream;
  if (upstream === undefined) return '404';
  const beside = servers.alternatives.get(nameOf(upstream));
  return beside === undefined ? upstream.service : `${upstream.service} [${beside.upstream.service}]`;
}

const goes = (name: string, ingresses: readonly Ingress[], requests: Readonly<Record<string, string>>): ConformanceCase => ({
  name, expected: requests,
  run: () => Object.fromEntries(Object.keys(requests).map((url) => {
    const [host = '', ...path] = url.split('/');
    return [url, serviceFor(ingresses, host, `/${path.join('/')}`)];
  })),
});

const HOST = 'foo.bar.com';
const EXACT = [ingress(rules(HOST, { path: '/exact', type: 'Exact', to: 'exact' }, { path: '/exact', to: 'prefix' }))];
const MIXED = [
  ingress(rules('mixed.path', { path: '/foo', type: 'Exact', to: 'foo-exact' }, { path: '/', type: 'Exact', to: 'root-exact' })),
  ingress(rules('mixed.path', { path: '/foo', to: 'foo' }, { path: '/', to: 'root' })),
];

const pathCases: ConformanceCase[] = [
  goes('an exact path before a prefix of the same name', EXACT, { [`${HOST}/exact`]: 'exact', [`${HOST}/exact/`]: 'prefix', [`${HOST}/exact/suffix`]: 'prefix', [`${HOST}/exacty`]: '404' }),
  goes('an exact path is met as it is written', [ingress(rules(HOST, { path: '/a', type: 'Exact', to: 'a' }))], { [`${HOST}/a`]: 'a', [`${HOST}/a/`]: '404', [`${HOST}/A`]: '404', [`${HOST}/ab`]: '404' }),
  goes('a prefix ends at a slash: /aaa is not /aaaccc', [ingress(rules('prefix.path', { path: '/aaa', to: 'a' }))], { 'prefix.path/aaa': 'a', 'prefix.path/aaa/': 'a', 'prefix.path/aaa/ccc': 'a', 'prefix.path/aaaccc': '404', 'prefix.path/aa': '404' }),
  goes('a prefix that ends with a slash, without it', [ingress(rules(HOST, { path: '/a/', to: 'a' }))], { [`${HOST}/a/`]: 'a', [`${HOST}/a/b`]: 'a', [`${HOST}/a`]: '404' }),
  goes('the longest prefix', [ingress(rules(HOST, { path: '/', to: 'root' }, { path: '/a', to: 'a' }, { path: '/a/b', to: 'b' }))], { [`${HOST}/a/b/c`]: 'b', [`${HOST}/a/c`]: 'a', [`${HOST}/c`]: 'root' }),
  goes('paths of both types in two Ingresses', MIXED, { 'mixed.path/': 'root-exact', 'mixed.path/foo': 'foo-exact', 'mixed.path/foo/bar': 'foo', 'mixed.path/bar': 'root' }),
  goes('the implementation says: it is a prefix', [ingress(rules(HOST, { path: '/a', type: 'ImplementationSpecific', to: 'a' }))], { [`${HOST}/a/b`]: 'a', [`${HOST}/ab`]: '404' }),
  goes('no path stands for all paths', [ingress(rules(HOST, { path: '', type: 'ImplementationSpecific', to: 'a' }))], { [`${HOST}/`]: 'a', [`${HOST}/x`]: 'a' }),
  goes('of two that ask for one path the older has it', [ingress(rules(HOST, { path: '/a', to: 'older' })), ingress(rules(HOST, { path: '/a', to: 'younger' }))], { [`${HOST}/a`]: 'older' }),
  goes('of two that ask for all paths the older has it', [ingress(rules(HOST, { to: 'older' })), ingress(rules(HOST, { to: 'younger' }))], { [`${HOST}/a`]: 'older' }),
  goes('two Ingresses share a host', [ingress(rules(HOST, { path: '/a', to: 'a' })), ingress(rules(HOST, { path: '/b', to: 'b' }))], { [`${HOST}/a`]: 'a', [`${HOST}/b`]: 'b', [`${HOST}/c`]: '404' }),
  goes('a resource is no backend that is served', [ingress({ rules: [{ host: HOST, http: { paths: [{ path: '/a', pathType: 'Prefix', backend: { resource: { kind: 'Bucket', name: 'b' } } }] } }] })], { [`${HOST}/a`]: '404' }),
];

const hostCases: ConformanceCase[] = [
  goes('a host that no rule names', [ingress(rules(HOST, { to: 'a' }))], { 'other.com/': '404', [`${HOST}/`]: 'a' }),
  goes('a rule without a host', [ingress(rules('', { to: 'any' }))], { 'a.com/': 'any', 'b.org/x': 'any' }),
  goes('a host of its own before the rule without one', [ingress(rules('', { to: 'any' })), ingress(rules(HOST, { path: '/a', to: 'a' }))], { [`${HOST}/a`]: 'a', [`${HOST}/b`]: '404', 'b.org/b': 'any' }),
  goes('a star stands for one label', [ingress(rules('*.bar.com', { to: 'star' }))], { 'foo.bar.com/': 'star', 'bar.com/': '404', 'a.b.bar.com/': '404', 'foobar.com/': '404' }),
  goes('an exact host before a star', [ingress(rules('*.bar.com', { to: 'star' })), ingress(rules('a.bar.com', { to: 'a' }))], { 'a.bar.com/': 'a', 'b.bar.com/': 'star' }),
  goes('an alias of a host', [ingress(rules('foo', { to: 'a' }), { 'server-alias': 'bar, baz' })], { 'foo/': 'a', 'bar/': 'a', 'baz/': 'a', 'qux/': '404' }),
  goes('no alias: another host is unknown', [ingress(rules('foo', { to: 'a' }))], { 'foo/': 'a', 'bar/': '404' }),
  goes('an alias that has rules of its own', [ingress(rules('foo', { to: 'a' }), { 'server-alias': 'bar' }), ingress(rules('bar', { to: 'b' }))], { 'bar/': 'b' }),
];

const defaultCases: ConformanceCase[] = [
  goes('a default backend without rules takes all that has no host', [ingress({ defaultBackend: backend('fallback') }), ingress(rules(HOST, { path: '/a', to: 'a' }))], { 'other.com/x': 'fallback', [`${HOST}/a`]: 'a', [`${HOST}/b`]: '404' }),
  goes('a default backend beside rules is for their hosts', [ingress({ defaultBackend: backend('fallback'), ...rules(HOST, { path: '/a', to: 'a' }) })], { [`${HOST}/a`]: 'a', [`${HOST}/b`]: 'fallback', 'other.com/': '404' }),
  goes('a host without paths, with a default backend', [ingress({ defaultBackend: backend('fallback'), rules: [{ host: HOST }] })], { [`${HOST}/x`]: 'fallback', 'other.com/': '404' }),
  goes('a rule for all paths before the default backend', [ingress({ defaultBackend: backend('fallback'), ...rules(HOST, { to: 'a' }) })], { [`${HOST}/b`]: 'a' }),
  goes('of two default backends without rules the older counts', [ingress({ defaultBackend: backend('older') }), ingress({ defaultBackend: backend('younger') })], { 'x.com/': 'older' }),
];

const REGEX = { 'use-regex': 'true' };
const regexCases: ConformanceCase[] = [
  goes('expressions for numbers', [ingress(rules('echo.com', { path: '/id/([0-9]+)', type: 'ImplementationSpecific', to: 'id' }), REGEX)], { 'echo.com/id/123': 'id', 'echo.com/id/x': '404', 'echo.com/id/123abc': 'id' }),
  goes('an expression that ends', [ingress(rules('echo.com', { path: '/id/([0-9]+)$', type: 'ImplementationSpecific', to: 'id' }), REGEX)], { 'echo.com/id/123': 'id', 'echo.com/id/123abc': '404' }),
  goes('an expression of a fixed length', [ingress(rules('echo.com', { path: '/id/([0-9]{3})$', type: 'ImplementationSpecific', to: 'id' }), REGEX)], { 'echo.com/id/123': 'id', 'echo.com/id/1234': '404', 'echo.com/id/12': '404' }),
  goes('expressions take no heed of case', [ingress(rules(HOST, { path: '/foo', type: 'ImplementationSpecific', to: 'a' }), REGEX)], { [`${HOST}/FOO`]: 'a' }),
  goes('one expression makes expressions of all paths of the host', [ingress(rules(HOST, { path: '/.well-known/x', type: 'Exact', to: 'exact' })), ingress(rules(HOST, { path: '/foo.+', type: 'ImplementationSpecific', to: 'a' }), REGEX)], { [`${HOST}/.well-known/x/y`]: 'exact', [`${HOST}/foobar`]: 'a' }),
  goes('the longest expression is tried first, whatever it matches', [ingress(rules('test.com', { path: '/foo/bar/bar', type: 'ImplementationSpecific', to: 'short' }, { path: '/foo/bar/[a-z]{3}', type: 'ImplementationSpecific', to: 'long' }), REGEX)], { 'test.com/foo/bar/bar': 'long' }),
  goes('a rewrite makes an expression of the path', [ingress(rules(HOST, { path: '/something(/|$)(.*)', type: 'ImplementationSpecific', to: 'a' }, ), { 'rewrite-target': '/$2' })], { [`${HOST}/something`]: 'a', [`${HOST}/something/new`]: 'a', [`${HOST}/somethings`]: '404' }),
  { name: 'a rewrite by groups', expected: ['/', '/', '/new', '/new?a=1'], run: () => ['/something', '/something/', '/something/new', '/something/new?a=1'].map((asked) => rewritten(asked, '/something(/|$)(.*)', '/$2')) },
  { name: 'a rewrite without groups replaces the whole path', expected: '/x', run: () => rewritten('/foo/bar', '/foo', '/x') },
  { name: 'no rewrite where target and path are one', expected: '/foo/bar', run: () => rewritten('/foo/bar', '/foo', '/foo') },
];

const primary = (to = 'main'): Ingress => ingress(rules('foo', { to }));
const canary = (annotations: Annotations, host = 'foo', to = 'canary'): Ingress => ingress(rules(host, { to }), { canary: 'true', ...annotations });
const taken = (name: string, annotations: Annotations, headers: Readonly<Record<string, string>>, expected: boolean, drawn = 0): ConformanceCase => ({
  name: `canary: ${name}`, expected, run: () => takes(settingsOf(canary(annotations)).canary!, headers, drawn),
});
const share = (name: string, annotations: Annotations, expected: number): ConformanceCase => ({
  name: `canary: ${name}`, expected, run: () => Array.from({ length: 1000 }, (_, i) => i / 1000).filter((d) => takes(settingsOf(canary(annotations)).canary!, {}, d)).length / 1000,
});
const BY_HEADER = { 'canary-by-header': 'CanaryByHeader' };
const VALUE = { ...BY_HEADER, 'canary-by-header-value': 'DoCanary' };
const PATTERN = { ...BY_HEADER, 'canary-by-header-pattern': '^Do[A-Z][a-z]+$' };
const COOKIE = { 'canary-by-cookie': 'canary-by-cookie' };
const canaryCases: ConformanceCase[] = [
  goes('canary: beside the Ingress of its host and path', [primary(), canary(BY_HEADER)], { 'foo/': 'main [canary]' }),
  goes('canary: older than the one it stands beside', [canary(BY_HEADER), primary()], { 'foo/': 'main [canary]' }),
  goes('canary: of a host that nobody else has', [primary(), canary(BY_HEADER, 'bar')], { 'foo/': 'main', 'bar/': '404' }),
  goes('canary: alone it takes nothing', [canary({ 'canary-weight': '100' })], { 'foo/': '404', 'other/': '404' }),
  goes('canary: of another path', [primary(), ingress(rules('foo', { path: '/x', to: 'canary' }), { canary: 'true' })], { 'foo/x': 'main' }),
  taken('header always', BY_HEADER, { canarybyheader: 'always' }, true),
  taken('header never, whatever the weight', { ...BY_HEADER, 'canary-weight': '100' }, { canarybyheader: 'never' }, false),
  taken('another value of the header: the weight counts', { ...BY_HEADER, 'canary-weight': '100' }, { canarybyheader: 'badheadervalue' }, true),
  taken('another value of the header, no weight', BY_HEADER, { canarybyheader: 'badheadervalue' }, false),
  taken('the value', VALUE, { canarybyheader: 'DoCanary' }, true),
  taken('not the value', VALUE, { canarybyheader: 'otherheadervalue' }, false),
  taken('where there is a value, always is none', VALUE, { canarybyheader: 'always' }, false),
  taken('the pattern', PATTERN, { canarybyheader: 'DoCanary' }, true),
  taken('not the pattern', PATTERN, { canarybyheader: 'Docanary' }, false),
  taken('the value before the pattern', { ...VALUE, 'canary-by-header-pattern': '^Do' }, { canarybyheader: 'DoOther' }, false),
  taken('a pattern that is none', { ...BY_HEADER, 'canary-by-header-pattern': '[][**da?$&*', 'canary-weight': '100' }, { canarybyheader: 'x' }, false),
  taken('cookie always', COOKIE, { cookie: 'a=b; canary-by-cookie=always' }, true),
  taken('cookie never', { ...COOKIE, 'canary-weight': '100' }, { cookie: 'canary-by-cookie=never' }, false),
  taken('the header before the cookie', { ...BY_HEADER, ...COOKIE }, { canarybyheader: 'never', cookie: 'canary-by-cookie=always' }, false),
  share('no weight', {}, 0), share('weight 100', { 'canary-weight': '100' }, 1), share('weight 50', { 'canary-weight': '50' }, 0.5),
  share('weight as much as its total', { 'canary-weight': '1000', 'canary-weight-total': '1000' }, 1),
  share('weight 100 of 200', { 'canary-weight': '100', 'canary-weight-total': '200' }, 0.5),
];

const CLASSES = [{ metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } }, { metadata: { name: 'other' }, spec: { controller: 'k8s.io/other' } }];
const flagged = (...argv: string[]): NonNullable<ReturnType<typeof startedWith>> => startedWith(argv)!;
const startedWith = (argv: string[]) => GATEWAYS['ingress-nginx/controller']!.started!({ argv } as unknown as ProgramStart)!.ingress;
const classed = (name: string, argv: string[], { of, annotation }: { of?: string; annotation?: string }, expected: boolean): ConformanceCase => ({
  name: `class: ${name}`, expected,
  run: () => isHandled(
    { metadata: { annotations: annotation === undefined ? {} : { 'kubernetes.io/ingress.class': annotation } }, spec: of === undefined ? {} : { ingressClassName: of } } as unknown as Ingress,
    CLASSES as never, flagged(...argv),
  ),
});
const classCases: ConformanceCase[] = [
  classed('of the controller', [], { of: 'nginx' }, true),
  classed('of another controller', [], { of: 'other' }, false),
  classed('that does not exist', [], { of: 'missing' }, false),
  classed('the annotation', [], { annotation: 'nginx' }, true),
  classed('another annotation', [], { annotation: 'testclass' }, false),
  classed('none', [], {}, false),
  classed('none, and the controller takes such', ['--watch-ingress-without-class=true'], {}, true),
  classed('another, although the controller takes those without one', ['--watch-ingress-without-class'], { of: 'other' }, false),
  classed('another name for the annotation', ['--ingress-class=testclass'], { annotation: 'testclass' }, true),
  classed('another controller by its flag', ['--controller-class=k8s.io/other'], { of: 'other' }, true),
  classed('of its name, whoever its controller', ['--ingress-class-by-name', '--ingress-class=other'], { of: 'other' }, true),
];

export const ingressCases: CaseArea = {
  area: 'ingress-nginx: hosts, paths, canaries, classes',
  source: 'github.com/kubernetes/ingress-nginx: test/e2e/{ingress,annotations,defaultbackend}/*.go, test/e2e/settings/ingress_class.go',
  cases: [...pathCases, ...hostCases, ...defaultCases, ...regexCases, ...canaryCases, ...classCases],
};

const lets = (name: string, annotations: Annotations, from: string, expected: number | undefined, hasPassword = false): ConformanceCase => ({
  name, expected, run: () => refusalOf(settingsOf(ingress({}, annotations)), from, hasPassword),
});
const setting = (name: string, annotations: Annotations, of: 'keepsCookie' | 'serviceUpstream' | 'asksPassword', expected: boolean): ConformanceCase => ({
  name, expected, run: () => settingsOf(ingress({}, annotations))[of],
});
const ALLOWED = { 'allowlist-source-range': '10.0.0.0/24, 172.10.0.1' };
const DENIED = { 'denylist-source-range': '10.0.0.0/24,172.10.0.1' };
const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };

export const ingressGuestCases: CaseArea = {
  area: 'whom Ingresses let in, and how they pass on',
  source: 'kubernetes/ingress-nginx internal/ingress/annotations/{ipallowlist,ipdenylist,auth,serviceupstream,sessionaffinity}/main_test.go, test/e2e/annotations/{ipallowlist,auth,affinity}.go',
  cases: [
    lets('no list', {}, '203.0.113.9', undefined),
    lets('in the allowed block', ALLOWED, '10.0.0.9', undefined),
    lets('an allowed address', ALLOWED, '172.10.0.1', undefined),
    lets('not allowed', ALLOWED, '10.0.1.9', 403),
    lets('by the name of before', { 'whitelist-source-range': '18.0.0.0/8' }, '203.0.113.9', 403),
    lets('in the denied block', DENIED, '10.0.0.9', 403),
    lets('a denied address', DENIED, '172.10.0.1', 403),
    lets('not denied', DENIED, '10.0.1.9', undefined),
    lets('denied wins over allowed', { ...ALLOWED, 'denylist-source-range': '10.0.0.7' }, '10.0.0.7', 403),
    lets('a list that cannot be read lets nobody in', { 'allowlist-source-range': '10.0.0.0/99' }, '10.0.0.1', 503),
    lets('without a password', BASIC, '10.0.0.1', 401),
    lets('with a password', BASIC, '10.0.0.1', undefined, true),
    lets('an address that is not let in is not asked for one', { ...BASIC, ...ALLOWED }, '10.0.1.9', 403),
    lets('digest', { 'auth-type': 'digest' }, '10.0.0.1', 401),
    setting('an unknown kind of authentication asks for none', { 'auth-type': 'bearer' }, 'asksPassword', false),
    setting('affinity by cookie', { affinity: 'cookie' }, 'keepsCookie', true),
    setting('no other affinity', { affinity: 'ip' }, 'keepsCookie', false),
    setting('the Service as upstream', { 'service-upstream': 'true' }, 'serviceUpstream', true),
    setting('the Service as upstream, as Go reads truth', { 'service-upstream': '1' }, 'serviceUpstream', true),
    setting('not the Service', { 'service-upstream': 'yes' }, 'serviceUpstream', false),
  ],
};
