/**
 * pods/log: what a container has printed, at once or as it comes. Models pkg/registry/core/pod/strategy.go.
 */
import { allContainers } from '../../sim/api/containers.ts';
import { ApiError, badRequest, invalid } from '../../sim/api/errors.ts';
import { parseTime, rfc3339Micro } from '../../sim/api/time.ts';
import type { Pod } from '../../sim/api/types.ts';
import { type Causes, forbidden, invalidValue, unsupported } from '../../sim/api/validation/field.ts';
import type { Cluster } from '../../sim/cluster.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { uidOnNode } from '../../sim/api/mirror.ts';
import {
  latestContainer,
  type LogLine,
  type Machine,
  previousContainer,
  type RuntimeContainer,
} from '../../sim/node/world.ts';
import type { Call } from './call.ts';
import { type Answer, type Flow, TEXT_TYPE, textAnswer } from './http.ts';
import { isSet, numberOf } from './options.ts';

/** @throws ApiError BadRequest where it is not said which of several is meant, or none has the name */
export function containerNamed(pod: Pod, name: string): string {
  const { metadata } = pod;
  if (name !== '') {
    if (allContainers(pod).some((c) => c.name === name)) return name;
    throw badRequest(`container ${name} is not valid for pod ${metadata.name}`);
  }
  const names = pod.spec.containers.map((c) => c.name);
  if (names.length === 1) return names[0]!;
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]`,
  );
}

/** The machine that a Pod runs on. @throws ApiError where its kubelet cannot be asked */
export function machineOf(cluster: Cluster, pod: Pod, path: string): Machine {
  const machine = cluster.world.machines.get(pod.spec.nodeName ?? '');
  if (machine !== undefined && machine.power === 'on' && cluster.control.isUp(`kubelet@${machine.name}`))
    return machine;
  const address = machine?.ip ?? pod.status.hostIP ?? pod.spec.nodeName ?? '';
  throw new ApiError(
    'InternalError',
    `Get "https://${address}:10250/${path}": dial tcp ${address}:10250: connect: no route to host`,
  );
}

interface LogOptions {
  readonly from: Millis;
  readonly stamps: boolean;
}

function printed({ at, line, unended }: LogLine, { stamps }: LogOptions): string {
  const end = unended === true ? '' : '\n';
  return stamps ? `${rfc3339Micro(at).replace('000Z', '000000Z')} ${line}${end}` : `${line}${end}`;
}

function runOf(call: Call, pod: Pod, container: string): RuntimeContainer | undefined {
  const { name, namespace } = pod.metadata;
  if (!pod.spec.nodeName) return undefined;
  const machine = machineOf(call.cluster, pod, `containerLogs/${namespace}/${name}/${container}`);
  if (isSet(call.query, 'previous')) {
    const run = previousContainer(machine, uidOnNode(pod), container);
    if (run === undefined)
      throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    return run;
  }
  const run = latestContainer(machine, uidOnNode(pod), container);
  if (run !== undefined && run.state !== 'created') return run;
  const statuses = [
    ...(pod.status.containerStatuses ?? []),
    ...(pod.status.initContainerStatuses ?? []),
    ...(pod.status.ephemeralContainerStatuses ?? []),
  ];
  const why = statuses.find((s) => s.name === container)?.state?.waiting?.reason ?? 'ContainerCreating';
  const words = /ImagePull/.test(why) ? 'trying and failing to pull image' : `waiting to start: ${why}`;
  throw badRequest(`container "${container}" in pod "${name}" is ${words}`);
}

/** The lines of a container that runs on, until it has ended. */
class Follow implements Flow {
  readonly kind = 'flow';
  readonly status = 200;
  readonly headers = { 'content-type': TEXT_TYPE };
  private readonly run: RuntimeContainer;
  private readonly cluster: Cluster;
  private readonly node: string;
  private readonly options: LogOptions;
  private told: number;

  constructor(cluster: Cluster, node: string, run: RuntimeContainer, options: LogOptions, told: number) {
    this.cluster = cluster;
    this.node = node;
    this.run = run;
    this.options = options;
    this.told = told;
  }

  /** A fork or a rewind puts another object in its place. */
  private get current(): RuntimeContainer | undefined {
    return this.cluster.world.machines.get(this.node)?.containers.get(this.run.id);
  }

  get ended(): boolean {
    return this.current?.state !== 'running';
  }

  take(): readonly string[] {
    const logs = this.current?.logs ?? [];
    const lines = logs.slice(this.told).filter((l) => l.at >= this.options.from);
    this.told = logs.length;
    return lines.map((l) => printed(l, this.options));
  }
}

const STREAMS = ['All', 'Stderr', 'Stdout'];

/** @throws ApiError Invalid. Models ValidatePodLogOptions of pkg/apis/core/validation/validation.go. */
function checkOptions(query: URLSearchParams, pod: string): void {
  const out: Causes = [];
  const atLeast = (field: string, least: 0 | 1): void => {
    const value = numberOf(query, field);
    if (value === undefined || value >= least) return;
    const why = least === 0 ? 'must be greater than or equal to 0' : 'must be greater than 0';
    out.push(invalidValue(field, value, why));
  };
  const since = query.get('sinceTime') || undefined;
  if (since !== undefined && Number.isNaN(parseTime(since)))
    throw badRequest(
      `parsing time ${JSON.stringify(since)} as "2006-01-02T15:04:05Z07:00": cannot parse ` +
        `${JSON.stringify(since)} as "2006"`,
    );
  atLeast('tailLines', 0);
  atLeast('limitBytes', 1);
  if (query.get('sinceSeconds') && query.get('sinceTime'))
    out.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else atLeast('sinceSeconds', 1);
  const stream = query.get('stream') || 'All';
  if (!STREAMS.includes(stream)) out.push(unsupported('stream', stream, STREAMS));
  else if (stream !== 'All' && query.get('tailLines'))
    out.push(forbidden('', '`tailLines` and specific `stream` are mutually exclusive for now'));
  if (out.length > 0) throw invalid('PodLogOptions', '', pod, out);
}

export function logs(call: Call): Answer | Flow {
  const { client, info, query, cluster } = call;
  const pod = client.get('Pod', info.namespace, info.name);
  client.connect('get', 'Pod', info.namespace, info.name, 'log');
  checkOptions(query, info.name);
  const container = containerNamed(pod, query.get('container') ?? '');
  const run = runOf(call, pod, container);
  const seconds = numberOf(query, 'sinceSeconds');
  const since = query.get('sinceTime') ?? '';
  const tail = numberOf(query, 'tailLines');
  const limit = numberOf(query, 'limitBytes');
  const from =
    seconds !== undefined ? cluster.now - seconds * 1000 : since === '' ? -Infinity : parseTime(since);
  const options = { from, stamps: isSet(query, 'timestamps') };
  const all = run?.logs ?? [];
  const lines = all.filter((l) => l.at >= from);
  const first = tail === undefined ? 0 : Math.max(0, lines.length - tail);
  if (isSet(query, 'follow') && run !== undefined)
    return new Follow(cluster, pod.spec.nodeName!, run, options, all.length - (lines.length - first));
  const text = lines
    .slice(first)
    .map((l) => printed(l, options))
    .join('');
  return textAnswer(200, limit === undefined ? text : text.slice(0, limit));
}
