/** Phrases of what the operator does and of time passing. */
import { tableOfSchedule, wordsOf } from '../../chaos/schedule.ts';
import * as build from '../build.ts';
import type { OperationOf } from '../operations.ts';
import type { Phrase } from './phrase.ts';
import { phraseOf } from './phraseof.ts';

type Exec = OperationOf<'exec'>;

export const ACTION_PHRASES: readonly Phrase[] = [
  phraseOf('I run {string}', 'When', 'kubectl', build.kubectl, (o) =>
    o.lines.length === 1 ? [o.lines[0]] : undefined,
  ),
  phraseOf('I run:', 'When', 'kubectl', build.kubectlLines, (o) => [o.lines.join('\n')], 'docString'),
  phraseOf('{duration} pass(es)', 'When', 'pass', build.passes, (o) => [o.durationMs]),
  phraseOf('{string} is executed in pod {string}', 'When', 'exec', build.execInPod, (o: Exec) =>
    o.pod !== undefined && o.container === undefined ? [o.command, o.pod] : undefined,
  ),
  phraseOf(
    '{string} is executed in container {string} of pod {string}',
    'When',
    'exec',
    build.execInContainer,
    (o: Exec) =>
      o.pod !== undefined && o.container !== undefined ? [o.command, o.container, o.pod] : undefined,
  ),
  phraseOf(
    '{string} is executed in a pod matching {selector}',
    'When',
    'exec',
    build.execInMatching,
    (o: Exec) => (o.selector !== undefined ? [o.command, o.selector] : undefined),
  ),
  phraseOf('{workload} is scaled to {int}', 'When', 'scale', build.scale, (o) => [o.workload, o.replicas]),
  phraseOf('the image of {workload} is changed to {string}', 'When', 'setImage', build.setImage, (o) => [
    o.workload,
    o.image,
  ]),
  phraseOf('{workload} is rolled back', 'When', 'rollback', build.rollback, (o) => [o.workload]),
  phraseOf('any {int} to {int} faults strike within {duration}', 'When', 'anyFaults', build.anyFaults, (o) =>
    o.of === 'all' ? [o.min, o.max, o.withinMs] : undefined,
  ),
  phraseOf(
    'any {int} to {int} voluntary disruptions strike within {duration}',
    'When',
    'anyFaults',
    build.anyVoluntary,
    (o) => (o.of === 'voluntary' ? [o.min, o.max, o.withinMs] : undefined),
  ),
  phraseOf(
    'any {int} to {int} of these faults strike within {duration}:',
    'When',
    'anyFaults',
    build.anyOfThese,
    (o) =>
      typeof o.of === 'string'
        ? undefined
        : [o.min, o.max, o.withinMs, [['fault'], ...o.of.map((kind) => [kind])]],
    'table',
  ),
  phraseOf(
    'fault {string} strikes:',
    'When',
    'fault',
    build.faultByName,
    ({ fault }) => [fault.kind, Object.entries(wordsOf(fault)).map(([column, value]) => [column, value])],
    'table',
  ),
  phraseOf(
    'these faults strike:',
    'When',
    'faults',
    build.faults,
    (o) => [tableOfSchedule(o.strikes)],
    'table',
  ),
  phraseOf('the faults in {string} strike', 'When', 'faultsIn', build.faultsIn, (o) => [o.path]),
  phraseOf('every fault is healed', 'When', 'heal', build.heal, (o) =>
    o.kind === undefined ? [] : undefined,
  ),
  phraseOf('fault {string} is healed', 'When', 'heal', build.healKind, (o) =>
    o.kind === undefined ? undefined : [o.kind],
  ),
  phraseOf('chance goes on from seed {string}', 'Given', 'seed', build.seed, (o) => [o.seed]),
  phraseOf(
    'each node is drained, rebooted and uncordoned in turn',
    'When',
    'eachNodeInTurn',
    build.eachNodeInTurn,
    () => [],
  ),
];
