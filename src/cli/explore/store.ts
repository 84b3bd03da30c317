/**
 * What a campaign keeps in its folder: `state-KEY.json`, how far it is and what it met, and a `.feature` for
 * each counterexample, which together are its corpus. Every file is written whole or not at all, so that a
 * campaign that is killed goes on where it was.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Tallies } from '../../explore/campaign.ts';
import type { Coverage } from '../../explore/coverage.ts';
import { distinctName, fileName } from '../../explore/filename.ts';
import type { Taken } from '../../explore/rank.ts';
import type { Concrete } from '../../explore/trial.ts';
import { makeFolder, writeWhole } from '../../report/writing.ts';
import type { Shard } from './shard.ts';

export interface Found {
  readonly finding: Finding;
  /** File name in the folder. */
  readonly file: string;
  /** Absent until it is shrunk. */
  readonly size?: number;
  readonly message?: string;
  readonly taken?: Taken;
  /** With no fault that could be left out, in the cluster in which it was found. */
  readonly fewest?: Concrete;
  /** It may take less: time was over before its faults were shrunk to the end. */
  readonly cutShort?: true;
}

export interface State {
  /** Of what was asked: another campaign does not go on with this one's state. */
  readonly key: string;
  /** Of a campaign that is shared out: which part this is. */
  readonly shard?: Shard;
  /** Runs below this number, from the part's first on, are done and counted here. */
  next: number;
  meaningless: number;
  why: string | undefined;
  coverage: Coverage;
  sometimes: string[];
  /** What the runs came to, by the keys of causes. */
  causes: Tallies;
  found: Found[];
  /** Whether it came to its end. */
  complete: boolean;
}

export const keyOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);

/** A text of so many characters is written once, however often a state says it, as it does manifests. */
const LONG = 4096;

interface Placed {
  readonly longText: number;
}
const isPlaced = (value: unknown): value is Placed =>
  typeof value === 'object' && value !== null && 'longText' in value;

/** A state as its file has it. */
export function stateText(state: State): string {
  const places = new Map<string, number>();
  const placeOf = (text: string): Placed => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return { longText: place };
  };
  const rest = JSON.stringify(state, (_, value: unknown) =>
    typeof value === 'string' && value.length >= LONG ? placeOf(value) : value,
  );
  if (places.size === 0) return rest;
  const longTexts = JSON.stringify([...places.keys()]);
  return `{"longTexts":${longTexts},"state":${rest}}`;
}

/** @throws SyntaxError of what is no JSON */
export function stateIn(text: string): State {
  const read = JSON.parse(text) as State | { readonly longTexts: readonly string[]; readonly state: State };
  if (!('longTexts' in read)) return read;
  const whole = (value: unknown): unknown => {
    if (isPlaced(value)) return read.longTexts[value.longText];
    if (Array.isArray(value)) return value.map(whole);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, whole(member)]));
  };
  return whole(read.state) as State;
}

/** @param shard absent: of the whole campaign */
export const freshState = (key: string, shard?: Shard): State => ({
  key,
  ...(shard === undefined ? {} : { shard }),
  next: shard?.from ?? 0,
  meaningless: 0,
  why: undefined,
  coverage: {},
  sometimes: [],
  causes: {},
  found: [],
  complete: false,
});

/** How many runs a state has counted. */
export const runsOf = ({ next, shard }: State): number => next - (shard?.from ?? 0);

/** A feature of the corpus, or why it cannot be read. */
export type Kept =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly problem: string };

const stateFile = (key: string): string => `state-${key}.json`;
export const STATE = /^state-[0-9a-f]+\.json$/;

/** The name of the file of a counterexample, for what names are free. */
const nameWhere = (claim: string, feature: string, isFree: (file: string) => boolean): string => {
  const name = fileName(claim.replace(/^Then /, ''));
  return isFree(`${name}.feature`) ? `${name}.feature` : `${distinctName(name, feature)}.feature`;
};

/** The name of the file of a counterexample beside those of the same campaign. */
export const nameAmong = (claim: string, feature: string, taken: readonly string[]): string =>
  nameWhere(claim, feature, (file) => !taken.includes(file));

export class Store {
  readonly folder: string;

  /** @throws UnwritableError when there can be no such folder */
  constructor(folder: string) {
    this.folder = folder;
    makeFolder(folder);
  }

  /** @throws UnwritableError */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeWhole(path, text);
    return path;
  }

  /** Where a counterexample of a claim goes: never in the place of another. */
  nameFor(claim: string, feature: string, taken: readonly string[]): string {
    return nameWhere(claim, feature, (file) => !taken.includes(file) && !this.has(file));
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** The state of an unfinished campaign of that key. */
  unfinished(key: string): State | undefined {
    const state = this.last(key);
    return state?.complete === false ? state : undefined;
  }

  /** The state of a campaign of that key, finished or not. */
  last(key: string): State | undefined {
    const state = this.read(stateFile(key));
    return state?.key === key ? state : undefined;
  }

  /** Where the state of a campaign is kept. */
  statePath(key: string): string {
    return join(this.folder, stateFile(key));
  }

  /** Keeps a state; those of campaigns that came to their end before it go. @throws UnwritableError */
  save(state: State): void {
    this.write(stateFile(state.key), stateText(state));
    if (!state.complete) return;
    for (const name of readdirSync(this.folder)) {
      if (!STATE.test(name) || name === stateFile(state.key)) continue;
      if (this.read(name)?.complete === true) rmSync(join(this.folder, name), { force: true });
    }
  }

  /** Features of the corpus, by name. */
  corpus(): Kept[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.feature'))
      .sort()
      .map((name) => {
        const path = join(this.folder, name);
        try {
          return { path, text: readFileSync(path, 'utf8') };
        } catch (error) {
          return { path, problem: (error as Error).message };
        }
      });
  }

  private read(name: string): State | undefined {
    try {
      return stateIn(readFileSync(join(this.folder, name), 'utf8'));
    } catch {
      return undefined;
    }
  }
}
