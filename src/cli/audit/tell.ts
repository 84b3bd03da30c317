/** An audit in the terminal. */
import type { ProvenChange, Results } from '../../audit/advise.ts';
import { findingsOf, type Audit, type Finding } from '../../audit/audit.ts';
import type { Score } from '../../audit/score.ts';
import { headlineOf, likeInWords, mendingOf, occasionOf, type Told } from '../../audit/told/groups.ts';
import { isWork, type Served } from '../../audit/subject.ts';
import { countInWords, kindInWords, trialInWords } from '../../audit/words.ts';
import type { Language } from '../../messages/index.ts';
import { tell } from '../output.ts';

const SHOWN = 40;

const silentAs = (as: Served['as']): 'workload' | 'work' | 'Service' =>
  as === 'workload' ? as : isWork({ as }) ? 'work' : 'Service';
const SILENT_EN = {
  workload: 'has no ready replica',
  work: 'is not done within an hour',
  Service: 'does not answer HTTP',
} as const;
const SILENT_JA = {
  workload: 'Readyなレプリカがない',
  work: '1時間では終わらない',
  Service: 'HTTPに応答しない',
} as const;

const WORDS = {
  en: {
    summary: (services: string, trials: number, nodes: number, seconds: string) =>
      `${services} under ${trials} trials on ${nodes} ` + `${nodes === 1 ? 'node' : 'nodes'} in ${seconds} s`,
    silent: ({ as, name }: Served, isCounted: boolean) =>
      `${name} ${SILENT_EN[silentAs(as)]} ` +
      'while nothing happens: ' +
      (isCounted ? 'ready replicas are counted behind it' : 'nothing can be said of it'),
    unplayed: (trial: string, why: string) => `not played: ${trial} (${why})`,
    ofCluster: (trial: string, n: number, of: number) =>
      `${n === of ? 'Every Service goes' : n === 1 ? '1 Service goes' : `${n} Services go`} ` +
      `down when ${trial}`,
    more: (n: number) => `and ${n} more (--json FILE has all)`,
    noticing: 'No more than it takes to notice:',
    fine: 'Survives everything else that was tried',
    score: 'Score, of 100:',
    cut: 'The time was over before all was tried: --time-limit gives more.',
    noRegression: (file: string) => `Nothing is new or worse than in ${file}.`,
    regressions: (file: string) => `New or worse than in ${file}:`,
    written: (n: number, folder: string) =>
      `${n} changes are written to ${folder}, an overlay for kustomize.`,
    cutWith: 'The time was over before all trials were played with them.',
    failedWith: (why: string) => `With them it does not come up: ${why}`,
    downWith: (now: number, before: number) =>
      `With them ${now} kinds of trials take a Service down, of ${before} before.`,
    fresh: (group: string) => `new: ${group}`,
  },
  ja: {
    summary: (services: string, trials: number, nodes: number, seconds: string) =>
      `${services}に${trials}件の試行、ノード${nodes}台、${seconds}秒`,
    silent: ({ as, name }: Served, isCounted: boolean) =>
      `${name}は何も起きていなくても` +
      `${SILENT_JA[silentAs(as)]}ため、` +
      (isCounted ? '背後のReadyなレプリカを数えます' : '判断できません'),
    unplayed: (trial: string, why: string) => `実行できませんでした: ${trial} (${why})`,
    ofCluster: (trial: string, n: number, of: number) =>
      `${n === of ? 'すべての' : `${n}個の`}Serviceが停止する: ${trial}`,
    more: (n: number) => `ほかに${n}件 (すべては--json FILEで)`,
    noticing: '気づくまでの間だけ影響がある:',
    fine: '試したほかのすべてに耐える',
    score: '点数 (100点満点):',
    cut: '時間切れで試していないものがあります。--time-limitで延ばせます。',
    noRegression: (file: string) => `${file}より新しい問題も悪化もありません。`,
    regressions: (file: string) => `${file}より新しい、または悪化したもの:`,
    written: (n: number, folder: string) =>
      `${n}件の変更をkustomizeのオーバーレイとして${folder}に書きました。`,
    cutWith: '時間切れで、変更後のすべての試行は実行できませんでした。',
    failedWith: (why: string) => `変更すると起動しません: ${why}`,
    downWith: (now: number, before: number) =>
      `変更後にServiceを停止させる試行は${now}種類です (変更前は${before}種類)。`,
    fresh: (group: string) => `新しい問題: ${group}`,
  },
} as const;

interface Ran {
  readonly nodes: number;
  readonly tookMs: number;
}

export function tellFindings(
  audit: Audit,
  told: Told,
  scores: readonly Score[],
  { nodes, tookMs }: Ran,
  language: Language,
): void {
  const words = WORDS[language];
  const { facts, ofCluster, groups, noticing, fine } = told;
  tell(
    words.summary(countInWords(audit.services, language), audit.trials, nodes, (tookMs / 1000).toFixed(1)),
  );
  const counted = new Set(audit.services.flatMap((s) => (s.as === 'workload' ? s.workloads : [])));
  for (const silent of audit.silent)
    tell(
      `  ${words.silent(
        silent,
        silent.workloads.some((place) => counted.has(place)),
      )}`,
    );
  for (const { trial, why } of audit.unplayed)
    tell(`  ${words.unplayed(trialInWords(trial, language), why)}`);
  facts.forEach((fact) => tell(fact));
  const services = audit.services.filter((s) => s.as === 'Service').length;
  for (const { name, services: hit } of ofCluster) tell(`\n${words.ofCluster(name, hit, services)}`);
  for (const group of groups.slice(0, SHOWN)) {
    tell(`\n${headlineOf(group, language)}`);
    tell(`  ${occasionOf(group, language)}`);
    if (group.findings.length > 1) tell(`  ${group.findings.map((f) => f.service.name).join(', ')}`);
    for (const line of [...mendingOf(group, language), ...likeInWords(group, language)]) tell(`  ${line}`);
  }
  if (groups.length > SHOWN) tell(`\n${words.more(groups.length - SHOWN)}`);
  if (noticing.length > 0) tell(`\n${words.noticing}`);
  for (const { kind, services } of noticing) tell(`  ${kindInWords(kind, language)}: ${services.join(', ')}`);
  if (fine.length > 0) tell(`\n${words.fine}: ${fine.join(', ')}`);
  const scored = scores.flatMap(({ workload, score }) => (score === undefined ? [] : [{ workload, score }]));
  if (scored.length > 0) tell(`\n${words.score}`);
  for (const { workload, score } of scored.sort((a, b) => a.score - b.score))
    tell(`  ${String(score).padStart(3)}  ${workload}`);
  if (audit.cut) tell(`\n${words.cut}`);
}

/** A kind of trial, and whom it meets. */
const groupInWords = ({ trial, service }: Pick<Finding, 'trial' | 'service'>, language: Language): string =>
  `${kindInWords(trial.kind, language)} ${service.name}`;

export function tellRegressions(regressions: readonly Finding[], file: string, language: Language): void {
  const words = WORDS[language];
  if (regressions.length === 0) {
    tell(`\n${words.noRegression(file)}`);
    return;
  }
  tell(`\n${words.regressions(file)}`);
  for (const finding of regressions) tell(`  ${groupInWords(finding, language)}`);
}

/** What all advice together comes to, which was tried as a whole. */
export function tellFixes(
  audit: Audit,
  { changes, after }: { readonly changes: readonly ProvenChange[]; readonly after: Results },
  folder: string,
  language: Language,
): void {
  const words = WORDS[language];
  tell(`\n${words.written(changes.length, folder)}`);
  const downIn = (findings: readonly Pick<Finding, 'trial' | 'service' | 'effect'>[]): Set<string> =>
    new Set(findings.filter((f) => f.effect.state === 'down').map((f) => groupInWords(f, language)));
  const [before, now] = [downIn(audit.findings), downIn(findingsOf(audit.services, after))];
  const failed = after.filter(([, { why }]) => why !== undefined);
  if (after.length < audit.trials) tell(words.cutWith);
  else if (failed.length > 0) tell(words.failedWith(failed[0]![1].why ?? ''));
  else tell(words.downWith(now.size, before.size));
  for (const group of now) if (!before.has(group)) tell(`  ${words.fresh(group)}`);
}
