/** An audit as Markdown, for a pull request. */
import { groupOf, type Audit, type Finding } from '../audit.ts';
import type { Score } from '../score.ts';
import type { Language } from '../../messages/index.ts';
import { countInWords, kindInWords } from '../words.ts';
import { headlineOf, likeInWords, mendingOf, occasionOf, type Told } from './groups.ts';

const WORDS = {
  en: {
    title: 'What would take it down',
    summary: (services: string, trials: number, down: number) =>
      `${services} under ${trials} ${trials === 1 ? 'trial' : 'trials'}: ` +
      `${down} ${down === 1 ? 'goes' : 'go'} down in one or more of them.`,
    same: 'Nothing is new or worse.',
    fresh: (n: number) => `**${n} new or worse.**`,
    isNew: 'New: ',
    workload: 'Workload',
    score: 'Score',
    ofCluster: (n: number, of: number, trial: string) =>
      `${n} of ${of} ${of === 1 ? 'Service goes' : 'Services go'} down when ${trial}.`,
    noticing: 'No more than it takes to notice',
    fine: (services: string) => `Survives everything else that was tried: ${services}.`,
    cut: 'The time was over before all was tried.',
  },
  ja: {
    title: '何があれば停止するか',
    summary: (services: string, trials: number, down: number) =>
      `${services}に${trials}件の試行: そのうち${down}個がどれかで停止する。`,
    same: '新しい問題も悪化もない。',
    fresh: (n: number) => `**新しい、または悪化したもの: ${n}件**`,
    isNew: '新規: ',
    workload: 'ワークロード',
    score: '点数',
    ofCluster: (n: number, of: number, trial: string) => `${of}個のService中${n}個が停止する: ${trial}`,
    noticing: '気づくまでの間だけ影響がある',
    fine: (services: string) => `試したほかのすべてに耐える: ${services}`,
    cut: '時間切れで試していないものがある。',
  },
} as const;

/** What would be read as markup is not. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (c) => `\\${c}`);

/** @param regressions what is new or worse than a baseline; absent: there is none */
export function markdownOf(
  audit: Audit,
  told: Told,
  scores: readonly Score[],
  language: Language,
  regressions?: readonly Finding[],
): string {
  const words = WORDS[language];
  const { facts, groups, ofCluster, noticing, fine } = told;
  const down = new Set(audit.findings.filter((f) => f.effect.state === 'down').map((f) => f.service.name));
  const fresh = regressions === undefined ? undefined : new Set(regressions.map(groupOf));
  const isFresh = (findings: readonly Finding[]): boolean =>
    fresh !== undefined && findings.some((f) => fresh.has(groupOf(f)));
  const lines = [
    `## ${words.title}`,
    '',
    words.summary(countInWords(audit.services, language), audit.trials, down.size),
  ];
  if (fresh !== undefined) lines.push('', fresh.size === 0 ? words.same : words.fresh(fresh.size));
  const scored = scores.filter((s) => s.score !== undefined);
  if (scored.length > 0)
    lines.push(
      '',
      `| ${words.workload} | ${words.score} |`,
      '|---|--:|',
      ...[...scored].sort((a, b) => a.score! - b.score!).map((s) => `| ${plain(s.workload)} | ${s.score} |`),
    );
  if (facts.length > 0) lines.push('', ...facts.map((f) => `- ${plain(f)}`));
  for (const { name, services } of ofCluster)
    lines.push(
      '',
      words.ofCluster(services, audit.services.filter((s) => s.as === 'Service').length, plain(name)),
    );
  for (const group of groups)
    lines.push(
      '',
      `### ${isFresh(group.findings) ? words.isNew : ''}${plain(headlineOf(group, language))}`,
      '',
      plain(occasionOf(group, language)),
      ...(group.findings.length === 1
        ? []
        : ['', group.findings.map((f) => plain(f.service.name)).join(', ')]),
      '',
      ...[...mendingOf(group, language), ...likeInWords(group, language)].map((line) => `- ${plain(line)}`),
    );
  if (noticing.length > 0)
    lines.push(
      '',
      `### ${words.noticing}`,
      '',
      ...noticing.map(
        ({ kind, services }) => `- ${plain(kindInWords(kind, language))}: ${services.map(plain).join(', ')}`,
      ),
    );
  if (fine.length > 0) lines.push('', words.fine(fine.map(plain).join(', ')));
  if (audit.cut) lines.push('', words.cut);
  return `${lines.join('\n')}\n`;
}
