/** How an actor (a process, the operator) steers processes and the physical world. */
import type { ClusterControl } from './api/client.ts';
import type { Trouble } from './api/trouble.ts';
import type { Actor } from './context.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { EntryId, Millis, Task } from './kernel/types.ts';
import type { LatencyName } from './latency.ts';

/** What steering needs of the cluster. */
export interface ControlHost {
  readonly kernel: Kernel;
  spawn(name: string, component: string, args: Readonly<Record<string, string>>, actor: Actor): void;
  start(name: string, actor: Actor): void;
  stop(name: string, actor: Actor): void;
  freeze(name: string, actor: Actor): void;
  thaw(name: string, actor: Actor): void;
  remove(name: string, actor: Actor): void;
  setConnected(name: string, connected: boolean, actor: Actor): void;
  setServerUp(up: boolean, actor: Actor): void;
  setQuorum(quorum: boolean, actor: Actor): void;
  drawLatency(name: LatencyName, stream: string): Millis;
  readonly trouble: Trouble;
}

/** Steers processes on behalf of one actor. */
export class Control implements ClusterControl {
  private readonly host: ControlHost;
  private readonly owner: Actor;

  constructor(host: ControlHost, owner: Actor) {
    this.host = host;
    this.owner = owner;
  }

  get now(): Millis {
    return this.host.kernel.now;
  }

  get cause(): EntryId {
    return this.owner.cause;
  }

  set cause(cause: EntryId) {
    this.owner.cause = cause;
  }

  spawn(name: string, component: string, args: Readonly<Record<string, string>>): void {
    this.host.spawn(name, component, args, this.owner);
  }

  start(name: string): void {
    this.host.start(name, this.owner);
  }

  stop(name: string): void {
    this.host.stop(name, this.owner);
  }

  remove(name: string): void {
    this.host.remove(name, this.owner);
  }

  freeze(name: string): void {
    this.host.freeze(name, this.owner);
  }

  thaw(name: string): void {
    this.host.thaw(name, this.owner);
  }

  isUp(name: string): boolean {
    return this.host.kernel.processes.get(name)?.up === true;
  }

  has(name: string): boolean {
    return this.host.kernel.processes.has(name);
  }

  setConnected(name: string, connected: boolean): void {
    this.host.setConnected(name, connected, this.owner);
  }

  setServerUp(up: boolean): void {
    this.host.setServerUp(up, this.owner);
  }

  setQuorum(quorum: boolean): void {
    this.host.setQuorum(quorum, this.owner);
  }

  scheduleFor(process: string, delayMs: Millis, task: Task, options: { timeout?: boolean } = {}): number {
    const record = this.host.kernel.processes.get(process);
    if (record === undefined || !record.up) throw new Error(`process ${process} is not up`);
    return this.host.kernel.schedule(record, delayMs, task, this.owner.cause, options.timeout ?? false);
  }

  cancel(timer: number): void {
    this.host.kernel.queue.cancel(timer);
  }

  get trouble(): Trouble {
    return this.host.trouble;
  }

  random(stream: string): number {
    return this.host.kernel.randoms.next(stream);
  }

  latency(name: string, stream: string): Millis {
    return this.host.drawLatency(name as LatencyName, stream);
  }

  note(what: string, detail: Readonly<Record<string, unknown>> = {}): EntryId {
    return this.host.kernel.record({
      type: 'world',
      by: this.owner.actor,
      cause: this.owner.cause,
      what,
      detail,
    });
  }
}
