/**
 * What operations, claims and faults ask of a cluster, all of it: the language knows no other way to one. Who
 * answers is the simulator (`simulated.ts`); a real cluster can, which offers what it can.
 */
import type { RunLimits } from '../sim/limits.ts';
import type { FaultCatalogue } from '../chaos/catalogue.ts';
import type { StrikeOptions } from '../chaos/healer.ts';
import type { FaultCall, Struck } from '../chaos/types.ts';
import type { KubectlIO, KubectlResult } from '../kubectl/index.ts';
import type { ApiClient } from '../sim/api/client.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';
import type { LatencyName } from '../sim/latency.ts';
import type { ClientManner, Hop, Stop } from '../sim/network/index.ts';
import type { ConversionBehaviour, WebhookBehaviour } from '../sim/node/webhooks.ts';
import type { ImageBehaviour } from '../sim/node/world.ts';
import type { PhysicalWorld } from '../sim/physicalworld.ts';

export { parseImageBehaviour } from '../sim/node/images/yaml.ts';
export { parseConversionBehaviour, parseWebhookBehaviour } from '../sim/node/webhookyaml.ts';
export { PROGRAMS } from '../sim/node/index.ts';
export type { ConversionBehaviour, ImageBehaviour, WebhookBehaviour };

export interface Driver {
  /** On the clock of the cluster, which began at 0 if it is simulated. */
  readonly now: Millis;
  /** When it was taken up; 0 of a simulated one. */
  readonly beganAt: Millis;
  /** Of which times nobody was told what came and went in a collection of the API; absent: of none. */
  readonly unseen?: readonly { readonly path: string; readonly fromMs: Millis; readonly toMs: Millis }[];
  /** Lets time pass. */
  pass(ms: Millis): void;
  /**
   * Lets time pass until `done()` holds, which is asked at every event, or `limitMs` is over; says whether it
   * held.
   */
  runUntil(done: () => boolean, limitMs: Millis): boolean;
  /** Lets time pass until nothing but time-outs is pending; false after `limitMs`. */
  settle(limitMs: Millis): boolean;
  /** What keeps the cluster from being settled, a few words each. */
  moving(): readonly string[];

  /** An operation begins: what follows is because of it. @returns its entry in the history */
  operation(key: string, args: Message['args']): EntryId;
  /** The operator's reads and writes. */
  client(): ApiClient;
  readonly resources: ResourceRegistry;
  /** A kubectl command by its arguments, played to its end. What a user can get wrong is in the result. */
  kubectl(argv: readonly string[], io: KubectlIO): KubectlResult;
  /** The same of a line as somebody wrote it. */
  kubectlLine(line: string, io: KubectlIO): KubectlResult;
  /** Starts a command; what waits goes on while time passes. @returns what it has come to, if to anything */
  startKubectl(argv: readonly string[], io: KubectlIO): KubectlResult | undefined;
  /** A number from 0 up to 1, left to chance. */
  random(): number;

  /** What was seen, oldest first: changes of the API, of the physical world, operations. */
  readonly history: readonly HistoryEntry[];
  /** The chain of causes of an entry, from itself back to its root. */
  causes(entry: EntryId): readonly HistoryEntry[];

  /** A fault strikes; it heals by itself when its time is over. @throws FaultError, ApiError */
  strike(call: FaultCall, options: StrikeOptions): Struck;
  /** Undoes what is on, all of it or faults of one kind. @throws ApiError */
  heal(faults: FaultCatalogue, kind?: string): void;

  /**
   * Lets go of a cluster that outlives the scenario, as it was found. @returns what could not be put back, in
   * words
   */
  close?(): readonly string[];

  readonly network?: Network;
  /** What is so, whatever the API says. */
  readonly physical?: PhysicalWorld;
  readonly simulation?: Simulation;
}

/** What came of a request: a status, or why there was none. */
export type Answer = number | 'refused' | 'timed out' | 'not resolved';

export interface RequestResult {
  /** `reset`: the connection was closed before the answer; told by who does not simulate it. */
  readonly answer: Answer | 'reset';
  /** How long the answer, or giving up, takes. */
  readonly tookMs: Millis;
  /** Whom it reached: a Pod (`namespace/name`) and its node, as far as it came. */
  readonly pod?: string;
  readonly node?: string;
  /** The places that it came to, in their order; absent: nobody can tell. */
  readonly hops?: readonly Hop[];
  /** When it may be answered in another way although nothing happens; Infinity: not before something does. */
  readonly changesAt: Millis;
}

export interface RequestFailure {
  readonly at: Millis;
  /** `503`, `refused`, `timed out`, `not resolved`. */
  readonly outcome: string;
  readonly pod?: string;
  readonly node?: string;
  /** Where its way ended, and why. */
  readonly stop?: Stop;
}

/** Requests that failed one after the other. */
export interface Outage {
  /** When the first of them was sent. */
  readonly fromMs: Millis;
  /** When the next one that succeeded was sent; absent: they still fail. */
  readonly toMs?: Millis;
}

/** A client that sends requests at a constant rate, and what became of them. */
export interface SentRequests {
  readonly url: string;
  /** Of a name in it that carries none. */
  readonly namespace: string;
  readonly startedAt: Millis;
  readonly perSecond: number;
  readonly sent: number;
  readonly failed: number;
  /** Oldest first; of very many only the first ones. */
  readonly failures: readonly RequestFailure[];
  /** Oldest first. */
  readonly outages: readonly Outage[];
}

/** Sends requests. */
export interface Network {
  /**
   * Sends one now, from a Pod or (undefined) from outside of the Pods.
   * @param namespace of names that carry none
   * @param headers by names in small letters
   * @throws Error for a URL that is none, or a Pod that does not run
   */
  request(
    url: string,
    from: { readonly namespace: string; readonly name: string } | undefined,
    namespace: string,
    headers?: Readonly<Record<string, string>>,
  ): RequestResult;
  /** Sends them from outside of the Pods from now on. @throws Error for a URL that is none */
  addClient(url: string, perSecond: number, namespace: string, manner?: ClientManner): void;
  clients(): readonly SentRequests[];
}

/** What the containers of an image were taken to do, nobody having said it. */
export interface AssumedImage {
  readonly name: string;
  /** TCP ports on which they listen, in ascending order. */
  readonly ports: readonly number[];
  /** They are to end, as init containers and those of Jobs are, and end well. */
  readonly ends: boolean;
}

/** What a script in a container said that could not be followed. */
export interface PassedOver {
  readonly image: string;
  readonly what: string;
}

/** What only a simulated cluster can: be told how to behave, branch off, be played again event by event. */
export interface Simulation {
  readonly cluster: ClusterApi;
  setImage(image: string, behaviour: ImageBehaviour): void;
  /** @param webhook by its name in its configuration */
  setWebhook(webhook: string, behaviour: WebhookBehaviour): void;
  /** @param definition whose conversion webhook it is */
  setConversion(definition: string, behaviour: ConversionBehaviour): void;
  /** @param subject `Kind/namespace/name`; absent: of itself, and of any Pod. @param value a quantity */
  declareMetric(metric: string, value: string, subject?: string): void;
  /** Signs a certificate for a user, who is in kubectl's configuration from then on. */
  addUser(name: string, groups: readonly string[]): void;
  setLatency(name: LatencyName, bounds: readonly [number, number]): void;
  setConfig<K extends keyof ClusterConfig>(key: K, value: ClusterConfig[K]): void;
  /** From here on what is left to chance is drawn from this seed. */
  reseed(seed: string | number): void;
  /** An independent copy, which may run as far as this one unless limits are given. */
  fork(limits?: Partial<RunLimits>): Driver;
  /** What was assumed of images that nobody described; in alphabetical order. */
  assumedImages(): AssumedImage[];
  /** Admission webhooks that were asked though nobody said what they answer; in alphabetical order. */
  assumedWebhooks(): string[];
  /** What scripts in containers said that could not be followed, image by image. */
  passedOver(): PassedOver[];
  /** The same cluster, with a call at every event. */
  observed(observe: () => void): Driver;
}
