/** What was done to a live cluster, as steps that a viewer shows. */
import type { Vocabulary } from '../dsl/phrases/vocabulary.ts';
import { keywordsOf } from '../dsl/featuretext.ts';
import { keywordsIn } from '../dsl/phrases/keywords.ts';
import type { Language } from '../messages/index.ts';
import { visibleIn } from '../messages/visible.ts';
import type { Step } from '../view/run.ts';
import type { Act } from './act.ts';

/**
 * Each act as the line that makes it.
 * @param startLength how many of them set the scene
 */
export function stepsOf(
  acts: readonly Act[],
  startLength: number,
  vocabulary: Vocabulary,
  language: Language,
): Step[] {
  const keywords = keywordsOf(
    acts.map((a) => a.operation),
    startLength,
    vocabulary,
  );
  return acts.map(({ operation, from, to, entries, printed, strikes }, i): Step => {
    const { text, docString, table } = vocabulary.render(operation, language);
    const keyword = i > 0 && keywords[i] === keywords[i - 1] ? 'And' : keywords[i]!;
    return visibleIn({
      keyword: `${keywordsIn(language)[keyword]} `,
      text,
      line: i + 1,
      ...(docString === undefined ? {} : { docString }),
      ...(table === undefined ? {} : { table }),
      from,
      to,
      ...(entries === undefined ? {} : { entries }),
      printed,
      strikes,
      expected: false,
      result: 'passed' as const,
    });
  });
}
