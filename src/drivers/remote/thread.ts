/**
 * The thread that talks to a cluster's API server, so that who drives it can wait: requests one by one, and
 * watches that are taken up again where they ended. A watch whose past is gone (410) begins anew with a list.
 * Models what staging/src/k8s.io/client-go/tools/cache/reflector.go does of it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request as httpsRequest } from 'node:https';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { ANSWER_MS, callsTo, headersOf, tlsOf } from './calls.ts';
import { DONE } from './undo.ts';
import type { Answered, Beginning, Call, Collection, Exec, Kept, Order, Told } from './messages.ts';

const { access, port, sent } = workerData as Beginning;
const count = new Int32Array(sent);

function tell(message: Told): void {
  port.postMessage(message);
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
}

const agent = new Agent({ keepAlive: true });
const TLS = tlsOf(access);
const HEADERS = headersOf(access);
const call = callsTo(access, agent);

const IS_SOURCE = import.meta.url.endsWith('.ts');

/** Who puts back what a run has left that is ended: a process that outlives it, from its first write on. */
let afterwards: ChildProcess | undefined;

function keep(kept: Kept): void {
  if (afterwards === undefined) {
    const file = fileURLToPath(new URL(IS_SOURCE ? './afterwards.mjs' : './afterwards.js', import.meta.url));
    // A key that ends the run is not to end it as well.
    afterwards = spawn(process.execPath, [file], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
    afterwards.stdin!.on('error', () => undefined);
    afterwards.stdin!.write(`${JSON.stringify(access)}\n`);
  }
  afterwards.stdin!.write(`${JSON.stringify(kept)}\n`);
}

async function release(): Promise<Answered> {
  const ended = afterwards;
  afterwards = undefined;
  if (ended !== undefined && ended.exitCode === null)
    await new Promise((gone) => {
      ended.once('close', gone);
      ended.stdin!.end(`${DONE}\n`);
    });
  return { status: 200, body: '' };
}

const withQuery = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** Pause before a watch that failed is tried again. */
const RETRY_MS = 1_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Watches that run, by the paths of what they watch. */
const running = new Set<string>();
/** Those that have yet to say where they stand since the clock was moved, and who waits for them. */
let awaited: { readonly left: Set<string>; done(): void } | undefined;

function stands(path: string): void {
  if (awaited?.left.delete(path) === true && awaited.left.size === 0) awaited.done();
}

async function move(order: Call): Promise<Answered> {
  const marks = new Promise<void>((done) => {
    awaited = { left: new Set(running), done };
    if (running.size === 0) done();
  });
  const answer = await call(order);
  if (answer.status === 200) await marks;
  awaited = undefined;
  return answer;
}

interface WatchEvent {
  readonly type: string;
  readonly object: { readonly metadata?: { readonly resourceVersion?: string }; readonly code?: number };
}

/** Follows one watch to its end. @returns the revision to go on from; undefined: it has to begin anew */
function follow({ resource, path }: Collection, from: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let revision: string | undefined = from;
    const end = (): void => {
      running.delete(path);
      stands(path);
      resolve(revision);
    };
    const request = httpsRequest(
      `${access.server}${withQuery(path, `watch=1&allowWatchBookmarks=true&resourceVersion=${from}`)}`,
      { ...TLS, agent, headers: { ...HEADERS, accept: 'application/json', 'user-agent': 'seatrial' } },
      (response) => {
        if (response.statusCode !== 200) {
          if (response.statusCode === 410) revision = undefined;
          response.resume();
          response.on('end', end);
          return;
        }
        running.add(path);
        tell({ told: 'watching', path });
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          const lines = (rest + piece).split('\n');
          rest = lines.pop()!;
          for (const line of lines) {
            if (line === '') continue;
            const { type, object } = JSON.parse(line) as WatchEvent;
            if (type === 'ERROR') {
              if (object.code === 410) revision = undefined;
              request.destroy();
            } else {
              revision = object.metadata?.resourceVersion ?? revision;
              if (type === 'BOOKMARK') stands(path);
              else tell({ told: 'change', resource, type, object });
            }
          }
        });
        response.on('end', end);
        response.on('error', end);
      },
    );
    request.on('error', end);
    request.end();
  });
}

interface List {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly items?: readonly unknown[];
}

async function observe(collection: Collection): Promise<void> {
  const { resource, path } = collection;
  for (;;) {
    const answer = await call({ method: 'GET', path });
    if (answer.status !== 200) {
      tell({ told: 'lost', resource, path, answer });
      // What is not served, or not for us, does not come by waiting.
      if (answer.status !== 0 && answer.status < 500 && answer.status !== 429) return;
      await pause(RETRY_MS);
      continue;
    }
    const { metadata, items = [] } = JSON.parse(answer.body) as List;
    tell({ told: 'list', resource, path, objects: items });
    let revision = metadata?.resourceVersion;
    while (revision !== undefined) {
      const before: string = revision;
      revision = await follow(collection, before);
      tell({ told: 'stopped', path });
      if (revision === before) await pause(RETRY_MS);
    }
  }
}

/** The best first: before version 5 nobody can say that no more will come. */
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** Their channels. */
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
/** Of v5.channel.k8s.io: the channel that is named ends. */
const CLOSE = 255;
/** Servers take no larger messages. */
const PIECE_BYTES = 32 * 1024;

/** @returns as a body the JSON of what the command wrote, in base64, and how it ended */
function exec({ path, stdin }: Exec): Promise<Answered> {
  return new Promise((resolve) => {
    const written: Record<number, Buffer[]> = { [STDOUT]: [], [STDERR]: [], [STATUS]: [] };
    const all = (channel: number): Buffer => Buffer.concat(written[channel]!);
    const socket = new WebSocket(`${access.server.replace(/^https/, 'wss')}${path}`, PROTOCOLS, {
      ...(TLS as object),
      headers: HEADERS,
      handshakeTimeout: ANSWER_MS,
    });
    socket.on('open', () => {
      if (stdin === undefined) return;
      const bytes = Buffer.from(stdin, 'base64');
      for (let at = 0; at < bytes.length; at += PIECE_BYTES)
        socket.send(Buffer.concat([Buffer.from([STDIN]), bytes.subarray(at, at + PIECE_BYTES)]));
      if (socket.protocol === PROTOCOLS[0]) socket.send(Buffer.from([CLOSE, STDIN]));
    });
    socket.on('message', (data: Buffer) => void written[data[0]!]?.push(data.subarray(1)));
    socket.on('unexpected-response', (_request, response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => void pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') }),
      );
    });
    socket.on('error', ({ message }) => resolve({ status: 0, body: message }));
    socket.on('close', () => {
      const [stdout, stderr] = [STDOUT, STDERR].map((channel) => all(channel).toString('base64'));
      const body = JSON.stringify({ stdout, stderr, status: all(STATUS).toString('utf8') });
      resolve({ status: 200, body });
    });
  });
}

async function carryOut(order: Order): Promise<void> {
  switch (order.order) {
    case 'watch':
      for (const collection of order.collections) void observe(collection);
      return;
    case 'keep':
      return keep(order.kept);
    case 'release':
      return tell({ told: 'answer', id: order.id, answer: await release() });
    case 'move':
      return tell({ told: 'answer', id: order.id, answer: await move(order.call) });
    case 'call':
      return tell({ told: 'answer', id: order.id, answer: await call(order.call) });
    case 'exec':
      return tell({ told: 'answer', id: order.id, answer: await exec(order.exec) });
  }
}

port.on('message', (order: Order) => void carryOut(order));
