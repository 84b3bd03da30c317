/** A card of two sentences about something that a reader meets. */
import type { Language } from '../../../messages/index.ts';

export interface Concept {
  readonly name: Readonly<Record<Language, string>>;
  readonly about: Readonly<Record<Language, string>>;
  /** Where it is met: a kind, the key of a message, a type of condition, a process. */
  readonly met: readonly string[];
}

export const concept = (met: string, en: string, aboutEn: string, ja: string, aboutJa: string): Concept => ({
  name: { en, ja },
  about: { en: aboutEn, ja: aboutJa },
  met: met.split(' '),
});
