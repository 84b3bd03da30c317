/** An audit as a page: facts, scores, findings and what mends them; a report beside replays the trials. */
import type { Audit, Finding } from '../../audit/audit.ts';
import type { Score } from '../../audit/score.ts';
import {
  headlineOf,
  likeInWords,
  mendingOf,
  occasionOf,
  type Group,
  type Told,
} from '../../audit/told/groups.ts';
import { countInWords, kindInWords } from '../../audit/words.ts';
import type { Language } from '../../messages/index.ts';
import { escaped, findingsPage, headed, listed, scored } from '../findingspage.ts';

const WORDS = {
  en: {
    title: 'What would take it down',
    summary: (services: string, trials: number) =>
      `${services} under ${trials} ${trials === 1 ? 'trial' : 'trials'}`,
    replay: 'Every trial below, replayed second by second',
    facts: 'Plain to see',
    score: 'Score',
    workload: 'Workload',
    findings: 'What goes wrong',
    cluster: (n: number, name: string) =>
      `${n} ${n === 1 ? 'Service goes' : 'Services go'} down when ${name}`,
    noticing: 'No more than it takes to notice',
    fine: 'Survives everything else that was tried',
    cut: 'The time was over before all was tried.',
    replayed: 'replay',
    feature: 'as a feature',
  },
  ja: {
    title: '何があれば停止するか',
    summary: (services: string, trials: number) => `${services}に${trials}件の試行`,
    replay: '以下の試行を1秒ごとに再生する',
    facts: '見ればわかること',
    score: '点数',
    workload: 'ワークロード',
    findings: '起きること',
    cluster: (n: number, name: string) => `${n}個のServiceが停止する: ${name}`,
    noticing: '気づくまでの間だけ影響がある',
    fine: '試したほかのすべてに耐える',
    cut: '時間切れで試していないものがある。',
    replayed: '再生',
    feature: 'フィーチャー',
  },
} as const;

export interface AuditPage {
  readonly audit: Audit;
  readonly told: Told;
  readonly scores: readonly Score[];
  readonly language: Language;
  /** Where the trials are replayed, from the page. */
  readonly replay?: string;
  /** The feature of a finding, from the page. */
  readonly featureOf: (finding: Finding) => string;
  /** Where its trial is replayed, from the page. */
  readonly replayOf: (finding: Finding) => string;
}

const linked = (href: string, text: string): string => `<a href="${escaped(href)}">${escaped(text)}</a>`;

function sectionOf(
  group: Group,
  { featureOf, replayOf, language }: Pick<AuditPage, 'featureOf' | 'replayOf' | 'language'>,
): string {
  const { findings } = group;
  const words = WORDS[language];
  const [first] = findings as readonly [Finding, ...Finding[]];
  const who =
    findings.length === 1 ? '' : findings.map((f) => linked(replayOf(f), f.service.name)).join(', ');
  return (
    `<section class="finding ${first.effect.state === 'down' ? 'bad' : ''}">` +
    `<h3>${escaped(headlineOf(group, language))}</h3>` +
    `<p class="quiet">${escaped(occasionOf(group, language))} · ` +
    `${linked(replayOf(first), words.replayed)} · ${linked(featureOf(first), words.feature)}</p>` +
    (who === '' ? '' : `<p class="quiet">${who}</p>`) +
    `${listed([...mendingOf(group, language), ...likeInWords(group, language)])}</section>`
  );
}

export function auditPage({ audit, told, scores, language, replay, ...links }: AuditPage): string {
  const words = WORDS[language];
  const { facts, ofCluster, groups, noticing, fine } = told;
  const rows = scores
    .flatMap(({ workload, score }) => (score === undefined ? [] : [{ workload, score }]))
    .sort((a, b) => a.score - b.score)
    .map(({ workload, score }) => `<tr><td>${escaped(workload)}</td>${scored(score)}</tr>`);
  const head = `<tr><th>${words.workload}</th><th>${words.score}</th><th></th></tr>`;
  return findingsPage(words.title, language, [
    `<p>${escaped(words.summary(countInWords(audit.services, language), audit.trials))}</p>`,
    replay === undefined ? '' : `<p><a href="${escaped(replay)}">${words.replay}</a></p>`,
    audit.cut ? `<p>${words.cut}</p>` : '',
    headed(words.facts, listed(facts)),
    headed(words.score, rows.length === 0 ? '' : `<table>${head}${rows.join('')}</table>`),
    headed(
      words.findings,
      listed(ofCluster.map(({ name, services }) => words.cluster(services, name))) +
        groups.map((group) => sectionOf(group, { ...links, language })).join('\n'),
    ),
    headed(
      words.noticing,
      listed(noticing.map((n) => `${kindInWords(n.kind, language)}: ${n.services.join(', ')}`)),
    ),
    headed(words.fine, listed(fine)),
  ]);
}
