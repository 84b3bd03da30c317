/** A scenario played with a change, and whether it noticed. */
import { simulate } from '../drivers/simulated.ts';
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';
import type { FeatureScenario, FeatureStep } from '../dsl/feature.ts';
import { extendKit, standardKit } from '../dsl/kit.ts';
import { playStep } from '../dsl/playfeature.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { clusterOf, createSession, forkSession } from '../dsl/session.ts';
import { otherSeed, readTags } from '../dsl/tags.ts';
import type { Files, Kit, Session, SessionOptions } from '../dsl/types.ts';
import { properties } from '../explore/property.ts';
import { courseOf, wentAlike, type Course } from './course.ts';
import { mutationsOf, type Mutation } from './mutation.ts';
import type { Bug } from '../sim/planted.ts';

/** Draws of property scenarios, unless they ask for fewer. */
const DRAWS = 20;
/** Seeds of scenarios that ask for every one, unless they ask for fewer. */
const SEEDS = 5;
/** With so many seeds a step is left out: what it places for certain may come there by chance. */
const SEEDS_OF_STEPS = 3;

/**
 * - `killed`: the scenario fails.
 * - `survived`: it passes, although something went otherwise.
 * - `noEffect`: it passes, and nothing went otherwise: the same was written at the same times, programs saw
 *   the same, requests were answered alike. Of a step it says that the step does nothing.
 * - `refused`: the API refuses the manifest, so that there is nothing to notice.
 */
export type Fate = 'killed' | 'survived' | 'noEffect' | 'refused';

export interface Verdict {
  readonly fate: Fate;
  /** Of what is killed: the step that fails, from 0, and what it says. */
  readonly by?: number;
  readonly why?: string;
}

export interface MutateOptions {
  /** The feature's path, for messages. */
  readonly uri: string;
  readonly files: Files;
  readonly kit?: Kit;
  readonly seed?: string;
  /** Planted one after the other. */
  readonly bugs?: readonly Bug[];
  /** Whether the caller's time is over. */
  readonly overdue?: () => boolean;
}

/** How a scenario ended. */
interface Ending {
  /** The step that failed; absent where all passed. */
  readonly failed?: number;
  readonly why?: string;
  readonly session: Session;
}

/** A scenario as it is, played once; then with one change after the other. */
export class Mutated {
  readonly mutations: readonly Mutation[];
  private readonly steps: readonly FeatureStep[];
  private readonly seeds: number;
  private readonly expectFailure: boolean;
  private readonly options: SessionOptions;
  /** Sessions before each step; those of one seed. */
  private readonly before: Session[] = [];
  private readonly ending: Ending;
  /** Whether it passes as it is with seeds that it does not name. */
  private readonly passesWith = new Map<string | number, boolean>();
  private readonly course: Course | undefined;

  constructor(scenario: FeatureScenario, options: MutateOptions) {
    const asked = readTags(scenario.tags);
    const kit = options.kit ?? standardKit;
    this.steps = scenario.operations;
    this.seeds = Math.min(asked.seeds, SEEDS);
    this.expectFailure = asked.expectFailure;
    this.options = {
      seed: asked.seed ?? options.seed ?? '1',
      files: options.files,
      language: scenario.language,
      kit,
      createDriver: simulate,
      property: properties({ name: scenario.name, runs: Math.min(asked.runs ?? DRAWS, DRAWS) }),
      limits: { overdue: options.overdue ?? (() => false) },
    };
    this.ending = this.playFrom(0, createSession(this.options), this.steps, this.before);
    this.course = courseIn(this.ending.session);
    this.mutations = this.passes
      ? mutationsOf(this.steps, {
          uri: options.uri,
          files: options.files,
          words: vocabularyOf(kit),
          bugs: options.bugs ?? [],
        })
      : [];
  }

  /** Whether it does as it is what it should; where it does not, there is nothing to find. */
  get passes(): boolean {
    return (this.ending.failed !== undefined) === this.expectFailure;
  }

  /** What it says where it does not pass as it is. */
  get why(): string {
    return this.ending.why ?? '';
  }

  try(mutation: Mutation): Verdict {
    const first = this.once(mutation, this.options.seed);
    if (first.fate !== 'survived' && first.fate !== 'noEffect') return first;
    const seeds = mutation.kind === 'step' ? Math.max(this.seeds, SEEDS_OF_STEPS) : this.seeds;
    for (let i = 1; i < seeds; i += 1) {
      const seed = otherSeed(this.options.seed, i);
      const again = this.once(mutation, seed);
      if (again.fate === 'killed' && (i < this.seeds || this.passesAsItIs(seed))) return again;
    }
    return first;
  }

  private passesAsItIs(seed: string | number): boolean {
    let passes = this.passesWith.get(seed);
    if (passes === undefined) {
      const { failed } = this.playFrom(0, createSession({ ...this.options, seed }), this.steps);
      this.passesWith.set(seed, (passes = (failed !== undefined) === this.expectFailure));
    }
    return passes;
  }

  private once(mutation: Mutation, seed: string | number): Verdict {
    const steps = this.stepsWith(mutation);
    const from = seed === this.options.seed ? firstOf(mutation) : 0;
    const options = { ...this.options, ...this.optionsWith(mutation), seed };
    const start = from > 0 ? forkSession(this.before[from]!, options) : createSession(options);
    const { failed, why, session } = this.playFrom(from, start, steps);
    if (mutation.kind === 'edit' && failed === mutation.applied && isRefusal(why))
      return { fate: 'refused', ...(why === undefined ? {} : { why }) };
    const by = failed === undefined ? undefined : this.placeOf(steps[failed]!, mutation);
    const noticed = this.expectFailure ? by !== this.ending.failed : by !== undefined;
    if (noticed) return { fate: 'killed', ...(by === undefined ? {} : { by, why: why ?? '' }) };
    const course = seed === this.options.seed ? courseIn(session) : undefined;
    const same = course !== undefined && this.course !== undefined && wentAlike(this.course, course);
    return { fate: same ? 'noEffect' : 'survived' };
  }

  private stepsWith(mutation: Mutation): readonly FeatureStep[] {
    if (mutation.kind === 'bug') return this.steps;
    if (mutation.kind === 'step') return this.steps.filter((_, i) => i !== mutation.step);
    const { text, of, steps } = mutation;
    if (text === '') return this.steps.filter((_, i) => !steps.includes(i));
    return of.in === 'file'
      ? this.steps
      : this.steps.with(of.step, { ...this.steps[of.step]!, operation: { op: 'manifest', text } });
  }

  /** Of a step, among those of the scenario as it is. */
  private placeOf(step: FeatureStep, mutation: Mutation): number {
    const place = this.steps.indexOf(step);
    return place < 0 && mutation.kind === 'edit' ? mutation.applied : place;
  }

  private optionsWith(mutation: Mutation): Partial<SessionOptions> {
    if (mutation.kind === 'bug')
      return { kit: extendKit(this.options.kit, { settings: { planted: mutation.bug } }) };
    if (mutation.kind === 'step' || mutation.of.in === 'step') return {};
    const { files } = this.options;
    const { path } = mutation.of;
    const { kustomize } = files;
    return {
      files: {
        ...files,
        readFile: (asked) => (asked === path ? mutation.text : files.readFile(asked)),
        ...(kustomize === undefined
          ? {}
          : { kustomize: (asked) => (asked === path ? mutation.text : kustomize(asked)) }),
      },
    };
  }

  /** @param before filled with a session before each step, where it is given */
  private playFrom(
    from: number,
    session: Session,
    steps: readonly FeatureStep[],
    before?: Session[],
  ): Ending {
    for (let i = from; i < steps.length; i += 1) {
      before?.push(forkSession(session));
      try {
        playStep(session, steps, i);
      } catch (error) {
        const known = error instanceof ClaimError ? error : inputErrorOf(error);
        if (known === undefined) throw error;
        return { failed: i, why: known.message, session };
      }
    }
    return { session };
  }
}

/** Where a run with it leaves the one without. A cluster has a bug from its beginning. */
function firstOf(mutation: Mutation): number {
  if (mutation.kind === 'step') return mutation.step;
  return mutation.kind === 'edit' ? mutation.from : 0;
}

/** Whether an API server would not have the manifest. */
const isRefusal = (why: string | undefined): boolean =>
  why !== undefined && /\bis invalid\b|error validating|Forbidden|forbidden/.test(why);

function courseIn(session: Session): Course | undefined {
  const { driver } = session;
  return driver === undefined ? undefined : courseOf(clusterOf(session), driver.network?.clients());
}
