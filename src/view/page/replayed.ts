/** Sessions of runs that a worker replays. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { RecordedSession } from '../recorded.ts';
import type { Printed, Run } from '../run.ts';
import type { Difference, Session } from '../session.ts';
import type { Answered, Asked, Question } from './protocol.ts';

/** The worker, as questions that are answered. */
export class Simulator {
  private readonly worker: Worker;
  private readonly waiting = new Map<
    number,
    { resolve(answer: unknown): void; reject(error: Error): void }
  >();
  private asked = 0;
  private runs = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      const waits = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ('error' in data) waits?.reject(new Error(data.error));
      else waits?.resolve(data.answer);
    });
    worker.addEventListener('error', (e) => {
      for (const waits of this.waiting.values()) waits.reject(new Error(e.message));
      this.waiting.clear();
    });
  }

  ask<T>(question: Question): Promise<T> {
    this.asked += 1;
    const asked: Asked = { id: this.asked, question };
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.set(asked.id, { resolve, reject });
      this.worker.postMessage(asked);
    }) as Promise<T>;
  }

  /** @returns the session, and the hash of its history @throws Error where it cannot be replayed */
  async replay(run: Run & Required<Pick<Run, 'cause'>>): Promise<{ session: Session; hash: string }> {
    this.runs += 1;
    const number = this.runs;
    const hash = await this.ask<string>({ ask: 'replay', run: number, cause: run.cause });
    return { session: new ReplayedSession(this, number, run), hash };
  }
}

class ReplayedSession extends RecordedSession {
  private readonly simulator: Simulator;
  private readonly run: number;

  constructor(simulator: Simulator, run: number, recorded: Run) {
    super(recorded);
    this.simulator = simulator;
    this.run = run;
  }

  override stateAt(at: Millis): Promise<readonly unknown[]> {
    return this.simulator.ask({ ask: 'stateAt', run: this.run, at });
  }

  override kubectl(line: string, at: Millis): Promise<Printed> {
    return this.simulator.ask({ ask: 'kubectl', run: this.run, line, at });
  }

  override difference(entry: EntryId): Promise<Difference> {
    return this.simulator.ask({ ask: 'difference', run: this.run, entry });
  }
}
