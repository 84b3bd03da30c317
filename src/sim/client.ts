/** The API as one actor reaches it: a wire to the server, and who he is. */
import { withMembers } from './kernel/members.ts';
import type { ApiClient, ApplyOptions, DeleteOptions, Draft, ListOptions } from './api/client.ts';
import type { IssuedToken, TokenRequest } from './api/authentication/tokens.ts';
import { userInfoOf } from './api/authentication/user.ts';
import type { Attributes, Decision } from './api/authorization/attributes.ts';
import { ACTIONS, actionOf, type Action } from './api/authorization/actions.ts';
import type { Rights } from './api/authorization/policy.ts';
import type { ConnectedSubresource, ConnectOptions } from './api/connectoptions.ts';
import type { ApiServer } from './api/server.ts';
import type { KubeObject, Namespace, ObjectOf, Pod, ResourceName } from './api/types.ts';
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
  readonly by: Caller;

  constructor(wire: Wire, by: Caller) {
    this.wire = wire;
    this.by = by;
  }

  using(options: RequestOptions): Client {
    return new Client(this.wire, withMembers(this.by, options));
  }

  /** The server, once it has let the request through that is about to be made. */
  private at(
    write: boolean,
    action: Action,
    resource: ResourceName,
    namespace: string,
    name: string,
    fieldSelector?: string,
  ): ApiServer {
    const server = this.wire.reach(write);
    const { by } = this;
    by.passed?.('authentication', requestText(server, action, resource), by);
    server.authorize(by, action, resource, namespace, name, fieldSelector);
    by.passed?.('authorization', server.whyAllowed(by, action, resource, namespace, name), by);
    this.warn(server, resource, by.apiVersion);
    return server;
  }

  private atObject(action: Action, object: Draft, name: string): ApiServer {
    const server = this.wire.reach(true);
    const { by } = this;
    const { kind, metadata } = object;
    by.passed?.('authentication', requestText(server, action, kind), by);
    server.authorizeObject(by, action, object, name);
    by.passed?.('authorization', server.whyAllowed(by, action, kind, metadata.namespace ?? '', name), by);
    this.warn(server, kind, object.apiVersion);
    return server;
  }

  private warn(server: ApiServer, resource: ResourceName, apiVersion: string | undefined): void {
    const { warn } = this.by;
    if (warn === undefined) return;
    const deprecation = server.deprecationOf(resource, apiVersion);
    if (deprecation !== undefined) warn(deprecation);
  }

  get<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    subresource: '' | 'scale' = '',
  ): ObjectOf<R> {
    const action = subresource === '' ? ACTIONS.get : ACTIONS.getScale;
    const server = this.at(false, action, resource, namespace, name);
    return server.get(resource, namespace, name, this.by.apiVersion) as ObjectOf<R>;
  }

  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    const server = this.at(false, ACTIONS.get, resource, namespace, name);
    return server.find(resource, namespace, name, this.by.apiVersion) as ObjectOf<R> | undefined;
  }

  list<R extends ResourceName>(resource: R, options: ListOptions = {}): ObjectOf<R>[] {
    const { namespace = '', fieldSelector } = options;
    const name = namedBy(fieldSelector);
    const server = this.at(false, ACTIONS.list, resource, namespace, name, fieldSelector);
    return server.list(resource, options, this.by.apiVersion) as ObjectOf<R>[];
  }

  create<T extends KubeObject>(draft: Draft<T>): T {
    return this.atObject(ACTIONS.create, draft as Draft, '').create(draft as Draft, this.by) as T;
  }

  update<T extends KubeObject>(object: T): T {
    return this.atObject(ACTIONS.update, object, object.metadata.name).update(object, this.by) as T;
  }

  updateStatus<T extends KubeObject>(object: T): T {
    const server = this.atObject(ACTIONS.updateStatus, object, object.metadata.name);
    return server.update(object, this.by, 'status') as T;
  }

  updateApproval<T extends KubeObject>(object: T): T {
    const server = this.atObject(actionOf('update', 'approval'), object, object.metadata.name);
    return server.update(object, this.by, 'approval') as T;
  }

  updatePart(pod: Pod, part: PodSubresource): Pod {
    const server = this.atObject(actionOf('update', part), pod, pod.metadata.name);
    return server.update(pod, this.by, part) as Pod;
  }

  finalize(namespace: Namespace): Namespace {
    const { name } = namespace.metadata;
    return this.at(true, ACTIONS.finalize, 'Namespace', name, name).finalize(namespace, this.by);
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
    const action =
      subresource === ''
        ? ACTIONS.patch
        : subresource === 'status'
          ? ACTIONS.patchStatus
          : actionOf('patch', subresource);
    const server = this.at(true, action, resource, namespace, name);
    return server.patch(resource, namespace, name, type, patch, this.by, subresource) as ObjectOf<R>;
  }

  apply<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    config: KubeObject,
    options: ApplyOptions,
  ): ObjectOf<R> {
    const server = this.at(true, ACTIONS.patch, resource, namespace, name);
    return server.apply(resource, namespace, name, config, options, this.by) as ObjectOf<R>;
  }

  delete<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): ObjectOf<R> {
    const server = this.at(true, ACTIONS.delete, resource, namespace, name);
    return server.delete(resource, namespace, name, options, this.by) as ObjectOf<R>;
  }

  bind(namespace: string, pod: string, uid: string, node: string): void {
    this.at(true, ACTIONS.bind, 'Pod', namespace, pod).bind(namespace, pod, uid, node, this.by);
  }

  evict(namespace: string, pod: string, options: DeleteOptions = {}): void {
    this.at(true, ACTIONS.evict, 'Pod', namespace, pod).evict(namespace, pod, options, this.by);
  }

  scale(resource: ResourceName, namespace: string, name: string, replicas: number): void {
    const action = this.by.actor === 'user' ? ACTIONS.patchScale : ACTIONS.updateScale;
    this.at(true, action, resource, namespace, name).scale(resource, namespace, name, replicas, this.by);
  }

  requestToken(namespace: string, account: string, request: TokenRequest): IssuedToken {
    const server = this.wire.reach(true);
    server.authorize(this.by, actionOf('create', 'token'), 'ServiceAccount', namespace, account);
    return server.requestToken(namespace, account, request, this.by);
  }

  visit(request: Attributes): void {
    this.wire.reach(false).visit(request, this.by);
  }

  rights(namespace: string): Rights {
    return this.wire.reach(false).authorizer.current.rightsOf(userInfoOf(this.by), namespace);
  }

  may(request: Attributes): Decision {
    return this.wire.reach(false).authorizer.decide(userInfoOf(this.by), request);
  }

  connect(verb: string, resource: ResourceName, namespace: string, name: string, subresource: string): void {
    this.at(false, actionOf(verb, subresource), resource, namespace, name);
  }

  connectBy(
    verb: string,
    resource: 'Pod' | 'Service' | 'Node',
    namespace: string,
    name: string,
    subresource: ConnectedSubresource,
    options: ConnectOptions,
  ): ConnectOptions {
    const server = this.at(false, actionOf(verb, subresource), resource, namespace, name);
    return server.connect(resource, namespace, name, subresource, options, this.by);
  }
}

/** The one object that a field selector names; '': it names none. */
const namedBy = (selector: string | undefined): string =>
  selector === undefined ? '' : (/(?:^|,)metadata\.name==?([^,]+)/.exec(selector)?.[1] ?? '');

/** `create deployments.apps`; the resource as it was said where it is not served. */
function requestText(server: ApiServer, { verb, subresource }: Action, resource: ResourceName): string {
  const text = server.resourceText(resource);
  return subresource === '' ? `${verb} ${text}` : `${verb} ${text}/${subresource}`;
}
