/** What a catalogue holds: the words of every message, in one language. */
import type { WorldMessages } from '../sim/messages.ts';

type Nothing = Readonly<Record<string, never>>;

/** What a change of an object amounts to, and how a failed claim is told. Clocks are printed already. */
export interface TellingMessages {
  created: Nothing;
  deleted: Nothing;
  markedForDeletion: Nothing;
  bound: { readonly node: string };
  phase: { readonly phase: string };
  /** `reason` '': none. */
  condition: { readonly type: string; readonly status: string; readonly reason: string };
  /** '': none. */
  taints: { readonly taints: string };
  statusUpdated: Nothing;
  updated: Nothing;

  /** A step, as it is written. */
  step: { readonly step: string };
  becauseOf: Nothing;
  /** Entries left out of the middle of a chain. */
  more: { readonly count: number };
  found: { readonly found: string };
  doesNotHold: { readonly clock: string };
  didNotComeToHold: { readonly clock: string };
  firstBroken: { readonly clock: string };
  firstHeld: { readonly clock: string };
  heldAtNoMoment: { readonly clock: string };
}

export type Messages = WorldMessages & TellingMessages;
export type Catalogue = { readonly [K in keyof Messages]: (args: Messages[K]) => string };
