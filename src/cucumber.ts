/**
 * `seatrial/cucumber`: import it in a support file of your own cucumber project, before your own hooks. It
 * brings every phrase of the language, its parameter types and its hooks; the World stays yours, and so do
 * your steps and hooks.
 */
import '../steps/index.ts';
import { scenarioOf } from '../steps/scenario.ts';
import type { Operation } from './dsl/operations/operation.ts';
import type { Attachment } from './dsl/phrases/phrase.ts';
import { readStep } from './dsl/scenario.ts';
import { clusterOf } from './dsl/session.ts';
import type { KubectlResult } from './kubectl/index.ts';
import type { ClusterApi } from './sim/cluster.ts';

/** A scenario that Cucumber plays, for steps and hooks of your own. */
export interface CucumberScenario {
  /** Undefined before a step has made one, and in a scenario that says `any …`: that is played on many. */
  readonly cluster: ClusterApi | undefined;
  /**
   * Plays a step in the words of the language, with or without its keyword, as a part of your own.
   * @param attachment the step's doc string, or the rows of its table
   * @throws InputError for a step that no phrase fits or that makes no sense; ClaimError when what it claims
   * does not hold
   */
  say(step: string, attachment?: Attachment): void;
  /** Plays an operation: a step as data. @throws as `say` */
  play(operation: Operation): void;
  /**
   * Runs a kubectl line as the operator; a failure is a result. @throws InputError where there is no cluster
   */
  kubectl(line: string): Pick<KubectlResult, 'code' | 'stdout' | 'stderr'>;
}

/**
 * The scenario that is played in a World, which may be of any class. What your steps do through it belongs to
 * the scenario: `@every-seed` plays it with the other seeds, and failures are told with it.
 * @param world `this` of a step or hook
 * @throws Error before the scenario has begun: a `Before` hook that runs before ours
 * @example
 * When('the shop is on sale', function () {
 *   seatrial(this).say('a client sends 50 requests per second to "http://shop/"');
 * });
 */
export function seatrial(world: object): CucumberScenario {
  const scenario = scenarioOf(world);
  return {
    get cluster() {
      const { driver } = scenario.session;
      return driver === undefined ? undefined : clusterOf(scenario.session);
    },
    say(step, attachment) {
      scenario.play(
        () =>
          readStep(step, attachment, scenario.isOutcome ? 'Then' : 'When', scenario.session.kit).operation,
      );
    },
    play(operation) {
      scenario.play(() => operation);
    },
    kubectl(line) {
      clusterOf(scenario.session);
      scenario.play(() => ({ op: 'kubectl', lines: [line] }), { mayFail: true });
      const { code, stdout, stderr } = scenario.session.output!;
      return { code, stdout, stderr };
    },
  };
}

export { useKit } from '../steps/kit.ts';
export { ClaimError, InputError } from './dsl/errors.ts';
