/** Campaigns shared out by a queue, on a Redis of the test's own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardKit } from '../../dsl/kit.ts';
import { LONE_REPLICA } from '../../explore/testing.ts';
import { folderOf } from '../testing.ts';
import { drive } from './drive.ts';
import type { Workers } from './pool.ts';
import { QueuedWorkers } from './queue.ts';
import { freshState, Store, type State } from './store.ts';
import work, { type Work } from './worker.ts';

const RUNS = 20;
const campaign = LONE_REPLICA;

/** What was asked, and what it came to: what is tried here is the queue, not the runs. */
const answers = new Map<string, Promise<unknown>>();

/** Does what it is told, and takes down the runs that it played. */
const here = (played: number[]): Workers => ({
  workers: 1,
  run: async (task) => {
    const { untilMs: _, ...asked } = task as Work & { untilMs: number };
    if (asked.do === 'batch') played.push(asked.from);
    const key = JSON.stringify(asked);
    if (!answers.has(key)) answers.set(key, work({ task }));
    return (await answers.get(key)) as never;
  },
});

const calm = new AbortController().signal;

async function explored(workers: Workers): Promise<State> {
  const state = freshState('aaaa');
  await drive(
    campaign,
    state,
    workers,
    new Store(folderOf()),
    {
      kit: standardKit,
      runs: RUNS,
      batchRuns: 5,
      untilMs: Number.MAX_SAFE_INTEGER,
      known: new Set(),
      showAll: true,
      twice: false,
      progress: () => undefined,
      found: () => undefined,
      unsaved: () => undefined,
    },
    calm,
  );
  return state;
}

/** All of it but for what JSON leaves out. */
const plain = (state: State): unknown => JSON.parse(JSON.stringify({ ...state, why: undefined }));

it.each(['localhost:6379', 'http://localhost', 'redis://', 'unix://redis.sock'])(
  'no queue is at %s',
  async (url) => {
    const asked = { url, key: 'k', interrupted: calm };
    await expect(QueuedWorkers.open(asked, here([]))).rejects.toThrow('--queue takes redis://HOST:PORT or');
  },
);

it('says where nobody answers', async () => {
  const url = `unix://${join(folderOf(), 'nobody.sock')}`;
  await expect(QueuedWorkers.open({ url, key: 'k', interrupted: calm }, here([]))).rejects.toThrow(
    `--queue ${url} cannot be reached: connect ENOENT`,
  );
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)('a queue (needs redis-server)', () => {
  let server: ChildProcess;
  let url: string;

  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seatrial-'));
    const socket = join(folder, 'redis.sock');
    server = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    for await (const line of createInterface({ input: server.stdout! }))
      if (line.includes('accept connections')) break;
    server.stdout!.resume();
    url = `unix://${socket}`;
  });
  afterAll(async () => {
    server.kill();
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
  });

  it('comes to the same as one process on every worker, and has each range played once', async () => {
    const alone = plain(await explored(here([])));
    const played: number[] = [];
    const key = 'several';
    const workers = await Promise.all(
      [1, 2, 3].map(() => QueuedWorkers.open({ url, key, interrupted: calm }, here(played))),
    );
    try {
      const states = await Promise.all(workers.map(explored));
      for (const state of states) expect(plain(state)).toEqual(alone);
      expect(played.sort((a, b) => a - b)).toEqual([0, 5, 10, 15]);
    } finally {
      await Promise.all(workers.map((w) => w.close()));
    }
    // Whoever comes later is told what is there.
    const late = await QueuedWorkers.open({ url, key, interrupted: calm }, here(played));
    try {
      expect(plain(await explored(late))).toEqual(alone);
      expect(played).toHaveLength(4);
    } finally {
      await late.close();
    }
  });

  it('has what a worker had claimed that is gone played by another', async () => {
    const alone = plain(await explored(here([])));
    const asked = { url, key: 'killed', interrupted: calm, leaseMs: 3000 };
    let first: QueuedWorkers | undefined;
    const lost = await new Promise<number>((resolve, reject) => {
      const dying: Workers = {
        workers: 1,
        run: (task) => {
          resolve((task as Extract<Work, { do: 'batch' }>).from);
          return new Promise<never>(() => undefined);
        },
      };
      QueuedWorkers.open(asked, dying)
        .then((opened) => {
          first = opened;
          // What it waits for never comes.
          explored(opened).catch(() => undefined);
        })
        .catch(reject);
    });
    await first!.close();
    const played: number[] = [];
    const second = await QueuedWorkers.open(asked, here(played));
    try {
      expect(plain(await explored(second))).toEqual(alone);
      expect(played).toContain(lost);
      expect(played.sort((a, b) => a - b)).toEqual([0, 5, 10, 15]);
    } finally {
      await second.close();
    }
  });

  it('tells what no worker can do, and ends when somebody wants it to', async () => {
    const asked = { url, key: 'refused', interrupted: calm };
    const failing = await QueuedWorkers.open(asked, {
      workers: 1,
      run: () => Promise.reject(new Error('no memory left')),
    });
    try {
      await expect(explored(failing)).rejects.toThrow(
        'a worker of the queue could not go on: no memory left',
      );
    } finally {
      await failing.close();
    }
    const stop = new AbortController();
    const idle = await QueuedWorkers.open(
      { url, key: 'stopped', interrupted: stop.signal },
      { workers: 1, run: () => new Promise<never>(() => undefined) },
    );
    const task = { do: 'batch', campaign, from: 5, to: 9, hash: false, untilMs: 1 } as const;
    const answer = idle.run<'batch'>(task);
    stop.abort();
    expect((await answer).batch).toMatchObject({ from: 5, to: 5 });
    await idle.close();
  });
});
