/**
 * What a step means, as data, and what a family of operations is. An operation does not know who plays it; it
 * can be stored, replayed with another seed, and printed back as the Gherkin line that makes it.
 */
import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import type { Message } from '../../sim/kernel/types.ts';
import type { Keyword } from '../phrases/phrase.ts';
import type { Wording } from '../phrases/wording.ts';
import type { Files, Session } from '../session.ts';
import type { Replayer } from '../walk.ts';
import type { AnyClusterOperation } from './anycluster.ts';
import type { AnyFaultsOperation } from './anyfaults.ts';
import type { AssertOperation } from './assert.ts';
import type { ClientOperation } from './client.ts';
import type { ClusterOperation } from './cluster.ts';
import type { ClusterOfOperation } from './clusterof.ts';
import type { EachNodeInTurnOperation } from './eachnodeinturn.ts';
import type { EveryPodReadyOperation } from './everypodready.ts';
import type { ExecOperation } from './exec.ts';
import type { FaultOperation } from './fault.ts';
import type { FaultsOperation } from './faults.ts';
import type { FaultsInOperation } from './faultsin.ts';
import type { HealOperation } from './heal.ts';
import type { ImageOperation } from './image.ts';
import type { KubectlOperation } from './kubectl.ts';
import type { ManifestOperation } from './manifest.ts';
import type { ManifestsInOperation } from './manifestsin.ts';
import type { MomentOperation } from './moment.ts';
import type { NamespaceOperation } from './namespace.ts';
import type { PassOperation } from './pass.ts';
import type { RefusedOperation } from './refused.ts';
import type { RollbackOperation } from './rollback.ts';
import type { ScaleOperation } from './scale.ts';
import type { SeedOperation } from './seed.ts';
import type { SetImageOperation } from './setimage.ts';
import type { SettingOperation } from './setting.ts';
import type { SettledOperation } from './settled.ts';
import type { SkipUnsupportedOperation } from './skipunsupported.ts';
import type { StartDrainOperation } from './startdrain.ts';

/**
 * A step as data: it can be stored, sent, played with another seed, and printed as the line that makes it.
 */
export type Operation =
  | ClusterOperation
  | ClusterOfOperation
  | AnyClusterOperation
  | NamespaceOperation
  | SkipUnsupportedOperation
  | ManifestOperation
  | ManifestsInOperation
  | ImageOperation
  | SettingOperation
  | EveryPodReadyOperation
  | SettledOperation
  | ClientOperation
  | MomentOperation
  | SeedOperation
  | KubectlOperation
  | PassOperation
  | ExecOperation
  | ScaleOperation
  | SetImageOperation
  | RollbackOperation
  | AnyFaultsOperation
  | FaultOperation
  | FaultsOperation
  | FaultsInOperation
  | HealOperation
  | EachNodeInTurnOperation
  | StartDrainOperation
  | RefusedOperation
  | AssertOperation;

export type OperationName = Operation['op'];
export type OperationOf<N extends OperationName> = Extract<Operation, { op: N }>;

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

/** What an operation may use while it is played. */
export interface PlayContext {
  readonly session: Session;
  /** The step as written. */
  readonly text: string;
  /** Whether a command that fails is what a later step looks for. */
  readonly mayFail: boolean;
  readonly replay: Replayer;
}

/** How searches make a scenario smaller. In the order in which it is tried. */
export interface Shrinking<O> {
  /** False: no scenario does without it (a seed, a mark that claims refer to). */
  readonly droppable?: false;
  /** The same, weaker: shorter, later things earlier, on fewer targets. */
  weaker?(operation: O): Iterable<O>;
  /** The same beginning in a smaller world: fewer nodes, objects, replicas. */
  smallerWorld?(operation: O): Iterable<O>;
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
  /** Whether it runs a command, whose failure a later step may look for. */
  readonly commands?: true;
  /** How many things happen in it; absent: one of an act, none of others. */
  size?(operation: O): number;
}
