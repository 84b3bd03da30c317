import { expect, it } from 'vitest';
import { fuzzServed } from './served.ts';

it('a served cluster answers hostile clients or hangs up, and tells strangers nothing', async () => {
  const { counts, bad } = await fuzzServed(1, 200);
  expect(bad).toEqual([]);
  expect(counts.accepted).toBeGreaterThan(20);
  expect(counts.refused).toBeGreaterThan(60);
});
