/**
 * What the server serves, as clients discover it. Models staging/src/k8s.io/apiserver/pkg/endpoints/discovery
 * and its aggregated form, k8s.io/api/apidiscovery/v2.
 */
import { byRank } from '../../kubectl/groupranks.ts';
import { type Discovered, discovered, servedGroups } from '../../kubectl/discovery.ts';
import { apiVersionText, ruledBy, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import {
  discoveredMetrics,
  METRICS_GROUP,
  METRICS_VERSION,
  metricsDefinitions,
} from '../../kubectl/metricsapi.ts';
import { fnv1a32 } from '../../sim/api/hash.ts';
import type { Cluster } from '../../sim/cluster.ts';
import type { Answer, Headers } from './http.ts';

interface Sub {
  readonly name: string;
  readonly verbs: readonly string[];
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
}

const PART = ['get', 'patch', 'update'];
const CONNECT = ['create', 'get'];
const PROXY = ['create', 'delete', 'get', 'patch', 'update'];

/** Subresources beside scale and status, by group resource. */
const OTHERS: Readonly<Record<string, readonly Sub[]>> = {
  pods: [
    { name: 'attach', verbs: CONNECT, kind: 'PodAttachOptions' },
    { name: 'binding', verbs: ['create'], kind: 'Binding' },
    { name: 'ephemeralcontainers', verbs: PART, kind: 'Pod' },
    { name: 'eviction', verbs: ['create'], kind: 'Eviction', group: 'policy', version: 'v1' },
    { name: 'exec', verbs: CONNECT, kind: 'PodExecOptions' },
    { name: 'log', verbs: ['get'], kind: 'Pod' },
    { name: 'portforward', verbs: CONNECT, kind: 'PodPortForwardOptions' },
    { name: 'proxy', verbs: PROXY, kind: 'PodProxyOptions' },
    { name: 'resize', verbs: PART, kind: 'Pod' },
  ],
  services: [{ name: 'proxy', verbs: PROXY, kind: 'ServiceProxyOptions' }],
  nodes: [{ name: 'proxy', verbs: PROXY, kind: 'NodeProxyOptions' }],
  namespaces: [{ name: 'finalize', verbs: ['update'], kind: 'Namespace' }],
  serviceaccounts: [
    { name: 'token', verbs: ['create'], kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1' },
  ],
  'certificatesigningrequests.certificates.k8s.io': [
    { name: 'approval', verbs: PART, kind: 'CertificateSigningRequest' },
  ],
};

/** All of a resource in one of its versions, in the order of their names. */
function subresourcesOf(definition: ResourceDefinition, version: string): Sub[] {
  const { resource, kind } = definition;
  const { status, scale } = ruledBy(definition, apiVersionText(definition.group, version)).subresources;
  return [
    ...(OTHERS[resource] ?? []),
    ...(scale === undefined
      ? []
      : [{ name: 'scale', verbs: PART, kind: 'Scale', group: 'autoscaling', version: 'v1' }]),
    ...(status ? [{ name: 'status', verbs: PART, kind }] : []),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a resource has a subresource, by whatever method. */
export const hasSubresource = (definition: ResourceDefinition, version: string, name: string): boolean =>
  subresourcesOf(definition, version).some((sub) => sub.name === name);

const servedIn = (resources: ResourceRegistry, group: string, version: string): ResourceDefinition[] =>
  [...resources.asked()]
    .filter((d) => d.group === group && d.versions.some((v) => v.name === version))
    .sort((a, b) => (a.plural < b.plural ? -1 : 1));

/** What `/apis/GROUP/VERSION` and `/api/v1` answer; undefined where that is not served. */
export function resourceList(
  resources: ResourceRegistry,
  group: string,
  version: string,
): object | undefined {
  const served = servedIn(resources, group, version);
  if (served.length === 0) return undefined;
  const rows = served.flatMap((d): Discovered[] => [
    discovered(d),
    ...subresourcesOf(d, version).map(({ name, ...sub }) => ({
      name: `${d.plural}/${name}`,
      singularName: '',
      namespaced: d.namespaced,
      ...sub,
    })),
  ]);
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersionText(group, version),
    resources: rows,
  };
}

function aggregatedResource(definition: ResourceDefinition, version: string): object {
  const { name, singularName, namespaced, verbs, kind, shortNames, categories } = discovered(definition);
  const { group } = definition;
  const own = { group, version };
  const subresources = subresourcesOf(definition, version).map((sub) => ({
    subresource: sub.name,
    responseKind: {
      ...own,
      ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
      kind: sub.kind,
    },
    verbs: sub.verbs,
  }));
  return {
    resource: name,
    responseKind: { ...own, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singularName,
    verbs,
    ...(shortNames === undefined ? {} : { shortNames }),
    ...(categories === undefined ? {} : { categories }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

/** As it is said of a group that another server is behind. @param isReached whether that answers */
function metricsGroup(isReached: boolean): object {
  const resources = metricsDefinitions().map((definition) => {
    const { name, singularName, namespaced, kind, verbs } = discoveredMetrics(definition);
    return {
      resource: name,
      responseKind: { group: METRICS_GROUP, version: METRICS_VERSION, kind },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      singularResource: singularName,
      verbs,
    };
  });
  return {
    metadata: { name: METRICS_GROUP },
    versions: [{ version: METRICS_VERSION, resources, freshness: isReached ? 'Current' : 'Stale' }],
  };
}

/** What `/api` and `/apis` answer who takes it aggregated. Models discovery/aggregated/etag.go. */
export function aggregatedAnswer(
  cluster: Cluster,
  resources: ResourceRegistry,
  root: 'api' | 'apis',
  version: 'v2' | 'v2beta1',
  asked: Headers,
): Answer {
  const body = `${JSON.stringify(aggregated(cluster, resources, root, version))}\n`;
  const etag = `"${fnv1a32(body).toString(16).toUpperCase().padStart(8, '0')}"`;
  const headers = { etag, vary: 'Accept', 'cache-control': 'public' };
  if (asked['if-none-match'] === etag) return { kind: 'answer', status: 304, headers, body: '' };
  const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  return { kind: 'answer', status: 200, headers: { 'content-type': type, ...headers }, body };
}

function aggregated(
  { control }: Cluster,
  resources: ResourceRegistry,
  root: 'api' | 'apis',
  version: 'v2' | 'v2beta1',
): object {
  const groups = [...servedGroups(resources)]
    .filter(([name]) => (name === '') === (root === 'api'))
    .sort(([a], [b]) => byRank(a, b));
  const items = groups.map(([name, versions]) => ({
    metadata: name === '' ? {} : { name },
    versions: versions.map((of) => ({
      version: of,
      resources: servedIn(resources, name, of).map((d) => aggregatedResource(d, of)),
      freshness: 'Current',
    })),
  }));
  const metrics = control.metricsApi();
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: root === 'api' || metrics === 'absent' ? items : [...items, metricsGroup(metrics === 'served')],
  };
}
