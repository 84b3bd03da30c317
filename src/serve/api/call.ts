/** A request for a resource on its way through the server: what it asks, of which cluster, as whom. */
import type { ApiClient } from '../../sim/api/client.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { inVersion } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Cluster } from '../../sim/cluster.ts';
import type { HttpRequest } from './http.ts';
import type { ResourceRequest } from './requestinfo.ts';

export class Call {
  readonly cluster: Cluster;
  readonly request: HttpRequest;
  readonly info: ResourceRequest;
  readonly query: URLSearchParams;
  readonly client: ApiClient;
  /** What is told beside the answer. */
  readonly warnings: string[];

  constructor(
    cluster: Cluster,
    request: HttpRequest,
    info: ResourceRequest,
    query: URLSearchParams,
    client: ApiClient,
    warnings: string[],
  ) {
    this.cluster = cluster;
    this.request = request;
    this.info = info;
    this.query = query;
    this.client = client;
    this.warnings = warnings;
  }

  /** Of the last write. */
  get revision(): number {
    return this.cluster.server.state.store.revision;
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
