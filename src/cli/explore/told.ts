/** What a campaign has found, one finding a root cause, what takes least first. */
import { join } from 'node:path';
import { parseStep } from '../../dsl/phrases/parse.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import type { Kit } from '../../dsl/types.ts';
import type { Campaign, Tally } from '../../explore/campaign.ts';
import type { Compared } from '../../explore/compare.ts';
import { faultInWords } from '../../explore/counterexample.ts';
import { byWhatItTakes, takenBy, type Effort, type Ranked } from '../../explore/rank.ts';
import type { Language } from '../../messages/index.ts';
import { runsOf, type Found, type State } from './store.ts';

export interface RootCause extends Ranked {
  /** `Deployment default/web: Pod deleted ← Pod deleted` */
  readonly cause: string;
  /** What takes least of all that comes to it. */
  readonly found: Found;
  /** The same, taking more. */
  readonly others: readonly Found[];
  readonly tally: Tally;
}

export interface Told {
  readonly roots: readonly RootCause[];
  /** Causes that are left out, since any cluster shows them, and in how many runs. */
  readonly leftOut: { readonly causes: number; readonly runs: number };
}

export function toldOf(state: State, kit: Kit): Told {
  const byCause = new Map<string, (Ranked & { readonly found: Found })[]>();
  for (const found of state.found) {
    const { finding, taken = takenBy(finding.scenario, kit) } = found;
    const { key } = finding.cause;
    const ranked = { ...taken, runs: state.causes[key]?.runs ?? 1, run: finding.run, found };
    byCause.set(key, [...(byCause.get(key) ?? []), ranked]);
  }
  const roots = [...byCause].map(([cause, list]): RootCause => {
    const [least, ...others] = list.sort(byWhatItTakes);
    const tally = state.causes[cause] ?? { total: false, runs: 1, claims: {}, faults: {} };
    return { ...least!, cause, others: others.map((o) => o.found), tally };
  });
  const left = Object.entries(state.causes).filter(([key, { total }]) => total && !byCause.has(key));
  return {
    roots: roots.sort(byWhatItTakes),
    leftOut: { causes: left.length, runs: left.reduce((n, [, { runs }]) => n + runs, 0) },
  };
}

const EFFORT: Readonly<Record<Language, Readonly<Record<Effort, string>>>> = {
  en: { nothing: 'by itself', voluntary: 'voluntary', fault: 'one fault', coincidence: 'coincidence' },
  ja: { nothing: '何もしなくても', voluntary: '自発的な中断', fault: '障害1件', coincidence: '障害の重なり' },
};

export const effortInWords = (effort: Effort, language: Language = 'en'): string => EFFORT[language][effort];

export const withoutThen = (claim: string): string => claim.replace(/^Then /, '');

/** A claim that was broken, by how a campaign names it: `Then service "web" is available`. */
export function brokenInWords(claim: string, kit: Kit, language: Language): string {
  const text = withoutThen(claim);
  const operation = language === 'en' ? undefined : parseStep('Then', text, undefined, vocabularyOf(kit));
  return operation === undefined ? text : vocabularyOf(kit).render(operation, language).text;
}

/** What happens in it, as steps say it. */
export const happening = (
  { faults }: Pick<Ranked, 'faults'>,
  kit: Kit,
  language: Language = 'en',
): string[] => faults.map((fault) => faultInWords(fault, kit, language));

/** What else a cause breaks, and in how many runs; what breaks most often first. */
export const alsoBroken = ({ found, tally }: RootCause): [string, number][] =>
  Object.entries(tally.claims)
    .filter(([claim]) => claim !== found.finding.claim)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

/** The kinds of faults that came to it, the most frequent first. */
export const faultsOfCause = ({ tally }: RootCause): [string, number][] =>
  Object.entries(tally.faults).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

/** What is known of a campaign that has ended, for machines. */
export interface CampaignJson {
  readonly campaign: string;
  readonly seed: number;
  readonly runs: number;
  readonly leftOut: Told['leftOut'];
  readonly findings: readonly {
    readonly effort: Effort;
    readonly faults: readonly string[];
    readonly claim: string;
    readonly cause: string;
    readonly runs: number;
    readonly firstRun: number;
    readonly alsoBroken: Readonly<Record<string, number>>;
    readonly byFault: Readonly<Record<string, number>>;
    readonly message?: string;
    readonly feature: string;
  }[];
  /** How each cause stands against the older version. */
  readonly against?: readonly Pick<Compared<RootCause>, 'verdict' | 'cause'>[];
}

/** A campaign that has ended. */
export interface Ended {
  readonly campaign: Campaign;
  readonly state: State;
  /** Where its counterexamples are kept. */
  readonly folder: string;
  /** Against an older version. */
  readonly compared?: readonly Compared<RootCause>[];
}

export function jsonOf({ campaign, state, folder, compared }: Ended, kit: Kit): CampaignJson {
  const { name, seed } = campaign;
  const { roots, leftOut } = toldOf(state, kit);
  return {
    campaign: name,
    seed,
    runs: runsOf(state),
    leftOut,
    findings: roots.map((root) => ({
      effort: root.effort,
      faults: happening(root, kit),
      claim: withoutThen(root.found.finding.claim),
      cause: root.cause,
      runs: root.runs,
      firstRun: root.run,
      alsoBroken: Object.fromEntries(alsoBroken(root).map(([claim, n]) => [withoutThen(claim), n])),
      byFault: Object.fromEntries(faultsOfCause(root)),
      ...(root.found.message === undefined ? {} : { message: root.found.message }),
      feature: join(folder, root.found.file),
    })),
    ...(compared === undefined
      ? {}
      : { against: compared.map(({ verdict, cause }) => ({ verdict, cause })) }),
  };
}
