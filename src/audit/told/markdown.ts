/** An audit as Markdown, for a pull request. */
import { groupOf, type Audit, type Finding } from '../audit.ts';
import type { Score } from '../score.ts';
import { headlineOf, likeInWords, mendingOf, occasionOf, type Told } from './groups.ts';

/** What would be read as markup is not. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (c) => `\\${c}`);

/** @param regressions what is new or worse than a baseline; absent: there is none */
export function markdownOf(
  audit: Audit,
  told: Told,
  scores: readonly Score[],
  regressions?: readonly Finding[],
): string {
  const { facts, groups, ofCluster, noticing, fine } = told;
  const down = new Set(audit.findings.filter((f) => f.effect.state === 'down').map((f) => f.service.name));
  const fresh = regressions === undefined ? undefined : new Set(regressions.map(groupOf));
  const isFresh = (findings: readonly Finding[]): boolean =>
    fresh !== undefined && findings.some((f) => fresh.has(groupOf(f)));
  const lines = [
    '## What would take it down',
    '',
    `${audit.services.length} Services under ${audit.trials} trials: ` +
      `${down.size} go down in one or more of them.`,
  ];
  if (fresh !== undefined)
    lines.push('', fresh.size === 0 ? 'Nothing is new or worse.' : `**${fresh.size} new or worse.**`);
  const scored = scores.filter((s) => s.score !== undefined);
  if (scored.length > 0)
    lines.push(
      '',
      '| Workload | Score |',
      '|---|--:|',
      ...[...scored].sort((a, b) => a.score! - b.score!).map((s) => `| ${plain(s.workload)} | ${s.score} |`),
    );
  if (facts.length > 0) lines.push('', ...facts.map((f) => `- ${plain(f)}`));
  for (const { name, services } of ofCluster)
    lines.push('', `${services} of ${audit.services.length} Services go down when ${plain(name)}.`);
  for (const group of groups)
    lines.push(
      '',
      `### ${isFresh(group.findings) ? 'New: ' : ''}${plain(headlineOf(group))}`,
      '',
      plain(occasionOf(group)),
      ...(group.findings.length === 1
        ? []
        : ['', group.findings.map((f) => plain(f.service.name)).join(', ')]),
      '',
      ...[...mendingOf(group), ...likeInWords(group)].map((line) => `- ${plain(line)}`),
    );
  if (noticing.length > 0)
    lines.push(
      '',
      ...noticing.map(
        ({ kind, services }) =>
          `- no more than it takes to notice when ${plain(kind)}: ${services.map(plain).join(', ')}`,
      ),
    );
  if (fine.length > 0)
    lines.push('', `Survives everything else that was tried: ${fine.map(plain).join(', ')}.`);
  if (audit.cut) lines.push('', 'The time was over before all was tried.');
  return `${lines.join('\n')}\n`;
}
