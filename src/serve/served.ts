/**
 * A cluster that clients talk to: requests, sentences and the time between them, each an input that is
 * logged. The same inputs at the same moments make the same history, without a socket.
 */
import type { Driver } from '../drivers/driver.ts';
import { simulate } from '../drivers/simulated.ts';
import { InputError } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { standardKit } from '../dsl/kit.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readStep } from '../dsl/scenario.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { clusterOf, createSession, forkSession, presentState } from '../dsl/session.ts';
import { filesOf } from '../dsl/filesof.ts';
import type { Files, Kit, Session, SessionListener } from '../dsl/types.ts';
import type { Language } from '../messages/index.ts';
import type { UserInfo } from '../sim/api/authentication/user.ts';
import { base64Bytes } from '../sim/api/base64.ts';
import { bytesOfBase64 } from './bytes.ts';
import type { Cluster, ClusterOptions } from '../sim/cluster.ts';
import { rfc3339 } from '../sim/api/time.ts';
import { forkState } from '../sim/kernel/fork.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { handle } from './api/handler.ts';
import { begin, goOn, printedBehind, type Session as StreamSession, type Step, typed } from './sessions.ts';
import { troubleText } from './trouble.ts';
import type { Exec, ForwardTarget, HttpRequest, Reply } from './api/http.ts';
import { CONNECTS, isProxied } from './api/requestinfo.ts';
import {
  type ForwardedAnswer,
  type ForwardedRequest,
  refusalToForward,
  sendForwarded,
} from './api/portforward.ts';

/** What a served cluster begins with. Plain data. */
export interface Beginning {
  readonly seed: string;
  /** That need no files. */
  readonly start: readonly Operation[];
}

interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body: string;
  readonly user?: UserInfo;
  readonly refused?: true;
}

/** A moment of a run: at one millisecond much may happen. Plain data. */
interface Moment {
  readonly at: Millis;
  /** How many events the cluster had handled. */
  readonly events: number;
}

/** Something that came from outside, and when. Plain data. */
export type Input = Moment &
  (
    | { readonly kind: 'request'; readonly request: LoggedRequest }
    | { readonly kind: 'exec'; readonly request: LoggedRequest }
    /** To one of the sessions that requests have opened, by number; no text: nothing more will come. */
    | { readonly kind: 'typed'; readonly session: number; readonly text?: string }
    | { readonly kind: 'forwarded'; readonly to: ForwardTarget; readonly request: ForwardedRequest }
    | { readonly kind: 'step'; readonly text: string; readonly table?: readonly (readonly string[])[] }
  );

/** All that a run of a served cluster follows from. Plain data. */
export interface InputLog extends Beginning {
  readonly inputs: readonly Input[];
  /** How far its clock had come. */
  readonly until: Moment;
}

/** A log that was written; undefined: it is none. @param value of JSON */
export function logOf(value: unknown): InputLog | undefined {
  const { seed, start, inputs, until } = (value ?? {}) as Partial<InputLog>;
  return typeof seed === 'string' && Array.isArray(start) && Array.isArray(inputs) && until !== undefined
    ? { seed, start, inputs, until }
    : undefined;
}

/** What of a request's headers counts. */
const COUNTED = /^(?:accept|content-type|user-agent|impersonate-(?:user|group|uid|extra-.+))$/;

function logged({ method, url, headers, body, user, refused }: HttpRequest): LoggedRequest {
  const counted = Object.entries(headers).filter(([name]) => COUNTED.test(name));
  return {
    method,
    url,
    headers: Object.fromEntries(counted),
    body: base64Bytes(body),
    ...(user === undefined ? {} : { user }),
    ...(refused === undefined ? {} : { refused }),
  };
}

const asRequest = ({ body, ...request }: LoggedRequest): HttpRequest => ({
  ...request,
  body: bytesOfBase64(body),
});

/** Whether a request may change anything: what only reads need not be logged. */
const changes = ({ method, url }: HttpRequest): boolean =>
  isProxied(url) ||
  (method !== 'GET' && method !== 'HEAD' && !CONNECTS.has(/\/(\w+)(?:\?|$)/.exec(url)?.[1] ?? ''));

/** How ends what is no more. */
const KILLED = 137;

/** Copies that can be gone back to: so far apart, so many, and of no more changes. */
const CHECKPOINT_MS: Millis = 10_000;
const CHECKPOINTS = 360;
const CHECKPOINT_CHANGES = 500_000;
/** Changes that are kept, and at most as many again: what is older is let go, as a server compacts. */
const CHANGES = 50_000;
/** Inputs that are kept where nobody has asked for all of them. */
const INPUTS = 100_000;

interface Checkpoint {
  readonly at: Millis;
  /** How many changes there had been. */
  readonly changes: number;
  readonly session: Session;
  readonly streams: Streams;
  readonly inputs: number;
}

/** How many forks are kept. */
const FORKS = 20;

/** All that a cluster goes on from. */
interface Fork {
  readonly at: Millis;
  readonly session: Session;
  readonly streams: Streams;
  readonly checkpoints: readonly Checkpoint[];
  readonly inputs: readonly Input[];
  readonly forgotten: number;
}

/** The sessions that run, by number, and the number of the next. Plain data. */
interface Streams {
  readonly running: Map<number, StreamSession>;
  next: number;
}

/** Standard streams that somebody has before them. */
export interface OpenStreams {
  /** What was typed; undefined: nothing more will come. */
  type(text: string | undefined): void;
  /** What was written since it was last asked, and how it ended: texts of bytes. */
  take(): Step;
}

/** How many changes, and how many inputs, are kept; of inputs all where they are to be replayed. */
export interface Keeps {
  readonly changes?: number;
  readonly inputs?: number;
}

export interface ServedOptions {
  readonly seed: string;
  /** What sets the scene. */
  readonly start: readonly Operation[];
  readonly files: Files;
  readonly kit?: Kit;
  readonly language?: Language;
  readonly keeps?: Keeps;
}

/** What a refused request was told. */
export interface Refusal {
  /** Of HTTP. */
  readonly code: number;
  readonly stderr: string;
}

/** Who looks on while a log is played again. */
export interface Watcher {
  /** Told of what sets the scene, and of what sentences do. */
  readonly listener: SessionListener;
  /** Called between any two events of the cluster. */
  happens(session: Session): void;
  /** Any other input: it is played by `act`, which returns what a request was refused with. */
  plays(session: Session, input: Input, act: () => Refusal | undefined): void;
}

export class Served {
  /** Undefined of a cluster that somebody else drives, too: what it does is no input. */
  private readonly beginning: Beginning | undefined;
  private session: Session;
  private streams: Streams = { running: new Map(), next: 1 };
  private readonly inputs: Input[] = [];
  /** How many inputs have been let go. */
  private forgotten = 0;
  private readonly mostChanges: number;
  private readonly mostInputs: number;
  private readonly checkpoints: Checkpoint[] = [];
  private readonly kept = new Map<string, Fork>();
  /** Grows when it went back: what follows the cluster's past has to begin anew. */
  life = 0;

  private constructor(beginning: Beginning | undefined, session: Session, keeps: Required<Keeps>) {
    this.beginning = beginning;
    this.session = session;
    this.mostChanges = keeps.changes;
    this.mostInputs = keeps.inputs;
    this.keep();
  }

  /** @throws InputError, ClaimError where the start cannot be played */
  static begin(
    { seed, start, files, kit = standardKit, language, keeps = {} }: ServedOptions,
    listener: SessionListener = {},
  ): Served {
    const { changes = CHANGES, inputs = INPUTS } = keeps;
    const options = {
      seed,
      files,
      kit,
      // Somebody is served for as long as he likes.
      createDriver: (asked: ClusterOptions) =>
        simulate({ ...asked, history: { keep: 'tail', tail: changes } }),
      limits: { events: Number.POSITIVE_INFINITY, kept: Number.POSITIVE_INFINITY },
      ...(language === undefined ? {} : { language }),
    };
    const session = createSession(options, listener);
    const whole = selfContained(start, files, kit);
    for (const operation of whole) play(session, operation, { mayFail: true });
    return new Served({ seed, start: whole }, session, { changes, inputs });
  }

  /** A cluster on which somebody plays a scenario; it cannot be played again from what clients did. */
  static over(driver: Driver, files: Files, kit: Kit = standardKit): Served {
    const session = createSession({ seed: '1', files, kit, createDriver: () => driver });
    session.driver = driver;
    return new Served(undefined, session, { changes: Number.POSITIVE_INFINITY, inputs: 0 });
  }

  /**
   * Plays what was logged. @throws InputError for a log that is none
   * @example Served.replay(JSON.parse(text)).cluster.hash()
   */
  static replay(log: InputLog, watcher?: Watcher): Served {
    const { seed, start } = log;
    const keeps = { inputs: Number.POSITIVE_INFINITY };
    const served = Served.begin({ seed, start, files: filesOf({}), keeps }, watcher?.listener);
    const happens = (): void => watcher?.happens(served.session);
    happens();
    for (const input of log.inputs) {
      served.goTo(input, happens);
      if (watcher === undefined || input.kind === 'step') served.act(input);
      else watcher.plays(served.session, input, () => served.act(input));
      happens();
    }
    served.goTo(log.until, happens);
    return served;
  }

  get cluster(): Cluster {
    return clusterOf(this.session) as Cluster;
  }

  get now(): Millis {
    return this.cluster.now;
  }

  /** @throws InputError where inputs have been let go, or others drive the cluster */
  get log(): InputLog {
    if (this.beginning === undefined)
      throw new InputError(
        'a cluster that a scenario is played on has no log: the feature says what was done',
      );
    if (this.forgotten > 0)
      throw new InputError(
        `of ${this.forgotten + this.inputs.length} inputs the first ${this.forgotten} have been let go: ` +
          'start with --log FILE to keep all of them',
      );
    return { ...this.beginning, inputs: [...this.inputs], until: this.moment };
  }

  private get moment(): Moment {
    return { at: this.now, events: this.cluster.kernel.handled };
  }

  /** @param happens called between any two events */
  private goTo({ at, events }: Moment, happens: () => void = () => undefined): void {
    const { cluster } = this;
    const isThere = (): boolean => {
      happens();
      return cluster.kernel.handled >= events;
    };
    cluster.runUntil(isThere, at - this.now);
    this.passUntil(at);
  }

  private note(input: Input): void {
    if (this.beginning !== undefined) this.inputs.push(input);
  }

  /** A request, at this moment. */
  handle(request: HttpRequest): Reply {
    if (changes(request)) this.note({ ...this.moment, kind: 'request', request: logged(request) });
    const reply = handle(this.cluster, request);
    this.readOn();
    return reply;
  }

  /** What later sentences rest on is read before it is let go. */
  private readOn(): void {
    const { kernel } = this.cluster;
    if (kernel.log.count - this.session.present.upTo > this.mostChanges / 2) presentState(this.session);
  }

  /** Begins what a request has asked for, at this moment. */
  open(request: HttpRequest, exec: Exec): OpenStreams {
    this.note({ ...this.moment, kind: 'exec', request: logged(request) });
    const number = this.streams.next++;
    const { cluster } = this;
    const written: { stdout: string; stderr: string; code: number | undefined } = {
      stdout: '',
      stderr: '',
      code: undefined,
    };
    let told = printedBehind(cluster, exec, 0).lines.length;
    const add = ({ stdout, stderr, code }: Step): void => {
      written.stdout += stdout;
      written.stderr += stderr;
      written.code ??= code;
    };
    const session = begin(cluster, exec);
    if ('code' in session) add(session);
    else {
      this.streams.running.set(number, session);
      add(this.goOn(number));
    }
    return {
      type: (text) => {
        if (written.code === undefined) add(this.typed(number, text));
      },
      take: () => {
        const running = this.streams.running.get(number);
        if (running !== undefined && running.dueAt <= this.now) add(this.typed(number, ''));
        if (exec.command === undefined && written.code === undefined) {
          const { lines, isOver } = printedBehind(this.cluster, exec, told);
          told += lines.length;
          add({
            stdout: lines.map((line) => `${line}\n`).join(''),
            stderr: '',
            code: isOver ? 0 : undefined,
          });
        }
        const taken = { ...written };
        written.stdout = '';
        written.stderr = '';
        return taken;
      },
    };
  }

  /** What is typed into a session, at this moment, and what comes of it; of none, nothing. */
  private typed(session: number, text: string | undefined): Step {
    this.note({ ...this.moment, kind: 'typed', session, ...(text === undefined ? {} : { text }) });
    const running = this.streams.running.get(session);
    if (running !== undefined) typed(this.cluster, running, text);
    return this.goOn(session);
  }

  private goOn(number: number): Step {
    const running = this.streams.running.get(number);
    if (running === undefined) return { stdout: '', stderr: '', code: KILLED };
    try {
      const step = goOn(this.cluster, running);
      if (step.code !== undefined) this.streams.running.delete(number);
      return step;
    } catch (error) {
      this.streams.running.delete(number);
      return { stdout: '', stderr: `seatrial: ${troubleText(error)}\n`, code: 1 };
    }
  }

  /** Why nothing is sent to a port of a Pod; undefined where it can be. */
  refusalToForward(to: ForwardTarget, port: number): string | undefined {
    return refusalToForward(this.cluster, to, port);
  }

  /** A request through a forwarded port, at this moment. */
  forwarded(to: ForwardTarget, request: ForwardedRequest): ForwardedAnswer {
    this.note({ ...this.moment, kind: 'forwarded', to, request });
    return sendForwarded(this.cluster, to, request);
  }

  /**
   * Plays a sentence of a feature: a fault, a change, time that passes.
   * @throws InputError, ClaimError; all is then as it was
   */
  play(text: string, table?: readonly (readonly string[])[]): void {
    const { operation } = readStep(text, table, 'When', this.session.kit);
    const { moment } = this;
    const { options, listener } = this.session;
    const next = forkSession(this.session, options, listener);
    play(next, operation, { text, action: true, mayFail: true });
    this.session = next;
    this.note({ ...moment, kind: 'step', text, ...(table === undefined ? {} : { table }) });
  }

  pass(ms: Millis): void {
    this.passUntil(this.now + ms);
  }

  /** Lets time pass until it is `until`; nothing where it is later already. */
  passUntil(until: Millis): void {
    while (this.now < until) {
      const next = Math.min(until, this.checkpoints.at(-1)!.at + CHECKPOINT_MS);
      this.cluster.pass(Math.max(0, next - this.now));
      this.keep();
    }
  }

  /**
   * Lets what is due soon, and is more than a time-out, happen.
   * @param soonMs how soon @returns whether there was any
   */
  hurry(soonMs: Millis): boolean {
    const at = this.cluster.kernel.queue.urgentAt();
    if (at === Infinity || at - this.now > soonMs) return false;
    if (at > this.now) this.passUntil(at);
    else this.cluster.pass(0);
    return true;
  }

  private keep(): void {
    const last = this.checkpoints.at(-1);
    if (last !== undefined && this.now < last.at + CHECKPOINT_MS) return;
    this.readOn();
    const changes = this.cluster.kernel.log.count;
    this.checkpoints.push({
      at: this.now,
      changes,
      session: forkSession(this.session),
      streams: forkState(this.streams),
      inputs: this.forgotten + this.inputs.length,
    });
    this.letGo(changes);
  }

  /** The first stays, so that it can always be gone back to, as long as all that came since is known. */
  private letGo(changes: number): void {
    const { checkpoints, inputs } = this;
    while (
      checkpoints.length > CHECKPOINTS ||
      (checkpoints.length > 2 && changes - checkpoints[1]!.changes > CHECKPOINT_CHANGES)
    )
      checkpoints.splice(1, 1);
    while (inputs.length > this.mostInputs && checkpoints.length > 1) {
      checkpoints.shift();
      const gone = checkpoints[0]!.inputs - this.forgotten;
      inputs.splice(0, gone);
      this.forgotten += gone;
    }
  }

  /** Takes back what came after a moment. @throws InputError for one before its beginning */
  rewind(at: Millis): void {
    if (this.beginning === undefined)
      throw new InputError('the clock of a cluster that a scenario was played on is not set back');
    const found = this.checkpoints.findLastIndex((c) => c.at <= at);
    if (at > this.now || found < 0)
      throw new InputError(
        `the clock can be set back to ${rfc3339(this.checkpoints[0]!.at)} at the earliest, ` +
          `and stands at ${rfc3339(this.now)}`,
      );
    const { session, streams, inputs } = this.checkpoints[found]!;
    this.checkpoints.length = found + 1;
    const again = this.inputs.splice(inputs - this.forgotten).filter((input) => input.at <= at);
    this.session = forkSession(session);
    this.streams = forkState(streams);
    this.life += 1;
    for (const input of again) {
      this.goTo(input);
      this.act(input);
    }
    this.passUntil(at);
  }

  /**
   * Keeps the cluster as it is under a name, to go on from it later; what had the name is forgotten.
   * @throws InputError for a name that is none, and where others drive the cluster
   */
  fork(name: string): void {
    this.checkOwn('forked');
    if (!/^[A-Za-z0-9][\w.-]{0,62}$/.test(name))
      throw new InputError(`a fork has a name of letters, digits, - and ., not ${JSON.stringify(name)}`);
    if (!this.kept.has(name) && this.kept.size >= FORKS)
      throw new InputError(`${FORKS} forks are kept already: ${[...this.kept.keys()].join(', ')}`);
    this.kept.set(name, {
      at: this.now,
      session: forkSession(this.session),
      streams: forkState(this.streams),
      checkpoints: [...this.checkpoints],
      inputs: [...this.inputs],
      forgotten: this.forgotten,
    });
  }

  /** What was kept, by name: the moment at which. */
  get forks(): ReadonlyMap<string, Millis> {
    return new Map([...this.kept].map(([name, { at }]) => [name, at]));
  }

  /** Goes on from a fork, which stays as it was. @throws InputError where there is none of the name */
  resume(name: string): void {
    this.checkOwn('forked');
    const fork = this.kept.get(name);
    if (fork === undefined) {
      const there = this.kept.size === 0 ? 'none' : [...this.kept.keys()].join(', ');
      throw new InputError(`there is no fork ${JSON.stringify(name)}; there is ${there}`);
    }
    this.session = forkSession(fork.session);
    this.streams = forkState(fork.streams);
    this.checkpoints.splice(0, Infinity, ...fork.checkpoints);
    this.inputs.length = 0;
    for (const input of fork.inputs) this.inputs.push(input);
    this.forgotten = fork.forgotten;
    this.life += 1;
  }

  /** @throws InputError of a cluster that a scenario is played on */
  private checkOwn(what: string): void {
    if (this.beginning === undefined)
      throw new InputError(`a cluster that a scenario is played on is not ${what}`);
  }

  /** Plays what was logged, at this moment. @returns what a request was refused with */
  private act(input: Input): Refusal | undefined {
    if (input.kind === 'step') this.play(input.text, input.table);
    else if (input.kind === 'forwarded') this.forwarded(input.to, input.request);
    else if (input.kind === 'typed') this.typed(input.session, input.text);
    else {
      const request = asRequest(input.request);
      const reply = this.handle(request);
      if (input.kind === 'exec' && reply.kind === 'exec') this.open(request, reply);
      if (reply.kind === 'answer' && reply.status >= 400)
        return { code: reply.status, stderr: reply.body.toString() };
    }
    return undefined;
  }
}
