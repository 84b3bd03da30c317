/** An audit in the terminal. */
import type { ProvenChange, Results } from '../../audit/advise.ts';
import { findingsOf, groupOf, type Audit, type Finding } from '../../audit/audit.ts';
import type { Score } from '../../audit/score.ts';
import { headlineOf, likeInWords, mendingOf, occasionOf, type Told } from '../../audit/told/groups.ts';
import { tell } from '../output.ts';

const SHOWN = 40;

export function tellFindings(audit: Audit, told: Told, scores: readonly Score[]): void {
  const { facts, ofCluster, groups, noticing, fine } = told;
  facts.forEach((fact) => tell(fact));
  for (const { name, services } of ofCluster)
    tell(
      `\n${services === audit.services.length ? 'Every Service goes' : `${services} Services go`} ` +
        `down when ${name}`,
    );
  for (const group of groups.slice(0, SHOWN)) {
    tell(`\n${headlineOf(group)}`);
    tell(`  ${occasionOf(group)}`);
    if (group.findings.length > 1) tell(`  ${group.findings.map((f) => f.service.name).join(', ')}`);
    for (const line of [...mendingOf(group), ...likeInWords(group)]) tell(`  ${line}`);
  }
  if (groups.length > SHOWN) tell(`\nand ${groups.length - SHOWN} more (--json FILE has all)`);
  if (noticing.length > 0) tell('\nNo more than it takes to notice:');
  for (const { kind, services } of noticing) tell(`  ${kind}: ${services.join(', ')}`);
  if (fine.length > 0) tell(`\nSurvives everything else that was tried: ${fine.join(', ')}`);
  const scored = scores.flatMap(({ workload, score }) => (score === undefined ? [] : [{ workload, score }]));
  if (scored.length > 0) tell('\nScore, of 100:');
  for (const { workload, score } of scored.sort((a, b) => a.score - b.score))
    tell(`  ${String(score).padStart(3)}  ${workload}`);
  if (audit.cut) tell('\nThe time was over before all was tried: --time-limit gives more.');
}

export function tellRegressions(regressions: readonly Finding[], file: string): void {
  if (regressions.length === 0) {
    tell(`\nNothing is new or worse than in ${file}.`);
    return;
  }
  tell(`\nNew or worse than in ${file}:`);
  for (const finding of regressions) tell(`  ${groupOf(finding)}`);
}

/** What all advice together comes to, which was tried as a whole. */
export function tellFixes(
  audit: Audit,
  { changes, after }: { readonly changes: readonly ProvenChange[]; readonly after: Results },
  folder: string,
): void {
  tell(`\n${changes.length} changes are written to ${folder}, an overlay for kustomize.`);
  const downIn = (findings: readonly Pick<Finding, 'trial' | 'service' | 'effect'>[]): Set<string> =>
    new Set(findings.filter((f) => f.effect.state === 'down').map(groupOf));
  const [before, now] = [downIn(audit.findings), downIn(findingsOf(audit.services, after))];
  const failed = after.filter(([, { why }]) => why !== undefined);
  if (after.length < audit.trials) tell('The time was over before all trials were played with them.');
  else if (failed.length > 0) tell(`With them it does not come up: ${failed[0]![1].why}`);
  else tell(`With them ${now.size} kinds of trials take a Service down, of ${before.size} before.`);
  for (const group of now) if (!before.has(group)) tell(`  new: ${group}`);
}
