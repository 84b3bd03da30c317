/** The API as one actor reaches it: a wire to the server, and who he is. */
import type { ApiClient, DeleteOptions, Draft, ListOptions, PatchType } from './api/client.ts';
import type { ApiServer } from './api/server.ts';
import type { Kind, KindMap, KubeObject, Namespace } from './api/types.ts';
import type { By } from './kernel/types.ts';

/** What lies between an actor and the API server. */
export interface Wire {
  /** @throws ApiError when the request does not get through */
  reach(write: boolean): ApiServer;
}

export class Client implements ApiClient {
  private readonly wire: Wire;
  private readonly by: By;

  constructor(wire: Wire, by: By) {
    this.wire = wire;
    this.by = by;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] {
    return this.wire.reach(false).get(kind, namespace, name);
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] | undefined {
    return this.wire.reach(false).find(kind, namespace, name);
  }

  list<K extends Kind>(kind: K, options?: ListOptions): KindMap[K][] {
    return this.wire.reach(false).list(kind, options);
  }

  create<T extends KubeObject>(draft: Draft<T>): T {
    return this.wire.reach(true).create(draft, this.by);
  }

  update<T extends KubeObject>(object: T): T {
    return this.wire.reach(true).update(object, this.by);
  }

  updateStatus<T extends KubeObject>(object: T): T {
    return this.wire.reach(true).update(object, this.by, 'status');
  }

  finalize(namespace: Namespace): Namespace {
    return this.wire.reach(true).finalize(namespace, this.by);
  }

  patch<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options?: { subresource?: 'status' },
  ): KindMap[K] {
    const server = this.wire.reach(true);
    return server.patch(kind, namespace, name, type, patch, this.by, options?.subresource ?? '');
  }

  delete<K extends Kind>(kind: K, namespace: string, name: string, options: DeleteOptions = {}): KindMap[K] {
    return this.wire.reach(true).delete(kind, namespace, name, options, this.by);
  }

  bind(namespace: string, pod: string, uid: string, node: string): void {
    this.wire.reach(true).bind(namespace, pod, uid, node, this.by);
  }

  evict(namespace: string, pod: string, options: DeleteOptions = {}): void {
    this.wire.reach(true).evict(namespace, pod, options, this.by);
  }

  scale(
    kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet',
    namespace: string,
    name: string,
    replicas: number,
  ): void {
    this.wire.reach(true).scale(kind, namespace, name, replicas, this.by);
  }
}
