/**
 * Operations by hand: everything a phrase can say, TypeScript can say. Each function is the `build` of a
 * phrase. Durations in ms.
 */
import { callOf, scheduleOfTable } from '../chaos/schedule.ts';
import type { FaultCall, PhraseField } from '../chaos/types.ts';
import { InputError } from './errors.ts';
import { nodesOfTable } from './nodetable.ts';
import type { Operation, Workload } from './operations.ts';

export const cluster = (nodes: number): Operation => ({ op: 'cluster', nodes });
export const clusterOf = (rows: readonly (readonly string[])[]): Operation => ({
  op: 'clusterOf',
  nodes: nodesOfTable(rows),
});
export const anyCluster = (min: number, max: number): Operation => ({ op: 'anyCluster', min, max });
export const namespace = (name: string): Operation => ({ op: 'namespace', name });
export const manifest = (text: string): Operation => ({ op: 'manifest', text });
export const manifestsIn = (path: string): Operation => ({ op: 'manifestsIn', path });
export const image = (name: string, behaviour: string): Operation => ({
  op: 'image',
  image: name,
  behaviour,
});
export const setting = (name: string, value: string): Operation => ({ op: 'setting', name, value });
export const everyPodReady = (): Operation => ({ op: 'everyPodReady' });
export const settled = (): Operation => ({ op: 'settled' });
export const client = (perSecond: number, url: string): Operation => ({ op: 'client', perSecond, url });
export const moment = (name: string): Operation => ({ op: 'moment', name });

export const kubectl = (line: string): Operation => ({ op: 'kubectl', lines: [line] });
/** Several lines, as a doc string holds them; a line that ends in a backslash goes on in the next. */
export const kubectlLines = (text: string): Operation => {
  const lines = text
    .replace(/\\\r?\n\s*/g, ' ')
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '' && !l.startsWith('#'));
  if (lines.length === 0) throw new InputError('there is no line to run: the doc string is empty');
  return { op: 'kubectl', lines };
};
export const anyFaults = (min: number, max: number, withinMs: number): Operation => ({
  op: 'anyFaults',
  min,
  max,
  withinMs,
  of: 'all',
});
export const anyVoluntary = (min: number, max: number, withinMs: number): Operation => ({
  op: 'anyFaults',
  min,
  max,
  withinMs,
  of: 'voluntary',
});
/** The table names kinds of the catalogue, a row each, under the head `fault`. */
export const anyOfThese = (
  min: number,
  max: number,
  withinMs: number,
  rows: readonly (readonly string[])[],
): Operation => ({
  op: 'anyFaults',
  min,
  max,
  withinMs,
  of: rows.map((r) => r[0] ?? '').filter((kind, i) => i > 0 || kind !== 'fault'),
});

export const passes = (durationMs: number): Operation => ({ op: 'pass', durationMs });
export const execInPod = (command: string, pod: string): Operation => ({ op: 'exec', command, pod });
export const execInContainer = (command: string, container: string, pod: string): Operation => ({
  op: 'exec',
  command,
  pod,
  container,
});
export const execInMatching = (command: string, selector: string): Operation => ({
  op: 'exec',
  command,
  selector,
});
export const scale = (workload: Workload, replicas: number): Operation => ({
  op: 'scale',
  workload,
  replicas,
});
export const setImage = (workload: Workload, name: string): Operation => ({
  op: 'setImage',
  workload,
  image: name,
});
export const rollback = (workload: Workload): Operation => ({ op: 'rollback', workload });
export const eachNodeInTurn = (): Operation => ({ op: 'eachNodeInTurn' });

/** A fault of the catalogue in `src/chaos`, with the values of its fields. */
export const fault = (call: FaultCall): Operation => ({ op: 'fault', fault: call });

/** A fault by its name in the catalogue; rows of two cells, `target` and parameters. @throws FaultError */
export const faultByName = (kind: string, rows: readonly (readonly string[])[]): Operation => ({
  op: 'fault',
  fault: callOf(kind, Object.fromEntries(rows.map(([column = '', value = '']) => [column, value]))),
});
/** @throws FaultError naming the row that is wrong */
export const faults = (rows: readonly (readonly string[])[]): Operation => ({
  op: 'faults',
  strikes: scheduleOfTable(rows),
});
export const faultsIn = (path: string): Operation => ({ op: 'faultsIn', path });
export const heal = (): Operation => ({ op: 'heal' });
export const healKind = (kind: string): Operation => ({ op: 'heal', kind });
export const seed = (text: string): Operation => ({ op: 'seed', seed: text });

/**
 * The builder of a fault's phrase: its arguments fill `fields` in order; that of a target's place is a part
 * of the call.
 */
export const faultBuilder =
  (kind: string, fields: readonly PhraseField[], fixed: Partial<FaultCall> = {}) =>
  (...values: never[]): Operation => {
    const parts = fields.map(
      (field, i): Partial<FaultCall> =>
        typeof values[i] === 'object' && field !== 'workload'
          ? values[i]!
          : values[i] === undefined
            ? {}
            : { [field]: values[i] },
    );
    return { op: 'fault', fault: Object.assign({ kind, ...fixed }, ...parts) as FaultCall };
  };
