/**
 * The API server: the one way into a cluster. Every verb goes through decoding's version conversion,
 * defaulting, the kind's strategy, admission and validation, in the order of
 * staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go.
 */
import { withMembers } from '../kernel/members.ts';
import { admit, admitConnection, admitPart, isAskedOfParts } from './admission/index.ts';
import { topologyLabels } from './admission/podtopologylabels.ts';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  AdmissionView,
  ConversionCall,
  WebhookCall,
} from './admission/types.ts';
import { allocateService } from './allocate/index.ts';
import type { WebhookReply } from './admission/dynamic/webhookcall.ts';
import type { Caller } from './caller.ts';
import { defaultRbacObjects } from './authorization/defaults/index.ts';
import { answerReview } from './reviews/answer.ts';
import { isReview, reviewDefinitions } from './reviews/definitions.ts';
import { issueToken, userOfToken, type IssuedToken, type TokenRequest } from './authentication/tokens.ts';
import { restrictToken } from './authentication/noderestriction.ts';
import { POD_ACTOR } from './httprequest.ts';
import { API_SERVER, nodeOf, userInfoOf, type UserInfo } from './authentication/user.ts';
import type { Attributes, Decision } from './authorization/attributes.ts';
import { ACTIONS, type Action } from './authorization/actions.ts';
import { Authorizer, type AuthorizerView, type RbacState } from './authorization/authorizer.ts';
import { checkEscalation } from './authorization/escalation.ts';
import type { RbacObjects } from './authorization/policy.ts';
import type { ApplyOptions, DeleteOptions, Draft, ListOptions } from './client.ts';
import type { ConnectedSubresource, ConnectOptions } from './connectoptions.ts';
import { lastRenewalOf, type ControlPlane } from './controlplane.ts';
import { takeCertificate, type Certified } from './certificates/certified.ts';
import { applyDefaults } from './defaults/index.ts';
import { isFinalised, markForDeletion } from './deletion.ts';
import { deepEqual } from './equal.ts';
import { isEmptyMap, withoutEmptyMaps } from './emptymaps.ts';
import { alreadyExists, ApiError, badRequest, conflict, invalid, notFound } from './errors.ts';
import { attach, detach, expire, promote, type EventLeases } from './eventleases.ts';
import { emptyCorrelation, correlate, type Correlation, type EventDraft } from './events.ts';
import { decideEviction } from './eviction.ts';
import { matchesFields, parseFieldSelector } from './fieldselector.ts';
import { lastRenewal, type LeaseRenewals } from './leases.ts';
import { localApiServices } from './localapiservices.ts';
import { isAvailable } from './apiserviceverdict.ts';
import { goKind } from './gokind.ts';
import { METRICS_API, metricsApiService, type MetricsApiState } from './metricsservice.ts';
import {
  applyConfiguration,
  entriesAfterUpdate,
  type ManagedFieldsEntry,
  managerOf,
} from './managedfields/index.ts';
import { applyPatch } from './merge/index.ts';
import { matches, parseLabelSelector, selectorOf } from './selector.ts';
import { conversionFailed, conversionKey, convertedBy } from './resources/conversion.ts';
import {
  apiVersionText,
  ruledBy,
  mergesStrategically,
  mergeTypeOf,
  schemaOf,
  versionOf,
  withValueAt,
  type ResourceDefinition,
} from './resources/definition.ts';
import { asServed, inName, sentIn } from './resources/dynamic.ts';
import type { APIService } from './resources/apiservice.ts';
import { inVersion, patchedVersion, toStorageVersion, type ResourceRegistry } from './resources/registry.ts';
import { decodePatched } from './schema/patched.ts';
import { decodePatchedCustom } from './resources/problems.ts';
import { checkRequestName } from './requestname.ts';
import {
  emptyStore,
  keyOf,
  keyOnce,
  objectsIn,
  objectsInOrder,
  partOf,
  putObject,
  sortedByKey,
  type ObjectTable,
  type StoreState,
} from './store.ts';
import { podPartStrategy, type PodSubresource } from './strategy/podsubresources.ts';
import { randomHex, randomName, randomUid } from './names.ts';
import { refusal, type Trouble } from './trouble.ts';
import { rfc3339, rfc3339Micro } from './time.ts';
import type {
  Event,
  Kind,
  KindMap,
  KubeObject,
  Lease,
  Namespace,
  ObjectMeta,
  Pod,
  ObjectOf,
  PodDisruptionBudget,
  ResourceName,
  Service,
} from './types.ts';
import type { Causes } from './validation/field.ts';
import { validateWhole } from './validation/required.ts';
import type { ClusterConfig } from '../config.ts';
import { Cells } from '../kernel/fork.ts';
import type { ApiChange, HistoryEntry } from '../kernel/history.ts';
import type { By, EntryId, Millis } from '../kernel/types.ts';
import type { PatchType } from './patchtype.ts';

const RBAC = 'rbac.authorization.k8s.io';
const API_SERVICES = 'apiservices.apiregistration.k8s.io';

/** Whether a cluster has roles of its own there: everywhere counts, and what is in no namespace. */
const isWhereDefaultsAre = (namespace: string): boolean =>
  namespace === '' || namespace === 'kube-system' || namespace === 'kube-public';

/** State of the control plane's storage and server; plain data. */
export interface ServerState extends RbacState {
  readonly store: StoreState;
  readonly correlation: Correlation;
  readonly leases: Map<string, LeaseRenewals>;
  readonly eventLeases: EventLeases;
  /** Whether the server answers at all, and whether etcd takes writes. */
  up: boolean;
  quorum: boolean;
  /** What is wrong with it beside; absent: nothing. */
  trouble?: Trouble;
  /** Users with certificates, and their groups; absent: none but those who are there from the beginning. */
  users?: Map<string, readonly string[]>;
  /** Certificates that were issued while the cluster ran, by whose they are; absent: none. */
  certificates?: Map<string, Certified>;
  /**
   * The versions in which etcd has objects that are not in the one that their definition stores by now, by
   * `conversionKey`; absent: none.
   */
  formerVersions?: Map<string, string>;
  /** Whether the APIServices of its own groups are among the others; they are once somebody asks. */
  localApiServices?: 'there';
  /** Where control plane nodes run it; absent: it is one server and one etcd, and on no node. */
  plane?: ControlPlane;
}

const unreachable = (): ApiError => new ApiError('Unreachable', 'The connection to the server was refused');

export const emptyServer = (resources: ResourceRegistry): ServerState => ({
  store: emptyStore(resources.all()),
  correlation: emptyCorrelation(),
  leases: new Cells(),
  eventLeases: [],
  up: true,
  quorum: true,
});

/** A write that etcd took. */
export interface StoreChange {
  readonly definition: ResourceDefinition;
  /** In the store. */
  readonly key: string;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  /** The value after, or the last one before it went. */
  readonly last: KubeObject;
  readonly revision: number;
}

/** A server behind an APIService that was reached. */
export interface ExtensionServer {
  /** As it is now: its writes are kept where its program keeps them. */
  readonly server: ApiServer;
  /** Its last writes, oldest first. */
  readonly writes: readonly ApiChange[];
  /** `system:serviceaccount:shop:default`, as whom it asks what others may; undefined: it has no token. */
  readonly account: string | undefined;
}

export interface ExtensionCall {
  readonly apiService: APIService;
  readonly view: AdmissionView;
}

/** What came of asking; undefined: nobody knows what the program there serves. */
export type ExtensionReply = ExtensionServer | { readonly failed: string } | undefined;

/** What the server needs of the run around it. */
export interface ServerHost {
  readonly config: ClusterConfig;
  readonly resources: ResourceRegistry;
  readonly admission: readonly AdmissionPlugin[];
  now(): Millis;
  /** Passed on as a function of its own. */
  readonly random: () => number;
  /** For what nodes make of themselves, so that it shifts nobody's names. */
  readonly randomAside: () => number;
  /** Remembers a write and sends it to the watches; returns its history entry. */
  changed(change: StoreChange, by: By): EntryId;
  /** An object is in the store that counts as having been there from the beginning; watches have it, too. */
  endowed(resource: string, key: string, object: KubeObject): void;
  /** Sees to it that `expireEvents` is called then. */
  expireAt(at: Millis): void;
  callWebhook(call: WebhookCall): WebhookReply;
  /** Whether metrics-server answers. */
  isMeasuring(): boolean;
  /** Why the conversion webhook of a definition converts nothing; undefined: it does. */
  callConverter(call: ConversionCall): string | undefined;
  /** Asks behind an APIService. */
  reachExtension(call: ExtensionCall): ExtensionReply;
}

/** What extends admission from outside. */
const REGISTRATIONS = [
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'mutatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
];

/**
 * What admission sees of the store. A class, not a literal: V8 keeps the function of a literal's getter in a
 * hidden class of its own, which then holds the whole cluster until a full garbage collection.
 */
class StoreView implements AdmissionView, AuthorizerView {
  private readonly state: ServerState;
  private readonly host: ServerHost;
  private readonly authorizer: () => Authorizer;

  constructor(state: ServerState, host: ServerHost, authorizer: () => Authorizer) {
    this.state = state;
    this.host = host;
    this.authorizer = authorizer;
  }

  decide(by: By, attributes: Attributes): Decision {
    return this.authorizer().decide(userInfoOf(by), attributes);
  }

  get resources(): ResourceRegistry {
    return this.host.resources;
  }

  get now(): Millis {
    return this.host.now();
  }

  random(): number {
    return this.host.random();
  }

  get isExtended(): boolean {
    const tables = this.state.store.tables.peek();
    for (const resource of REGISTRATIONS) if ((tables.get(resource)?.all.size ?? 0) > 0) return true;
    return false;
  }

  callWebhook(call: WebhookCall): WebhookReply {
    return this.host.callWebhook(call);
  }

  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    return this.table(resource).all.get(keyOf(namespace, name)) as ObjectOf<R> | undefined;
  }

  list<R extends ResourceName>(resource: R, namespace?: string): Iterable<ObjectOf<R>> {
    return objectsIn(this.table(resource), namespace) as Iterable<ObjectOf<R>>;
  }

  podsOn(node: string): Iterable<Pod> {
    return partOf(this.table('Pod'), 'node', node).values() as Iterable<Pod>;
  }

  rbac(): RbacObjects {
    this.endowRoles();
    const all = <T>(kind: string): Iterable<T> => this.list(kind) as Iterable<unknown> as Iterable<T>;
    return {
      roles: all('Role'),
      clusterRoles: all('ClusterRole'),
      roleBindings: all('RoleBinding'),
      clusterRoleBindings: all('ClusterRoleBinding'),
    };
  }

  /** Puts in what kube-apiserver made at its start, as if it had been there from the beginning. */
  endowRoles(): void {
    const { host, state, resources } = this;
    if (state.defaultRoles !== undefined) return;
    const objects = defaultRbacObjects();
    state.defaultRoles = 'there';
    for (const object of objects) {
      const definition = resources.of(object);
      if (definition === undefined) continue;
      const key = keyOf(object.metadata.namespace ?? '', object.metadata.name);
      putObject(this.table(definition.kind), key, object);
      host.endowed(definition.resource, key, object);
    }
  }

  /** As `endowRoles`, of the groups that it serves. */
  endowApiServices(): void {
    const { host, state, resources } = this;
    if (state.localApiServices !== undefined) return;
    state.localApiServices = 'there';
    const { resource } = resources.get(API_SERVICES);
    const local = localApiServices(resources.asked());
    if (host.config.metricsServer) local.push(metricsApiService(host.isMeasuring(), host.now()));
    for (const object of local) {
      const key = keyOf('', object.metadata.name);
      putObject(this.table(API_SERVICES), key, object);
      host.endowed(resource, key, object);
    }
  }

  private table(resource: ResourceName): ObjectTable {
    return this.state.store.tables.get(this.resources.get(resource).resource)!;
  }
}

export class ApiServer {
  readonly state: ServerState;
  private readonly host: ServerHost;
  private readonly resources: ResourceRegistry;
  private readonly view: StoreView;
  readonly authorizer: Authorizer;
  /** The history's entry of the last write. */
  private lastEntry: EntryId = 0;

  constructor(state: ServerState, host: ServerHost) {
    this.state = state;
    this.host = host;
    this.resources = host.resources;
    this.view = new StoreView(state, host, () => this.authorizer);
    this.authorizer = new Authorizer(state, this.view);
  }

  /** What it serves. */
  get serves(): ResourceRegistry {
    return this.resources;
  }

  // ---- authentication and authorization

  /** Whose bearer token it is; undefined: nobody's, or it counts no more. */
  authenticate(token: string): UserInfo | undefined {
    const found = userOfToken(this.view, token);
    return typeof found === 'string' ? undefined : found;
  }

  /** @throws ApiError Forbidden; what is not served is for the request itself to find out */
  authorize(
    by: By,
    action: Action,
    resource: ResourceName,
    namespace: string,
    name: string,
    fieldSelector?: string,
  ): void {
    const definition = this.authorizer.doubts(by) ? this.resources.find(resource) : undefined;
    if (definition !== undefined)
      this.authorizer.checkAction(by, action, definition, namespace, name, fieldSelector);
  }

  /** `deployments.apps`; as it was said where it is not served. */
  resourceText(resource: ResourceName): string {
    return this.resources.find(resource)?.resource ?? resource;
  }

  /** What who asks for a version that is on its way out is told; undefined of any other. */
  deprecationOf(resource: ResourceName, apiVersion?: string): string | undefined {
    const definition = this.resources.find(resource);
    const version = versionOf(apiVersion ?? definition?.apiVersion ?? '');
    return definition?.versions.find(({ name }) => name === version)?.deprecated;
  }

  /** `RBAC: allowed by …`, of a request that was let through; '' where nobody asked. */
  whyAllowed(by: By, action: Action, resource: ResourceName, namespace: string, name: string): string {
    const definition = this.authorizer.doubts(by) ? this.resources.find(resource) : undefined;
    return definition === undefined ? '' : this.authorizer.why(by, action, definition, namespace, name);
  }

  /** As `authorize`, of a request that brings its object. @throws ApiError Forbidden */
  authorizeObject(by: By, action: Action, object: Draft, name: string): void {
    const definition = this.authorizer.doubts(by) ? this.resources.of(object) : undefined;
    if (definition === undefined) return;
    const namespace = definition.namespaced ? object.metadata.namespace || 'default' : '';
    this.authorizer.checkAction(by, action, definition, namespace, name);
  }

  /** Lets a request through that needs nothing of etcd. @throws ApiError Unreachable, Forbidden */
  visit(request: Attributes, by: By): void {
    if (!this.state.up) throw unreachable();
    if (this.authorizer.doubts(by)) this.authorizer.check(by, request);
  }

  /** What becomes of a request for metrics, which its APIService decides where there is one. */
  metricsApi(): MetricsApiState {
    const { state, host } = this;
    if (!host.config.metricsServer) return 'absent';
    const known = state.store.tables.get(API_SERVICES)?.all.get(keyOf('', METRICS_API));
    if (known === undefined && state.localApiServices !== undefined) return 'absent';
    const says = known === undefined || isAvailable(known);
    return says && host.isMeasuring() && state.trouble?.deadApis?.has(METRICS_API) !== true
      ? 'served'
      : 'unavailable';
  }

  /** What is behind an APIService. @param name `v1alpha1.wardle.example.com` */
  behind(name: string): ExtensionReply {
    const { state, view, host } = this;
    const found = state.store.tables.get(API_SERVICES)?.all.get(keyOf('', name)) as APIService | undefined;
    if (!found?.spec.service) return undefined;
    if (state.trouble?.deadApis?.has(name) === true)
      return { failed: `dial tcp: ${found.spec.service.name}: connect: connection refused` };
    return host.reachExtension({ apiService: found, view });
  }

  /**
   * Lets a client through to what is behind an object: webhooks and policies are asked.
   * @returns the options as they leave them @throws ApiError where one refuses
   */
  connect(
    resource: ResourceName,
    namespace: string,
    name: string,
    subresource: ConnectedSubresource,
    options: ConnectOptions,
    by: Caller,
  ): ConnectOptions {
    const definition = this.served(resource);
    const object = options as unknown as KubeObject;
    const request = this.asked('CONNECT', definition, namespace, name, object, undefined, subresource, by);
    return admitConnection(this.host.admission, request) as unknown as ConnectOptions;
  }

  // ---- reads

  /** @param apiVersion in which it is asked for; absent: that which clients prefer */
  get(resource: ResourceName, namespace: string, name: string, apiVersion?: string): KubeObject {
    this.readable();
    const definition = this.keeping(this.served(resource));
    return this.fresh(definition, this.read(definition, namespace, name, apiVersion));
  }

  /** As `get`; undefined where there is none. */
  find(resource: ResourceName, namespace: string, name: string, apiVersion?: string): KubeObject | undefined {
    this.readable();
    const definition = this.keeping(this.served(resource));
    const within = definition.namespaced ? namespace : '';
    const found = this.table(definition, within).all.get(keyOf(within, name));
    if (found === undefined) return undefined;
    if (definition.conversion !== undefined) this.decodeStored(definition, found, apiVersion);
    return this.fresh(definition, found);
  }

  list(resource: ResourceName, options: ListOptions = {}, apiVersion?: string): KubeObject[] {
    this.readable();
    const asked = this.served(resource);
    const definition = this.keeping(asked);
    if (definition.conversion !== undefined)
      for (const object of objectsIn(this.table(definition), options.namespace || undefined))
        this.decodeStored(definition, object, apiVersion);
    const labels =
      options.labelSelector === undefined
        ? undefined
        : typeof options.labelSelector === 'string'
          ? parseLabelSelector(options.labelSelector)
          : selectorOf(options.labelSelector);
    const fields =
      options.fieldSelector === undefined || options.fieldSelector === ''
        ? undefined
        : parseFieldSelector(options.fieldSelector, ruledBy(asked, apiVersion));
    const namespace = options.namespace || undefined;
    if (labels === undefined && fields === undefined)
      return objectsInOrder(this.table(definition, namespace), namespace).map((o) =>
        this.fresh(definition, o),
      );
    const found: KubeObject[] = [];
    for (const object of objectsIn(this.table(definition, namespace), namespace)) {
      if (labels !== undefined && !matches(labels, object.metadata.labels ?? {})) continue;
      if (fields !== undefined && !matchesFields(fields, asked, object, apiVersion)) continue;
      found.push(this.fresh(definition, object));
    }
    return sortedByKey(found);
  }

  // ---- writes

  private randomFor({ resource }: ResourceDefinition): () => number {
    return resource === 'csinodes.storage.k8s.io' ? this.host.randomAside : this.host.random;
  }

  /** @param entries who manages its fields; absent: no account is kept */
  create(draft: Draft, by: Caller, entries?: readonly ManagedFieldsEntry[]): KubeObject {
    this.writable();
    const { definition, asked, object: converted } = this.decode(draft as KubeObject);
    const namespace = definition.namespaced ? converted.metadata.namespace || 'default' : '';
    if (!this.state.store.tables.has(definition.resource)) return this.answer(definition, converted, by);
    let name = converted.metadata.name ?? '';
    const generateName = converted.metadata.generateName;
    if (name === '' && generateName) name = this.generateName(definition, namespace, generateName);
    const now = this.host.now();
    const metadata: ObjectMeta = {
      name,
      ...(generateName ? { generateName } : {}),
      ...(definition.namespaced ? { namespace } : {}),
      uid: '',
      resourceVersion: '',
      creationTimestamp: rfc3339(now),
      ...pick(converted.metadata, 'labels', 'annotations', 'ownerReferences', 'finalizers'),
    };
    let drawn: string | undefined;
    const uid = (): string => (drawn ??= randomUid(this.randomFor(definition)));
    let object = definition.strategy.create(
      applyDefaults(definition, { ...converted, metadata }),
      now,
      uid,
      by,
    );
    object = this.admit('CREATE', definition, namespace, name, object, undefined, '', by);
    // Whoever is asked may give it another name, and not another namespace (BeforeCreate of
    // staging/src/k8s.io/apiserver/pkg/registry/rest/create.go).
    if (object.metadata.creationTimestamp === undefined)
      throw new ApiError('InternalError', 'Internal error occurred: system metadata was not initialized');
    if (definition.namespaced && (object.metadata.namespace ?? namespace) !== namespace)
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    name = object.metadata.name;
    if (definition.resource === 'services') object = this.allocate(object as Service, undefined);
    const causes = this.validate(definition, object, undefined, by, (out) =>
      asked.validation.create(object, out),
    );
    if (causes.length > 0) throw invalid(definition.kind, definition.group, name, causes);
    warnOf(definition, object, undefined, by);
    if (definition.group === RBAC) this.checkEscalation(definition, object, undefined, by);
    by.passed?.('validation', '', by);
    if (this.table(definition, namespace).all.has(keyOf(namespace, name)))
      throw alreadyExists(definition.plural, definition.group, name);
    object.metadata.uid = uid();
    if (entries !== undefined) object.metadata = managedBy(object.metadata, entries);
    this.encode(definition, draft.apiVersion);
    return this.put(definition, undefined, definition.throughEtcd?.(object) ?? object, by);
  }

  /** To a question that is asked by creating it. */
  private answer(definition: ResourceDefinition, object: KubeObject, by: Caller): KubeObject {
    if (!isReview(definition)) throw notFoundHere();
    return answerReview(definition, object, { authorizer: this.authorizer, view: this.view, by });
  }

  update(
    next: KubeObject,
    by: Caller,
    subresource: '' | 'status' | 'approval' | PodSubresource = '',
  ): KubeObject {
    this.writable();
    const { definition, asked, object: converted } = this.decode(next);
    const namespace = definition.namespaced ? converted.metadata.namespace || 'default' : '';
    const { name } = converted.metadata;
    const old = this.read(definition, namespace, name, next.apiVersion);
    this.encode(definition, next.apiVersion);
    return this.write(definition, old, converted, by, subresource, { asked });
  }

  patch(
    resource: ResourceName,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    by: Caller,
    subresource: '' | 'status' | PodSubresource = '',
  ): KubeObject {
    this.writable();
    const asked = this.served(resource);
    const definition = this.keeping(asked);
    const version = patchedVersion(asked, patch, by.apiVersion);
    const isThere =
      podPartStrategy(subresource) === undefined
        ? ruledBy(definition, version).subresources.status
        : definition.resource === 'pods';
    if (subresource !== '' && !isThere) throw notFoundHere();
    const old = this.read(definition, namespace, name, version);
    this.encode(definition, version);
    if (type === 'strategic' && !mergesStrategically(definition))
      throw new ApiError(
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: ' +
          'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      );
    const of = inVersion(asked, old, version);
    const schema = type === 'strategic' ? mergeTypeOf(definition, version) : schemaOf(definition, version);
    const changed = applyPatch(type, schema, of, patch) as KubeObject;
    const strict = by.fieldValidation === 'Strict';
    const { object: patched, warnings } =
      definition.schemas === undefined
        ? decodePatched(type, changed, patch, strict, of)
        : decodePatchedCustom(asked, changed, strict);
    if (by.fieldValidation === 'Warn') for (const warning of warnings) by.warn?.(warning);
    checkRequestName(definition, patched, namespace, name);
    const decoded = this.decode(patched);
    const rules = asked === definition ? decoded.asked : asked;
    return this.write(decoded.definition, old, decoded.object, by, subresource, { asked: rules });
  }

  /** A patch of the type apply. Source: apiserver/pkg/endpoints/handlers/patch.go (`applyPatcher`). */
  apply(
    resource: ResourceName,
    namespace: string,
    name: string,
    config: KubeObject,
    options: ApplyOptions,
    by: Caller,
  ): KubeObject {
    this.writable();
    const asked = this.served(resource);
    const definition = this.keeping(asked);
    const { subresource = '' } = options;
    if (config.apiVersion !== (by.apiVersion ?? config.apiVersion) || config.kind !== definition.kind)
      throw badRequest(`invalid object type: ${goKind(config)}`);
    const key = keyOf(definition.namespaced ? namespace : '', name);
    const old =
      subresource === ''
        ? this.table(definition).all.get(key)
        : this.read(definition, namespace, name, config.apiVersion);
    if (old !== undefined) this.decodeStored(definition, old, config.apiVersion);
    this.encode(definition, config.apiVersion);
    const { object, entries } = applyConfiguration(
      ruledBy(definition, config.apiVersion),
      old,
      definition.throughEtcd === undefined ? toStorageVersion(asked, config) : config,
      options,
      rfc3339(this.host.now()),
    );
    checkRequestName(definition, object, namespace, name);
    const applied = definition.rulesOf === undefined ? object : { ...object, apiVersion: config.apiVersion };
    if (old === undefined) return this.create(applied as Draft, by, entries);
    const decoded = this.decode(applied);
    const rules = asked === definition ? decoded.asked : asked;
    return this.write(decoded.definition, old, decoded.object, by, subresource, { asked: rules, entries });
  }

  scale(resource: ResourceName, namespace: string, name: string, replicas: number, by: Caller): void {
    this.writable();
    const definition = this.served(resource);
    const asked = ruledBy(definition, by.apiVersion);
    const paths = asked.subresources.scale;
    if (paths === undefined) throw notFoundHere();
    const old = this.read(definition, namespace, name, by.apiVersion);
    this.encode(definition, by.apiVersion);
    if (replicas < 0 || !Number.isInteger(replicas)) {
      const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
      throw invalid('Scale', 'autoscaling', name, [
        { field: 'spec.replicas', reason: 'Invalid value', message },
      ]);
    }
    const wanted = this.view.isExtended
      ? (this.scaleOf(definition, old, replicas, by).spec?.replicas ?? 0)
      : replicas;
    this.write(asked, old, withValueAt(old, paths.specReplicas, wanted), by, 'scale');
  }

  /** The Scale that is to be, as admission leaves it. */
  private scaleOf(
    definition: ResourceDefinition,
    { metadata: { name, namespace = '' } }: KubeObject,
    replicas: number,
    by: Caller,
  ): { readonly spec?: { readonly replicas?: number } } {
    const scale: unknown = {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name, namespace },
      spec: { replicas },
    };
    const object = scale as KubeObject;
    const admitted: unknown = this.admitPart(
      'UPDATE',
      definition,
      namespace,
      name,
      object,
      undefined,
      'scale',
      by,
    );
    return admitted as { readonly spec?: { readonly replicas?: number } };
  }

  delete(
    resource: ResourceName,
    namespace: string,
    name: string,
    options: DeleteOptions,
    by: Caller,
  ): KubeObject {
    this.writable();
    const definition = this.keeping(this.served(resource));
    const old = this.read(definition, namespace, name, by.apiVersion);
    this.checkPreconditions(definition, old, options);
    this.admit('DELETE', definition, namespace, name, undefined, old, '', by);
    return this.remove(definition, old, options, by);
  }

  // ---- subresources

  /**
   * namespaces/finalize, the one way by which a namespace's own finalizers change. Models
   * pkg/registry/core/namespace/strategy.go (namespaceFinalizeStrategy).
   */
  finalize(namespace: Namespace, by: Caller): Namespace {
    this.writable();
    const definition = this.served('Namespace');
    const old = this.stored(definition, '', namespace.metadata.name);
    return this.write(definition, old, namespace, by, 'finalize') as Namespace;
  }

  bind(namespace: string, name: string, uid: string, node: string, by: Caller): void {
    this.writable();
    const definition = this.served('Pod');
    const pod = this.stored(definition, namespace, name) as Pod;
    if (uid !== '' && pod.metadata.uid !== uid) {
      throw conflict(
        'pods',
        '',
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`,
      );
    }
    const refused = (why: string): ApiError => conflict('pods/binding', '', name, why);
    if (pod.metadata.deletionTimestamp !== undefined)
      throw refused(`pod ${name} is being deleted, cannot be assigned to a host`);
    if (pod.spec.nodeName) throw refused(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
    if ((pod.spec.schedulingGates?.length ?? 0) > 0)
      throw refused(`pod ${name} has non-empty .spec.schedulingGates`);
    if (isAskedOfParts(this.view, definition, by)) {
      const target = { apiVersion: 'v1', kind: 'Node', name: node };
      const binding: unknown = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
      this.admitPart('CREATE', definition, namespace, name, binding as KubeObject, undefined, 'binding', by);
    }
    const condition = {
      type: 'PodScheduled',
      status: 'True' as const,
      lastTransitionTime: rfc3339(this.host.now()),
    };
    const conditions = [...(pod.status.conditions ?? []).filter((c) => c.type !== 'PodScheduled'), condition];
    const bound: Pod = { ...pod };
    bound.spec = withMembers(pod.spec, { nodeName: node });
    if (this.host.config.podTopologyLabelsAdmission) {
      const labels = { ...pod.metadata.labels, ...topologyLabels(this.view, node) };
      bound.metadata = { ...pod.metadata, labels };
    }
    bound.status = withMembers(pod.status, { conditions });
    if (pod.status.nominatedNodeName !== undefined) delete bound.status.nominatedNodeName;
    this.put(definition, pod, bound, by);
  }

  /** pods/eviction: a delete that asks the budgets first. */
  evict(namespace: string, name: string, options: DeleteOptions, by: Caller): void {
    this.writable();
    const definition = this.served('Pod');
    const pod = this.stored(definition, namespace, name) as Pod;
    this.checkPreconditions(definition, pod, options);
    if (isAskedOfParts(this.view, definition, by)) {
      const eviction: unknown = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      this.admitPart(
        'CREATE',
        definition,
        namespace,
        name,
        eviction as KubeObject,
        undefined,
        'eviction',
        by,
      );
    }
    const labels = pod.metadata.labels ?? {};
    const budgets: PodDisruptionBudget[] = [];
    for (const budget of objectsIn(this.table(this.served('PodDisruptionBudget')), namespace)) {
      const { spec } = budget as PodDisruptionBudget;
      if (matches(selectorOf(spec.selector), labels)) budgets.push(budget as PodDisruptionBudget);
    }
    const decision = decideEviction(pod, budgets, this.host.now(), this.host.config.planted);
    if (!decision.allow) throw decision.error;
    this.admit('DELETE', definition, namespace, name, undefined, pod, 'eviction', by);
    if (decision.update !== undefined) {
      const ofBudgets = this.served('PodDisruptionBudget');
      const budget = this.stored(ofBudgets, namespace, decision.update.metadata.name);
      this.put(ofBudgets, budget, decision.update, by);
    }
    let target: KubeObject = pod;
    if (decision.update !== undefined || pod.metadata.deletionTimestamp === undefined) {
      target = this.put(
        definition,
        target,
        markedForDisruption(pod, {
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
          lastTransitionTime: rfc3339(this.host.now()),
        }),
        by,
      );
    }
    this.remove(definition, target, options, by);
  }

  /** serviceaccounts/token. */
  requestToken(namespace: string, account: string, request: TokenRequest, by: By): IssuedToken {
    this.readable();
    const node = nodeOf(by.user);
    if (node !== undefined) restrictToken(this.view, node, namespace, request);
    return issueToken(this.view, namespace, account, request);
  }

  // ---- events

  /**
   * What a component's event recorder does (client-go tools/record/event.go, recordEvent): an Event that
   * cannot be written is dropped, and one that is to be counted and is gone is written anew.
   * @returns whether the recorder made a request
   */
  recordEvent(draft: EventDraft, by: Caller): boolean {
    const { state, host } = this;
    if (!state.up || !state.quorum || !this.mayRecord(draft, by)) return true;
    const now = host.now();
    const nameNew = (): string => `${draft.about.metadata.name}.${randomHex(host.random, 16)}`;
    const recording = correlate(state.correlation, draft, now, nameNew);
    if (recording === undefined) return false;
    const definition = this.served('Event');
    const { name, namespace, count, lastTimestamp, message } = recording;
    const old = count === 1 ? undefined : this.tableOf('Event').get(keyOf(namespace, name));
    if (old !== undefined) {
      const counted: Event = { ...old, count, lastTimestamp, message };
      this.put(definition, old, counted, by);
      return true;
    }
    const metadata = {
      name,
      namespace,
      uid: randomUid(host.random),
      resourceVersion: '',
      creationTimestamp: rfc3339(now),
    };
    this.put(definition, undefined, recording.event(metadata), by, keyOnce);
    return true;
  }

  private mayRecord({ about }: EventDraft, by: By): boolean {
    if (!this.authorizer.doubts(by)) return true;
    try {
      this.authorize(by, ACTIONS.create, 'Event', about.metadata.namespace || 'default', '');
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** What etcd does when leases run out: it deletes the Events under them. */
  expireEvents(): void {
    const { state } = this;
    if (!state.quorum) return;
    const definition = this.served('Event');
    for (const [key, cause] of expire(state.eventLeases, this.host.now())) {
      const event = this.tableOf('Event').get(key);
      if (event !== undefined) this.erase(definition, event, { actor: 'etcd', user: 'etcd', cause });
    }
  }

  /** What etcd comes to when a member leads that lacks what was committed: all of it is undone. */
  goBackTo(revision: number, history: readonly HistoryEntry[]): void {
    const { store } = this.state;
    for (let i = history.length - 1; i >= 0 && store.revision > revision; i -= 1) {
      const entry = history[i]!;
      if (entry.type !== 'api') continue;
      store.revision = entry.revision - 1;
      const key = keyOf(entry.namespace, entry.name);
      putObject(store.tables.get(entry.resource)!, key, entry.before as KubeObject | undefined);
    }
  }

  /** What a new leader of etcd does: the Events' time to live begins anew. */
  promoteLeases(): void {
    const { host } = this;
    const at = promote(this.state.eventLeases, host.config.eventTtlMs, host.now());
    if (at !== undefined) host.expireAt(at);
  }

  // ---- leases

  /** Writes the Lease object of a series of renewals that starts, stops or resumes. */
  writeLease(lease: LeaseRenewals, by: Caller): void {
    const definition = this.served('Lease');
    const table = this.tableOf('Lease');
    const old = table.get(keyOf('kube-node-lease', lease.node));
    const renewTime = rfc3339Micro(lastRenewal(lease, this.host.now()));
    const spec = { holderIdentity: lease.node, leaseDurationSeconds: (lease.periodMs * 4) / 1000, renewTime };
    if (old !== undefined) {
      const renewed: Lease = { ...old, spec };
      this.put(definition, old, renewed, by);
      lease.entry = this.lastEntry;
      return;
    }
    const node = this.tableOf('Node').get(keyOf('', lease.node));
    const created: unknown = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: lease.node,
        namespace: 'kube-node-lease',
        uid: randomUid(this.host.random),
        resourceVersion: '',
        creationTimestamp: rfc3339(this.host.now()),
        ...(node === undefined
          ? {}
          : {
              ownerReferences: [
                { apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid },
              ],
            }),
      },
      spec,
    };
    this.put(definition, undefined, created as KubeObject, by);
    lease.entry = this.lastEntry;
  }

  // ---- the pipeline's parts

  private readable(): void {
    const { up, quorum, plane } = this.state;
    if (!up) throw unreachable();
    // Reads are linearized: a majority says that what is read is the last that was written.
    if (!quorum && plane !== undefined) throw new ApiError('ServerTimeout', ETCD_TIMEOUT);
  }

  private writable(): void {
    this.readable();
    if (!this.state.quorum) throw new ApiError('ServerTimeout', ETCD_TIMEOUT);
  }

  /** @returns the object as it is kept, and what it was sent as */
  private decode(object: KubeObject): {
    definition: ResourceDefinition;
    asked: ResourceDefinition;
    object: KubeObject;
  } {
    const served = this.resources.of(object);
    if (served === undefined) throw notFoundHere();
    const asked = ruledBy(served, object.apiVersion);
    const definition = this.keeping(asked);
    const isConverted = definition.conversion !== undefined && object.apiVersion !== definition.apiVersion;
    const rules = isConverted ? sentIn(asked, object) : asked;
    return { definition, asked: rules, object: withoutEmptyMaps(toStorageVersion(served, object)) };
  }

  /** As `stored`, by whoever needs it in a version. @throws ApiError where it cannot be converted */
  private read(
    definition: ResourceDefinition,
    namespace: string,
    name: string,
    apiVersion: string | undefined,
  ): KubeObject {
    const found = this.stored(definition, namespace, name);
    if (definition.conversion !== undefined) this.decodeStored(definition, found, apiVersion);
    return found;
  }

  /** An object comes from etcd, where it may be in another version than the one that it is needed in. */
  private decodeStored(
    definition: ResourceDefinition,
    object: KubeObject,
    apiVersion = definition.apiVersion,
  ): void {
    const { conversion } = definition;
    if (conversion === undefined) return;
    const of = this.state.formerVersions?.get(conversionKey(definition, object)) ?? conversion.stored;
    this.askConverter(definition, apiVersionText(definition.group, of), apiVersion);
  }

  /** An object of a version goes to etcd. */
  private encode(definition: ResourceDefinition, apiVersion = definition.apiVersion): void {
    const { conversion, group } = definition;
    if (conversion !== undefined)
      this.askConverter(definition, apiVersion, apiVersionText(group, conversion.stored));
  }

  private askConverter(definition: ResourceDefinition, from: string, to: string): void {
    if (from === to) return;
    const { client } = definition.conversion!;
    const why = this.host.callConverter({ name: definition.resource, client, view: this.view });
    if (why !== undefined) throw conversionFailed(from, definition.kind, why);
  }

  /** @throws ApiError NotFound for what is not served */
  private served(resource: ResourceName): ResourceDefinition {
    const definition = this.resources.find(resource);
    if (definition !== undefined) return definition;
    for (const { resource: asked } of reviewDefinitions())
      if (asked === resource)
        throw new ApiError(
          'MethodNotAllowed',
          'the server does not allow this method on the requested resource',
        );
    throw new ApiError('NotFound', `the server doesn't have a resource type "${resource}"`);
  }

  /** The resource as which the objects of one are kept. */
  private keeping(definition: ResourceDefinition): ResourceDefinition {
    return definition.keptAs === definition.resource ? definition : this.served(definition.keptAs);
  }

  /** Of a built-in kind. */
  private tableOf<K extends Kind>(kind: K): Map<string, KindMap[K]> {
    return this.table(this.served(kind)).all as unknown as Map<string, KindMap[K]>;
  }

  /** What is wrong with an object. Components write what follows from objects that were looked at whole. */
  private validate(
    definition: ResourceDefinition,
    object: KubeObject,
    old: KubeObject | undefined,
    { actor, user }: Caller,
    rules: (causes: Causes) => void,
  ): Causes {
    if ((actor === 'user' && user !== API_SERVER) || actor.startsWith(POD_ACTOR))
      return validateWhole(object, old, schemaOf(definition), rules);
    const causes: Causes = [];
    rules(causes);
    return causes;
  }

  private checkEscalation(
    definition: ResourceDefinition,
    object: KubeObject,
    old: KubeObject | undefined,
    by: By,
  ): void {
    if (this.authorizer.doubts(by)) checkEscalation(this.authorizer, definition, object, old, by);
  }

  /** @param namespace '': of all, or of none */
  private table(definition: ResourceDefinition, namespace = ''): ObjectTable {
    if (definition.group === RBAC && isWhereDefaultsAre(namespace)) this.view.endowRoles();
    else if (definition.resource === API_SERVICES) this.view.endowApiServices();
    return this.state.store.tables.get(definition.resource)!;
  }

  private stored(definition: ResourceDefinition, namespace: string, name: string): KubeObject {
    const within = definition.namespaced ? namespace : '';
    const found = this.table(definition, within).all.get(keyOf(within, name));
    if (found === undefined) throw notFound(definition.plural, definition.group, name);
    return found;
  }

  /** Leases are renewed without writes; a reader sees the last renewal. */
  private fresh(definition: ResourceDefinition, object: KubeObject): KubeObject {
    if (definition.resource !== 'leases.coordination.k8s.io') return object;
    const lease = object as Lease;
    const { name, namespace } = lease.metadata;
    const now = this.host.now();
    let last: Millis | undefined;
    if (namespace === 'kube-node-lease') {
      const renewals = this.state.leases.get(name);
      if (renewals?.renewing === true) last = lastRenewal(renewals, now);
    } else if (namespace === 'kube-system') {
      const leadership = this.state.plane?.leaderships.get(name);
      if (leadership?.renewing === true) last = lastRenewalOf(leadership, now);
    }
    return last === undefined ? object : { ...lease, spec: { ...lease.spec, renewTime: rfc3339Micro(last) } };
  }

  private write(
    definition: ResourceDefinition,
    old: KubeObject,
    next: KubeObject,
    by: Caller,
    subresource: '' | 'status' | 'approval' | 'scale' | 'finalize' | PodSubresource,
    {
      asked = definition,
      part = subresource,
      entries,
    }: { asked?: ResourceDefinition; part?: string; entries?: readonly ManagedFieldsEntry[] } = {},
  ): KubeObject {
    const given = next.metadata;
    const { name } = old.metadata;
    if (given.uid !== undefined && given.uid !== '' && given.uid !== old.metadata.uid) {
      throw conflict(
        definition.plural,
        definition.group,
        name,
        `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${old.metadata.uid}`,
      );
    }
    if (given.resourceVersion && given.resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(
        definition.plural,
        definition.group,
        name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    // Behind a spread of many shapes V8 stores a member of the literal slowly: hence by assignment, as below.
    const merged: KubeObject = { ...next };
    merged.metadata = mergedMetadata(old.metadata, given);
    // No status is an empty one: a Go struct is never absent.
    if (subresource === 'status') merged.status ??= {};
    let object: KubeObject;
    const { approval } = definition.strategy;
    if (subresource === 'status' || subresource === 'approval') {
      const strategy = subresource === 'status' ? definition.strategy.status : approval!;
      object = strategy(merged, old, this.host.now());
      if (isAskedOfParts(this.view, definition, by))
        object = this.admitPart(
          'UPDATE',
          definition,
          old.metadata.namespace ?? '',
          name,
          object,
          old,
          subresource,
          by,
        );
      const causes = this.validate(definition, object, old, by, (out) =>
        (definition.conversion === undefined ? definition : asked).validation.status(object, old, out),
      );
      if (causes.length > 0) throw invalid(definition.kind, definition.group, name, causes);
    } else {
      const part = podPartStrategy(subresource);
      if (subresource === 'finalize') object = { ...old, spec: merged.spec };
      else {
        const complete = applyDefaults(definition, merged, old);
        object = definition.strategy.update(
          part === undefined ? complete : part.take(complete as Pod, old as Pod),
          old,
        );
      }
      object = this.admit(
        'UPDATE',
        definition,
        old.metadata.namespace ?? '',
        name,
        object,
        old,
        subresource,
        by,
      );
      if (definition.resource === 'services') object = this.allocate(object as Service, old as Service);
      const causes = this.validate(definition, object, old, by, (out) =>
        part === undefined
          ? asked.validation.update(object, old, out)
          : part.validate(object as Pod, old as Pod, out),
      );
      if (causes.length > 0) throw invalid(definition.kind, definition.group, name, causes);
      if (part === undefined) warnOf(definition, object, old, by);
      if (definition.group === RBAC) this.checkEscalation(definition, object, old, by);
    }
    const managed = managedFieldsOf(old);
    if (entries !== undefined || managed !== undefined)
      object = {
        ...object,
        metadata: managedBy(object.metadata, entries ?? this.managers(asked, old, object, by, part)),
      };
    by.passed?.('validation', '', by);
    if (definition.throughEtcd !== undefined) object = definition.throughEtcd(object);
    // Of what differs it is mostly the status: asked first, it spares looking at the rest.
    if (deepEqual(object.status, old.status) && deepEqual(object, old)) return old;
    const stored = this.put(definition, old, object, by);
    if (approval !== undefined) takeCertificate(this.state, stored, old);
    return isFinalised(definition, stored) ? this.erase(definition, stored, by) : stored;
  }

  /** Of an object of which an account is kept, after somebody wrote it. */
  private managers(
    definition: ResourceDefinition,
    old: KubeObject,
    next: KubeObject,
    { actor, user, fieldManager }: Caller,
    subresource: string,
  ): readonly ManagedFieldsEntry[] {
    const manager = fieldManager?.() ?? managerOf(actor, user);
    const time = rfc3339(this.host.now());
    const { apiVersion } = definition.throughEtcd === undefined ? next : definition;
    return entriesAfterUpdate(definition, old, inName(next, apiVersion), { manager, subresource, time });
  }

  private admit(
    operation: AdmissionRequest['operation'],
    definition: ResourceDefinition,
    namespace: string,
    name: string,
    object: KubeObject | undefined,
    old: KubeObject | undefined,
    subresource: AdmissionRequest['subresource'],
    by: Caller,
  ): KubeObject {
    const { trouble } = this.state;
    if (trouble !== undefined && operation !== 'DELETE' && (subresource === '' || subresource === 'scale')) {
      const refused = refusal(trouble, definition);
      if (refused !== undefined) throw refused;
    }
    // Its Scale has been admitted.
    if (subresource === 'scale') return object!;
    const admitted = admit(
      this.host.admission,
      this.asked(operation, definition, namespace, name, object, old, subresource, by),
    );
    by.passed?.('admission', '', by);
    return admitted;
  }

  /** Of what only webhooks and policies are asked about. */
  private admitPart(...request: Parameters<ApiServer['asked']>): KubeObject {
    return admitPart(this.host.admission, this.asked(...request));
  }

  /** What admission is asked. */
  private asked(
    operation: AdmissionRequest['operation'],
    definition: ResourceDefinition,
    namespace: string,
    name: string,
    object: KubeObject | undefined,
    old: KubeObject | undefined,
    subresource: AdmissionRequest['subresource'],
    by: Caller,
  ): AdmissionRequest {
    return {
      operation,
      definition,
      namespace,
      name,
      object,
      old,
      subresource,
      user: by.user,
      by,
      dryRun: by.dryRun === true,
      warn: by.warn,
      view: this.view,
      config: this.host.config,
    };
  }

  private allocate(service: Service, old: Service | undefined): KubeObject {
    const others = [...this.tableOf('Service').values()].filter((s) => s.metadata.uid !== old?.metadata.uid);
    const ips = new Set(others.map((s) => s.spec.clusterIP));
    const ports = new Set(others.flatMap((s) => (s.spec.ports ?? []).map((p) => p.nodePort)));
    const result = allocateService(
      service,
      (ip) => ips.has(ip),
      (port) => ports.has(port),
      () => this.host.random(),
      this.host.config,
    );
    if (Array.isArray(result)) throw invalid('Service', '', service.metadata.name, result);
    return result;
  }

  private checkPreconditions(
    definition: ResourceDefinition,
    object: KubeObject,
    options: DeleteOptions,
  ): void {
    const { uid, resourceVersion } = options.preconditions ?? {};
    const { metadata } = object;
    if (uid !== undefined && uid !== metadata.uid) {
      throw conflict(
        definition.plural,
        definition.group,
        metadata.name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
      );
    }
    if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
      throw conflict(
        definition.plural,
        definition.group,
        metadata.name,
        `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in ` +
          `object meta: ${metadata.resourceVersion}`,
      );
    }
    if (options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0) {
      throw badRequest('gracePeriodSeconds must not be negative');
    }
  }

  /** Marks an object for deletion, or erases it where nothing keeps it. */
  private remove(
    definition: ResourceDefinition,
    old: KubeObject,
    options: DeleteOptions,
    by: Caller,
  ): KubeObject {
    const marked = markForDeletion(definition, old, options, this.host.now());
    if (marked === undefined) return this.erase(definition, old, by);
    return deepEqual(marked, old) ? old : this.put(definition, old, marked, by);
  }

  /** @param after the caller's own, to be kept; its metadata may still be that of `before` */
  private put(
    definition: ResourceDefinition,
    before: KubeObject | undefined,
    after: KubeObject,
    by: Caller,
    keyOfIts = keyOf,
  ): KubeObject {
    if (by.dryRun === true) return inOneShape(after);
    const { store } = this.state;
    store.revision += 1;
    if (after.metadata === before?.metadata) after.metadata = { ...after.metadata };
    after.metadata.resourceVersion = String(store.revision);
    const key = keyOfIts(after.metadata.namespace ?? '', after.metadata.name);
    const stored = inOneShape(
      definition.conversion === undefined ? after : this.throughEtcd(definition, after),
    );
    putObject(this.table(definition, after.metadata.namespace), key, stored);
    this.lastEntry = this.host.changed(
      { definition, key, before, after: stored, last: stored, revision: store.revision },
      by,
    );
    by.passed?.('etcd', `${definition.kind} ${after.metadata.name}`, by);
    if (definition.resource === 'events') this.attachLease(key, before === undefined);
    else if (definition.group === RBAC) this.authorizer.changed(before);
    return stored;
  }

  /** What is left of an object that is written in one version and read in another. */
  private throughEtcd(definition: ResourceDefinition, object: KubeObject): KubeObject {
    const { conversion, group, apiVersion } = definition;
    this.state.formerVersions?.delete(conversionKey(definition, object));
    const stored = apiVersionText(group, conversion!.stored);
    return stored === apiVersion
      ? object
      : asServed(definition, {
          ...convertedBy(conversion!.rules, object, versionOf(apiVersion), conversion!.stored),
          apiVersion: stored,
        });
  }

  private attachLease(key: string, isNew: boolean): void {
    const { host } = this;
    const { eventTtlMs } = host.config;
    const at = attach(this.state.eventLeases, key, this.lastEntry, isNew, eventTtlMs, host.now());
    if (at !== undefined) host.expireAt(at);
  }

  private erase(definition: ResourceDefinition, before: KubeObject, by: Caller): KubeObject {
    if (by.dryRun === true) return before;
    const { store } = this.state;
    store.revision += 1;
    const key = keyOf(before.metadata.namespace ?? '', before.metadata.name);
    putObject(this.table(definition, before.metadata.namespace), key, undefined);
    if (definition.resource === 'nodes') this.state.leases.delete(before.metadata.name);
    if (definition.resource === 'events') detach(this.state.eventLeases, key);
    this.state.formerVersions?.delete(conversionKey(definition, before));
    if (definition.group === RBAC && this.host.config.planted !== 'unbound-still-allowed')
      this.authorizer.changed(before);
    const last: KubeObject = {
      ...before,
      metadata: { ...before.metadata, resourceVersion: String(store.revision) },
    };
    this.lastEntry = this.host.changed(
      { definition, key, before, after: undefined, last, revision: store.revision },
      by,
    );
    by.passed?.('etcd', `${definition.kind} ${before.metadata.name}`, by);
    return last;
  }

  private generateName(definition: ResourceDefinition, namespace: string, prefix: string): string {
    const table = this.table(definition, namespace).all;
    for (let attempt = 0; ; attempt += 1) {
      const name = randomName(this.host.random, prefix);
      // The API server itself retries eight times, then answers AlreadyExists.
      if (attempt === 8 || !table.has(keyOf(namespace, name))) return name;
    }
  }
}

const notFoundHere = (): ApiError =>
  new ApiError('NotFound', 'the server could not find the requested resource');

const ETCD_TIMEOUT = 'etcdserver: request timed out';

const USUAL = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/**
 * An object of the usual members as this one literal makes it. V8 has a hidden class for each place that
 * spreads an object; whoever reads what is stored would meet dozens of them.
 */
function inOneShape(object: KubeObject): KubeObject {
  let at = 0;
  for (const key in object) {
    if (key !== USUAL[at]) return object;
    at += 1;
  }
  if (at < USUAL.length) return object;
  const { apiVersion, kind, metadata, spec, status } = object;
  return { apiVersion, kind, metadata, spec, status };
}

function pick<T extends object>(from: T, ...keys: (keyof T)[]): Partial<T> {
  const out: Partial<T> = {};
  for (const key of keys) if (from[key] !== undefined) out[key] = from[key];
  return out;
}

const CHANGEABLE = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const;

function takeOver<K extends (typeof CHANGEABLE)[number]>(
  metadata: ObjectMeta,
  next: ObjectMeta,
  key: K,
): void {
  const value = next[key];
  if (value !== undefined && !isEmptyMap(value)) metadata[key] = value;
  else if (metadata[key] !== undefined) delete metadata[key];
}

type Managed = ObjectMeta & { managedFields?: readonly ManagedFieldsEntry[] };

/** Whoever is warned of anything is told what of a valid object is not as it should be. */
function warnOf(
  { validation }: ResourceDefinition,
  object: KubeObject,
  old: KubeObject | undefined,
  { warn }: Caller,
): void {
  if (warn === undefined) return;
  for (const text of validation.warnings?.(object, old) ?? []) warn(text);
}

const managedFieldsOf = ({ metadata }: KubeObject): readonly ManagedFieldsEntry[] | undefined =>
  (metadata as Managed).managedFields;

const managedBy = (metadata: ObjectMeta, managedFields: readonly ManagedFieldsEntry[]): ObjectMeta => {
  const managed: Managed = { ...metadata, managedFields };
  return managed;
};

/** What an update may change of metadata, in one order of keys; the old itself where it changes nothing. */
function mergedMetadata(old: ObjectMeta, next: ObjectMeta): ObjectMeta {
  if (
    next.labels === old.labels &&
    next.annotations === old.annotations &&
    next.ownerReferences === old.ownerReferences &&
    next.finalizers === old.finalizers
  )
    return old;
  const metadata: ObjectMeta = { ...old };
  for (const key of CHANGEABLE) takeOver(metadata, next, key);
  return metadata;
}

type Condition = NonNullable<Pod['status']['conditions']>[number];
/** The Pod with its DisruptionTarget condition. */
function markedForDisruption(pod: Pod, condition: Condition): Pod {
  return {
    ...pod,
    status: {
      ...pod.status,
      conditions: [...(pod.status.conditions ?? []).filter((c) => c.type !== condition.type), condition],
    },
  };
}
