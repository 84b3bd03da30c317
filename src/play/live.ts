/**
 * A cluster that somebody plays with: acts and the time between them, which can be taken back. Everything
 * that is done is an operation, the time that passes too, so that the whole is a feature, whose run has the
 * same history. After every act a copy of the cluster is kept, to go back to.
 */
import type { Driver } from '../drivers/driver.ts';
import { simulate } from '../drivers/simulated.ts';
import { asSaid } from '../dsl/assaid.ts';
import { InputError } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { featureText, keywordsOf } from '../dsl/featuretext.ts';
import { standardKit } from '../dsl/kit.ts';
import { NOW } from '../dsl/moment.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { clusterOf, driverOf, forkSession } from '../dsl/session.ts';
import { advanceState, emptyState } from '../dsl/state.ts';
import type { Files, Kit } from '../dsl/types.ts';
import type { Language } from '../messages/index.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { bareLine, isRead, refuseWrites } from '../view/reads.ts';
import { flowsIn } from '../view/requests.ts';
import type { Flow, Printed, Truth } from '../view/run.ts';
import type { Difference } from '../view/session.ts';
import type { Act } from './act.ts';
import { Branch } from './branch.ts';
import type { Referee } from './referee.ts';

export interface LiveOptions {
  readonly seed: string;
  /** What sets the scene. */
  readonly start: readonly Operation[];
  /** What paths name. */
  readonly files: Files;
  readonly kit?: Kit;
  /** Of what is said when something cannot be done. */
  readonly language?: Language;
  /** Watches from the end of the start on. */
  readonly referee?: Referee;
}

/** How far `untilSettled` goes at a time. */
const SETTLING_MS = 100;
/**
 * What a line does. Manifests become part of what is saved, which needs no files then.
 * @throws InputError for one that reads files in another way
 */
function operationOf(line: string): Operation {
  const applied = /^apply (?:-f |--filename[= ])([^\s-]\S*)$/.exec(line);
  if (applied !== null) return { op: 'manifestsIn', path: applied[1]! };
  if (/(?:^| )(?:-f|--filename|-k|--kustomize)[ =]/.test(line))
    throw new InputError(
      'files are read by "kubectl apply -f FILE" alone here: what is saved needs none then',
    );
  return { op: 'kubectl', lines: [`kubectl ${line}`] };
}

const NEVER = (): boolean => false;

/** A feature expects of a command that it succeeds, unless the next step says how it fails. */
function withFailure({ operation, failedWith }: Act): Operation[] {
  if (failedWith === undefined) return [operation];
  return [operation, { op: 'assert', moment: NOW, claim: { claim: 'output', failsWith: failedWith } }];
}

export class Live {
  readonly seed: string;
  readonly files: Files;
  private readonly acts: Act[];
  /** After the start, and after every act. */
  private readonly stands: Branch[];
  /** How many of the acts are the start. */
  readonly startLength: number;
  /** Where time passes since the last act. */
  private waiting: Branch | undefined;

  private constructor(of: Pick<Live, 'seed' | 'files' | 'startLength'>, acts: Act[], stands: Branch[]) {
    this.seed = of.seed;
    this.files = of.files;
    this.startLength = of.startLength;
    this.acts = acts;
    this.stands = stands;
  }

  /** @throws InputError, ClaimError where the start cannot be played */
  static begin({ seed, start, files, kit = standardKit, language, referee }: LiveOptions): Live {
    let stand = Branch.root({
      seed,
      files,
      kit,
      createDriver: simulate,
      ...(language === undefined ? {} : { language }),
    });
    const acts: Act[] = [];
    const stands = [stand];
    for (const whole of selfContained(start, files, kit)) {
      const operation = asSaid(whole, 'en', vocabularyOf(kit));
      stand = stand.fork();
      acts.push(stand.play(operation, false));
      stands.push(stand);
    }
    driverOf(stand.session);
    if (referee !== undefined) {
      stand = stand.fork(referee);
      referee.begin(stand.session);
      stands[stands.length - 1] = stand;
    }
    return new Live({ seed, files, startLength: acts.length }, acts, stands);
  }

  private get last(): Branch {
    return this.stands[this.stands.length - 1]!;
  }

  private get present(): Branch {
    return this.waiting ?? this.last;
  }

  get now(): Millis {
    return this.present.now;
  }

  /** When the start was over, before which nothing is taken back. */
  get startedAt(): Millis {
    return this.stands[this.startLength]!.now;
  }

  get kit(): Kit {
    return this.last.session.kit;
  }

  get truths(): readonly Truth[] {
    return this.present.sampler.changes;
  }

  get referee(): Referee | undefined {
    return this.present.referee;
  }

  /** The start and what was done since, the time that passes at last among it. */
  get played(): readonly Act[] {
    const { waiting, last } = this;
    if (waiting === undefined) return this.acts;
    const operation = { op: 'pass', durationMs: waiting.now - last.now } as const;
    const entries = [last.lastEntry + 1, waiting.lastEntry] as const;
    return [...this.acts, { operation, from: last.now, to: waiting.now, entries, printed: [], strikes: [] }];
  }

  /** Of the history, as a run of the saved feature has it. */
  get hash(): string {
    return clusterOf(this.present.session).hash();
  }

  get driver(): Driver {
    return driverOf(this.present.session);
  }

  /** What happened, oldest first. */
  get history(): readonly HistoryEntry[] {
    return this.driver.history;
  }

  /** Whether what is done next stands under `When` in the feature. */
  private isAction(next: Operation): boolean {
    const operations = [...this.played.map((a) => a.operation), next];
    return keywordsOf(operations, this.startLength, vocabularyOf(this.kit)).at(-1) === 'When';
  }

  /**
   * Does something. What cannot be done leaves all as it was; a command that fails and changed nothing has
   * only printed something.
   * @throws InputError, ClaimError with what is wrong
   */
  play(operation: Operation): Act {
    const [contained] = selfContained([operation], this.files, this.kit);
    if (this.kit.operations.find((f) => f.op === contained!.op)?.play === undefined)
      throw new InputError('"any …" makes a scenario a property, which is not played here');
    const whole = asSaid(contained!, 'en', vocabularyOf(this.kit));
    const next = this.present.fork();
    const act = next.play(whole, this.isAction(whole));
    const changed = next.now > this.now || next.lastEntry > this.present.lastEntry + 1;
    if (act.failedWith !== undefined && !changed) return act;
    this.keepTime();
    this.acts.push(act);
    this.stands.push(next);
    return act;
  }

  /**
   * Runs a kubectl line: one that reads changes nothing and is no act.
   * @throws InputError for one that would watch for ever
   */
  kubectl(line: string): Printed {
    const said = bareLine(line);
    if (/^(?:get|logs) /.test(said) && / (?:-w|--watch|--watch-only|--follow)(?:[ =]|$)/.test(said))
      throw new InputError('time stands still while a command runs here: let time pass, and look again');
    if (isRead(said) && !said.startsWith('rollout status ')) return this.ask(said, this.now);
    const { printed } = this.play(operationOf(said));
    return printed[printed.length - 1]!;
  }

  /** What a line that reads prints at a moment. @throws InputError for any other */
  ask(line: string, at: Millis): Printed {
    refuseWrites(line);
    const session = this.sessionAt(at);
    const said = `kubectl ${bareLine(line)}`;
    play(session, { op: 'kubectl', lines: [said] }, { mayFail: true });
    const { code, stdout, stderr } = session.output!;
    return { line: said, code, output: `${stdout}${stderr}` };
  }

  /** The run as it stood at a moment, to be asked. */
  private sessionAt(at: Millis): ReturnType<typeof forkSession> {
    const before = at >= this.now ? this.present : this.stands[this.placeAt(at)]!;
    const session = forkSession(before.session);
    const driver = driverOf(session);
    if (at > driver.now) driver.pass(at - driver.now);
    return session;
  }

  /** The last stand that was reached by a moment; the end of the start for one before that. */
  private placeAt(at: Millis): number {
    return Math.max(
      this.startLength,
      this.stands.findLastIndex((s) => s.now <= at),
    );
  }

  /**
   * Lets time pass.
   * @param enough asked at every event; time then stands still at the end of that instant
   */
  pass(ms: Millis, enough: () => boolean = NEVER): void {
    this.wait().pass(ms, enough);
  }

  /** Lets time pass until something has happened. @returns whether something has */
  untilChange(limitMs: Millis, enough: () => boolean = NEVER): boolean {
    const waiting = this.wait();
    const before = waiting.lastEntry;
    waiting.pass(limitMs, () => waiting.lastEntry > before || enough());
    return waiting.lastEntry > before;
  }

  /** Lets time pass until nothing but time-outs is pending. @returns whether that is so */
  untilSettled(limitMs: Millis, enough: () => boolean = NEVER): boolean {
    const until = this.now + limitMs;
    const driver = driverOf(this.wait().session);
    for (;;) {
      const settled = driver.settle(Math.min(SETTLING_MS, until - this.now));
      this.pass(0);
      if (settled || this.now >= until || enough()) return settled;
    }
  }

  /** Where time passes. How long is known when it is over. */
  private wait(): Branch {
    if (this.waiting !== undefined) return this.waiting;
    const waiting = this.last.fork();
    const pass = { op: 'pass', durationMs: 0 } as const;
    waiting.play(pass, this.isAction(pass));
    return (this.waiting = waiting);
  }

  /** The time that has passed since the last act becomes one. */
  private keepTime(): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    const act = this.played[this.acts.length]!;
    waiting.correct(act.operation);
    this.acts.push(act);
    this.stands.push(waiting);
    this.waiting = undefined;
  }

  /** Goes back to a moment, at which nothing that was done later has been done. */
  rewind(at: Millis): void {
    const place = this.placeAt(at);
    this.acts.length = place;
    this.stands.length = place + 1;
    this.waiting = undefined;
    if (at > this.now) this.pass(at - this.now);
  }

  /** Takes the last act back, or the time that has passed since. @returns whether there was one */
  undo(): boolean {
    const waited = this.waiting !== undefined;
    this.waiting = undefined;
    if (waited) return true;
    if (this.acts.length === this.startLength) return false;
    this.acts.pop();
    this.stands.pop();
    return true;
  }

  /** A life of its own that goes on from a moment. */
  fork(at: Millis = this.now): Live {
    const fork = new Live(this, [...this.acts], [...this.stands]);
    fork.waiting = this.waiting?.fork();
    if (at < this.now) fork.rewind(at);
    return fork;
  }

  /**
   * A feature that `seatrial run` plays to the same history, the goals of its level at the end.
   * @throws InputError for what no phrase says
   */
  feature(name: string, language: Language = 'en'): string {
    return featureText({
      feature: name,
      scenario: name,
      seed: this.seed,
      operations: [...this.played.flatMap(withFailure), ...(this.referee?.goals ?? [])],
      how: [],
      origin: this.startLength,
      kit: this.kit,
      language,
    });
  }

  /** What was done, of which with the same start all of this follows. */
  get deeds(): { readonly start: readonly Operation[]; readonly acts: readonly Operation[] } {
    const operations = this.played.map((a) => a.operation);
    return { start: operations.slice(0, this.startLength), acts: operations.slice(this.startLength) };
  }

  /** Where requests go at a moment; asked of a copy, nothing comes of it. */
  flows(at: Millis): Flow[] {
    return flowsIn(driverOf(this.sessionAt(at)), this.stateAt(at));
  }

  /** What a change did to its object. */
  difference(id: EntryId): Difference {
    const entry = this.history.find((e) => e.id === id);
    return entry?.type === 'api' ? { before: entry.before, after: entry.after } : {};
  }

  /** The objects of the API at a moment. */
  stateAt(at: Millis): readonly unknown[] {
    const state = emptyState();
    const { history } = this;
    advanceState(state, history, history.findLast((e) => e.at <= at)?.id ?? 0);
    return [...state.tables.values()].flatMap((table) => [...table.values()]);
  }
}
