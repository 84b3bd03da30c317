import { expect, it } from 'vitest';
import { foldersOf, percentOf, shareOf, toldOf, type MutantResult, type ScenarioResult } from './result.ts';

const mutant = (
  kind: MutantResult['kind'],
  fate: MutantResult['fate'],
  more: Partial<MutantResult> = {},
): MutantResult => ({ kind, fate, said: `${kind} ${fate}`, about: true, ...more });

const scenario = (file: string, mutants: readonly MutantResult[], more: object = {}): ScenarioResult => ({
  file,
  line: 3,
  name: 's',
  language: 'en',
  mutants,
  ...more,
});

it('adds scenarios up by their folders, and leaves out what was not tried', () => {
  const folders = foldersOf([
    scenario('features/probes/b.feature', [mutant('edit', 'killed'), mutant('edit', 'noEffect')]),
    scenario('top.feature', [mutant('step', 'noEffect')]),
    scenario('features/probes/a.feature', [mutant('edit', 'survived'), mutant('step', 'killed')]),
    scenario('features/pods/x.feature', [], { broken: 'it fails' }),
    scenario('features/pods/y.feature', [], { cut: true }),
    scenario('features/pods/z.feature', [mutant('edit', 'killed')], { cut: true }),
  ]);
  expect(folders.map((f) => [f.folder, f.scenarios, f.killed, f.survived, f.idle, shareOf(f)])).toEqual([
    ['.', 1, 0, 0, 1, 0],
    ['features/pods', 1, 1, 0, 0, 100],
    ['features/probes', 2, 2, 1, 0, 66],
  ]);
});

const BUDGET = { name: 'BudgetDropped', said: 'the budget is left out', spot: { file: 'web.yaml', line: 9 } };

it('finds no gap in what another scenario of the feature notices, or in what no scenario is about', () => {
  const told = toldOf([
    scenario('drain.feature', [
      mutant('edit', 'survived', { ...BUDGET }),
      mutant('edit', 'survived', { said: 'a replica less', about: false }),
      mutant('step', 'survived', { said: 'without "the node is drained"' }),
    ]),
    scenario('drain.feature', [mutant('edit', 'killed', { ...BUDGET, about: false })]),
    // The same manifest, but of another feature.
    scenario('other.feature', [mutant('edit', 'survived', { ...BUDGET }), mutant('edit', 'noEffect')]),
    scenario('other.feature', [mutant('edit', 'survived', { ...BUDGET })]),
  ]);
  expect(told.noticed).toBe(1);
  expect(told.gaps.map(({ scenario: { file }, mutant: { said } }) => [file, said])).toEqual([
    ['drain.feature', 'without "the node is drained"'],
    ['other.feature', 'the budget is left out'],
  ]);
  expect(percentOf(told)).toBe(33);
  expect(percentOf({ noticed: 0, gaps: [] })).toBe(100);
});

it('counts a step that does nothing as a gap, unless it does something in another scenario', () => {
  const step = { said: 'without "node-1 is cordoned"', spot: { file: 'a.feature', line: 4 } };
  const idle = scenario('a.feature', [mutant('step', 'noEffect', step)]);
  expect(toldOf([idle]).gaps).toHaveLength(1);
  expect(toldOf([idle, scenario('a.feature', [mutant('step', 'killed', step)])]).gaps).toEqual([]);
});
