/**
 * How far one command has come with its campaigns, so that the same command goes on after an interruption
 * and does not play again what was finished.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeWhole } from '../../report/writing.ts';

interface Record {
  readonly key: string;
  /** Exit codes of finished campaigns, by their keys. */
  readonly finished: { [campaign: string]: number };
}

export class Sitting {
  private readonly path: string;
  private readonly record: Record;

  /** @param key of all that the command was asked; @throws UnwritableError */
  constructor(out: string, key: string) {
    makeFolder(out);
    this.path = join(out, `unfinished-${key}.json`);
    this.record = { key, finished: this.read(key) };
  }

  /** How a campaign ended; undefined when it has not. */
  codeOf(campaign: string): number | undefined {
    return this.record.finished[campaign];
  }

  /** @throws UnwritableError */
  finish(campaign: string, code: number): void {
    this.record.finished[campaign] = code;
    writeWhole(this.path, JSON.stringify(this.record));
  }

  /** All campaigns are finished: the same command begins anew. */
  end(): void {
    rmSync(this.path, { force: true });
  }

  private read(key: string): Record['finished'] {
    try {
      const record = JSON.parse(readFileSync(this.path, 'utf8')) as Record;
      return record.key === key ? record.finished : {};
    } catch {
      return {};
    }
  }
}
