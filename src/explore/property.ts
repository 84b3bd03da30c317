/**
 * Property scenarios: a scenario with `any …` is held against many draws by fast-check; what fails is shrunk
 * to the smallest concrete scenario, which is told as Gherkin and fails by itself when it is run with the
 * seed it names.
 */
import fc from 'fast-check';
import { ClaimError, UnwritableError, wrong } from '../dsl/errors.ts';
import type { PropertyReport, PropertyRunner, Session, SessionOptions } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { emptyClaims } from '../dsl/vacuity.ts';
import { joinedImages, type GivenImage } from '../dsl/given.ts';
import { say, type Language } from '../messages/index.ts';
import { givenOf } from '../dsl/taken.ts';
import type { Warning } from '../dsl/warnings.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { Beginnings } from './beginnings.ts';
import { featureOf, inPlainSteps } from './counterexample.ts';
import { concrete, draw, numericSeed } from './draw.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { shrink } from './shrink.ts';
import { worldIn } from './targets.ts';
import { failsLike, tryOut, withoutMissed, type Concrete, type Trial } from './trial.ts';

/** How a property is held against draws. */
export interface PropertyOptions {
  readonly runs: number;
  /** Real time after which no further run begins and none goes on; what has passed by then passes. */
  readonly timeLimitMs?: number;
  /** Name of the scenario, for the counterexample. */
  readonly name: string;
  /** Keeps a counterexample; returns where. */
  readonly save?: (feature: string) => string;
}

/**
 * What a scenario needs to play steps that say `any …`: each claim is held against draws of everything they
 * allow. A claim that breaks is told with the smallest scenario that breaks it.
 * @param options `runs`: draws, 100 unless given; `timeLimitMs`: real time after which no further one begins
 * @example new Scenario({ property: properties({ runs: 500 }) }).say('Given any cluster of 3 to 6 nodes');
 */
export const properties =
  (options: Partial<PropertyOptions> = {}): PropertyRunner =>
  (operations, session) =>
    checkProperty(operations, session, { runs: 100, name: 'a scenario', ...options });

/** What is left for shrinking where the time of the search is over, in ms. */
const LATE_SHRINK_MS = 3_000;

/**
 * Holds the claim, the last of the operations, against `runs` draws.
 * @returns what it was held against
 * @throws ClaimError with the smallest scenario that breaks it
 */
export function checkProperty(
  given: readonly Operation[],
  session: SessionOptions,
  options: PropertyOptions,
): PropertyReport {
  const { property: _, ...inner } = session;
  const { language = 'en' } = session;
  const words = vocabularyOf(inner.kit);
  const operations = selfContained(given, inner.files, inner.kit);
  // Earlier claims were held against their own draws.
  const [claim] = operations.slice(-1);
  const scene = [...operations.filter((o, i) => !words.concludes(o) && i < operations.length - 1), claim!];
  const seed = numericSeed(session.seed);
  const beginnings = new Beginnings(inner);
  const endMs = Date.now() + (options.timeLimitMs ?? Number.POSITIVE_INFINITY);
  const limits = { ...inner.limits, overdue: () => Date.now() >= endMs };
  const tried = (scenario: Concrete): Trial =>
    tryOut(scenario, beginnings, { limits: { ...inner.limits, overdue: () => false } });
  if (claim!.op === 'assert' && claim!.moment.mode === 'sometimes')
    return checkReached(scene, beginnings, seed, { ...options, limits, language });
  let reasons: string[] = [];
  let held = 0;
  const warnings = new CommonWarnings();
  const images: GivenImage[] = [];
  const details = fc.check(
    fc.property(draw(scene, worldIn(scene, beginnings, String(seed)), beginnings.kit.faults), (d) => {
      const trial = tryOut(concrete(scene, d, seed, words), beginnings, { limits });
      if (trial.meaningless === undefined) {
        held += 1;
        images.push(...givenOf(trial.session!).filter((g) => g.given === 'image'));
        if (trial.failures.length === 0) warnings.take(trial.session!);
      } else reasons = [...reasons.slice(-2), trial.meaningless];
      return trial.failures.length === 0;
    }),
    {
      numRuns: options.runs,
      seed,
      ...(options.timeLimitMs === undefined
        ? {}
        : { interruptAfterTimeLimit: options.timeLimitMs, markInterruptAsFailure: false }),
    },
  );
  if (!details.failed) {
    // Something that is never tried would pass whatever is claimed.
    if (held === 0 && reasons.length > 0)
      throw wrong('noDrawPlayed', { draws: details.numRuns, reason: reasons[reasons.length - 1]! });
    return { draws: details.numRuns, played: held, warnings: warnings.all, images: joinedImages(images) };
  }
  const drawn = concrete(scene, details.counterexample![0], seed, words);
  // As a feature of its own, a fault that meets nobody would be an error.
  const failsLikeDrawn = failsLike(tried(drawn), words);
  const fails = (scenario: Concrete): boolean => {
    const trial = tried(scenario);
    return trial.missed.length === 0 && failsLikeDrawn(trial);
  };
  const struck = withoutMissed(drawn, tryOut(drawn, beginnings));
  const shrunkByMs = Math.max(endMs, Date.now() + LATE_SHRINK_MS);
  const smallest = inPlainSteps(
    shrink(fails(struck) ? struck : drawn, fails, words, () => Date.now() < shrunkByMs),
    fails,
  );
  const failure = tried(smallest).failures[0]!.error;
  const { runs, name } = options;
  const path = details.counterexamplePath ?? '';
  const how = say('foundByRun', { run: details.numRuns, runs, name, seed, path }, language);
  const feature = featureOf(name, smallest, [how], beginnings.kit, language);
  const { where, why } = kept(feature, options);
  failure.counterexample = {
    run: details.numRuns,
    runs,
    seed,
    path,
    scenario: smallest,
    feature,
    savedAs: where,
  };
  failure.message = [
    language === 'ja' ? `${how}。` : `${how}.`,
    '',
    feature.trim(),
    '',
    ...(where === undefined ? [] : [say('savedAs', { where }, language), '']),
    ...(why === undefined ? [] : [say('notSaved', { why }, language), '']),
    failure.message,
  ].join('\n');
  throw failure;
}

/** Where a counterexample is kept; or why it is not, which takes nothing from what was found. */
function kept(
  feature: string,
  { save }: PropertyOptions,
): { readonly where?: string; readonly why?: string } {
  if (save === undefined) return {};
  try {
    return { where: save(feature) };
  } catch (error) {
    if (error instanceof UnwritableError) return { why: error.message };
    throw error;
  }
}

/**
 * What every draw warns of: a selector that met no Pod in one of them may have met some in another.
 */
class CommonWarnings {
  private common: ReadonlyMap<string, Warning> | undefined;

  get all(): readonly Warning[] {
    return [...(this.common ?? new Map<string, Warning>()).values()];
  }

  take(session: Session): void {
    if (this.common?.size === 0) return;
    const told = new Map<string, Warning>();
    for (const { operation: _, ...warning } of [...session.warnings, ...emptyClaims(session, session.held)])
      if (warning.weight === 'warning') told.set(JSON.stringify([warning.key, warning.args]), warning);
    this.common =
      this.common === undefined ? told : new Map([...this.common].filter(([key]) => told.has(key)));
  }
}

/**
 * What must come about in one draw at least: draws are made until it does. @throws ClaimError when it never
 * did
 */
function checkReached(
  scene: readonly Operation[],
  beginnings: Beginnings,
  seed: number,
  options: PropertyOptions & Pick<SessionOptions, 'limits'> & { readonly language: Language },
): PropertyReport {
  const words = vocabularyOf(beginnings.kit);
  const limits = options.limits ?? {};
  let last: ClaimError | undefined;
  let played = 0;
  const details = fc.check(
    fc.property(draw(scene, worldIn(scene, beginnings, String(seed)), beginnings.kit.faults), (d) => {
      const trial = tryOut(concrete(scene, d, seed, words), beginnings, { limits });
      last = trial.failures[0]?.error ?? last;
      if (trial.meaningless === undefined) played += 1;
      return trial.meaningless !== undefined || trial.failures.length > 0;
    }),
    {
      numRuns: options.runs,
      seed,
      endOnFailure: true,
      ...(options.timeLimitMs === undefined
        ? {}
        : { interruptAfterTimeLimit: options.timeLimitMs, markInterruptAsFailure: false }),
    },
  );
  if (details.failed) return { draws: details.numRuns, played, warnings: [], images: [] };
  if (last === undefined) throw wrong('noDrawPlayed', { draws: details.numRuns, reason: '' });
  last.message = say('neverReached', { draws: details.numRuns, seed, last: last.message }, options.language);
  throw last;
}
