import { expect, it } from 'vitest';
import { Chunk } from './chunk.ts';
import { partly, standIn, whole } from './standin.ts';

const LIBRARY = [
  { kind: 'A', about: 'of A', parts: [{ size: 1, twice: (n: number) => 2 * n }] },
  { kind: 'B', about: 'of B', parts: [] },
];

it('has the data at once, and asks the chunk for texts and functions when they are read', async () => {
  const chunk = new Chunk<unknown>('library', () => Promise.resolve({ m0: { LIBRARY, add } }));
  const $ = standIn(chunk, 'm0');
  const sum = $('add');
  const stand = whole(
    $,
    [
      partly({ kind: 'A', parts: [partly({ size: 1 }, '', 'twice')] }, 'about', ''),
      partly({ kind: 'B', parts: [] }, 'about', ''),
    ],
    'LIBRARY',
  ) as typeof LIBRARY;

  expect(stand.map(({ kind }) => kind)).toEqual(['A', 'B']);
  expect(() => stand[0]!.about).toThrow('the chunk "library", which the page has not loaded');
  expect(() => stand[0]!.parts[0]!.twice(2)).toThrow('the chunk "library"');
  expect(() => sum(1, 2)).toThrow('the chunk "library"');
  await chunk.load();
  expect([sum(1, 2), stand[0]!.parts[0]!.twice(2)]).toEqual([3, 4]);
  expect(stand.map(({ kind, about }) => ({ kind, about }))).toEqual(
    LIBRARY.map(({ kind, about }) => ({ kind, about })),
  );
  expect(Object.keys(stand[1]!)).toContain('about');
});

function add(a: number, b: number): number {
  return a + b;
}
