/**
 * A run that can be asked at any moment, that goes on, and of which other runs fork. It is played from its
 * cause, and a fork of it is kept at every change. In a page it stands in a worker, since a page may not
 * wait.
 */
import { asSaid } from '../dsl/assaid.ts';
import { simulate } from '../drivers/simulated.ts';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { featureText, keywordsOf } from '../dsl/featuretext.ts';
import { play } from '../dsl/interpreter.ts';
import { standardKit } from '../dsl/kit.ts';
import { NOW } from '../dsl/moment.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Attachment } from '../dsl/phrases/phrase.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { readStepFor, Scenario } from '../dsl/scenario.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { clusterOf, createSession, driverOf, forkSession, lastEntry } from '../dsl/session.ts';
import { advanceState, emptyState } from '../dsl/state.ts';
import type { Files, Session, SessionListener } from '../dsl/types.ts';
import { keywordsIn } from '../dsl/phrases/keywords.ts';
import type { Language } from '../messages/index.ts';
import { visibleIn } from '../messages/visible.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { entryOf } from './entries.ts';
import { bareLine, refuseWrites } from './reads.ts';
import { levelsOf, type Level } from './model/levels.ts';
import type { Cause, Entry, Flow, Printed, Step, Strike, Traffic, Truth } from './run.ts';
import type { Difference } from './session.ts';
import { flowsIn, trafficOf } from './requests.ts';
import { TruthSampler } from './truth.ts';

/** @throws InputError of its files for what is not among them */
const filesFrom = (files: Cause['files']): Files => ({
  readFile(path) {
    const text = files[path];
    if (typeof text !== 'string') throw new InputError(`there is no file "${path}"`);
    return text;
  },
  list(path) {
    const names = files[path];
    return typeof names === 'object' ? [...names] : undefined;
  },
});

const words = vocabularyOf(standardKit);
const looksOf = (operation: Operation): 'back' | 'ahead' | undefined =>
  words.familyOf(operation).looks?.(operation);

/** Whether nothing but time happens in it, so that it can be left in its midst. */
function isWaiting(operation: Operation): boolean {
  const { role } = words.familyOf(operation);
  return role === 'time' || role === 'judge';
}

const pass = (durationMs: Millis): Operation => ({ op: 'pass', durationMs });

/** What is left of an operation that only waits, after a part of its time. */
function restOf(operation: Operation, elapsed: Millis): Operation {
  if (operation.op === 'pass') return pass(operation.durationMs - elapsed);
  if (operation.op !== 'assert' || operation.moment.durationMs === undefined) return operation;
  const { claim, moment } = operation;
  const durationMs = Math.max(1, operation.moment.durationMs - elapsed);
  return { op: 'assert', claim, moment: { ...moment, durationMs } };
}

interface Played {
  readonly operation: Operation;
  readonly from: Millis;
  readonly to: Millis;
  /** Whether it ended in a claim that does not hold. */
  readonly broke: boolean;
}

interface Checkpoint {
  readonly at: Millis;
  readonly session: Session;
}

/** To come back to. */
interface Standing {
  readonly session: Session;
  readonly sampler: TruthSampler;
  readonly checkpoints: number;
  readonly last: Checkpoint | undefined;
  readonly seen: EntryId;
  readonly played: number;
}

/** What has come to be since somebody looked. */
export interface News {
  readonly entries: readonly Entry[];
  readonly truths: readonly Truth[];
  readonly now: Millis;
}

export class Timeline {
  /** What was played on it by `play` and `advance`, in order. */
  readonly steps: Step[] = [];
  /** Of its sentences. */
  readonly language: Language;
  private readonly cause: Omit<Cause, 'operations'>;
  private session: Session;
  private sampler = new TruthSampler();
  /** By time, one a moment at which something changed. */
  private readonly checkpoints: Checkpoint[] = [];
  private readonly played: Played[] = [];
  private seen: EntryId = -1;
  /** Whether its moments can be asked. */
  private keeps = true;
  /** Whether time is what was played last, so that more of it is no step of its own. */
  private isPassing = false;
  /** Of what is being played. */
  private told: { readonly printed: Printed[]; readonly strikes: Strike[] } = { printed: [], strikes: [] };

  /** Nothing has been played on it. */
  constructor(cause: Omit<Cause, 'operations'>, language: Language = 'en') {
    this.cause = cause;
    this.language = language;
    const { seed, files } = cause;
    this.session = createSession(
      { seed, files: filesFrom(files), kit: standardKit, createDriver: simulate, language },
      this.listener,
    );
  }

  /**
   * What follows from a cause; where that ended in a failure, so does this.
   * @throws Error where it cannot be played
   */
  static of({ operations, ...cause }: Cause, language: Language = 'en'): Timeline {
    const timeline = new Timeline(cause, language);
    timeline.follow(operations);
    return timeline;
  }

  private follow(operations: readonly Operation[]): void {
    for (const operation of operations) {
      try {
        this.watch(operation, () => {
          // What looks back changes nothing, and was asked before.
          if (looksOf(operation) !== 'back') this.act(operation, true);
        });
      } catch (error) {
        if (!(error instanceof ClaimError) && inputErrorOf(error) === undefined) throw error;
        return;
      }
    }
  }

  /** Of the history that follows from a cause; it costs less than what can be asked. @throws as `of` */
  static hashOf(cause: Cause): string {
    const timeline = new Timeline(cause);
    timeline.keeps = false;
    timeline.session = createSession(timeline.session.options);
    timeline.follow(cause.operations);
    return timeline.hash;
  }

  private get listener(): SessionListener {
    return {
      happens: (session) => this.look(session),
      printed: (line, { code, output }) => void this.told.printed.push({ line, code, output }),
      struck: ({ kind, forMs }, { targets }) =>
        void this.told.strikes.push({ kind, targets, ...(forMs === undefined ? {} : { forMs }) }),
    };
  }

  get now(): Millis {
    return this.session.driver?.now ?? 0;
  }

  /** Of the history. @throws InputError before there is a cluster */
  get hash(): string {
    return clusterOf(this.session).hash();
  }

  /** @param after the last entry that is known @param truths how many of them are known */
  news(after: EntryId, truths: number): News {
    const history = this.session.driver?.history ?? [];
    const first = history.findIndex((e) => e.id > after);
    return {
      entries: first < 0 ? [] : visibleIn(history.slice(first).map(entryOf)),
      truths: visibleIn(this.sampler.changes.slice(truths)),
      now: this.now,
    };
  }

  /**
   * Plays one step more. A claim that does not hold is a result, and its time has passed; whatever else is
   * wrong leaves the run as it was.
   * @param what a step in the words of the language, with or without its keyword, or an operation
   * @param attachment the step's doc string, or the rows of its table
   * @throws InputError for a step that no phrase fits or that makes no sense
   */
  play(what: string | Operation, attachment?: Attachment): Step {
    const read =
      typeof what === 'string'
        ? readStepFor(this.language, what, attachment, 'Given', standardKit).operation
        : what;
    const operation = asSaid(read, this.language, words);
    const back = this.standing();
    const from = this.now;
    this.told = { printed: [], strikes: [] };
    let verdict: Step['verdict'];
    try {
      this.watch(operation, () => this.act(operation, words.familyOf(operation).commands === true));
      if (operation.op === 'assert') verdict = { holds: true, at: this.now };
    } catch (error) {
      const { now } = this;
      this.goBackTo(back);
      if (!(error instanceof ClaimError)) throw inputErrorOf(error, this.language) ?? error;
      const { at, found, tables, entry } = error;
      verdict = {
        holds: false,
        at,
        found,
        ...(tables === '' ? {} : { tables }),
        ...(entry === undefined ? {} : { entry }),
      };
      if (now > from) this.watch(pass(now - from), () => this.act(pass(now - from), false));
    }
    this.rememberFailure(operation);
    this.isPassing = operation.op === 'pass';
    return this.stepped(operation, from, back.seen, verdict);
  }

  /** Time goes on; of several in a row one step is made. @throws InputError before there is a cluster */
  advance(ms: Millis): void {
    const last = this.played[this.played.length - 1];
    if (last?.operation.op !== 'pass' || !this.isPassing) return void this.play(pass(ms));
    const whole = pass(last.operation.durationMs + ms);
    driverOf(this.session).pass(ms);
    this.look(this.session);
    const place = this.session.operations.length - 1;
    this.session.operations[place] = whole;
    this.session.texts[place] = words.renderLine(whole);
    this.played[this.played.length - 1] = { ...last, operation: whole, to: this.now };
    const first = this.steps.pop()?.entries?.[0] ?? this.seen;
    this.stepped(whole, last.from, first - 1, undefined);
  }

  /** Tells what was played since an entry as a step. */
  private stepped(operation: Operation, from: Millis, after: EntryId, verdict: Step['verdict']): Step {
    const { keyword, text, docString, table } = words.render(operation, this.language);
    const { seen, told } = this;
    const step: Step = visibleIn({
      keyword: `${keywordsIn(this.language)[keyword]} `,
      text,
      line: 0,
      ...(docString === undefined ? {} : { docString }),
      ...(table === undefined ? {} : { table }),
      from,
      to: this.now,
      ...(seen > after ? { entries: [Math.max(1, after + 1), seen] as const } : {}),
      printed: told.printed,
      strikes: told.strikes,
      ...(verdict === undefined ? {} : { verdict }),
      expected: false,
      result: verdict?.holds === false ? 'failed' : 'passed',
    });
    this.steps.push(step);
    return step;
  }

  /** How a run that begins with this one's first part, and the operations that are left of it then. */
  private cutAt(at: Millis): { readonly kept: Operation[]; readonly ahead: Operation[] } {
    const place = this.played.findIndex((p) => p.to > at);
    const done = place < 0 ? this.played : this.played.slice(0, place);
    const kept = done.flatMap(({ operation, from, to, broke }) =>
      broke ? (to > from ? [pass(to - from)] : []) : [operation],
    );
    if (place < 0) return { kept, ahead: [] };
    const { operation, from } = this.played[place]!;
    const later = this.played.slice(place + 1).map((p) => p.operation);
    const elapsed = at - from;
    if (elapsed <= 0) return { kept, ahead: [operation, ...later] };
    return isWaiting(operation)
      ? { kept: [...kept, pass(elapsed)], ahead: [restOf(operation, elapsed), ...later] }
      : { kept: [...kept, operation], ahead: later };
  }

  /** What a fork at a moment would have to play to come to the same. */
  ahead(at: Millis): readonly Operation[] {
    return selfContained(this.cutAt(at).ahead, this.session.options.files);
  }

  /**
   * A run of its own that has played the same until a moment, and needs no files. What an operator does at a
   * stretch, for longer than a moment, is played to its end.
   */
  fork(at: Millis, language: Language = this.language): Timeline {
    const { files } = this.session.options;
    const operations = selfContained(this.cutAt(at).kept, files).map((o) => asSaid(o, language, words));
    const { seed, origin } = this.cause;
    return Timeline.of(
      {
        seed,
        operations,
        files: {},
        ...(origin === undefined || origin >= operations.length ? {} : { origin }),
      },
      language,
    );
  }

  /** A feature that `seatrial run` plays to the same history. @throws InputError for what no phrase says */
  save(name: string): string {
    const { seed, origin } = this.cause;
    const broken = this.steps.filter((s) => s.verdict?.holds === false);
    return featureText({
      feature: name,
      scenario: name,
      seed,
      operations: this.played.map((p) => p.operation),
      how: broken.map((s) => `✗ ${s.keyword}${s.text}: ${s.verdict?.found ?? ''}`),
      ...(origin === undefined ? {} : { origin }),
      kit: standardKit,
      language: this.language,
    });
  }

  /** @throws InputError for a line that would change something */
  kubectl(line: string, at: Millis): Printed {
    refuseWrites(line);
    const asked = bareLine(line);
    const { code, stdout, stderr } = Scenario.of(this.sessionAt(at)).kubectl(asked);
    return { line: `kubectl ${asked}`, code, output: `${stdout}${stderr}` };
  }

  stateAt(at: Millis): readonly unknown[] {
    const state = emptyState();
    const { history } = driverOf(this.session);
    const last = history.findLast((e) => e.at <= at)?.id ?? 0;
    advanceState(state, history, last);
    return [...state.tables.values()].flatMap((table) => [...table.values()]);
  }

  difference(id: EntryId): Difference {
    const entry = driverOf(this.session).history.find((e) => e.id === id);
    return entry?.type === 'api' ? { before: entry.before, after: entry.after } : {};
  }

  levels(): Level[] {
    return levelsOf(driverOf(this.session).history.flatMap((e) => (e.type === 'api' ? [e] : [])));
  }

  traffic(): Traffic[] {
    return visibleIn(trafficOf(driverOf(this.session)));
  }

  /** Asked of a fork: nothing comes of it. */
  flows(at: Millis): Flow[] {
    return visibleIn(flowsIn(driverOf(this.sessionAt(at)), this.stateAt(at)));
  }

  /** The run as it stood at a moment. @throws InputError before there was a cluster */
  private sessionAt(at: Millis): Session {
    const before = this.checkpoints.findLast((c) => c.at <= at) ?? this.checkpoints[0];
    if (before === undefined) throw new InputError('there is no cluster yet');
    const fork = forkSession(before.session);
    const driver = driverOf(fork);
    if (at > driver.now) driver.pass(at - driver.now);
    return fork;
  }

  private look(session: Session): void {
    if (!this.keeps) return;
    this.sampler.look(session);
    const driver = driverOf(session);
    const entry = lastEntry(driver);
    if (entry === this.seen) return;
    this.seen = entry;
    if (this.checkpoints[this.checkpoints.length - 1]?.at === driver.now) this.checkpoints.pop();
    this.checkpoints.push({ at: driver.now, session: forkSession(session) });
  }

  private standing(): Standing {
    return {
      session: forkSession(this.session, this.session.options, this.listener),
      sampler: this.sampler.fork(),
      checkpoints: this.checkpoints.length,
      last: this.checkpoints[this.checkpoints.length - 1],
      seen: this.seen,
      played: this.played.length,
    };
  }

  private goBackTo({ session, sampler, checkpoints, last, seen, played }: Standing): void {
    this.session = session;
    this.sampler = sampler;
    this.checkpoints.length = checkpoints;
    if (last !== undefined) this.checkpoints[checkpoints - 1] = last;
    this.seen = seen;
    this.played.length = played;
  }

  /** As `seatrial run` plays the operation in a feature of all that was played. */
  private act(operation: Operation, mayFail: boolean): void {
    const before = this.played.map((p) => p.operation);
    const keywords = keywordsOf([...before, operation], this.cause.origin, words);
    play(this.session, operation, { mayFail, action: keywords[keywords.length - 1] === 'When' });
  }

  /** Plays, looks, and remembers what was played. */
  private watch(operation: Operation, act: () => void): void {
    const { now: from } = this;
    let broke = true;
    try {
      act();
      broke = false;
    } finally {
      if (this.session.driver !== undefined) this.look(this.session);
      this.played.push({ operation, from, to: this.now, broke });
    }
  }

  /** A feature expects of a command that it succeeds, unless the next step says how it fails. */
  private rememberFailure(operation: Operation): void {
    const { output } = this.session;
    if (words.familyOf(operation).commands !== true || output === undefined || output.code === 0) return;
    const failsWith = (output.stderr.trim() || output.stdout.trim()).split('\n')[0]!;
    const claim: Operation = { op: 'assert', moment: NOW, claim: { claim: 'output', failsWith } };
    this.watch(claim, () => undefined);
  }
}
