/** The event queue: a binary heap ordered by due time, then by order of scheduling. */
import type { Millis, ScheduledEvent } from './types.ts';

const before = (a: ScheduledEvent, b: ScheduledEvent): boolean =>
  a.at < b.at || (a.at === b.at && a.seq < b.seq);

/** A heap of this size is not worth clearing of cancelled events. */
const SMALL = 64;

export class EventQueue {
  private heap: ScheduledEvent[] = [];
  /**
   * Events still wanted, by what they wait for: a number alone tells where it stands, so that cancelling does
   * not search. A cancelled event stays in the heap until it surfaces, or until most of the heap is such.
   */
  private urgent = new Set<number>();
  private timeouts = new Set<number>();

  /** How many pending events are more than time-outs. */
  get urgentCount(): number {
    return this.urgent.size;
  }

  /** How many events are held, those cancelled included. */
  get size(): number {
    return this.heap.length;
  }

  push(event: ScheduledEvent): void {
    this.kin(event).add(event.seq);
    const heap = this.heap;
    let i = heap.length;
    heap.push(event);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const p = heap[parent]!;
      if (!before(event, p)) break;
      heap[i] = p;
      i = parent;
    }
    heap[i] = event;
  }

  /** Takes the next event, if it is due by then. */
  pop(until = Infinity): ScheduledEvent | undefined {
    const { heap } = this;
    for (;;) {
      const top = heap[0];
      if (top === undefined) return undefined;
      const wanted = this.kin(top);
      if (!wanted.has(top.seq)) {
        this.removeTop();
        continue;
      }
      if (top.at > until) return undefined;
      this.removeTop();
      wanted.delete(top.seq);
      return top;
    }
  }

  /** Nothing when it has happened or was cancelled already. */
  cancel(seq: number): void {
    if (this.timeouts.delete(seq) || this.urgent.delete(seq)) this.tidy();
  }

  /** Drops all events of a process. */
  dropProcess(process: string): void {
    for (const event of this.heap) if (event.process === process) this.kin(event).delete(event.seq);
    this.tidy();
  }

  /** Pending events, soonest first. */
  pending(): ScheduledEvent[] {
    return this.wanted().sort((a, b) => a.at - b.at || a.seq - b.seq);
  }

  /** When the next event of a process is due; Infinity where none is pending. */
  dueAt(process: string): Millis {
    let next = Number.POSITIVE_INFINITY;
    for (const event of this.heap)
      if (event.process === process && event.at < next && this.kin(event).has(event.seq)) next = event.at;
    return next;
  }

  /** When the next event is due that is more than a time-out; Infinity where none is pending. */
  urgentAt(): Millis {
    let next = Number.POSITIVE_INFINITY;
    for (const event of this.heap)
      if (event.at < next && !event.timeout && this.urgent.has(event.seq)) next = event.at;
    return next;
  }

  fork(): EventQueue {
    const copy = new EventQueue();
    copy.heap = this.heap.slice();
    copy.urgent = new Set(this.urgent);
    copy.timeouts = new Set(this.timeouts);
    return copy;
  }

  /** The pending events of its sort. */
  private kin(event: ScheduledEvent): Set<number> {
    return event.timeout ? this.timeouts : this.urgent;
  }

  private wanted(): ScheduledEvent[] {
    return this.heap.filter((e) => this.kin(e).has(e.seq));
  }

  /** Clears the heap of cancelled events once they outnumber the others. */
  private tidy(): void {
    const { length } = this.heap;
    if (length < SMALL || length < 2 * (this.urgent.size + this.timeouts.size)) return;
    // What is sorted is a heap.
    this.heap = this.pending();
  }

  private removeTop(): void {
    const heap = this.heap;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}
