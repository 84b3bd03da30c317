/** Many clients at once over a served cluster's sockets: watchers see what writers write. */
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Listener } from './server.ts';

export interface Load {
  readonly watchers: number;
  readonly writers: number;
  /** Of each writer, until it is told to end. */
  readonly writes: number;
  /** Whether writers go on; asked before each write. */
  readonly goesOn?: () => boolean;
}

/** What came of it. */
export interface LoadResult {
  readonly writes: number;
  /** Of all watchers together. */
  readonly events: number;
  /** What a watcher saw in another order than it was written, not at all, or twice; the first few. */
  readonly wrong: readonly string[];
}

const MAPS = '/api/v1/namespaces/default/configmaps';
/** Wrongs that are told. */
const TOLD = 10;

/**
 * Revisions as they were written or seen: of so many that grow, the sum tells whether they are the same. Kept
 * small, so that what is measured is the server's memory.
 */
class Revisions {
  count = 0;
  sum = 0;
  last = 0;
  /** The first that did not come behind the one before it. */
  astray: number | undefined;

  add(revision: number): void {
    this.count += 1;
    this.sum += revision;
    if (revision <= this.last) this.astray ??= revision;
    this.last = revision;
  }
}

interface Watcher {
  readonly seen: Revisions;
  close(): void;
}

class Client {
  private readonly listener: Listener;
  private readonly agent: Agent;

  constructor(listener: Listener, sockets: number) {
    const { authority: ca, administrator } = listener.certificates;
    this.listener = listener;
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
      const request = httpsRequest(`${this.listener.url}${path}`, options, resolve);
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

  close(): void {
    this.agent.destroy();
  }
}

const revisionOf = (object: Record<string, unknown>): number =>
  Number((object['metadata'] as { resourceVersion?: string } | undefined)?.resourceVersion ?? 0);

/** What of a watcher's events is not what was written, in the order in which it was. */
function wrongOf({ seen }: Watcher, i: number, written: Revisions): string[] {
  if (seen.astray !== undefined) return [`watcher ${i} saw revision ${seen.astray} behind a later one`];
  return seen.count === written.count && seen.sum === written.sum
    ? []
    : [`watcher ${i} saw ${seen.count} of ${written.count} writes, or others`];
}

/**
 * Puts a load on a served cluster.
 * @param everyWrite told after each write, of how many there are
 */
export async function putLoad(
  listener: Listener,
  { watchers, writers, writes, goesOn = () => true }: Load,
  everyWrite: (count: number) => void = () => undefined,
): Promise<LoadResult> {
  const client = new Client(listener, watchers + writers);
  const { metadata } = await client.ask('GET', MAPS);
  const { resourceVersion } = metadata as { resourceVersion: string };
  const watching = await Promise.all(
    Array.from({ length: watchers }, () =>
      client.watch(`${MAPS}?watch=true&labelSelector=load&resourceVersion=${resourceVersion}`),
    ),
  );
  // Answers may overtake each other; what a watcher is told does not.
  const written = new Revisions();
  const note = (object: Record<string, unknown>): void => {
    written.add(revisionOf(object));
    everyWrite(written.count);
  };
  const writer = async (i: number): Promise<void> => {
    const name = `load-${i}`;
    const body = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { load: 'yes' } },
      data: {},
    };
    note(await client.ask('POST', MAPS, body));
    for (let n = 1; n < writes && goesOn(); n++) {
      const patch = { data: { n: String(n) } };
      note(await client.ask('PATCH', `${MAPS}/${name}`, patch, 'application/merge-patch+json'));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, i) => writer(i)));
  const isThere = (): boolean => watching.every(({ seen }) => seen.count >= written.count);
  for (let turns = 0; turns < 2000 && !isThere(); turns++) await new Promise((go) => setTimeout(go, 5));
  for (const watcher of watching) watcher.close();
  client.close();
  return {
    writes: written.count,
    events: watching.reduce((sum, { seen }) => sum + seen.count, 0),
    wrong: watching.flatMap((watcher, i) => wrongOf(watcher, i, written)).slice(0, TOLD),
  };
}
