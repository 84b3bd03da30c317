/**
 * What is to be said of a scenario beside what failed. A warning: a claim of it tests nothing. A note: worth
 * knowing, and nobody's mistake.
 */
import { wordsOf, type Language, type Messages } from '../messages/index.ts';
import type { WarningMessages } from '../messages/catalogue.ts';
import type { Message } from '../sim/kernel/types.ts';

export interface Warning extends Message {
  readonly weight: 'warning' | 'note';
  /** Its place among the session's operations; absent: it is of the whole scenario. */
  readonly operation?: number;
}

export function warningOf<K extends keyof WarningMessages>(
  key: K,
  args: Messages[K],
  operation?: number,
): Warning {
  return {
    weight: key === 'stillGoingOn' || key === 'leftOut' ? 'note' : 'warning',
    key,
    args: args as Message['args'],
    ...(operation === undefined ? {} : { operation }),
  };
}

/** Whether `--strict` makes a failure of it: what is still going on, too. */
export const isRefused = ({ weight, key }: Warning): boolean =>
  weight === 'warning' || key === 'stillGoingOn';

/** `pod "shpo" is gone: there was no Pod "shpo" …` @param texts of the operations */
export function inWords(warning: Warning, texts: readonly string[], language: Language): string {
  const text = warning.operation === undefined ? undefined : texts[warning.operation];
  return `${text === undefined ? '' : `${text}: `}${wordsOf(warning, language)}`;
}
