/** Messages in words: of what the history says, and of how a failure is told. */
import type { Message } from '../sim/kernel/types.ts';
import type { MessageKey } from '../sim/messages.ts';
import { boundedText } from './bounded.ts';
import type { Catalogue, Messages } from './catalogue.ts';
import { EN } from './en.ts';
import { JA } from './ja.ts';
import type { Language } from './languages.ts';
import { slipWords } from './slipwords.ts';

export type { Messages } from './catalogue.ts';
export { LANGUAGES, type Language } from './languages.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: EN, ja: JA };

/** `say('nodeLostPower', { node: 'node-1' }, 'en')` → `node node-1 lost power`. */
export const say = <K extends keyof Messages>(key: K, args: Messages[K], language: Language): string =>
  CATALOGUES[language][key](args);

/** The words of messages of a user's own, by key. */
export type OwnMessages = Readonly<
  Record<MessageKey & `${string}/${string}`, Readonly<Record<Language, (args: any) => string>>>
>;

/** How the keys of a user's own messages are written. */
const OWN = /\//;

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The words of a message of the history. One that neither the catalogue nor `own` knows is told by its key
 * and its args: `example.com/ballast-shifted (tons: 3)`.
 */
export function wordsOf({ key, args }: Message, language: Language, own: OwnMessages = {}): string {
  if (Object.hasOwn(CATALOGUES[language], key))
    return CATALOGUES[language][key as keyof Messages](args as never);
  if (Object.hasOwn(own, key)) return own[key as keyof OwnMessages]![language](args);
  const slip = OWN.test(key) ? undefined : slipWords({ key, args }, language);
  if (slip !== undefined) return slip;
  const told = Object.entries(args).map(([name, value]) => `${name}: ${plain(value)}`);
  return told.length === 0 ? key : `${key} (${told.join(', ')})`;
}

/** A text of many lines, its repeats and its middle left out, in a language's words. */
export const shortened = (text: string, language: Language): string =>
  boundedText(text, {
    more: (count) => say('moreLines', { count }, language),
    same: (count) => say('sameLines', { count }, language),
  });

/** The language of a feature, as far as the catalogue speaks it; English otherwise. */
export const languageOf = (dialect: string): Language => (dialect === 'ja' ? 'ja' : 'en');
