/**
 * Worker processes over all cores (tinypool). Not threads: those of one process wait for each other whenever
 * V8 asks for memory or gives it back, and two of them did 1.3 times the work of one where two processes do
 * 1.9 times.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import { InputError } from '../../dsl/errors.ts';
import { IS_SOURCE } from '../place.ts';
import type { Done, Order, Refused, Work } from './worker.ts';

/** Sources start through tsx, which a worker has to register for itself. */
const ENTRY = fileURLToPath(
  new URL(IS_SOURCE ? './workerprocess.mjs' : './workerprocess.js', import.meta.url),
);

/**
 * Young objects are left more room than V8's 16 MB: a run's own are then mostly gone when it looks, and each
 * worker collects on its own core, without threads that the others would wait for.
 */
const FLAGS = ['--max-semi-space-size=64', '--single-threaded-gc'];

/** What tinypool says when a worker is gone, or Node when it went while something was said to it. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message === 'Worker exited unexpectedly' ||
    ('code' in error && ['EPIPE', 'ERR_IPC_CHANNEL_CLOSED'].includes(String(error.code))));

/** Bad input that a worker met; `manifest`: the text that it is about. */
export class RefusedError extends InputError {
  readonly manifest: string | undefined;

  constructor(message: string, manifest: string | undefined) {
    super(message);
    this.manifest = manifest;
  }
}

/** Who does work: processes, or in tests the caller. */
export type Workers = Pick<Pool, 'workers' | 'run'>;

export class Pool {
  readonly workers: number;
  private readonly pool: Tinypool;

  private readonly kit: string | undefined;

  /** @param kit file of the kit that all of them play with; absent: Seatrial as it comes */
  constructor(workers = availableParallelism(), kit?: string) {
    this.workers = workers;
    this.kit = kit;
    this.pool = new Tinypool({
      filename: ENTRY,
      runtime: 'child_process',
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: 600_000,
      execArgv: [...process.execArgv, ...FLAGS],
      env: process.env as Record<string, string>,
    });
  }

  /** @throws InputError, also for a worker that was ended from outside, or what is a defect */
  async run<K extends Work['do']>(task: Extract<Work, { do: K }>): Promise<Extract<Done, { do: K }>> {
    let done: Done | Refused;
    try {
      done = (await this.pool.run({ task, kit: this.kit } satisfies Order)) as Done | Refused;
    } catch (error) {
      if (isGone(error)) {
        throw new InputError(
          'a worker process was ended from outside, or had no memory left: try fewer --workers; the same ' +
            'command goes on where this ended',
        );
      }
      throw error;
    }
    if (done.do === 'refused') throw new RefusedError(done.message, done.manifest);
    return done as Extract<Done, { do: K }>;
  }

  /** Their process ids. */
  processes(): number[] {
    return this.pool.threads.map((t) => t.threadId);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
