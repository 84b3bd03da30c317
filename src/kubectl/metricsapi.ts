/**
 * metrics.k8s.io, which the API server passes on to metrics-server while that answers. Models
 * kubernetes-sigs/metrics-server's pkg/api.
 */
import type { ApiClient } from '../sim/api/client.ts';
import { ApiError, notFound } from '../sim/api/errors.ts';
import type { ContainerUsage } from '../sim/api/metrics.ts';
import { addQuantities, formatQuantity, type Quantity, quantityOf } from '../sim/api/quantity.ts';
import { defineResource, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import { column, NAME } from '../sim/api/table/column.ts';
import { rfc3339 } from '../sim/api/time.ts';
import type { KubeObject, ObjectMeta } from '../sim/api/types.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { Millis } from '../sim/kernel/types.ts';

export const METRICS_GROUP = 'metrics.k8s.io';
export const METRICS_VERSION = 'v1beta1';
const API_VERSION = `${METRICS_GROUP}/${METRICS_VERSION}`;
const WINDOW_S = 15;

interface Usage {
  readonly cpu: string;
  readonly memory: string;
}

interface NodeMetrics extends KubeObject {
  readonly window: string;
  readonly usage: Usage;
}

interface PodMetrics extends KubeObject {
  readonly window: string;
  readonly containers: readonly { readonly name: string; readonly usage: Usage }[];
}

/** Nano-CPUs and bytes, as metrics-server reckons with them. */
const quantitiesOf = ({ cpuMilli, memoryBytes }: Omit<ContainerUsage, 'name'>): [Quantity, Quantity] => [
  { nano: BigInt(Math.round(cpuMilli * 1e6)), format: 'DecimalSI' },
  quantityOf(Math.ceil(memoryBytes), 'BinarySI'),
];

function usageOf(use: Omit<ContainerUsage, 'name'>): Usage {
  const [cpu, memory] = quantitiesOf(use);
  return { cpu: formatQuantity(cpu), memory: formatQuantity(memory) };
}

const sumOf = (texts: readonly string[]): string =>
  formatQuantity(texts.map((text) => addQuantities(text, '0')).reduce((sum, q) => addQuantities(sum, q)));

const COLUMNS = [NAME, column('cpu'), column('memory'), column('Window')];
const VERBS = ['get', 'list'];

/** What metrics-server serves; its columns are those of its own tables. */
export const metricsDefinitions = (): ResourceDefinition[] =>
  [
    defineResource<NodeMetrics>({
      group: METRICS_GROUP,
      kind: 'NodeMetrics',
      plural: 'nodes',
      namespaced: false,
      versions: [{ name: METRICS_VERSION }],
      columns: COLUMNS,
      row: ({ metadata, usage, window }) => [metadata.name, usage.cpu, usage.memory, window],
    }),
    defineResource<PodMetrics>({
      group: METRICS_GROUP,
      kind: 'PodMetrics',
      plural: 'pods',
      versions: [{ name: METRICS_VERSION }],
      columns: COLUMNS,
      row: ({ metadata, containers, window }) => [
        metadata.name,
        sumOf(containers.map(({ usage }) => usage.cpu)),
        sumOf(containers.map(({ usage }) => usage.memory)),
        window,
      ],
    }),
  ] as unknown as ResourceDefinition[];

/** As discovery lists it: it has no singular names. */
export const discoveredMetrics = ({ plural, namespaced, kind }: ResourceDefinition) => ({
  name: plural,
  singularName: '',
  namespaced,
  kind,
  verbs: VERBS,
});

/** What its path answers to discovery. */
export const metricsResources = (): object => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: API_VERSION,
  resources: metricsDefinitions().map(discoveredMetrics),
});

/** What is asked of it. */
export interface MetricsRequest {
  readonly verb: string;
  /** `nodes`, `pods`. */
  readonly resource: string;
  /** '': of all. */
  readonly namespace: string;
  /** '': of many. */
  readonly name: string;
  readonly labelSelector: string;
}

type Asked = Pick<ClusterApi, 'client' | 'metrics' | 'now'>;

/** The labels are those of the Pod or Node; what is there no more is not told of. */
function metaOf(cluster: Asked, kind: 'Node' | 'Pod', namespace: string, name: string, at: Millis) {
  const object = cluster.client().find(kind, namespace, name);
  if (object === undefined) return [];
  const { labels } = object.metadata;
  const metadata = {
    name,
    ...(namespace === '' ? {} : { namespace }),
    creationTimestamp: rfc3339(at),
    ...(labels === undefined ? {} : { labels }),
  };
  return [metadata as ObjectMeta];
}

const nodesIn = (cluster: Asked): NodeMetrics[] =>
  cluster.metrics
    .nodes()
    .flatMap((use) =>
      metaOf(cluster, 'Node', '', use.name, cluster.now).map((metadata) => ({
        kind: 'NodeMetrics',
        apiVersion: API_VERSION,
        metadata,
        timestamp: rfc3339(cluster.now),
        window: `${WINDOW_S}s`,
        usage: usageOf(use),
      })),
    );

const podsIn = (cluster: Asked, namespace: string): PodMetrics[] =>
  cluster.metrics
    .pods(namespace)
    .flatMap((use) =>
      metaOf(cluster, 'Pod', use.namespace, use.name, use.at).map((metadata) => ({
        kind: 'PodMetrics',
        apiVersion: API_VERSION,
        metadata,
        timestamp: rfc3339(use.at),
        window: `${Math.round(use.windowMs / 1000)}s`,
        containers: use.containers.map((c) => ({ name: c.name, usage: usageOf(c) })),
      })),
    );

/** The metrics of an object, or of all that are asked for. @throws ApiError */
export function metricsObjects(
  cluster: Asked,
  client: ApiClient,
  { verb, resource, namespace, name, labelSelector }: MetricsRequest,
): KubeObject[] {
  if (verb !== 'get' && verb !== 'list') throw new ApiError('MethodNotAllowed', 'metrics are read only');
  if (resource !== 'pods' && resource !== 'nodes')
    throw new ApiError('NotFound', 'the server could not find the requested resource');
  client.visit({ verb, group: METRICS_GROUP, resource, subresource: '', namespace, name });
  const labels = parseLabelSelector(labelSelector);
  const items: KubeObject[] = resource === 'nodes' ? nodesIn(cluster) : podsIn(cluster, namespace);
  const labelled = items.filter(({ metadata }) => matches(labels, metadata.labels ?? {}));
  if (verb === 'list') return labelled;
  const found = labelled.find(({ metadata }) => metadata.name === name);
  if (found !== undefined) return [found];
  const [kind, known] = resource === 'nodes' ? ['Node', name] : ['Pod', `${namespace}/${name}`];
  if (cluster.client().find(kind, namespace, name) === undefined) throw notFound(resource, '', name);
  throw notFound(`${kind.toLowerCase()}metrics`, METRICS_GROUP, known);
}

/** What metrics-server answers, as JSON. @throws ApiError */
export function metricsOf(cluster: Asked, client: ApiClient, request: MetricsRequest): object {
  const items = metricsObjects(cluster, client, request);
  if (request.verb === 'get') return items[0]!;
  const kind = `${request.resource === 'nodes' ? 'Node' : 'Pod'}MetricsList`;
  return { kind, apiVersion: API_VERSION, metadata: {}, items };
}
