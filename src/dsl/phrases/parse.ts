/** A step's text to its operation, outside of Cucumber. */
import { ParameterType, ParameterTypeRegistry } from '@cucumber/cucumber-expressions';
import { wrong } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { LANGUAGE } from './index.ts';
import { PARAMETER_KINDS } from './parameters.ts';
import type { Attachment, Keyword, Phrase } from './phrase.ts';
import { Readable } from './readable.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The parameter types of the language beside Cucumber's own. */
function parameterRegistry(): ParameterTypeRegistry {
  const registry = new ParameterTypeRegistry();
  for (const kind of PARAMETER_KINDS) {
    registry.defineParameterType(
      new ParameterType(
        kind.name,
        new RegExp(kind.pattern),
        null,
        (text: string) => kind.parse(text),
        false,
        false,
      ),
    );
  }
  return registry;
}

const readable = new WeakMap<Vocabulary, readonly Readable[]>();

function all(vocabulary: Vocabulary): readonly Readable[] {
  let found = readable.get(vocabulary);
  if (found === undefined) {
    const registry = parameterRegistry();
    found = vocabulary.phrases.map((phrase) => new Readable(phrase, registry));
    // A user's own are refused at once where they are no expressions.
    const ours = new Set(LANGUAGE.phrases.map(({ expression }) => expression));
    for (const one of found) if (!ours.has(one.phrase.expression)) one.compiled();
    readable.set(vocabulary, found);
  }
  return found;
}

type Attached = Phrase['attachment'];

const kindOf = (attachment: Attachment | undefined): Attached =>
  attachment === undefined ? undefined : typeof attachment === 'string' ? 'docString' : 'table';

/** Phrases that fit a text. Two may, where a sentence is an order after `When` and a claim after `Then`. */
function phrasesFor(
  text: string,
  attached: Attached,
  vocabulary: Vocabulary,
): { phrase: Phrase; args: unknown[] }[] {
  const found = [];
  for (const one of all(vocabulary)) {
    const { phrase } = one;
    if (phrase.attachment !== attached) continue;
    const args = one.read(text);
    if (args !== undefined) found.push({ phrase, args: args.map(counted) });
  }
  return found;
}

/** A value of a step's text. @throws InputError for a number that is not the one that was written */
export function counted<T>(value: T): T {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw wrong('numberTooLarge', { most: Number.MAX_SAFE_INTEGER });
  return value;
}

/**
 * Refuses a step whose sentence is known but for what hangs on it: a doc string or table too much, missing,
 * or in the place of the other. Does nothing for what no phrase says. @throws InputError
 */
export function refuseAttachment(
  text: string,
  attachment: Attachment | undefined,
  vocabulary: Vocabulary = LANGUAGE,
): void {
  const given = kindOf(attachment);
  const bare = text.replace(/:$/, '');
  const wanted = all(vocabulary)
    .filter((one) => [bare, `${bare}:`].some((t) => one.fits(t)))
    .map(({ phrase }) => phrase.attachment);
  if (wanted.length === 0 || wanted.includes(given)) return;
  const [first] = wanted;
  throw wrong('attachment', { text, wanted: first ?? '', given: given ?? '' });
}

/**
 * The operation of a step, or undefined when no phrase fits.
 * @throws InputError when more than one does, or its doc string or table is not what the phrase takes
 */
export function parseStep(
  keyword: Keyword,
  text: string,
  attachment?: Attachment,
  vocabulary: Vocabulary = LANGUAGE,
): Operation | undefined {
  const found = phrasesFor(text, kindOf(attachment), vocabulary);
  const claims = found.filter((f) => f.phrase.keyword === 'Then');
  const orders = found.filter((f) => f.phrase.keyword !== 'Then');
  const fitting = claims.length > 0 && orders.length > 0 ? (keyword === 'Then' ? claims : orders) : found;
  if (fitting.length === 0) {
    refuseAttachment(text, attachment, vocabulary);
    return undefined;
  }
  if (fitting.length > 1)
    throw wrong('ambiguousStep', { step: text, phrases: fitting.map((f) => f.phrase.expression) });
  const { phrase, args } = fitting[0]!;
  return (phrase.build as (...args: unknown[]) => Operation)(
    ...args,
    ...(attachment === undefined ? [] : [attachment]),
  );
}
