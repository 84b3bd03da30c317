/**
 * The vocabulary of the kernel: what a process is, what it may schedule, and what is remembered.
 * Everything named "state" here is plain data (objects, arrays, Map, Set, numbers, strings, booleans), so
 * that a run can be hashed, saved, forked and resumed. Behaviour lives in components, which hold no state of
 * their own.
 */

/** Virtual time in integer milliseconds since the start of the run. */
export type Millis = number;

/** Number of an entry of the history; 0 means "no cause: the run itself". */
export type EntryId = number;

/**
 * Who acts, as whom, and because of what: an argument of everything that changes something. Contexts make
 * them (`ctx.by`); `because` names another cause.
 */
export interface By {
  /** Its name in the history: a process or a controller of one, `user` for the operator. */
  readonly actor: string;
  /** Its name with the API server: `system:kubelet`, `kubernetes-admin`. */
  readonly user: string;
  readonly cause: EntryId;
  /** The groups, uid and extra fields that the user came with; absent: those that the name says. */
  readonly groups?: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** The same actor, because of another entry. */
export const because = (by: By, cause: EntryId): By =>
  by.groups === undefined ? { actor: by.actor, user: by.user, cause } : { ...by, cause };

/** What a process is to do when its event comes due. Plain data, never changed once scheduled. */
export interface Task {
  readonly type: string;
}

/** An event of the queue. */
export interface ScheduledEvent {
  readonly at: Millis;
  readonly seq: number;
  readonly process: string;
  /** The life of the process it belongs to; an event of an earlier life is dropped. */
  readonly epoch: number;
  readonly task: Task;
  readonly cause: EntryId;
  /**
   * True when only the passing of time makes it matter (a toleration running out): a settled cluster may hold
   * such.
   */
  readonly timeout: boolean;
}

/** A named instance of a component. */
export interface ProcessRecord {
  readonly name: string;
  /** Which component behaves for it: `kubelet`, `kube-scheduler`, … */
  readonly component: string;
  /** What the component is told at start, e.g. `{node: 'node-1'}`. */
  readonly args: Readonly<Record<string, string>>;
  up: boolean;
  /** Counts the lives of the process; grows at each start. */
  epoch: number;
  state: unknown;
  /** Events that came due while the process stood still (SIGSTOP), in their order; absent: it runs. */
  frozen?: ScheduledEvent[];
}

/** What the behaviour of a process may use; the layers above extend it. */
export interface KernelContext {
  /** Virtual time now. */
  readonly now: Millis;
  /** Name of the process. */
  readonly process: string;
  readonly args: Readonly<Record<string, string>>;
  /** Who the process is, and the history entry that led to what it is doing now. */
  readonly by: By;
  /** A number in [0, 1) from the process's own stream. */
  random(): number;
  /** An integer in [0, below). */
  randomInt(below: number): number;
  /** Schedules a task for this process; returns an id for `cancel`. */
  schedule(delayMs: Millis, task: Task, options?: { timeout?: boolean; cause?: EntryId }): number;
  cancel(timer: number): void;
}

/**
 * Behaviour of a kind of process.
 * `start` builds the state of a new life (after a crash nothing of the old life is left); `handle` does one
 * task.
 */
export interface Component<S, T extends Task, X extends KernelContext> {
  readonly component: string;
  start(ctx: X): S;
  handle(task: T, state: S, ctx: X): void;
}

/**
 * How code that acts on the physical world, or plays the operator, steers processes from outside of any
 * process. Every method acts now.
 */
export interface ProcessControl {
  readonly now: Millis;
  /** Makes a process known and starts it. @throws when the name is taken */
  spawn(name: string, component: string, args: Readonly<Record<string, string>>, by: By): void;
  /** A new life; nothing when it is up already. */
  start(name: string, by: By): void;
  /** The process dies with its state; its events are dropped. Nothing when it is down already. */
  stop(name: string, by: By): void;
  /**
   * The process ends by itself, and does its last acts before. @param asked it was told to, and had the time
   */
  end(name: string, asked: boolean, by: By): void;
  remove(name: string, by: By): void;
  /** The process stands still: what is due waits. Nothing when it is down. */
  freeze(name: string, by: By): void;
  /** It goes on with what has waited. */
  thaw(name: string, by: By): void;
  isUp(name: string): boolean;
  has(name: string): boolean;
  /**
   * Whether the process can reach the API server; its watch stops and its calls fail with `Unreachable` while
   * it cannot.
   */
  setConnected(name: string, connected: boolean, by: By): void;
  /** Schedules a task for a process that is up. */
  scheduleFor(process: string, delayMs: Millis, task: Task, by: By, options?: { timeout?: boolean }): number;
  cancel(timer: number): void;
  /** Wires between machines were cut, or mended. */
  linksChanged(by: By): void;
  /** The API server stops or starts to answer. */
  setServerUp(up: boolean, by: By): void;
  /** etcd loses its quorum, or has it again: without it reads go on and no write is taken. */
  setQuorum(quorum: boolean, by: By): void;
  /** A number in [0, 1) from the named stream. */
  random(stream: string): number;
  /** Draws a latency in ms from the named stream. */
  latency(name: string, stream: string): Millis;
  /** Adds an entry about the physical world to the history. @returns its id, to be a cause */
  /** Tells the history of a change of the physical world. */
  note(key: string, args: Message['args'], by: By): EntryId;
}

/** What an entry says, without the words: which message, and what it is about. Plain data. */
export interface Message {
  readonly key: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What all entries of the history share. */
export interface EntryBase {
  readonly id: EntryId;
  readonly at: Millis;
  /** Who did it: a process name, `user`, `scenario`, … */
  readonly by: string;
  readonly cause: EntryId;
}
