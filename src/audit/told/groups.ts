/** Findings that are told together: a trial does the same to several Services, and the same mends it. */
import { editInWords } from '../../edits/catalogue/index.ts';
import {
  containersOf,
  get,
  isBudgetedBy,
  isServing,
  list,
  namespaceOf,
  replicasOf,
  templateOf,
} from '../../edits/shapes.ts';
import type { Manifests } from '../../edits/manifests.ts';
import type { Language } from '../../messages/index.ts';
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { ProvenChange } from '../advise.ts';
import { groupOf, type Audit, type Finding } from '../audit.ts';
import { weightOf } from '../measure.ts';
import { likeOf, type Known } from '../../failures/likeness.ts';
import type { Trial } from '../trials/index.ts';
import {
  adviceInWords,
  countInWords,
  effectInWords,
  fewerInWords,
  kindInWords,
  minutesOf,
  trialInWords,
} from '../words.ts';

export interface Group {
  /** One of each Service, the worst first. */
  readonly findings: readonly Finding[];
  /** How many more trials of the kind come to the like. */
  readonly others: number;
  /** Published failures that it resembles. */
  readonly like: readonly Known[];
}

export interface Told {
  /** What is plain to see, before what had to be tried. */
  readonly facts: readonly string[];
  /** Trials that take what every workload stands on, and how many Services they take down. */
  readonly ofCluster: readonly { readonly name: string; readonly services: number }[];
  /** The worst first. */
  readonly groups: readonly Group[];
  /** Kinds of trials that cost no more than it takes to notice, and whom. */
  readonly noticing: readonly { readonly kind: string; readonly services: readonly string[] }[];
  /** Services that survive everything else. */
  readonly fine: readonly string[];
}

const changesOf = ({ advice, helps }: Finding): readonly ProvenChange[] => advice ?? helps?.changes ?? [];

/** Published failures in which the same happened, and what mends it was missing. */
export const likenessOf = (
  { objects }: Pick<Manifests, 'objects'>,
  finding: Finding,
  library: readonly Known[],
): Known[] => {
  const beside = finding.service.workloads.flatMap((place) => kindsBeside(objects[place]!, objects));
  const missing = changesOf(finding).map((c) => c.edit);
  return likeOf({ kind: finding.trial.kind, missing, beside }, library);
};

/** Kinds of what is about the Pods of a workload: budgets over them, claims of their volumes. */
function kindsBeside(workload: ManifestObject, objects: readonly ManifestObject[]): string[] {
  const budgets = objects.filter((o) => isBudgetedBy(workload, o)).map((o) => o.kind);
  const volumes = list(workload, [...(templateOf(workload) ?? []), 'spec', 'volumes']);
  const hasClaims =
    list(workload, ['spec', 'volumeClaimTemplates']).length > 0 ||
    volumes.some((v) => get(v, ['persistentVolumeClaim']) !== undefined);
  const hasBudgetOfNobody = objects.some(
    (o) =>
      o.kind === 'PodDisruptionBudget' &&
      namespaceOf(o) === namespaceOf(workload) &&
      !objects.some((other) => isBudgetedBy(other, o)),
  );
  return [
    ...budgets,
    ...(hasBudgetOfNobody ? ['PodDisruptionBudget of nobody'] : []),
    ...(hasClaims ? ['PersistentVolumeClaim'] : []),
  ];
}

/** By which findings are told together. */
const alikeBy = ({ trial, effect }: Finding): string =>
  `${effect.state} ${trial.kind} ${effect.done === undefined ? '' : `of work ${effect.done.end}`}`;

/** By which what mends them is told together. */
const mendOf = (finding: Finding): string =>
  JSON.stringify([finding.advice !== undefined, changesOf(finding).map((c) => c.edit)]);

interface Fact {
  readonly en: string;
  readonly ja: string;
  /** Of each workload behind a Service. */
  holds(place: number, objects: readonly ManifestObject[]): boolean;
}

const FACTS: readonly Fact[] = [
  {
    en: 'one replica',
    ja: 'レプリカが1個しかない',
    holds: (place, objects) => isServing(objects[place]!) && replicasOf(objects[place]!) < 2,
  },
  {
    en: 'several replicas and no PodDisruptionBudget',
    ja: '複数のレプリカがあるのにPodDisruptionBudgetがない',
    holds(place, objects) {
      const object = objects[place]!;
      return isServing(object) && replicasOf(object) > 1 && !objects.some((o) => isBudgetedBy(object, o));
    },
  },
  {
    en: 'no readiness probe',
    ja: 'Readiness Probeがない',
    holds: (place, objects) =>
      containersOf(objects[place]!).every((c) => get(c.container, ['readinessProbe']) === undefined),
  },
];

const factsOf = (
  { objects }: Pick<Manifests, 'objects'>,
  { services }: Pick<Audit, 'services'>,
  language: Language,
): string[] =>
  FACTS.flatMap((fact) => {
    const asked = services.filter((s) => s.as === 'Service');
    const found = asked.filter((s) => s.workloads.every((place) => fact.holds(place, objects)));
    if (found.length === 0) return [];
    const names = found.map((s) => s.name).join(', ');
    const [n, of] = [found.length, asked.length];
    return [
      language === 'ja'
        ? `${of}個のService中${n}個は${fact.ja}: ${names}`
        : `${n} of ${of} ${of === 1 ? 'Service' : 'Services'} ${n === 1 ? 'has' : 'have'} ` +
          `${fact.en}: ${names}`,
    ];
  });

/** @param library published failures, for comparison */
export function toldOf(
  manifests: Pick<Manifests, 'objects'>,
  audit: Audit,
  language: Language = 'en',
  library: readonly Known[] = [],
): Told {
  const { findings, services } = audit;
  const worst = new Map<string, { finding: Finding; others: number }>();
  const isOfCluster = ({ trial, advice }: Finding): boolean =>
    trial.ofCluster === true && advice === undefined;
  for (const finding of findings.filter((f) => !isOfCluster(f))) {
    const first = worst.get(groupOf(finding));
    if (first === undefined) worst.set(groupOf(finding), { finding, others: 0 });
    else first.others += 1;
  }
  const groups = new Map<string, { findings: Finding[]; others: number }>();
  const noticing = new Map<string, string[]>();
  for (const { finding, others } of worst.values()) {
    if (finding.noticing === true) {
      const { kind } = finding.trial;
      noticing.set(kind, [...(noticing.get(kind) ?? []), finding.service.name]);
      continue;
    }
    const group = groups.get(alikeBy(finding)) ?? { findings: [], others: 0 };
    groups.set(alikeBy(finding), group);
    group.findings.push(finding);
    group.others += others;
  }
  const ofCluster = new Map<string, { readonly trial: Trial; services: number }>();
  for (const { trial } of findings.filter((f) => isOfCluster(f) && f.service.as === 'Service')) {
    const one = ofCluster.get(trial.name) ?? { trial, services: 0 };
    one.services += 1;
    ofCluster.set(trial.name, one);
  }
  const hurt = new Set([...worst.values()].map((w) => w.finding.service.name));
  return {
    facts: factsOf(manifests, audit, language),
    ofCluster: [...ofCluster.values()].map(({ trial, services: hit }) => ({
      name: trialInWords(trial, language),
      services: hit,
    })),
    groups: [...groups.values()]
      .sort((a, b) => weightOf(b.findings[0]!.effect) - weightOf(a.findings[0]!.effect))
      .map((group) => ({ ...group, like: likeTo(manifests, group.findings, library) })),
    noticing: [...noticing].map(([kind, of]) => ({ kind, services: of })),
    fine: services.filter((s) => !hurt.has(s.name)).map((s) => s.name),
  };
}

const BACK = {
  en: { lost: 'not all of them back', short: 'replicas do not come back', and: 'and ' },
  ja: { lost: '戻らないものがある', short: 'レプリカが戻らない', and: '' },
} as const;

/** `default/web: down for 3s (…)`; of several, how long at the least and at the most, and who. */
export function headlineOf({ findings }: Group, language: Language = 'en'): string {
  const [first] = findings as readonly [Finding, ...Finding[]];
  if (findings.length === 1) return `${first.service.name}: ${effectInWords(first.effect, language)}`;
  if (first.effect.done !== undefined) return workHeadline(findings, language);
  const lengths = findings.map((f) => f.effect.outageMs);
  const [least, most] = [minutesOf(Math.min(...lengths)), minutesOf(Math.max(...lengths))];
  const isDown = first.effect.state === 'down';
  const isLost = findings.some((f) => isDown && !f.effect.recovers);
  const isShort = findings.some((f) => f.effect.missing > 0);
  const who = countInWords(
    findings.map((f) => f.service),
    language,
  );
  const isJa = language === 'ja';
  const length = least === most ? most : isJa ? `${least}〜${most}` : `${least} to ${most}`;
  const what = isDown ? (isJa ? `${length}停止` : `down for ${length}`) : costsOf(findings, language);
  const { lost, short, and } = BACK[language];
  const back = isLost ? lost : isShort ? `${what === '' ? '' : and}${short}` : '';
  const all = [what, back].filter((part) => part !== '').join(isJa ? '、' : ', ');
  return `${who}: ${isDown ? '' : isJa ? '低下: ' : 'degrade: '}${all}`;
}

/** What several lose that stay up: requests, and of those that nobody asks ready replicas. */
function costsOf(findings: readonly Finding[], language: Language): string {
  const effects = findings.map((f) => f.effect);
  const failed = Math.max(...effects.map((e) => e.failed));
  const counted = effects.filter((e) => e.sent === 0 && Math.round(e.disturbedMs / 1000) > 0);
  const longest = minutesOf(Math.max(0, ...counted.map((e) => e.disturbedMs)));
  const n = failed.toLocaleString('en');
  const costs =
    language === 'ja'
      ? [
          ...(failed > 0 ? [`最大${n}件のリクエストが失敗`] : []),
          ...(counted.length > 0 ? [`最大${longest}の間Readyなレプリカが足りない`] : []),
        ]
      : [
          ...(failed > 0 ? [`at most ${n} ${failed === 1 ? 'request' : 'requests'} failed`] : []),
          ...(counted.length > 0
            ? [`${fewerInWords(counted.map((e) => e.replicas))} ready for ${longest} at most`]
            : []),
        ];
  return costs.join(language === 'ja' ? '、' : ', ');
}

/** `1 Job and 2 CronJobs, at worst: fails for good (BackoffLimitExceeded)` */
function workHeadline(findings: readonly Finding[], language: Language): string {
  const worst = effectInWords(findings[0]!.effect, language);
  const who = countInWords(
    findings.map((f) => f.service),
    language,
  );
  return language === 'ja' ? `${who}、最悪の場合: ${worst}` : `${who}, at worst: ${worst}`;
}

/** When it happens: of one the very trial, of several what is common to them. */
export function occasionOf({ findings, others }: Group, language: Language = 'en'): string {
  const [first] = findings as readonly [Finding, ...Finding[]];
  const what =
    findings.length === 1 ? trialInWords(first.trial, language) : kindInWords(first.trial.kind, language);
  const isOne = findings.length === 1 && others > 0;
  if (language === 'ja') return `${what}${isOne ? ` (同様の試行がほかに${others}件)` : ''}`;
  return `when ${what}${isOne ? ` (and ${others} like it)` : ''}`;
}

/** Those that one of several findings resembles, each once. */
const likeTo = (
  manifests: Pick<Manifests, 'objects'>,
  findings: readonly Finding[],
  library: readonly Known[],
): Known[] => [...new Set(findings.flatMap((finding) => likenessOf(manifests, finding, library)))];

/** `as in: A rollout without room (seatrial failures rollout-without-room)`, a line each. */
export const likeInWords = ({ like }: Pick<Group, 'like'>, language: Language = 'en'): string[] =>
  like.map(
    ({ name, title }) =>
      `${language === 'ja' ? '似た事例' : 'as in'}: ${title[language]} (seatrial failures ${name})`,
  );

/** What mends it, a line each; of several a line for those that the same mends, in words that fit each. */
export function mendingOf({ findings }: Group, language: Language = 'en'): string[] {
  if (findings.length === 1) return adviceInWords(findings[0]!, language);
  const byMend = new Map<string, Finding[]>();
  for (const finding of findings)
    byMend.set(mendOf(finding), [...(byMend.get(mendOf(finding)) ?? []), finding]);
  const each = language === 'ja' ? 'それぞれ' : 'each';
  const container = language === 'ja' ? 'そのコンテナ' : 'its container';
  const change = ({ edit, args }: ProvenChange): string =>
    editInWords(
      edit,
      { ...args, object: each, ...(args['container'] === undefined ? {} : { container }) },
      language,
    );
  return [...byMend.values()].flatMap((same) => {
    const [first] = same as [Finding];
    const alike = same.length === 1 ? adviceInWords(first, language) : adviceInWords(first, language, change);
    const who = same.map((f) => f.service.name).join(', ');
    return byMend.size === 1 ? alike : alike.map((line, i) => (i === 0 ? `${line} (${who})` : line));
  });
}
