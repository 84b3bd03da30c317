/**
 * What a claim is: a statement about the cluster at a moment, evaluated over what the API held or over what
 * was physically so.
 */
import type { Language } from '../../messages/index.ts';
import type { Invariant } from '../../invariants/index.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Driver } from '../../drivers/driver.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { ClaimWording } from '../phrases/wording.ts';
import type { ApiState } from '../state.ts';
import type { Subject } from './subject.ts';

/** What the last kubectl lines printed. */
export interface Output {
  readonly line: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a claim is evaluated over. */
export interface View {
  readonly at: Millis;
  /** By when the claim is to hold; Infinity where it has no limit. */
  readonly byMs: Millis;
  readonly state: ApiState;
  /** Namespace of names and selectors that carry none. */
  readonly namespace: string;
  /** The running cluster, only when `at` is its present: for claims about the physical world. */
  readonly live: Driver | undefined;
  /** The run, for what it remembers of all its past. */
  readonly driver: Driver;
  /**
   * The entries of the history from the start of the claim's span up to this moment; what happened until
   * `fromAt` is not of the span.
   */
  readonly span: {
    readonly from: EntryId;
    readonly fromAt: Millis;
    readonly to: EntryId;
    readonly history: readonly HistoryEntry[];
  };
  readonly output: Output | undefined;
  /** Those that may be asked. */
  readonly invariants: readonly Invariant[];
  /** What the claim keeps from one evaluation of a walk to the next. */
  readonly memo: Map<unknown, unknown>;
}

/** Whether a claim holds at a moment, and what was found. */
export interface Verdict {
  readonly holds: boolean;
  /** What was found, as the second half of "expected …, found …". Asked for at once or not at all. */
  readonly found: (language: Language) => string;
  /** Objects concerned, to be printed. */
  readonly objects: readonly KubeObject[];
  /** The next time at which the verdict may change although nothing does (a Pod becomes available). */
  readonly recheckAt?: Millis;
  /** What broke it, where the claim knows better than "the last change". */
  readonly entry?: EntryId;
  /** The same, where it takes a look to know. Asked for at once or not at all. */
  readonly cause?: () => EntryId | undefined;
  /** Objects that hold up what is claimed, of which is told why; the weightiest first. */
  readonly stuck?: () => readonly KubeObject[];
}

/** What can be claimed, as one value: its phrases, what it asks, and how it is judged. */
export interface ClaimFamily<C extends { readonly claim: string }> {
  readonly claim: C['claim'];
  /** Of a claim that several say, the first that does is printed. */
  readonly phrases: readonly ClaimWording<C>[];
  /**
   * Which changes of the API can change the verdict; `world`: so can any change of the physical world.
   * @param resources what the cluster serves
   */
  concerns(
    claim: C,
    resources: ResourceRegistry,
  ): { readonly kinds: readonly string[] | 'all'; readonly world: boolean };
  /**
   * Whether it speaks of what the API says, or of what is physically so.
   * @param invariants those it may name
   */
  asks(claim: C, invariants: readonly Invariant[]): 'api' | 'physical';
  /** Whether what it asks is what becomes of requests: whoever sends some can tell. */
  sends?(claim: C): boolean;
  /**
   * Whether what it asks of the past can be read from the history, physical truth too; what is so now is
   * asked at the end of the walk. Absent: of physical truth only a running cluster tells.
   */
  readonly recorded?: boolean;
  /**
   * Whether each evaluation counts over the whole span, so that "since …" asks once and not at every moment.
   */
  readonly cumulative?: boolean;
  /** Whether it speaks of the whole scenario where no moment is given, as "is honoured" does. */
  overall?(claim: C): boolean;
  /** What it is about by name or selector. @param namespace of names that carry none */
  subjects?(claim: C, namespace: string): readonly Subject[];
  evaluate(claim: C, view: View): Verdict;
  /** Asked at the end of a walk over the past that broke nothing. */
  conclude?(claim: C, view: View): Verdict;
}
