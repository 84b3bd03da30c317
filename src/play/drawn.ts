/** Faults that are drawn for a live cluster, and schedules of them as steps. */
import type fc from 'fast-check';
import type { Strike } from '../chaos/schedule.ts';
import type { Operation, OperationOf } from '../dsl/operations/operation.ts';
import type { Vocabulary } from '../dsl/phrases/vocabulary.ts';
import { schedules } from '../explore/draw.ts';
import { rootsAmong, worldFrom } from '../explore/targets.ts';
import type { Language } from '../messages/index.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Live } from './live.ts';

/**
 * Schedules of faults, aimed at what is there.
 * @param of kinds of the catalogue
 * @param max how many strike
 */
export function schedulesFor(
  live: Live,
  withinMs: Millis,
  of: OperationOf<'anyFaults'>['of'] = 'all',
  max = 2,
): fc.Arbitrary<readonly Strike[]> {
  const { faults, parts } = live.kit;
  const objects = live.stateAt(live.now) as readonly KubeObject[];
  const machines = objects
    .filter((o) => o.kind === 'Node')
    .map(({ metadata: { name, labels } }) => ({ name, zone: labels?.['topology.kubernetes.io/zone'] ?? '' }));
  const world = worldFrom(machines, rootsAmong(objects, parts.resources), parts.resources);
  return schedules({ op: 'anyFaults', min: 1, max, withinMs, of }, world, faults);
}

/** An operation in one line, the rows of its table behind it. */
export function inOneLine(operation: Operation, words: Vocabulary, language: Language): string {
  const { text, table = [] } = words.render(operation, language);
  return [text, ...table.map((row) => `| ${row.join(' | ')} |`)].join(' ');
}

/** A schedule in steps that wait and strike. */
export function inSteps(strikes: readonly Strike[]): Operation[] {
  let now = 0;
  return strikes.flatMap(({ atMs, fault }): Operation[] => {
    const wait = atMs - now;
    now = atMs;
    const strike: Operation = { op: 'fault', fault };
    return wait > 0 ? [{ op: 'pass', durationMs: wait }, strike] : [strike];
  });
}
