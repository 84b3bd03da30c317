/** A real cluster as a driver: what the API server of a kubeconfig says, and does when it is asked. */
import { type ActiveFaults, takeOn, undo } from '../../chaos/active.ts';
import { FaultCatalogue } from '../../chaos/catalogue.ts';
import { checkQuantities } from '../../chaos/fields.ts';
import type { StrikeOptions } from '../../chaos/healer.ts';
import { standardFaults } from '../../chaos/index.ts';
import {
  FaultError,
  type FaultCall,
  type FaultContext,
  type PhysicalContext,
  type Struck,
} from '../../chaos/types.ts';
import {
  runKubectl,
  runKubectlLine,
  type KubectlIO,
  type KubectlResult,
  underway,
} from '../../kubectl/index.ts';
import type { ApiClient } from '../../sim/api/client.ts';
import { ApiError, isAlreadyExists } from '../../sim/api/errors.ts';
import { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { mergesStrategically, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { ClusterOptions } from '../../sim/cluster.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../../sim/kernel/types.ts';
import { standardParts } from '../../sim/parts.ts';
import type { Driver } from '../driver.ts';
import { ChaosMesh } from './chaosmesh/mesh.ts';
import { type Connection, refusal } from './client.ts';
import { type Clock, clockOf } from './clock.ts';
import { RemoteCluster } from './cluster.ts';
import { execIn, logOf } from './exec.ts';
import { Journal, type Scope } from './gate.ts';
import type { Access } from './kubeconfig.ts';
import { Line } from './line.ts';
import type { Collection } from './messages.ts';
import { Observed } from './observed.ts';
import { pathOf } from './paths.ts';
import { CLIENT_IMAGE, RemoteNetwork } from './requests.ts';

export interface RemoteOptions {
  readonly access: Access;
  readonly scope: Scope;
  /** Of the Pods that send requests, with a shell and curl; absent: `CLIENT_IMAGE`. */
  readonly clientImage?: string;
}

/** A cluster that does not let itself be driven: not reached, or smaller than the scenario says. */
export class RemoteError extends Error {}

/** Of every namespace that may be touched; of the whole cluster, those that claims and faults look at. */
const WHOLE = new Set(['Node', 'Namespace', 'PersistentVolume', 'StorageClass', 'IngressClass']);

function collectionsOf(resources: ResourceRegistry, { namespaces }: Scope): Collection[] {
  const collections: Collection[] = [];
  for (const definition of resources.all()) {
    const { resource, kind, namespaced } = definition;
    if (namespaced)
      for (const namespace of namespaces) collections.push({ resource, path: pathOf(definition, namespace) });
    else if (WHOLE.has(kind)) collections.push({ resource, path: pathOf(definition, '') });
  }
  return collections;
}

/** How long a cluster may take to say what is there. */
const BEGIN_MS = 30_000;
/** How long what a run has made may take to be gone. */
const GONE_MS = 120_000;

export class RemoteDriver implements Driver {
  readonly beganAt: Millis;
  readonly network: RemoteNetwork;
  private readonly cluster: RemoteCluster;
  private readonly connection: Connection;
  private readonly observed: Observed;
  private readonly faultsOn: ActiveFaults = { nextId: 1, active: [] };
  /** When those that go on by themselves are next due. */
  private readonly ticks = new Map<number, Millis>();
  private readonly mesh: ChaosMesh;
  /** As they strike here: those below the API by Chaos Mesh. */
  private faults = new FaultCatalogue([]);
  private given: FaultCatalogue | undefined;
  /** Commands that wait while the scenario goes on; each says whether it is over. */
  private background: (() => boolean)[] = [];
  private isClosed = false;

  /** @throws RemoteError, for a cluster that cannot be reached or is too small */
  constructor(
    { access, scope, clientImage = CLIENT_IMAGE }: RemoteOptions,
    { seed, nodes, parts = standardParts }: Pick<ClusterOptions, 'seed' | 'nodes' | 'parts'>,
  ) {
    const line = new Line(access);
    const resources = new ResourceRegistry(parts.resources);
    this.observed = new Observed(resources);
    this.connection = {
      line,
      server: access.server,
      resources,
      scope,
      journal: new Journal((kept) => line.keep(kept)),
      kept: [],
      wrote: (object) => this.observed.wrote(object),
    };
    const clock = this.reached(line);
    this.cluster = new RemoteCluster(this.connection, clock, this.observed, seed, () => this.goOn());
    const wait = (done: () => boolean, limitMs: Millis): boolean => this.cluster.runUntil(done, limitMs);
    this.mesh = new ChaosMesh(this.connection, wait);
    this.network = new RemoteNetwork({
      connection: this.connection,
      image: clientImage,
      now: () => this.now,
      client: () => this.client(),
      wait,
    });
    try {
      this.begin();
      this.beganAt = clock.now;
      this.checkNodes(nodes);
    } catch (error) {
      line.close();
      throw error;
    }
  }

  /** @throws RemoteError where nobody answers, or not to us */
  private reached(line: Line): Clock {
    const answer = line.call({ method: 'GET', path: '/version' });
    if (answer.status === 200) return clockOf(line);
    line.close();
    throw new RemoteError(refusal(answer, this.connection.server).message);
  }

  private begin(): void {
    const { line, resources, scope } = this.connection;
    const collections = collectionsOf(resources, scope);
    line.watch(collections);
    const giveUpAt = performance.now() + BEGIN_MS;
    while (collections.some(({ path }) => !this.observed.begun.has(path))) {
      this.cluster.look();
      if (performance.now() > giveUpAt)
        throw new RemoteError(`${this.connection.server} does not say what is there`);
      line.wait(100);
    }
    // Of what nobody may look at, every claim would hold that something is not there.
    for (const [path, answer] of this.observed.lost)
      throw new RemoteError(
        `${path} cannot be watched, and claims could not be trusted: ` +
          refusal(answer, this.connection.server).message,
      );
  }

  /** @throws RemoteError for fewer nodes than the scenario has, or none of a name */
  private checkNodes(nodes: ClusterOptions['nodes']): void {
    const there = this.client()
      .list('Node')
      .map(({ metadata }) => metadata.name);
    const wanted = typeof nodes === 'number' ? [] : nodes.map(({ name }) => name);
    const least = typeof nodes === 'number' ? nodes : nodes.length;
    if (there.length < least)
      throw new RemoteError(
        `the scenario has ${least} nodes, and the cluster ${there.length}: ${there.join(', ')}`,
      );
    const missing = wanted.filter((name) => !there.includes(name));
    if (missing.length > 0)
      throw new RemoteError(
        `the scenario has node "${missing[0]}", and the cluster has not; there are ${there.join(', ')}`,
      );
  }

  get now(): Millis {
    return this.cluster.now;
  }
  get unseen(): NonNullable<Driver['unseen']> {
    return this.observed.unseen;
  }
  pass(ms: Millis): void {
    this.cluster.pass(ms);
  }
  runUntil(done: () => boolean, limitMs: Millis): boolean {
    return this.cluster.runUntil(done, limitMs);
  }
  settle(limitMs: Millis): boolean {
    return this.cluster.settle(limitMs);
  }
  moving(): readonly string[] {
    return this.cluster.moving();
  }
  operation(key: string, args: Message['args']): EntryId {
    return this.cluster.operation(key, args);
  }
  client(): ApiClient {
    return this.cluster.client();
  }
  get resources(): ResourceRegistry {
    return this.cluster.resources;
  }
  random(): number {
    return this.cluster.random('scenario');
  }
  get history(): readonly HistoryEntry[] {
    return this.cluster.history;
  }
  causes(entry: EntryId): readonly HistoryEntry[] {
    return this.cluster.causes(entry);
  }

  kubectl(argv: readonly string[], io: KubectlIO): KubectlResult {
    return this.whole(() => runKubectl(this.cluster, argv, this.withContainers(io)));
  }
  kubectlLine(line: string, io: KubectlIO): KubectlResult {
    return this.whole(() => runKubectlLine(this.cluster, line, this.withContainers(io)));
  }
  /** Commands such as `cordon` say what they could not do and end well: here it is a failure. */
  private whole(run: () => KubectlResult, before = this.connection.kept.length): KubectlResult {
    const result = run();
    return result.code === 0 && this.connection.kept.length > before ? { ...result, code: 1 } : result;
  }
  private withContainers(io: KubectlIO): KubectlIO {
    return {
      ...io,
      exec: (...what) => execIn(this.connection, ...what),
      log: (...what) => logOf(this.connection, ...what),
    };
  }
  startKubectl(argv: readonly string[], io: KubectlIO): KubectlResult | undefined {
    const before = this.connection.kept.length;
    const look = underway(this.cluster, argv, this.withContainers(io));
    const result = look();
    if (result === undefined) this.background.push(() => look() !== undefined);
    return result === undefined ? undefined : this.whole(() => result, before);
  }

  /** What is due meanwhile. */
  private goOn(): void {
    this.background = this.background.filter((isOver) => !isOver());
    this.healDue();
  }

  private contextFor(namespace: string, kubectl?: StrikeOptions['kubectl']): PhysicalContext {
    const { cluster } = this;
    const context: FaultContext = {
      now: cluster.now,
      config: cluster.config,
      resources: cluster.resources,
      api: cluster.client(),
      namespace,
      random: () => cluster.random('chaos'),
      note: (key, args) => void this.observed.note(cluster.now, key, args as Message['args']),
      ...(kubectl === undefined ? {} : { kubectl }),
    };
    // Only faults that need the API are played here, and those look for nothing else (`defineFault`).
    return context as PhysicalContext;
  }

  private played(given: FaultCatalogue): FaultCatalogue {
    if (given !== this.given) this.faults = this.mesh.over(given);
    this.given = given;
    return this.faults;
  }

  strike(call: FaultCall, options: StrikeOptions): Struck {
    const fault = this.played(options.faults ?? standardFaults).named(call.kind);
    checkQuantities(call);
    const struck = fault.strike(call, this.contextFor(options.namespace, options.kubectl));
    if (fault.heal === undefined && struck.nextMs === undefined) return struck;
    const { id } = takeOn(this.faultsOn, call, struck, options.namespace, this.now);
    if (struck.nextMs !== undefined) this.ticks.set(id, this.now + struck.nextMs);
    return struck;
  }

  /** Undoes faults whose time is over, and goes on with those that act over time. */
  private healDue(): void {
    const { now } = this;
    for (const fault of [...this.faultsOn.active]) {
      // Healing may take time, in which others have been healed.
      if (!this.faultsOn.active.includes(fault)) continue;
      const due = this.ticks.get(fault.id);
      const { tick, heal } = this.faults.named(fault.call.kind);
      try {
        if (due !== undefined && due <= now) {
          fault.struck = tick!(fault.call, fault.struck, this.contextFor(fault.namespace));
          if (fault.struck.nextMs === undefined) {
            this.ticks.delete(fault.id);
            if (heal === undefined) this.faultsOn.active = this.faultsOn.active.filter((f) => f !== fault);
          } else this.ticks.set(fault.id, now + fault.struck.nextMs);
        }
        if (heal !== undefined && fault.untilMs !== undefined && fault.untilMs <= now)
          undo(this.faultsOn, fault, this.contextFor(fault.namespace), this.faults);
      } catch (error) {
        // It is tried again; or what it was aimed at is gone.
        if (!(error instanceof ApiError || error instanceof FaultError)) throw error;
      }
    }
  }

  heal(faults: FaultCatalogue, kind?: string): void {
    for (const fault of this.faultsOn.active
      .filter((f) => kind === undefined || f.call.kind === kind)
      .reverse())
      undo(this.faultsOn, fault, this.contextFor(fault.namespace), this.played(faults));
  }

  /** Of what goes by and by another of its name cannot be made: it is waited for. @throws ApiError */
  private createAgain({ resource }: ResourceDefinition, object: KubeObject): void {
    const api = this.client();
    const { namespace = '', name } = object.metadata;
    const isGoing = (): boolean =>
      api.find(resource, namespace, name)?.metadata.deletionTimestamp !== undefined;
    try {
      api.create(object);
    } catch (error) {
      if (!isAlreadyExists(error) || !isGoing()) throw error;
      if (!this.cluster.runUntil(() => !isGoing(), GONE_MS))
        throw new ApiError('Conflict', 'it is being deleted still');
      api.create(object);
    }
  }

  /**
   * Lets go of the cluster: faults are healed, what was changed is put back, what was made is removed.
   * @returns what could not be, in words
   */
  close(): readonly string[] {
    if (this.isClosed) return [];
    this.isClosed = true;
    this.background = [];
    this.network.close();
    const left: string[] = [];
    for (const fault of [...this.faultsOn.active].reverse())
      try {
        undo(this.faultsOn, fault, this.contextFor(fault.namespace), this.faults);
      } catch (error) {
        if (!(error instanceof ApiError || error instanceof FaultError)) throw error;
        left.push(`${fault.call.kind} is on still: ${error.message}`);
      }
    const api = this.client();
    const removed: { definition: ResourceDefinition; namespace: string; name: string }[] = [];
    left.push(
      ...this.connection.journal.undo({
        delete(definition, namespace, name) {
          api.delete(definition.resource, namespace, name, { propagationPolicy: 'Foreground' });
          removed.push({ definition, namespace, name });
        },
        patch: (definition, namespace, name, back) =>
          void api.patch(
            definition.resource,
            namespace,
            name,
            mergesStrategically(definition) ? 'strategic' : 'merge',
            back,
          ),
        create: (definition, object) => this.createAgain(definition, object),
      }),
    );
    const isThere = (one: (typeof removed)[number]): boolean =>
      api.find(one.definition.resource, one.namespace, one.name) !== undefined;
    let there = removed;
    this.cluster.runUntil(() => (there = there.filter(isThere)).length === 0, GONE_MS);
    for (const { definition, namespace, name } of there)
      left.push(`${definition.kind} ${namespace === '' ? name : `${namespace}/${name}`} is there still`);
    this.connection.line.close();
    return left;
  }
}
