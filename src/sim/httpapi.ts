/**
 * The API over HTTP, as programs in Pods ask for it: paths, verbs, objects and Status as JSON, indented as
 * for curl. Models staging/src/k8s.io/apiserver/pkg/endpoints/{request/requestinfo.go,handlers}. Watches,
 * server-side apply and protobuf are not answered.
 */
import type { By } from './kernel/types.ts';
import { issuerDocument } from './api/authentication/issuer.ts';
import { actingAs, ANONYMOUS, UNAUTHENTICATED, type UserInfo } from './api/authentication/user.ts';
import type { Attributes } from './api/authorization/attributes.ts';
import type { ApiClient, Draft, ListOptions } from './api/client.ts';
import { unavailableGroups } from './api/apiservices.ts';
import { ApiError, badRequest } from './api/errors.ts';
import type { HttpAnswer, HttpRequest } from './api/httprequest.ts';
import type { PatchType } from './api/patchtype.ts';
import { apiVersionText, type ResourceDefinition } from './api/resources/definition.ts';
import { problemsOf } from './api/resources/problems.ts';
import { decodingError } from './api/schema/check.ts';
import type { ResourceRegistry } from './api/resources/registry.ts';
import type { ApiServer } from './api/server.ts';
import type { KubeObject } from './api/types.ts';
import { Client } from './client.ts';
import { clientBehind } from './clientbehind.ts';

const NOBODY: UserInfo = { username: ANONYMOUS, groups: [UNAUTHENTICATED] };

const notFound = (): ApiError => new ApiError('NotFound', 'the server could not find the requested resource');

const written = (status: number, value: unknown): HttpAnswer => ({
  status,
  body: `${JSON.stringify(value, null, 2)}\n`,
});

function failure({ reason, code, message, details }: ApiError): HttpAnswer {
  const { name, group, kind, causes, retryAfterSeconds } = details;
  const told = {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    ...(causes === undefined
      ? {}
      : { causes: causes.map((c) => ({ reason: c.reason, message: c.message, field: c.field })) }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  return written(code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === 'Unknown' ? {} : { reason }),
    ...(Object.keys(told).length === 0 ? {} : { details: told }),
    code,
  });
}

/** Where a path leads: `/apis/apps/v1/namespaces/default/deployments/web/scale`. */
interface Place {
  readonly info: ResourceDefinition;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
}

/** Undefined: to no resource. @throws ApiError for one that is not served */
function placeOf(resources: ResourceRegistry, path: string): Place | undefined {
  const [, root, ...steps] = path.split('/').map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : (steps.shift() ?? '');
  const version = steps.shift() ?? '';
  if (version === '' || steps.length === 0) return undefined;
  const isWithin = steps[0] === 'namespaces' && steps.length > 2;
  const namespace = isWithin ? steps[1]! : '';
  const [plural, name = '', subresource = ''] = isWithin ? steps.slice(2) : steps;
  const info = Array.from(resources.asked()).find((d) => d.group === group && d.plural === plural);
  if (info?.versions.some((v) => v.name === version) !== true) throw notFound();
  if ((namespace !== '') > info.namespaced || (name !== '' && info.namespaced && namespace === ''))
    throw notFound();
  return { info, apiVersion: apiVersionText(group, version), namespace, name, subresource };
}

function parsed({ body = '' }: HttpRequest): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw badRequest("the object provided is unrecognized (must be of type JSON): couldn't get version/kind");
  }
}

/** An object of a resource; what of it the kind does not have is let pass. @throws ApiError BadRequest */
function objectIn(request: HttpRequest, info: ResourceDefinition): KubeObject {
  const object = parsed(request) as KubeObject;
  const problems = problemsOf(info, object).filter(({ kind }) => kind === 'type');
  const error = decodingError(object, problems);
  if (error !== undefined) throw error;
  return object;
}

const PATCHES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
};

function listed(client: ApiClient, { info, apiVersion, namespace }: Place, query: URLSearchParams): unknown {
  const [labelSelector, fieldSelector] = [query.get('labelSelector'), query.get('fieldSelector')];
  const options: ListOptions = {
    ...(namespace === '' ? {} : { namespace }),
    ...(labelSelector === null ? {} : { labelSelector }),
    ...(fieldSelector === null ? {} : { fieldSelector }),
  };
  const items = client.list(info.resource, options);
  const versions = items.map((o) => Number(o.metadata.resourceVersion));
  return {
    kind: `${info.kind}List`,
    apiVersion,
    metadata: { resourceVersion: String(Math.max(1, ...versions)) },
    items: items.map(({ metadata, apiVersion: _, kind: __, ...rest }) => ({ metadata, ...rest })),
  };
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

const attributesOf = (
  { info: { group, plural }, namespace, name, subresource }: Place,
  { method }: HttpRequest,
): Attributes => ({
  verb: VERBS[method] ?? (name === '' ? 'list' : 'get'),
  group,
  resource: plural,
  subresource,
  namespace,
  name,
});

/** What a verb does to a resource. @throws ApiError */
function done(client: ApiClient, place: Place, request: HttpRequest, query: URLSearchParams): HttpAnswer {
  const { info, apiVersion, namespace, name, subresource } = place;
  const whole = ({ kind, metadata, ...rest }: KubeObject): object => ({
    kind,
    ...rest,
    apiVersion,
    metadata,
  });
  if (subresource !== '' && (subresource !== 'status' || request.method !== 'GET')) throw notFound();
  switch (request.method) {
    case 'GET':
      return written(
        200,
        name === '' ? listed(client, place, query) : whole(client.get(info.resource, namespace, name)),
      );
    case 'POST': {
      const draft = objectIn(request, info);
      const metadata = { ...draft.metadata, ...(namespace === '' ? {} : { namespace }) };
      return written(201, whole(client.create({ ...draft, metadata } as Draft)));
    }
    case 'PUT':
      return written(200, whole(client.update(objectIn(request, info))));
    case 'PATCH': {
      const type = PATCHES[request.contentType ?? ''];
      if (type === undefined)
        throw new ApiError('UnsupportedMediaType', 'the body of the request was in an unknown format');
      return written(200, whole(client.patch(info.resource, namespace, name, type, parsed(request))));
    }
    case 'DELETE': {
      if (name === '') throw new ApiError('MethodNotAllowed', 'deletecollection is not simulated');
      return written(200, whole(client.delete(info.resource, namespace, name)));
    }
    default:
      throw new ApiError(
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
  }
}

/** What is no resource: health, version, the groups that are served. @throws ApiError */
function atPath(server: ApiServer, by: By, request: HttpRequest, path: string): HttpAnswer {
  server.authorizer.check(by, { verb: request.method.toLowerCase(), path });
  if (/^\/(?:healthz|livez|readyz)$/.test(path)) return { status: 200, body: 'ok' };
  if (path === '/version') return written(200, { major: '1', minor: '36', gitVersion: 'v1.36.0' });
  const ofIssuer = issuerDocument(path);
  if (ofIssuer !== undefined) return { status: 200, body: JSON.stringify(ofIssuer.value) };
  if (path === '/api') return written(200, { kind: 'APIVersions', versions: ['v1'] });
  throw notFound();
}

/**
 * The answer to a request; undefined: nobody listens. @param by who acts, in the history, because of what; as
 * whom, his token says
 */
export function answerHttp(server: ApiServer, request: HttpRequest, by: By): HttpAnswer | undefined {
  if (!server.state.up) return undefined;
  const [path = '/', search = ''] = request.path.split(/\?(.*)/s);
  try {
    const user = request.token === undefined ? NOBODY : server.authenticate(request.token);
    if (user === undefined) throw new ApiError('Unauthorized', 'Unauthorized');
    const who = actingAs(by, user);
    const [, root, group, version] = path.split('/');
    if (root === 'apis' && unavailableGroups(server.list('APIService')).includes(`${group}/${version}`))
      return { status: 503, body: 'service unavailable\n' };
    const query = new URLSearchParams(search);
    const behind = root === 'apis' ? server.behind(`${version}.${group}`) : undefined;
    if (behind !== undefined) {
      if ('failed' in behind) return { status: 503, body: `error trying to reach service: ${behind.failed}` };
      const place = placeOf(behind.server.serves, path);
      if (place === undefined) throw notFound();
      server.authorizer.check(who, attributesOf(place, request));
      return done(clientBehind(server, behind, who), place, request, query);
    }
    const place = placeOf(server.serves, path);
    if (place === undefined) return atPath(server, who, request, path);
    return done(new Client({ reach: () => server }, who), place, request, query);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failure(error);
  }
}
