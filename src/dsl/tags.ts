/** What a scenario's tags ask for: `@seed:7`, `@runs:500`, `@every-seed:20`, `@expect-failure`. */
import { wrong } from './errors.ts';

export interface Asked {
  /** Absent: whoever plays it says. */
  readonly seed: string | undefined;
  /** Draws of a property scenario. */
  readonly runs: number | undefined;
  /** With how many seeds it is played. */
  readonly seeds: number;
  /** Whether a claim of it is to fail. */
  readonly expectFailure: boolean;
}

/**
 * A number that is counted with. @param what as a sentence begins @param example as it should look
 * @throws InputError for anything else
 */
export function countOf(what: string, text: string, example: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw wrong('tagNumber', { what, example, text });
  return Number(text);
}

/** @param tags with their `@`. @throws InputError for a number that is none */
export function readTags(tags: readonly string[]): Asked {
  const value = (name: string): string | undefined =>
    tags.find((t) => t.startsWith(`@${name}:`))?.slice(name.length + 2);
  const runs = value('runs');
  const seeds = value('every-seed');
  return {
    seed: value('seed'),
    runs: runs === undefined ? undefined : countOf('runs', runs, '@runs:500'),
    seeds: seeds === undefined ? 1 : countOf('every-seed', seeds, '@every-seed:20'),
    expectFailure: tags.includes('@expect-failure'),
  };
}

/** The seeds that follow a number are the next numbers; those of a word carry a number. */
export const otherSeed = (seed: string | number, i: number): string =>
  /^\d+$/.test(String(seed)) ? String(Number(seed) + i) : `${seed}-${i}`;
