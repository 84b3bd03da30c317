import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeature } from '../../dsl/feature.ts';
import { playScenario } from '../../dsl/playfeature.ts';
import { filesOf } from '../../dsl/filesof.ts';
import { beginLevel, PATIENCE_MS, problemsOf, solve } from '../checklevel.ts';
import { levelText } from '../leveltext.ts';
import { readLevel } from '../readlevel.ts';
import { drawLevel } from './draw.ts';
import { drawnName, drawnNumber } from './name.ts';

const NONE = filesOf({});
const RUNS = 3;

describe('a drawn level', () => {
  it('begins in trouble that does not pass, and its solution ends it, with all stars', () => {
    fc.assert(
      fc.property(fc.nat(9999), (number) => {
        const { en: level, ja } = drawLevel(number);
        const start = beginLevel(level);
        expect(start.referee!.won).toBe(false);
        start.pass(PATIENCE_MS, () => start.referee!.won);
        expect(start.referee!.won).toBe(false);
        expect(level.solutions.map(({ steps }) => steps.length)).toEqual([level.stars.commands]);
        expect(level.stars.commands).toBeLessThanOrEqual(2);
        const solved = solve(level, level.solutions[0]!);
        expect(solved.referee!.won).toBe(true);
        const [played] = readFeature(solved.feature('solved'), 'solved.feature');
        expect(playScenario(played!, { files: NONE }).cluster.hash()).toBe(solved.hash);
        expect(problemsOf(level)).toEqual([]);

        // The same in both languages, and as the feature that it is read from.
        const parts = ({ id, seed, start: from, goals, solutions, stars }: typeof level): string =>
          JSON.stringify([
            id,
            seed,
            from,
            goals.map((g) => g.operation),
            solutions.map((s) => s.steps.map((x) => x.operation)),
            Object.entries(stars).sort(),
          ]);
        expect(parts(ja)).toBe(parts(level));
        for (const one of [level, ja]) {
          expect(readLevel(levelText(one), `levels/${one.id}.feature`, NONE)).toEqual(one);
          const texts = [one.title, one.story, ...one.hints.map((h) => h.text)].join();
          expect(/[ぁ-ん]/.test(texts)).toBe(one === ja);
        }
        for (const scenario of readFeature(levelText(ja), 'level.feature'))
          playScenario(scenario, { files: NONE });
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('is the same whenever it is drawn', () => {
    expect(JSON.stringify(drawLevel(6))).toBe(JSON.stringify(drawLevel(6)));
  }, 600_000);

  it('is named for its number', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), (number) => {
        expect(drawnNumber(drawnName(number))).toBe(number);
      }),
    );
    for (const name of ['endless-', 'endless-x', '06-new-version', 'endless-1.5', 'endless-9999999999'])
      expect(drawnNumber(name)).toBeUndefined();
  });
});
