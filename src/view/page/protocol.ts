/** What a page and its worker say to each other. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Cause } from '../run.ts';

/** `replay` comes before anything that is asked of a run. */
export type Question =
  | { readonly ask: 'replay'; readonly run: number; readonly cause: Cause }
  | { readonly ask: 'kubectl'; readonly run: number; readonly line: string; readonly at: Millis }
  | { readonly ask: 'stateAt'; readonly run: number; readonly at: Millis }
  | { readonly ask: 'difference'; readonly run: number; readonly entry: EntryId };

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };
