/**
 * What was probably meant by a step that no phrase fits: the nearest phrases, filled with the step's own
 * words, and what is wrong with its quotes.
 */
import { say, type Language } from '../../messages/index.ts';
import { everydayJa } from './everydayja.ts';
import { PARAMETERS } from './parameters.ts';
import type { Keyword } from './phrase.ts';
import { STRING_PATTERN } from './quoting.ts';

/** What can be said: the expressions of all phrases. */
interface Sayable {
  readonly phrases: readonly { readonly expression: string; readonly keyword?: Keyword }[];
}

const SHOWN = 3;
/** How much a phrase counts that claims where something is to happen, or the other way round. */
const OTHER_ROLE = 0.75;
/** Cucumber's own; the digits of a name such as node-1 are no number. */
const BUILT_IN: Readonly<Record<string, string>> = {
  string: STRING_PATTERN,
  int: '(?<![\\w-])-?\\d+',
  float: '(?<![\\w-])-?\\d+(?:\\.\\d+)?',
};
const patternOf = (type: string): string | undefined =>
  BUILT_IN[type] ?? (PARAMETERS as Readonly<Record<string, { pattern: string }>>)[type]?.pattern;

/** The words of a step that parameters may take, each once. */
class Words {
  private rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  /** The first words that a parameter of this type can be, which nobody takes after. */
  take(type: string): string | undefined {
    const pattern = patternOf(type);
    if (pattern === undefined) return undefined;
    // What may be nothing begins with that.
    const optional = pattern.startsWith('|');
    const found = new RegExp(optional ? pattern.slice(1) : pattern).exec(this.rest);
    if (found === null) return optional ? '' : undefined;
    this.rest = this.rest.slice(0, found.index) + ' ' + this.rest.slice(found.index + found[0].length);
    return found[0];
  }
}

/** A phrase with the words of a step in its places; places that find none stay as they are. */
function filled(expression: string, step: string): string {
  const words = new Words(step);
  /** Undefined before a number. */
  let plural: boolean | undefined;
  return expression.replace(
    /\{(\w*)\}|\(([^)]*)\)|([\w']+(?:\/[\w']+)+)/g,
    (whole, type?: string, optional?: string, choice?: string) => {
      if (type !== undefined) {
        const word = words.take(type) ?? whole;
        if (type === 'int' || type === 'count' || type === 'duration') plural = !/(?:^|\s)1\b/.test(word);
        return word;
      }
      if (optional !== undefined) return (plural ?? true) === (optional === 's') ? optional : '';
      const options = choice!.split('/');
      if (options.includes('are') && plural !== undefined) return plural ? 'are' : 'is';
      return options.find((option) => step.split(/\s+/).includes(option)) ?? options[0]!;
    },
  );
}

/** What a quoted text says makes no sentence alike. */
const plain = (text: string): string =>
  ` ${text.toLowerCase().replace(new RegExp(STRING_PATTERN, 'g'), '""').replace(/:$/, '')} `;

/** Pairs of characters that follow each other, with how often each stands there. */
function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < text.length; i += 1) {
    const pair = text.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** How much two texts have in common (Dice's coefficient of their pairs), from 0 to 1. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let all = 0;
  for (const [pair, count] of a) {
    common += Math.min(count, b.get(pair) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 0 : (2 * common) / all;
}

/** The language that a step or an expression is written in, by its letters, or by its parameters. */
const isJapanese = (text: string): boolean =>
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]|Ja\}/u.test(text);

/** A step's text in the words of the nearest phrases, the nearest first. @param keyword of the step */
export function nearestPhrases(written: string, vocabulary: Sayable, keyword?: Keyword): string[] {
  const japanese = isJapanese(written.replace(new RegExp(STRING_PATTERN, 'g'), ''));
  const text = japanese ? everydayJa(written) : written;
  const step = pairsOf(plain(text));
  const candidates = vocabulary.phrases.filter((p) => isJapanese(p.expression) === japanese);
  const told = new Map<string, number>();
  for (const { expression, keyword: role } of candidates) {
    const sentence = filled(expression, text);
    // Cucumber names the steps of the language once more, without their roles.
    if (role === undefined && told.has(sentence)) continue;
    const fits = keyword === undefined || role === undefined || (keyword === 'Then') === (role === 'Then');
    const alike = likeness(step, pairsOf(plain(sentence))) * (fits ? 1 : OTHER_ROLE);
    told.set(sentence, Math.max(alike, told.get(sentence) ?? 0));
  }
  return [...told]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([sentence]) => sentence);
}

/** Whether quotes stand within quotes: a word goes on right behind one that closes, or one never does. */
function quotesWithin(text: string): boolean {
  const parts = text.split(/(?<!\\)"/);
  return parts.length % 2 === 0 || parts.some((part, i) => i > 0 && i % 2 === 0 && /^[\w=-]/.test(part));
}

/**
 * `no phrase of the language fits "…"`, with the nearest below.
 * @example unknownStep('the pod "web" is ready', LANGUAGE, 'en', 'Then')
 */
export function unknownStep(
  text: string,
  vocabulary: Sayable,
  language: Language,
  keyword?: Keyword,
): string {
  return [
    say('noPhrase', { step: text }, language),
    ...(quotesWithin(text) ? [say('quotesWithinQuotes', {}, language)] : []),
    say('didYouMean', {}, language),
    ...nearestPhrases(text, vocabulary, keyword).map((phrase) => `  ${phrase}`),
  ].join('\n');
}
