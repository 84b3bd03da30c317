/** What a fault is: one kind of trouble, with a target, parameters, and two halves: it strikes and it heals. */
import type { ApiClient } from '../sim/api/client.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { Millis, ProcessControl } from '../sim/kernel/types.ts';
import type { World } from '../sim/node/world.ts';

/** A fault as an operation carries it: plain data. Which fields it takes, `Fault.fields` says. */
export interface FaultCall {
  readonly kind: string;
  readonly node?: string;
  readonly otherNode?: string;
  readonly zone?: string;
  /** `name` or `namespace/name`. */
  readonly pod?: string;
  readonly container?: string;
  /** Label selector of pods; `mode` says how many of them. */
  readonly selector?: string;
  readonly mode?: 'one' | 'all';
  readonly exitCode?: number;
  /** How long it lasts; absent: until it is healed by another operation. */
  readonly forMs?: Millis;
}
export type FaultField = Exclude<keyof FaultCall, 'kind'>;

/** A sentence that makes the fault; each `{…}` of the Cucumber expression fills the field at its place. */
export interface FaultPhrase {
  readonly en: string;
  readonly fields: readonly FaultField[];
  /** Fields the words themselves fix: `{mode: 'one'}` of "a pod matching …". */
  readonly fixed?: Partial<FaultCall>;
}

/** What a fault may use, when it strikes and when it heals. */
export interface FaultContext {
  readonly now: Millis;
  readonly world: World;
  readonly control: ProcessControl;
  readonly config: ClusterConfig;
  /** The operator's client. */
  readonly api: ApiClient;
  /** Namespace of names that carry none. */
  readonly namespace: string;
  /** Runs a kubectl line to its end, as the operator would; only when striking from a scenario's step. */
  readonly kubectl?: (line: string) => void;
}

/** What a strike did, as plain data: enough to undo it. `targets` names what was met. */
export interface Struck {
  readonly targets: readonly string[];
  readonly undo?: Readonly<Record<string, unknown>>;
}

export interface Fault {
  readonly kind: string;
  /** One line for the catalogue. */
  readonly about: string;
  /** Whether it is a voluntary disruption that budgets are asked about: one that goes through the eviction API. Plain deletes and shutdowns do not. */
  readonly voluntary: boolean;
  readonly phrases: readonly FaultPhrase[];
  /** @throws FaultError when it meets no target */
  strike(call: FaultCall, ctx: FaultContext): Struck;
  /** Undoes what the strike did; absent: what it did heals by itself, or cannot be undone. */
  heal?(call: FaultCall, struck: Struck, ctx: FaultContext): void;
}

/** A fault that cannot strike: no such target. */
export class FaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultError';
  }
}
