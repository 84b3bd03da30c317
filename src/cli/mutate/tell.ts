/** What became of the changes of scenarios, in the terminal. */
import type { Language } from '../../messages/index.ts';
import {
  coverageOf,
  foldersOf,
  isFinding,
  percentOf,
  scoreOf,
  type FolderScore,
  type Score,
  type ScenarioResult,
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
    survived: 'survived ',
    noEffect: 'no effect',
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
    score: (percent: number) => `Score: ${percent} %`,
    folder: ({ folder, scenarios, killed, survived, idle }: FolderScore) =>
      `${folder}: ${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}, ` +
      `${killed} noticed, ${survived + idle} not`,
    over: (untried: number) => `The time was over: ${untried} scenarios were not tried.`,
    none: 'There is no scenario in what was named.',
    unchanged: 'Nothing has changed.',
  },
  ja: {
    cut: '試していません: そのままで実行している間に時間切れになりました',
    broken: (why: string) => `試していません: そのままで失敗します (${why})`,
    noticed: (killed: number, not: number) => `${killed}件に気づき、${not}件に気づきませんでした`,
    survived: '気づかない',
    noEffect: '影響なし　',
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
    score: (percent: number) => `点数: ${percent} %`,
    folder: ({ folder, scenarios, killed, survived, idle }: FolderScore) =>
      `${folder}: シナリオ${scenarios}件、気づいた${killed}件、気づかなかった${survived + idle}件`,
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

export function tellScenario(result: ScenarioResult, asked: Language | undefined): void {
  const words = WORDS[languageOf(result, asked)];
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
  if (findings.length === 0) return;
  tell(`${where}  ${name}: ${words.noticed(scoreOf([result]).killed, findings.length)}`);
  for (const { fate, said, spot } of findings.slice(0, SHOWN))
    tell(`  ${fate === 'survived' ? words.survived : words.noEffect}  ${said}${at(spot)}`);
  if (findings.length > SHOWN) tell(`  ${words.more(findings.length - SHOWN)}`);
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
    for (const of of folders) tell(`  ${String(percentOf(of)).padStart(3)} %  ${words.folder(of)}`);
  tell(`\n${words.summary(results.length, played, (tookMs / 1000).toFixed(1), score)}`);
  tell(words.score(percentOf(score)));
  if (untried !== undefined) tell(words.over(untried));
}

/** @param since whether only what changed was asked for */
export const tellNothing = (since: boolean, language: Language): void =>
  tell(since ? WORDS[language].unchanged : WORDS[language].none);
