/** Records what a session plays: it listens to the session, and at the end reads the cluster's history. */
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { givenOf } from '../dsl/taken.ts';
import { warningsAtEnd } from '../dsl/ending.ts';
import { play } from '../dsl/interpreter.ts';
import type { Files, PropertyReport, Session, SessionListener, SessionOptions } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Mark } from '../dsl/mark.ts';
import { createSession, lastEntry } from '../dsl/session.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { entriesOf } from './entries.ts';
import type {
  CounterexampleRecord,
  Detail,
  OperationRecord,
  PlayRecord,
  PrintedRecord,
  Problem,
  StrikeRecord,
  VerdictRecord,
} from './record.ts';
import { TruthSampler } from '../view/truth.ts';

/** An error as a record holds it. */
function problemOf(error: unknown): Problem {
  if (error instanceof ClaimError) return { kind: 'claim', message: error.message };
  const input = inputErrorOf(error);
  if (input !== undefined) return { kind: 'input', message: input.message };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', message, ...(stack === undefined ? {} : { stack }) };
}

interface Playing {
  readonly operation: Operation;
  readonly text: string;
  readonly from: Millis;
  readonly before: EntryId;
  readonly printed: PrintedRecord[];
  readonly strikes: StrikeRecord[];
  report?: PropertyReport;
}

/** A moment as a record has it: since the cluster was taken up. */
const since = ({ driver }: Session, at: Millis): Millis => at - (driver?.beganAt ?? 0);
const nowOf = (session: Session): Millis => since(session, session.driver?.now ?? 0);
const entryOf = (session: Session): EntryId => (session.driver === undefined ? 0 : lastEntry(session.driver));

export class Recorder {
  readonly operations: OperationRecord[] = [];
  /** Give it to the session that is to be recorded. */
  readonly listener: SessionListener;
  private readonly detail: Detail;
  private readonly sampler = new TruthSampler();
  /** What broke claims. */
  private readonly broke: EntryId[] = [];
  private readonly files: Record<string, string | readonly string[]> = {};
  private session: Session | undefined;
  private playing: Playing | undefined;

  constructor(detail: Detail) {
    this.detail = detail;
    this.listener = {
      begins: (session, operation, text) => this.begins(session, operation, text),
      ends: (session, error) => this.ends(session, error),
      printed: (line, { code, output }) => void this.playing?.printed.push({ line, code, output }),
      struck: (fault, { targets, said }) =>
        void this.playing?.strikes.push({ fault, targets, ...(said === undefined ? {} : { said }) }),
      checked: (report) => {
        if (this.playing !== undefined) this.playing.report = report;
      },
      ...(detail === 'everything' ? { happens: (session) => this.sampler.look(session) } : {}),
    };
  }

  /** The same files, of which it is remembered what was read. */
  reading(files: Files): Files {
    if (this.detail !== 'everything') return files;
    const { kustomize } = files;
    return {
      readFile: (path) => (this.files[path] = files.readFile(path)),
      list: (path) => {
        const names = files.list?.(path);
        if (names !== undefined) this.files[path] = names;
        return names;
      },
      ...(kustomize === undefined
        ? {}
        : { kustomize: (folder) => (this.files[`${folder} (kustomize)`] = kustomize(folder)) }),
    };
  }

  private begins(session: Session, operation: Operation, text: string): void {
    this.session = session;
    this.playing = {
      operation,
      text,
      from: nowOf(session),
      before: entryOf(session),
      printed: [],
      strikes: [],
    };
  }

  private ends(session: Session, error: unknown): void {
    const { operation, text, from, before, printed, strikes, report } = this.playing!;
    this.playing = undefined;
    if (this.detail === 'everything') this.sampler.look(session);
    const last = entryOf(session);
    const verdict = this.verdictOf(session, operation, report, error);
    this.operations.push({
      text,
      operation,
      from,
      to: nowOf(session),
      ...(last > before ? { entries: [before + 1, last] as const } : {}),
      printed,
      strikes,
      ...(verdict === undefined ? {} : { verdict }),
      ...(error === undefined ? {} : { problem: problemOf(error) }),
    });
  }

  /** Of what was asked and answered: bad input is no answer. */
  private verdictOf(
    session: Session,
    operation: Operation,
    report: PropertyReport | undefined,
    error: unknown,
  ): VerdictRecord | undefined {
    const moment = operation.op === 'assert' ? operation.moment : { mode: 'now' as const };
    if (error === undefined) {
      if (operation.op !== 'assert') return undefined;
      return {
        moment,
        holds: true,
        at: nowOf(session),
        causes: [],
        ...(report === undefined ? {} : { property: { draws: report.draws, played: report.played } }),
      };
    }
    if (!(error instanceof ClaimError)) return undefined;
    const { at, found, tables, entry, counterexample } = error;
    // A counterexample's entries are of its own play.
    const own = counterexample === undefined ? entry : undefined;
    if (own !== undefined) this.broke.push(own);
    return {
      moment,
      holds: false,
      at: since(session, at),
      found,
      ...(tables === '' ? {} : { tables }),
      ...(own === undefined ? {} : { entry: own }),
      causes: own === undefined ? [] : (session.driver?.causes(own) ?? []).map((e) => e.id),
      ...(counterexample === undefined
        ? {}
        : {
            property: {
              draws: counterexample.run,
              counterexample: this.counterexampleOf(session, counterexample),
            },
          }),
    };
  }

  private counterexampleOf(
    session: Session,
    { seed, path, feature, savedAs, scenario }: NonNullable<ClaimError['counterexample']>,
  ): CounterexampleRecord {
    return {
      seed,
      path,
      feature,
      ...(savedAs === undefined ? {} : { savedAs }),
      play: recordPlay(scenario.operations, { ...session.options, seed: scenario.seed }, this.detail),
    };
  }

  /**
   * What was played until now.
   * @param seed of a play that did not begin
   * @param ended whether that is all there is, so that it can be told what never came about
   */
  record(seed: string, ended: boolean): PlayRecord {
    const { session } = this;
    const driver = session?.driver;
    const needed = new Set(this.broke.flatMap((id) => driver?.causes(id) ?? []).map((e) => e.id));
    const history = driver?.history ?? [];
    const beganAt = driver?.beganAt ?? 0;
    const { entries, dropped } = entriesOf(history, beganAt, needed, this.detail === 'everything');
    const marks = Object.fromEntries(
      [
        ...(session?.marks ?? []),
        ...(session?.origin === undefined ? [] : [['', session.origin] as const]),
      ].map(([name, { at, entry }]: readonly [string, Mark]) => [name, { at: at - beganAt, entry }]),
    );
    return {
      seed: session === undefined ? seed : String(session.options.seed),
      operations: this.operations,
      files: this.files,
      marks,
      endedAt: session === undefined ? 0 : nowOf(session),
      entryCount: history[history.length - 1]?.id ?? 0,
      entries,
      droppedEntries: dropped,
      truths: this.sampler.changes,
      warnings: session === undefined ? [] : ended ? warningsAtEnd(session) : session.warnings,
      given: session === undefined ? [] : givenOf(session),
      ...(this.detail === 'everything' && driver?.simulation !== undefined
        ? { hash: driver.simulation.cluster.hash() }
        : {}),
    };
  }
}

/**
 * Plays operations on a cluster of their own, and records it; the first that fails ends the play.
 * @throws Error for a defect of ours
 */
export function recordPlay(
  operations: readonly Operation[],
  options: SessionOptions,
  detail: Detail,
): PlayRecord {
  const recorder = new Recorder(detail);
  const session = createSession(options, recorder.listener);
  let ended = false;
  try {
    for (const operation of operations) play(session, operation);
    ended = true;
  } catch (error) {
    if (!(error instanceof ClaimError || error instanceof InputError)) throw error;
  }
  return recorder.record(String(options.seed), ended);
}
