/** The failures that have a scope are found by exhausting it as they were, and not with their fix. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { exhaust, firstSteps, sizeOfScope, type Scope } from '../../explore/exhaustive.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { SEARCHES } from '../../failures/failure.ts';
import { campaignsOf, type ExploreOptions, USUAL } from '../explore/asked.ts';
import { scopeOf } from '../explore/exhaust.ts';
import { FAILURES, libraryIn } from './library.ts';

const SEARCHED = libraryIn(FAILURES).flatMap(({ name, search }) =>
  search === undefined ? [] : [{ name, search }],
);

/** What `seatrial explore failures/NAME/search.feature --exhaustive` asks for. */
const OPTIONS: ExploreOptions = { ...USUAL, out: 'unused', exhaustive: true };

/** Which of the schedules, in their order, breaks the claim first; undefined: none of them. */
function foundBy(campaign: Campaign, scope: Scope): number | undefined {
  const beginnings = freshBeginnings();
  let played = 0;
  for (const step of firstSteps(scope)) {
    const { schedules, findings, complete, without } = exhaust(campaign, scope, beginnings, {
      first: [step],
    });
    expect(complete).toBe(true);
    expect(without).toBe(0);
    if (findings.length > 0) return played + findings[0]!.run;
    played += schedules;
  }
  expect(played).toBe(sizeOfScope(scope));
  return undefined;
}

describe('an exhaustive search', () => {
  it('is there for the eight cases of Kivi', () => {
    expect(SEARCHED).toHaveLength(8);
  });

  it.each(SEARCHED.map((s) => [s.name, s.search] as const))(
    'finds %s, and nothing with the fix',
    (name, search) => {
      const { campaigns } = campaignsOf([join(FAILURES, name, SEARCHES.en)], OPTIONS, standardKit);
      const [before, after] = campaigns;
      expect(campaigns).toHaveLength(2);
      const scope = scopeOf(before!, OPTIONS, standardKit);
      expect(scopeOf(after!, OPTIONS, standardKit)).toEqual(scope);
      expect({ schedules: sizeOfScope(scope), foundBy: foundBy(before!, scope) }).toEqual(search);
      expect(foundBy(after!, scope)).toBeUndefined();
    },
  );
});
