/** The verbs of a real API server, over a line. Every write passes the gate, and is written down. */
import { randomInt } from 'node:crypto';
import type { RequestOptions } from '../../sim/api/caller.ts';
import type { ApiClient, ApplyOptions, DeleteOptions, Draft, ListOptions } from '../../sim/api/client.ts';
import type { IssuedToken, TokenRequest } from '../../sim/api/authentication/tokens.ts';
import { isPath, type Attributes, type Decision } from '../../sim/api/authorization/attributes.ts';
import type { Rights } from '../../sim/api/authorization/policy.ts';
import type { ConnectOptions } from '../../sim/api/connectoptions.ts';
import { ApiError, isNotFound, type StatusReason } from '../../sim/api/errors.ts';
import type { PatchType } from '../../sim/api/patchtype.ts';
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { isReview } from '../../sim/api/reviews/definitions.ts';
import type { PodSubresource } from '../../sim/api/strategy/podsubresources.ts';
import type {
  KubeObject,
  LabelSelector,
  Namespace,
  ObjectOf,
  Pod,
  ResourceName,
} from '../../sim/api/types.ts';
import { selectorText } from '../../sim/api/selector.ts';
import type { By } from '../../sim/kernel/types.ts';
import { type Journal, outOfScope, type Scope } from './gate.ts';
import type { Line } from './line.ts';
import type { Answered } from './messages.ts';
import { PATCH_TYPES, pathOf } from './paths.ts';

const REASONS: Readonly<Record<number, StatusReason>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Expired',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

interface StatusBody {
  readonly kind?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: ApiError['details'] & { readonly kind?: string };
}

/** What a server that did not do as it was asked has said. */
export function refusal({ status, body }: Answered, server: string): ApiError {
  if (status === 0) return new ApiError('Unreachable', `the server ${server} could not be reached: ${body}`);
  let said: StatusBody = {};
  try {
    said = JSON.parse(body) as StatusBody;
  } catch {
    // A proxy's page: its status says enough.
  }
  const { message = `the server answered ${status}`, details = {} } = said;
  const reason = said.reason === 'AlreadyExists' ? 'AlreadyExists' : (REASONS[status] ?? 'Unknown');
  return new ApiError(reason, message, details);
}

const query = (parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][]).toString()}`;
};

/** As a server would name it (apiserver/pkg/storage/names/generate.go), so that its name is known before. */
function generated(base: string | undefined): string {
  if (base === undefined) return '';
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return base + Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
}

/** What a client shares with all others of its run. */
export interface Connection {
  readonly line: Line;
  /** For messages. */
  readonly server: string;
  readonly resources: ResourceRegistry;
  readonly scope: Scope;
  readonly journal: Journal;
  /** What was kept from being touched, in words. */
  readonly kept: string[];
  /** Told of what was written. */
  wrote(object: KubeObject): void;
}

export class RemoteClient implements ApiClient {
  readonly by: By;
  private readonly to: Connection;
  private readonly options: RequestOptions;

  constructor(to: Connection, by: By, options: RequestOptions = {}) {
    this.to = to;
    this.by = by;
    this.options = options;
  }

  using(options: RequestOptions): RemoteClient {
    return new RemoteClient(this.to, this.by, { ...this.options, ...options });
  }

  /** @throws ApiError */
  private send(method: string, path: string, body?: unknown, type?: string): unknown {
    const answer = this.to.line.call({
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(type === undefined ? {} : { type }),
    });
    for (const warning of answer.warnings ?? []) this.options.warn?.(warning);
    if (answer.status < 200 || answer.status > 299) throw refusal(answer, this.to.server);
    return JSON.parse(answer.body === '' ? '{}' : answer.body);
  }

  private definitionOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): ResourceDefinition {
    const { resources } = this.to;
    const found =
      resources.of(object as KubeObject) ?? [...resources.asked()].find((d) => d.kind === object.kind);
    if (found === undefined)
      throw new ApiError('NotFound', `the server could not find the requested resource (${object.kind})`);
    return found;
  }

  /** @throws ApiError Forbidden for what is not to be touched */
  private pass(definition: ResourceDefinition, namespace: string, name: string): void {
    if (isReview(definition)) return;
    const why = outOfScope(this.to.scope, definition, namespace, name);
    if (why === undefined) return;
    this.to.kept.push(why);
    throw new ApiError('Forbidden', why);
  }

  private get isDry(): boolean {
    return this.options.dryRun === true;
  }

  private writing(more: Readonly<Record<string, string | undefined>> = {}): string {
    return query({
      ...(this.isDry ? { dryRun: 'All' } : {}),
      fieldManager: this.options.fieldManager?.() ?? 'seatrial',
      fieldValidation: 'Strict',
      ...more,
    });
  }

  get<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> {
    return this.send('GET', pathOf(this.to.resources.get(resource), namespace, name)) as ObjectOf<R>;
  }

  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    try {
      return this.get(resource, namespace, name);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  list<R extends ResourceName>(resource: R, options: ListOptions = {}): ObjectOf<R>[] {
    const definition = this.to.resources.get(resource);
    const { namespace = '', labelSelector, fieldSelector } = options;
    const path =
      pathOf(definition, namespace) + query({ labelSelector: wordsOf(labelSelector), fieldSelector });
    const { items = [] } = this.send('GET', path) as { items?: KubeObject[] };
    const { apiVersion, kind } = definition;
    return items.map((item) => ({ ...item, apiVersion, kind })) as ObjectOf<R>[];
  }

  create<T extends KubeObject>(draft: Draft<T>): T {
    const definition = this.definitionOf(draft);
    const { namespace = '', name = generated(draft.metadata.generateName) } = draft.metadata;
    this.pass(definition, namespace, name);
    const path = pathOf(definition, namespace) + this.writing();
    const named = { ...draft, metadata: { ...draft.metadata, name } };
    const write = (): T => this.send('POST', path, named) as T;
    if (this.isDry || isReview(definition)) return write();
    // Of one that is there already nothing is to be undone: the server refuses another.
    if (this.find(definition.resource, namespace, name) !== undefined) return write();
    return this.to.journal.making('write', definition, { namespace, name }, undefined, write, (made) => {
      this.to.journal.created(definition, made);
      this.to.wrote(made);
    });
  }

  /** A write to what is there; what it was is asked first, to be put back. */
  private change(
    definition: ResourceDefinition,
    namespace: string,
    name: string,
    write: () => unknown,
  ): KubeObject {
    this.pass(definition, namespace, name);
    if (this.isDry) return write() as KubeObject;
    const before = this.find(definition.resource, namespace, name);
    const { journal } = this.to;
    return journal.making(
      'write',
      definition,
      { namespace, name },
      before,
      write as () => KubeObject,
      (after) => {
        journal.changed(definition, before, after);
        this.to.wrote(after);
      },
    );
  }

  private put<T extends KubeObject>(object: T, subresource: string): T {
    const definition = this.definitionOf(object);
    const { namespace = '', name } = object.metadata;
    const path = pathOf(definition, namespace, name, subresource) + this.writing();
    return this.change(definition, namespace, name, () => this.send('PUT', path, object)) as T;
  }

  update<T extends KubeObject>(object: T): T {
    return this.put(object, '');
  }

  updateStatus<T extends KubeObject>(object: T): T {
    return this.put(object, 'status');
  }

  updateApproval<T extends KubeObject>(object: T): T {
    return this.put(object, 'approval');
  }

  updatePart(pod: Pod, part: PodSubresource): Pod {
    return this.put(pod, part);
  }

  finalize(namespace: Namespace): Namespace {
    return this.put(namespace, 'finalize');
  }

  patch<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options?: { subresource?: 'status' | PodSubresource },
  ): ObjectOf<R> {
    const definition = this.to.resources.get(resource);
    const path = pathOf(definition, namespace, name, options?.subresource ?? '') + this.writing();
    return this.change(definition, namespace, name, () =>
      this.send('PATCH', path, patch, PATCH_TYPES[type]),
    ) as ObjectOf<R>;
  }

  apply<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    config: KubeObject,
    { manager, force, subresource = '' }: ApplyOptions,
  ): ObjectOf<R> {
    const definition = this.to.resources.get(resource);
    const path =
      pathOf(definition, namespace, name, subresource) +
      this.writing({ fieldManager: manager, ...(force ? { force: 'true' } : {}) });
    return this.change(definition, namespace, name, () =>
      this.send('PATCH', path, config, 'application/apply-patch+yaml'),
    ) as ObjectOf<R>;
  }

  delete<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): ObjectOf<R> {
    const definition = this.to.resources.get(resource);
    this.pass(definition, namespace, name);
    const before = this.get(resource, namespace, name);
    const write = (): KubeObject =>
      this.send('DELETE', pathOf(definition, namespace, name), {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...options,
        ...(this.isDry ? { dryRun: ['All'] } : {}),
      }) as KubeObject;
    const { journal } = this.to;
    const answer = this.isDry
      ? write()
      : journal.making('delete', definition, { namespace, name }, before, write, (gone) => {
          journal.deleted(definition, before);
          this.to.wrote(gone);
        });
    return (answer.kind === 'Status' ? before : answer) as ObjectOf<R>;
  }

  bind(namespace: string, pod: string, uid: string, node: string): void {
    const definition = this.to.resources.get('Pod');
    this.pass(definition, namespace, pod);
    this.send('POST', pathOf(definition, namespace, pod, 'binding'), {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: pod, namespace, uid },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    });
  }

  evict(namespace: string, pod: string, deleteOptions: DeleteOptions = {}): void {
    const definition = this.to.resources.get('Pod');
    this.pass(definition, namespace, pod);
    const before = this.find('Pod', namespace, pod);
    const write = (): unknown =>
      this.send('POST', pathOf(definition, namespace, pod, 'eviction'), {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: pod, namespace },
        deleteOptions,
      });
    const { journal } = this.to;
    journal.making('delete', definition, { namespace, name: pod }, before, write, () =>
      journal.deleted(definition, before),
    );
  }

  scale(resource: ResourceName, namespace: string, name: string, replicas: number): void {
    this.patch(resource, namespace, name, 'merge', { spec: { replicas } });
  }

  requestToken(namespace: string, account: string, spec: TokenRequest): IssuedToken {
    const definition = this.to.resources.get('ServiceAccount');
    this.pass(definition, namespace, account);
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
    const made = this.send('POST', pathOf(definition, namespace, account, 'token'), request);
    return (made as { status: IssuedToken }).status;
  }

  visit(request: Attributes): void {
    const { allowed, reason } = this.may(request);
    if (!allowed) throw new ApiError('Forbidden', reason || 'forbidden');
  }

  rights(namespace: string): Rights {
    const review = this.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace: namespace === '' ? 'default' : namespace },
    }) as { status: { resourceRules?: Rights['rules']; nonResourceRules?: Rights['rules'] } };
    const { resourceRules = [], nonResourceRules = [] } = review.status;
    const rules = [...resourceRules, ...nonResourceRules];
    return { rules, sources: rules.map(() => ''), problems: [] };
  }

  may(request: Attributes): Decision {
    const spec = isPath(request)
      ? { nonResourceAttributes: { verb: request.verb, path: request.path } }
      : { resourceAttributes: request };
    const review = this.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec,
    }) as { status: { allowed: boolean; reason?: string } };
    return { allowed: review.status.allowed, reason: review.status.reason ?? '' };
  }

  connect(): void {
    // The request itself is let through or not.
  }

  connectBy(...[, , , , , options]: Parameters<ApiClient['connectBy']>): ConnectOptions {
    return options;
  }
}

const wordsOf = (selector: string | LabelSelector | undefined): string | undefined =>
  typeof selector === 'object' ? selectorText(selector) : selector;
