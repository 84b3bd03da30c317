/**
 * The kernel: virtual clock, event queue, processes, random streams, history. It knows nothing of Kubernetes.
 * Invariants: time never goes back; an event of an ended life is never handled; two runs with one seed make
 * the same history.
 */
import type { HistoryEntry, HistoryMode } from './history.ts';
import { HistoryLog } from './log.ts';
import { EventQueue } from './queue.ts';
import { RandomStreams } from './random.ts';
import { Cells } from './fork.ts';
import type { By, EntryId, Millis, ProcessRecord, ScheduledEvent, Task } from './types.ts';

/** An entry without what the kernel fills in, and who made it. */
type Draft<T> = T extends HistoryEntry ? Omit<T, 'id' | 'at' | 'by' | 'cause'> : never;

export class Kernel {
  seed: string;
  now: Millis = 0;
  log: HistoryLog;
  queue = new EventQueue();
  randoms: RandomStreams;
  processes = new Cells<string, ProcessRecord>();
  private seq = 0;
  /** How many events have been handled. */
  handled = 0;

  constructor(seed: string, history: HistoryMode) {
    this.seed = seed;
    this.log = new HistoryLog(history);
    this.randoms = new RandomStreams(seed);
  }

  record(entry: Draft<HistoryEntry>, { actor, cause }: By): EntryId {
    const id = this.log.count + 1;
    const { type } = entry;
    // Member by member: a spread of either shape is three times as slow.
    this.log.append(
      type === 'api'
        ? {
            id,
            at: this.now,
            type,
            by: actor,
            cause,
            resource: entry.resource,
            kind: entry.kind,
            namespace: entry.namespace,
            name: entry.name,
            revision: entry.revision,
            before: entry.before,
            after: entry.after,
          }
        : { id, at: this.now, type, by: actor, cause, key: entry.key, args: entry.args },
    );
    return id;
  }

  schedule(process: ProcessRecord, delayMs: Millis, task: Task, cause: EntryId, timeout: boolean): number {
    if (!(delayMs >= 0))
      throw new Error(`a delay must be 0 or more, got ${delayMs} (${process.name}, ${task.type})`);
    this.seq += 1;
    const at = this.now + Math.floor(delayMs);
    this.queue.push({ at, seq: this.seq, process: process.name, epoch: process.epoch, task, cause, timeout });
    return this.seq;
  }

  /**
   * Takes the next event due by `until` and moves the clock to it; undefined (and the clock at `until`) when
   * there is none.
   */
  next(until: Millis): ScheduledEvent | undefined {
    for (;;) {
      const event = this.queue.pop(until);
      if (event === undefined) {
        if (until !== Infinity && until > this.now) this.now = until;
        return undefined;
      }
      this.now = event.at;
      const process = this.processes.get(event.process);
      if (process === undefined || !process.up || process.epoch !== event.epoch) continue;
      if (process.frozen !== undefined) {
        process.frozen.push(event);
        continue;
      }
      this.handled += 1;
      return event;
    }
  }

  /**
   * Starts all random streams anew from another seed; or from the same one: what has been drawn (uids above
   * all) is not drawn again.
   */
  reseed(seed: string): void {
    this.seed = `${seed}@${this.log.count}`;
    this.randoms = new RandomStreams(this.seed);
  }

  /** @param seed of the copy's random streams, as for `reseed`; without it they go on as these do */
  fork(seed?: string): Kernel {
    const copy = new Kernel(this.seed, this.log.mode);
    copy.now = this.now;
    copy.seq = this.seq;
    copy.handled = this.handled;
    copy.log = this.log.fork();
    copy.queue = this.queue.fork();
    copy.processes = this.processes.fork();
    if (seed === undefined) copy.randoms = this.randoms.fork();
    else copy.reseed(seed);
    return copy;
  }

  /** All state as plain data; `restore` takes it back. */
  save(): Record<string, unknown> {
    return {
      seed: this.seed,
      mode: this.log.mode,
      now: this.now,
      seq: this.seq,
      handled: this.handled,
      log: this.log.save(),
      queue: this.queue.pending(),
      randoms: this.randoms.states(),
      processes: this.processes,
    };
  }

  static restore(saved: Record<string, unknown>): Kernel {
    const mode = saved['mode'] as HistoryMode;
    const kernel = new Kernel(saved['seed'] as string, mode);
    kernel.now = saved['now'] as number;
    kernel.seq = saved['seq'] as number;
    kernel.handled = saved['handled'] as number;
    kernel.log = HistoryLog.restore(mode, saved['log'] as Parameters<typeof HistoryLog.restore>[1]);
    for (const event of saved['queue'] as ScheduledEvent[]) kernel.queue.push(event);
    kernel.randoms = new RandomStreams(kernel.seed, saved['randoms'] as Map<string, unknown>);
    kernel.processes = saved['processes'] as Cells<string, ProcessRecord>;
    return kernel;
  }
}
