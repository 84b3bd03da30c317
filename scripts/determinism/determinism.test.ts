import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashesOfPlans } from './plans.ts';

it('200 plans have the histories that are held', () => {
  const held = readFileSync(join(import.meta.dirname, 'hashes.txt'), 'utf8')
    .trim()
    .split('\n');
  expect(held).toHaveLength(200);
  expect(hashesOfPlans(), 'npm run determinism -- --accept, where histories are meant to change').toEqual(
    held,
  );
});

it('also in another time zone, with the locale of another language', () => {
  const env = { ...process.env, TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
  const told = execFileSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
    env,
    encoding: 'utf8',
  });
  expect(told).toContain('200 plans have the histories that are held');
});
