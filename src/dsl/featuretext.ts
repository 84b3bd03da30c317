/** A scenario of operations as a feature file of its own. */
import type { Language } from '../messages/index.ts';
import type { Operation } from './operations/operation.ts';
import { renderStep } from './phrases/index.ts';
import { keywordsIn } from './phrases/keywords.ts';
import type { Keyword } from './phrases/phrase.ts';
import { type Vocabulary, vocabularyOf } from './phrases/vocabulary.ts';
import type { Kit } from './types.ts';

export interface FeatureText {
  readonly feature: string;
  readonly scenario: string;
  readonly seed: string;
  /** They need no files: `selfContained`. */
  readonly operations: readonly Operation[];
  /** Lines of comment above it: how it came about. */
  readonly how: readonly string[];
  /** Which of the operations is the first `When`, where that is not the first in which something happens. */
  readonly origin?: number;
  readonly kit: Kit;
  readonly language?: Language;
}

/** Names and comments end with their lines. */
const inOneLine = (name: string): string => name.replace(/\s*\n\s*/g, ' ');

/**
 * Under which keyword each stands: as its family says, but that what sets the scene may stand later too,
 * where `Given` would read as a new beginning.
 */
export function keywordsOf(
  operations: readonly Operation[],
  origin: number | undefined,
  vocabulary: Vocabulary,
): Keyword[] {
  let last: Keyword = 'Given';
  return operations.map((o, i) => {
    const { keyword } = vocabulary.familyOf(o);
    const said = origin === undefined ? keyword : i < origin ? 'Given' : i === origin ? 'When' : keyword;
    if (said !== 'Given') last = said;
    return last;
  });
}

/** Playing it with `seatrial run` plays these operations. @throws InputError for what no phrase says */
export function featureText(of: FeatureText): string {
  const { operations, origin, kit, language = 'en' } = of;
  const vocabulary = vocabularyOf(kit);
  const words = keywordsIn(language);
  const keywords = keywordsOf(operations, origin, vocabulary);
  const steps = operations.map((o, i) => {
    const keyword = i > 0 && keywords[i] === keywords[i - 1] ? 'And' : keywords[i]!;
    return renderStep({ ...vocabulary.render(o, language), keyword: words[keyword] as Keyword });
  });
  const lines = [
    ...(language === 'en' ? [] : [`# language: ${language}`]),
    ...of.how.map((line) => `# ${inOneLine(line)}`),
    `${words.Feature}: ${inOneLine(of.feature)}`,
    '',
    `  @seed:${of.seed}`,
    `  ${words.Scenario}: ${inOneLine(of.scenario)}`,
    ...steps,
  ];
  return `${lines.join('\n')}\n`;
}
