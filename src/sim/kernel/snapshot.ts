/** State as text and back: what is kept of a run beside the code it was made with. */
import { Cells, Table } from './fork.ts';

/** State as JSON text: maps and sets become tagged arrays, Infinity and undefined keep their meaning. */
export function encodeState(value: unknown): string {
  return JSON.stringify(toJson(value));
}

export function decodeState(text: string): unknown {
  return fromJson(JSON.parse(text));
}

function toJson(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Cells) return { $: 'cells', v: rowsOf(value.peek()) };
  if (value instanceof Table) return { $: 'table', v: rowsOf(value) };
  if (value instanceof Map) return { $: 'map', v: rowsOf(value) };
  if (value instanceof Set) return { $: 'set', v: [...value].map(toJson) };
  if (Array.isArray(value)) return value.map(toJson);
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(value)) if (v !== undefined) out[k] = toJson(v);
  return '$' in out ? { $: 'object', v: out } : out;
}

const rowsOf = (map: ReadonlyMap<unknown, unknown>): unknown[] =>
  Array.from(map, ([k, v]) => [toJson(k), toJson(v)]);

const entriesOf = (rows: unknown): [unknown, unknown][] =>
  (rows as [unknown, unknown][]).map(([k, v]) => [fromJson(k), fromJson(v)]);

function fromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const object = value as Record<string, unknown>;
  const v = object['v'];
  switch (object['$']) {
    case undefined:
      break;
    case 'undefined':
      return undefined;
    case 'number':
      return Number(v);
    case 'map':
      return new Map(entriesOf(v));
    case 'table':
      return new Table(entriesOf(v));
    case 'cells':
      return new Cells(entriesOf(v));
    case 'set':
      return new Set((v as unknown[]).map(fromJson));
    case 'object':
      return Object.fromEntries(Object.entries(v as object).map(([k, x]) => [k, fromJson(x)]));
  }
  return Object.fromEntries(Object.entries(object).map(([k, x]) => [k, fromJson(x)]));
}
