/**
 * What would take manifests down, for how long, and what would mend it. Each trial is played on a fork of one
 * cluster; for what goes down, strengthenings are tried until the trial passes and no other does worse.
 */
import { changesOf } from '../edits/apply.ts';
import { editsThat } from '../edits/catalogue/index.ts';
import type { Change } from '../edits/edit.ts';
import { manifestsOf, textsWith, type Manifests } from '../edits/manifests.ts';
import { isBudgetedBy, shortName } from '../edits/shapes.ts';
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Session } from '../dsl/types.ts';
import type { Beginnings } from '../explore/beginnings.ts';
import { worldOf } from '../explore/targets.ts';
import { sceneOfManifests, type ClusterShape } from '../explore/scene.ts';
import { effectsOf, isWorse, weightOf, type Effect } from './measure.ts';
import { clientsOf, servicesOf, workloadsOf, type Served } from './subject.ts';
import { trialsOf, type Trial } from './trials.ts';

export interface AuditOptions {
  readonly shape: ClusterShape;
  readonly seed: string;
  readonly beginnings: Beginnings;
  /** Only trials of these kinds; absent: all. */
  readonly kinds?: readonly string[];
  /** Whether there is time for more. */
  readonly more: () => boolean;
}

/** A strengthening that was tried. */
export interface ProvenChange {
  readonly edit: string;
  /** What its words name. */
  readonly args: Readonly<Record<string, string | number>>;
  readonly steps: Change['steps'];
  readonly key: string;
}

export interface Finding {
  readonly trial: Trial;
  readonly service: Served;
  readonly effect: Effect;
  /** Strengthenings after which it passes, and no other trial goes worse; absent: none was found. */
  readonly advice?: readonly ProvenChange[];
  /** Where none mends it: those that help the most, and how it goes with them. */
  readonly helps?: { readonly changes: readonly ProvenChange[]; readonly effect: Effect };
  /** How many were tried. */
  readonly tried: number;
}

/** Findings of one kind of trial and of one Service are one. */
export const groupOf = ({ trial, service }: Finding): string => `${trial.kind} ${service.name}`;

export interface Audit {
  readonly services: readonly Served[];
  /** Those that do not answer HTTP while nothing happens: nothing can be said of them. */
  readonly silent: readonly Served[];
  readonly trials: number;
  /** Trials that could not be played, and why. */
  readonly unplayed: readonly { readonly trial: Trial; readonly why: string }[];
  readonly findings: readonly Finding[];
  /** Whether the time was over before all was done. */
  readonly cut: boolean;
}

/** Time for the routes of the last Service to be known everywhere. */
const CALM: Operation = { op: 'pass', durationMs: 30_000 };
const A_MINUTE: Operation = { op: 'pass', durationMs: 60_000 };

interface Played {
  readonly effects: ReadonlyMap<string, Effect>;
  readonly why?: string;
}

class Auditor {
  private readonly options: AuditOptions;

  constructor(options: AuditOptions) {
    this.options = options;
  }

  scene(texts: readonly string[], services: readonly Served[]): Operation[] {
    return [...sceneOfManifests(texts, this.options.shape), CALM, ...clientsOf(services)];
  }

  /** @throws InputError, ClaimError where the manifests do not come up */
  begin(scene: readonly Operation[]): Session {
    return this.options.beginnings.begin(this.options.seed, scene);
  }

  play(scene: readonly Operation[], operations: readonly Operation[]): Played {
    try {
      const session = this.begin(scene);
      for (const operation of operations) play(session, operation);
      return { effects: effectsOf(session) };
    } catch (error) {
      const known = error instanceof ClaimError ? error : inputErrorOf(error);
      if (known === undefined) throw error;
      return { effects: new Map(), why: known.message.split('\n')[0] ?? '' };
    }
  }
}

/** Strengthenings of what stands behind a Service. */
function candidates({ objects }: Manifests, { workloads }: Served): Change[] {
  const near = (place: number): boolean =>
    workloads.includes(place) || workloads.some((w) => isBudgetedBy(objects[w]!, objects[place]!));
  return changesOf(objects, editsThat('strengthen')).filter((c) => near(c.object));
}

/** @throws InputError, ClaimError where the manifests do not come up */
export function audit(manifests: Manifests, options: AuditOptions): Audit {
  const auditor = new Auditor(options);
  const all = servicesOf(manifests);
  const calm = auditor.scene(manifests.sources, all);
  auditor.begin(calm);
  const quiet = auditor.play(calm, [A_MINUTE]).effects;
  const silent = all.filter((s) => quiet.get(s.url)?.state !== 'survives');
  const services = all.filter((s) => !silent.includes(s));
  const { nodes, zones } = worldOf(calm, options.beginnings.kit);
  const trials = trialsOf(nodes, zones, workloadsOf(manifests)).filter(
    ({ kind }) => options.kinds === undefined || options.kinds.includes(kind),
  );
  const scene = auditor.scene(manifests.sources, services);
  const results = new Map<Trial, Played>();
  for (const trial of trials) if (options.more()) results.set(trial, auditor.play(scene, trial.operations));
  const found = [...results].flatMap(([trial, { effects }]) =>
    services.flatMap((service): Finding[] => {
      const effect = effects.get(service.url);
      return effect === undefined || effect.state === 'survives'
        ? []
        : [{ trial, service, effect, tried: 0 }];
    }),
  );
  const adviser = new Adviser(manifests, auditor, results, services, options.more);
  /** The worst of each kind of trial, for each Service. */
  const seen = new Set<string>();
  const isTold = (finding: Finding): boolean => {
    const key = groupOf(finding);
    return !seen.has(key) && seen.add(key) !== undefined;
  };
  const findings = found
    .sort((a, b) => weightOf(b.effect) - weightOf(a.effect))
    .map((finding) => (isTold(finding) ? adviser.advise(finding) : finding));
  return {
    services,
    silent,
    trials: results.size,
    unplayed: [...results].flatMap(([trial, { why }]) => (why === undefined ? [] : [{ trial, why }])),
    findings,
    cut: results.size < trials.length || !options.more(),
  };
}

/** Strengthenings one after the other, and the manifests with all of them. */
interface Mend {
  readonly changes: readonly ProvenChange[];
  readonly texts: readonly string[];
}

/** How many sets of strengthenings are tried for a finding. */
const MOST_TRIES = 80;
/** How many that help a little are tried together with another. */
const MOST_FIRST = 4;

/** Looks for what mends findings. What has mended one is tried first for the next. */
class Adviser {
  private readonly manifests: Manifests;
  private readonly auditor: Auditor;
  private readonly before: ReadonlyMap<Trial, Played>;
  private readonly services: readonly Served[];
  private readonly more: () => boolean;
  private readonly proven: Mend[] = [];

  constructor(
    manifests: Manifests,
    auditor: Auditor,
    before: ReadonlyMap<Trial, Played>,
    services: readonly Served[],
    more: () => boolean,
  ) {
    this.manifests = manifests;
    this.auditor = auditor;
    this.before = before;
    this.services = services;
    this.more = more;
  }

  /** With the smallest set of strengthenings that mends it, of one or two. */
  advise(finding: Finding): Finding {
    const { trial, service, effect } = finding;
    const now = weightOf(effect);
    let tried = 0;
    let best: { mend: Mend; effect: Effect } | undefined;
    /** @returns whether it mends the finding, and does harm nowhere else */
    const mends = (mend: Mend): boolean => {
      tried += 1;
      const scene = this.auditor.scene(mend.texts, this.services);
      const after = this.auditor.play(scene, trial.operations).effects.get(service.url);
      if (after === undefined || weightOf(after) >= now) return false;
      if (after.state !== 'survives') {
        if (best === undefined || weightOf(after) < weightOf(best.effect)) best = { mend, effect: after };
        return false;
      }
      return !this.harms(mend, trial);
    };
    const ended = (advice?: Mend): Finding => {
      if (advice !== undefined) return { ...finding, advice: advice.changes, tried };
      if (best === undefined || this.harms(best.mend, trial)) return { ...finding, tried };
      return { ...finding, tried, helps: { changes: best.mend.changes, effect: best.effect } };
    };
    const known = this.proven.find((mend) => this.more() && mends(mend));
    if (known !== undefined) return ended(known);
    const single = this.extended({ changes: [], texts: this.manifests.sources }, service);
    const kinds = new Set(single.map((m) => m.changes[0]!.key));
    for (const mend of single) {
      if (!this.more() || tried >= MOST_TRIES) return ended();
      if (!mends(mend)) continue;
      this.proven.push(mend);
      return ended(mend);
    }
    for (const first of single) {
      const next = this.extended(first, service);
      // What a change makes possible is looked at, and what goes on from one that helps.
      const promising =
        best?.mend === first ? next : next.filter((m) => !kinds.has(m.changes[m.changes.length - 1]!.key));
      for (const mend of promising.slice(0, best?.mend === first ? MOST_TRIES : MOST_FIRST)) {
        if (!this.more() || tried >= MOST_TRIES) return ended();
        if (!mends(mend)) continue;
        this.proven.push(mend);
        return ended(mend);
      }
    }
    return ended();
  }

  /** The same with one strengthening more, of what stands behind a Service. */
  private extended({ changes, texts }: Mend, service: Served): Mend[] {
    const manifests = manifestsOf(texts, texts.map(String));
    return candidates(manifests, service).map((change) => ({
      changes: [
        ...changes,
        {
          edit: change.edit,
          args: { object: shortName(manifests.objects[change.object]!), ...change.args },
          steps: change.steps,
          key: `${change.edit} ${change.object} ${JSON.stringify(change.at)}`,
        },
      ],
      texts: textsWith(manifests, change),
    }));
  }

  /** Whether any other trial goes worse with it. */
  private harms({ texts }: Mend, but: Trial): boolean {
    const scene = this.auditor.scene(texts, this.services);
    return [...this.before].some(([trial, played]) => {
      if (trial === but || played.why !== undefined) return false;
      // What could not be tried any more is not proven.
      if (!this.more()) return true;
      const { effects } = this.auditor.play(scene, trial.operations);
      return this.services.some(({ url }) => {
        const [was, is] = [played.effects.get(url), effects.get(url)];
        return was !== undefined && (is === undefined || isWorse(is, was));
      });
    });
  }
}
