/** Many clients at once over a served cluster's sockets: watchers see what writers write. */
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Listener } from './server.ts';

/** What clients know of whom they ask. */
export type Target = Pick<Listener, 'url' | 'certificates'>;

export interface Load {
  readonly watchers: number;
  readonly writers: number;
  /** Watchers beside them that read nothing, of an object that is written all the while; none. */
  readonly slowWatchers?: number;
  /** Of each writer, until it is told to end. */
  readonly writes: number;
  /** Whether writers go on; asked before each write. */
  readonly goesOn?: () => boolean;
}

/** What came so far, of all watchers together. */
export interface Counts {
  readonly requests: number;
  readonly events: number;
  /** Events that came behind a later one, or twice. */
  readonly reordered: number;
}

/** What came of it. */
export interface LoadResult extends Omit<Counts, 'requests'> {
  readonly writes: number;
  readonly lost: number;
  /** Slow watchers that were told to list anew. */
  readonly cutOff: number;
  /** What a watcher saw in another order than it was written, not at all, or twice; the first few. */
  readonly wrong: readonly string[];
}

const MAPS = '/api/v1/namespaces/default/configmaps';
/** Wrongs that are told. */
const TOLD = 10;
/** What slow watchers do not read fills buffers of the system first. */
const HEAVY_BYTES = 900 * 1024;

/**
 * Revisions as they were written or seen: of so many that grow, the sum tells whether they are the same. Kept
 * small, so that what is measured is the server's memory.
 */
class Revisions {
  count = 0;
  sum = 0;
  last = 0;
  /** How many did not come behind the one before them, and the first of them. */
  reordered = 0;
  astray: number | undefined;

  add(revision: number): void {
    this.count += 1;
    this.sum += revision;
    if (revision <= this.last) {
      this.reordered += 1;
      this.astray ??= revision;
    }
    this.last = revision;
  }
}

interface Watcher {
  readonly seen: Revisions;
  close(): void;
}

/** One that reads nothing until it is asked what it was told last. */
interface SlowWatcher {
  wasCutOff(): Promise<boolean>;
}

class Client {
  requests = 0;
  private readonly url: string;
  private readonly agent: Agent;

  constructor({ url, certificates: { authority: ca, administrator } }: Target, sockets: number) {
    this.url = url;
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: sockets,
      ca,
      key: administrator.key,
      cert: administrator.certificate,
    });
  }

  private open(
    method: string,
    path: string,
    body?: object,
    type = 'application/json',
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = {
        method,
        agent: this.agent,
        headers: body === undefined ? {} : { 'content-type': type },
      };
      this.requests += 1;
      const request = httpsRequest(`${this.url}${path}`, options, resolve);
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async ask(method: string, path: string, body?: object, type?: string): Promise<Record<string, unknown>> {
    const response = await this.open(method, path, body, type);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if ((response.statusCode ?? 0) >= 300)
      throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async watch(path: string): Promise<Watcher> {
    const response = await this.open('GET', path);
    const seen = new Revisions();
    let rest = '';
    response.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const { object } = JSON.parse(line) as { object: Record<string, unknown> };
        seen.add(revisionOf(object));
      }
    });
    response.on('error', () => undefined);
    return { seen, close: () => response.destroy() };
  }

  async watchSlowly(path: string): Promise<SlowWatcher> {
    const response = await this.open('GET', path);
    response.pause();
    return {
      async wasCutOff() {
        let rest = '';
        for await (const chunk of response) rest = (rest + (chunk as Buffer).toString()).slice(-LAST_BYTES);
        const last = rest.trimEnd().split('\n').at(-1)!;
        return /^\{"type":"ERROR".*"code":410/.test(last);
      },
    };
  }

  close(): void {
    this.agent.destroy();
  }
}

/** More than an error takes. */
const LAST_BYTES = 4096;

const revisionOf = (object: Record<string, unknown>): number =>
  Number((object['metadata'] as { resourceVersion?: string } | undefined)?.resourceVersion ?? 0);

/** What of a watcher's events is not what was written, in the order in which it was. */
function wrongOf({ seen }: Watcher, i: number, written: Revisions): string[] {
  if (seen.astray !== undefined) return [`watcher ${i} saw revision ${seen.astray} behind a later one`];
  return seen.count === written.count && seen.sum === written.sum
    ? []
    : [`watcher ${i} saw ${seen.count} of ${written.count} writes, or others`];
}

const mapNamed = (name: string, load: string, data: Readonly<Record<string, string>>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { load } },
  data,
});

/**
 * Puts a load on a served cluster.
 * @param everyWrite told after each write, of what came so far
 */
export async function putLoad(
  target: Target,
  { watchers, writers, slowWatchers = 0, writes, goesOn = () => true }: Load,
  everyWrite: (counts: () => Counts) => void = () => undefined,
): Promise<LoadResult> {
  const client = new Client(target, watchers + slowWatchers + writers + 1);
  const { metadata } = await client.ask('GET', MAPS);
  const { resourceVersion } = metadata as { resourceVersion: string };
  const watchOf = (load: string): string =>
    `${MAPS}?watch=true&labelSelector=load%3D${load}&resourceVersion=${resourceVersion}`;
  const watching = await Promise.all(Array.from({ length: watchers }, () => client.watch(watchOf('light'))));
  const slow = await Promise.all(
    Array.from({ length: slowWatchers }, () => client.watchSlowly(watchOf('heavy'))),
  );
  const sumOf = (count: (seen: Revisions) => number): number =>
    watching.reduce((sum, { seen }) => sum + count(seen), 0);
  const counts = (): Counts => ({
    requests: client.requests,
    events: sumOf(({ count }) => count),
    reordered: sumOf(({ reordered }) => reordered),
  });
  // Answers may overtake each other; what a watcher is told does not.
  const written = new Revisions();
  const write = async (name: string, body: object, note: (object: Record<string, unknown>) => void) => {
    note(await client.ask('POST', MAPS, body));
    for (let n = 1; n < writes && goesOn(); n++) {
      const patch = { data: { n: String(n) } };
      note(await client.ask('PATCH', `${MAPS}/${name}`, patch, 'application/merge-patch+json'));
      everyWrite(counts);
    }
  };
  const writing = Array.from({ length: writers }, (_, i) =>
    write(`load-${i}`, mapNamed(`load-${i}`, 'light', {}), (object) => written.add(revisionOf(object))),
  );
  if (slowWatchers > 0) {
    const body = mapNamed('heavy', 'heavy', { heavy: 'x'.repeat(HEAVY_BYTES) });
    writing.push(write('heavy', body, () => undefined));
  }
  await Promise.all(writing);
  const isThere = (): boolean => watching.every(({ seen }) => seen.count >= written.count);
  for (let turns = 0; turns < 2000 && !isThere(); turns++) await new Promise((go) => setTimeout(go, 5));
  for (const watcher of watching) watcher.close();
  const cutOff = await Promise.all(slow.map((watcher) => watcher.wasCutOff()));
  client.close();
  const { events, reordered } = counts();
  return {
    writes: written.count,
    events,
    lost: sumOf(({ count }) => Math.max(0, written.count - count)),
    reordered,
    cutOff: cutOff.filter(Boolean).length,
    wrong: watching.flatMap((watcher, i) => wrongOf(watcher, i, written)).slice(0, TOLD),
  };
}
