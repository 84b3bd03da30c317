/** The API as one actor reaches it: a wire to the server, and who he is. */
import type { ApiClient, DeleteOptions, Draft, ListOptions } from './api/client.ts';
import type { ApiServer } from './api/server.ts';
import type { KubeObject, Namespace, ObjectOf, ResourceName } from './api/types.ts';
import type { Caller, RequestOptions } from './api/caller.ts';
import type { PatchType } from './api/patchtype.ts';
import type { PodSubresource } from './api/strategy/podsubresources.ts';

/** What lies between an actor and the API server. */
export interface Wire {
  /** @throws ApiError when the request does not get through */
  reach(write: boolean): ApiServer;
}

export class Client implements ApiClient {
  private readonly wire: Wire;
  private readonly by: Caller;

  constructor(wire: Wire, by: Caller) {
    this.wire = wire;
    this.by = by;
  }

  using(options: RequestOptions): Client {
    return new Client(this.wire, { ...this.by, ...options });
  }

  get<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> {
    return this.wire.reach(false).get(resource, namespace, name) as ObjectOf<R>;
  }

  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    return this.wire.reach(false).find(resource, namespace, name) as ObjectOf<R> | undefined;
  }

  list<R extends ResourceName>(resource: R, options?: ListOptions): ObjectOf<R>[] {
    return this.wire.reach(false).list(resource, options) as ObjectOf<R>[];
  }

  create<T extends KubeObject>(draft: Draft<T>): T {
    return this.wire.reach(true).create(draft as Draft, this.by) as T;
  }

  update<T extends KubeObject>(object: T): T {
    return this.wire.reach(true).update(object, this.by) as T;
  }

  updateStatus<T extends KubeObject>(object: T): T {
    return this.wire.reach(true).update(object, this.by, 'status') as T;
  }

  finalize(namespace: Namespace): Namespace {
    return this.wire.reach(true).finalize(namespace, this.by);
  }

  patch<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options?: { subresource?: 'status' | PodSubresource },
  ): ObjectOf<R> {
    const { subresource = '' } = options ?? {};
    return this.wire
      .reach(true)
      .patch(resource, namespace, name, type, patch, this.by, subresource) as ObjectOf<R>;
  }

  delete<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): ObjectOf<R> {
    return this.wire.reach(true).delete(resource, namespace, name, options, this.by) as ObjectOf<R>;
  }

  bind(namespace: string, pod: string, uid: string, node: string): void {
    this.wire.reach(true).bind(namespace, pod, uid, node, this.by);
  }

  evict(namespace: string, pod: string, options: DeleteOptions = {}): void {
    this.wire.reach(true).evict(namespace, pod, options, this.by);
  }

  scale(resource: ResourceName, namespace: string, name: string, replicas: number): void {
    this.wire.reach(true).scale(resource, namespace, name, replicas, this.by);
  }
}
