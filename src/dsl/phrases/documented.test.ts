import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULT_PHRASES, PHRASES } from './index.ts';

/** Those have a page of their own. */
const faults = new Set(FAULT_PHRASES.map((p) => p.expression));
const page = ['language.md', 'language-ja.md']
  .map((name) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'))
  .join('');

it.each(PHRASES.map((p) => p.expression).filter((e) => !faults.has(e)))(
  'docs/language.md or docs/language-ja.md has: %s',
  (expression) => {
    expect(page).toContain(`\`${expression}\``);
  },
);
