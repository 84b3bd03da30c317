import { expect, test } from 'vitest';
import { editsThat } from '../edits/catalogue/index.ts';
import { EDITS_TOLD, hasBearing, KINDS_TOLD } from './bearing.ts';
import { TRIALS } from './trials/index.ts';

test('edits without bearing are strengthenings of the catalogue, on kinds of trials that there are', () => {
  const [edits, kinds] = [editsThat('strengthen').map((e) => e.name), TRIALS.map((t) => t.kind)];
  expect(EDITS_TOLD.filter((name) => !edits.includes(name))).toEqual([]);
  expect(KINDS_TOLD.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

test('a budget has no bearing on what no eviction does, and on drains it has', () => {
  expect(hasBearing('BudgetAdded', 'a node loses power')).toBe(false);
  expect(hasBearing('BudgetAdded', 'nodes are rebooted in turn')).toBe(true);
  expect(hasBearing('ReplicasRaised', 'a node loses power')).toBe(true);
});
