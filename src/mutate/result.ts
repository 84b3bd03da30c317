/** What came of it, as plain data. */
import type { Language } from '../messages/index.ts';
import type { Fate } from './trial.ts';
import type { Spot } from './mutation.ts';

/** One change of a scenario, and what became of it. */
export interface MutantResult {
  readonly kind: 'edit' | 'step' | 'bug';
  /** The edit, or the bug; absent of a step that is left out. */
  readonly name?: string;
  readonly said: string;
  /** Absent of a planted bug. */
  readonly spot?: Spot;
  readonly fate: Fate;
  /** Whether it is about what the scenario, or its feature, says to be about. */
  readonly about: boolean;
  /** Of what is killed: the step that failed, as it is written. */
  readonly by?: string;
}

export interface ScenarioResult {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** Of its feature. */
  readonly language: Language;
  /** Why nothing was tried: it fails as it is. */
  readonly broken?: string;
  /** The time was over before it had been played as it is. */
  readonly cut?: true;
  readonly mutants: readonly MutantResult[];
}

export interface Score {
  readonly killed: number;
  readonly survived: number;
  /** Steps that do nothing. */
  readonly idle: number;
  /** Weakenings that changed nothing of what happened, or that no API server would have. */
  readonly without: number;
}

/** A step that does nothing is a finding; a weakening that changes nothing is none. */
const isIdle = ({ kind, fate }: MutantResult): boolean => kind === 'step' && fate === 'noEffect';

export const isFinding = (mutant: MutantResult): boolean => mutant.fate === 'survived' || isIdle(mutant);

export function scoreOf(results: readonly ScenarioResult[]): Score {
  const mutants = results.flatMap((r) => r.mutants);
  const of = (fate: Fate): number => mutants.filter((m) => m.fate === fate).length;
  const idle = mutants.filter(isIdle).length;
  return {
    killed: of('killed'),
    survived: of('survived'),
    idle,
    without: of('noEffect') + of('refused') - idle,
  };
}

/** Of all that could be noticed in each scenario, how much was, in percent; 100 where there was nothing. */
export function shareOf({ killed, survived, idle }: Score): number {
  const all = killed + survived + idle;
  return all === 0 ? 100 : Math.floor((killed * 100) / all);
}

/** Of what features are about, each change once a feature. */
export interface Told {
  /** By one of the scenarios of its feature, at least. */
  readonly noticed: number;
  /** Not noticed by any of them. */
  readonly gaps: readonly Gap[];
}

/** What a feature is about, and what none of its scenarios notices. */
export interface Gap {
  /** The first scenario that is about it and passes all the same. */
  readonly scenario: ScenarioResult;
  readonly mutant: MutantResult;
}

/** What can be noticed: not what changes nothing, but a step that does nothing is there for nothing. */
const counts = (mutant: MutantResult): boolean => mutant.fate === 'killed' || isFinding(mutant);

/**
 * What the features are about, and how much of it their scenarios notice. Scenarios of a feature share
 * manifests, and each is about one thing: it is enough that one of them notices.
 */
export function toldOf(results: readonly ScenarioResult[]): Told {
  const changes = new Map<string, { about: boolean; noticed: boolean; gap?: Gap }>();
  for (const scenario of results)
    for (const mutant of scenario.mutants) {
      if (!counts(mutant)) continue;
      const { kind, name, said, spot, fate, about } = mutant;
      const key = JSON.stringify([scenario.file, kind, name, said, spot]);
      const change = changes.get(key) ?? { about: false, noticed: false };
      changes.set(key, change);
      change.about ||= about;
      if (fate === 'killed') change.noticed = true;
      else if (about) change.gap ??= { scenario, mutant };
    }
  const concerning = [...changes.values()].filter((c) => c.about);
  return {
    noticed: concerning.filter((c) => c.noticed).length,
    gaps: concerning.flatMap(({ noticed, gap }) => (noticed || gap === undefined ? [] : [gap])),
  };
}

/** Of what the features are about, how much was noticed, in percent; 100 where there was nothing. */
export const percentOf = ({ noticed, gaps }: Told): number =>
  noticed + gaps.length === 0 ? 100 : Math.floor((noticed * 100) / (noticed + gaps.length));

export interface FolderScore extends Score {
  readonly folder: string;
  readonly scenarios: number;
  readonly told: Told;
}

/** Scenarios by the folders of their features, in the order of their names; untried ones are left out. */
export function foldersOf(results: readonly ScenarioResult[]): FolderScore[] {
  const folders = new Map<string, ScenarioResult[]>();
  for (const result of results) {
    if (result.broken !== undefined || (result.cut === true && result.mutants.length === 0)) continue;
    const folder = result.file.replace(/[^/\\]*$/, '').replace(/[/\\]$/, '') || '.';
    folders.set(folder, [...(folders.get(folder) ?? []), result]);
  }
  return [...folders]
    .map(([folder, of]) => ({ folder, scenarios: of.length, told: toldOf(of), ...scoreOf(of) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** A place of a manifest, and who would notice if it were weaker. */
export interface LineCoverage {
  readonly file: string;
  readonly line: number;
  readonly said: string;
  /** Scenarios, as `file:line`; none: nobody would. */
  readonly noticedBy: readonly string[];
}

/**
 * Every weakening of manifests, once, in the order of files and lines. What has no effect in any scenario is
 * left out.
 */
export function coverageOf(results: readonly ScenarioResult[]): LineCoverage[] {
  const lines = new Map<string, { file: string; line: number; said: string; by: Set<string> }>();
  for (const { file, line, mutants } of results)
    for (const { kind, said, spot, fate } of mutants) {
      if (kind !== 'edit' || spot === undefined || fate === 'refused' || fate === 'noEffect') continue;
      const key = JSON.stringify([spot.file, spot.line, said]);
      let of = lines.get(key);
      if (of === undefined) lines.set(key, (of = { ...spot, said, by: new Set() }));
      if (fate === 'killed') of.by.add(`${file}:${line}`);
    }
  return [...lines.values()]
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, said, by }) => ({ file, line, said, noticedBy: [...by].sort() }));
}
