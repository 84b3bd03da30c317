import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGE } from './index.ts';

/** Faults have a page of their own. */
const sentences = [LANGUAGE.operations, LANGUAGE.claims].flatMap((s) => [...s.values()].flat());
const page = ['language.md', 'language-ja.md']
  .map((name) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'))
  .join('');

it.each(sentences.flatMap(({ en, ja }) => [en.expression, ja.expression]))(
  'docs/language.md or docs/language-ja.md has: %s',
  (expression) => {
    expect(page).toContain(`\`${expression}\``);
  },
);
