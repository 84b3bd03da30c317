/**
 * The API server: the one way into a cluster. Every verb goes through decoding's version conversion,
 * defaulting, the kind's strategy, admission and validation, in the order of
 * staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go.
 */
import { admit } from './admission/index.ts';
import type { AdmissionRequest, AdmissionView } from './admission/types.ts';
import { allocateService } from './allocate/index.ts';
import type { DeleteOptions, Draft, ListOptions, PatchType } from './client.ts';
import { toStorageVersion } from './convert.ts';
import { applyDefaults } from './defaults/index.ts';
import { isFinalised, markForDeletion } from './deletion.ts';
import { deepEqual } from './equal.ts';
import { isEmptyMap, withoutEmptyMaps } from './emptymaps.ts';
import { alreadyExists, ApiError, badRequest, conflict, invalid, notFound } from './errors.ts';
import { emptyCorrelation, correlate, type Correlation, type EventDraft } from './events.ts';
import { decideEviction } from './eviction.ts';
import { matchesFields, parseFieldSelector } from './fieldselector.ts';
import { apiVersionOf, findKind, kindInfo, KINDS, type KindInfo } from './kinds.ts';
import { lastRenewal, type LeaseRenewals } from './leases.ts';
import { applyPatch } from './merge/index.ts';
import { matches, parseLabelSelector, selectorOf } from './selector.ts';
import { decodePatched } from './schema/patched.ts';
import { emptyStore, keyOf, sortedByKey, tableOf, type StoreState } from './store.ts';
import { randomHex, randomName, randomUid } from './names.ts';
import { prepareForCreate, prepareForStatusUpdate, prepareForUpdate } from './strategy/index.ts';
import { refusal, type Trouble } from './trouble.ts';
import { parseTime, rfc3339, rfc3339Micro } from './time.ts';
import type {
  Event,
  Kind,
  KindMap,
  KubeObject,
  Namespace,
  ObjectMeta,
  Pod,
  PodDisruptionBudget,
  Service,
} from './types.ts';
import { validateCreate, validateStatusUpdate, validateUpdate } from './validation/index.ts';
import type { ClusterConfig } from '../config.ts';
import type { By, EntryId, Millis } from '../kernel/types.ts';

/** State of the control plane's storage and server; plain data. */
export interface ServerState {
  readonly store: StoreState;
  readonly correlation: Correlation;
  readonly leases: Map<string, LeaseRenewals>;
  /** Whether the server answers at all, and whether etcd takes writes. */
  up: boolean;
  quorum: boolean;
  /** What is wrong with it beside; absent: nothing. */
  trouble?: Trouble;
}

export const emptyServer = (): ServerState => ({
  store: emptyStore(),
  correlation: emptyCorrelation(),
  leases: new Map(),
  up: true,
  quorum: true,
});

/** A write that etcd took. */
export interface StoreChange {
  readonly kind: Kind;
  /** In the store. */
  readonly key: string;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  /** The value after, or the last one before it went. */
  readonly last: KubeObject;
  readonly revision: number;
}

/** What the server needs of the run around it. */
export interface ServerHost {
  readonly config: ClusterConfig;
  now(): Millis;
  /** Passed on as a function of its own. */
  readonly random: () => number;
  /** Remembers a write and sends it to the watches; returns its history entry. */
  changed(change: StoreChange, by: By): EntryId;
}

const STORED_AS = new Map(KINDS.map((k) => [k.kind, apiVersionOf(k)]));

/**
 * What admission sees of the store. A class, not a literal: V8 keeps the function of a literal's getter in a
 * hidden class of its own, which then holds the whole cluster until a full garbage collection.
 */
class StoreView implements AdmissionView {
  private readonly store: StoreState;
  private readonly host: ServerHost;

  constructor(store: StoreState, host: ServerHost) {
    this.store = store;
    this.host = host;
  }

  get now(): Millis {
    return this.host.now();
  }

  random(): number {
    return this.host.random();
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] | undefined {
    return tableOf(this.store, kind).get(keyOf(namespace, name));
  }

  list<K extends Kind>(kind: K, namespace?: string): Iterable<KindMap[K]> {
    const all = tableOf(this.store, kind).values();
    return namespace === undefined ? all : [...all].filter((o) => o.metadata.namespace === namespace);
  }
}

export class ApiServer {
  readonly state: ServerState;
  private readonly host: ServerHost;
  private readonly view: AdmissionView;
  /** The history's entry of the last write. */
  private lastEntry: EntryId = 0;

  constructor(state: ServerState, host: ServerHost) {
    this.state = state;
    this.host = host;
    this.view = new StoreView(state.store, host);
  }

  // ---- reads

  get<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] {
    this.readable();
    const info = kindInfo(kind);
    return this.fresh(kind, this.stored(info, namespace, name) as KindMap[K]);
  }

  /** As `get`; undefined where there is none. */
  find<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] | undefined {
    this.readable();
    const found = tableOf(this.state.store, kind).get(
      keyOf(kindInfo(kind).namespaced ? namespace : '', name),
    );
    return found === undefined ? undefined : this.fresh(kind, found);
  }

  list<K extends Kind>(kind: K, options: ListOptions = {}): KindMap[K][] {
    this.readable();
    const labels =
      options.labelSelector === undefined
        ? undefined
        : typeof options.labelSelector === 'string'
          ? parseLabelSelector(options.labelSelector)
          : selectorOf(options.labelSelector);
    const fields =
      options.fieldSelector === undefined || options.fieldSelector === ''
        ? undefined
        : parseFieldSelector(options.fieldSelector, kind);
    const found: KindMap[K][] = [];
    for (const object of tableOf(this.state.store, kind).values()) {
      if (
        options.namespace !== undefined &&
        options.namespace !== '' &&
        object.metadata.namespace !== options.namespace
      )
        continue;
      if (labels !== undefined && !matches(labels, object.metadata.labels ?? {})) continue;
      if (fields !== undefined && !matchesFields(fields, object as unknown as KubeObject)) continue;
      if (kind === 'Event' && this.expired(object as Event)) continue;
      found.push(this.fresh(kind, object));
    }
    return sortedByKey(found);
  }

  // ---- writes

  create<T extends KubeObject>(draft: Draft<T>, by: By): T {
    this.writable();
    const { info, object: converted } = this.decode(draft as unknown as KubeObject);
    const namespace = info.namespaced ? converted.metadata.namespace || 'default' : '';
    let name = converted.metadata.name ?? '';
    const generateName = converted.metadata.generateName;
    if (name === '' && generateName) name = this.generateName(info.kind, namespace, generateName);
    const now = this.host.now();
    const metadata: ObjectMeta = {
      name,
      ...(generateName ? { generateName } : {}),
      ...(info.namespaced ? { namespace } : {}),
      uid: '',
      resourceVersion: '',
      creationTimestamp: rfc3339(now),
      ...pick(converted.metadata, 'labels', 'annotations', 'ownerReferences', 'finalizers'),
    };
    let object = prepareForCreate(applyDefaults({ ...converted, metadata }), now);
    object = this.admit('CREATE', info, namespace, name, object, undefined, '', by);
    if (info.kind === 'Service') object = this.allocate(object as unknown as Service, undefined);
    const causes = validateCreate(object);
    if (causes.length > 0) throw invalid(info.kind, info.group, name, causes);
    if (tableOf(this.state.store, info.kind).has(keyOf(namespace, name)))
      throw alreadyExists(info.plural, info.group, name);
    object.metadata.uid = randomUid(this.host.random);
    return this.put(info, undefined, object, by) as T;
  }

  update<T extends KubeObject>(next: T, by: By, subresource: '' | 'status' = ''): T {
    this.writable();
    const { info, object: converted } = this.decode(next);
    const namespace = info.namespaced ? converted.metadata.namespace || 'default' : '';
    const { name } = converted.metadata;
    const old = this.stored(info, namespace, name);
    return this.write(info, old, converted, by, subresource) as T;
  }

  patch<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    by: By,
    subresource: '' | 'status' = '',
  ): KindMap[K] {
    this.writable();
    const info = kindInfo(kind);
    const old = this.stored(info, namespace, name);
    const { object: patched } = decodePatched(
      type,
      applyPatch(type, kind, old, patch) as KubeObject,
      patch,
      false,
      old,
    );
    const { object } = this.decode(patched);
    return this.write(info, old, object, by, subresource) as unknown as KindMap[K];
  }

  scale(
    kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet',
    namespace: string,
    name: string,
    replicas: number,
    by: By,
  ): void {
    this.writable();
    const info = kindInfo(kind);
    const old = this.stored(info, namespace, name) as KubeObject & { spec: object };
    if (replicas < 0 || !Number.isInteger(replicas)) {
      const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
      throw invalid('Scale', 'autoscaling', name, [
        { field: 'spec.replicas', reason: 'Invalid value', message },
      ]);
    }
    this.write(info, old, { ...old, spec: { ...old.spec, replicas } } as KubeObject, by, '');
  }

  delete<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    options: DeleteOptions,
    by: By,
  ): KindMap[K] {
    this.writable();
    const info = kindInfo(kind);
    const old = this.stored(info, namespace, name);
    this.checkPreconditions(info, old, options);
    this.admit('DELETE', info, namespace, name, undefined, old, '', by);
    return this.remove(info, old, options, by) as unknown as KindMap[K];
  }

  // ---- subresources

  /**
   * namespaces/finalize, the one way by which a namespace's own finalizers change. Models
   * pkg/registry/core/namespace/strategy.go (namespaceFinalizeStrategy).
   */
  finalize(namespace: Namespace, by: By): Namespace {
    this.writable();
    const info = kindInfo('Namespace');
    const old = this.stored(info, '', namespace.metadata.name);
    return this.write(info, old, namespace as unknown as KubeObject, by, 'finalize') as unknown as Namespace;
  }

  bind(namespace: string, name: string, uid: string, node: string, by: By): void {
    this.writable();
    const info = kindInfo('Pod');
    const pod = this.stored(info, namespace, name) as unknown as Pod;
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
    const condition = {
      type: 'PodScheduled',
      status: 'True' as const,
      lastTransitionTime: rfc3339(this.host.now()),
    };
    const conditions = [...(pod.status.conditions ?? []).filter((c) => c.type !== 'PodScheduled'), condition];
    const { nominatedNodeName: _, ...status } = pod.status;
    this.put(
      info,
      pod as unknown as KubeObject,
      {
        ...pod,
        spec: { ...pod.spec, nodeName: node },
        status: { ...status, conditions },
      } as unknown as KubeObject,
      by,
    );
  }

  /** pods/eviction: a delete that asks the budgets first. */
  evict(namespace: string, name: string, options: DeleteOptions, by: By): void {
    this.writable();
    const info = kindInfo('Pod');
    const pod = this.stored(info, namespace, name) as unknown as Pod;
    this.checkPreconditions(info, pod as unknown as KubeObject, options);
    const labels = pod.metadata.labels ?? {};
    const budgets: PodDisruptionBudget[] = [];
    for (const budget of tableOf(this.state.store, 'PodDisruptionBudget').values()) {
      if (budget.metadata.namespace === namespace && matches(selectorOf(budget.spec.selector), labels))
        budgets.push(budget);
    }
    const decision = decideEviction(pod, budgets, this.host.now());
    if (!decision.allow) throw decision.error;
    this.admit('DELETE', info, namespace, name, undefined, pod as unknown as KubeObject, 'eviction', by);
    if (decision.update !== undefined) {
      const budgetInfo = kindInfo('PodDisruptionBudget');
      const budget = this.stored(budgetInfo, namespace, decision.update.metadata.name);
      this.put(budgetInfo, budget, decision.update as unknown as KubeObject, by);
    }
    let target = pod as unknown as KubeObject;
    if (decision.update !== undefined || pod.metadata.deletionTimestamp === undefined) {
      target = this.put(
        info,
        target,
        withCondition(pod, {
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
          lastTransitionTime: rfc3339(this.host.now()),
        }) as unknown as KubeObject,
        by,
      );
    }
    this.remove(info, target, options, by);
  }

  // ---- events

  /**
   * What a component's event recorder does; an event that cannot be written is dropped, as the recorder drops
   * it.
   */
  recordEvent(draft: EventDraft, by: By): void {
    if (!this.state.up || !this.state.quorum) return;
    const recording = correlate(this.state.correlation, draft, this.host.now());
    if (recording.write === 'drop') return;
    const info = kindInfo('Event');
    const { namespace } = recording;
    if (recording.write === 'count') {
      const old = tableOf(this.state.store, 'Event').get(keyOf(namespace, recording.name));
      if (old === undefined) return;
      this.put(
        info,
        old as unknown as KubeObject,
        {
          ...old,
          count: recording.count,
          lastTimestamp: recording.at,
          message: recording.message,
        } as unknown as KubeObject,
        by,
      );
      return;
    }
    const name = `${draft.about.metadata.name}.${randomHex(this.host.random, 16)}`;
    this.state.correlation.seen.set(recording.key, { name, count: 1 });
    const metadata = {
      name,
      namespace,
      uid: randomUid(this.host.random),
      resourceVersion: '',
      creationTimestamp: rfc3339(this.host.now()),
    };
    this.put(info, undefined, recording.event(metadata) as unknown as KubeObject, by);
  }

  // ---- leases

  /** Writes the Lease object of a series of renewals that starts, stops or resumes. */
  writeLease(lease: LeaseRenewals, by: By): void {
    const info = kindInfo('Lease');
    const table = tableOf(this.state.store, 'Lease');
    const old = table.get(keyOf('kube-node-lease', lease.node));
    const renewTime = rfc3339Micro(lastRenewal(lease, this.host.now()));
    const spec = { holderIdentity: lease.node, leaseDurationSeconds: (lease.periodMs * 4) / 1000, renewTime };
    if (old !== undefined) {
      this.put(info, old as unknown as KubeObject, { ...old, spec } as unknown as KubeObject, by);
      lease.entry = this.lastEntry;
      return;
    }
    const node = tableOf(this.state.store, 'Node').get(keyOf('', lease.node));
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
    this.put(info, undefined, created as KubeObject, by);
    lease.entry = this.lastEntry;
  }

  // ---- the pipeline's parts

  private readable(): void {
    if (!this.state.up) throw new ApiError('Unreachable', 'The connection to the server was refused');
  }

  private writable(): void {
    this.readable();
    if (!this.state.quorum) throw new ApiError('ServerTimeout', 'etcdserver: request timed out');
  }

  private decode(object: KubeObject): { info: KindInfo; object: KubeObject } {
    const info = findKind(object.kind);
    if (info === undefined)
      throw new ApiError('NotFound', 'the server could not find the requested resource');
    const stored = object.apiVersion === STORED_AS.get(info.kind) ? object : toStorageVersion(object);
    return { info, object: withoutEmptyMaps(stored) };
  }

  private stored(info: KindInfo, namespace: string, name: string): KubeObject {
    const found = this.state.store.kinds.get(info.kind)!.get(keyOf(info.namespaced ? namespace : '', name));
    if (found === undefined) throw notFound(info.plural, info.group, name);
    return found;
  }

  /** Leases are renewed without writes; a reader sees the last renewal. */
  private fresh<T>(kind: Kind, object: T): T {
    if (kind !== 'Lease') return object;
    const lease = object as unknown as KindMap['Lease'];
    const renewals = this.state.leases.get(lease.metadata.name);
    if (renewals === undefined || !renewals.renewing || lease.metadata.namespace !== 'kube-node-lease')
      return object;
    return {
      ...lease,
      spec: { ...lease.spec, renewTime: rfc3339Micro(lastRenewal(renewals, this.host.now())) },
    } as unknown as T;
  }

  private expired(event: Event): boolean {
    return parseTime(event.lastTimestamp) + this.host.config.eventTtlMs <= this.host.now();
  }

  private write(
    info: KindInfo,
    old: KubeObject,
    next: KubeObject,
    by: By,
    subresource: '' | 'status' | 'finalize',
  ): KubeObject {
    const given = next.metadata;
    const { name } = old.metadata;
    if (given.uid !== undefined && given.uid !== '' && given.uid !== old.metadata.uid) {
      throw conflict(
        info.plural,
        info.group,
        name,
        `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${old.metadata.uid}`,
      );
    }
    if (given.resourceVersion && given.resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(
        info.plural,
        info.group,
        name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const merged: KubeObject = { ...next, metadata: mergedMetadata(old.metadata, given) };
    let object: KubeObject;
    if (subresource === 'status') {
      object = prepareForStatusUpdate(merged, old);
      const causes = validateStatusUpdate(object, old);
      if (causes.length > 0) throw invalid(info.kind, info.group, name, causes);
    } else {
      object =
        subresource === 'finalize'
          ? { ...old, spec: merged.spec }
          : prepareForUpdate(applyDefaults(merged, old), old);
      object = this.admit('UPDATE', info, old.metadata.namespace ?? '', name, object, old, subresource, by);
      if (info.kind === 'Service')
        object = this.allocate(object as unknown as Service, old as unknown as Service);
      const causes = validateUpdate(object, old);
      if (causes.length > 0) throw invalid(info.kind, info.group, name, causes);
    }
    // Of what differs it is mostly the status: asked first, it spares looking at the rest.
    if (deepEqual(object.status, old.status) && deepEqual(object, old)) return old;
    const stored = this.put(info, old, object, by);
    return isFinalised(info, stored) ? this.erase(info, stored, by) : stored;
  }

  private admit(
    operation: AdmissionRequest['operation'],
    info: KindInfo,
    namespace: string,
    name: string,
    object: KubeObject | undefined,
    old: KubeObject | undefined,
    subresource: AdmissionRequest['subresource'],
    by: By,
  ): KubeObject {
    const { trouble } = this.state;
    if (trouble !== undefined && operation !== 'DELETE' && subresource === '') {
      const refused = refusal(trouble, info);
      if (refused !== undefined) throw refused;
    }
    return admit({
      operation,
      kind: info.kind,
      namespace,
      name,
      object,
      old,
      subresource,
      user: by.user,
      view: this.view,
      config: this.host.config,
    });
  }

  private allocate(service: Service, old: Service | undefined): KubeObject {
    const others = [...tableOf(this.state.store, 'Service').values()].filter(
      (s) => s.metadata.uid !== old?.metadata.uid,
    );
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
    return result as unknown as KubeObject;
  }

  private checkPreconditions(info: KindInfo, object: KubeObject, options: DeleteOptions): void {
    const { uid, resourceVersion } = options.preconditions ?? {};
    const { metadata } = object;
    if (uid !== undefined && uid !== metadata.uid) {
      throw conflict(
        info.plural,
        info.group,
        metadata.name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
      );
    }
    if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
      throw conflict(
        info.plural,
        info.group,
        metadata.name,
        `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
      );
    }
    if (options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0) {
      throw badRequest('gracePeriodSeconds must not be negative');
    }
  }

  /** Marks an object for deletion, or erases it where nothing keeps it. */
  private remove(info: KindInfo, old: KubeObject, options: DeleteOptions, by: By): KubeObject {
    const marked = markForDeletion(info, old, options, this.host.now());
    if (marked === undefined) return this.erase(info, old, by);
    return deepEqual(marked, old) ? old : this.put(info, old, marked, by);
  }

  /** @param after the caller's own, to be kept; its metadata may still be that of `before` */
  private put(info: KindInfo, before: KubeObject | undefined, after: KubeObject, by: By): KubeObject {
    const { store } = this.state;
    store.revision += 1;
    if (after.metadata === before?.metadata) after.metadata = { ...after.metadata };
    after.metadata.resourceVersion = String(store.revision);
    const key = keyOf(after.metadata.namespace ?? '', after.metadata.name);
    store.kinds.get(info.kind)!.set(key, after);
    this.lastEntry = this.host.changed(
      { kind: info.kind, key, before, after, last: after, revision: store.revision },
      by,
    );
    return after;
  }

  private erase(info: KindInfo, before: KubeObject, by: By): KubeObject {
    const { store } = this.state;
    store.revision += 1;
    const key = keyOf(before.metadata.namespace ?? '', before.metadata.name);
    store.kinds.get(info.kind)!.delete(key);
    if (info.kind === 'Node') this.state.leases.delete(before.metadata.name);
    const last: KubeObject = {
      ...before,
      metadata: { ...before.metadata, resourceVersion: String(store.revision) },
    };
    this.lastEntry = this.host.changed(
      { kind: info.kind, key, before, after: undefined, last, revision: store.revision },
      by,
    );
    return last;
  }

  private generateName(kind: Kind, namespace: string, prefix: string): string {
    const table = tableOf(this.state.store, kind);
    for (let attempt = 0; ; attempt += 1) {
      const name = randomName(this.host.random, prefix);
      // The API server itself retries eight times, then answers AlreadyExists.
      if (attempt === 8 || !table.has(keyOf(namespace, name))) return name;
    }
  }
}

function pick<T extends object>(from: T, ...keys: (keyof T)[]): Partial<T> {
  const out: Partial<T> = {};
  for (const key of keys) if (from[key] !== undefined) out[key] = from[key];
  return out;
}

const CHANGEABLE = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const;

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
  for (const key of CHANGEABLE) {
    const value = next[key];
    if (value !== undefined && !isEmptyMap(value))
      (metadata as unknown as Record<string, unknown>)[key] = value;
    else if (metadata[key] !== undefined) delete metadata[key];
  }
  return metadata;
}

type Condition = NonNullable<Pod['status']['conditions']>[number];
function withCondition(pod: Pod, condition: Condition): Pod {
  return {
    ...pod,
    status: {
      ...pod.status,
      conditions: [...(pod.status.conditions ?? []).filter((c) => c.type !== condition.type), condition],
    },
  };
}
