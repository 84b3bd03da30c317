/**
 * How a family of operations or claims words them: a sentence in English and in Japanese, its places named.
 * Each expression is written once; steps, parsing, printing and the pages of the language follow from it.
 */
import { FaultCatalogue } from '../../chaos/catalogue.ts';
import type { Claim } from '../claims/claim.ts';
import type { Operation } from '../operations/operation.ts';
import { NOW, type Moment } from '../moment.ts';
import { PARAMETERS } from './parameters.ts';
import type { Keyword, Phrase } from './phrase.ts';

/** What stands at the places of a sentence, by their names, the doc string or table among them. */
export type Said = Readonly<Record<string, unknown>>;

export interface OtherWay {
  /** As `Wording.ja`. */
  readonly ja: string;
  /** Whether it is printed so; absent: never. */
  isUsual?(said: Said): boolean;
}

export interface Wording<T> {
  /**
   * A Cucumber expression with named places: `{int:nodes}`; `{selector}` is short for `{selector:selector}`.
   */
  readonly en: string;
  /**
   * The same in Japanese, the places in its own order, by their names alone: `{nodes}台のノード`. The
   * parameter type is the English one's Japanese sister, where it has one; another is named, as in
   * `{podIsJa:state}`.
   */
  readonly ja: string;
  /** Other ways to say it in Japanese: each is read, and printed where it says so. */
  readonly jaToo?: readonly OtherWay[];
  /** What it means, where the words alone do not tell: for the page of the language. */
  readonly about?: string;
  /** The name of what the step's doc string, or its table, says. */
  readonly docString?: string;
  readonly table?: string;
  /** Fields that the words themselves fix. */
  readonly fixed?: Partial<T>;
  /** Makes what is said; absent: the places are its fields. @throws InputError, FaultError */
  build?(said: never, faults: FaultCatalogue): T;
  /** What the places hold when it is said so, undefined when another wording says it; absent as `build`. */
  said?(what: T, faults: FaultCatalogue): Said | undefined;
}

/** A sentence of the language: a phrase in each of its languages. */
export interface Sentence {
  readonly en: Phrase;
  readonly ja: Phrase;
  /** Other ways to say it; what is printed is the first that is usual, or `ja`. */
  readonly jaToo: readonly Phrase[];
  readonly about: string;
}

const PLACE = /\{(?:(\w+):)?(\w+)\}/g;

interface Expression {
  readonly text: string;
  /** Names of the places, in their order. */
  readonly places: readonly string[];
}

function read(template: string, typeOf: (type: string | undefined, name: string) => string): Expression {
  const places: string[] = [];
  const text = template.replace(PLACE, (_, type: string | undefined, name: string) => {
    places.push(name);
    return `{${typeOf(type, name)}}`;
  });
  return { text, places };
}

interface Expressions {
  readonly en: Expression;
  readonly ja: Expression;
  readonly jaToo: readonly Expression[];
}

function expressionsOf({ en, ja, jaToo = [] }: Pick<Wording<never>, 'en' | 'ja' | 'jaToo'>): Expressions {
  const types = new Map<string, string>();
  const english = read(en, (type, name) => {
    types.set(name, type ?? name);
    return type ?? name;
  });
  const japanese = (template: string): Expression =>
    read(template, (named, name) => {
      const type = types.get(name);
      if (type === undefined) throw new Error(`"${template}" has a place {${name}} that "${en}" has not`);
      return named ?? (Object.hasOwn(PARAMETERS, `${type}Ja`) ? `${type}Ja` : type);
    });
  return { en: english, ja: japanese(ja), jaToo: jaToo.map((way) => japanese(way.ja)) };
}

/** @param said of an operation, undefined when the sentence does not say it */
function sentenceOf(
  wording: Pick<Wording<never>, 'en' | 'ja' | 'jaToo' | 'about' | 'docString' | 'table'>,
  keyword: Keyword,
  build: (said: Said) => Operation,
  said: (operation: Operation) => Said | undefined,
): Sentence {
  const attached = wording.docString ?? wording.table;
  const { en, ja, jaToo } = expressionsOf(wording);
  const placesIn = ({ places }: Expression): readonly string[] =>
    attached === undefined ? places : [...places, attached];
  // One order of fields in all languages: the history holds an operation as it is.
  const order = placesIn(en);
  const phrase = (expression: Expression, isPrinted = (_: Said): boolean => true): Phrase => {
    const places = placesIn(expression);
    return {
      expression: expression.text,
      keyword,
      ...(wording.docString === undefined ? {} : { attachment: 'docString' }),
      ...(wording.table === undefined ? {} : { attachment: 'table' }),
      places: places.length,
      build: (...values: never[]) =>
        build(Object.fromEntries(order.map((name) => [name, values[places.indexOf(name)]]))),
      args: (operation) => {
        const values = said(operation);
        return values === undefined || !isPrinted(values) ? undefined : places.map((name) => values[name]);
      },
    };
  };
  return {
    en: phrase(en),
    ja: phrase(ja),
    jaToo: jaToo.map((way, i) => phrase(way, wording.jaToo?.[i]?.isUsual ?? (() => false))),
    // In a page it is there when its family's chunk is.
    get about() {
      return wording.about ?? '';
    },
  };
}

/** Fields that are there: an absent one and an undefined one are the same. */
const present = (fields: object): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined);

/** Its fields, when the sentence has a place for each of them but those it fixes. */
function fieldsSaid(places: ReadonlySet<string>, fixed: object, fields: object): Said | undefined {
  const left = present(fields);
  const isFixed = (field: string, value: unknown): boolean => (fixed as Said)[field] === value;
  if (!left.every(([field, value]) => places.has(field) || isFixed(field, value))) return undefined;
  const there = new Set(left.map(([field]) => field));
  return [...places, ...Object.keys(fixed)].every((field) => there.has(field))
    ? Object.fromEntries(left)
    : undefined;
}

const placesOf = ({ en, docString, table }: Wording<never>, ...without: string[]): Set<string> => {
  const names = [...[...en.matchAll(PLACE)].map((m) => m[2]!), docString, table];
  return new Set(names.filter((n): n is string => n !== undefined && !without.includes(n)));
};

/**
 * A sentence of the user's own for something that the language can say already.
 * @example
 * const rush: OwnPhrase = {
 *   keyword: 'When',
 *   en: 'the shop is busy for {duration:durationMs}',
 *   ja: '店が{durationMs}混み合う',
 *   build: ({ durationMs }: { durationMs: number }) => ({ op: 'pass', durationMs }),
 * };
 */
export interface OwnPhrase extends Omit<Wording<Operation>, 'fixed' | 'said' | 'build'> {
  readonly keyword: Keyword;
  /** @throws InputError, FaultError */
  build(said: never): Operation;
}

/** It is read, and what it makes is printed in the language's own words. */
export const ownSentence = (phrase: OwnPhrase): Sentence =>
  sentenceOf(
    phrase,
    phrase.keyword,
    (values) => phrase.build(values as never),
    () => undefined,
  );

/** The sentence of an operation. @param faults those that it may name */
export function operationSentence<O extends Operation>(
  op: O['op'],
  keyword: Keyword,
  wording: Wording<O>,
  faults: FaultCatalogue,
): Sentence {
  const { fixed = {}, build, said } = wording;
  const places = placesOf(wording as Wording<never>);
  return sentenceOf(
    wording as Wording<never>,
    keyword,
    (values) =>
      build === undefined
        ? (Object.fromEntries(present({ op, ...fixed, ...values })) as unknown as O)
        : build(values as never, faults),
    (operation) => {
      if (operation.op !== op) return undefined;
      if (said !== undefined) return said(operation as O, faults);
      const { op: _, ...fields } = operation;
      return fieldsSaid(places, fixed, fields);
    },
  );
}

export interface ClaimWording<C> extends Wording<C> {
  /**
   * The moment, where the words give it in another way than `{moment}` before the claim. Such a sentence is
   * read, and printed in the usual way.
   */
  moment?(said: never): Moment;
}

/** Claims name no faults. */
const NO_FAULTS = new FaultCatalogue([]);

/** Places for when a claim must hold: any time, or any but now. */
const WHEN = ['moment', 'during'] as const;
const isNow = ({ mode, since }: Moment): boolean => mode === 'now' && since === undefined;

/** The sentence of a claim, with `{moment}` or `{during}` in front unless it only ever speaks of now. */
export function claimSentence<C extends Claim>(claim: C['claim'], wording: ClaimWording<C>): Sentence {
  const { fixed = {}, build, said, moment: momentOf } = wording;
  const all = placesOf(wording as Wording<never>);
  const when = WHEN.find((name) => all.has(name));
  const places = placesOf(wording as Wording<never>, ...WHEN);
  return sentenceOf(
    wording as Wording<never>,
    'Then',
    (values) => {
      const { [when ?? '']: at = momentOf?.(values as never) ?? NOW, ...rest } = values;
      const made =
        build === undefined
          ? (Object.fromEntries(present({ claim, ...fixed, ...rest })) as unknown as C)
          : build(rest as never, NO_FAULTS);
      return { op: 'assert', moment: at as Moment, claim: made };
    },
    (operation) => {
      if (operation.op !== 'assert' || operation.claim.claim !== claim || momentOf !== undefined)
        return undefined;
      const { moment } = operation;
      if (when === 'moment' ? false : isNow(moment) === (when === 'during')) return undefined;
      const { claim: _, ...fields } = operation.claim;
      const values =
        said === undefined ? fieldsSaid(places, fixed, fields) : said(operation.claim as C, NO_FAULTS);
      return values === undefined || when === undefined ? values : { ...values, [when]: moment };
    },
  );
}
