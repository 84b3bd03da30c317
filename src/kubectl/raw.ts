/**
 * `kubectl get --raw`: paths of the API, and what a server answers to a GET of each, as JSON. Sources:
 * staging/src/k8s.io/kubectl/pkg/rawhttp/raw.go, apiserver/pkg/endpoints/request/requestinfo.go,
 * apiserver/pkg/server/{routes,healthz}.
 */
import { issuerDocument } from '../sim/api/authentication/issuer.ts';
import { unavailableGroups } from '../sim/api/apiservices.ts';
import { ApiError } from '../sim/api/errors.ts';
import { apiVersionText, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { inVersion } from '../sim/api/resources/registry.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { scaleOf } from '../sim/api/resources/scale.ts';
import { apiGroup, coreVersions, discoveredGroups, groupList, resourceList, VERSION } from './discovery.ts';
import { KubectlError } from './errors.ts';
import { healthText, type HealthPath } from './health.ts';
import { indexPaths } from './indexpaths.ts';
import { metricsText } from './metrics.ts';
import { METRICS_GROUP, METRICS_VERSION, metricsOf, metricsResources } from './metricsapi.ts';
import { escapeHtml } from './output/json.ts';
import { writeOut, type Session } from './session.ts';

const notServed = (): ApiError =>
  new ApiError('NotFound', 'the server could not find the requested resource');

const HEALTH_PARAMETERS = ['verbose', 'exclude'];
const LIST_PARAMETERS = ['labelSelector', 'fieldSelector', 'limit', 'pretty', 'timeoutSeconds'];

const isHealth = (name: string | undefined): name is HealthPath =>
  name === 'healthz' || name === 'livez' || name === 'readyz';

/** What stands behind the `?`, as far as it can be played. @throws KubectlError */
function queryOf(text: string, played: readonly string[]): URLSearchParams {
  const query = new URLSearchParams(text);
  for (const name of query.keys())
    if (!played.includes(name)) throw new KubectlError(`?${name}= is not simulated for --raw`);
  return query;
}

/** Where a path leads: `/apis/apps/v1/namespaces/default/deployments/web/scale`. */
interface Place {
  readonly info: ResourceDefinition;
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

function placeOf({ cluster }: Session, group: string, version: string, steps: readonly string[]): Place {
  const isNamespaced = steps[0] === 'namespaces' && steps.length > 2;
  const namespace = isNamespaced ? steps[1] : undefined;
  const [plural, name, subresource, ...more] = isNamespaced ? steps.slice(2) : steps;
  const info = [...cluster.resources.asked()].find((d) => d.group === group && d.plural === plural);
  if (
    info === undefined ||
    !info.versions.some((v) => v.name === version) ||
    more.length > 0 ||
    (namespace !== undefined && !info.namespaced) ||
    (name !== undefined && info.namespaced && namespace === undefined)
  )
    throw notServed();
  return { info, apiVersion: apiVersionText(group, version), namespace, name, subresource };
}

/** Kind and version first, as servers write objects; of a list of Kubernetes' own kinds they are left out. */
function written({ info, apiVersion }: Pick<Place, 'info' | 'apiVersion'>, object: KubeObject): object {
  const { kind, apiVersion: _, metadata, ...rest } = inVersion(info, object, apiVersion);
  return { kind, apiVersion, metadata, ...rest };
}

function objectAt(session: Session, place: Place, name: string): object {
  const { info, apiVersion, namespace = '', subresource } = place;
  const object = session.api.using({ apiVersion }).get(info.resource, namespace, name);
  if (subresource === undefined || (subresource === 'status' && info.subresources.status))
    return written(place, object);
  const scale = subresource === 'scale' ? scaleOf(info, object) : undefined;
  if (scale !== undefined) return scale;
  throw notServed();
}

function listAt(session: Session, place: Place, query: URLSearchParams): object {
  const { info, apiVersion, namespace } = place;
  const [labelSelector, fieldSelector] = [query.get('labelSelector'), query.get('fieldSelector')];
  const objects = session.api
    .using({ apiVersion })
    .list(info.resource, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === null ? {} : { labelSelector }),
      ...(fieldSelector === null ? {} : { fieldSelector }),
    });
  return listOf(info, objects, apiVersion);
}

/** The list of a kind, as servers write it. */
export function listOf(
  info: ResourceDefinition,
  objects: readonly KubeObject[],
  apiVersion = info.apiVersion,
): object {
  const versions = objects.map((o) => Number(o.metadata.resourceVersion));
  return {
    kind: `${info.kind}List`,
    apiVersion,
    metadata: { resourceVersion: String(Math.max(1, ...versions)) },
    items: objects.map((object) => {
      if (info.schemas !== undefined) return written({ info, apiVersion }, object);
      const { kind: _, apiVersion: __, metadata, ...rest } = inVersion(info, object, apiVersion);
      return { metadata, ...rest };
    }),
  };
}

/** What metrics-server answers. @throws ApiError */
function metricsAt({ cluster, api }: Session, steps: readonly string[], query: URLSearchParams): object {
  if (steps.length === 0) return metricsResources();
  const isNamespaced = steps[0] === 'namespaces' && steps.length > 2;
  const [resource = '', name = '', ...more] = isNamespaced ? steps.slice(2) : steps;
  if (more.length > 0) throw notServed();
  return metricsOf(cluster, api, {
    verb: name === '' ? 'list' : 'get',
    resource,
    namespace: isNamespaced ? steps[1]! : '',
    name,
    labelSelector: query.get('labelSelector') ?? '',
  });
}

function answer(session: Session, path: string, queryText: string): object | string {
  const { resources, controlPlane } = session.cluster;
  const [root, ...below] = path.split('/').filter((step) => step !== '');
  const query = queryOf(queryText, isHealth(root) ? HEALTH_PARAMETERS : LIST_PARAMETERS);
  if (isHealth(root))
    return healthText(root, below.length === 0 ? undefined : below.join('/'), query, controlPlane.quorum);
  if (below.length === 0 && root === 'version') return VERSION;
  if (below.length === 0 && root === 'metrics') return metricsText(session);
  const ofIssuer = issuerDocument(path);
  if (ofIssuer !== undefined) return ofIssuer.value;
  if (root === undefined) return { paths: indexPaths(session.cluster) };
  if (root !== 'api' && root !== 'apis') throw notServed();
  if (below.length === 0)
    return root === 'api' ? coreVersions() : groupList(discoveredGroups(session.cluster));
  const [group, version, rest] =
    root === 'api' ? ['', below[0]!, below.slice(1)] : [below[0]!, below[1], below.slice(2)];
  if (
    root === 'apis' &&
    unavailableGroups(session.cluster.client().list('APIService')).includes(`${group}/${version}`)
  )
    throw new ApiError('ServiceUnavailable', 'the server is currently unable to handle the request');
  if (version === undefined) {
    const found = apiGroup(discoveredGroups(session.cluster), group);
    if (found === undefined) throw notServed();
    return found;
  }
  if (
    group === METRICS_GROUP &&
    version === METRICS_VERSION &&
    session.cluster.control.metricsApi() !== 'absent'
  )
    return metricsAt(session, rest, query);
  if (rest.length === 0) {
    const found = resourceList(resources, group, version);
    if (found === undefined) throw notServed();
    return found;
  }
  const place = placeOf(session, group, version, rest);
  return place.name === undefined ? listAt(session, place, query) : objectAt(session, place, place.name);
}

/** Whether a path leads to objects, and not to what the server says of itself. */
const isOfResources = (path: string): boolean => /^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)\/./.test(path);

/** Prints what a path answers. @throws KubectlError, ApiError */
export function printRaw(session: Session): number {
  const { flags, args } = session;
  if (args.length > 0) throw new KubectlError('arguments may not be passed when --raw is specified');
  if (['watch', 'watch-only', 'selector', 'field-selector', 'all-namespaces'].some((name) => flags.has(name)))
    throw new KubectlError(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    );
  if (flags.has('output')) throw new KubectlError('--raw and --output are mutually exclusive');
  const raw = flags.text('raw');
  if (!raw.startsWith('/'))
    throw new KubectlError(`--raw must be a valid URL path: parse "${raw}": invalid URI for request`);
  const [path = '', query = ''] = raw.split('?');
  const decoded = decodeURI(path).replace(/(.)\/$/, '$1');
  if (!isOfResources(decoded)) session.api.visit({ verb: 'get', path: decoded });
  const found = answer(session, decoded, query);
  writeOut(session, typeof found === 'string' ? found : `${escapeHtml(JSON.stringify(found))}\n`);
  return 0;
}
