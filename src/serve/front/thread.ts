/**
 * The thread that has the sockets of clusters which another thread has. What clients ask it asks of that one,
 * and waits: between two events of a scenario that is played, it is answered.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Exec, Flow, ForwardTarget, HttpRequest, Reply } from '../api/http.ts';
import type { ForwardedRequest } from '../api/portforward.ts';
import type { Back } from '../back.ts';
import { Listener } from '../node/server.ts';
import type { OpenStreams } from '../served.ts';
import type { Beginning, FromFront, Question, Questions, Ran, ToFront } from './messages.ts';

const { port, asked, answered } = workerData as Beginning;
const askedCount = new Int32Array(asked);
const answeredCount = new Int32Array(answered);

function tell(message: FromFront): void {
  port.postMessage(message);
  Atomics.add(askedCount, 0, 1);
  Atomics.notify(askedCount, 0);
}

type Answered = Extract<ToFront, { says: 'answered' | 'threw' }>;

/** Orders that came while an answer was waited for. */
const orders: ToFront[] = [];

function answer(): Answered {
  for (;;) {
    const before = Atomics.load(answeredCount, 0);
    const got = receiveMessageOnPort(port);
    if (got === undefined) {
      Atomics.wait(answeredCount, 0, before);
      continue;
    }
    const message = got.message as ToFront;
    if (message.says === 'answered' || message.says === 'threw') return message;
    orders.push(message);
    setImmediate(carryOutWaiting);
  }
}

/** A cluster of the other thread. */
class FarBack implements Back {
  life = 0;
  private readonly of: number;

  constructor(of: number) {
    this.of = of;
  }

  private ask<Q extends Question>(question: Q, ...args: Parameters<Questions[Q]>): ReturnType<Questions[Q]> {
    tell({ says: 'asked', of: this.of, question, args });
    const got = answer();
    this.life = got.life;
    if (got.says === 'threw') throw new Error(got.message);
    return got.value as ReturnType<Questions[Q]>;
  }

  authenticate(token: string): ReturnType<Back['authenticate']> {
    return this.ask('authenticate', token);
  }
  handle(request: HttpRequest): Reply {
    const reply = this.ask('handle', request);
    if (reply.kind !== 'flow') return reply;
    const { number, marks, ...head } = reply;
    let ended = false;
    const take = (what: 'take' | 'mark'): readonly string[] => {
      const taken = this.ask('flow', number, what);
      ended = taken.ended;
      return taken.lines;
    };
    return {
      ...head,
      take: () => take('take'),
      ...(marks ? { mark: () => take('mark') } : {}),
      get ended() {
        return ended;
      },
    } satisfies Flow;
  }
  open(request: HttpRequest, exec: Exec): OpenStreams {
    const number = this.ask('open', request, exec);
    return { type: (text) => void this.ask('type', number, text), take: () => this.ask('streams', number) };
  }
  refusalToForward(to: ForwardTarget, portNumber: number): string | undefined {
    return this.ask('refusalToForward', to, portNumber);
  }
  forwarded(to: ForwardTarget, request: ForwardedRequest): ReturnType<Back['forwarded']> {
    return this.ask('forwarded', to, request);
  }
  tick(): void {
    this.ask('tick');
  }
}

const listeners = new Map<number, Listener<FarBack>>();

/** What a client prints, and how it ends. */
function run({ command, kubeconfig, folder, limitMs }: Extract<ToFront, { says: 'run' }>): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), 'seatrial-client-'));
  const file = join(home, 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  const [program = '', ...args] = command;
  const env = { ...process.env, KUBECONFIG: file, HOME: home };
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: folder, env, timeout: limitMs }, (error, stdout, stderr) => {
      rmSync(home, { recursive: true });
      const failed =
        error === null || typeof error.code === 'number'
          ? {}
          : { failed: error.killed === true ? `it did not end within ${limitMs / 1000} s` : error.message };
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr, ...failed });
    });
    child.stdin!.end();
  });
}

async function carryOut(order: ToFront): Promise<void> {
  switch (order.says) {
    case 'listen': {
      const { of } = order;
      try {
        const listener = await Listener.before(new FarBack(of), { port: order.port });
        listeners.set(of, listener);
        tell({ says: 'listening', of, url: listener.url, kubeconfig: listener.kubeconfig });
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        tell({ says: 'deaf', of, message: code ?? message });
      }
      return;
    }
    case 'close':
      await listeners.get(order.of)?.close();
      listeners.delete(order.of);
      return tell({ says: 'closed', of: order.of });
    case 'run':
      return tell({ says: 'ran', ran: await run(order) });
    case 'answered':
    case 'threw':
      throw new Error('an answer to no question');
  }
}

function carryOutWaiting(): void {
  for (const order of orders.splice(0)) void carryOut(order);
}

port.on('message', (order: ToFront) => void carryOut(order));
