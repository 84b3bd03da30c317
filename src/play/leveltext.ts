/** A level as the feature that it is read from: what `readLevel` reads of it is the level. */
import { standardKit } from '../dsl/kit.ts';
import { keywordsIn } from '../dsl/phrases/keywords.ts';
import { renderStep } from '../dsl/phrases/index.ts';
import type { Keyword } from '../dsl/phrases/phrase.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Language } from '../messages/index.ts';
import type { Level, StarLimits } from './level.ts';

const tagsOf = ({ commands, outageMs, budget }: StarLimits): string =>
  [
    '@level',
    ...(commands === undefined ? [] : [`@commands:${commands}`]),
    ...(outageMs === undefined ? [] : [`@outage:${outageMs}ms`]),
    ...(budget === undefined ? [] : ['@budget']),
  ].join(' ');

/** @throws InputError for what no phrase says */
function stepsOf(operations: readonly Operation[], keyword: Keyword, language: Language): string[] {
  const words = keywordsIn(language);
  const vocabulary = vocabularyOf(standardKit);
  return operations.map((o, i) =>
    renderStep({ ...vocabulary.render(o, language), keyword: words[i === 0 ? keyword : 'And'] as Keyword }),
  );
}

/** @throws InputError for what no phrase says */
export function levelText(level: Level): string {
  const { language, title, story, seed, start, hints, goals, solutions, stars } = level;
  const words = keywordsIn(language);
  const scenario = (tag: string, name: string, steps: readonly string[]): string =>
    [`  @${tag}`, `  ${words.Scenario}: ${name}`, ...steps].join('\n');
  const sections = [
    [
      ...(language === 'en' ? [] : [`# language: ${language}`]),
      `${tagsOf(stars)} @seed:${seed}`,
      `${words.Feature}: ${title}`,
      ...story.split('\n').map((line) => `  ${line}`),
    ].join('\n'),
    [`  ${words.Background}:`, ...stepsOf(start, 'Given', language)].join('\n'),
    ...hints.map(({ text, lines }) =>
      scenario(
        'hint',
        text,
        stepsOf(
          lines.map((line) => ({ op: 'kubectl', lines: [line] })),
          'When',
          language,
        ),
      ),
    ),
    ...solutions.map(({ name, steps }) =>
      scenario('solution', name, [
        ...stepsOf(
          steps.map((s) => s.operation),
          'When',
          language,
        ),
        ...stepsOf(
          goals.map((g) => g.operation),
          'Then',
          language,
        ),
      ]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}
