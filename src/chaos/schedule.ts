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
  return partOf(kind, { target: '', ...values }, faults);
}

/** The same, of whose target nothing need be said. @throws FaultError as `callOf` */
function partOf(
  kind: string,
  values: Readonly<Record<string, string>>,
  faults: typeof standardFaults,
): FaultCall {
  const fault = faults.named(kind);
  const { target } = values;
  const call: Record<string, unknown> = {
    kind,
    ...(target === undefined ? {} : parseTarget(fault.target, target)),
  };
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

/** Whether a call says what it is aimed at; what needs no target does not. */
export const isAimed = (call: FaultCall): boolean =>
  Object.keys(call).some((field) => field !== 'kind' && !(field in PARAMETER_FIELDS));

/** A call without what it is aimed at. */
export const unaimed = (call: FaultCall): FaultCall =>
  Object.fromEntries(
    Object.entries(call).filter(([field]) => field === 'kind' || field in PARAMETER_FIELDS),
  ) as unknown as FaultCall;

/** The words of a call, by column; the inverse of `callOf`. */
export function wordsOf(call: FaultCall, faults = standardFaults): Record<string, string> {
  const fault = faults.named(call.kind);
  const target = isAimed(call) ? printTarget(fault.target, call) : '';
  const words: Record<string, string> = target === '' ? {} : { target };
  for (const field of Object.keys(PARAMETER_FIELDS) as ParameterField[]) {
    const value = call[field];
    if (value !== undefined && fault.parameters.some((p) => p.field === field))
      words[columnOf(field)] = printField(field, value);
  }
  return words;
}

const FIRST = ['at', 'fault', 'target', 'for'];
const PARAMETER_COLUMNS = [...fieldOfColumn.keys()].filter((c) => c !== 'for');

/** A kind of fault, or what is given of it: of a call, what is left out is drawn. */
export type Drawn = string | FaultCall;

type Cells = Readonly<Record<string, string>>;

/**
 * What the rows of a table of faults say, by their columns; an empty cell says nothing.
 * @param first columns that are no parameters
 * @throws FaultError naming the row
 */
function readRows<T>(
  rows: readonly (readonly string[])[],
  first: readonly string[],
  read: (cells: Cells & { readonly fault: string }) => T,
): T[] {
  const [head, ...body] = rows;
  if (head === undefined || !head.includes('fault')) throw misses('faultColumns', { columns: head ?? [] });
  const unknown = head.filter((c) => !first.includes(c) && !fieldOfColumn.has(c));
  if (unknown.length > 0)
    throw misses('noFaultColumn', { column: unknown[0]!, columns: [...first, ...PARAMETER_COLUMNS] });
  if (body.length === 0) throw misses('noFaultRows', {});
  return body.map((row, i) => {
    const cells: Cells = Object.fromEntries(
      head.flatMap((column, j) => ((row[j] ?? '').trim() === '' ? [] : [[column, row[j]!.trim()]])),
    );
    try {
      const { fault } = cells;
      if (fault === undefined) throw misses('emptyFault', {});
      return read({ ...cells, fault });
    } catch (error) {
      throw error instanceof FaultError ? error.inRow(i + 1) : error;
    }
  });
}

/**
 * The schedule of a table with the columns `at`, `fault`, `target`, `for` and those of parameters; an empty
 * cell says nothing.
 * @throws FaultError naming the row
 */
export const scheduleOfTable = (rows: readonly (readonly string[])[], faults = standardFaults): Strike[] =>
  readRows(rows, FIRST, ({ at = '0s', fault, ...values }) => ({
    atMs: atOf(at),
    fault: callOf(fault, values, faults),
  }));

/**
 * The faults of a table that a search is to draw: its one column has kinds, or it has the columns of a
 * schedule without `at`, and what a row leaves out is drawn.
 * @throws FaultError naming the row
 */
export const drawnOfTable = (rows: readonly (readonly string[])[], faults = standardFaults): Drawn[] =>
  rows.every((row) => row.length === 1)
    ? rows.map(([kind = '']) => kind).filter((kind, i) => i > 0 || kind !== 'fault')
    : readRows(rows, FIRST.slice(1), ({ fault, ...values }) => {
        const call = partOf(fault, values, faults);
        return Object.keys(call).length === 1 ? fault : call;
      });

/** @throws FaultError */
export function atOf(text: string): Millis {
  const ms = parseDuration(text);
  if (ms === undefined) throw misses('noTime', { text });
  return ms;
}

type Row = Readonly<Record<string, string>>;

/** Rows under the columns that some of them fill, and those that are always there. */
function tableOf(rows: readonly Row[], always: readonly string[]): string[][] {
  const columns = [...FIRST, ...PARAMETER_COLUMNS].filter(
    (c) => always.includes(c) || rows.some((r) => r[c] !== undefined),
  );
  return [columns, ...rows.map((r) => columns.map((c) => r[c] ?? ''))];
}

/** The table of a schedule: only columns that some row fills. */
export const tableOfSchedule = (strikes: readonly Strike[], faults = standardFaults): string[][] =>
  tableOf(
    strikes.map(({ atMs, fault }) => ({
      at: printDuration(atMs),
      fault: fault.kind,
      ...wordsOf(fault, faults),
    })),
    ['at', 'fault'],
  );

/** The table of faults that a search is to draw; the inverse of `drawnOfTable`. */
export const tableOfDrawn = (drawn: readonly Drawn[], faults = standardFaults): string[][] =>
  tableOf(
    drawn.map((d): Row => (typeof d === 'string' ? { fault: d } : { fault: d.kind, ...wordsOf(d, faults) })),
    ['fault'],
  );
