import { expect, it } from 'vitest';
import { Chunk } from './chunk.ts';

it('is fetched once however often it is asked for, and again only after a failure', async () => {
  let fetched = 0;
  const chunk = new Chunk('claims', async () => {
    fetched += 1;
    if (fetched === 1) throw new TypeError('Failed to fetch dynamically imported module');
    return { answer: 42 };
  });
  expect(() => chunk.value).toThrow('the chunk "claims", which the page has not loaded');
  expect([chunk.takeMissed(), chunk.takeMissed()]).toEqual([true, false]);
  await expect(chunk.load()).rejects.toThrow('Failed to fetch');
  expect(chunk.loaded).toBe(false);
  await Promise.all([chunk.load(), chunk.load()]);
  await chunk.load();
  expect([fetched, chunk.loaded, chunk.value.answer, chunk.takeMissed()]).toEqual([2, true, 42, false]);
});
