/** Progress of a campaign: one line that changes on a terminal, a line every ten seconds elsewhere. */
import type { State } from './store.ts';
import { complain, overwrite } from '../output.ts';
import { perSecond } from './tell.ts';

const QUIET_MS = 10_000;

export class Progress {
  private readonly workers: number;
  private readonly before: number;
  private readonly start = Date.now();
  private last = Date.now();

  constructor(workers: number, before: number) {
    this.workers = workers;
    this.before = before;
  }

  show(state: State): void {
    const now = Date.now();
    const line = this.line(state, now);
    if (process.stderr.isTTY) overwrite(line);
    else if (now - this.last >= QUIET_MS) {
      this.last = now;
      complain(line);
    }
  }

  note(text: string): void {
    overwrite('');
    complain(`  ${text}`);
  }

  end(): void {
    overwrite('');
  }

  private line(state: State, now: number): string {
    const rate = perSecond(state.next - this.before, now - this.start);
    return (
      `  ${state.next.toLocaleString('en')} runs  ${rate}/s on ${this.workers}  ` +
      `${Object.keys(state.coverage).length} pairs met  ${state.found.length} found`
    );
  }
}
