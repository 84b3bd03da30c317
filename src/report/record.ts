/**
 * What a run was, as plain JSON: what was asked, what was played, what came of it and why. Whatever tells of
 * a run (the terminal, Allure, JUnit, the training report) reads this and nothing else.
 */
import type { Truth as TruthRecord } from '../view/run.ts';
import type { FaultCall } from '../chaos/types.ts';
import type { Moment } from '../dsl/moment.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Given } from '../dsl/given.ts';
import type { Warning } from '../dsl/warnings.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';

/** Grows when a reader of an older record would misread a newer one. */
export const RECORD_VERSION = 1;

/**
 * How something ended, from good to bad. `invalid`: the input is bad (no phrase fits a step, a manifest is
 * wrong, a feature does not parse); `defect`: Seatrial itself is at fault.
 */
export const RESULTS = ['passed', 'skipped', 'failed', 'invalid', 'defect'] as const;
export type Result = (typeof RESULTS)[number];

/** The worst of several; nothing at all is `passed`. */
export const worstOf = (results: Iterable<Result>): Result => {
  let worst = 0;
  for (const result of results) worst = Math.max(worst, RESULTS.indexOf(result));
  return RESULTS[worst]!;
};

export const isBad = (result: Result): boolean => RESULTS.indexOf(result) >= RESULTS.indexOf('failed');

/** What is wrong, in words that are complete by themselves. */
export interface Problem {
  readonly kind: 'claim' | 'input' | 'defect';
  readonly message: string;
  /** Of a defect. */
  readonly stack?: string;
}

export interface RunRecord {
  readonly version: typeof RECORD_VERSION;
  /** The version of Seatrial that played it. */
  readonly seatrial: string;
  /** Wall clock, in ms since 1970; virtual times stand in the plays. */
  readonly startedAtMs: number;
  readonly tookMs: number;
  /** In the order in which their scenarios began. */
  readonly features: readonly FeatureRecord[];
  /** Files that are no feature. */
  readonly unreadable: readonly { readonly uri: string; readonly problem: Problem }[];
  readonly result: Result;
}

export interface FeatureRecord {
  /** Path as it was given. */
  readonly uri: string;
  /** Of Gherkin: `en`, `ja`. */
  readonly language: string;
  /** `Feature`, in its language. */
  readonly keyword: string;
  readonly name: string;
  readonly description: string;
  readonly line: number;
  readonly scenarios: readonly ScenarioRecord[];
}

export interface ScenarioRecord {
  /** `features/x.feature:12`, of an outline the line of its row: one name from run to run. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Of the scenario; of an outline its own, not its row's. */
  readonly line: number;
  readonly rule?: string;
  /** `@seed:7`, those of the feature and the rule among them. */
  readonly tags: readonly string[];
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly steps: readonly StepRecord[];
  /** What was played with the scenario's own seed; absent where nothing was. */
  readonly play?: PlayRecord;
  /** The further seeds of `@every-seed`, in their order, up to one that failed. */
  readonly seeds: readonly SeedRecord[];
  /** What hooks left behind. */
  readonly attachments: readonly Attached[];
  /**
   * What is wrong with the scenario as a whole: another seed fails, a failure that was expected did not come.
   */
  readonly problem?: Problem;
  readonly result: Result;
}

export interface SeedRecord {
  readonly seed: string;
  readonly failed: boolean;
  /** What it failed with; where a failure was expected, the scenario has no problem with it. */
  readonly message?: string;
  /** Of one that failed. */
  readonly play?: PlayRecord;
}

export interface StepRecord {
  /** As written, and a space behind it. */
  readonly keyword: string;
  readonly text: string;
  readonly line: number;
  readonly docString?: { readonly content: string; readonly mediaType?: string };
  readonly table?: readonly (readonly string[])[];
  readonly startedAtMs: number;
  readonly tookMs: number;
  /** Virtual time, in ms; absent of a step that nothing in the cluster took part in. */
  readonly time?: { readonly from: Millis; readonly to: Millis };
  /** Its place among the play's operations; absent where it was not played. */
  readonly operation?: number;
  /** What it failed with in a scenario that is to fail: it is no problem. */
  readonly failedAsExpected?: string;
  readonly attachments: readonly Attached[];
  readonly problem?: Problem;
  /** `undefined`: no phrase fits it; `ambiguous`: several do. Both are `invalid` as a result. */
  readonly status: 'undefined' | 'ambiguous' | 'pending' | 'played' | 'skipped';
  readonly result: Result;
}

/** Something that steps or hooks of a user's own left behind. */
export interface Attached {
  readonly mediaType: string;
  readonly name?: string;
  readonly body: string;
  /** The body is base64. */
  readonly base64?: true;
}

/** A run of one seed: what was played, and what the cluster made of it. */
export interface PlayRecord {
  readonly seed: string;
  readonly operations: readonly OperationRecord[];
  /** What was read of files that steps name, by path (folders: their names); if everything is recorded. */
  readonly files: Readonly<Record<string, string | readonly string[]>>;
  /** Moments that steps named, and (under '') the first `When`, from which the past counts. */
  readonly marks: Readonly<Record<string, { readonly at: Millis; readonly entry: EntryId }>>;
  /** Virtual time at the end. */
  readonly endedAt: Millis;
  /** How many entries the history has; those recorded are fewer, unless everything is. */
  readonly entryCount: number;
  /**
   * The history, oldest first: everything, or only what broke a claim and its causes. An entry's cause always
   * stands before it, unless it was dropped (`droppedEntries`).
   */
  readonly entries: readonly EntryRecord[];
  /** How many of the oldest entries were left out to bound the record. */
  readonly droppedEntries: number;
  /** What is so beside what the API says, as changes; only where everything is recorded. */
  readonly truths: readonly TruthRecord[];
  /** Claims that held and prove nothing, and what else is worth knowing of it. */
  readonly warnings: readonly Warning[];
  /** What was taken as given and not simulated. */
  readonly given: readonly GivenRecord[];
  /** Hash of the history, hex; only where everything is recorded. */
  readonly hash?: string;
}

/** One operation of a play, with its times in virtual ms. */
export interface OperationRecord {
  /** As written, without the keyword. */
  readonly text: string;
  readonly operation: Operation;
  readonly from: Millis;
  readonly to: Millis;
  /** The entries that were written while it was played: the first and the last, both included. */
  readonly entries?: readonly [EntryId, EntryId];
  /** What kubectl printed, line by line of what was asked. */
  readonly printed: readonly PrintedRecord[];
  /** Whom faults met, in the order of their strikes. */
  readonly strikes: readonly StrikeRecord[];
  /** Of a claim that was asked. */
  readonly verdict?: VerdictRecord;
  readonly problem?: Problem;
}

export interface PrintedRecord {
  readonly line: string;
  readonly code: number;
  /** Both streams as a terminal shows them. */
  readonly output: string;
}

export interface StrikeRecord {
  readonly fault: FaultCall;
  readonly targets: readonly string[];
  /** What is worth saying of a target. */
  readonly said?: Readonly<Record<string, string>>;
}

export interface VerdictRecord {
  readonly moment: Moment;
  readonly holds: boolean;
  /** When it was broken, or came to hold. */
  readonly at: Millis;
  /** What was found instead. */
  readonly found?: string;
  /** The objects concerned, as kubectl printed them then. */
  readonly tables?: string;
  /** What broke it, and from there the causes back to the step. */
  readonly entry?: EntryId;
  readonly causes: readonly EntryId[];
  readonly property?: PropertyRecord;
}

export interface PropertyRecord {
  /** How many draws were made, and how many of them could be played to their end. */
  readonly draws: number;
  readonly played?: number;
  readonly counterexample?: CounterexampleRecord;
}

export interface CounterexampleRecord {
  readonly seed: number;
  readonly path: string;
  readonly feature: string;
  readonly savedAs?: string;
  /** The smallest scenario, played by itself. */
  readonly play: PlayRecord;
}

interface EntryRecordBase {
  readonly id: EntryId;
  readonly at: Millis;
  readonly by: string;
  readonly cause: EntryId;
}

export interface ChangeRecord extends EntryRecordBase {
  readonly type: 'api';
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  readonly change: 'created' | 'updated' | 'deleted';
  /** What it amounts to: it was bound, a condition turned. */
  readonly says: readonly Message[];
  /** What was created; what was updated, as a JSON patch (RFC 6902). */
  readonly object?: unknown;
  readonly patch?: readonly unknown[];
}

/** A message of the catalogue, or an operation: `key` is its name, `args` the rest of it. */
export interface MessageRecord extends EntryRecordBase, Message {
  readonly type: 'world' | 'operation';
}

export type EntryRecord = ChangeRecord | MessageRecord;

export type { TruthRecord };

/** What was taken as given: a field that is stored only, an image that nobody described. */
export type GivenRecord = Given;

/** How much a record holds of the history: what broke claims and its causes, or everything. */
export type Detail = 'verdicts' | 'everything';
