/**
 * What an API server counts, at /metrics, in Prometheus' text format: of kube-apiserver's some hundred
 * metrics those of which the simulator knows the values. Names, labels and help are upstream's:
 * staging/src/k8s.io/apiserver/pkg/{endpoints/metrics,storage/etcd3/metrics}/metrics.go,
 * component-base/metrics/prometheus/slis/metrics.go.
 */
import { deepEqual } from '../sim/api/equal.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import { EPOCH } from '../sim/api/time.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { VERSION } from './discovery.ts';
import { checksOf, passes, type HealthPath } from './health.ts';
import type { Session } from './session.ts';

/** Of whom it is told. */
type Asked = Pick<Session, 'cluster'>;

type Labels = Readonly<Record<string, string>>;

const sampleText = (name: string, labels: Labels): string => {
  const inside = Object.keys(labels)
    .sort()
    .map((label) => `${label}="${labels[label]}"`);
  return inside.length === 0 ? name : `${name}{${inside.join(',')}}`;
};

/** A metric whose samples are counted one by one. */
class Metric {
  private readonly samples = new Map<string, number>();
  private readonly name: string;
  private readonly type: 'counter' | 'gauge';
  private readonly help: string;

  constructor(name: string, type: 'counter' | 'gauge', help: string) {
    this.name = name;
    this.type = type;
    this.help = help;
  }

  add(labels: Labels, value = 1): void {
    const sample = sampleText(this.name, labels);
    this.samples.set(sample, (this.samples.get(sample) ?? 0) + value);
  }

  text(): string {
    const lines = [...this.samples].sort(([a], [b]) => (a < b ? -1 : 1)).map(([s, value]) => `${s} ${value}`);
    return [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} ${this.type}`, ...lines, ''].join('\n');
  }
}

/** Since when the server runs, as far as the history goes back. */
function startOf(history: readonly HistoryEntry[]): Millis {
  const began = history.findLast(
    ({ type, ...entry }) =>
      type === 'world' && 'key' in entry && ['apiServerUp', 'apiServerServes'].includes(entry.key),
  );
  return (began ?? history[0])?.at ?? 0;
}

/** The request that a write was of: what objects before and after it tell. */
function requestOf({ before, after }: ApiChange): { verb: string; subresource: string; code: string } {
  const [old, next] = [before as KubeObject | undefined, after as KubeObject | undefined];
  if (old === undefined) return { verb: 'POST', subresource: '', code: '201' };
  const marks = old.metadata.deletionTimestamp === undefined;
  if (next === undefined || (marks && next.metadata.deletionTimestamp !== undefined))
    return { verb: 'DELETE', subresource: '', code: '200' };
  const [from, to] = [old as Partial<Pod>, next as Partial<Pod>];
  if (next.kind === 'Pod' && !from.spec?.nodeName && to.spec?.nodeName)
    return { verb: 'POST', subresource: 'binding', code: '201' };
  const isStatus = !deepEqual(from.status, to.status) && deepEqual(from.spec, to.spec);
  return { verb: 'PUT', subresource: isStatus ? 'status' : '', code: '200' };
}

const NOTE =
  '# Seatrial counts the writes that etcd took, of all API servers together. Reads, requests that were\n' +
  '# refused and renewals of Leases are not counted; an update is a PUT, by whatever verb it came.\n';
const CUT = '# This run keeps the end of its history only: its requests are not counted.\n';

/** Requests, and what etcd was asked for them. */
function countsOf({ cluster }: Asked, since: Millis): string {
  const { history, resources } = cluster;
  if ((history[0]?.id ?? 1) !== 1) return CUT;
  const requests = new Metric(
    'apiserver_request_total',
    'counter',
    '[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, ' +
      'resource, scope, component, and HTTP response code.',
  );
  const etcd = new Metric(
    'etcd_requests_total',
    'counter',
    '[ALPHA] Etcd request counts for each operation and object type.',
  );
  for (const entry of history) {
    if (entry.type !== 'api' || entry.at < since) continue;
    const definition = resources.find(entry.resource);
    if (definition === undefined) continue;
    const { group, plural: resource, versions } = definition;
    const request = requestOf(entry);
    requests.add({
      ...request,
      component: 'apiserver',
      dry_run: '',
      group,
      resource,
      scope: 'resource',
      version: versions[0]!.name,
    });
    const { before, after } = entry;
    const operation = before === undefined ? 'create' : after === undefined ? 'delete' : 'update';
    etcd.add({ group, operation, resource });
  }
  return NOTE + requests.text() + etcd.text();
}

/** @throws ApiError where they cannot be counted */
function objectsOf({ cluster }: Asked): string {
  const metric = new Metric(
    'apiserver_resource_objects',
    'gauge',
    '[ALPHA] Number of stored objects at the time of last check split by kind. In case of a fetching ' +
      'error, the value will be -1.',
  );
  const { quorum } = cluster.controlPlane;
  const api = cluster.client();
  const count = ({ resource }: ResourceDefinition): number => (quorum ? api.list(resource).length : -1);
  for (const definition of cluster.resources.all())
    metric.add({ group: definition.group, resource: definition.plural }, count(definition));
  return metric.text();
}

function healthOf({ cluster }: Asked): string {
  const metric = new Metric(
    'kubernetes_healthcheck',
    'gauge',
    '[STABLE] This metric records the result of a single healthcheck.',
  );
  for (const type of ['healthz', 'livez', 'readyz'] satisfies HealthPath[])
    for (const name of checksOf(type))
      metric.add({ name, type }, passes(name, cluster.controlPlane.quorum) ? 1 : 0);
  return metric.text();
}

/** What /metrics answers. */
export function metricsText({ cluster }: Asked): string {
  const since = startOf(cluster.history);
  const start = new Metric(
    'process_start_time_seconds',
    'gauge',
    'Start time of the process since unix epoch in seconds.',
  );
  start.add({}, (EPOCH + since) / 1000);
  const build = new Metric(
    'kubernetes_build_info',
    'gauge',
    "[ALPHA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git " +
      'tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on ' +
      'which it is running.',
  );
  const { major, minor, gitVersion, gitTreeState, goVersion, compiler, platform } = VERSION;
  build.add({
    build_date: '',
    compiler,
    git_commit: '',
    git_tree_state: gitTreeState,
    git_version: gitVersion,
    go_version: goVersion,
    major,
    minor,
    platform,
  });
  return (
    objectsOf({ cluster }) +
    countsOf({ cluster }, since) +
    build.text() +
    healthOf({ cluster }) +
    start.text()
  );
}
