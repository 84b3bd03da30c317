/** Messages in words: of what the history says, and of how a failure is told. */
import type { Message } from '../sim/kernel/types.ts';
import type { Catalogue, Messages } from './catalogue.ts';
import { EN } from './en.ts';
import { JA } from './ja.ts';

export type { Catalogue, Messages } from './catalogue.ts';

/** The languages that the catalogue speaks. */
export type Language = 'en' | 'ja';
export const LANGUAGES: readonly Language[] = ['en', 'ja'];

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: EN, ja: JA };

/** `say('nodeLostPower', { node: 'node-1' }, 'en')` → `node node-1 lost power`. */
export const say = <K extends keyof Messages>(key: K, args: Messages[K], language: Language): string =>
  CATALOGUES[language][key](args);

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The words of a message of the history. One that no catalogue knows, of a fault of a user's own, is told by
 * its key and its args: `example.com/ballast-shifted (tons: 3)`.
 */
export function wordsOf({ key, args }: Message, language: Language): string {
  if (Object.hasOwn(CATALOGUES[language], key))
    return CATALOGUES[language][key as keyof Messages](args as never);
  const told = Object.entries(args).map(([name, value]) => `${name}: ${plain(value)}`);
  return told.length === 0 ? key : `${key} (${told.join(', ')})`;
}

/** The language of a feature, as far as the catalogue speaks it; English otherwise. */
export const languageOf = (dialect: string): Language => (dialect === 'ja' ? 'ja' : 'en');
