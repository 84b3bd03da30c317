/** Schedules: which faults strike, and when. Tables, files and combinators all come to this form. */
import type { Millis } from '../sim/kernel/types.ts';
import { parseDuration, printDuration } from './duration.ts';
import {
  columnOf,
  fieldOfColumn,
  parseField,
  printField,
  PARAMETER_FIELDS,
  type ParameterField,
} from './fields.ts';
import { standardFaults } from './index.ts';
import { parseTarget, printTarget } from './targettext.ts';
import { type Fault, type FaultCall, FaultError, misses } from './types.ts';

/** One fault of a schedule; `atMs` counts from the schedule's beginning. */
export interface Strike {
  readonly atMs: Millis;
  readonly fault: FaultCall;
}

/** How long a schedule takes: until its last fault has struck and those that say for how long are over. */
export const lengthOf = (strikes: readonly Strike[]): Millis =>
  strikes.reduce((end, { atMs, fault }) => Math.max(end, atMs + (fault.forMs ?? 0)), 0);

/** In the order in which they strike; of those at one time, as they stand. */
export const inOrder = (strikes: readonly Strike[]): Strike[] =>
  strikes
    .map((s, i) => ({ s, i }))
    .sort((a, b) => a.s.atMs - b.s.atMs || a.i - b.i)
    .map(({ s }) => s);

/** Parameters a fault takes, by the names of their columns. */
const columnsOf = (fault: Fault): string[] =>
  fault.parameters.map((p) => columnOf(p.field as ParameterField));

/**
 * A fault by the words of a table or file.
 * @param values text by column: `target`, and the fault's parameters
 * @throws FaultError for a column the fault does not take, or a value that is none
 */
export function callOf(
  kind: string,
  values: Readonly<Record<string, string>>,
  faults = standardFaults,
): FaultCall {
  const fault = faults.named(kind);
  const call: Record<string, unknown> = { kind, ...parseTarget(fault.target, values['target'] ?? '') };
  for (const [column, text] of Object.entries(values)) {
    if (column === 'target') continue;
    const field = fieldOfColumn.get(column);
    if (field === undefined || !fault.parameters.some((p) => p.field === field)) {
      throw misses('noColumn', {
        fault: kind,
        column,
        columns: [...(fault.target === 'none' ? [] : ['target']), ...columnsOf(fault)],
      });
    }
    call[field] = parseField(field, text);
  }
  return call as unknown as FaultCall;
}

/** The words of a call, by column; the inverse of `callOf`. */
export function wordsOf(call: FaultCall, faults = standardFaults): Record<string, string> {
  const fault = faults.named(call.kind);
  const target = printTarget(fault.target, call);
  const words: Record<string, string> = target === '' ? {} : { target };
  for (const field of Object.keys(PARAMETER_FIELDS) as ParameterField[]) {
    const value = call[field];
    if (value !== undefined && fault.parameters.some((p) => p.field === field))
      words[columnOf(field)] = printField(field, value);
  }
  return words;
}

const FIRST = ['at', 'fault', 'target', 'for'];

/**
 * The schedule of a table with the columns `at`, `fault`, `target`, `for` and those of parameters; an empty
 * cell says nothing.
 * @throws FaultError naming the row
 */
export function scheduleOfTable(rows: readonly (readonly string[])[], faults = standardFaults): Strike[] {
  const [head, ...body] = rows;
  if (head === undefined || !head.includes('fault')) throw misses('faultColumns', { columns: head ?? [] });
  const unknown = head.filter((c) => !FIRST.includes(c) && !fieldOfColumn.has(c));
  if (unknown.length > 0)
    throw misses('noFaultColumn', {
      column: unknown[0]!,
      columns: [...FIRST, ...[...fieldOfColumn.keys()].filter((c) => c !== 'for')],
    });
  if (body.length === 0) throw misses('noFaultRows', {});
  return body.map((row, i) => {
    const cells = Object.fromEntries(
      head.flatMap((column, j) => ((row[j] ?? '').trim() === '' ? [] : [[column, row[j]!.trim()]])),
    );
    try {
      const { at = '0s', fault, ...values } = cells;
      if (fault === undefined) throw misses('emptyFault', {});
      return { atMs: atOf(at), fault: callOf(fault, values, faults) };
    } catch (error) {
      throw error instanceof FaultError ? error.inRow(i + 1) : error;
    }
  });
}

/** @throws FaultError */
export function atOf(text: string): Millis {
  const ms = parseDuration(text);
  if (ms === undefined) throw misses('noTime', { text });
  return ms;
}

/** The table of a schedule: only columns that some row fills. */
export function tableOfSchedule(strikes: readonly Strike[], faults = standardFaults): string[][] {
  const rows = strikes.map(
    ({ atMs, fault }) =>
      ({ at: printDuration(atMs), fault: fault.kind, ...wordsOf(fault, faults) }) as Record<string, string>,
  );
  const columns = [...FIRST, ...[...fieldOfColumn.keys()].filter((c) => c !== 'for')].filter(
    (c) => c === 'at' || c === 'fault' || rows.some((r) => r[c] !== undefined),
  );
  return [columns, ...rows.map((r) => columns.map((c) => r[c] ?? ''))];
}
