/** Reports that are one file, written when the run is over. */
import type { RunRecord } from './record.ts';
import type { Reporter } from './reporter.ts';
import { writeWhole } from './writing.ts';

export class ReportFile implements Reporter {
  private readonly path: string;
  private readonly print: (run: RunRecord) => string;

  constructor(path: string, print: (run: RunRecord) => string) {
    this.path = path;
    this.print = print;
  }

  /** @throws UnwritableError */
  runEnded(run: RunRecord): void {
    writeWhole(this.path, this.print(run));
  }
}
