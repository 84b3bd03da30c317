/**
 * A bench for one controller by itself: objects are put as they are (uid and status included), heartbeats are
 * set by hand, deletes follow their propagation policy, time moves by hand. For node and deletion
 * controllers' tests and conformance cases; workload controllers use `testing.ts`.
 */
import { cacheApply, CacheReader, emptyCache } from '../api/cache.ts';
import type { ApiClient, DeleteOptions, Heartbeat, ListOptions, WatchEvent } from '../api/client.ts';
import { deepEqual } from '../api/equal.ts';
import { alreadyExists, ApiError, conflict, notFound } from '../api/errors.ts';
import { BUILT_IN, RESOURCES } from '../api/resources/index.ts';
import { matches, selectorOf } from '../api/selector.ts';
import { keyOf, keyOfObject } from '../api/store.ts';
import { rfc3339 } from '../api/time.ts';
import type { Kind, KubeObject } from '../api/types.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from '../config.ts';
import type { Millis } from '../kernel/types.ts';
import type { Controller, ControllerContext } from './controller.ts';

export interface BenchEvent {
  readonly at: Millis;
  readonly about: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

export interface Bench<S> {
  readonly state: S;
  readonly ctx: ControllerContext;
  /** The API as an administrator uses it; the controller sees its changes after `lagMs`. */
  readonly api: ApiClient;
  readonly events: BenchEvent[];
  /** Verb, kind and name of each write of the controller, in order. */
  readonly writes: {
    readonly at: Millis;
    readonly verb: string;
    readonly kind: string;
    readonly name: string;
  }[];
  readonly heartbeats: Map<string, Heartbeat>;
  now(): Millis;
  /** Puts an object as it is (with its status), as if it had always been there. */
  put(object: object): KubeObject;
  /** Lets time pass, delivering watch events and running the queue. */
  run(ms?: Millis): void;
  /** Whether anything is scheduled for later. */
  pending(): { key: string; at: Millis; timeout: boolean }[];
  /** The next calls of these verbs fail with the errors. */
  failNext(error: ApiError, times?: number): void;
}

const seeded = (): (() => number) => {
  let x = 88_675_123;
  return () => {
    x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return x / 0x8000_0000;
  };
};

export function bench<S>(
  controller: Controller<S>,
  options: { config?: Partial<ClusterConfig>; lagMs?: Millis; start?: Millis } = {},
): Bench<S> {
  const config: ClusterConfig = { ...DEFAULT_CONFIG, ...options.config };
  const store = new Map<string, Map<string, KubeObject>>(RESOURCES.map((d) => [d.kind, new Map()]));
  const cacheState = emptyCache(RESOURCES);
  const cache = new CacheReader(cacheState);
  const events: BenchEvent[] = [];
  const writes: Bench<S>['writes'] = [];
  const heartbeats = new Map<string, Heartbeat>();
  const random = seeded();
  const undelivered: { at: Millis; kind: Kind; object: KubeObject; deleted: boolean }[] = [];
  const ready = new Map<string, true>();
  const delayed = new Map<string, { at: Millis; timeout: boolean }>();
  const failures = new Map<string, number>();
  let now = options.start ?? 0;
  let revision = 0;
  let uids = 0;
  let failing: { error: ApiError; times: number } | undefined;

  const table = (kind: string): Map<string, KubeObject> => store.get(kind)!;
  const deliver = (kind: Kind, object: KubeObject, deleted: boolean): void =>
    void undelivered.push({ at: now + (options.lagMs ?? 0), kind, object, deleted });
  const save = (object: KubeObject): KubeObject => {
    const kind = object.kind as Kind;
    revision += 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    table(kind).set(keyOf(stored.metadata.namespace ?? '', stored.metadata.name), stored);
    deliver(kind, stored, false);
    return stored;
  };
  const erase = (object: KubeObject): KubeObject => {
    table(object.kind as Kind).delete(keyOf(object.metadata.namespace ?? '', object.metadata.name));
    deliver(object.kind as Kind, object, true);
    return object;
  };
  const stored = (kind: string, namespace: string, name: string): KubeObject => {
    const found = table(kind).get(keyOf(namespace, name));
    const info = BUILT_IN.get(kind);
    if (found === undefined) throw notFound(info.plural, info.group, name);
    return found;
  };
  const write = (object: KubeObject, subresource: '' | 'status'): KubeObject => {
    const info = BUILT_IN.get(object.kind);
    const old = stored(info.kind, object.metadata.namespace ?? '', object.metadata.name);
    if (
      object.metadata.resourceVersion !== '' &&
      object.metadata.resourceVersion !== old.metadata.resourceVersion
    ) {
      throw conflict(
        info.plural,
        info.group,
        old.metadata.name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const next =
      subresource === 'status'
        ? { ...old, status: object.status }
        : info.subresources.status
          ? { ...object, status: old.status }
          : object;
    if (deepEqual(next, old)) return old;
    const specChanged =
      info.generation && !deepEqual((next as { spec?: unknown }).spec, (old as { spec?: unknown }).spec);
    const generation = (old.metadata.generation ?? 0) + (specChanged ? 1 : 0);
    const saved = save(
      old.metadata.generation === undefined ? next : { ...next, metadata: { ...next.metadata, generation } },
    );
    const done =
      saved.metadata.deletionTimestamp !== undefined &&
      (saved.metadata.finalizers?.length ?? 0) === 0 &&
      (saved.metadata.deletionGracePeriodSeconds ?? 0) === 0 &&
      (saved.kind !== 'Namespace' ||
        ((saved.spec as { finalizers?: string[] }).finalizers ?? []).length === 0);
    return done ? erase(saved) : saved;
  };
  const remove = (kind: Kind, namespace: string, name: string, how: DeleteOptions = {}): KubeObject => {
    const info = BUILT_IN.get(kind);
    const old = stored(kind, namespace, name);
    if (how.preconditions?.uid !== undefined && how.preconditions.uid !== old.metadata.uid) {
      throw conflict(
        info.plural,
        info.group,
        name,
        `Precondition failed: UID in precondition: ${how.preconditions.uid}, UID in object meta: ${old.metadata.uid}`,
      );
    }
    const others = (old.metadata.finalizers ?? []).filter(
      (f) => f !== 'orphan' && f !== 'foregroundDeletion',
    );
    const policy = how.propagationPolicy;
    const finalizers =
      policy === undefined
        ? [...(old.metadata.finalizers ?? [])]
        : [
            ...others,
            ...(policy === 'Orphan' ? ['orphan'] : policy === 'Foreground' ? ['foregroundDeletion'] : []),
          ];
    const spec = old.spec as
      | { terminationGracePeriodSeconds?: number; nodeName?: string; finalizers?: string[] }
      | undefined;
    const grace =
      kind === 'Pod' && spec?.nodeName
        ? (how.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30)
        : 0;
    if (
      grace === 0 &&
      finalizers.length === 0 &&
      !(kind === 'Namespace' && (spec?.finalizers?.length ?? 0) > 0)
    )
      return erase(old);
    const metadata = {
      ...old.metadata,
      deletionTimestamp: old.metadata.deletionTimestamp ?? rfc3339(now + grace * 1000),
      deletionGracePeriodSeconds: grace,
    };
    delete metadata.finalizers;
    return save({ ...old, metadata: finalizers.length > 0 ? { ...metadata, finalizers } : metadata });
  };
  const client = (log: boolean): ApiClient => {
    const note = (verb: string, kind: string, name: string): void => {
      if (failing !== undefined && log) {
        const { error } = failing;
        failing.times -= 1;
        if (failing.times === 0) failing = undefined;
        throw error;
      }
      if (log) writes.push({ at: now, verb, kind, name });
    };
    const self = {
      get: (kind: Kind, namespace: string, name: string) => stored(kind, namespace, name),
      find: (kind: Kind, namespace: string, name: string) => table(kind).get(keyOf(namespace, name)),
      list: (kind: Kind, how: ListOptions = {}) => {
        const selector = typeof how.labelSelector === 'object' ? selectorOf(how.labelSelector) : undefined;
        return [...table(kind).values()]
          .filter(
            (o) =>
              (how.namespace === undefined || o.metadata.namespace === how.namespace) &&
              (selector === undefined || matches(selector, o.metadata.labels)),
          )
          .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
      },
      create: (draft: KubeObject) => {
        const info = BUILT_IN.get(draft.kind);
        const name = draft.metadata.name ?? `${draft.metadata.generateName}${++uids}`;
        note('create', draft.kind, name);
        if (table(info.kind).has(keyOf(draft.metadata.namespace ?? '', name)))
          throw alreadyExists(info.plural, info.group, name);
        return put({ ...draft, metadata: { ...draft.metadata, name } });
      },
      update: (object: KubeObject) => {
        note('update', object.kind, object.metadata.name);
        return write(object, '');
      },
      updateStatus: (object: KubeObject) => {
        note('updateStatus', object.kind, object.metadata.name);
        return write(object, 'status');
      },
      finalize: (object: KubeObject) => {
        note('finalize', object.kind, object.metadata.name);
        return write(object, '');
      },
      patch: () => {
        throw new Error('the bench has no patch');
      },
      delete: (kind: Kind, namespace: string, name: string, how?: DeleteOptions) => {
        note('delete', kind, name);
        return remove(kind, namespace, name, how);
      },
      bind: () => undefined,
      evict: () => undefined,
      scale: () => undefined,
    };
    return self as unknown as ApiClient;
  };
  const put = (object: object): KubeObject => {
    const given = object as KubeObject;
    const info = BUILT_IN.get(given.kind);
    const old = table(info.kind).get(keyOf(given.metadata.namespace ?? '', given.metadata.name));
    return save({
      ...given,
      metadata: {
        ...given.metadata,
        uid: given.metadata.uid ?? old?.metadata.uid ?? `uid-${++uids}`,
        creationTimestamp:
          given.metadata.creationTimestamp ?? old?.metadata.creationTimestamp ?? rfc3339(now),
        ...(info.generation
          ? { generation: given.metadata.generation ?? old?.metadata.generation ?? 1 }
          : {}),
      },
    });
  };
  const later = (key: string, delayMs: Millis, timeout: boolean): void => {
    if (delayMs <= 0) {
      ready.set(key, true);
      return;
    }
    const at = now + Math.ceil(delayMs);
    const old = delayed.get(key);
    if (old === undefined || at < old.at) delayed.set(key, { at, timeout });
  };
  const ctx = {
    get now() {
      return now;
    },
    process: 'bench',
    args: {},
    by: { actor: 'bench', user: 'bench', cause: 0 },
    because: () => ctx,
    random,
    randomInt: (below: number) => Math.floor(random() * below),
    schedule: () => 0,
    cancel: () => undefined,
    api: client(true),
    cache,
    world: undefined,
    config,
    resources: BUILT_IN,
    latency: () => 0,
    event: (about: KubeObject, type: string, reason: string, message: string) => {
      events.push({ at: now, about: `${about.kind}/${about.metadata.name}`, type, reason, message });
    },
    renewLease: () => undefined,
    heartbeat: (node: string) => heartbeats.get(node),
    note: () => 0,
    queue: {
      add: (key: string) => void ready.set(key, true),
      addAfter: (key: string, delayMs: Millis, how?: { timeout?: boolean }) =>
        later(key, delayMs, how?.timeout ?? true),
      addRateLimited: (key: string) => {
        const n = failures.get(key) ?? 0;
        failures.set(key, n + 1);
        later(key, Math.min(1_000_000, 5 * 2 ** n), false);
      },
      forget: (key: string) => void failures.delete(key),
      retries: (key: string) => failures.get(key) ?? 0,
    },
  } as unknown as ControllerContext;
  const state = controller.init();
  controller.start?.(state, ctx);

  /** Delivers what has arrived and works off the queue at this moment. @returns whether anything happened */
  const step = (): boolean => {
    let did = false;
    while (undelivered.length > 0 && undelivered[0]!.at <= now) {
      const { kind, object, deleted } = undelivered.shift()!;
      const old = cacheApply(cacheState, kind, keyOfObject(object), object, deleted);
      did = true;
      if (!controller.watches.includes(kind)) continue;
      const type = deleted ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED';
      controller.observe({ type, kind, object, old, entry: 0 } as WatchEvent, state, ctx);
    }
    for (const [key, { at }] of delayed) {
      if (at > now) continue;
      delayed.delete(key);
      ready.set(key, true);
    }
    const key = ready.keys().next().value;
    if (key === undefined) return did;
    ready.delete(key);
    try {
      controller.sync(key, state, ctx);
      if (!delayed.has(key)) failures.delete(key);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      ctx.queue.addRateLimited(key);
    }
    return true;
  };
  return {
    state,
    ctx,
    api: client(false),
    events,
    writes,
    heartbeats,
    put,
    now: () => now,
    run(ms = 0) {
      const end = now + ms;
      for (;;) {
        let guard = 0;
        while (step()) if (++guard > 1_000_000) throw new Error('the controller does not come to rest');
        let next = Infinity;
        for (const { at } of delayed.values()) next = Math.min(next, at);
        if (undelivered.length > 0) next = Math.min(next, undelivered[0]!.at);
        if (next > end) break;
        now = Math.max(now, next);
      }
      now = end;
    },
    pending: () => [...delayed].map(([key, d]) => ({ key, ...d })),
    failNext(error, times = 1) {
      failing = { error, times };
    },
  };
}

/** A node with the given Ready status (null: its kubelet never reported), as the bench puts it. */
export function testNode(
  name: string,
  ready: string | null = 'True',
  extra: { labels?: Record<string, string>; taints?: object[] } = {},
): object {
  const types = [
    ['MemoryPressure', 'False'],
    ['DiskPressure', 'False'],
    ['PIDPressure', 'False'],
    ['Ready', ready],
  ];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, ...(extra.labels === undefined ? {} : { labels: extra.labels }) },
    spec: { ...(extra.taints === undefined ? {} : { taints: extra.taints }) },
    status: {
      conditions:
        ready === null
          ? []
          : types.map(([type, status]) => ({
              type,
              status,
              lastHeartbeatTime: rfc3339(0),
              lastTransitionTime: rfc3339(0),
              reason: 'Kubelet',
              message: '',
            })),
    },
  };
}

/** A running pod. */
export function testPod(
  name: string,
  extra: {
    node?: string;
    ready?: boolean;
    labels?: Record<string, string>;
    ip?: string;
    phase?: string;
    owner?: object;
    deleting?: boolean;
    spec?: object;
    uid?: string;
    namespace?: string;
  } = {},
): object {
  const ready = extra.ready ?? true;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: extra.namespace ?? 'default',
      ...(extra.uid === undefined ? {} : { uid: extra.uid }),
      labels: extra.labels ?? {},
      ...(extra.owner === undefined ? {} : { ownerReferences: [extra.owner] }),
      ...(extra.deleting === true
        ? { deletionTimestamp: rfc3339(30_000), deletionGracePeriodSeconds: 30 }
        : {}),
    },
    spec: {
      containers: [{ name: 'c', image: 'nginx', resources: {} }],
      ...(extra.node === undefined ? {} : { nodeName: extra.node }),
      ...extra.spec,
    },
    status: {
      phase: extra.phase ?? 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: rfc3339(0) }],
      ...(extra.ip === undefined ? {} : { podIP: extra.ip, podIPs: [{ ip: extra.ip }] }),
    },
  };
}
