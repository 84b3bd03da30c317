/**
 * What a fault is: one kind of trouble, with a target, parameters, and two halves: it strikes and it heals.
 */
import type { InputMessages } from '../messages/catalogue.ts';
import type { SlipMessages } from '../messages/slips.ts';
import { say, wordsOf, type Language } from '../messages/index.ts';
import type { Message } from '../sim/kernel/types.ts';
import type fastCheck from 'fast-check';
import type { ApiClient } from '../sim/api/client.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { MessageArgs, MessageKey } from '../sim/messages.ts';
import type { PhysicalWorld } from '../sim/physicalworld.ts';

/** The library that draws, as its default export. */
export type FastCheck = typeof fastCheck;

/**
 * How many of what a selector finds: one, all, as many (`2`), a share (`50%`, rounded up), or at random (at
 * least one).
 */
export type Mode = 'one' | 'all' | 'random' | (string & {});

/** `name` may be `namespace/name`. */
export interface WorkloadRef {
  /** Of a workload: `Deployment`. */
  readonly kind: string;
  readonly name: string;
}

/** What a fault changes of a workload: how many Pods it runs, of which template, by which revision. */
export type WorkloadTrait = 'replicas' | 'template' | 'revisions';

/** A workload that searches may aim at. */
export interface WorkloadTarget extends WorkloadRef {
  /** What it has not; absent: it has all. */
  readonly lacks?: readonly WorkloadTrait[];
}

/**
 * A fault as an operation carries it: plain data. What each field means, and which a fault takes, says
 * `fields.ts`.
 */
export interface FaultCall {
  readonly kind: string;
  // Targets.
  readonly node?: string;
  readonly otherNode?: string;
  readonly zone?: string;
  /** Label selector of nodes; with `mode` alone, any of all nodes. */
  readonly nodeSelector?: string;
  /** `name` or `namespace/name`. */
  readonly pod?: string;
  readonly container?: string;
  /** Label selector of pods; `mode` says how many of them. */
  readonly selector?: string;
  readonly otherSelector?: string;
  readonly mode?: Mode;
  readonly workload?: WorkloadRef;
  readonly budget?: string;
  readonly quota?: string;
  readonly configMap?: string;
  readonly secret?: string;
  /** A persistent volume claim. */
  readonly claim?: string;
  readonly job?: string;
  readonly cronJob?: string;
  /** A CustomResourceDefinition. */
  readonly definition?: string;
  /** An admission webhook, by its name in its configuration. */
  readonly webhook?: string;
  /** An APIService that another server is behind. */
  readonly apiService?: string;
  /** A service account. */
  readonly account?: string;
  /** A RoleBinding, `team/web`, or a ClusterRoleBinding. */
  readonly binding?: string;
  /** A metric that a scenario declares. */
  readonly metric?: string;
  // Parameters.
  readonly exitCode?: number;
  readonly signal?: string;
  readonly delayMs?: Millis;
  readonly periodMs?: Millis;
  readonly skewMs?: Millis;
  readonly percent?: number;
  readonly factor?: number;
  readonly status?: number;
  readonly replicas?: number;
  /** Quantities of Kubernetes: `64Mi`. */
  readonly amount?: string;
  readonly perSecond?: string;
  readonly path?: string;
  readonly content?: string;
  readonly image?: string;
  readonly key?: string;
  readonly value?: string;
  readonly host?: string;
  readonly component?: string;
  readonly resource?: string;
  readonly direction?: string;
  /** How long it lasts; absent: until it is healed by another operation. */
  readonly forMs?: Millis;
}
export type FaultField = Exclude<keyof FaultCall, 'kind'>;

/** A field, or the fields of a target taken together: `nodeSet` are nodes by other words than one's name. */
export type PhraseField = FaultField | TargetPlace;
export type TargetPlace = 'nodes' | 'nodeSet' | 'pods' | 'containers';

/**
 * A sentence that makes the fault; each `{…}` of the Cucumber expression fills the field at its place. `say`
 * (phrase.ts) makes them.
 */
export interface FaultPhrase {
  readonly en: string;
  readonly fields: readonly PhraseField[];
  readonly ja: string;
  readonly jaFields: readonly PhraseField[];
  /** Fields the words themselves fix. */
  readonly fixed?: Partial<FaultCall>;
}

export interface FaultParameter {
  readonly field: FaultField;
  /** Taken where a call gives none; absent and not `required`: the fault does without. */
  readonly default?: number | string;
  readonly required?: boolean;
  /** What is drawn in searches; for words and numbers of a closed list, all that is allowed. */
  readonly among?: readonly (number | string)[];
  readonly about: string;
}

/**
 * What a fault acts through.
 * - `api`: the API server, as any operator may.
 * - `exec`: commands in running containers too, and of the physical world no more than those can do.
 * - `physical`: the world below the API.
 */
export type Need = 'api' | 'exec' | 'physical';

/** What any fault may use, when it strikes and when it heals. */
export interface FaultContext {
  readonly now: Millis;
  readonly config: ClusterConfig;
  readonly resources: ResourceRegistry;
  /** The operator's client. */
  readonly api: ApiClient;
  /** Namespace of names that carry none. */
  readonly namespace: string;
  /** A number in [0, 1), drawn from the scenario's seed. */
  random(): number;
  /** Tells the history something. */
  note<K extends MessageKey>(key: K, args: MessageArgs<K>): void;
  /**
   * Runs a kubectl command by its arguments, as the operator would; a step waits for its end, in a schedule
   * what waits goes on in the background. Absent when healing.
   */
  readonly kubectl?: (argv: readonly string[]) => void;
}

/** What a fault may use that needs more than the API. */
export interface PhysicalContext extends FaultContext {
  readonly physical: PhysicalWorld;
}

/** What a strike did, as plain data: enough to undo it. `targets` names what was met. */
export interface Struck {
  readonly targets: readonly string[];
  /**
   * By target, what another one that takes its name has not: the uid of a Pod. Absent: who has the name is
   * the target.
   */
  readonly identities?: Readonly<Record<string, string>>;
  /** What the output adds to a target's name, where there is more to say: that a budget refused. */
  readonly said?: Readonly<Record<string, string>>;
  /** What to put back: by target, or, of faults with one target, as `before`. */
  readonly undo?: Readonly<Record<string, unknown>>;
  /** When the fault is over by itself, where the call does not say. */
  readonly overMs?: Millis;
  /** When `tick` is next due. */
  readonly nextMs?: Millis;
}

/** What searches may aim at. */
export interface FaultWorld {
  /** Names. */
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
  /**
   * Label selectors of pods (with a sign of one: `=`, `(`, `!`), or names, with their namespace where it is
   * not the default.
   */
  readonly pods: readonly string[];
  readonly workloads: readonly WorkloadTarget[];
  readonly budgets: readonly string[];
  readonly quotas?: readonly string[];
  readonly configMaps?: readonly string[];
  readonly secrets?: readonly string[];
  readonly claims?: readonly string[];
  readonly jobs?: readonly string[];
  readonly cronJobs?: readonly string[];
  readonly definitions?: readonly string[];
  readonly webhooks?: readonly string[];
  /** APIServices that another server is behind. */
  readonly apiServices?: readonly string[];
  readonly accounts?: readonly string[];
  readonly bindings?: readonly string[];
  /** Those that a scenario declares. */
  readonly metrics?: readonly string[];
  readonly ingresses?: readonly string[];
  readonly gateways?: readonly string[];
  readonly policies?: readonly string[];
  /** Of the cluster autoscaler. */
  readonly nodeGroups?: readonly string[];
  /** Those of the nodes that run the control plane. */
  readonly controlPlane?: readonly string[];
}

/** What the fault is aimed at: how `target` of a schedule is read. */
export type TargetKind =
  | 'node'
  | 'pod'
  | 'container'
  | 'workload'
  | 'budget'
  | 'quota'
  | 'configMap'
  | 'secret'
  | 'claim'
  | 'job'
  | 'cronJob'
  | 'definition'
  | 'webhook'
  | 'apiService'
  | 'account'
  | 'binding'
  | 'metric'
  | 'none';
export type Family = 'node' | 'pod' | 'network' | 'controlplane' | 'change';

/** What others call it; absent: they have none like it. */
export interface Elsewhere {
  readonly chaosMesh?: string;
  readonly litmus?: string;
  readonly krkn?: string;
}

/**
 * Something that can go wrong: what it is aimed at, how it strikes and heals, and the sentences that say it.
 */
export interface Fault {
  readonly kind: string;
  readonly family: Family;
  readonly needs: Need;
  /** One line for the catalogue: what it does. */
  readonly about: string;
  /** How it heals, in a line. */
  readonly heals: string;
  /**
   * Whether it is a voluntary disruption that budgets are asked about: one that goes through the eviction
   * API. Plain deletes and shutdowns do not.
   */
  readonly voluntary: boolean;
  /** Whether it only undoes what other faults did (power on, uncordon); searches do not draw it. */
  readonly remedy: boolean;
  readonly target: TargetKind;
  /** What a workload must have to be its target; absent: nothing. */
  readonly changes?: WorkloadTrait;
  readonly parameters: readonly FaultParameter[];
  readonly phrases: readonly FaultPhrase[];
  readonly elsewhere: Elsewhere;
  /**
   * Calls that mean something in this world; undefined where it has no target.
   * @param fc the caller's own fast-check: who only plays faults carries none
   */
  arbitrary(world: FaultWorld, fc: FastCheck): fastCheck.Arbitrary<FaultCall> | undefined;
  /** @throws FaultError when it meets no target */
  strike(call: FaultCall, ctx: PhysicalContext): Struck;
  /** Goes on with what the strike began, `nextMs` after it; what it returns stands in place of `struck`. */
  tick?(call: FaultCall, struck: Struck, ctx: PhysicalContext): Struck;
  /** Undoes what the strike did; absent: what it did heals by itself, or cannot be undone. */
  heal?(call: FaultCall, struck: Struck, ctx: PhysicalContext): void;
  /**
   * How strikes of one kind that overlap on a target are undone: absent, by the last that ends, for all (a
   * state, such as no power); `each` for itself; `values`, so that in the end what was there before the first
   * is put back, whichever ends first.
   */
  readonly stacks?: 'each' | 'values';
  /** Kinds that change the same value have one group; absent: the kind itself. */
  readonly group?: string;
}

/**
 * A fault that cannot strike: no such target.
 * @example scenario.play({ op: 'fault', fault: { kind: 'NodePowerLoss', node: 'nowhere' } }); // throws
 */
export class FaultError extends Error {
  /** The same for the catalogue, which has it in every language. */
  readonly telling: Message | undefined;
  /** Of the table that it stands in. */
  private row: number | undefined;
  /** `schedule.yaml:3:5`, of the file that it stands in. */
  private place: string | undefined;
  private readonly bare: string;

  constructor(message: Message | string) {
    const bare = typeof message === 'string' ? message : wordsOf(message, 'en');
    super(bare);
    this.name = 'FaultError';
    this.telling = typeof message === 'string' ? undefined : message;
    this.bare = bare;
  }

  /** The same of a row of a table, which counts from 1. */
  inRow(row: number): FaultError {
    return this.with({ row });
  }

  /** The same of a place in a file, unless it has one: the innermost says most. */
  at(place: string): FaultError {
    return this.place === undefined ? this.with({ place }) : this;
  }

  /** All of it in a language's words. */
  told(language: Language): string {
    const problem = this.telling === undefined ? this.bare : wordsOf(this.telling, language);
    const placed = this.place === undefined ? problem : `${this.place}: ${problem}`;
    return this.row === undefined ? placed : say('faultRow', { row: this.row, problem: placed }, language);
  }

  private with(where: { row?: number; place?: string }): FaultError {
    const error = Object.assign(new FaultError(this.telling ?? this.bare), {
      row: this.row,
      place: this.place,
      ...where,
    });
    error.message = error.told('en');
    return error;
  }
}

/** A fault that cannot strike, in words of the catalogue. */
export const misses = <K extends keyof (InputMessages & SlipMessages)>(
  key: K,
  args: (InputMessages & SlipMessages)[K],
): FaultError => new FaultError({ key, args });
