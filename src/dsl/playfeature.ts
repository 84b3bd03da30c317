/** Scenarios of feature files, played outside of Cucumber, as their tags ask. */
import { simulate } from '../drivers/simulated.ts';
import { didNotFail, noteOtherFailure } from './didnotfail.ts';
import { ClaimError } from './errors.ts';
import type { FeatureScenario, FeatureStep } from './feature.ts';
import { refuseGiven } from './taken.ts';
import { play, replay } from './interpreter.ts';
import { standardKit } from './kit.ts';
import { expectsFailure } from './operations/assert.ts';
import { Scenario } from './scenario.ts';
import { createSession } from './session.ts';
import { otherSeed, readTags } from './tags.ts';
import type { Files, Kit, PropertyRunner, Session, SessionOptions } from './types.ts';

/** How scenarios of a feature are played. */
export interface FeatureOptions {
  /** Of scenarios without a tag `@seed:N`; `1` unless given. */
  readonly seed?: string | number;
  /** What the paths of steps name. */
  readonly files: Files;
  /** Plays a scenario that says `any …`; without, such scenarios are refused. */
  readonly property?: (scenario: { readonly name: string; readonly runs: number }) => PropertyRunner;
  /** Draws of property scenarios without a tag `@runs:N`; 100 unless given. */
  readonly runs?: number;
  /** What they are played with; Seatrial as it comes, unless given. */
  readonly kit?: Kit;
  /** How far their clusters may run. */
  readonly limits?: SessionOptions['limits'];
}

/**
 * Plays a scenario, with as many seeds as `@every-seed:N` asks for.
 * @returns what it came to with the first seed
 * @throws ClaimError at the first claim that does not hold, or, of one tagged `@expect-failure`, when all
 * hold; InputError for a step that makes no sense
 * @example
 * for (const one of readFeature(feature, 'idle.feature')) playScenario(one, { files: filesOf({}) });
 */
export function playScenario(scenario: FeatureScenario, options: FeatureOptions): Scenario {
  const asked = readTags(scenario.tags);
  const runs = asked.runs ?? options.runs ?? 100;
  const session = createSession({
    seed: asked.seed ?? options.seed ?? '1',
    files: options.files,
    language: scenario.language,
    kit: options.kit ?? standardKit,
    createDriver: simulate,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.property === undefined ? {} : { property: options.property({ name: scenario.name, runs }) }),
  });
  try {
    playSteps(session, scenario);
    refuseGiven(session);
    for (let i = 1; i < asked.seeds; i += 1) replay(session, otherSeed(session.options.seed, i));
  } catch (error) {
    if (!asked.expectFailure || !(error instanceof ClaimError)) throw error;
    noteOtherFailure(session);
    return Scenario.of(session);
  }
  if (asked.expectFailure) throw didNotFail(session, asked.seeds);
  return Scenario.of(session);
}

function playSteps(session: Session, { operations }: FeatureScenario): void {
  for (const i of operations.keys()) playStep(session, operations, i);
}

/** Plays one of the steps of a scenario. @throws as `play` */
export function playStep(session: Session, steps: readonly FeatureStep[], i: number): void {
  const { text, operation, action, docString } = steps[i]!;
  play(session, operation, {
    text: text.replace(/:$/, ''),
    action,
    ...(docString === undefined ? {} : { source: docString }),
    mayFail: expectsFailure(steps.slice(i + 1).map((s) => s.operation)),
  });
}
