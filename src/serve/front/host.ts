/**
 * Clusters that are served while this thread plays a scenario on one of them: the sockets are another
 * thread's (`thread.ts`), which is answered whenever time is let pass here.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { InputError } from '../../dsl/errors.ts';
import type { Flow } from '../api/http.ts';
import type { Back } from '../back.ts';
import type { OpenStreams } from '../served.ts';
import type {
  Asked,
  Beginning,
  FromFront,
  NumberedReply,
  Question,
  Questions,
  Ran,
  ToFront,
} from './messages.ts';

const IS_SOURCE = import.meta.url.endsWith('.ts');

/** A cluster that is served, with what its clients have open. */
class Hosted {
  back: Back;
  address: { readonly url: string; readonly kubeconfig: string } | undefined;
  private readonly flows = new Map<number, Flow>();
  private readonly streams = new Map<number, OpenStreams>();
  private next = 1;
  private changed = 0;

  constructor(back: Back) {
    this.back = back;
  }

  get life(): number {
    return this.back.life + this.changed;
  }

  /** Another cluster stands in its place: who followed it begins anew. */
  replace(back: Back): void {
    this.changed += this.back.life + 1;
    this.back = back;
    this.flows.clear();
    this.streams.clear();
  }

  answer<Q extends Question>(question: Q, args: Parameters<Questions[Q]>): ReturnType<Questions[Q]> {
    const answers: Questions = {
      authenticate: (token) => this.back.authenticate(token),
      handle: (request) => this.numbered(this.back.handle(request)),
      flow: (number, what) => {
        const flow = this.flows.get(number);
        if (flow === undefined) return { lines: [], ended: true };
        const lines = what === 'take' ? flow.take() : (flow.mark?.() ?? []);
        if (flow.ended) this.flows.delete(number);
        return { lines, ended: flow.ended };
      },
      open: (request, exec) => {
        this.streams.set(this.next, this.back.open(request, exec));
        return this.next++;
      },
      type: (number, text) => void this.streams.get(number)?.type(text) as undefined,
      streams: (number) => {
        const step = this.streams.get(number)?.take() ?? { stdout: '', stderr: '', code: 1 };
        if (step.code !== undefined) this.streams.delete(number);
        return step;
      },
      refusalToForward: (to, port) => this.back.refusalToForward(to, port),
      forwarded: (to, request) => this.back.forwarded(to, request),
      tick: () => void this.back.tick() as undefined,
    };
    return (answers[question] as (...a: Parameters<Questions[Q]>) => ReturnType<Questions[Q]>)(...args);
  }

  private numbered(reply: ReturnType<Back['handle']>): NumberedReply {
    if (reply.kind !== 'flow') return reply;
    const { kind, status, headers, timeoutSeconds } = reply;
    const number = this.next++;
    this.flows.set(number, reply);
    const ends = timeoutSeconds === undefined ? {} : { timeoutSeconds };
    return { kind, status, headers, ...ends, number, marks: reply.mark !== undefined };
  }
}

export class Host {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly asked = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly hosted = new Map<number, Hosted>();
  private readonly ran: Ran[] = [];
  private failure: string | undefined;
  private next = 1;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(new URL(IS_SOURCE ? './thread.mjs' : './thread.js', import.meta.url), {
      workerData: {
        port: port2,
        asked: this.asked.buffer,
        answered: this.answered.buffer,
      } satisfies Beginning,
      transferList: [port2],
    });
    this.port.on('message', (message: FromFront) => this.take(message));
  }

  private tell(message: ToFront): void {
    this.port.postMessage(message);
    Atomics.add(this.answered, 0, 1);
    Atomics.notify(this.answered, 0);
  }

  private take(message: FromFront): void {
    switch (message.says) {
      case 'asked':
        return this.reply(message);
      case 'listening':
        this.hosted.get(message.of)!.address = message;
        return;
      case 'deaf':
        this.failure = message.message;
        return;
      case 'closed':
        this.hosted.delete(message.of);
        return;
      case 'ran':
        this.ran.push(message.ran);
    }
  }

  private reply({ of, question, args }: Asked): void {
    const hosted = this.hosted.get(of)!;
    try {
      const value = hosted.answer(question, args);
      this.tell({ says: 'answered', life: hosted.life, value });
    } catch (error) {
      this.tell({ says: 'threw', life: hosted.life, message: (error as Error).message });
    }
  }

  /** Answers what clients ask until something holds, or for so long. @param ms of real time */
  answerUntil(done: () => boolean, ms = Number.POSITIVE_INFINITY): void {
    const until = performance.now() + ms;
    for (;;) {
      const before = Atomics.load(this.asked, 0);
      const got = receiveMessageOnPort(this.port);
      if (got !== undefined) this.take(got.message as FromFront);
      const leftMs = until - performance.now();
      if (done() || leftMs <= 0) return;
      if (got === undefined) Atomics.wait(this.asked, 0, before, leftMs);
    }
  }

  /** Serves a cluster. @returns its number @throws InputError for a port that cannot be had */
  serve(back: Back, port = 0): number {
    const of = this.next++;
    const hosted = new Hosted(back);
    this.hosted.set(of, hosted);
    this.tell({ says: 'listen', of, port });
    this.answerUntil(() => hosted.address !== undefined || this.failure !== undefined);
    if (this.failure !== undefined) {
      this.port.close();
      void this.worker.terminate();
      throw new InputError(
        `port ${port} cannot be had (${this.failure}): name another with --port, or 0 for any`,
      );
    }
    return of;
  }

  addressOf(of: number): { readonly url: string; readonly kubeconfig: string } {
    return this.hosted.get(of)!.address!;
  }

  replace(of: number, back: Back): void {
    this.hosted.get(of)!.replace(back);
  }

  /** Serves it no more. */
  end(of: number): void {
    this.tell({ says: 'close', of });
    this.answerUntil(() => !this.hosted.has(of));
  }

  /** Runs a client of one of the clusters to its end. @param command a program and its arguments */
  run(of: number, command: readonly string[], folder: string, limitMs: number): Ran {
    const { kubeconfig } = this.addressOf(of);
    this.tell({ says: 'run', command, kubeconfig, folder, limitMs });
    this.answerUntil(() => this.ran.length > 0);
    return this.ran.pop()!;
  }

  async close(): Promise<void> {
    for (const of of [...this.hosted.keys()]) this.end(of);
    this.port.close();
    await this.worker.terminate();
  }
}
