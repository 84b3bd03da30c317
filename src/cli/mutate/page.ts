/** What became of the changes of scenarios as a page: what survived, and what each line is noticed by. */
import type { Language } from '../../messages/index.ts';
import {
  coverageOf,
  isFinding,
  percentOf,
  scoreOf,
  shareOf,
  toldOf,
  type MutantResult,
  type ScenarioResult,
} from '../../mutate/result.ts';
import { escaped, findingsPage, headed, listed, scored } from '../findingspage.ts';

const WORDS = {
  en: {
    title: 'Would your scenarios notice?',
    summary: (scenarios: number, noticed: number, gaps: number) =>
      `${scenarios} scenarios. Of what the features are about: ${noticed} changes noticed, ${gaps} not`,
    share: (percent: number) => `${percent} % of all changes in each scenario`,
    scenarios: 'Scenarios',
    scenario: 'Scenario',
    score: 'Score',
    gaps: 'Gaps: what the features are about, and nobody noticed',
    survived: 'What scenarios are not about, or others of their feature notice',
    untried: 'Not tried',
    broken: (why: string) => `it fails as it is (${why})`,
    cut: 'the time was over',
    lines: 'What each line of the manifests is noticed by',
    line: 'Line',
    change: 'Weakening',
    by: 'Noticed by',
    nobody: 'nobody',
    idle: 'no effect',
  },
  ja: {
    title: 'シナリオは気づくか',
    summary: (scenarios: number, noticed: number, gaps: number) =>
      `シナリオ${scenarios}件。機能の主題について: 気づいた変更${noticed}件、気づかなかった変更${gaps}件`,
    share: (percent: number) => `シナリオごとの全変更では${percent} %`,
    scenarios: 'シナリオ',
    scenario: 'シナリオ',
    score: '点数',
    gaps: '抜け: 主題なのに誰も気づかなかったこと',
    survived: '主題でないか、同じ機能のほかのシナリオが気づくこと',
    untried: '試していないもの',
    broken: (why: string) => `そのままで失敗する (${why})`,
    cut: '時間切れ',
    lines: 'マニフェストの各行に気づくシナリオ',
    line: '行',
    change: '弱める変更',
    by: '気づくシナリオ',
    nobody: 'なし',
    idle: '影響なし',
  },
} as const;

const placeOf = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  `${file}:${line}`;

const cells = (...texts: readonly string[]): string => texts.map((t) => `<td>${escaped(t)}</td>`).join('');

export function mutatePage(results: readonly ScenarioResult[], language: Language): string {
  const words = WORDS[language];
  const isTried = (r: ScenarioResult): boolean =>
    r.broken === undefined && (r.cut === undefined || r.mutants.length > 0);
  const tried = results.filter(isTried);
  const told = toldOf(tried);
  const rows = tried.map((r) => `<tr>${cells(placeOf(r), r.name)}${scored(shareOf(scoreOf([r])))}</tr>`);
  const isGap = new Set(told.gaps.map(({ mutant }) => mutant));
  const sections = (which: (mutant: MutantResult) => boolean): string[] =>
    tried.flatMap((r) => {
      const said = r.mutants
        .filter(which)
        .map(
          ({ said: what, spot, fate }) =>
            `${what}${spot === undefined ? '' : ` (${placeOf(spot)})`}` +
            (fate === 'noEffect' ? `: ${words.idle}` : ''),
        );
      return said.length === 0
        ? []
        : [
            `<section class="finding"><h3>${escaped(r.name)}</h3>` +
              `<p class="quiet">${escaped(placeOf(r))}</p>${listed(said)}</section>`,
          ];
    });
  const gaps = sections((mutant) => isGap.has(mutant));
  const others = sections((mutant) => isFinding(mutant) && !isGap.has(mutant));
  const untried = results
    .filter((r) => !isTried(r))
    .map((r) => {
      const why = r.broken === undefined ? words.cut : words.broken(r.broken.split('\n')[0] ?? '');
      return `${placeOf(r)} ${r.name}: ${why}`;
    });
  const lines = coverageOf(tried).map(
    (one) => `<tr>${cells(placeOf(one), one.said, one.noticedBy.join(', ') || words.nobody)}</tr>`,
  );
  const table = (head: readonly string[], body: readonly string[]): string =>
    body.length === 0
      ? ''
      : `<table><tr>${head.map((h) => `<th>${h}</th>`).join('')}</tr>${body.join('')}</table>`;
  return findingsPage(words.title, language, [
    `<p>${escaped(words.summary(results.length, told.noticed, told.gaps.length))} · ` +
      `${words.score} ${percentOf(told)} % (${escaped(words.share(shareOf(scoreOf(tried))))})</p>`,
    headed(words.gaps, gaps.join('\n')),
    headed(words.untried, listed(untried)),
    headed(words.scenarios, table(['', words.scenario, words.score, ''], rows)),
    headed(words.lines, table([words.line, words.change, words.by], lines)),
    others.length === 0
      ? ''
      : `<details><summary>${escaped(words.survived)}</summary>${others.join('\n')}</details>`,
  ]);
}
