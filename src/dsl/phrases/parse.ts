/** A step's text to its operation, outside of Cucumber. */
import { CucumberExpression, ParameterType, ParameterTypeRegistry } from '@cucumber/cucumber-expressions';
import { InputError } from '../errors.ts';
import type { Operation } from '../operations/types.ts';
import { LANGUAGE } from './index.ts';
import { PARAMETER_KINDS } from './parameters.ts';
import type { Attachment, Keyword, Phrase } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The parameter types of the language beside Cucumber's own. */
export function parameterRegistry(): ParameterTypeRegistry {
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

interface Compiled {
  readonly phrase: Phrase;
  readonly expression: CucumberExpression;
}
const compiled = new WeakMap<Vocabulary, readonly Compiled[]>();

function all(vocabulary: Vocabulary): readonly Compiled[] {
  let found = compiled.get(vocabulary);
  if (found === undefined) {
    const registry = parameterRegistry();
    found = vocabulary.phrases.map((phrase) => ({
      phrase,
      expression: new CucumberExpression(phrase.expression, registry),
    }));
    compiled.set(vocabulary, found);
  }
  return found;
}

/** Phrases that fit a text. Two may, where a sentence is an order after `When` and a claim after `Then`. */
function phrasesFor(
  text: string,
  attached: boolean,
  vocabulary: Vocabulary,
): { phrase: Phrase; args: unknown[] }[] {
  const found = [];
  for (const { phrase, expression } of all(vocabulary)) {
    if ((phrase.attachment !== undefined) !== attached) continue;
    const match = expression.match(text);
    if (match !== null) found.push({ phrase, args: match.map((a) => a.getValue(null) as unknown) });
  }
  return found;
}

/** The operation of a step, or undefined when no phrase fits. @throws InputError when more than one does */
export function parseStep(
  keyword: Keyword,
  text: string,
  attachment?: Attachment,
  vocabulary: Vocabulary = LANGUAGE,
): Operation | undefined {
  const found = phrasesFor(text, attachment !== undefined, vocabulary);
  const claims = found.filter((f) => f.phrase.keyword === 'Then');
  const orders = found.filter((f) => f.phrase.keyword !== 'Then');
  const fitting = claims.length > 0 && orders.length > 0 ? (keyword === 'Then' ? claims : orders) : found;
  if (fitting.length === 0) return undefined;
  if (fitting.length > 1)
    throw new InputError(
      `"${text}" fits more than one phrase: ${fitting.map((f) => f.phrase.expression).join(' · ')}`,
    );
  const { phrase, args } = fitting[0]!;
  return (phrase.build as (...args: unknown[]) => Operation)(
    ...args,
    ...(attachment === undefined ? [] : [attachment]),
  );
}
