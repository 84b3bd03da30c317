/** Sessions of runs that a worker replays, and of those that fork from them. */
import type { Operation } from '../../dsl/operations/operation.ts';
import type { Attachment } from '../../dsl/phrases/phrase.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Level } from '../model/levels.ts';
import type { Choice, FaultOffer, Said } from '../palette.ts';
import type { Entry, Flow, Happened, Printed, Run, Step, Traffic, Truth } from '../run.ts';
import { chainOf, type Difference, type LiveSession, type Session } from '../session.ts';
import type { Answered, Answers, Asked, Further, Question } from './protocol.ts';

/** The worker, as questions that are answered. */
export class Simulator {
  private readonly worker: Worker;
  private readonly waiting = new Map<
    number,
    { resolve(answer: unknown): void; reject(error: Error): void }
  >();
  private asked = 0;
  private runs = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
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

  ask<A extends Question['ask']>(question: Question & { readonly ask: A }): Promise<Answers[A]> {
    this.asked += 1;
    const asked: Asked = { id: this.asked, question };
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.set(asked.id, { resolve, reject });
      this.worker.postMessage(asked);
    }) as Promise<Answers[A]>;
  }

  /** Of a run that is to be. */
  nextRun(): number {
    this.runs += 1;
    return this.runs;
  }

  /** @returns the session, and the hash of its history @throws Error where it cannot be replayed */
  async replay(run: Run & Required<Pick<Run, 'cause'>>): Promise<{ session: Session; hash: string }> {
    const number = this.nextRun();
    const { hash, news } = await this.ask({ ask: 'replay', run: number, cause: run.cause });
    const { entries, truths, now } = news;
    return { session: new HeldSession(this, number, { entries, truths, endedAt: now }), hash };
  }
}

/** A run that the worker holds. */
class HeldSession implements Session {
  endedAt: Millis;
  entries: readonly Entry[];
  truths: readonly Truth[];
  protected readonly simulator: Simulator;
  protected readonly run: number;
  private byId: ReadonlyMap<EntryId, Entry> | undefined;

  constructor(simulator: Simulator, run: number, { endedAt, entries, truths }: Happened) {
    this.simulator = simulator;
    this.run = run;
    this.endedAt = endedAt;
    this.entries = entries;
    this.truths = truths;
  }

  stateAt(at: Millis): Promise<readonly unknown[]> {
    return this.simulator.ask({ ask: 'stateAt', run: this.run, at });
  }

  kubectl(line: string, at: Millis): Promise<Printed> {
    return this.simulator.ask({ ask: 'kubectl', run: this.run, line, at });
  }

  levels(): Promise<readonly Level[]> {
    return this.simulator.ask({ ask: 'levels', run: this.run });
  }

  traffic(): Promise<readonly Traffic[]> {
    return this.simulator.ask({ ask: 'traffic', run: this.run });
  }

  flows(at: Millis): Promise<readonly Flow[]> {
    return this.simulator.ask({ ask: 'flows', run: this.run, at });
  }

  why(entry: EntryId): readonly Entry[] {
    if (this.byId?.size !== this.entries.length) this.byId = new Map(this.entries.map((e) => [e.id, e]));
    return chainOf(this.byId, entry);
  }

  difference(entry: EntryId): Promise<Difference> {
    return this.simulator.ask({ ask: 'difference', run: this.run, entry });
  }

  async fork(at: Millis, language: Language): Promise<LiveSession> {
    const run = this.simulator.nextRun();
    const fork = await this.simulator.ask({ ask: 'fork', run, from: this.run, at, language });
    return new ForkedSession(this.simulator, run, fork);
  }
}

class ForkedSession extends HeldSession implements LiveSession {
  readonly ahead: readonly Operation[];
  steps: readonly Step[];
  private readonly watching = new Set<() => void>();

  constructor(simulator: Simulator, run: number, { steps, news, ahead }: Answers['fork']) {
    super(simulator, run, { endedAt: news.now, entries: news.entries, truths: news.truths });
    this.steps = steps;
    this.ahead = ahead;
  }

  async play(what: string | Operation, attachment?: Attachment): Promise<Step> {
    const played = { ask: 'play', run: this.run, what } as const;
    this.take(await this.simulator.ask(attachment === undefined ? played : { ...played, attachment }));
    return this.steps[this.steps.length - 1]!;
  }

  async advance(ms: Millis): Promise<void> {
    this.take(await this.simulator.ask({ ask: 'advance', run: this.run, ms }));
  }

  offers(): Promise<readonly FaultOffer[]> {
    return this.simulator.ask({ ask: 'offers', run: this.run });
  }

  said(choice: Choice): Promise<Said> {
    return this.simulator.ask({ ask: 'said', run: this.run, choice });
  }

  hash(): Promise<string> {
    return this.simulator.ask({ ask: 'hash', run: this.run });
  }

  save(name: string): Promise<string> {
    return this.simulator.ask({ ask: 'save', run: this.run, name });
  }

  watch(changed: () => void): () => void {
    this.watching.add(changed);
    return () => void this.watching.delete(changed);
  }

  private take({ steps, news }: Further): void {
    this.steps = steps;
    this.endedAt = news.now;
    this.entries = [...this.entries, ...news.entries];
    this.truths = [...this.truths, ...news.truths];
    for (const changed of this.watching) changed();
  }
}
