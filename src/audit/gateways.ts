/** HTTPRoutes of manifests: what is asked by them, and what a cluster needs for them to be served. */
import type { Operation } from '../dsl/operations/operation.ts';
import { containersOf, count, isServedBy, list, nameOf, namespaceOf, text } from '../edits/shapes.ts';
import { yamlOf } from '../edits/manifests.ts';
import { gatewayDefinition } from '../explore/gatewaydefinition.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { meetingNames } from '../sim/network/gateway/match.ts';
import { isGatewayController } from '../sim/node/images/gateways.ts';
import { hostOf, plainPath, type Served } from './subject.ts';

const GROUP = 'gateway.networking.k8s.io';
/** Of the controller that a cluster comes with. */
const CONTROLLER = 'gateway.nginx.org/nginx-gateway-controller';
/** Kinds that the controller watches. */
const WATCHED = ['GatewayClass', 'Gateway', 'HTTPRoute', 'ReferenceGrant'];
/** Until new kinds are served. */
const SERVED_MS = 2_000;

type Objects = readonly ManifestObject[];

/** `v1` of what is of the Gateway API; undefined of all else. */
const versionOf = ({ apiVersion }: ManifestObject): string | undefined =>
  apiVersion.startsWith(`${GROUP}/`) ? apiVersion.slice(GROUP.length + 1) : undefined;

/** An audit brings what defines those of its kinds that it plays. */
export const isOfGatewayApi = (object: ManifestObject): boolean => versionOf(object) !== undefined;

const ofKind = (objects: Objects, kind: string): ManifestObject[] =>
  objects.filter((o) => o.kind === kind && versionOf(o) !== undefined);

/** The Gateway that a route names, and its listeners that are meant. */
function parentOf(route: ManifestObject, ref: unknown, objects: Objects): readonly unknown[] {
  const namespace = text(ref, ['namespace']) ?? namespaceOf(route);
  const gateway = ofKind(objects, 'Gateway').find(
    (o) => nameOf(o) === text(ref, ['name']) && namespaceOf(o) === namespace,
  );
  const [section, port] = [text(ref, ['sectionName']), count(ref, ['port'])];
  return list(gateway, ['spec', 'listeners']).filter(
    (one) =>
      (section === undefined || text(one, ['name']) === section) &&
      (port === undefined || count(one, ['port']) === port),
  );
}

const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** `https://shop.example.com`, the first name by which a route is met; undefined: it has none. */
function originOf(route: ManifestObject, objects: Objects): string | undefined {
  const hostnames = list(route, ['spec', 'hostnames']).filter((name) => typeof name === 'string');
  for (const ref of list(route, ['spec', 'parentRefs']))
    for (const listener of parentOf(route, ref, objects)) {
      const name = meetingNames(text(listener, ['hostname']), hostnames).find((one) => one !== '');
      if (name === undefined) continue;
      const scheme = text(listener, ['protocol']) === 'HTTPS' ? 'https' : 'http';
      const port = count(listener, ['port']) ?? USUAL_PORTS[scheme];
      return `${scheme}://${hostOf(name)}${port === USUAL_PORTS[scheme] ? '' : `:${port}`}`;
    }
  return undefined;
}

/** The path of a rule that asks for nothing else; undefined where it asks for more. */
function pathOf(rule: unknown): string | undefined {
  const matches = list(rule, ['matches']);
  const plain = matches.find((match) =>
    ['headers', 'queryParams'].every((field) => list(match, [field]).length === 0),
  );
  if (matches.length > 0 && plain === undefined) return undefined;
  if ((text(plain, ['method']) ?? 'GET') !== 'GET') return undefined;
  return plainPath(text(plain, ['path', 'value']) ?? '/');
}

/** Whether it is answered by who routes, and not by a backend. */
const isRedirected = (rule: unknown): boolean =>
  list(rule, ['filters']).some((filter) => text(filter, ['type']) === 'RequestRedirect');

/** The first rule of an HTTPRoute that a GET meets and whose backend is a Service of the manifests. */
function routeOf(route: ManifestObject, objects: Objects): Served[] {
  const [name, namespace] = [nameOf(route), namespaceOf(route)];
  const origin = originOf(route, objects);
  if (origin === undefined) return [];
  for (const rule of list(route, ['spec', 'rules'])) {
    const path = pathOf(rule);
    if (path === undefined || isRedirected(rule)) continue;
    const services = list(rule, ['backendRefs']).flatMap((ref) =>
      objects.filter(
        (o) =>
          o.kind === 'Service' &&
          (text(ref, ['kind']) ?? 'Service') === 'Service' &&
          nameOf(o) === text(ref, ['name']) &&
          namespaceOf(o) === (text(ref, ['namespace']) ?? namespace),
      ),
    );
    const workloads = objects.flatMap((o, place) => (services.some((s) => isServedBy(o, s)) ? [place] : []));
    if (workloads.length > 0)
      return [
        { as: 'HTTPRoute', name: `${namespace}/${name} (HTTPRoute)`, url: `${origin}${path}`, workloads },
      ];
  }
  return [];
}

export const routesOf = (objects: Objects): Served[] =>
  ofKind(objects, 'HTTPRoute').flatMap((route) => routeOf(route, objects));

/** Whether a Gateway is there, and no controller of its own: the cluster then comes with one. */
export const wantsGatewayController = (objects: Objects): boolean =>
  ofKind(objects, 'Gateway').length > 0 &&
  !objects
    .flatMap(containersOf)
    .some(({ container }) => isGatewayController(text(container, ['image']) ?? ''));

/** What of the Gateway API the manifests use and do not hold: definitions, and classes of their Gateways. */
export function gatewayApiFor(objects: Objects): Operation[] {
  const used = objects.filter((o) => versionOf(o) !== undefined);
  if (used.length === 0) return [];
  const defined = objects
    .filter((o) => o.kind === 'CustomResourceDefinition' && text(o, ['spec', 'group']) === GROUP)
    .map((o) => text(o, ['spec', 'names', 'kind']));
  const kinds = [...new Set([...WATCHED, ...used.map((o) => o.kind)])].filter((k) => !defined.includes(k));
  const definitions = kinds.map((kind) => {
    const versions = [...new Set(used.filter((o) => o.kind === kind).map((o) => versionOf(o)!))].sort();
    return versions.length === 0 ? gatewayDefinition(kind) : gatewayDefinition(kind, versions);
  });
  const held = ofKind(objects, 'GatewayClass').map(nameOf);
  const named = ofKind(objects, 'Gateway').flatMap((o) => text(o, ['spec', 'gatewayClassName']) ?? []);
  const [{ apiVersion }] = [ofKind(objects, 'GatewayClass')[0] ?? { apiVersion: `${GROUP}/v1` }];
  const classes = [...new Set(named)]
    .filter((name) => !held.includes(name))
    .map((name) =>
      yamlOf({ apiVersion, kind: 'GatewayClass', metadata: { name }, spec: { controllerName: CONTROLLER } }),
    );
  const applied = (texts: readonly string[]): Operation[] =>
    texts.length === 0 ? [] : [{ op: 'manifest', text: texts.join('\n---\n') }];
  return [
    ...applied(definitions),
    ...(definitions.length === 0 ? [] : [{ op: 'pass', durationMs: SERVED_MS } as const]),
    // Of a class that the manifests define the kind of, they hold the class as well.
    ...(defined.includes('GatewayClass') ? [] : applied(classes)),
  ];
}
