/**
 * Requests for groups that other servers serve, which the aggregator passes on. Models
 * staging/src/k8s.io/kube-aggregator/pkg/apiserver/{handler_proxy,handler_discovery}.go.
 */
import type { Extension } from '../../sim/api/client.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { APIService } from '../../sim/api/resources/apiservice.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { ApiChange } from '../../sim/kernel/history.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Cluster } from '../../sim/cluster.ts';
import { Call, type Source } from './call.ts';
import { type Answer, type Flow, textAnswer } from './http.ts';
import { isAvailable } from '../../sim/api/apiserviceverdict.ts';

/** Asks anew each time: its Pod may be gone, or another. */
class ExtensionObjects implements Source {
  private readonly cluster: Cluster;
  private readonly apiService: string;
  readonly resources: ResourceRegistry;

  constructor(cluster: Cluster, apiService: string, { serves }: Extension) {
    this.cluster = cluster;
    this.apiService = apiService;
    this.resources = serves;
  }

  private get reached(): Extension | undefined {
    const reply = this.cluster.control.behind(this.apiService);
    return reply === undefined || 'failed' in reply ? undefined : reply;
  }

  get now(): Millis {
    return this.cluster.now;
  }

  /** Undefined: it is not reached. */
  get writes(): readonly ApiChange[] | undefined {
    return this.reached?.writes;
  }

  get revision(): number {
    return this.reached?.revision ?? 0;
  }

  get history(): readonly ApiChange[] {
    return this.writes ?? [];
  }
}

/**
 * The call as the server behind a group has it, or the answer of one that is not reached; undefined: the
 * group is the cluster's own.
 */
export function passedOn(call: Call): Call | Answer | undefined {
  const { cluster, request, info, query, client, warnings } = call;
  const name = `${info.version}.${info.group}`;
  const reply = info.group === '' ? undefined : cluster.control.behind(name);
  if (reply === undefined) return undefined;
  if ('failed' in reply) return textAnswer(503, `error trying to reach service: ${reply.failed}`);
  const behind = reply.client(client.by).using({ apiVersion: apiVersionText(info.group, info.version) });
  return new Call(
    cluster,
    request,
    info,
    query,
    behind,
    warnings,
    new ExtensionObjects(cluster, name, reply),
  );
}

/** A watch that ends when the server that it is of does, or has forgotten what it told. */
class ExtensionWatch implements Flow {
  readonly kind = 'flow';
  readonly status: number;
  readonly headers: Flow['headers'];
  private readonly watch: Flow;
  private readonly source: ExtensionObjects;
  private last = 0;
  private isGone = false;

  constructor(watch: Flow, source: ExtensionObjects) {
    this.watch = watch;
    this.source = source;
    this.status = watch.status;
    this.headers = watch.headers;
  }

  take(): readonly string[] {
    const { writes } = this.source;
    const last = writes?.at(-1)?.id ?? 0;
    this.isGone ||= writes === undefined || last < this.last;
    this.last = last;
    return this.isGone ? [] : this.watch.take();
  }

  mark(): readonly string[] {
    return this.isGone ? [] : (this.watch.mark?.() ?? []);
  }

  get ended(): boolean {
    return this.isGone || this.watch.ended;
  }

  get timeoutSeconds(): number {
    return this.watch.timeoutSeconds!;
  }
}

export const following = ({ source }: Call, watch: Flow): Flow =>
  source instanceof ExtensionObjects ? new ExtensionWatch(watch, source) : watch;

/** Definitions of which some versions alone are registered. */
const narrowed = new WeakMap<ResourceDefinition, Map<string, ResourceDefinition>>();

function narrowedTo(definition: ResourceDefinition, names: readonly string[]): ResourceDefinition {
  const versions = definition.versions.filter(({ name }) => names.includes(name));
  if (versions.length === definition.versions.length) return definition;
  let made = narrowed.get(definition);
  if (made === undefined) narrowed.set(definition, (made = new Map()));
  const key = versions.map(({ name }) => name).join();
  const known = made.get(key) ?? { ...definition, versions };
  made.set(key, known);
  return known;
}

/** What clients find: the cluster's own resources and those of the servers that are reached. */
export function discoverable(cluster: Cluster): ResourceRegistry {
  const { resources, control } = cluster;
  const found = new Map<ResourceDefinition, string[]>();
  if (!control.knowsApiServices()) return resources;
  for (const object of cluster.client().list('APIService')) {
    const { metadata, spec } = object as APIService;
    const { group = '', version = '' } = spec;
    if (!spec.service || !isAvailable(object)) continue;
    const reply = control.behind(metadata.name);
    if (reply === undefined || 'failed' in reply) continue;
    for (const definition of reply.serves.all())
      if (definition.group === group && definition.versions.some(({ name }) => name === version))
        found.set(definition, [...(found.get(definition) ?? []), version]);
  }
  return found.size === 0
    ? resources
    : resources.with([...found].map(([definition, names]) => narrowedTo(definition, names)));
}
