/**
 * A run played again from its cause, with a fork of it kept at every change: any moment of it can be asked.
 * In a page it stands in a worker, since a page may not wait.
 */
import { simulate } from '../drivers/simulated.ts';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { standardKit } from '../dsl/kit.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { Scenario } from '../dsl/scenario.ts';
import { clusterOf, createSession, driverOf, forkSession, lastEntry } from '../dsl/session.ts';
import { advanceState, emptyState } from '../dsl/state.ts';
import type { Files, Session } from '../dsl/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Cause, Printed } from './run.ts';
import type { Difference } from './session.ts';

/** Lines that change nothing. */
const READS = [
  'get',
  'describe',
  'logs',
  'events',
  'top',
  'explain',
  'api-resources',
  'api-versions',
  'version',
  'rollout status',
  'rollout history',
];

const isRead = (line: string): boolean => READS.some((verb) => line === verb || line.startsWith(`${verb} `));

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

interface Checkpoint {
  readonly at: Millis;
  readonly session: Session;
}

export class Replay {
  private readonly session: Session;
  /** By time, one a moment at which something changed. */
  private readonly checkpoints: Checkpoint[] = [];
  private seen: EntryId = -1;

  /** @throws Error where it cannot be played */
  constructor({ seed, operations, files }: Cause) {
    this.session = createSession(
      { seed, files: filesFrom(files), kit: standardKit, createDriver: simulate },
      { happens: (session) => this.look(session) },
    );
    const words = vocabularyOf(standardKit);
    try {
      for (const operation of operations) {
        // What looks back changes nothing.
        if (words.familyOf(operation).looks?.(operation) === 'back') continue;
        play(this.session, operation, { mayFail: true });
        if (this.session.driver !== undefined) this.look(this.session);
      }
    } catch (error) {
      // It ended so.
      if (!(error instanceof ClaimError) && inputErrorOf(error) === undefined) throw error;
    }
    if (this.session.driver !== undefined) this.look(this.session);
  }

  /** Of the history. */
  get hash(): string {
    return clusterOf(this.session).hash();
  }

  private look(session: Session): void {
    const driver = driverOf(session);
    const entry = lastEntry(driver);
    if (entry === this.seen) return;
    this.seen = entry;
    if (this.checkpoints[this.checkpoints.length - 1]?.at === driver.now) this.checkpoints.pop();
    this.checkpoints.push({ at: driver.now, session: forkSession(session) });
  }

  /** The run as it stood at a moment, to go on from there. @throws InputError before there was a cluster */
  private forkAt(at: Millis): Session {
    const before = this.checkpoints.findLast((c) => c.at <= at) ?? this.checkpoints[0];
    if (before === undefined) throw new InputError('there is no cluster yet');
    const fork = forkSession(before.session);
    const driver = driverOf(fork);
    if (at > driver.now) driver.pass(at - driver.now);
    return fork;
  }

  /** @throws InputError for a line that would change something */
  kubectl(line: string, at: Millis): Printed {
    const asked = line.trim().replace(/^kubectl\s+/, '');
    if (!isRead(asked)) throw new InputError(`only what reads can be asked of the past: ${READS.join(', ')}`);
    const { code, stdout, stderr } = Scenario.of(this.forkAt(at)).kubectl(asked);
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
}
