import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MisreadError } from '../../sim/api/misreading.ts';
import { parseImageBehaviour } from '../../sim/node/index.ts';
import { realClientWords } from '../../serve/front/realclient.ts';
import type { Moment } from '../moment.ts';
import { LANGUAGE } from './index.ts';
import type { ParameterKind } from './parameterkind.ts';
import { PARAMETERS } from './parameters.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const PAGES = { en: read('docs/language.md'), ja: read('docs/language-ja.md') } as const;
const KINDS = PARAMETERS as Readonly<Record<string, ParameterKind>>;

const sentences = [LANGUAGE.operations, LANGUAGE.claims].flatMap((s) => [...s.values()].flat());
const faults = [...LANGUAGE.faults.values()].flat();

/** The keys of an image's behaviour, as who writes another is told them. */
function imageKeys(): readonly string[] {
  try {
    parseImageBehaviour({ none: 1 });
  } catch (error) {
    if (error instanceof MisreadError && typeof error.misreading.wanted === 'object')
      return 'among' in error.misreading.wanted ? (error.misreading.wanted.among as string[]) : [];
  }
  return [];
}

/** The tags that a scenario is read for. */
const TAGS = ['src/dsl/tags.ts', 'src/view/components/exercise.tsx'].flatMap((path) =>
  [...read(path).matchAll(/value\('([\w-]+)'\)|includes\('@([\w-]+)'\)/g)].map((m) => m[1] ?? m[2]!),
);

const MOMENTS: readonly Moment[] = [
  { mode: 'within', durationMs: 300_000 },
  { mode: 'for', durationMs: 300_000 },
  ...(['eventually', 'every', 'never', 'sometimes'] as const).map((mode) => ({ mode })),
];

it('is of something', () => {
  expect(imageKeys().length).toBeGreaterThan(5);
  expect(TAGS).toContain('predict');
  expect(TAGS).toContain('expect-failure');
});

describe.each(['en', 'ja'] as const)('the page of the language in %s', (language) => {
  const page = PAGES[language];
  const said = [...sentences, ...(language === 'ja' ? faults : [])].flatMap(({ en, ja, jaToo }) =>
    language === 'en' ? [en] : [ja, ...jaToo],
  );
  // Faults have a page of their own in English.
  const expressions = [
    ...said.map((p) => p.expression),
    ...(language === 'en' ? faults.map((f) => f.en.expression) : []),
  ];
  const types = new Set(expressions.flatMap((e) => [...e.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)));
  const rowOf = (type: string): string | undefined =>
    page.split('\n').find((line) => line.startsWith(`| \`{${type}}\` |`));

  it.each(said.map((p) => p.expression))('has the phrase: %s', (expression) => {
    expect(page).toContain(`| \`${expression}\` |`);
  });

  it('has the phrases of served clusters', () => {
    for (const phrase of realClientWords.phrases)
      expect(page).toContain(`| \`${phrase[language].replace(/\{.*\}/, '{string}')}\` |`);
  });

  it.each([...types])('tells what {%s} is, with each of its words', (type) => {
    const row = rowOf(type);
    expect(row).toBeDefined();
    for (const [spelling] of KINDS[type]?.words ?? []) expect(row).toContain(`\`${String(spelling)}\``);
  });

  it.each(MOMENTS)('has the moment %s', (moment) => {
    const kind = language === 'en' ? PARAMETERS.moment : PARAMETERS.momentJa;
    const words = kind.print(moment).trim();
    expect(page).toContain(`\`${language === 'en' ? words.replace('5 minutes', '{duration}') : words}\``);
  });

  it.each(imageKeys())('has the key %s of images', (key) => {
    expect(page).toContain(`| \`${key}\` |`);
  });

  it.each(TAGS)('has the tag %s', (tag) => {
    expect(page).toMatch(new RegExp(`^\\| \`@${tag}(?::N)?\` \\|`, 'm'));
  });
});
