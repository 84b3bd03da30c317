/** Worker threads over all cores (tinypool). */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import { InputError } from '../../dsl/errors.ts';
import type { Done, Refused, Work } from './worker.ts';

/** Sources start through tsx, which a worker thread has to register for itself. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './worker.mjs' : './worker.js', import.meta.url));

/** Who does work: threads, or in tests the caller. */
export type Workers = Pick<Pool, 'workers' | 'run'>;

export class Pool {
  readonly workers: number;
  private readonly pool: Tinypool;

  constructor(workers = availableParallelism()) {
    this.workers = workers;
    this.pool = new Tinypool({ filename: ENTRY, runtime: 'worker_threads', minThreads: workers, maxThreads: workers, idleTimeout: 600_000 });
  }

  /** @throws InputError, or what is a defect */
  async run<K extends Work['do']>(task: Extract<Work, { do: K }>): Promise<Extract<Done, { do: K }>> {
    const done = (await this.pool.run(task)) as Done | Refused;
    if (done.do === 'refused') throw new InputError(done.message);
    return done as Extract<Done, { do: K }>;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
