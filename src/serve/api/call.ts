/** A request for a resource on its way through the server: what it asks, of which cluster, as whom. */
import type { ApiClient } from '../../sim/api/client.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { inVersion, type ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Cluster } from '../../sim/cluster.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { HttpRequest } from './http.ts';
import type { ResourceRequest } from './requestinfo.ts';

/** Whose objects are asked for. */
export interface Source {
  readonly now: Millis;
  readonly history: readonly HistoryEntry[];
  /** What it serves. */
  readonly resources: ResourceRegistry;
  /** Of the last write. */
  readonly revision: number;
}

class OwnObjects implements Source {
  private readonly cluster: Cluster;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  get now(): Millis {
    return this.cluster.now;
  }

  get history(): readonly HistoryEntry[] {
    return this.cluster.history;
  }

  get resources(): ResourceRegistry {
    return this.cluster.resources;
  }

  get revision(): number {
    return this.cluster.server.state.store.revision;
  }
}

export class Call {
  readonly cluster: Cluster;
  readonly request: HttpRequest;
  readonly info: ResourceRequest;
  readonly query: URLSearchParams;
  readonly client: ApiClient;
  /** What is told beside the answer. */
  readonly warnings: string[];
  /** The cluster, unless another server is behind what is asked for. */
  readonly source: Source;

  constructor(
    cluster: Cluster,
    request: HttpRequest,
    info: ResourceRequest,
    query: URLSearchParams,
    client: ApiClient,
    warnings: string[],
    source: Source = new OwnObjects(cluster),
  ) {
    this.cluster = cluster;
    this.request = request;
    this.info = info;
    this.query = query;
    this.client = client;
    this.warnings = warnings;
    this.source = source;
  }

  /** Of the last write. */
  get revision(): number {
    return this.source.revision;
  }

  /** Of the version that was asked for: `apps/v1`. */
  apiVersion({ group }: ResourceDefinition): string {
    return apiVersionText(group, this.info.version);
  }

  /** The object in the version that was asked for. */
  versioned(definition: ResourceDefinition, object: KubeObject): KubeObject {
    return inVersion(definition, object, this.apiVersion(definition));
  }
}
