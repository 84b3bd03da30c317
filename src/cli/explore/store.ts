/**
 * What a campaign keeps in its folder: `state.json`, how far it is and what it met, and a `.feature` for each
 * counterexample, which together are its corpus. Every file is written whole or not at all, so that a
 * campaign that is killed goes on where it was.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Coverage } from '../../explore/coverage.ts';
import type { Finding } from '../../explore/campaign.ts';

export interface Found {
  readonly finding: Finding;
  /** File name in the folder. */
  readonly file: string;
  /** Absent until it is shrunk. */
  readonly size?: number;
  readonly message?: string;
}

export interface State {
  /** Of what was asked: another campaign does not go on with this one's state. */
  readonly key: string;
  /** Runs below this number are done, and counted here. */
  next: number;
  meaningless: number;
  why: string | undefined;
  coverage: Coverage;
  sometimes: string[];
  found: Found[];
  /** Whether it came to its end. */
  complete: boolean;
}

export const keyOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);

export const freshState = (key: string): State => ({
  key,
  next: 0,
  meaningless: 0,
  why: undefined,
  coverage: {},
  sometimes: [],
  found: [],
  complete: false,
});

/** A name for files: `at-every-moment-service-web-was-available`. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);

export class Store {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
    return path;
  }

  /** The state of an unfinished campaign of that key. */
  unfinished(key: string): State | undefined {
    const path = join(this.folder, 'state.json');
    if (!existsSync(path)) return undefined;
    try {
      const state = JSON.parse(readFileSync(path, 'utf8')) as State;
      return state.key === key && !state.complete ? state : undefined;
    } catch {
      return undefined;
    }
  }

  save(state: State): void {
    this.write('state.json', JSON.stringify(state));
  }

  /** Features of the corpus: path and text. */
  corpus(): { path: string; text: string }[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.feature'))
      .sort()
      .map((name) => {
        const path = join(this.folder, name);
        return { path, text: readFileSync(path, 'utf8') };
      });
  }
}
