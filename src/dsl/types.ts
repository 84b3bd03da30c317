/**
 * What playing a scenario is made of: the kit it is played with, the session that remembers what was played,
 * the families of operations that play it, and whoever listens. Each speaks of the others, so that they stand
 * together; what makes and uses them imports this, and this imports none of it.
 */
import type { RequestOptions } from '../sim/api/caller.ts';
import type { FaultCatalogue } from '../chaos/catalogue.ts';
import type { Strike } from '../chaos/schedule.ts';
import type { FaultCall, Struck } from '../chaos/types.ts';
import type { ConversionBehaviour, Driver, ImageBehaviour, WebhookBehaviour } from '../drivers/driver.ts';
import type { Invariant } from '../invariants/index.ts';
import type { KubectlIO, KubectlResult } from '../kubectl/session.ts';
import type { Language, OwnMessages } from '../messages/index.ts';
import type { ClusterOptions } from '../sim/cluster.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { EntryId, Message } from '../sim/kernel/types.ts';
import type { LatencyName } from '../sim/latency.ts';
import type { RunLimits } from '../sim/limits.ts';
import type { ClusterParts } from '../sim/parts.ts';
import type { Claim } from './claims/claim.ts';
import type { HeldClaim } from './claims/subject.ts';
import type { ClaimFamily, Output } from './claims/types.ts';
import type { LastActs, Mark } from './mark.ts';
import type { Operation } from './operations/operation.ts';
import type { Keyword } from './phrases/phrase.ts';
import type { OwnPhrase, Wording } from './phrases/wording.ts';
import type { Given, GivenImage } from './given.ts';
import type { Source } from './source.ts';
import type { ApiState } from './state.ts';
import type { Warning } from './warnings.ts';

/** What scenarios are played with, as one value: parts of clusters, faults, invariants, settings. */
export interface Kit {
  /** Of every cluster; kubectl's background jobs and the healing of `faults` among them. */
  readonly parts: ClusterParts;
  readonly faults: FaultCatalogue;
  readonly invariants: readonly Invariant[];
  /** What steps can say, beside faults. */
  readonly operations: readonly OperationFamily<Operation>[];
  readonly claims: readonly ClaimFamily<Claim>[];
  /** Sentences beside those of the families and of the faults. */
  readonly phrases: readonly OwnPhrase[];
  /** Words for what faults and controllers of one's own tell the history, beside those of the catalogue. */
  readonly messages: OwnMessages;
  /** Of every cluster, where a scenario sets nothing else. */
  readonly settings: Partial<ClusterConfig>;
}

/** A scenario being played: the driver, and what its steps have set. */
export interface Session {
  readonly options: SessionOptions;
  readonly kit: Kit;
  driver: Driver | undefined;
  /** Of names that carry none. */
  namespace: string;
  /** Of the operator's kubeconfig; undefined until a command changes them. */
  contexts: KubectlIO['contexts'];
  /** Files that commands brought out of the cluster, by the paths they wrote. */
  brought: ReadonlyMap<string, string>;
  readonly operations: Operation[];
  /** The operations as they were said. */
  readonly texts: string[];
  readonly marks: Map<string, Mark>;
  /** The steps as they were said, by their entries in the history. */
  readonly said: Map<EntryId, string>;
  /** When the first `When` was played: from there the past counts. */
  origin: Mark | undefined;
  output: Output | undefined;
  /** Whether documents of kinds that are not simulated are left out. */
  skipsUnsupported: boolean;
  /** Settings and images given before there was a driver. */
  readonly settings: Partial<ClusterConfig>;
  readonly latencies: Map<LatencyName, readonly [number, number]>;
  readonly images: Map<string, ImageBehaviour>;
  readonly webhooks: Map<string, WebhookBehaviour>;
  readonly conversions: Map<string, ConversionBehaviour>;
  /** What was done last, at one instant; absent once time was let pass for what comes of it. */
  acts: LastActs | undefined;
  /** Claims that held, with what they are about. */
  readonly held: HeldClaim[];
  readonly warnings: Warning[];
  /** Fields of manifests that nothing simulates, as they were met. */
  readonly given: Given[];
  /** Whether nothing may be taken as given. */
  strictSimulation: boolean;
  /** Where the doc strings of operations stand, by the operations' places. */
  readonly sources: Map<number, Source>;
  /** The API's state at the newest entry asked for; a cache of the history. */
  readonly present: ApiState;
  /** Whoever is told what this session plays. */
  readonly listener: SessionListener;
}

export interface SessionOptions {
  readonly seed: string | number;
  readonly files: Files;
  /** Of names that carry none; `default`. */
  readonly namespace?: string;
  /** Of what is said when a claim fails; English unless given. */
  readonly language?: Language;
  /** Whether documents of kinds that are not simulated are left out of manifests, and told, not refused. */
  readonly skipUnsupported?: boolean;
  /** Makes the cluster, and the driver that plays it: `simulate`. */
  readonly createDriver: (options: ClusterOptions) => Driver;
  /** What is played with. */
  readonly kit: Kit;
  /** How far its cluster may run. */
  readonly limits?: Partial<RunLimits>;
  /**
   * Holds a claim against everything that a property scenario's quantifiers allow; absent where quantifiers
   * are not played.
   */
  readonly property?: PropertyRunner;
  /** Told of a schedule's fault that met no target, which then is left out; absent: it fails the scenario. */
  readonly missed?: (strike: Strike, why: string) => void;
  /** Stands around every strike of a fault, to see what it meets. */
  readonly striking?: (session: Session, call: FaultCall, strike: () => Struck) => Struck;
}

/**
 * @param operations all of the scenario, quantifiers among them, the claim last. @throws ClaimError with the
 * smallest counterexample
 */
export type PropertyRunner = (operations: readonly Operation[], options: SessionOptions) => PropertyReport;

/** Files that steps name, by paths relative to the feature file. */
export type Files = Pick<KubectlIO, 'readFile' | 'list' | 'kustomize'>;

/**
 * Every member may be absent. A fork of a session, and a replay of it, tell nobody unless they are given one.
 */
export interface SessionListener {
  /** An operation is about to be played. @param text as written, or as the language prints it */
  begins?(session: Session, operation: Operation, text: string): void;
  /** The operation is over. @param error what ended it early */
  ends?(session: Session, error: unknown): void;
  /** A kubectl line of the operation is over. */
  printed?(line: string, result: KubectlResult): void;
  /** A fault has struck. */
  struck?(call: FaultCall, struck: Struck): void;
  /** The claim of a property scenario held. */
  checked?(report: PropertyReport): void;
  /**
   * Called between any two events of the cluster while time passes. Whoever asks for it makes the run slower,
   * and no different.
   */
  happens?(session: Session): void;
}

/** What a property scenario's claim was held against. */
export interface PropertyReport {
  /** How many draws were made. */
  readonly draws: number;
  /** How many of them could be played to their end; the others prove nothing. */
  readonly played: number;
  /** What every one of those warned of. */
  readonly warnings: readonly Warning[];
  /** Images that nobody described, in any of them. */
  readonly images: readonly GivenImage[];
}

/** A kind of operation: all there is to say of it. */
export interface OperationFamily<O extends { readonly op: string }> {
  readonly op: O['op'];
  readonly role: Role;
  /** Under which its phrases are printed. */
  readonly keyword: Keyword;
  /** Of an operation that several say, the first that does is printed. */
  readonly phrases: readonly Wording<O>[];
  /**
   * Absent of a quantifier (`any …`), which makes the scenario a property, played as a whole when a claim
   * asks.
   * @throws ClaimError when a claim does not hold, InputError when the operation makes no sense
   */
  play?(operation: O, context: PlayContext): void;
  readonly shrink?: Shrinking<O>;
  /** The same with what it reads from files in itself. @throws InputError for a file that is not there */
  selfContained?(operation: O, files: Files, faults: FaultCatalogue): Operation;
  /** What its entry in the history holds of it, where that is not all. */
  told?(operation: O): Message['args'];
  /** Whether it changes nothing: it looks at what was and is, or lets time pass to see what comes. */
  looks?(operation: O): 'back' | 'ahead';
  /** What a driver must offer for it; absent: what every driver does. @param kit with which it is played */
  needs?(operation: O, kit: Kit): Offer | undefined;
  /** Whether it runs a command, whose failure a later step may look for. */
  readonly commands?: true;
  /** How many things happen in it; absent: one of an act, none of others. */
  size?(operation: O): number;
}

/** What an operation may use while it is played. */
export interface PlayContext {
  readonly session: Session;
  /** The step as written. */
  readonly text: string;
  /** Whether a command that fails is what a later step looks for. */
  readonly mayFail: boolean;
  /** Told of what the requests of a kubectl line get through; undefined: nobody follows it. */
  readonly passed?: RequestOptions['passed'];
  readonly replay: Replayer;
}

/** What only some drivers offer. */
export type Offer = 'network' | 'physical' | 'simulation';

/**
 * What an operation is to a scenario.
 * - `scene`: it sets the scene. Until something happens the past does not count.
 * - `act`: something happens.
 * - `time`: nothing happens but time. After a remedy it is the cluster's time to recover, and belongs to the
 *   judgement.
 * - `remedy`: it ends what happened: the judgement begins.
 * - `judge`: it says what must hold, and fails where it does not.
 */
export type Role = 'scene' | 'act' | 'time' | 'remedy' | 'judge';

/** How searches make a scenario smaller. In the order in which it is tried. */
export interface Shrinking<O> {
  /** False: no scenario does without it (a seed, a mark that claims refer to). */
  readonly droppable?: false;
  /** The same, weaker: shorter, later things earlier, on fewer targets. */
  weaker?(operation: O): Iterable<O>;
  /** The same beginning in a smaller world: fewer nodes, objects, replicas. */
  smallerWorld?(operation: O): Iterable<O>;
}

/**
 * Plays a session's operations again on a new cluster of the same seed, calling back at every event from the
 * given operation on.
 */
export type Replayer = (session: Session, fromOperation: number, observe: (replay: Session) => void) => void;
