/** metrics.k8s.io, as `kubectl top` asks it. Models kubernetes-sigs/metrics-server's pkg/api. */
import { ApiError, notFound } from '../../sim/api/errors.ts';
import { matches, parseLabelSelector } from '../../sim/api/selector.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { Call } from './call.ts';
import { type Answer, jsonAnswer } from './http.ts';
import { notServed } from './status.ts';

export const METRICS_GROUP = 'metrics.k8s.io';
const API_VERSION = `${METRICS_GROUP}/v1beta1`;
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

export const metricsResources = (): object => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: API_VERSION,
  resources: RESOURCES,
});

export function metrics(call: Call): Answer {
  const { cluster, info, query, client } = call;
  const { resource, verb, namespace, name } = info;
  if (verb !== 'get' && verb !== 'list') throw new ApiError('MethodNotAllowed', 'metrics are read only');
  if (resource !== 'pods' && resource !== 'nodes') throw notServed();
  const may = client.may({ verb, group: METRICS_GROUP, resource, subresource: '', namespace, name });
  if (!may.allowed)
    throw new ApiError(
      'Forbidden',
      `${resource}.${METRICS_GROUP} is forbidden: User ${JSON.stringify(client.by.user)} cannot ${verb} ` +
        `resource ${JSON.stringify(resource)} in API group ${JSON.stringify(METRICS_GROUP)}`,
    );
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
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
    return jsonAnswer(200, {
      kind: `${kind}MetricsList`,
      apiVersion: API_VERSION,
      metadata: {},
      items: labelled,
    });
  const found = labelled.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw notFound(resource, METRICS_GROUP, name);
  return jsonAnswer(200, found);
}
