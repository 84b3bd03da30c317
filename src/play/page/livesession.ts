/** The session of a live cluster that a worker plays, as the page holds it. */
import { signal, type Signal } from '@preact/signals';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Choice, FaultOffer, Said } from '../../view/palette.ts';
import type { Entry, Flow, Printed, Truth } from '../../view/run.ts';
import { chainOf, type Difference } from '../../view/session.ts';
import type { Answered, Answers, Asked, Question, Told } from './protocol.ts';

/** What the page shows of the life that is played. */
export interface Shown extends Omit<Told, 'entriesFrom' | 'truthsFrom'> {
  readonly endedAt: Millis;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export class LivePage {
  /** Absent before there is a cluster. */
  readonly shown: Signal<Shown | undefined> = signal(undefined);
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      if ('told' in data) return this.take(data.told);
      const waits = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ('error' in data) waits?.reject(new Error(data.error));
      else waits?.resolve(data.answer);
    });
    worker.addEventListener('error', (e) => {
      for (const waits of this.waiting.values()) waits.reject(new Error(e.message));
      this.waiting.clear();
    });
  }

  ask<A extends Question['ask']>(question: Extract<Question, { ask: A }>): Promise<Answers[A]> {
    this.asked += 1;
    const asked: Asked = { id: this.asked, question };
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.set(asked.id, { resolve, reject });
      this.worker.postMessage(asked);
    }) as Promise<Answers[A]>;
  }

  private take({ entriesFrom, truthsFrom, ...told }: Told): void {
    const before = this.shown.peek();
    const entries: Entry[] = [...(before?.entries.slice(0, entriesFrom) ?? []), ...told.entries];
    const truths: Truth[] = [...(before?.truths.slice(0, truthsFrom) ?? []), ...told.truths];
    this.shown.value = { ...told, entries, truths, endedAt: told.now };
  }

  // ---- what the panes of a viewer ask

  why(entry: EntryId): readonly Entry[] {
    const entries = this.shown.peek()?.entries ?? [];
    return chainOf(new Map(entries.map((e) => [e.id, e])), entry);
  }

  stateAt(at: Millis): Promise<readonly unknown[]> {
    return this.ask({ ask: 'stateAt', at });
  }

  flows(at: Millis): Promise<readonly Flow[]> {
    return this.ask({ ask: 'flows', at });
  }

  kubectl(line: string, at: Millis): Promise<Printed> {
    return this.ask({ ask: 'kubectl', line, at });
  }

  difference(entry: EntryId): Promise<Difference> {
    return this.ask({ ask: 'difference', entry });
  }

  offers(): Promise<readonly FaultOffer[]> {
    return this.ask({ ask: 'offers' });
  }

  said(choice: Choice): Promise<Said> {
    return this.ask({ ask: 'said', choice });
  }
}
