import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULT_PHRASES, PHRASES } from './index.ts';

const page = readFileSync(new URL('../../../docs/language.md', import.meta.url), 'utf8');

it.each(PHRASES.filter((p) => !FAULT_PHRASES.includes(p)).map((p) => p.expression))('docs/language.md has: %s', (expression) => {
  expect(page).toContain(`\`${expression}\``);
});
