/** What a step definition does: build the operation of its sentence, and play it in the scenario. */
import { DataTable } from '@cucumber/cucumber';
import { CLAIM_SENTENCES, FAULT_SENTENCES, OPERATION_SENTENCES } from '../src/dsl/phrases/index.ts';
import type { Language, Phrase } from '../src/dsl/phrases/phrase.ts';
import { scenarioOf } from './scenario.ts';

// Cucumber's own type of a step takes any arguments.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type StepFunction = (this: object, ...args: any[]) => void;

/** Cucumber counts a step function's parameters. */
const withLength = (length: number, body: StepFunction): StepFunction =>
  Object.defineProperty(body, 'length', { value: length });

const plain = (value: unknown): unknown => (value instanceof DataTable ? value.raw() : value);

/** The step of a phrase: builds its operation from what the step says, and plays it. */
export const step = ({ places, build }: Phrase): StepFunction =>
  withLength(places, function (...args) {
    scenarioOf(this).play(() => build(...(args.map(plain) as never[])));
  });

/** A sentence that is an order after `When` and a claim after `Then`. */
export const either = (order: StepFunction, claim: StepFunction): StepFunction =>
  withLength(order.length, function (...args) {
    (scenarioOf(this).isOutcome ? claim : order).apply(this, args);
  });

/** Steps of the families' sentences: the first of a family unless another is named by its number. */
const inLanguage = (
  language: Language,
): Readonly<Record<'operation' | 'claim' | 'fault', (name: string, sentence?: number) => StepFunction>> => ({
  operation: (op, sentence = 0) => step(OPERATION_SENTENCES.get(op)![sentence]![language]),
  claim: (claim, sentence = 0) => step(CLAIM_SENTENCES.get(claim)![sentence]![language]),
  fault: (kind, sentence = 0) => step(FAULT_SENTENCES.get(kind)![sentence]![language]),
});

export const en = inLanguage('en');
export const ja = inLanguage('ja');
