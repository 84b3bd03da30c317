/**
 * `--queue redis://HOST:PORT`: a campaign shared out over whoever asks the same queue (BullMQ, on Redis or
 * Valkey). Each range of runs, and each counterexample to be shrunk, is a job, named by what it asks, so that
 * it is there once however many workers want it. Workers claim jobs; a claim is a lease that is renewed while
 * its worker lives, and what a killed worker had claimed is claimed by another one. What a job came to stands
 * in it, once; each worker reads all of them in their order, and comes to what one process would have.
 */
import { createHash } from 'node:crypto';
import type { Job, Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { InputError } from '../../dsl/errors.ts';
import { UsageError } from '../exit.ts';
import { complain } from '../output.ts';
import { emptyBatch } from '../../explore/campaign.ts';
import { aborted, SHRINK_MS } from './drive.ts';
import type { Workers } from './pool.ts';
import type { Done, Work } from './worker.ts';

/** What is shared: anything else is done by each worker for itself. */
const SHARED = ['batch', 'shrink'] as const;
type Shared = (typeof SHARED)[number];
type SharedWork = Extract<Work, { do: Shared }>;
const isShared = (task: Work): task is SharedWork => (SHARED as readonly string[]).includes(task.do);

/** The smaller is claimed first: what was found is shrunk while the search goes on. */
const PRIORITY: Readonly<Record<Shared, number>> = { shrink: 1, batch: 2 };
/** How long a claim holds that is not renewed. */
const LEASE_MS = 30_000;
/** How often a job may be lost with its worker: a worker that comes and goes is no fault of the job. */
const MOST_LOST = 1000;
/** How often a job is tried that a worker could not do, as for want of memory. */
const ATTEMPTS = 3;
/** How long what jobs came to is kept: the same command tells it again. */
const KEPT_SECONDS = 7 * 24 * 3600;
/** Jobs that a worker waits for at a time, more than are ever claimed at once. */
const LANES = 64;
/** How often a job is looked at of which no word comes. */
const LOOKED_AT_MS = 10_000;
const PREFIX = 'seatrial';

export interface QueueAsked {
  /** `redis://host:port`, `rediss://…`, `valkey://…`, or a socket, `unix:///run/redis.sock`. */
  readonly url: string;
  /** Of what is asked: only who asks the same shares it. */
  readonly key: string;
  /** Where somebody wants it to end, nothing is waited for. */
  readonly interrupted: AbortSignal;
  readonly leaseMs?: number;
}

const nameOfQueue = (key: string): string => `explore-${key}`;

/** What ioredis takes. @throws UsageError */
function addressOf(url: string): string {
  if (/^rediss?:\/\/[^/]/.test(url)) return url;
  if (/^valkeys?:\/\/[^/]/.test(url)) return url.replace(/^valkey/, 'redis');
  if (/^unix:\/\/\//.test(url)) return url.slice('unix://'.length);
  throw new UsageError(`--queue takes redis://HOST:PORT or unix:///SOCKET, not "${url}"`);
}

interface Libraries {
  readonly bullmq: typeof import('bullmq');
  readonly redis: typeof Redis;
}

/** Loaded where it is asked for only. @throws UsageError where it is not installed */
async function loaded(): Promise<Libraries> {
  try {
    return { bullmq: await import('bullmq'), redis: (await import('ioredis')).Redis };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('--queue needs two packages more: npm install --save-dev bullmq ioredis');
  }
}

/** @throws UsageError where nobody answers */
async function connected(Client: Libraries['redis'], url: string): Promise<Redis> {
  const address = addressOf(url);
  // One that is lost later is sought again, as often as it takes.
  let reached = false;
  const client = new Client(address, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (reached ? Math.min(times * 100, 5000) : null),
  });
  let why: string | undefined;
  client.on('error', ({ message }: Error) => {
    why = message;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    client.disconnect();
    throw new UsageError(`--queue ${url} cannot be reached: ${why ?? (error as Error).message}`);
  }
  reached = true;
  return client;
}

/** Its time to be shrunk begins when it is claimed. */
const limited = (task: SharedWork): SharedWork =>
  task.do === 'shrink' ? { ...task, untilMs: Date.now() + SHRINK_MS } : task;

/** What is told of a task that nobody waits for any more: that nothing of it was done. */
const notDone = (task: SharedWork): Done =>
  task.do === 'shrink'
    ? { do: 'shrink', counterexample: undefined }
    : { do: 'batch', batch: emptyBatch(task.from) };

/** The same of the same task, whoever asks it and when. */
const nameOf = ({ untilMs: _, ...task }: SharedWork): string =>
  `${task.do}-${createHash('sha256').update(JSON.stringify(task)).digest('hex').slice(0, 32)}`;

/** Workers of which the others may be anywhere. */
export class QueuedWorkers implements Workers {
  readonly workers = LANES;
  private readonly local: Workers;
  private readonly interrupted: AbortSignal;
  private readonly client: Redis;
  private readonly queue: Queue;
  private readonly events: QueueEvents;
  private readonly worker: Worker;

  private constructor(
    local: Workers,
    client: Redis,
    { Queue, QueueEvents, Worker }: typeof import('bullmq'),
    { key, interrupted, leaseMs = LEASE_MS }: QueueAsked,
    lastEventId: string,
  ) {
    this.interrupted = interrupted;
    this.local = local;
    this.client = client;
    const name = nameOfQueue(key);
    const shared = { connection: client, prefix: PREFIX };
    this.queue = new Queue(name, shared);
    // Each job that is waited for listens until the queue closes.
    this.queue.setMaxListeners(0);
    this.events = new QueueEvents(name, { ...shared, lastEventId });
    this.worker = new Worker(
      name,
      async ({ data }: Job<SharedWork>): Promise<Done> => this.local.run<Shared>(limited(data)),
      {
        ...shared,
        concurrency: local.workers,
        lockDuration: leaseMs,
        stalledInterval: leaseMs / 2,
        maxStalledCount: MOST_LOST,
      },
    );
    let lost = false;
    const onError = ({ message }: Error): void => {
      if (!lost) complain(`  the queue says: ${message} (it is tried again)`);
      lost = true;
    };
    this.queue.on('error', onError);
    this.events.on('error', onError);
    this.worker.on('error', onError);
  }

  /** @param local who does what is claimed here @throws UsageError */
  static async open(asked: QueueAsked, local: Workers): Promise<QueuedWorkers> {
    const { bullmq, redis } = await loaded();
    const client = await connected(redis, asked.url);
    // Of what happens from here on everything is heard, and nothing of what happened before.
    const events = `${PREFIX}:${nameOfQueue(asked.key)}:events`;
    const [last] = await client.xrevrange(events, '+', '-', 'COUNT', 1);
    return new QueuedWorkers(local, client, bullmq, asked, last?.[0] ?? '0-0');
  }

  /** @throws InputError for what no worker could do */
  async run<K extends Work['do']>(task: Extract<Work, { do: K }>): Promise<Extract<Done, { do: K }>> {
    if (!isShared(task)) return this.local.run<K>(task);
    if (this.interrupted.aborted) return notDone(task) as Extract<Done, { do: K }>;
    const job = await this.queue.add(task.do, task, {
      jobId: nameOf(task),
      priority: PRIORITY[task.do],
      attempts: ATTEMPTS,
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: true,
    });
    const done = await Promise.race([this.finished(job), aborted(this.interrupted)]);
    return (done ?? notDone(task)) as Extract<Done, { do: K }>;
  }

  /** What a job comes to. @throws InputError */
  private async finished(job: Job): Promise<Done | undefined> {
    for (;;) {
      try {
        return (await job.waitUntilFinished(this.events, LOOKED_AT_MS)) as Done;
      } catch (error) {
        // Somebody ended it here, or no word of it came, as after a connection that was lost.
        if (this.interrupted.aborted) return undefined;
        const state = await job.getState();
        if (state !== 'failed' && state !== 'unknown') continue;
        throw new InputError(`a worker of the queue could not go on: ${(error as Error).message}`);
      }
    }
  }

  /** What is claimed here and not done is claimed by others when the lease is over. */
  async close(): Promise<void> {
    await this.worker.close(true);
    await Promise.all([this.events.close(), this.queue.close()]);
    this.client.disconnect();
  }
}
