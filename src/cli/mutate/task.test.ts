import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import { folderOf } from '../testing.ts';
import { mutatePage } from './page.ts';
import { mutateScenario } from './task.ts';

const FEATURE = `Feature: shop
  Scenario: a node comes up
    Given a cluster with 1 node
    When 1 hour passes
    Then node "node-1" is ready
`;

it('is told as cut, and not as failing, where the time is over before it has been played as it is', () => {
  const file = join(folderOf({ 'shop.feature': FEATURE }), 'shop.feature');
  const task = { do: 'mutate', file, scenario: 0, part: 0, parts: 1 } as const;
  const cut = mutateScenario({ ...task, untilMs: 0 }, standardKit);
  expect(cut).toEqual({ file, line: 2, name: 'a node comes up', language: 'en', cut: true, mutants: [] });
  expect(mutatePage([cut], 'en')).toContain('a node comes up: the time was over');
  expect(mutateScenario({ ...task, untilMs: Number.MAX_SAFE_INTEGER }, standardKit).broken).toBeUndefined();
});
