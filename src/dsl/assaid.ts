/** Operations in the order of their sentences, in which the history of a feature holds them. */
import type { Language } from '../messages/index.ts';
import type { Operation } from './operations/operation.ts';
import { parseStep } from './phrases/parse.ts';
import type { Vocabulary } from './phrases/vocabulary.ts';

/**
 * An operation as a feature says it: its parts stand in the order in which its sentence is read.
 * @throws InputError for what no phrase says
 */
export function asSaid(operation: Operation, language: Language, vocabulary: Vocabulary): Operation {
  const { keyword, text, docString, table } = vocabulary.render(operation, language);
  return parseStep(keyword, text, docString ?? table, vocabulary) ?? operation;
}
