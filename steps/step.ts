/** What a step definition does: build the operation of its sentence, and play it in the scenario. */
import { DataTable } from '@cucumber/cucumber';
import { LANGUAGE } from '../src/dsl/phrases/index.ts';
import { counted } from '../src/dsl/phrases/parse.ts';
import type { Language, Phrase } from '../src/dsl/phrases/phrase.ts';
import { type Vocabulary, vocabularyOf } from '../src/dsl/phrases/vocabulary.ts';
import { scenarioOf } from './scenario.ts';

// Cucumber's own type of a step takes any arguments.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type StepFunction = (this: object, ...args: any[]) => void;

/** Cucumber counts a step function's parameters. */
const withLength = (length: number, body: StepFunction): StepFunction =>
  Object.defineProperty(body, 'length', { value: length });

const plain = (value: unknown): unknown => (value instanceof DataTable ? value.raw() : value);

/** The step of a phrase: builds its operation from what the step says, and plays it. */
export const step = (phrase: Phrase, phraseOf: (words: Vocabulary) => Phrase = () => phrase): StepFunction =>
  withLength(phrase.places, function (...args) {
    const scenario = scenarioOf(this);
    // What a table may name is for the scenario's kit to say.
    const { build } = phraseOf(vocabularyOf(scenario.session.kit));
    scenario.play(() => build(...(args.map((value) => counted(plain(value))) as never[])));
  });

/** A sentence that is an order after `When` and a claim after `Then`. */
export const either = (order: StepFunction, claim: StepFunction): StepFunction =>
  withLength(order.length, function (...args) {
    (scenarioOf(this).isOutcome ? claim : order).apply(this, args);
  });

type Family = 'operation' | 'claim' | 'fault';

/**
 * Steps of the families' sentences: the first of a family unless another is named by its number, and of its
 * ways to be said the first, unless another is (counted from 1).
 */
const inLanguage = (
  language: Language,
): Readonly<Record<Family, (name: string, sentence?: number, way?: number) => StepFunction>> => {
  const steps =
    (family: `${Family}s`) =>
    (name: string, sentence = 0, way = 0): StepFunction => {
      const phraseOf = (words: Vocabulary): Phrase => {
        const said = words[family].get(name)![sentence]!;
        return way === 0 ? said[language] : said.jaToo[way - 1]!;
      };
      return step(phraseOf(LANGUAGE), phraseOf);
    };
  return { operation: steps('operations'), claim: steps('claims'), fault: steps('faults') };
};

export const en = inLanguage('en');
export const ja = inLanguage('ja');
