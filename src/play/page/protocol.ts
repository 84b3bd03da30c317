/** What the playground's page and its worker say to each other. */
import type { Operation } from '../../dsl/operations/operation.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Choice, FaultOffer, Said } from '../../view/palette.ts';
import type { Entry, Flow, Printed, Step, Truth } from '../../view/run.ts';
import type { Difference } from '../../view/session.ts';
import type { Level } from '../level.ts';
import type { GoalReport } from '../referee.ts';
import type { Star } from '../score.ts';
import type { Found } from '../search.ts';
import type { Reply } from '../terminal.ts';

/** What a life begins with, and what was done in it. Plain data: a link holds it. */
export interface Beginning {
  readonly seed: string;
  /** Absent of a level, which says it itself. */
  readonly start?: readonly Operation[];
  readonly acts: readonly Operation[];
  /** The name of the level. */
  readonly level?: string;
}

/** How time runs. */
export type Running =
  | { readonly mode: 'stand' }
  | { readonly mode: 'run'; readonly pace: number }
  | { readonly mode: 'next' }
  | { readonly mode: 'settle' };

export type Question =
  | {
      readonly ask: 'begin';
      readonly beginning: Beginning;
      readonly level: Level | undefined;
      readonly language: Language;
    }
  | { readonly ask: 'line'; readonly line: string }
  | { readonly ask: 'complete'; readonly line: string }
  | { readonly ask: 'play'; readonly operation: Operation }
  | { readonly ask: 'run'; readonly running: Running }
  | { readonly ask: 'rewind'; readonly at: Millis }
  | { readonly ask: 'undo' }
  | { readonly ask: 'kubectl'; readonly line: string; readonly at: Millis }
  | { readonly ask: 'stateAt'; readonly at: Millis }
  | { readonly ask: 'flows'; readonly at: Millis }
  | { readonly ask: 'difference'; readonly entry: EntryId }
  | { readonly ask: 'offers' }
  | { readonly ask: 'said'; readonly choice: Choice }
  | { readonly ask: 'save' }
  | { readonly ask: 'share' }
  | { readonly ask: 'speak'; readonly language: Language }
  | { readonly ask: 'search' }
  | { readonly ask: 'draw'; readonly number: number };

/** What is answered to what is asked. */
export interface Answers {
  readonly begin: undefined;
  readonly line: Reply;
  readonly complete: readonly string[];
  readonly play: undefined;
  readonly run: undefined;
  readonly rewind: undefined;
  readonly undo: undefined;
  readonly kubectl: Printed;
  readonly stateAt: readonly unknown[];
  readonly flows: readonly Flow[];
  readonly difference: Difference;
  readonly offers: readonly FaultOffer[];
  readonly said: Said;
  readonly save: { readonly feature: string; readonly hash: string };
  readonly share: Beginning;
  readonly speak: undefined;
  readonly search: Found | undefined;
  /** The level of the number, in each language. */
  readonly draw: Readonly<Record<Language, Level>>;
}

/** What the page is told whenever there is more to see, thirty times a second at most. */
export interface Told {
  readonly now: Millis;
  readonly startedAt: Millis;
  /** Entries and truths before these are as they were told. */
  readonly entriesFrom: number;
  readonly entries: readonly Entry[];
  readonly truthsFrom: number;
  readonly truths: readonly Truth[];
  readonly steps: readonly Step[];
  readonly running: Running['mode'];
  /** Names of the forks, and of the one that is played. */
  readonly forks: readonly string[];
  readonly fork: string;
  readonly goals: readonly GoalReport[];
  readonly wonAt?: Millis;
  readonly stars: readonly Star[];
}

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly told: Told };
