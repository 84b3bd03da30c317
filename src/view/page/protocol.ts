/** What a page and its worker say to each other. */
import type { Operation } from '../../dsl/operations/operation.ts';
import type { Attachment } from '../../dsl/phrases/phrase.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Level } from '../model/levels.ts';
import type { Choice, FaultOffer, Said } from '../palette.ts';
import type { Cause, Flow, Printed, Step, Traffic } from '../run.ts';
import type { Difference } from '../session.ts';
import type { News } from '../timeline.ts';

/** A run that the page has given a number. It is replayed, or forked, before anything is asked of it. */
interface OfRun {
  readonly run: number;
}

export type Question = OfRun &
  (
    | { readonly ask: 'replay'; readonly cause: Cause }
    | { readonly ask: 'kubectl'; readonly line: string; readonly at: Millis }
    | { readonly ask: 'stateAt' | 'flows'; readonly at: Millis }
    | { readonly ask: 'levels' | 'traffic' }
    | { readonly ask: 'difference'; readonly entry: EntryId }
    | { readonly ask: 'fork'; readonly from: number; readonly at: Millis; readonly language: Language }
    | { readonly ask: 'play'; readonly what: string | Operation; readonly attachment?: Attachment }
    | { readonly ask: 'advance'; readonly ms: Millis }
    | { readonly ask: 'offers' }
    | { readonly ask: 'said'; readonly choice: Choice }
    | { readonly ask: 'hash' }
    | { readonly ask: 'save'; readonly name: string }
  );

/** What came of something that took a run further: its steps, and what is new in it. */
export interface Further {
  readonly steps: readonly Step[];
  readonly news: News;
}

/** What is answered to what is asked. */
export interface Answers {
  readonly replay: Further & { readonly hash: string };
  readonly kubectl: Printed;
  readonly stateAt: readonly unknown[];
  readonly difference: Difference;
  readonly levels: readonly Level[];
  readonly traffic: readonly Traffic[];
  readonly flows: readonly Flow[];
  readonly fork: Further & { readonly ahead: readonly Operation[] };
  readonly play: Further;
  readonly advance: Further;
  readonly offers: readonly FaultOffer[];
  readonly said: Said;
  readonly hash: string;
  readonly save: string;
}

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };
