/**
 * What would take manifests down, for how long, and what would mend it. Each trial is played on a fork of one
 * cluster; for what goes wrong, strengthenings are tried. Its parts need nothing of each other but data, so
 * that worker processes can share them out.
 */
import type { Manifests } from '../edits/manifests.ts';
import { worldOf } from '../explore/targets.ts';
import { Adviser, likenessKeyOf, type Advice, type Precedent, type Results } from './advise.ts';
import { weightOf, type Effect } from './measure.ts';
import { Stage, type Changed, type Played, type StageOptions } from './stage.ts';
import { askedOf, countedOf, notLedTo } from './served.ts';
import type { Served, Work } from './subject.ts';
import { worksIn } from './work.ts';
import { concerns, trialsOf, type Trial } from './trials/index.ts';

export interface AuditOptions extends StageOptions {
  /** Only trials of these kinds; absent: all. */
  readonly kinds?: readonly string[];
  /** Whether there is time for more. */
  readonly more: () => boolean;
}

/** What is to be done. */
export interface Plan {
  readonly services: readonly Served[];
  /**
   * No answer over HTTP, or no ready Pod, while nothing happens. Of the workloads behind them that nothing
   * else leads to, ready replicas are counted, where there are any.
   */
  readonly silent: readonly Served[];
  readonly trials: readonly Trial[];
}

export interface Finding extends Advice {
  readonly trial: Trial;
  readonly service: Served;
  readonly effect: Effect;
  /** How long it was watched behind the trial. */
  readonly watchedMs: number;
}

/** Findings of one kind of trial and of one Service are one. */
export const groupOf = ({ trial, service }: Pick<Finding, 'trial' | 'service'>): string =>
  `${trial.kind} ${service.name}`;

export interface Audit extends Omit<Plan, 'trials'> {
  readonly trials: number;
  /** What each of them came to. */
  readonly results: Results;
  /** Trials that could not be played, and why. */
  readonly unplayed: readonly { readonly trial: Trial; readonly why: string }[];
  readonly findings: readonly Finding[];
  /** Whether the time was over before all was done. */
  readonly cut: boolean;
}

/** Nothing happens. */
const QUIET = { operations: [] };

/** @throws InputError, ClaimError where the manifests do not come up */
export function planOf(stage: Stage, kinds?: readonly string[]): Plan {
  stage.begin();
  const [asked, counted] = [askedOf(stage.manifests), countedOf(stage.manifests)];
  const quiet = stage.play(QUIET, [...asked, ...counted]).effects;
  const isFit = ({ url }: Served): boolean => {
    const effect = quiet[url];
    return effect?.state === 'survives' && (effect.sent > 0 || effect.replicas > 0);
  };
  const answering = asked.filter(isFit);
  const others = notLedTo(counted, answering);
  const services = [...answering, ...others.filter(isFit)];
  const silent = [...asked.filter((s) => !isFit(s)), ...notLedTo(others, asked).filter((s) => !isFit(s))];
  const works: Work[] = [];
  for (const served of worksIn(stage.manifests)) {
    const work = stage.work(served);
    if (work === undefined) silent.push(served);
    else {
      services.push(served);
      works.push(work);
    }
  }
  const { nodes, zones } = worldOf(stage.setting(), stage.kit);
  const { manifests, workloads, cpu } = stage;
  const trials = trialsOf({ manifests, workloads, works, nodes, zones, cpu }).filter(
    (trial) =>
      (kinds === undefined || kinds.includes(trial.kind)) && services.some((s) => concerns(trial, s)),
  );
  return { services, silent, trials };
}

/** Those that a trial can meet, who are asked while it is played. */
export const metBy = (trial: Trial, services: readonly Served[]): Served[] =>
  services.filter((s) => concerns(trial, s));

/** Plays one trial: who cannot be met by it is not asked. */
export const tryOne = (stage: Stage, services: readonly Served[], trial: Trial, changed?: Changed): Played =>
  stage.play(trial, metBy(trial, services), changed);

/** What went wrong, the worst first. */
export const findingsOf = (services: readonly Served[], results: Results): Omit<Finding, keyof Advice>[] =>
  results
    .flatMap(([trial, { effects, watchedMs }]) =>
      services.flatMap((service) => {
        const effect = effects[service.url];
        return effect === undefined || effect.state === 'survives'
          ? []
          : [{ trial, service, effect, watchedMs }];
      }),
    )
    .sort((a, b) => weightOf(b.effect) - weightOf(a.effect));

/** What mends the worst finding of each kind of trial, for one Service; by the names of their trials. */
export function adviseOn(
  stage: Stage,
  services: readonly Served[],
  service: Served,
  results: Results,
  more: () => boolean,
  precedent?: Precedent,
): Record<string, Advice> {
  const adviser = new Adviser(stage, service, services, results, more, precedent);
  const advice: Record<string, Advice> = {};
  for (const { trial, effect } of worstOfEach(service, services, results))
    if (more()) advice[trial.name] = adviser.advise(trial, effect);
  return advice;
}

/** The worst finding of each kind of trial, for one Service. */
function worstOfEach(
  service: Served,
  services: readonly Served[],
  results: Results,
): Omit<Finding, keyof Advice>[] {
  const seen = new Set<string>();
  return findingsOf(services, results).filter(
    (f) => f.service.name === service.name && !seen.has(f.trial.kind) && seen.add(f.trial.kind),
  );
}

/** What was found for one Service, as those that are alike are told. */
export const precedentOf = (
  service: Served,
  services: readonly Served[],
  results: Results,
  advice: Readonly<Record<string, Advice>>,
): Precedent => ({
  service,
  found: worstOfEach(service, services, results).flatMap(({ trial, effect }) => {
    const one = advice[trial.name];
    return one === undefined ? [] : [{ trial, effect, advice: one }];
  }),
});

/** A Service that something goes wrong with, and the one before it that it is alike to. */
export interface Hit {
  readonly service: Served;
  readonly alikeTo?: Served;
}

/** In the order in which advice is looked for: first who is alike to nobody, of these who is hit most. */
export function hitBy(
  { objects }: Pick<Manifests, 'objects'>,
  services: readonly Served[],
  results: Results,
): Hit[] {
  const kindsAt = new Map(services.map((s) => [s, worstOfEach(s, services, results).length]));
  const hit = services.filter((s) => kindsAt.get(s)! > 0).sort((a, b) => kindsAt.get(b)! - kindsAt.get(a)!);
  const first = new Map<string, Served>();
  const all = hit.map((service): Hit => {
    const key = likenessKeyOf(objects, service);
    const alikeTo = first.get(key);
    if (alikeTo === undefined) first.set(key, service);
    return alikeTo === undefined ? { service } : { service, alikeTo };
  });
  return [...all.filter((h) => h.alikeTo === undefined), ...all.filter((h) => h.alikeTo !== undefined)];
}

/** @param advice by the Services' names, then by those of trials. @param cut whether the time was over */
export const auditFrom = (
  plan: Plan,
  results: Results,
  advice: Readonly<Record<string, Readonly<Record<string, Advice>>>>,
  cut: boolean,
): Audit => ({
  services: plan.services,
  silent: plan.silent,
  trials: results.length,
  results,
  unplayed: results.flatMap(([trial, { why }]) => (why === undefined ? [] : [{ trial, why }])),
  findings: findingsOf(plan.services, results).map((f) => ({
    ...f,
    ...(advice[f.service.name]?.[f.trial.name] ?? { tried: 0 }),
  })),
  cut: cut || results.length < plan.trials.length,
});

/**
 * All of it, by the caller alone.
 * @throws InputError, ClaimError where the manifests do not come up
 */
export function audit(manifests: Manifests, options: AuditOptions): Audit {
  const { kinds, more } = options;
  const stage = new Stage(manifests, options);
  const plan = planOf(stage, kinds);
  const results = plan.trials.flatMap((trial) =>
    more() ? [[trial, tryOne(stage, plan.services, trial)] as const] : [],
  );
  const advice: Record<string, Record<string, Advice>> = {};
  for (const { service, alikeTo } of hitBy(manifests, plan.services, results)) {
    const precedent =
      alikeTo === undefined ? undefined : precedentOf(alikeTo, plan.services, results, advice[alikeTo.name]!);
    advice[service.name] = adviseOn(stage, plan.services, service, results, more, precedent);
  }
  return auditFrom(plan, results, advice, !more());
}
