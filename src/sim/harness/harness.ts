/**
 * Controllers by themselves over the real API server: no other process runs, time moves when the test says
 * so, and the watch can be late or held back. For controllers' tests and conformance cases.
 *
 * ```ts
 * const h = harness([replicaSetController]);
 * h.api.create(workload('ReplicaSet', 'web'));
 * h.run();
 * h.list('Pod').length; // 3
 * ```
 */
import { LETS_THROUGH } from '../api/admission/dynamic/webhookcall.ts';
import { accountUser, unbounded } from '../api/authentication/user.ts';
import { ADMISSION_PLUGINS } from '../api/admission/index.ts';
import { cacheApply, CacheReader, emptyCache } from '../api/cache.ts';
import type { ApiClient, Heartbeat } from '../api/client.ts';
import { applyDefaults } from '../api/defaults/index.ts';
import { ApiError } from '../api/errors.ts';
import type { MetricsApi } from '../api/metrics.ts';
import { randomUid } from '../api/names.ts';
import { BUILT_IN } from '../api/resources/index.ts';
import { ApiServer, emptyServer, type StoreChange } from '../api/server.ts';
import { keyOf, putObject } from '../api/store.ts';
import { rfc3339 } from '../api/time.ts';
import type { KubeObject, ObjectOf, ResourceName } from '../api/types.ts';
import { bootstrapObjects } from '../bootstrap.ts';
import { Client, type Wire } from '../client.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from '../config.ts';
import { watchedBy, type Controller, type ControllerContext } from '../controlplane/controller.ts';
import { RandomStreams } from '../kernel/random.ts';
import type { By, EntryId, Millis } from '../kernel/types.ts';
import { HandQueue } from './handqueue.ts';

export interface RecordedEvent {
  readonly at: Millis;
  readonly type: string;
  readonly reason: string;
  /** `Pod/web-0` */
  readonly object: string;
  readonly message: string;
  readonly source: string;
}

/** A write of a controller, whether the server took it or not. */
export interface RecordedWrite {
  readonly at: Millis;
  readonly verb: string;
  readonly kind: string;
  readonly name: string;
}

export interface HarnessOptions {
  readonly config?: Partial<ClusterConfig>;
  /** How late the controllers see a change; 0. */
  readonly lagMs?: Millis;
}

export interface Harness<S = unknown> {
  readonly now: Millis;
  /** The API as an administrator reaches it. What he writes is not among `writes`, and is never refused. */
  readonly api: ApiClient;
  readonly config: ClusterConfig;
  /** Of the first controller, as of its context. */
  readonly state: S;
  readonly ctx: ControllerContext;
  /** What the controllers' recorders were told. */
  readonly events: RecordedEvent[];
  readonly writes: RecordedWrite[];
  /** Errors that syncs threw, as `reason: message`. */
  readonly errors: string[];
  /** What controllers know of the nodes' Leases, set by the test. */
  readonly heartbeats: Map<string, Heartbeat>;
  /** What controllers are told of use, set by the test. */
  metrics: MetricsApi;
  /** Asked before each write of a controller; throws an ApiError to refuse it. */
  refuse: (verb: string, kind: string) => void;
  /** Called after each write, with the store as it is then. */
  afterWrite: () => void;
  /** While true the watch delivers nothing. */
  held: boolean;
  /** Refuses the controllers' next writes. */
  failNext(error: ApiError, times?: number): void;
  /**
   * Puts an object into the store as it is, with uid, times and status, as if it had always been there, or
   * had been written by somebody else. What it leaves out is defaulted.
   */
  put(object: object): KubeObject;
  /** Delivers what the watch holds and works the queues off; time stands still. */
  run(): void;
  /** Runs, and lets time pass from one delayed key or late change to the next. */
  pass(ms: Millis): void;
  /** Delivers what the watch holds, late or not. */
  deliver(): void;
  /** One sync of a key with the cache as it is; returns the error it threw. */
  syncOnce(controller: string, key: string): ApiError | undefined;
  /** A new life of every controller: state lost, everything seen as ADDED. */
  restart(): void;
  list<R extends ResourceName>(resource: R): ObjectOf<R>[];
  /** What waits for its time. */
  pending(): { readonly key: string; readonly at: Millis; readonly timeout: boolean }[];
}

/** One controller as it runs. */
interface Line {
  readonly controller: Controller<any>;
  /** Group resources. */
  readonly watched: readonly string[];
  readonly queue: HandQueue;
  readonly ctx: ControllerContext;
  state: unknown;
}

const WRITES = [
  'create',
  'update',
  'updateStatus',
  'updateApproval',
  'finalize',
  'patch',
  'delete',
  'bind',
  'evict',
  'scale',
] as const;

/** The kind and name that a call of a client's verb is about. */
function subjectOf(verb: (typeof WRITES)[number], args: readonly unknown[]): [kind: string, name: string] {
  if (verb === 'bind' || verb === 'evict') return ['Pod', args[1] as string];
  if (verb === 'patch' || verb === 'delete' || verb === 'scale')
    return [BUILT_IN.find(args[0] as string)?.kind ?? (args[0] as string), args[2] as string];
  const { kind, metadata } = args[0] as KubeObject;
  return [kind, metadata.name ?? metadata.generateName ?? ''];
}

/** A client that tells of each write before it goes out. */
function telling(client: ApiClient, tell: (verb: string, kind: string, name: string) => void): ApiClient {
  const told: Partial<Record<keyof ApiClient, unknown>> = {};
  for (const verb of WRITES) {
    const send = client[verb].bind(client) as (...args: unknown[]) => unknown;
    told[verb] = (...args: unknown[]) => {
      tell(verb, ...subjectOf(verb, args));
      return send(...args);
    };
  }
  return Object.assign(Object.create(client) as ApiClient, told);
}

/** Of a cluster without any. */
const NO_METRICS: MetricsApi = {
  pods: () => [],
  nodes: () => [],
  ofPods: () => new Map(),
  ofObject: (metric) => {
    throw new ApiError('NotFound', `no metric ${metric}`);
  },
  external: () => [],
};

export function harness<S>(
  controllers: readonly [Controller<S>, ...Controller<any>[]],
  options: HarnessOptions = {},
): Harness<S> {
  const config: ClusterConfig = { ...DEFAULT_CONFIG, ...options.config };
  const lagMs = options.lagMs ?? 0;
  const randoms = new RandomStreams('harness');
  const cache = emptyCache(Array.from(BUILT_IN.all(), (d) => d.resource));
  const reader = new CacheReader(cache, BUILT_IN);
  /** Changes on their way to the cache. */
  const waiting: (StoreChange & { readonly due: Millis; readonly entry: EntryId })[] = [];
  /** When leases of Events run out. */
  let expiries: Millis[] = [];
  let now = 0;
  let entries = 0;

  const changed = (change: StoreChange): EntryId => {
    waiting.push({ ...change, due: now + lagMs, entry: ++entries });
    h.afterWrite();
    return entries;
  };
  const server = new ApiServer(emptyServer(BUILT_IN), {
    config,
    resources: BUILT_IN,
    admission: ADMISSION_PLUGINS,
    now: () => now,
    random: randoms.stream('kube-apiserver'),
    randomAside: randoms.stream('kube-apiserver aside'),
    changed,
    callWebhook: () => LETS_THROUGH,
    isMeasuring: () => true,
    callConverter: () => undefined,
    reachExtension: () => undefined,
    endowed: (resource, key, object) => void cacheApply(cache, resource, key, object, false),
    expireAt: (at) => void expiries.push(at),
  });
  const wire: Wire = { reach: () => server };
  const admin: By = { actor: 'user', user: 'kubernetes-admin', cause: 0 };
  const api = new Client(wire, admin);

  const lines = controllers.map((controller): Line => {
    const { name, account } = controller;
    const identity = account === undefined ? unbounded(name) : { user: accountUser('kube-system', account) };
    const by: By = { actor: name, cause: 0, ...identity };
    const queue = new HandQueue(() => now);
    const random = randoms.stream(controller.name);
    const ctx = {
      get now() {
        return now;
      },
      process: 'kube-controller-manager',
      args: {},
      by,
      because: () => ctx,
      as: () => ctx,
      api: telling(new Client(wire, by), (verb, kind, name) => {
        h.refuse(verb, kind);
        h.writes.push({ at: now, verb, kind, name });
      }),
      cache: reader,
      resources: BUILT_IN,
      config,
      queue,
      control: { metricsApi: () => 'absent', behind: () => undefined },
      pace: { callsLeft: () => Number.MAX_SAFE_INTEGER },
      random,
      randomInt: (below: number) => Math.floor(random() * below),
      latency: () => 0,
      get metrics() {
        return h.metrics;
      },
      heartbeat: (node: string) => h.heartbeats.get(node),
      note: () => 0,
      event(
        about: KubeObject,
        type: string,
        reason: string,
        message: string,
        how: { source?: string } = {},
      ): void {
        const object = `${about.kind}/${about.metadata.name}`;
        h.events.push({ at: now, type, reason, object, message, source: how.source ?? controller.name });
      },
    } as unknown as ControllerContext;
    return { controller, watched: watchedBy(controller, BUILT_IN), queue, ctx, state: controller.init() };
  });

  const deliverOne = ({ definition, key, last, after, entry }: (typeof waiting)[number]): void => {
    const { resource, kind } = definition;
    const old = cacheApply(cache, resource, key, last, after === undefined);
    const type = after === undefined ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED';
    const event = { type, resource, kind, object: last, old, entry } as const;
    for (const { controller, watched, state, ctx } of lines)
      if (watched.includes(resource) && controller.concerns?.(event, ctx.cache) !== false)
        controller.observe(event, state, ctx);
  };
  const deliverDue = (until: Millis): boolean => {
    let any = false;
    while (waiting.length > 0 && waiting[0]!.due <= until) {
      deliverOne(waiting.shift()!);
      any = true;
    }
    return any;
  };
  const sync = ({ controller, queue, state, ctx }: Line, key: string): ApiError | undefined => {
    queue.take(key);
    const before = queue.retries(key);
    try {
      controller.sync(key, state, ctx);
      // A sync that rate-limited its own key keeps its back-off.
      if (queue.retries(key) === before) queue.forget(key);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      h.errors.push(`${error.reason}: ${error.message}`);
      queue.addRateLimited(key);
      return error;
    }
  };

  const h: Harness<S> = {
    get now() {
      return now;
    },
    api,
    config,
    get state() {
      return lines[0]!.state as S;
    },
    ctx: lines[0]!.ctx,
    events: [],
    writes: [],
    errors: [],
    heartbeats: new Map(),
    metrics: NO_METRICS,
    refuse: () => {},
    afterWrite: () => {},
    held: false,
    failNext(error, times = 1) {
      let left = times;
      h.refuse = () => {
        if (left === 0) return;
        left -= 1;
        throw error;
      };
    },
    put(object) {
      const given = object as KubeObject;
      const definition = BUILT_IN.get(given.kind);
      const { store } = server.state;
      const table = store.tables.get(definition.resource)!;
      const key = keyOf(given.metadata.namespace ?? '', given.metadata.name);
      const before = table.all.get(key);
      store.revision += 1;
      const metadata = {
        ...(definition.generation ? { generation: before?.metadata.generation ?? 1 } : {}),
        ...given.metadata,
        uid: given.metadata.uid ?? before?.metadata.uid ?? randomUid(randoms.stream('put')),
        creationTimestamp:
          given.metadata.creationTimestamp ?? before?.metadata.creationTimestamp ?? rfc3339(now),
        resourceVersion: String(store.revision),
      };
      const after = applyDefaults(definition, { ...given, metadata });
      putObject(table, key, after);
      changed({ definition, key, before, after, last: after, revision: store.revision });
      return after;
    },
    run() {
      for (let syncs = 0; ; syncs += 1) {
        const delivered = !h.held && deliverDue(now);
        for (const line of lines) line.queue.wakeDue();
        const line = lines.find((l) => l.queue.next() !== undefined);
        if (line !== undefined) sync(line, line.queue.next()!);
        else if (!delivered) return;
        if (syncs > 1_000_000) {
          const last = h.writes.slice(-10).map((w) => `${w.verb} ${w.kind} ${w.name}`);
          throw new Error(`the controllers do not come to rest; last writes: ${last.join(', ')}`);
        }
      }
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        h.run();
        const next = Math.min(
          ...expiries,
          ...h.pending().map((p) => p.at),
          h.held ? Infinity : (waiting[0]?.due ?? Infinity),
        );
        if (next > end) break;
        now = Math.max(now, next);
        if (expiries.some((at) => at <= now)) {
          expiries = expiries.filter((at) => at > now);
          server.expireEvents();
        }
      }
      now = end;
      h.run();
    },
    deliver: () => void deliverDue(Infinity),
    syncOnce: (name, key) => sync(lines.find((l) => l.controller.name === name)!, key),
    restart() {
      deliverDue(Infinity);
      for (const line of lines) {
        const { controller, watched, queue, ctx } = line;
        queue.clear();
        line.state = controller.init();
        controller.start?.(line.state, ctx);
        for (const resource of watched) {
          for (const object of cache.tables.get(resource)!.all.values()) {
            const { kind } = object;
            const event = { type: 'ADDED', resource, kind, object, old: undefined, entry: 0 } as const;
            if (controller.concerns?.(event, ctx.cache) !== false) controller.observe(event, line.state, ctx);
          }
        }
      }
    },
    list: (resource) => api.list(resource),
    pending: () => lines.flatMap((l) => l.queue.pending()),
  };

  for (const object of bootstrapObjects(config)) {
    if (object.kind !== 'Namespace') continue;
    const { name } = api.create(object).metadata;
    // Nobody's controller runs beside the one that is looked at.
    const account: unknown = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: name, name: 'default' },
    };
    putObject(
      server.state.store.tables.get('serviceaccounts')!,
      keyOf(name!, 'default'),
      account as KubeObject,
    );
  }
  deliverDue(Infinity);
  for (const { controller, state, ctx } of lines) controller.start?.(state, ctx);
  return h;
}
