/** Reports that are one file, written when the run is over. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../dsl/errors.ts';
import type { RunRecord } from './record.ts';
import type { Reporter } from './reporter.ts';

export class ReportFile implements Reporter {
  private readonly path: string;
  private readonly print: (run: RunRecord) => string;

  constructor(path: string, print: (run: RunRecord) => string) {
    this.path = path;
    this.print = print;
  }

  /** @throws InputError when the file cannot be written */
  runEnded(run: RunRecord): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(this.path, this.print(run));
    } catch (error) {
      throw new InputError(`the report cannot be written: ${(error as Error).message}`);
    }
  }
}
