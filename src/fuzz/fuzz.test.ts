import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../cli/testing.ts';
import { InputError } from '../dsl/errors.ts';
import { attacks } from './index.ts';
import { outcomeOf } from './outcome.ts';
import { WORKING } from './working.ts';

const recorded: unknown = parse(
  readFileSync(new URL('../conformance/recordings/delete-background.yaml', import.meta.url), 'utf8'),
);

it.each(attacks('', recorded).map((a) => a.name))('takes or refuses %s', (name) => {
  const manifest = join(folderOf({ 'a.yaml': JSON.stringify(WORKING[0]) }), 'a.yaml');
  const attack = attacks(manifest, recorded).find((a) => a.name === name)!;
  const { counts, bad } = attack.run(1, attack.few);
  expect(bad).toEqual([]);
  expect(counts.accepted).toBeGreaterThan(0);
});

it('tells what is a defect from what is refused', () => {
  const from = (error: Error): string =>
    outcomeOf(() => {
      throw error;
    }).of;
  expect(from(new TypeError('x'))).toBe('defect');
  expect(from(new InputError('x'))).toBe('refused');
  expect(from(new InputError(''))).toBe('defect');
});
