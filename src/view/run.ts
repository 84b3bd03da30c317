/**
 * What a viewer shows, as plain data: scenarios with their steps, and of each that was played what happened
 * and what was so. A report fills it from a record, a live session from its cluster.
 */
import type { Operation } from '../dsl/operations/operation.ts';
import type { Language } from '../messages/index.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';

/** A sentence in each language; what a user wrote is the same in all. */
export type Worded = Readonly<Record<Language, string>>;

export type Result = 'passed' | 'skipped' | 'failed' | 'invalid' | 'defect';

interface EntryBase {
  readonly id: EntryId;
  readonly at: Millis;
  /** Which process, controller or user. */
  readonly by: string;
  /** 0: nothing, it began by itself. */
  readonly cause: EntryId;
}

/** A change of an object in the API. */
export interface ChangeEntry extends EntryBase {
  readonly type: 'api';
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly change: 'created' | 'updated' | 'deleted';
  readonly says: readonly Message[];
  /** What an Event tells. */
  readonly event?: { readonly reason: string; readonly message: string; readonly about: string };
  /** What was created, and what was updated as a JSON patch: only of runs that are not replayed. */
  readonly object?: unknown;
  readonly patch?: readonly unknown[];
}

/** A change of the physical world, or an operation. */
export interface MessageEntry extends EntryBase, Message {
  readonly type: 'world' | 'operation';
}

export type Entry = ChangeEntry | MessageEntry;

/** From this moment on it was so, and the API said so, until the next truth of the same subject. */
export type Truth = NodeTruth | PodTruth | VolumeTruth;

export interface NodeTruth {
  readonly of: 'node';
  readonly name: string;
  readonly at: Millis;
  /** The last entry when it was seen. */
  readonly entry: EntryId;
  readonly api: 'ready' | 'not ready' | 'unknown' | 'absent';
  readonly power: 'on' | 'off' | 'booting' | 'absent';
  readonly kubelet: 'up' | 'down';
  /** Whether it reaches the control plane. */
  readonly connected: boolean;
}

export interface PodTruth {
  readonly of: 'pod';
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  readonly at: Millis;
  readonly entry: EntryId;
  readonly api: { readonly phase: string; readonly ready: boolean; readonly terminating: boolean } | 'absent';
  /** How many of its containers' processes run, and whether all of it serves. */
  readonly running: number;
  readonly serving: boolean;
  /** Of which Job it is, and which of its indexes. */
  readonly job?: string;
  readonly index?: number;
}

/** A persistent volume, and the disk that it stands for. */
export interface VolumeTruth {
  readonly of: 'volume';
  readonly name: string;
  /** `namespace/name` of the claim that has it; '' while none does. */
  readonly claim: string;
  readonly at: Millis;
  readonly entry: EntryId;
  readonly api: { readonly phase: string; readonly attached: readonly string[] } | 'absent';
  /** Whether the disk is there, and the machines that run and have it mounted. */
  readonly disk: boolean;
  readonly mounted: readonly string[];
}

export interface Printed {
  readonly line: string;
  readonly code: number;
  readonly output: string;
}

/** A client, and what came of its requests. */
export interface Traffic {
  readonly url: string;
  readonly perSecond: number;
  readonly from: Millis;
  readonly sent: number;
  readonly failed: number;
  /** The failures, oldest first; of very many only the first ones. */
  readonly failures: readonly { readonly at: Millis; readonly outcome: string }[];
}

/** Where requests of a moment go. */
export interface Flow {
  readonly url: string;
  readonly answers: readonly {
    /** A status, or `refused`, `timed out`, `not resolved`. */
    readonly outcome: string;
    readonly ok: boolean;
    /** `namespace/name` of the Pod that it was sent to. */
    readonly pod?: string;
    readonly node?: string;
  }[];
}

export interface Strike {
  readonly kind: string;
  readonly targets: readonly string[];
  readonly forMs?: Millis;
}

/** What came of a claim. */
export interface Verdict {
  readonly holds: boolean;
  readonly at: Millis;
  readonly found?: string;
  readonly tables?: string;
  readonly entry?: EntryId;
}

export interface Step {
  readonly keyword: string;
  readonly text: string;
  readonly line: number;
  readonly docString?: string;
  readonly table?: readonly (readonly string[])[];
  readonly from?: Millis;
  readonly to?: Millis;
  /** The entries that were written while it was played: the first and the last. */
  readonly entries?: readonly [EntryId, EntryId];
  readonly printed: readonly Printed[];
  readonly strikes: readonly Strike[];
  readonly verdict?: Verdict;
  /** What is wrong; of a scenario that is to fail, what it failed with. */
  readonly problem?: string;
  readonly expected: boolean;
  readonly counterexample?: string;
  readonly result: Result;
}

/** Everything that a run follows from: with the same seed, all of it happens again. */
export interface Cause {
  readonly seed: string;
  readonly operations: readonly Operation[];
  readonly files: Readonly<Record<string, string | readonly string[]>>;
  /** Which operation was the first `When`, from which the past counts; absent: as the operations say. */
  readonly origin?: number;
}

/** What happened on a cluster. */
export interface Happened {
  /** Virtual time at its end, or until now. */
  readonly endedAt: Millis;
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly truths: readonly Truth[];
}

export interface Run extends Happened {
  readonly seed: string;
  /** Whether what happened is left out: a replay brings it. */
  readonly bare?: true;
  /** Of the history. */
  readonly hash?: string;
  /** Of runs that can be replayed. */
  readonly cause?: Cause;
}

export interface Scenario {
  /** `features/x.feature:12` */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly rule?: string;
  readonly tags: readonly string[];
  readonly tookMs: number;
  readonly steps: readonly Step[];
  /** Of the scenario as a whole. */
  readonly problem?: string;
  readonly notes: readonly Worded[];
  readonly result: Result;
  /** Of the words by which concepts are found, those that its run speaks of. */
  readonly speaks: readonly string[];
  readonly run?: Run;
}

export interface Chapter {
  readonly uri: string;
  readonly language: string;
  readonly keyword: string;
  readonly name: string;
  readonly description: string;
  readonly scenarios: readonly Scenario[];
}

/** Failures that are one in kind. */
export interface Cluster {
  /** The claim that was broken, or what was wrong, without what differs from one to the next. */
  readonly claim: string;
  readonly scenarios: readonly string[];
}

export interface Book {
  readonly seatrial: string;
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly result: Result;
  readonly chapters: readonly Chapter[];
  readonly failures: readonly Cluster[];
  readonly unreadable: readonly { readonly uri: string; readonly problem: string }[];
  /** What was not simulated, and what was assumed. */
  readonly given: readonly Worded[];
  readonly invariants: { readonly met: readonly string[]; readonly unmet: readonly string[] };
}
