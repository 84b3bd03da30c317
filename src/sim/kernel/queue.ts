/** The event queue: a binary heap ordered by due time, then by order of scheduling. */
import type { ScheduledEvent } from './types.ts';

const before = (a: ScheduledEvent, b: ScheduledEvent): boolean =>
  a.at < b.at || (a.at === b.at && a.seq < b.seq);

export class EventQueue {
  private heap: ScheduledEvent[] = [];
  /** Events still wanted; a cancelled one stays in the heap until it surfaces. */
  private live = new Set<number>();
  private urgent = 0;

  /** How many pending events are more than time-outs. */
  get urgentCount(): number {
    return this.urgent;
  }

  push(event: ScheduledEvent): void {
    this.live.add(event.seq);
    if (!event.timeout) this.urgent += 1;
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

  /** The next event due, without taking it. */
  peek(): ScheduledEvent | undefined {
    for (;;) {
      const top = this.heap[0];
      if (top === undefined || this.live.has(top.seq)) return top;
      this.removeTop();
    }
  }

  pop(): ScheduledEvent | undefined {
    const top = this.peek();
    if (top === undefined) return undefined;
    this.removeTop();
    this.forget(top);
    return top;
  }

  /** Nothing when it has happened or was cancelled already. */
  cancel(seq: number): void {
    if (!this.live.delete(seq)) return;
    // Rare enough that a search beats keeping every event in a second map.
    const event = this.heap.find((e) => e.seq === seq);
    if (event !== undefined && !event.timeout) this.urgent -= 1;
  }

  /** Drops all events of a process. */
  dropProcess(process: string): void {
    for (const event of this.heap) {
      if (event.process === process && this.live.has(event.seq)) this.forget(event);
    }
  }

  /** Pending events, soonest first. */
  pending(): ScheduledEvent[] {
    return this.heap.filter((e) => this.live.has(e.seq)).sort((a, b) => a.at - b.at || a.seq - b.seq);
  }

  fork(): EventQueue {
    const copy = new EventQueue();
    copy.heap = this.heap.slice();
    copy.live = new Set(this.live);
    copy.urgent = this.urgent;
    return copy;
  }

  private forget(event: ScheduledEvent): void {
    this.live.delete(event.seq);
    if (!event.timeout) this.urgent -= 1;
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
