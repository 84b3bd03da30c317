/**
 * A line to a cluster's API server on which one can wait: what a step of a scenario does is done when it
 * returns. Who talks is a thread (`thread.ts`); here its answers are waited for, and what its watches tell is
 * taken when somebody asks.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Access } from './kubeconfig.ts';
import type { Answered, Beginning, Call, Collection, Exec, Kept, Order, Told } from './messages.ts';

const IS_SOURCE = import.meta.url.endsWith('.ts');

/** What watches tell. */
export type Watched = Exclude<Told, { readonly told: 'answer' }>;

export class Line {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly sent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly told: Watched[] = [];
  private readonly answers = new Map<number, Answered>();
  private lastId = 0;
  private keeps = false;

  constructor(access: Access) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(new URL(IS_SOURCE ? './thread.mjs' : './thread.js', import.meta.url), {
      workerData: { access, port: port2, sent: this.sent.buffer } satisfies Beginning,
      transferList: [port2],
    });
    // A scenario that has ended waits for nothing here.
    this.worker.unref();
    this.port.unref();
  }

  private read(): void {
    for (
      let got = receiveMessageOnPort(this.port);
      got !== undefined;
      got = receiveMessageOnPort(this.port)
    ) {
      const message = got.message as Told;
      if (message.told === 'answer') this.answers.set(message.id, message.answer);
      else this.told.push(message);
    }
  }

  private ask(order: (id: number) => Order): Answered {
    this.lastId += 1;
    const id = this.lastId;
    this.port.postMessage(order(id));
    for (;;) {
      const before = Atomics.load(this.sent, 0);
      this.read();
      const answer = this.answers.get(id);
      if (answer !== undefined) {
        this.answers.delete(id);
        return answer;
      }
      Atomics.wait(this.sent, 0, before);
    }
  }

  /** Makes a request and waits for its answer; the thread gives up by itself. */
  call(call: Call): Answered {
    return this.ask((id) => ({ order: 'call', id, call }));
  }

  /** Moves the clock of a served cluster: what comes of it has been told when it returns. */
  move(call: Call): Answered {
    return this.ask((id) => ({ order: 'move', id, call }));
  }

  exec(exec: Exec): Answered {
    return this.ask((id) => ({ order: 'exec', id, exec }));
  }

  watch(collections: readonly Collection[]): void {
    this.port.postMessage({ order: 'watch', collections } satisfies Order);
  }

  /** What watches have told since it was last asked. */
  take(): Watched[] {
    this.read();
    return this.told.splice(0);
  }

  /** Whether a change has been told that nobody has taken. */
  get hasNews(): boolean {
    this.read();
    return this.told.length > 0;
  }

  /** Waits until something is told, or the time is over. @param ms of real time */
  wait(ms: number): void {
    const before = Atomics.load(this.sent, 0);
    this.read();
    if (this.told.length === 0 && ms > 0) Atomics.wait(this.sent, 0, before, ms);
  }

  /** Has a write undone, where this process ends before the line is closed. */
  keep(kept: Kept): void {
    this.keeps = true;
    this.port.postMessage({ order: 'keep', kept } satisfies Order);
  }

  close(): void {
    if (this.keeps) this.ask((id) => ({ order: 'release', id }));
    this.port.close();
    void this.worker.terminate();
  }
}
