/**
 * What would mend a finding: strengthenings are tried, the fewest first, until every trial of its kind passes
 * and nothing else goes worse.
 */
import { changed, changesOf } from '../edits/apply.ts';
import { editsThat } from '../edits/catalogue/index.ts';
import type { Change } from '../edits/edit.ts';
import { get, isBudgetedBy, isScaledBy, shortName } from '../edits/shapes.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { addsPods, emptiesNodes, hasBearing, isOfEnds, takesPods } from './bearing.ts';
import {
  CHANCE_REQUESTS,
  hasMore,
  isHalved,
  isLess,
  isTooMuch,
  isWorse,
  worstOf,
  type Effect,
  type SoFar,
} from './measure.ts';
import type { Changed, Played, Stage } from './stage.ts';
import type { Served } from './subject.ts';
import { concerns, type Trial } from './trials/index.ts';

/** A strengthening that was tried. */
export interface ProvenChange {
  readonly edit: string;
  /** What its words name. */
  readonly args: Readonly<Record<string, string | number>>;
  readonly steps: Change['steps'];
  readonly key: string;
}

/** What is known of how to mend a finding. */
export interface Advice {
  /** The fewest strengthenings after which it passes, and no other trial goes worse; absent: none found. */
  readonly advice?: readonly ProvenChange[];
  /** Where none mends it: those that make it clearly less bad, and how it goes with them. */
  readonly helps?: { readonly changes: readonly ProvenChange[]; readonly effect: Effect };
  /** It costs no more than it takes to notice: nothing is looked for. */
  readonly noticing?: true;
  /** How many sets of strengthenings were tried. */
  readonly tried: number;
  /** The Service that they were tried on, where that is another, to which it is alike. */
  readonly triedOn?: string;
}

/** What was found for a Service that another is alike to: the same changes fit what is behind both. */
export interface Precedent {
  readonly service: Served;
  /** The worst of each kind of trial. */
  readonly found: readonly Found[];
}

interface Found {
  readonly trial: Trial;
  readonly effect: Effect;
  readonly advice: Advice;
}

/** The trials that were played, and what they came to. */
export type Results = readonly (readonly [Trial, Played])[];

/** Strengthenings one after the other, and the manifests with all of them. */
interface Mend extends Changed {
  readonly changes: readonly ProvenChange[];
}

/** Whether no client would have noticed that tries again, and nothing is missing afterwards. */
const isBridged = ({ state, missing }: Effect): boolean => state !== 'down' && missing === 0;
/** So long it takes at the least until what nobody planned is noticed, and told to whoever sends requests. */
const NOTICED_MS = 10_000;
/** What is done again is later by as long as it takes, a back-off and another start. */
const DONE_AGAIN_MS = 60_000;
/** Whether it costs no more than what it takes to notice. No manifest changes that; chance does. */
const isNoticing = (effect: Effect): boolean =>
  effect.held === undefined &&
  isBridged(effect) &&
  effect.disturbedMs <= (effect.done === undefined ? NOTICED_MS : effect.done.tookMs + DONE_AGAIN_MS);

/**
 * Who plans something does not want to pay for it. But work that is interrupted is done again, and where
 * ready replicas are counted there are fewer of them while one is replaced.
 */
const isToBeKeptFrom = ({ likelihood, kind }: Trial, { done, sent }: Effect): boolean =>
  likelihood === 'planned' && done === undefined && !(sent === 0 && takesPods(kind));

/** Only a request now and then. */
const isOfFewRequests = (effect: Effect): boolean =>
  isBridged(effect) && effect.failed > 0 && effect.failed <= CHANCE_REQUESTS;

/** So few requests may be met or not. */
const CHANCE_FAILED = 50;
const OTHER_SEEDS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Of other seeds, in how many a change must help before it is told. */
const PROOFS = 2;
/** So many other seeds are asked for them, where more is at stake than a few requests. */
const MOST_SEEDS = 3;

/** Of so many requests so few fail that it is no chance, but for where Pods stand when nodes are emptied. */
const isPlain = ({ kind }: Trial, is: Effect, was: Effect): boolean =>
  was.failed >= 10 * CHANCE_FAILED && is.failed * 10 <= was.failed && !emptiesNodes(kind);

/** How many sets of strengthenings are tried for a finding. */
const MOST_TRIES = 60;
/** How many belong together at the most. */
const MOST_CHANGES = 3;
/** How many that do not help by themselves are tried together with another. */
const MOST_SECOND = 4;

/** Strengthenings of what stands behind a Service, of who decides on it, and of what a trial is about. */
function candidates(
  objects: readonly ManifestObject[],
  { workloads }: Served,
  about: readonly number[],
): Change[] {
  const near = (place: number): boolean =>
    workloads.includes(place) ||
    about.includes(place) ||
    workloads.some(
      (w) => isBudgetedBy(objects[w]!, objects[place]!) || isScaledBy(objects[w]!, objects[place]!),
    );
  return changesOf(objects, editsThat('strengthen')).filter((c) => near(c.object));
}

/** By which Services are alike: what could be changed of what is behind them. */
export const likenessKeyOf = (objects: readonly ManifestObject[], service: Served): string => {
  const { as, workloads } = service;
  return JSON.stringify([
    as,
    workloads.map((w) => [objects[w]!.kind, get(objects[w], ['spec', 'replicas'])]),
    candidates(objects, service, []).map(({ edit, object, at }) => [edit, workloads.indexOf(object), at]),
  ]);
};

const lastOf = ({ changes }: Mend): ProvenChange => changes[changes.length - 1]!;

interface Seeded extends Trial {
  readonly seed?: string;
}

/** The same by other chances, from where a change is applied. */
const withSeed = (trial: Trial, seed: string): Seeded => ({
  ...trial,
  seed,
  name: `${trial.name} (seed ${seed})`,
  operations: [{ op: 'seed', seed }, ...trial.operations],
});

/** Manifests with changes made one after the other. */
const mendOf = (objects: readonly ManifestObject[], changes: readonly ProvenChange[]): Mend => ({
  changes,
  key: changes.map((c) => c.key).join(' + '),
  objects: changes.reduce<readonly ManifestObject[]>(
    (all, change) => changed(all, change).filter((o) => o !== undefined),
    objects,
  ),
});

/** The same with one strengthening more. */
const extended = ({ changes, objects }: Omit<Mend, 'key'>, service: Served, { about = [] }: Trial): Mend[] =>
  candidates(objects, service, about).map((change) => {
    const { edit, object, at, args, steps } = change;
    const proven = {
      edit,
      args: { object: shortName(objects[object]!), ...args },
      steps,
      key: `${edit} ${object} ${JSON.stringify([at, args])}`,
    };
    const all = [...changes, proven];
    return {
      changes: all,
      key: all.map((c) => c.key).join(' + '),
      objects: changed(objects, change).filter((o) => o !== undefined),
    };
  });

/**
 * Looks for what mends findings of one Service. What has mended one is tried first for the next. Trials of
 * workloads that are not behind it are not played again: what is changed of one workload reaches another only
 * over the nodes, which the trials of the cluster are about.
 */
export class Adviser {
  private readonly stage: Stage;
  private readonly service: Served;
  private readonly more: () => boolean;
  /** Those with a workload of the Service's behind them, itself first. */
  private readonly sharing: readonly Served[];
  /** Of each kind of trial that can meet the Service, its trials, and the worst that they do to each. */
  private readonly kinds = new Map<string, { trials: Trial[]; worst: Map<string, Effect> }>();
  private readonly proven: Mend[] = [];
  /** By the trial and what is changed. */
  private readonly played = new Map<string, Played>();
  private readonly contents = new WeakMap<readonly ManifestObject[], string>();
  /** Keys of those that are known to make something worse. */
  private readonly harmful = new Set<string>();
  /** Kinds of trials, in the order in which it is asked whether they go worse with a change. */
  private suspects: readonly string[];
  private readonly precedent: Precedent | undefined;

  /**
   * @param services all of them. @param more whether there is time for more
   * @param precedent of one that it is alike to
   */
  constructor(
    stage: Stage,
    service: Served,
    services: readonly Served[],
    results: Results,
    more: () => boolean,
    precedent?: Precedent,
  ) {
    this.stage = stage;
    this.service = service;
    this.more = more;
    this.precedent = precedent;
    const shares = (s: Served): boolean => s.workloads.some((w) => service.workloads.includes(w));
    this.sharing = [service, ...services.filter((s) => s.name !== service.name && shares(s))];
    for (const [trial, { why, effects }] of results) {
      if (why !== undefined || trial.ofCluster === true || !concerns(trial, service)) continue;
      const kind = this.kinds.get(trial.kind) ?? { trials: [], worst: new Map<string, Effect>() };
      this.kinds.set(trial.kind, kind);
      kind.trials.push(trial);
      for (const { url } of this.sharing) {
        const worst = worstOf([kind.worst.get(url), effects[url]].filter((e) => e !== undefined));
        if (worst !== undefined) kind.worst.set(url, worst);
      }
    }
    // Those of the cluster take the longest.
    const isOfAll = (kind: string): boolean =>
      this.kinds.get(kind)!.trials.some((t) => t.workload === undefined);
    const kinds = [...this.kinds.keys()];
    this.suspects = [...kinds.filter((kind) => !isOfAll(kind)), ...kinds.filter(isOfAll)];
  }

  /**
   * With the smallest set of strengthenings that mends it: one; what one makes possible on top of it, or one
   * of a few others; and on top of what helps most, until nothing helps any more. What mended the same of a
   * Service that is alike comes before them all.
   */
  advise(trial: Trial, effect: Effect): Advice {
    if (!isToBeKeptFrom(trial, effect) && isNoticing(effect)) return { noticing: true, tried: 0 };
    if (!this.kinds.has(trial.kind)) return { tried: 0 };
    const isPlanned = isToBeKeptFrom(trial, effect);
    /** What others are built upon is proven when none of them is better; if it was not then, at once. */
    let isProvenAtOnce = false;
    const search = new Search(effect, (mend, than, noWorseThan) => {
      if (!this.more()) return undefined;
      const once = this.worstWith(mend, trial, than, noWorseThan);
      if (once === undefined) return undefined;
      const isLast =
        isProvenAtOnce ||
        noWorseThan !== undefined ||
        once.state === 'survives' ||
        (!isPlanned && isBridged(once));
      const after = isLast ? this.worstUnderOtherSeeds(mend, trial, effect, once, than) : once;
      if (after === undefined) return undefined;
      if (than !== effect && after.state !== 'survives' && !isLess(after, than)) return undefined;
      return this.harms(mend) ? undefined : { mend, effect: after, isProven: isLast };
    });
    const known = this.precedentOf(trial, effect, search);
    if (known !== undefined) return known;
    this.look(trial, effect, search);
    const isRefuted = search.leave((one) => {
      if (one.isProven) return one;
      const after = this.worstUnderOtherSeeds(one.mend, trial, effect, one.effect, effect);
      return after && { ...one, effect: after };
    });
    if (isRefuted) {
      isProvenAtOnce = true;
      this.look(trial, effect, search);
    }
    const found = search.best;
    if (found === undefined) return { tried: search.tried };
    return this.proved(this.pruned(found.mend, search), found.effect, search.tried);
  }

  private proved(mend: Mend, effect: Effect, tried: number): Advice {
    if (!this.proven.some((m) => m.key === mend.key)) this.proven.push(mend);
    return effect.state === 'survives'
      ? { advice: mend.changes, tried }
      : { helps: { changes: mend.changes, effect }, tried };
  }

  private look(trial: Trial, effect: Effect, search: Search): void {
    const isPlanned = isToBeKeptFrom(trial, effect);
    const hasPart = (mend: Mend): boolean => hasBearing(lastOf(mend).edit, trial.kind);
    /** Of what nobody plans, a request until it is noticed is not worth another change. */
    const isDone = (): boolean =>
      search.isOver ||
      !this.more() ||
      (!isPlanned && search.best !== undefined && isBridged(search.best.effect));
    const through = (mends: readonly Mend[]): void => {
      for (const mend of mends) {
        if (isDone()) return;
        search.try(mend);
      }
    };
    const singles = extended(this.unchanged(), this.service, trial);
    // Who loses its only Pod has nobody to answer, whatever else is changed.
    const more =
      effect.replicas === 1 && takesPods(trial.kind) ? singles.filter((m) => addsPods(lastOf(m).edit)) : [];
    const isBetter = (): boolean => search.best !== undefined && isBridged(search.best.effect);
    through(more);
    if (!isBetter()) through(more.flatMap((m) => this.behind(m, singles, trial).opened).filter(hasPart));
    if (more.length === 0 || !isBetter()) {
      through([...this.proven, ...singles].filter((m) => m.changes.length === 1 && hasPart(m)));
      if (!isPlanned && isBridged(effect)) return;
      through(this.proven.filter((m) => m.changes.length > 1));
    }
    this.deeper(trial, effect, search, singles, through);
  }

  /** With one more change. What the last one makes possible comes first: it could not be tried alone. */
  private behind(mend: Mend, singles: readonly Mend[], trial: Trial): { opened: Mend[]; others: Mend[] } {
    const known = new Set(singles.map((m) => m.key));
    const next = extended(mend, this.service, trial);
    const opened = next.filter((m) => !known.has(lastOf(m).key));
    return { opened, others: next.filter((m) => !opened.includes(m)) };
  }

  private unchanged(): Omit<Mend, 'key'> {
    return { changes: [], objects: this.stage.manifests.objects };
  }

  /**
   * What is known from a Service that is alike, of the same kind of trial: what mended it there, if it does
   * here; that nothing does, where it goes about as badly here. Undefined: it is to be looked for.
   */
  private precedentOf(trial: Trial, effect: Effect, search: Search): Advice | undefined {
    const found = this.precedent?.found.find((f) => f.trial.kind === trial.kind);
    if (found === undefined) return undefined;
    const isPlanned = isToBeKeptFrom(trial, effect);
    const { advice, helps, tried, triedOn = this.precedent!.service.name } = found.advice;
    const changes = advice ?? helps?.changes;
    if (changes === undefined) {
      const isSame = !isWorse(effect, found.effect) && !isWorse(found.effect, effect);
      return isSame && !isPlanned && tried > 0 ? { tried, triedOn } : undefined;
    }
    const mend = this.counterpartOf(changes, trial, found.trial);
    const after = mend === undefined ? undefined : search.outcomeOf(mend, effect);
    if (mend === undefined || after === undefined) return undefined;
    // No further than one would look for it.
    const isEnough = after.effect.state === 'survives' || (!isPlanned && isBridged(after.effect));
    return isEnough ? this.proved(mend, after.effect, search.tried) : undefined;
  }

  /** The same changes of what is behind this Service. */
  private counterpartOf(changes: readonly ProvenChange[], trial: Trial, theirTrial: Trial): Mend | undefined {
    let [theirs, mine] = [this.unchanged(), this.unchanged()];
    let mend: Mend | undefined;
    for (const { key, edit } of changes) {
      const all = extended(theirs, this.precedent!.service, theirTrial);
      const place = all.findIndex((m) => lastOf(m).key === key);
      mend = extended(mine, this.service, trial)[place];
      if (mend === undefined || lastOf(mend).edit !== edit) return undefined;
      [theirs, mine] = [all[place]!, mend];
    }
    return mend;
  }

  private deeper(
    trial: Trial,
    before: Effect,
    search: Search,
    singles: readonly Mend[],
    through: (mends: readonly Mend[]) => void,
  ): void {
    const behind = (mend: Mend): ReturnType<Adviser['behind']> => this.behind(mend, singles, trial);
    const isPart = (m: Mend): boolean => hasBearing(lastOf(m).edit, trial.kind);
    if (search.best === undefined && isOfFewRequests(before)) {
      const ends = singles.filter((m) => isOfEnds(lastOf(m).edit));
      through(ends.flatMap((m) => behind(m).others.filter((n) => isOfEnds(lastOf(n).edit))));
    }
    if (search.best === undefined) {
      const nexts = singles.map(behind);
      through(nexts.flatMap((n) => n.opened));
      through(nexts.flatMap((n) => n.others.slice(0, MOST_SECOND)));
      through(nexts.flatMap((n) => n.others.filter(isPart).slice(0, MOST_SECOND)));
    }
    for (let best = search.best; best !== undefined && best.mend.changes.length < MOST_CHANGES; ) {
      const { effect, mend } = best;
      const isOfFew = isOfFewRequests(effect);
      const { opened, others } = behind(mend);
      through([...opened, ...others].filter((m) => isPart(m) && (!isOfFew || isOfEnds(lastOf(m).edit))));
      if (search.best === best) break;
      best = search.best;
    }
    if (search.best !== undefined && !isBridged(search.best.effect))
      through(singles.flatMap((single) => behind(single).opened));
  }

  /** Without those of its changes that it does as well without. */
  private pruned(mend: Mend, search: Search): Mend {
    if (mend.changes.length === 1) return mend;
    for (const left of mend.changes) {
      const less = mendOf(
        this.stage.manifests.objects,
        mend.changes.filter((c) => c !== left),
      );
      if (search.isAsGood(less)) return this.pruned(less, search);
    }
    return mend;
  }

  /**
   * The worst that a kind of trial does to the Service with a change; undefined where one of its trials
   * cannot be played, or is about as bad as before, or worse than it may be.
   */
  private worstWith(
    mend: Mend,
    { kind, name }: Trial,
    before: Effect,
    noWorseThan?: Effect,
  ): Effect | undefined {
    const { trials } = this.kinds.get(kind)!;
    const effects: Effect[] = [];
    const isHopeless = (soFar: SoFar): boolean =>
      isTooMuch(soFar, before) || (noWorseThan !== undefined && hasMore(soFar, noWorseThan));
    for (const trial of [
      ...trials.filter((t) => t.name === name),
      ...trials.filter((t) => t.name !== name),
    ]) {
      const effect = this.play(mend, trial, isHopeless).effects[this.service.url];
      if (effect === undefined || (effect.state !== 'survives' && !isLess(effect, before))) return undefined;
      if (noWorseThan !== undefined && isWorse(effect, noWorseThan)) return undefined;
      effects.push(effect);
    }
    return worstOf(effects);
  }

  /**
   * The worst that the trials come to with a change, whatever the seed; undefined where it helps by chance
   * alone: it must help with other seeds too, and go worse with none.
   * @param once with the first seed. @param than what it is to be better than
   */
  private worstUnderOtherSeeds(
    mend: Mend,
    trial: Trial,
    before: Effect,
    once: Effect,
    than: Effect,
  ): Effect | undefined {
    if (before.done !== undefined) return once;
    const { url } = this.service;
    const isOfFew = before.sent > 0 && than.failed <= CHANCE_FAILED;
    const trials = isOfFew ? this.kinds.get(trial.kind)!.trials : [trial];
    const isHopeless = (soFar: SoFar): boolean => isTooMuch(soFar, before);
    let [worst, proofs] = [once, 0];
    // What is as good but for a request or two is seldom seen to be no better.
    const most = than.failed <= CHANCE_REQUESTS ? OTHER_SEEDS.length : MOST_SEEDS;
    const enough = isPlain(trial, once, before) ? 1 : PROOFS;
    for (const seed of OTHER_SEEDS.slice(0, most)) {
      const again = trials.map((one) => withSeed(one, seed));
      const played = again.map((one) => this.play(mend, one, isHopeless).effects[url]);
      if (played.includes(undefined)) return undefined;
      const is = worstOf(played as Effect[])!;
      worst = worstOf([worst, is])!;
      const isKept = is.state === 'survives';
      // Where little is at stake, it may survive without the change as well.
      const isAsked = !isKept || (isOfFew && proofs < enough);
      const was = isAsked ? worstOf(again.flatMap((one) => this.without(one).effects[url] ?? [])) : before;
      if (was === undefined || (!isKept && isWorse(is, was))) return undefined;
      if (isKept ? was.state !== 'survives' : isLess(is, was) || isHalved(is, was)) proofs += 1;
      if (proofs >= enough && !(isOfFew && worst.state === 'survives')) break;
    }
    if (proofs < enough) return undefined;
    return once.state === 'survives' ? worst : once;
  }

  /** As the manifests are. */
  private without(trial: Trial): Played {
    const found = this.played.get(trial.name) ?? this.stage.play(trial, this.sharing);
    this.played.set(trial.name, found);
    return found;
  }

  /** Whether any kind of trial goes worse with it for who shares a workload with the Service. */
  private harms(mend: Mend): boolean {
    if (this.harmful.has(mend.key)) return true;
    const isHarmful = this.isWorseSomewhere(mend);
    if (isHarmful) this.harmful.add(mend.key);
    return isHarmful;
  }

  private isWorseSomewhere(mend: Mend): boolean {
    const worse = this.suspects.find((kind) => this.isWorseIn(kind, mend));
    if (worse === undefined) return false;
    // What goes worse with one change mostly does with the next.
    this.suspects = [worse, ...this.suspects.filter((kind) => kind !== worse)];
    return true;
  }

  private isWorseIn(kind: string, mend: Mend): boolean {
    const { trials, worst } = this.kinds.get(kind)!;
    const after = new Map<string, Effect>();
    return trials.some((trial) => {
      // What could not be tried any more is not proven.
      if (!this.more()) return true;
      const before = worst.get(this.service.url);
      const isHarmed = (soFar: SoFar): boolean => before !== undefined && hasMore(soFar, before);
      const { effects } = this.play(mend, trial, isHarmed);
      return this.sharing.some(({ url }) => {
        const was = worst.get(url);
        if (was === undefined) return false;
        const is = worstOf([after.get(url), effects[url]].filter((e) => e !== undefined));
        if (is === undefined) return true;
        after.set(url, is);
        return isWorse(is, was) && !this.isUsual(mend, trial, url, is, was);
      });
    });
  }

  /** Whether so few requests fail by chance: with another seed as many without a change, or none with it. */
  private isUsual(mend: Mend, trial: Trial, url: string, is: Effect, before: Effect): boolean {
    if (is.done !== undefined || is.failed > CHANCE_REQUESTS || !isBridged(is)) return false;
    return OTHER_SEEDS.slice(0, PROOFS).some((seed) => {
      const again = withSeed(trial, seed);
      const was = this.without(again).effects[url];
      if (was !== undefined && !isWorse(is, was)) return true;
      const now = this.play(mend, again).effects[url];
      return now !== undefined && !isWorse(now, before);
    });
  }

  private play(mend: Mend, trial: Seeded, isHopeless?: (soFar: SoFar) => boolean): Played {
    const contents = this.contentsOf(mend);
    const key = `${trial.name}\n${contents}`;
    const found = this.played.get(key);
    // What it had come to once it comes to again.
    if (found !== undefined && (found.givenUp === undefined || isHopeless?.(found.givenUp) === true))
      return found;
    const { seed } = trial;
    const changed: Changed = {
      key: `${seed ?? ''}\n${contents}`,
      objects: mend.objects,
      ...(seed === undefined ? {} : { seed }),
    };
    const played = this.stage.play(trial, this.sharing, changed, isHopeless);
    this.played.set(key, played);
    return played;
  }

  /** What is not as it was; the same of changes that were made in another order. */
  private contentsOf({ objects }: Mend): string {
    const known = this.contents.get(objects);
    if (known !== undefined) return known;
    const own = this.stage.manifests.objects;
    const contents = JSON.stringify([
      objects.length,
      ...objects.flatMap((object, place) => (object === own[place] ? [] : [[place, object]])),
    ]);
    this.contents.set(objects, contents);
    return contents;
  }
}

/** A set that is clearly less bad, and does harm nowhere else. */
interface Better {
  readonly mend: Mend;
  readonly effect: Effect;
  /** Whether it was played with other seeds. */
  readonly isProven: boolean;
}

/** @param noWorseThan how it has to go at the least, proven */
type Outcome = (mend: Mend, than: Effect, noWorseThan?: Effect) => Better | undefined;

/** Sets of strengthenings tried for one finding, each that is better than those before it. */
class Search {
  tried = 0;
  private found: readonly Better[] = [];
  private readonly before: Effect;
  private readonly outcome: Outcome;

  constructor(before: Effect, outcome: Outcome) {
    this.before = before;
    this.outcome = outcome;
  }

  get best(): Better | undefined {
    return this.found[this.found.length - 1];
  }

  get isOver(): boolean {
    return this.best?.effect.state === 'survives' || this.tried >= MOST_TRIES;
  }

  try(mend: Mend): void {
    const better = this.outcomeOf(mend, this.best?.effect ?? this.before);
    if (better !== undefined) this.found = [...this.found, better];
  }

  /** Leaves the best that is proven. @returns whether there is none, of those that there were */
  leave(proven: (one: Better) => Better | undefined): boolean {
    for (const one of this.found.toReversed()) {
      const is = proven(one);
      if (is === undefined) continue;
      this.found = [is];
      return false;
    }
    const isRefuted = this.found.length > 0;
    this.found = [];
    if (isRefuted) this.tried = 0;
    return isRefuted;
  }

  /** Whether a set does what the best one does, but for chance. */
  isAsGood(mend: Mend): boolean {
    this.tried += 1;
    const { effect } = this.best!;
    const better = this.outcome(mend, this.before, effect);
    return better !== undefined && !isWorse(better.effect, effect);
  }

  outcomeOf(mend: Mend, than: Effect): Better | undefined {
    this.tried += 1;
    return this.outcome(mend, than);
  }
}
