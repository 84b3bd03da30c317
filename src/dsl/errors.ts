/** What can go wrong while a scenario is played: the user's input is bad, or a claim does not hold. */
import { FaultError } from '../chaos/types.ts';
import { ManifestError } from '../sim/api/manifest/errors.ts';
import type { InputMessages } from '../messages/catalogue.ts';
import type { SlipMessages } from '../messages/slips.ts';
import { wordsOf, type Language } from '../messages/index.ts';
import { endJa } from '../messages/simulatorja.ts';
import { BootError } from '../sim/cluster.ts';
import { LimitError } from '../sim/limits.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';
import type { Operation } from './operations/operation.ts';

/**
 * Bad input (a manifest, a name, a flag, an order of steps): the message says what is wrong and what would be
 * right.
 * @example scenario.say('When it rains'); // throws InputError
 */
export class InputError extends Error {
  /** The same for the catalogue, which has it in every language. */
  readonly telling: Message | undefined;

  constructor(message: Message | string) {
    super(typeof message === 'string' ? message : wordsOf(message, 'en'));
    this.name = 'InputError';
    this.telling = typeof message === 'string' ? undefined : message;
  }
}

/** Bad input in words of the catalogue. */
export const wrong = <K extends keyof (InputMessages & SlipMessages)>(
  key: K,
  args: (InputMessages & SlipMessages)[K],
): InputError => new InputError({ key, args });

/** A run that was ended at a limit before its end. */
export class EndedError extends InputError {
  /** Whether the caller's time was over: then another run may come further. */
  readonly overdue: boolean;

  constructor(message: string, overdue: boolean) {
    super(message);
    this.overdue = overdue;
  }
}

/** A file that could not be written, and why; complete in words. */
export class UnwritableError extends InputError {}

/**
 * What lower rooms say of bad input, as bad input; undefined for what nobody brought about by input.
 * @param language of what the catalogue has words for
 */
export function inputErrorOf(error: unknown, language: Language = 'en'): InputError | undefined {
  if (error instanceof FaultError) return new InputError(error.told(language));
  if (error instanceof InputError)
    return error.telling === undefined || language === 'en'
      ? error
      : new InputError(wordsOf(error.telling, language));
  if (error instanceof LimitError)
    return new EndedError(language === 'ja' ? endJa(error.facts) : error.message, error.overdue);
  if (error instanceof BootError) return wrong('nodesNotReady', {});
  return error instanceof ManifestError ? new InputError(error.message) : undefined;
}

/** The smallest scenario that was found to break a property's claim. */
export interface Counterexample {
  /** Which of how many draws found it. */
  readonly run: number;
  readonly runs: number;
  /** fast-check's seed and path: where the search found it. */
  readonly seed: number;
  readonly path: string;
  /** Without quantifiers; played with its own seed it fails in the same way. */
  readonly scenario: { readonly seed: string; readonly operations: readonly Operation[] };
  /** The scenario as a feature of its own, and where that is kept. */
  readonly feature: string;
  readonly savedAs: string | undefined;
}

/**
 * A claim that does not hold. The message is complete; the fields are for reports.
 * @example
 * try {
 *   scenario.say('Then node "node-1" is cordoned');
 * } catch (error) {
 *   if (error instanceof ClaimError) console.log(error.at, error.found, error.causes);
 * }
 */
export class ClaimError extends Error {
  /** The first moment that broke the claim. */
  readonly at: Millis;
  readonly claim: string;
  readonly found: string;
  /** Objects concerned, as kubectl printed them then. */
  readonly tables: string;
  /** From what broke it back to the step. */
  readonly causes: readonly string[];
  readonly entry: EntryId | undefined;
  /** Of a property's claim. */
  counterexample: Counterexample | undefined;

  constructor(
    message: string,
    facts: {
      at: Millis;
      claim: string;
      found: string;
      tables: string;
      causes: readonly string[];
      entry: EntryId | undefined;
    },
  ) {
    super(message);
    this.name = 'ClaimError';
    this.at = facts.at;
    this.claim = facts.claim;
    this.found = facts.found;
    this.tables = facts.tables;
    this.causes = facts.causes;
    this.entry = facts.entry;
  }
}
