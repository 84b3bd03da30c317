import { expect, it } from 'vitest';
import { foldersOf, percentOf, type MutantResult, type ScenarioResult } from './result.ts';

const mutant = (kind: MutantResult['kind'], fate: MutantResult['fate']): MutantResult => ({
  kind,
  fate,
  said: `${kind} ${fate}`,
});

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
  expect(folders.map((f) => [f.folder, f.scenarios, f.killed, f.survived, f.idle, percentOf(f)])).toEqual([
    ['.', 1, 0, 0, 1, 0],
    ['features/pods', 1, 1, 0, 0, 100],
    ['features/probes', 2, 2, 1, 0, 66],
  ]);
});
