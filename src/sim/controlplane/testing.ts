/**
 * For tests: controllers over a small API in memory, whose watch can be held back, so that what a late cache
 * does can be shown. Writes go through the real defaulting, strategies and patches; admission and validation
 * are left out.
 */
import { cacheApply, CacheReader, emptyCache, type CacheState } from '../api/cache.ts';
import type { ApiClient, DeleteOptions, Draft, WatchEvent } from '../api/client.ts';
import { applyDefaults } from '../api/defaults/index.ts';
import { deepEqual } from '../api/equal.ts';
import { alreadyExists, ApiError, conflict, notFound } from '../api/errors.ts';
import { applyPatch } from '../api/merge/index.ts';
import { schemaOf } from '../api/resources/definition.ts';
import { BUILT_IN, RESOURCES } from '../api/resources/index.ts';
import { matches, parseLabelSelector, selectorOf } from '../api/selector.ts';
import { emptyStore, keyOf, keyOfObject, sortedByKey, tableOf, type StoreState } from '../api/store.ts';
import { rfc3339 } from '../api/time.ts';
import type { Kind, KindMap, KubeObject, Node, Pod } from '../api/types.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from '../config.ts';
import type { Millis } from '../kernel/types.ts';
import type { Controller, ControllerContext, WorkQueue } from './controller.ts';

export interface RecordedEvent {
  readonly type: string;
  readonly reason: string;
  readonly object: string;
  readonly message: string;
  readonly source: string;
}

interface Line {
  readonly controller: Controller<any>;
  state: unknown;
  readonly ready: Set<string>;
  readonly delayed: Map<string, Millis>;
  readonly failures: Map<string, number>;
  readonly ctx: ControllerContext;
}

export interface Bench {
  now: Millis;
  readonly api: ApiClient;
  readonly cache: CacheState;
  readonly events: RecordedEvent[];
  readonly config: ClusterConfig;
  /** Errors that syncs threw, as `reason: message`. */
  readonly errors: string[];
  /** Every write as `create Pod default/x`. */
  readonly writes: string[];
  /** Hook before a write; throw an ApiError to refuse it. */
  refuse: (verb: string, kind: string, object: { metadata: { name?: string } }) => void;
  /** While true the watch delivers nothing. */
  held: boolean;
  /** Called after each write, with the store as it is then. */
  afterWrite: () => void;
  /** Delivers what the watch holds and works all queues off, back-offs included; time stands still. */
  run(): void;
  /** One sync of a key with the cache as it is; returns the error it threw. */
  syncOnce(controller: string, key: string): ApiError | undefined;
  deliver(): void;
  /** Runs, and lets time pass from one delayed key to the next. */
  pass(ms: Millis): void;
  /** A new life of every controller: state lost, everything seen as ADDED. */
  restart(): void;
  list<K extends Kind>(kind: K): KindMap[K][];
  /** How many keys wait to be worked on right now. */
  pending(): number;
}

export function bench(controllers: readonly Controller<any>[], config: Partial<ClusterConfig> = {}): Bench {
  const store: StoreState = emptyStore(RESOURCES);
  const cache = emptyCache(RESOURCES);
  const waiting: WatchEvent[] = [];
  let uids = 0;
  let names = 0;
  const b = {
    now: 0,
    held: false,
    events: [],
    errors: [],
    writes: [],
    config: { ...DEFAULT_CONFIG, ...config },
    refuse: () => {},
    afterWrite: () => {},
  } as unknown as Bench;

  const changed = (kind: Kind, object: KubeObject, deleted: boolean, created: boolean): void => {
    waiting.push({
      type: deleted ? 'DELETED' : created ? 'ADDED' : 'MODIFIED',
      kind,
      object,
      old: undefined,
      entry: 0,
    });
    b.afterWrite();
  };
  const put = (kind: Kind, object: KubeObject, created: boolean): KubeObject => {
    store.revision++;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(store.revision) } };
    tableOf(store, kind).set(keyOf(stored.metadata.namespace ?? '', stored.metadata.name), stored as never);
    changed(kind, stored, false, created);
    return stored;
  };
  const erase = (kind: Kind, object: KubeObject): KubeObject => {
    store.revision++;
    tableOf(store, kind).delete(keyOf(object.metadata.namespace ?? '', object.metadata.name));
    changed(kind, object, true, false);
    return object;
  };
  const stored = (kind: Kind, namespace: string, name: string): KubeObject => {
    const found = tableOf(store, kind).get(keyOf(namespace, name));
    if (found === undefined) throw notFound(BUILT_IN.get(kind).plural, BUILT_IN.get(kind).group, name);
    return found as unknown as KubeObject;
  };
  const note = (
    verb: string,
    kind: string,
    object: { metadata: { name?: string; namespace?: string } },
  ): void => {
    b.refuse(verb, kind, object);
    b.writes.push(`${verb} ${kind} ${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`);
  };
  const write = (old: KubeObject, next: KubeObject, status: boolean): KubeObject => {
    const kind = old.kind as Kind;
    const info = BUILT_IN.get(kind);
    const given = next.metadata;
    if (given.uid && given.uid !== old.metadata.uid)
      throw conflict(info.plural, info.group, old.metadata.name, 'Precondition failed: UID');
    if (given.resourceVersion && given.resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(
        info.plural,
        info.group,
        old.metadata.name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const merged = { ...next, metadata: { ...old.metadata, ...next.metadata } };
    const object = status
      ? info.strategy.status(merged, old)
      : info.strategy.update(applyDefaults(info, merged), old);
    if (deepEqual(object, old)) return old;
    if (
      object.metadata.deletionTimestamp !== undefined &&
      (object.metadata.finalizers ?? []).length === 0 &&
      kind !== 'Pod'
    )
      return erase(kind, object);
    return put(kind, object, false);
  };

  const api = {
    get: (kind: Kind, namespace: string, name: string) => stored(kind, namespace, name),
    find: (kind: Kind, namespace: string, name: string) => tableOf(store, kind).get(keyOf(namespace, name)),
    list: (kind: Kind, options: { namespace?: string; labelSelector?: unknown } = {}) => {
      const s = options.labelSelector;
      const selector =
        s === undefined ? undefined : typeof s === 'string' ? parseLabelSelector(s) : selectorOf(s as never);
      return sortedByKey([...tableOf(store, kind).values()] as unknown as KubeObject[]).filter(
        (o) =>
          (options.namespace === undefined || o.metadata.namespace === options.namespace) &&
          (selector === undefined || matches(selector, o.metadata.labels)),
      );
    },
    create: (draft: Draft) => {
      note('create', draft.kind, draft);
      const kind = draft.kind as Kind;
      const info = BUILT_IN.get(kind);
      const namespace = info.namespaced ? (draft.metadata.namespace ?? 'default') : undefined;
      const name =
        draft.metadata.name || `${draft.metadata.generateName}${(++names).toString(36).padStart(5, '0')}`;
      if (tableOf(store, kind).has(keyOf(namespace ?? '', name)))
        throw alreadyExists(info.plural, info.group, name);
      const uid = `uid-${((++uids * 7919) % 100003).toString(36).padStart(4, '0')}-${uids}`;
      const metadata = {
        ...draft.metadata,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid,
        resourceVersion: '',
        creationTimestamp: rfc3339(b.now),
      };
      return put(
        kind,
        info.strategy.create(applyDefaults(info, { ...draft, metadata } as KubeObject), b.now),
        true,
      );
    },
    update: (object: KubeObject) => {
      note('update', object.kind, object);
      return write(
        stored(object.kind as Kind, object.metadata.namespace ?? '', object.metadata.name),
        object,
        false,
      );
    },
    updateStatus: (object: KubeObject) => {
      note('updateStatus', object.kind, object);
      return write(
        stored(object.kind as Kind, object.metadata.namespace ?? '', object.metadata.name),
        object,
        true,
      );
    },
    patch: (
      kind: Kind,
      namespace: string,
      name: string,
      type: 'merge',
      patch: unknown,
      options?: { subresource?: 'status' },
    ) => {
      const old = stored(kind, namespace, name);
      note('patch', kind, old);
      return write(
        old,
        applyPatch(type, schemaOf(BUILT_IN.get(kind)), old, patch) as KubeObject,
        options?.subresource === 'status',
      );
    },
    delete: (kind: Kind, namespace: string, name: string, options: DeleteOptions = {}) => {
      const old = stored(kind, namespace, name);
      note('delete', kind, old);
      const grace =
        kind === 'Pod' && (old as Pod).spec.nodeName
          ? (options.gracePeriodSeconds ?? (old as Pod).spec.terminationGracePeriodSeconds ?? 30)
          : 0;
      if (grace === 0 && (old.metadata.finalizers ?? []).length === 0) return erase(kind, old);
      if (old.metadata.deletionTimestamp !== undefined) return old;
      return put(
        kind,
        {
          ...old,
          metadata: {
            ...old.metadata,
            deletionTimestamp: rfc3339(b.now + grace * 1000),
            deletionGracePeriodSeconds: grace,
          },
        },
        false,
      );
    },
    bind: (namespace: string, name: string, _uid: string, node: string) => {
      const pod = stored('Pod', namespace, name) as Pod;
      put('Pod', { ...pod, spec: { ...pod.spec, nodeName: node } } as KubeObject, false);
    },
    evict: (namespace: string, name: string) => void api.delete('Pod', namespace, name),
    scale: (kind: Kind, namespace: string, name: string, replicas: number) => {
      const old = stored(kind, namespace, name);
      write(old, { ...old, spec: { ...(old.spec as object), replicas } }, false);
    },
  };

  const lines: Line[] = controllers.map((controller) => {
    const ready = new Set<string>();
    const delayed = new Map<string, Millis>();
    const failures = new Map<string, number>();
    const later = (key: string, at: Millis): void =>
      void delayed.set(key, Math.min(at, delayed.get(key) ?? Infinity));
    const queue: WorkQueue = {
      add: (key) => void ready.add(key),
      addAfter: (key, ms) => (ms <= 0 ? void ready.add(key) : later(key, b.now + ms)),
      addRateLimited: (key) => {
        const n = failures.get(key) ?? 0;
        failures.set(key, n + 1);
        later(key, b.now + Math.min(1_000_000, 5 * 2 ** n));
      },
      forget: (key) => void failures.delete(key),
      retries: (key) => failures.get(key) ?? 0,
    };
    const ctx = {
      get now() {
        return b.now;
      },
      process: 'kube-controller-manager',
      args: {},
      by: { actor: controller.name, user: 'bench', cause: 0 },
      because: () => ctx,
      writes: 0,
      queue,
      api,
      config: b.config,
      cache: new CacheReader(cache),
      random: () => 0.5,
      randomInt: (below: number) => Math.floor(below / 2),
      latency: () => 0,
      note: () => 0,
      event: (
        about: KubeObject,
        type: string,
        reason: string,
        message: string,
        options?: { source?: string },
      ) => {
        b.events.push({
          type,
          reason,
          object: `${about.kind}/${about.metadata.name}`,
          message,
          source: options?.source ?? controller.name,
        });
      },
    } as unknown as ControllerContext;
    return { controller, state: controller.init(), ready, delayed, failures, ctx };
  });

  const work = (line: Line, key: string): ApiError | undefined => {
    line.ready.delete(key);
    try {
      line.controller.sync(key, line.state, line.ctx);
      line.failures.delete(key);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      b.errors.push(`${error.reason}: ${error.message}`);
      line.ctx.queue.addRateLimited(key);
      return error;
    }
  };
  const due = (): void => {
    for (const line of lines) {
      for (const [key, at] of [...line.delayed]) {
        if (at > b.now) continue;
        line.delayed.delete(key);
        line.ready.add(key);
      }
    }
  };

  return Object.assign(b, {
    api: api as unknown as ApiClient,
    cache,
    deliver() {
      for (let e = waiting.shift(); e !== undefined; e = waiting.shift()) {
        const old = cacheApply(cache, e.kind, keyOfObject(e.object), e.object, e.type === 'DELETED');
        for (const line of lines)
          if (line.controller.watches.includes(e.kind))
            line.controller.observe({ ...e, old }, line.state, line.ctx);
      }
    },
    run() {
      for (let syncs = 0; ; syncs++) {
        if (!b.held) b.deliver();
        due();
        const line = lines.find((l) => l.ready.size > 0);
        if (line === undefined) return;
        if (syncs > 20_000)
          throw new Error(`controllers do not come to rest; last writes: ${b.writes.slice(-10).join(', ')}`);
        work(line, line.ready.values().next().value!);
      }
    },
    syncOnce(name: string, key: string) {
      return work(lines.find((l) => l.controller.name === name)!, key);
    },
    pass(ms: Millis) {
      const end = b.now + ms;
      for (;;) {
        b.run();
        const next = Math.min(...lines.flatMap((l) => [...l.delayed.values()]), Infinity);
        if (next > end) break;
        b.now = Math.max(b.now, next);
      }
      b.now = end;
      b.run();
    },
    restart() {
      b.deliver();
      for (const line of lines) {
        line.state = line.controller.init();
        line.ready.clear();
        line.delayed.clear();
        line.failures.clear();
        for (const kind of line.controller.watches) {
          for (const object of cache.kinds.get(kind)!.values()) {
            line.controller.observe(
              { type: 'ADDED', kind, object, old: undefined, entry: 0 },
              line.state,
              line.ctx,
            );
          }
        }
      }
    },
    list: (kind: Kind) => api.list(kind),
    pending: () => lines.reduce((n, l) => n + l.ready.size, 0),
  });
}

/** Makes a node with these labels and taints. */
export function addNode(
  b: Bench,
  name: string,
  labels: Record<string, string> = {},
  taints: { key: string; value?: string; effect: string }[] = [],
): Node {
  return b.api.create({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: taints.length === 0 ? {} : { taints },
    status: {},
  } as unknown as Draft<KubeObject>) as Node;
}

const nodeOfAffinity = (pod: Pod): string | undefined =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]
    ?.matchFields?.[0]?.values?.[0];

/** Sets a pod's phase and readiness, as a kubelet would. */
export function setPod(b: Bench, pod: Pod, phase: string, ready: boolean): void {
  const current = b.api.get('Pod', pod.metadata.namespace!, pod.metadata.name);
  const old = current.status.conditions?.find((c) => c.type === 'Ready');
  const status = ready ? 'True' : 'False';
  const since = old?.status === status ? old.lastTransitionTime : rfc3339(b.now);
  b.api.updateStatus<Pod>({
    ...current,
    status: {
      ...current.status,
      phase,
      conditions: [{ type: 'Ready', status, lastTransitionTime: since }],
    } as Pod['status'],
  });
}

/**
 * Plays scheduler and kubelets for one step: binds what is unbound, makes what is bound ready, removes what
 * is being deleted.
 * @param willRun which pods become ready (others stay pending on their node)
 */
export function playNodes(
  b: Bench,
  nodes: readonly string[],
  willRun: (pod: Pod) => boolean = () => true,
): boolean {
  let moved = false;
  b.list('Pod').forEach((pod, i) => {
    if (pod.metadata.deletionTimestamp !== undefined) {
      b.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name, { gracePeriodSeconds: 0 });
      moved = true;
    } else if (!pod.spec.nodeName) {
      const node = nodeOfAffinity(pod) ?? nodes[i % nodes.length]!;
      b.api.bind(pod.metadata.namespace!, pod.metadata.name, pod.metadata.uid, node);
      moved = true;
    } else if ((pod.status.phase ?? 'Pending') === 'Pending' && willRun(pod)) {
      setPod(b, pod, 'Running', true);
      moved = true;
    }
  });
  return moved;
}

/** Controllers and nodes in turn, a second apart, until nothing moves. */
export function converge(
  b: Bench,
  nodes: readonly string[],
  willRun?: (pod: Pod) => boolean,
  steps = 200,
): void {
  for (let i = 0; i < steps; i++) {
    b.pass(1000);
    if (!playNodes(b, nodes, willRun)) return;
  }
  throw new Error('the cluster does not come to rest');
}

/** A pod template with one container. */
export const template = (
  labels: Record<string, string>,
  image = 'nginx:1.15',
): { metadata: { labels: Record<string, string> }; spec: Record<string, unknown> } => ({
  metadata: { labels },
  spec: { containers: [{ name: 'web', image }] },
});

/** A workload's draft: replicas, selector `app: <name>` and a template; `spec` adds to it or replaces. */
export function workload(
  kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet',
  name: string,
  spec: Record<string, unknown> = {},
): Draft<KubeObject> {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'default', labels },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 3 }),
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      template: template(labels),
      ...spec,
    },
  } as Draft<KubeObject>;
}

/** Applies a change of spec. */
export function edit<K extends 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet'>(
  b: Bench,
  kind: K,
  name: string,
  spec: Record<string, unknown>,
): void {
  const old = b.api.get(kind, 'default', name);
  b.api.update({ ...old, spec: { ...old.spec, ...spec } } as unknown as KubeObject);
}
