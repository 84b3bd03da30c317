/** An audit in the terminal. */
import type { ProvenChange, Results } from '../../audit/advise.ts';
import { findingsOf, groupOf, type Audit, type Finding } from '../../audit/audit.ts';
import { goneSince, regressionsOf, type Baseline } from '../../audit/baseline.ts';
import type { Score } from '../../audit/score.ts';
import { headlineOf, likeInWords, mendingOf, occasionOf, type Told } from '../../audit/told/groups.ts';
import type { Hook } from '../../audit/hooks.ts';
import { isWork, type Served } from '../../audit/subject.ts';
import { TRIALS } from '../../audit/trials/index.ts';
import { countInWords, effectInWords, kindInWords, trialInWords } from '../../audit/words.ts';
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
      `${services} under ${trials} ${trials === 1 ? 'trial' : 'trials'} on ${nodes} ` +
      `${nodes === 1 ? 'node' : 'nodes'} in ${seconds} s`,
    silent: ({ as, name }: Served, isCounted: boolean) =>
      `${name} ${SILENT_EN[silentAs(as)]} ` +
      'while nothing happens: ' +
      (isCounted ? 'ready replicas are counted behind it' : 'nothing can be said of it'),
    unplayed: (trial: string, why: string) => `not played: ${trial} (${why})`,
    ofCluster: (trial: string, n: number, of: number) =>
      `${n === of ? 'Every Service goes' : n === 1 ? '1 Service goes' : `${n} Services go`} ` +
      `down when ${trial}`,
    unread: (folders: string) => `Not read, since kubectl reads no folders below one either: ${folders}`,
    made: (namespaces: string) => `Made, since the manifests do not hold it: namespace ${namespaces}`,
    unserved: (names: string) => `Left out, since no cluster serves it by itself: ${names}`,
    hook: (name: string, hook: string) => `Left out, since an install does not apply it: ${name} (${hook})`,
    more: (n: number) => `and ${n} more (--json FILE has all)`,
    noticing: 'No more than it takes to notice:',
    fine: 'Survives everything else that was tried',
    score: 'Score, of 100:',
    cut: 'The time was over before all was tried: --time-limit gives more.',
    noRegression: (file: string) => `Nothing is new or worse than in ${file}.`,
    regressions: (file: string) => `New or worse than in ${file}:`,
    isNew: (group: string, now: string) => `new: ${group}: ${now}`,
    isWorse: (group: string, now: string, was: string) => `worse: ${group}: ${now}; it was: ${was}`,
    gone: (file: string) => `No more than in ${file} (--write-baseline ${file} writes it anew):`,
    written: (n: number, folder: string) =>
      `${n} ${n === 1 ? 'change is' : 'changes are'} written to ${folder}, an overlay for kustomize.`,
    cutWith: 'The time was over before all trials were played with them.',
    failedWith: (why: string) => `With them it does not come up: ${why}`,
    downWith: (left: number, before: number, hasWork: boolean) =>
      before === 0
        ? 'With them nothing goes down that did not before.'
        : `Of ${before} ${before === 1 ? 'way' : 'ways'} to go down${hasWork ? ' or to fail' : ''} ` +
          `${left === 0 ? 'none is' : left === 1 ? '1 is' : `${left} are`} left with them.`,
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
    unread: (folders: string) => `kubectlと同じく下位のフォルダーは読んでいません: ${folders}`,
    made: (namespaces: string) => `マニフェストにないため作成しました: namespace ${namespaces}`,
    unserved: (names: string) => `クラスターが標準では提供しない種類のため除きました: ${names}`,
    hook: (name: string, hook: string) => `インストールでは適用されないため除きました: ${name} (${hook})`,
    more: (n: number) => `ほかに${n}件 (すべては--json FILEで)`,
    noticing: '気づくまでの間だけ影響がある:',
    fine: '試したほかのすべてに耐える',
    score: '点数 (100点満点):',
    cut: '時間切れで試していないものがあります。--time-limitで延ばせます。',
    noRegression: (file: string) => `${file}より新しい問題も悪化もありません。`,
    regressions: (file: string) => `${file}より新しい、または悪化したもの:`,
    isNew: (group: string, now: string) => `新規: ${group}: ${now}`,
    isWorse: (group: string, now: string, was: string) => `悪化: ${group}: ${now} (以前: ${was})`,
    gone: (file: string) => `${file}にあってもう起きないもの (--write-baseline ${file}で書き直せます):`,
    written: (n: number, folder: string) =>
      `${n}件の変更をkustomizeのオーバーレイとして${folder}に書きました。`,
    cutWith: '時間切れで、変更後のすべての試行は実行できませんでした。',
    failedWith: (why: string) => `変更すると起動しません: ${why}`,
    downWith: (left: number, before: number, hasWork: boolean) =>
      before === 0
        ? '変更後に新たに停止するものはありません。'
        : `停止${hasWork ? 'や失敗' : ''}に至る${before}通りのうち、変更後に残るのは${left}通りです。`,
    fresh: (group: string) => `新しい問題: ${group}`,
  },
} as const;

/** What of the paths was not looked at, and what was made beside them. */
export function tellLeftOut(
  {
    unread,
    hooks,
    namespaces,
    unserved,
  }: {
    readonly unread: readonly string[];
    readonly hooks: readonly Hook[];
    readonly namespaces: readonly string[];
    readonly unserved: readonly string[];
  },
  language: Language,
): void {
  const words = WORDS[language];
  if (unserved.length > 0) tell(words.unserved(unserved.join(', ')));
  if (namespaces.length > 0) tell(words.made(namespaces.join(', ')));
  if (unread.length > 0) tell(words.unread(unread.join(', ')));
  for (const { name, hook } of hooks) tell(words.hook(name, hook));
}

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

/** What is new, worse or gone beside a baseline. */
export function tellComparison(
  audit: Audit,
  baseline: Baseline,
  { file, isWritten }: { readonly file: string; readonly isWritten: boolean },
  language: Language,
): void {
  const words = WORDS[language];
  const regressions = regressionsOf(audit.findings, baseline);
  tell(`\n${regressions.length === 0 ? words.noRegression(file) : words.regressions(file)}`);
  for (const finding of regressions) {
    const [group, now] = [groupInWords(finding, language), effectInWords(finding.effect, language)];
    const was = baseline.findings[groupOf(finding)];
    const line =
      was === undefined ? words.isNew(group, now) : words.isWorse(group, now, effectInWords(was, language));
    tell(`  ${line}`);
  }
  const gone = goneSince(audit, baseline);
  if (gone.length === 0 || isWritten) return;
  tell(`\n${words.gone(file)}`);
  for (const group of gone) {
    const kinds = TRIALS.map((t) => t.kind).filter((k) => group.startsWith(`${k} `));
    const kind = kinds.sort((a, b) => b.length - a.length)[0];
    tell(`  ${kind === undefined ? group : kindInWords(kind, language) + group.slice(kind.length)}`);
  }
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
  else
    tell(
      words.downWith([...now].filter((g) => before.has(g)).length, before.size, audit.services.some(isWork)),
    );
  for (const group of now) if (!before.has(group)) tell(`  ${words.fresh(group)}`);
}
