/**
 * metrics.k8s.io, which the API server passes on to metrics-server while that answers. Models
 * kubernetes-sigs/metrics-server's pkg/api.
 */
import type { ApiClient } from '../sim/api/client.ts';
import { ApiError, notFound } from '../sim/api/errors.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import { rfc3339 } from '../sim/api/time.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';

export const METRICS_GROUP = 'metrics.k8s.io';
export const METRICS_VERSION = 'v1beta1';
const API_VERSION = `${METRICS_GROUP}/${METRICS_VERSION}`;
const WINDOW_S = 15;

/** Nano-CPUs and KiB, in which metrics-server writes them. */
const usage = (cpuMilli: number, memoryBytes: number): object => ({
  cpu: `${Math.round(cpuMilli * 1e6)}n`,
  memory: `${Math.ceil(memoryBytes / 1024)}Ki`,
});

const RESOURCES = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
];

/** What its path answers to discovery. */
export const metricsResources = (): object => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: API_VERSION,
  resources: RESOURCES,
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

/** The metrics of an object, or the list of them. @throws ApiError */
export function metricsOf(
  cluster: Pick<ClusterApi, 'client' | 'metrics' | 'now'>,
  client: ApiClient,
  { verb, resource, namespace, name, labelSelector }: MetricsRequest,
): object {
  if (verb !== 'get' && verb !== 'list') throw new ApiError('MethodNotAllowed', 'metrics are read only');
  if (resource !== 'pods' && resource !== 'nodes')
    throw new ApiError('NotFound', 'the server could not find the requested resource');
  const may = client.may({ verb, group: METRICS_GROUP, resource, subresource: '', namespace, name });
  if (!may.allowed)
    throw new ApiError(
      'Forbidden',
      `${resource}.${METRICS_GROUP} is forbidden: User ${JSON.stringify(client.by.user)} cannot ${verb} ` +
        `resource ${JSON.stringify(resource)} in API group ${JSON.stringify(METRICS_GROUP)}`,
    );
  const labels = parseLabelSelector(labelSelector);
  const timestamp = rfc3339(cluster.now);
  const items =
    resource === 'nodes'
      ? cluster.metrics
          .nodes()
          .map((n) => ({
            kind: 'NodeMetrics',
            apiVersion: API_VERSION,
            metadata: { name: n.name, creationTimestamp: timestamp },
            timestamp,
            window: `${WINDOW_S}s`,
            usage: usage(n.cpuMilli, n.memoryBytes),
          }))
      : cluster.metrics
          .pods(namespace)
          .map((p) => ({
            kind: 'PodMetrics',
            apiVersion: API_VERSION,
            metadata: { name: p.name, namespace: p.namespace, creationTimestamp: rfc3339(p.at) },
            timestamp: rfc3339(p.at),
            window: `${Math.round(p.windowMs / 1000)}s`,
            containers: p.containers.map((c) => ({ name: c.name, usage: usage(c.cpuMilli, c.memoryBytes) })),
          }));
  const kind = resource === 'nodes' ? 'Node' : 'Pod';
  const labelled = items.filter(({ metadata }) => {
    const of = metadata as { name: string; namespace?: string };
    const object = cluster.client().find(kind, of.namespace ?? '', of.name);
    return object !== undefined && matches(labels, object.metadata.labels ?? {});
  });
  if (verb === 'list')
    return { kind: `${kind}MetricsList`, apiVersion: API_VERSION, metadata: {}, items: labelled };
  const found = labelled.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw notFound(resource, METRICS_GROUP, name);
  return found;
}
