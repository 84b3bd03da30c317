import { expect, it } from 'vitest';
import { fuzzServed } from './served.ts';

it('a served cluster answers hostile clients or hangs up, and tells strangers nothing', async () => {
  const { counts, bad } = await fuzzServed(1, 300);
  expect(bad).toEqual([]);
  expect(counts.accepted).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(100);
}, 120_000);
