/**
 * What would take manifests down, for how long, and what would mend it. Each trial is played on a fork of one
 * cluster; for what goes wrong, strengthenings are tried. Its parts need nothing of each other but data, so
 * that worker processes can share them out.
 */
import type { Manifests } from '../edits/manifests.ts';
import { worldOf } from '../explore/targets.ts';
import { Adviser, type Advice, type Results } from './advise.ts';
import { weightOf, type Effect } from './measure.ts';
import { Stage, type Changed, type Played, type StageOptions } from './stage.ts';
import { servedOf, type Served } from './subject.ts';
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
  /** Nothing can be said of them: no answer over HTTP, or no ready Pod, while nothing happens. */
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
  const all = servedOf(stage.manifests);
  const quiet = stage.play(QUIET, all).effects;
  const isFit = ({ state, sent, replicas }: Effect): boolean =>
    state === 'survives' && (sent > 0 || replicas > 0);
  const silent = all.filter(({ url }) => quiet[url] === undefined || !isFit(quiet[url]));
  const services = all.filter((s) => !silent.includes(s));
  const { nodes, zones } = worldOf(stage.setting(), stage.kit);
  const { manifests, workloads, cpu } = stage;
  const trials = trialsOf({ manifests, workloads, nodes, zones, cpu }).filter(
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
): Record<string, Advice> {
  const adviser = new Adviser(stage, service, services, results, more);
  const advice: Record<string, Advice> = {};
  const seen = new Set<string>();
  for (const { trial, service: met, effect } of findingsOf(services, results)) {
    if (met.name !== service.name || seen.has(trial.kind)) continue;
    seen.add(trial.kind);
    if (more()) advice[trial.name] = adviser.advise(trial, effect);
  }
  return advice;
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
  const advice = Object.fromEntries(
    plan.services.map((s) => [s.name, adviseOn(stage, plan.services, s, results, more)]),
  );
  return auditFrom(plan, results, advice, !more());
}
