/** What searches draw from, for properties of a user's own. */
import type fc from 'fast-check';
import type { Strike } from '../chaos/schedule.ts';
import type { Scenario } from '../dsl/scenario.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { schedules } from './draw.ts';
import { freshBeginnings } from './freshbeginnings.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { worldIn } from './targets.ts';

/** Which faults strike, how many, and when. */
export interface ScheduleOptions {
  /** How many strike at least, and at most: 1 and 5 unless given. */
  readonly min?: number;
  readonly max?: number;
  /** The time in which they strike, in ms; 10 minutes unless given. */
  readonly withinMs?: Millis;
  /** Kinds of the catalogue (docs/faults.md), or those that budgets are asked about; all unless given. */
  readonly of?: 'all' | 'voluntary' | readonly string[];
}

/**
 * Schedules of faults that strike what a scenario has set up, as a fast-check arbitrary: the nodes of its
 * cluster, the workloads, budgets and quotas of its manifests, and what operators make of its custom
 * resources. Play one as an operation.
 * @param scene a scenario whose steps have made a cluster and applied manifests
 * @throws FaultError for a kind that is not in the catalogue, InputError when none of them has a target
 * @example
 * fc.assert(
 *   fc.property(faultSchedules(scene, { max: 2, of: ['PodDelete'] }), (strikes) => {
 *     const run = scene.fork().play({ op: 'faults', strikes });
 *     run.say('Then within 10 minutes deployment "web" has 2 of 2 replicas available');
 *   }),
 * );
 */
export function faultSchedules(
  scene: Scenario,
  { min = 1, max = 5, withinMs = 600_000, of = 'all' }: ScheduleOptions = {},
): fc.Arbitrary<readonly Strike[]> {
  return schedules(
    { op: 'anyFaults', min, max, withinMs, of },
    worldIn(selfContained(scene.operations, scene.files, scene.kit), freshBeginnings(scene.kit), '1'),
    scene.kit.faults,
  );
}
