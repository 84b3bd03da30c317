/**
 * What stands in a page's entry for a module of a chunk: its data, and in the place of each function and of
 * each text that only pages about it read, one that asks the chunk's. `scripts/build/chunks.mjs` writes it.
 */
import type { Chunk } from './chunk.ts';

type Key = string | number;
type Path = readonly Key[];
/** A function of the chunk's module, by its key and by the path to what it belongs to; what else is there. */
interface StandIn {
  (key: Key, path?: Path): (...args: unknown[]) => unknown;
  at(path: Path): unknown;
}

const read = (value: unknown, key: Key): unknown => (value as Record<Key, unknown>)[key];

/** @example const $ = standIn(CHUNKS.faults, 'm0'); export const strike = $('strike'); */
export function standIn(chunk: Chunk<unknown>, module: string): StandIn {
  const at = (path: Path): unknown => path.reduce(read, read(chunk.value, module));
  const call = (key: Key, path: Path = []) => {
    return (...args: unknown[]) => (at(path) as Record<Key, (...given: unknown[]) => unknown>)[key]!(...args);
  };
  return Object.assign(call, { at });
}

/** Of objects of data, what of them waits: names of texts and of functions, apart by blanks. */
const waiting = new WeakMap<object, readonly [told: string, functions: string]>();

/** Marks data of which more is in the chunk. @returns the data, without that until `whole` binds it */
export function partly<T extends object>(data: T, told: string, functions: string): T {
  waiting.set(data, [told, functions]);
  return data;
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

/** Binds what waits in data to the place that they have in the chunk's module. @returns the data */
export function whole<T>($: StandIn, data: T, ...path: Path): T {
  if (typeof data !== 'object' || data === null) return data;
  for (const [key, value] of Object.entries(data)) whole($, value, ...path, key);
  const [told, functions] = waiting.get(data) ?? ['', ''];
  for (const key of words(told))
    Object.defineProperty(data, key, {
      get: () => read($.at(path), key),
      enumerable: true,
      configurable: true,
    });
  for (const key of words(functions)) (data as Record<string, unknown>)[key] = $(key, path);
  return data;
}
