/**
 * A request's way through the server: who asks, on whose behalf, for what. Models the handler chain of
 * staging/src/k8s.io/apiserver/pkg/server/config.go (DefaultBuildHandlerChain). Everything here is
 * synchronous and follows from the cluster and the request alone, so that a log of requests can be replayed.
 */
import { apiGroup, coreVersions, discoveredGroups, groupList, VERSION } from '../../kubectl/discovery.ts';
import { healthOf, type HealthPath } from '../../kubectl/health.ts';
import { indexPaths } from '../../kubectl/indexpaths.ts';
import { metricsText } from '../../kubectl/metrics.ts';
import { toYaml } from '../../kubectl/output/yaml.ts';
import {
  METRICS_GROUP,
  METRICS_VERSION,
  metricsDefinitions,
  metricsObjects,
  metricsOf,
  metricsResources,
} from '../../kubectl/metricsapi.ts';
import { unavailableGroups } from '../../sim/api/apiservices.ts';
import { ISSUER_CACHE_CONTROL, issuerDocument } from '../../sim/api/authentication/issuer.ts';
import { ANONYMOUS, MASTERS, UNAUTHENTICATED, type UserInfo } from '../../sim/api/authentication/user.ts';
import type { Attributes } from '../../sim/api/authorization/attributes.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { apiVersionText, ruledBy, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { isReview } from '../../sim/api/reviews/definitions.ts';
import type { Cluster } from '../../sim/cluster.ts';
import { v2Answer, v3Answer } from '../openapi/answers.ts';
import { Call } from './call.ts';
import { aggregatedAnswer, hasSubresource, resourceList } from './discovery.ts';
import { exec } from './exec.ts';
import { discoverable, following, passedOn } from './extensions.ts';
import {
  type Answer,
  type Headers,
  type HttpRequest,
  JSON_TYPE,
  jsonAnswer,
  type Reply,
  textAnswer,
} from './http.ts';
import { includedIn, list, watch } from './listing.ts';
import { logs } from './logs.ts';
import { ANSWERED, discoveryVersion, formOf, isForPeople, prefersYaml } from './negotiation.ts';
import { create, get, type ObjectPart, patch, remove, removeAll, update } from './objects.ts';
import { portForward } from './portforward.ts';
import { proxy } from './proxy.ts';
import { CONNECTS, isProxied, resourceRequest, type ResourceRequest } from './requestinfo.ts';
import { methodNotAllowed, notAcceptable, notServed, refusalOf } from './status.ts';
import { tableOf } from './table.ts';
import { bind, evict, finalize, scale, token } from './subresources.ts';

const ANYBODY: UserInfo = { username: ANONYMOUS, groups: [UNAUTHENTICATED] };

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The values of a header that came several times. */
const listed = (header: string): string[] => header.split(',').map((value) => value.trim());

const EXTRA = 'impersonate-extra-';

/** A key of a header, as it was before its bytes were escaped. */
function unescaped(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What else is said of whom somebody is to act as; undefined: nothing. */
function extraIn(headers: Headers): Record<string, string[]> | undefined {
  const names = Object.keys(headers).filter((name) => name.startsWith(EXTRA));
  return names.length === 0
    ? undefined
    : Object.fromEntries(names.map((name) => [unescaped(name.slice(EXTRA.length)), listed(headers[name]!)]));
}

/** As whom a request is made, once its impersonation headers are asked. @throws ApiError */
function userOf(cluster: Cluster, request: HttpRequest): UserInfo {
  const { user, refused, headers } = request;
  if (refused === true) throw new ApiError('Unauthorized', 'Unauthorized');
  const own = user ?? ANYBODY;
  const as = headers['impersonate-user'];
  const groups = headers['impersonate-group'];
  const uid = headers['impersonate-uid'];
  const extra = extraIn(headers);
  if (as === undefined) {
    if (groups !== undefined || uid !== undefined || extra !== undefined)
      throw toKnown(
        request,
        new ApiError('InternalError', 'requested [groups uid extra] without impersonating a user'),
      );
    return own;
  }
  return cluster.impersonate(own, {
    user: as,
    ...(groups === undefined ? {} : { groups: listed(groups) }),
    ...(uid === undefined ? {} : { uid }),
    ...(extra === undefined ? {} : { extra }),
  });
}

/** What is wrong with a request, to those who are known; nobody else learns more than that he is not. */
export function toKnown({ user, refused }: Pick<HttpRequest, 'user' | 'refused'>, error: ApiError): ApiError {
  if (refused === true) return new ApiError('Unauthorized', 'Unauthorized');
  return user === undefined
    ? new ApiError('Forbidden', `forbidden: User ${JSON.stringify(ANONYMOUS)} may not ask this`)
    : error;
}

/** @throws ApiError Forbidden, of a path that is no resource's */
function mayAsk(cluster: Cluster, user: UserInfo, method: string, path: string): void {
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const { allowed } = cluster.client(user).may({ verb, path });
  if (!allowed)
    throw new ApiError(
      'Forbidden',
      `forbidden: User ${JSON.stringify(user.username)} cannot ${verb} path ${JSON.stringify(path)}`,
    );
}

const attributesOf = ({
  verb,
  group,
  resource,
  subresource,
  namespace,
  name,
}: ResourceRequest): Attributes => ({ verb, group, resource, subresource, namespace, name });

const isHealth = (name: string | undefined): name is HealthPath =>
  name === 'healthz' || name === 'livez' || name === 'readyz';

function healthAnswer(cluster: Cluster, path: HealthPath, check: string, query: URLSearchParams): Answer {
  const { quorum } = cluster.controlPlane;
  const { well, text } = healthOf(path, check === '' ? undefined : check, query, quorum);
  return textAnswer(well ? 200 : 500, text);
}

/** Whether metrics-server is there to answer. */
const isOfMetrics = ({ control }: Cluster, group: string, version: string): boolean =>
  control.metricsApi() !== 'absent' && group === METRICS_GROUP && version === METRICS_VERSION;

function pathAnswer(
  cluster: Cluster,
  { headers }: HttpRequest,
  path: string,
  query: URLSearchParams,
): Answer {
  const resources = discoverable(cluster);
  const steps = path.split('/').filter((step) => step !== '');
  const [root, group, version] = steps;
  if (isHealth(root)) return healthAnswer(cluster, root, steps.slice(1).join('/'), query);
  if (path === '/metrics') return textAnswer(200, metricsText({ cluster }));
  if (path === '/version') return jsonAnswer(200, VERSION);
  const ofIssuer = issuerDocument(path);
  if (ofIssuer !== undefined)
    return jsonAnswer(200, ofIssuer.value, {
      'content-type': ofIssuer.type,
      'cache-control': ISSUER_CACHE_CONTROL,
    });
  if (root === 'openapi' && group === 'v3') return v3Answer(resources, steps.slice(2), query, headers);
  if (path === '/openapi/v2') return v2Answer(resources, headers);
  if (root !== 'api' && root !== 'apis')
    return jsonAnswer(root === undefined ? 200 : 404, {
      paths: indexPaths({ resources, control: cluster.control }),
    });
  if (group === undefined) {
    const as = discoveryVersion(headers);
    if (as !== '') return aggregatedAnswer(cluster, resources, root, as, headers);
    return jsonAnswer(
      200,
      root === 'api' ? coreVersions() : groupList(discoveredGroups({ resources, control: cluster.control })),
    );
  }
  const found =
    root === 'api'
      ? version === undefined
        ? resourceList(resources, '', group)
        : undefined
      : version === undefined
        ? apiGroup(discoveredGroups({ resources, control: cluster.control }), group)
        : isOfMetrics(cluster, group, version)
          ? metricsResources()
          : resourceList(resources, group, version);
  if (found !== undefined) return jsonAnswer(200, found);
  if (root === 'apis' && version !== undefined && isUnavailable(cluster, { group, version }))
    return textAnswer(503, 'service unavailable\n');
  // Of a group that nobody has registered no server of the chain answers (notfoundhandler).
  if (root === 'apis' && !discoveredGroups({ resources, control: cluster.control }).has(group))
    return textAnswer(404, '404 page not found\n');
  throw notServed();
}

/** Whether another server is behind a group, and does not answer. */
function isUnavailable(
  cluster: Cluster,
  { group, version }: Pick<ResourceRequest, 'group' | 'version'>,
): boolean {
  const behind = cluster.client().find('APIService', '', `${version}.${group}`);
  return behind !== undefined && unavailableGroups([behind]).length > 0;
}

/** The definition that a path names. @throws ApiError NotFound */
function definitionOf(resources: ResourceRegistry, info: ResourceRequest): ResourceDefinition {
  for (const definition of resources.asked())
    if (
      definition.group === info.group &&
      definition.plural === info.resource &&
      definition.versions.some((v) => v.name === info.version)
    ) {
      if (info.inNamespace && !definition.namespaced) break;
      if (!info.inNamespace && definition.namespaced && info.name !== '') break;
      return definition;
    }
  throw notServed();
}

const PARTS: ReadonlySet<string> = new Set(['status', 'approval', 'ephemeralcontainers', 'resize']);

/** Subresources that are no parts of their object; undefined: it has none of the name. */
function subresourceReply(call: Call, definition: ResourceDefinition): Reply | undefined {
  const { verb, subresource } = call.info;
  const { resource } = definition;
  if (subresource === 'scale' && ['get', 'update', 'patch'].includes(verb)) return scale(call, definition);
  if (resource === 'namespaces' && subresource === 'finalize' && verb === 'update')
    return finalize(call, definition);
  if (subresource === 'proxy') return proxy(call);
  if (resource === 'serviceaccounts' && subresource === 'token' && verb === 'create') return token(call);
  if (resource !== 'pods') return undefined;
  if (subresource === 'log' && verb === 'get') return logs(call);
  if (subresource === 'exec' || subresource === 'attach') return exec(call, subresource);
  if (subresource === 'portforward') return portForward(call);
  if (subresource === 'binding' && verb === 'create') return bind(call);
  if (subresource === 'eviction' && verb === 'create') return evict(call);
  return undefined;
}

/** What metrics-server answers, in the form that is asked for. @throws ApiError */
function metricsAnswer({ cluster, info, request, query, client }: Call): Answer {
  const asked = { ...info, labelSelector: query.get('labelSelector') ?? '' };
  const form = formOf(request.headers, false);
  const definition = metricsDefinitions().find(({ plural }) => plural === info.resource);
  if (form?.as !== 'Table' || definition === undefined)
    return jsonAnswer(200, metricsOf(cluster, client, asked));
  const objects = metricsObjects(cluster, client, asked);
  const { now } = cluster;
  const { version } = form;
  const included = includedIn(query);
  return jsonAnswer(
    200,
    tableOf(definition, objects, { now, version, included, metadata: {}, columns: true }),
  );
}

function resourceReply(call: Call): Reply {
  const { cluster, info } = call;
  if (isOfMetrics(cluster, info.group, info.version)) {
    return metricsAnswer(call);
  }
  if (info.group === '' && info.resource === 'bindings' && info.verb === 'create') return bind(call);
  if (isUnavailable(cluster, info))
    throw new ApiError('ServiceUnavailable', 'the server is currently unable to handle the request');
  const passed = passedOn(call);
  if (passed instanceof Call) return objectReply(passed, definitionOf(passed.source.resources, info));
  if (passed !== undefined) return passed;
  const definition = definitionOf(cluster.resources, info);
  const deprecated = definition.versions.find((v) => v.name === info.version)?.deprecated;
  if (deprecated !== undefined) call.warnings.push(deprecated);
  const { subresource } = info;
  if (subresource !== '' && !PARTS.has(subresource)) {
    const reply = subresourceReply(call, definition);
    if (reply !== undefined) return reply;
    throw hasSubresource(definition, info.version, subresource) ? methodNotAllowed() : notServed();
  }
  return objectReply(call, definition);
}

/** Whether objects are made and deleted where the path points: of namespaces, in one. */
const hasCollection = ({ namespaced }: ResourceDefinition, { inNamespace }: ResourceRequest): boolean =>
  inNamespace || !namespaced;

/** Of objects and parts of them. */
function objectReply(call: Call, definition: ResourceDefinition): Reply {
  const { info, request } = call;
  const { verb, subresource } = info;
  if (subresource !== '' && !PARTS.has(subresource)) throw notServed();
  const form = formOf(request.headers, isReview(definition), verb === 'watch');
  if (form === undefined)
    throw notAcceptable(`only the following media types are accepted: ${ANSWERED.join(', ')}`);
  const part = subresource as ObjectPart;
  if (part === 'status' && !ruledBy(definition, call.apiVersion(definition)).subresources.status)
    throw notServed();
  if (part === 'approval' && definition.strategy.approval === undefined) throw notServed();
  if ((part === 'ephemeralcontainers' || part === 'resize') && definition.resource !== 'pods')
    throw notServed();
  switch (verb) {
    case 'get':
      return get(call, definition, form);
    case 'list':
      return list(call, definition, form);
    case 'watch':
      return following(call, watch(call, definition, form));
    case 'create':
      if (part !== '' || info.name !== '' || !hasCollection(definition, info)) throw methodNotAllowed();
      return create(call, definition, form);
    case 'update':
      if (info.name === '') throw methodNotAllowed();
      return update(call, definition, form, part);
    case 'patch':
      if (info.name === '') throw methodNotAllowed();
      return patch(call, definition, form, part);
    case 'delete':
      if (part !== '') throw methodNotAllowed();
      return remove(call, definition, form);
    case 'deletecollection':
      // Namespaces go one by one (pkg/registry/core/namespace/storage).
      if (!hasCollection(definition, info) || definition.kind === 'Namespace') throw methodNotAllowed();
      return removeAll(call, definition, form);
    default:
      throw methodNotAllowed();
  }
}

/**
 * `299 - "text"`, as RFC 7234 has warnings: in a header each byte of its UTF-8 is a character. Models
 * NewWarningHeader of staging/src/k8s.io/apimachinery/pkg/util/net/http.go.
 */
const warningText = (text: string): string => {
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `299 - "${String.fromCharCode(...new TextEncoder().encode(quoted))}"`;
};

/** What a header cannot hold is not warned of. */
const isTold = (warning: string): boolean => !/\p{Cc}/u.test(warning);

function indented(answer: Answer): Answer {
  if (!(answer.headers['content-type'] ?? '').startsWith(JSON_TYPE) || answer.body.length === 0)
    return answer;
  return { ...answer, body: `${JSON.stringify(JSON.parse(answer.body.toString()), undefined, 2)}\n` };
}

function withHeaders(reply: Reply, warnings: readonly string[], forPeople = false): Reply {
  if (reply.kind === 'exec' || reply.kind === 'portForward') return reply;
  const told = [...new Set(warnings)].filter(isTold);
  const headers: Headers = {
    'cache-control': 'no-cache, private',
    ...reply.headers,
    ...(told.length === 0 ? undefined : { warning: told.map(warningText).join(', ') }),
  };
  if (reply.kind === 'flow') return Object.assign(reply, { headers });
  return { ...(forPeople ? indented(reply) : reply), headers };
}

/** The same in YAML, of what is JSON. */
function inYaml(reply: Reply): Reply {
  if (reply.kind !== 'answer' || reply.headers['content-type'] !== JSON_TYPE || reply.body.length === 0)
    return reply;
  const headers = { ...reply.headers, 'content-type': 'application/yaml' };
  return { ...reply, headers, body: toYaml(JSON.parse(reply.body.toString())) };
}

/**
 * Handles a request, at the cluster's time. Never throws for what a request holds.
 * @example handle(cluster, { method: 'GET', url: '/api/v1/pods', headers: {}, body: new Uint8Array(), user })
 */
export function handle(cluster: Cluster, request: HttpRequest): Reply {
  const reply = handled(cluster, request);
  return prefersYaml(request.headers) && !isProxied(request.url) ? inYaml(reply) : reply;
}

function handled(cluster: Cluster, request: HttpRequest): Reply {
  const warnings: string[] = [];
  let forPeople = false;
  try {
    const { pathname, searchParams: query } = new URL(request.url, 'https://127.0.0.1');
    const path = decodeURIComponent(pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname);
    // What a Pod answers is its own.
    forPeople = isForPeople(request.headers, query) && !isProxied(request.url);
    const user = userOf(cluster, request);
    const info = resourceRequest(request.method, path, query);
    if (info === undefined) {
      mayAsk(cluster, user, request.method, path);
      if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
      return withHeaders(pathAnswer(cluster, request, path, query), warnings, forPeople);
    }
    if (WRITES.has(request.method) && !CONNECTS.has(info.subresource))
      cluster.operation('apiRequest', { method: request.method, path, user: user.username });
    const client = cluster.client(user).using({ apiVersion: apiVersionText(info.group, info.version) });
    // Whoever may not ask learns not even what is served.
    if (!user.groups.includes(MASTERS)) cluster.server.authorizer.check(client.by, attributesOf(info));
    const call = new Call(cluster, request, info, query, client, warnings);
    return withHeaders(resourceReply(call), warnings, forPeople);
  } catch (error) {
    if (error instanceof ApiError) return withHeaders(refusalOf(error), warnings, forPeople);
    if (error instanceof URIError || (error as { code?: string }).code === 'ERR_INVALID_URL')
      return refusalOf(
        toKnown(request, new ApiError('BadRequest', 'the path of the request cannot be read')),
      );
    throw error;
  }
}
