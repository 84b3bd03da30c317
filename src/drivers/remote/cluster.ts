/**
 * A real cluster in the place of a simulated one, as far as kubectl's commands and the API's faults look:
 * its API, its clock, its history. What only a simulation has is refused by name.
 */
import type { ApiClient, ClusterControl } from '../../sim/api/client.ts';
import { ApiError } from '../../sim/api/errors.ts';
import type { MetricsApi } from '../../sim/api/metrics.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { UserInfo } from '../../sim/api/authentication/user.ts';
import type { ClusterApi } from '../../sim/clusterapi.ts';
import { type ClusterConfig, DEFAULT_CONFIG } from '../../sim/config.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import { RandomStreams } from '../../sim/kernel/random.ts';
import type { By, EntryId, Message, Millis } from '../../sim/kernel/types.ts';
import type { World } from '../../sim/node/world.ts';
import { RemoteClient, type Connection } from './client.ts';
import type { Clock } from './clock.ts';
import { metricsOf } from './metrics.ts';
import type { Observed } from './observed.ts';

/** Of what the API of a real cluster does not tell. */
const notOffered = (what: string): ApiError =>
  new ApiError('MethodNotAllowed', `${what} is known of a simulated cluster only`);

/** Refuses whatever is asked of it. */
const absent = <T extends object>(what: string): T =>
  new Proxy({} as T, {
    get() {
      throw notOffered(what);
    },
  });

const asAdministrator = (cause: EntryId): By => ({ actor: 'user', user: 'kubernetes-admin', cause });

export class RemoteCluster implements ClusterApi {
  readonly config: ClusterConfig = DEFAULT_CONFIG;
  readonly resources: ResourceRegistry;
  readonly users: ReadonlyMap<string, readonly string[]> = new Map();
  readonly controlPlane = { serverUp: true, quorum: true };
  private readonly connection: Connection;
  private readonly clock: Clock;
  private readonly observed: Observed;
  private readonly streams: RandomStreams;
  private step: EntryId = 0;
  /** What is due meanwhile: faults whose time is over. */
  private readonly meanwhile: () => void;

  constructor(
    connection: Connection,
    clock: Clock,
    observed: Observed,
    seed: string | number,
    meanwhile: () => void,
  ) {
    this.connection = connection;
    this.resources = connection.resources;
    this.clock = clock;
    this.observed = observed;
    this.streams = new RandomStreams(String(seed));
    this.meanwhile = meanwhile;
  }

  get now(): Millis {
    return this.clock.now;
  }

  /** Takes in what was told. */
  look(): void {
    this.observed.take(this.now, this.connection.line.take());
  }

  get history(): readonly HistoryEntry[] {
    this.look();
    return this.observed.history;
  }

  entry(id: EntryId): HistoryEntry | undefined {
    return this.observed.history[id - 1];
  }

  causes(id: EntryId): HistoryEntry[] {
    return this.observed.causes(id);
  }

  operation(key: string, args: Message['args'] = {}): EntryId {
    this.look();
    this.step = this.observed.operation(this.now, key, args);
    return this.step;
  }

  get by(): By {
    return asAdministrator(this.step);
  }

  client(as?: string | UserInfo): ApiClient {
    if (as !== undefined) throw notOffered('a user of another name');
    return new RemoteClient(this.connection, this.by);
  }

  /** A number left to chance; a fault's, or the scenario's. */
  random(stream: string): number {
    return this.streams.next(stream);
  }

  runUntil(done: () => boolean, limitMs: Millis): boolean {
    const until = this.now + limitMs;
    for (;;) {
      this.look();
      this.meanwhile();
      if (done()) return true;
      const leftMs = until - this.now;
      if (leftMs <= 0) return false;
      this.clock.advance(leftMs);
    }
  }

  pass(ms: Millis): void {
    this.runUntil(() => false, ms);
  }

  /** Of a real cluster it is told apart by nothing having changed for a while. */
  settle(limitMs: Millis): boolean {
    let seen = this.history.length;
    let since = this.now;
    return this.runUntil(() => {
      const { length } = this.observed.history;
      if (length !== seen) {
        seen = length;
        since = this.now;
      }
      return this.now - since >= QUIET_MS;
    }, limitMs);
  }

  /** What changed of late. */
  moving(): string[] {
    const { history } = this.observed;
    const since = this.now - QUIET_MS;
    const of = history.filter((e) => e.type === 'api' && e.at >= since);
    return [...new Set(of.map((e) => (e.type === 'api' ? `${e.kind} ${e.namespace}/${e.name}` : '')))];
  }

  get world(): World {
    return absent<World>('what is so on the machines');
  }
  get metrics(): MetricsApi {
    return metricsOf(this.connection);
  }
  get control(): ClusterControl {
    return absent<ClusterControl>('what its processes do');
  }
  describeConversion(): void {
    throw notOffered('what a webhook answers');
  }
  operatedBy(): never {
    throw notOffered('another operator');
  }
  addUser(): void {
    throw notOffered('a new user');
  }
  /** The server itself says so. */
  hasExpired(): boolean {
    return false;
  }
  authenticate(): undefined {
    throw notOffered('whose token it is');
  }
  impersonate(): never {
    throw notOffered('a user of another name');
  }
  pending(): never {
    throw notOffered('what is due');
  }
  dueAt(): never {
    throw notOffered('what is due');
  }
  processes(): never {
    throw notOffered('what its processes do');
  }
  processState(): never {
    throw notOffered('what its processes do');
  }
  addNode(): void {
    throw notOffered('a new machine');
  }
  addResource(): void {
    throw notOffered('a resource of one’s own');
  }
  fork(): never {
    throw notOffered('a copy');
  }
  reseed(): void {
    throw notOffered('another seed');
  }
  snapshot(): never {
    throw notOffered('a snapshot');
  }
  hash(): never {
    throw notOffered('a hash of its history');
  }
  setLatency(): void {
    throw notOffered('another latency');
  }
  setConfig(): void {
    throw notOffered('another setting');
  }
}

/** How long nothing may have changed in what has settled. */
const QUIET_MS = 5_000;
