/** What became of the changes of scenarios, in the terminal. */
import type { Language } from '../../messages/index.ts';
import {
  coverageOf,
  foldersOf,
  isFinding,
  percentOf,
  scoreOf,
  shareOf,
  type FolderScore,
  type Gap,
  type MutantResult,
  type Score,
  type ScenarioResult,
  type Told,
} from '../../mutate/result.ts';
import { tell } from '../output.ts';

/** So many survivors of a scenario are told. */
const SHOWN = 20;

const count = (n: number): string => n.toLocaleString('en');

const WORDS = {
  en: {
    cut: 'was not tried: the time was over while it was played as it is',
    broken: (why: string) => `was not tried: it fails as it is (${why})`,
    noticed: (killed: number, not: number) => `${killed} noticed, ${not} not`,
    gap: 'gap      ',
    survived: 'survived ',
    noEffect: 'no effect',
    rest: (n: number) => `and ${n} that it is not about, or that its feature notices (--all tells them)`,
    more: (n: number) => `and ${n} more (--json FILE has all)`,
    nobody: 'nobody',
    others: (first: string, n: number) => `${first} and ${n} more`,
    summary: (
      scenarios: number,
      changes: number,
      seconds: string,
      { killed, survived, idle, without }: Score,
    ) =>
      `${count(scenarios)} ${scenarios === 1 ? 'scenario' : 'scenarios'}, ` +
      `${count(changes)} changes in ${seconds} s: ${killed} noticed, ` +
      `${survived} survived, ${idle} ${idle === 1 ? 'step' : 'steps'} without effect; ` +
      `${without} more changed nothing or were refused`,
    about: ({ noticed, gaps }: Told) =>
      `Of what the features are about: ${count(noticed)} noticed, ` +
      `${count(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}`,
    score: (percent: number, share: number) => `Score: ${percent} % (${share} % of all in each scenario)`,
    folder: ({ folder, scenarios, told, killed, survived, idle }: FolderScore) =>
      `${folder}: ${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}, ` +
      `${told.gaps.length} ${told.gaps.length === 1 ? 'gap' : 'gaps'}; ` +
      `of all, ${killed} noticed, ${survived + idle} not`,
    over: (untried: number) => `The time was over: ${untried} scenarios were not tried.`,
    none: 'There is no scenario in what was named.',
    unchanged: 'Nothing has changed.',
  },
  ja: {
    cut: '試していません: そのままで実行している間に時間切れになりました',
    broken: (why: string) => `試していません: そのままで失敗します (${why})`,
    noticed: (killed: number, not: number) => `${killed}件に気づき、${not}件に気づきませんでした`,
    gap: '抜け　　　',
    survived: '気づかない',
    noEffect: '影響なし　',
    rest: (n: number) => `ほかに、主題でないか同じ機能のほかのシナリオが気づくもの${n}件 (--allで表示)`,
    more: (n: number) => `ほかに${n}件 (すべては--json FILEで)`,
    nobody: 'なし',
    others: (first: string, n: number) => `${first}ほか${n}件`,
    summary: (
      scenarios: number,
      changes: number,
      seconds: string,
      { killed, survived, idle, without }: Score,
    ) =>
      `シナリオ${count(scenarios)}件、変更${count(changes)}件、${seconds}秒: 気づいた${killed}件、` +
      `気づかなかった${survived}件、影響のないステップ${idle}件。` +
      `ほかの${without}件は何も変えないか、拒否されました`,
    about: ({ noticed, gaps }: Told) =>
      `機能の主題について: 気づいた${count(noticed)}件、抜け${count(gaps.length)}件`,
    score: (percent: number, share: number) => `点数: ${percent} % (シナリオごとの全変更では${share} %)`,
    folder: ({ folder, scenarios, told, killed, survived, idle }: FolderScore) =>
      `${folder}: シナリオ${scenarios}件、抜け${told.gaps.length}件。` +
      `全体では気づいた${killed}件、気づかなかった${survived + idle}件`,
    over: (untried: number) => `時間切れ: ${untried}件のシナリオは試していません。`,
    none: '指定したものの中にシナリオがありません。',
    unchanged: '変更はありません。',
  },
} as const;

/** What is told is in the language of a scenario, unless another is asked for. */
const languageOf = ({ language }: ScenarioResult, asked: Language | undefined): Language => asked ?? language;

/** Of what concerns all of them: the language that they share. */
export const sharedLanguage = (results: readonly ScenarioResult[], asked: Language | undefined): Language =>
  asked ?? (results.length > 0 && results.every((r) => r.language === 'ja') ? 'ja' : 'en');

/**
 * What a scenario does not notice: its gaps, and only how much else there is, unless all is asked for.
 * @param gaps of all scenarios
 */
export function tellScenario(
  result: ScenarioResult,
  gaps: readonly Gap[],
  { language, all }: { readonly language: Language | undefined; readonly all: boolean },
): void {
  const words = WORDS[languageOf(result, language)];
  const { file, line, name, broken, cut, mutants } = result;
  const where = `${file}:${line}`;
  if (cut === true && mutants.length === 0) {
    tell(`${where}  ${name}`);
    tell(`  ${words.cut}`);
    return;
  }
  if (broken !== undefined) {
    tell(`${where}  ${name}`);
    tell(`  ${words.broken(broken.split('\n')[0] ?? '')}`);
    return;
  }
  const findings = mutants.filter(isFinding);
  const own = new Set(gaps.flatMap(({ scenario, mutant }) => (scenario === result ? [mutant] : [])));
  const others = findings.filter((mutant) => !own.has(mutant));
  if (own.size === 0 && !(all && others.length > 0)) return;
  tell(`${where}  ${name}: ${words.noticed(scoreOf([result]).killed, findings.length)}`);
  const kindOf = (mutant: MutantResult): string =>
    mutant.fate === 'noEffect' ? words.noEffect : own.has(mutant) ? words.gap : words.survived;
  const told = [...own, ...(all ? others : [])];
  for (const mutant of told.slice(0, SHOWN)) tell(`  ${kindOf(mutant)}  ${mutant.said}${at(mutant.spot)}`);
  if (told.length > SHOWN) tell(`  ${words.more(told.length - SHOWN)}`);
  if (!all && others.length > 0) tell(`  ${words.rest(others.length)}`);
}

const at = (spot: { file: string; line: number } | undefined): string =>
  spot === undefined ? '' : `  (${spot.file}:${spot.line})`;

export function tellLines(results: readonly ScenarioResult[], language: Language): void {
  const words = WORDS[language];
  let file: string | undefined;
  for (const one of coverageOf(results)) {
    if (one.file !== file) tell(`\n${(file = one.file)}`);
    const [first, ...others] = one.noticedBy;
    const by =
      first === undefined ? words.nobody : others.length === 0 ? first : words.others(first, others.length);
    tell(`  ${String(one.line).padStart(4)}  ${one.said}: ${by}`);
  }
}

/** @param untried how many were not tried for want of time; absent: the time was not over */
export function tellSummary(
  results: readonly ScenarioResult[],
  told: Told,
  tookMs: number,
  untried: number | undefined,
  language: Language,
): void {
  const words = WORDS[language];
  const score = scoreOf(results);
  const played = score.killed + score.survived + score.idle + score.without;
  const folders = foldersOf(results);
  if (folders.length > 1) tell('');
  if (folders.length > 1)
    for (const of of folders) tell(`  ${String(percentOf(of.told)).padStart(3)} %  ${words.folder(of)}`);
  tell(`\n${words.summary(results.length, played, (tookMs / 1000).toFixed(1), score)}`);
  tell(words.about(told));
  tell(words.score(percentOf(told), shareOf(score)));
  if (untried !== undefined) tell(words.over(untried));
}

/** @param since whether only what changed was asked for */
export const tellNothing = (since: boolean, language: Language): void =>
  tell(since ? WORDS[language].unchanged : WORDS[language].none);
