/**
 * A scenario as Cucumber plays it: the session of its steps, and what its tags ask for. It stands beside the
 * World, which stays the user's own.
 */
import { KubeconfigError, RemoteError, takeUp, type RealCluster } from '../src/drivers/remote/index.ts';
import { simulate } from '../src/drivers/simulated.ts';
import { dirname, join } from 'node:path';
import type { IWorld } from '@cucumber/cucumber';
import type { Driver } from '../src/drivers/driver.ts';
import type { ClusterOptions } from '../src/sim/cluster.ts';
import type { GherkinDocument, Pickle, PickleStep } from '@cucumber/messages';
import { ClaimError, InputError, inputErrorOf } from '../src/dsl/errors.ts';
import { play, replay } from '../src/dsl/interpreter.ts';
import { standardKit } from '../src/dsl/kit.ts';
import { expectsFailure } from '../src/dsl/operations/assert.ts';
import type { Kit, Session, SessionOptions } from '../src/dsl/types.ts';
import type { Operation } from '../src/dsl/operations/operation.ts';
import { parseStep, refuseAttachment } from '../src/dsl/phrases/parse.ts';
import { vocabularyOf } from '../src/dsl/phrases/vocabulary.ts';
import type { Attachment } from '../src/dsl/phrases/phrase.ts';
import { createSession } from '../src/dsl/session.ts';
import { refuseGiven } from '../src/dsl/taken.ts';
import { placedIn, type Source } from '../src/dsl/source.ts';
import { fileName } from '../src/explore/filename.ts';
import { filesIn } from '../src/files.ts';
import { checkProperty } from '../src/explore/property.ts';
import { inWords, isRefused, type Warning } from '../src/dsl/warnings.ts';
import { didNotFail, noteOtherFailure } from '../src/dsl/didnotfail.ts';
import { languageOf, say, wordsOf } from '../src/messages/index.ts';
import { PIECE_MEDIA_TYPE, type Piece } from '../src/report/pieces.ts';
import type { Detail, SeedRecord } from '../src/report/record.ts';
import { Recorder } from '../src/report/recorder.ts';
import { countOf, otherSeed, readTags, type Asked } from '../src/dsl/tags.ts';
import { writeWhole } from '../src/report/writing.ts';
import type { ServedScenarios } from '../src/serve/front/scenarios.ts';
import { tellable } from './failure.ts';

/** Keeps a counterexample as a feature of its own. @throws UnwritableError */
const saveCounterexample =
  (reports: string, scenario: string) =>
  (feature: string): string => {
    const path = join(reports, 'counterexamples', `${fileName(scenario)}.feature`);
    writeWhole(path, feature);
    return path;
  };

/** @throws InputError for a cluster that cannot be taken up */
function taken(cluster: RealCluster, asked: ClusterOptions): Driver {
  try {
    return takeUp(cluster, asked);
  } catch (error) {
    if (error instanceof KubeconfigError || error instanceof RemoteError) throw new InputError(error.message);
    throw error;
  }
}

const attachmentOf = ({ argument }: PickleStep): Attachment | undefined =>
  argument?.docString?.content ?? argument?.dataTable?.rows.map((r) => r.cells.map((c) => c.value));

/** The world parameter `seatrial`. */
export interface Parameters {
  /** Of scenarios without a tag of their own. */
  readonly seed?: string;
  /** Draws of a property scenario, and the real time it may take. */
  readonly runs?: string;
  readonly timeLimitMs?: number;
  /**
   * How much of a run is handed to our formatter, as attachments; absent: nothing, so that other formatters
   * have none to show.
   */
  readonly record?: Detail;
  /** Whether documents of kinds that are not simulated are left out of manifests. */
  readonly skipUnsupported?: boolean;
  /** Whether warnings are failures. */
  readonly strict?: boolean;
  /** A real cluster to play on; absent: one is simulated. */
  readonly cluster?: RealCluster;
  /** Folder under which counterexamples are kept; `reports`. */
  readonly reports?: string;
}

/** What of a World a scenario uses; a class of the user's own may lack any of it. */
type Host = Partial<Pick<IWorld<{ readonly seatrial?: Parameters }>, 'attach' | 'parameters'>>;

export class PlayedScenario {
  /** Made when it is first asked for: until then a hook may say with which kit. */
  private made: Session | undefined;
  private readonly host: Host;
  private readonly parameters: Parameters;
  private readonly pickle: Pickle;
  private readonly document: GherkinDocument;
  private step: PickleStep | undefined;
  private isAction = false;
  private readonly startedMs = Date.now();
  private readonly asked: Asked;
  private readonly detail: Detail;
  private readonly recorder: Recorder;
  /** Of the steps that played something: their first operations. */
  private readonly starts: number[] = [];
  /** The claim that did not hold, in a scenario that is to fail; what follows it is not played. */
  private failure: ClaimError | undefined;

  /** @throws InputError for a scenario without steps, or a tag that makes no sense */
  constructor(host: Host, pickle: Pickle, document: GherkinDocument) {
    this.host = host;
    this.parameters = host.parameters?.seatrial ?? {};
    this.pickle = pickle;
    this.document = document;
    if (pickle.steps.length === 0)
      throw new InputError(
        `the scenario "${pickle.name}" has no steps: a step begins with Given, When, Then, And or But`,
      );
    this.asked = readTags(pickle.tags.map((tag) => tag.name));
    this.detail = this.parameters.record ?? 'verdicts';
    this.recorder = new Recorder(this.detail);
  }

  get session(): Session {
    return (this.made ??= createSession(this.options(), this.recorder.listener));
  }

  private options(): SessionOptions {
    const { pickle } = this;
    const { timeLimitMs, reports = 'reports', cluster } = this.parameters;
    return {
      seed: this.asked.seed ?? this.parameters.seed ?? '1',
      kit: kits.get(this.host) ?? standardKit,
      files: this.recorder.reading(filesIn(dirname(pickle.uri))),
      language: languageOf(pickle.language),
      ...(this.parameters.skipUnsupported === true ? { skipUnsupported: true } : {}),
      ...(cluster === undefined
        ? { createDriver: this.simulated() }
        : { createDriver: (asked) => taken(cluster, asked), namespace: cluster.namespaces[0]! }),
      // A property's draws have limits of their own, from the moment it is held.
      ...(timeLimitMs === undefined ? {} : { limits: { overdue: this.overdue } }),
      // A property is held against many clusters, of which none is served.
      ...(serving.has(this.host) ? {} : { property: this.checked(reports) }),
    };
  }

  private checked(reports: string): NonNullable<SessionOptions['property']> {
    const { timeLimitMs } = this.parameters;
    const { name } = this.pickle;
    return (operations, options) =>
      checkProperty(operations, options, {
        runs: this.runs(),
        name,
        save: saveCounterexample(reports, name),
        ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      });
  }

  /** How its clusters are made: served, where somebody has said so. */
  private simulated(): SessionOptions['createDriver'] {
    const scenarios = serving.get(this.host);
    const folder = dirname(this.pickle.uri);
    return scenarios === undefined
      ? simulate
      : (asked) => scenarios.simulate(asked, { folder, files: filesIn(folder), kit: this.session.kit });
  }

  /** Whether the scenario has taken all the real time it may. */
  private readonly overdue = (): boolean =>
    Date.now() - this.startedMs >= (this.parameters.timeLimitMs ?? Number.POSITIVE_INFINITY);

  private handOver(piece: Piece): void {
    if (this.parameters.record !== undefined) this.host.attach?.(JSON.stringify(piece), PIECE_MEDIA_TYPE);
  }

  /** How many draws a property scenario is held against. */
  private runs(): number {
    return this.asked.runs ?? countOf('runs', this.parameters.runs ?? '100', '@runs:500');
  }

  /** @throws InputError for a doc string or table that the step does not take, or lacks */
  beginStep(step: PickleStep): void {
    this.step = step;
    this.isAction = step.type === 'Action';
    // Cucumber would say of it how many arguments a function should have.
    if (step.argument === undefined && !step.text.endsWith(':')) return;
    try {
      refuseAttachment(step.text, attachmentOf(step), vocabularyOf(this.session.kit));
    } catch (error) {
      throw this.told(error);
    }
  }

  get isOutcome(): boolean {
    return this.step?.type === 'Outcome';
  }

  /**
   * @param build the step's operation; it may refuse what stands in a table
   * @param mayFail whether a failing kubectl line is a result; absent: where a later step looks for it
   */
  play(build: () => Operation, { mayFail }: { readonly mayFail?: boolean } = {}): void {
    if (this.failure !== undefined) return;
    const text = this.step?.text;
    const from = this.elapsed();
    const { operations } = this.recorder;
    const before = operations.length;
    let failedAsExpected: string | undefined;
    const source = this.docStringSource();
    try {
      const operation = build();
      play(this.session, operation, {
        ...(text === undefined ? {} : { text: text.replace(/:$/, '') }),
        ...(source === undefined ? {} : { source }),
        action: this.isAction,
        mayFail:
          mayFail ??
          (vocabularyOf(this.session.kit).familyOf(operation).commands === true && this.nextExpectsFailure()),
      });
    } catch (error) {
      if (!this.asked.expectFailure || !(error instanceof ClaimError)) throw this.told(this.located(error));
      this.failure = error;
      noteOtherFailure(this.session);
      failedAsExpected = error.message;
    } finally {
      if (operations.length > before) this.starts.push(before);
      this.handOver({
        of: 'step',
        time: { from, to: this.elapsed() },
        ...(operations.length > before ? { operation: operations[before]! } : {}),
        ...(failedAsExpected === undefined ? {} : { failedAsExpected }),
      });
    }
  }

  /** Since the cluster was taken up. */
  private elapsed(): number {
    const { driver } = this.session;
    return driver === undefined ? 0 : driver.now - driver.beganAt;
  }

  private told(error: unknown): Error {
    return tellable(error, languageOf(this.pickle.language));
  }

  /** An error in a manifest that stands in the feature says where in the feature. */
  private located(error: unknown): unknown {
    const source = this.docStringSource();
    if (!(error instanceof InputError) || source === undefined) return error;
    error.message = placedIn(error.message, source);
    return error;
  }

  private docStringSource(): Source | undefined {
    const ids = this.step?.astNodeIds ?? [];
    const children = (this.document.feature?.children ?? []).flatMap((c) => (c.rule ? c.rule.children : [c]));
    const steps = children.flatMap((c) => [...(c.background?.steps ?? []), ...(c.scenario?.steps ?? [])]);
    const at = steps.find((s) => ids.includes(s.id))?.docString?.location;
    return at && { file: this.pickle.uri, line: at.line + 1, column: at.column ?? 1 };
  }

  /** Whether the steps after this one look for the failure of its command. */
  private nextExpectsFailure(): boolean {
    return expectsFailure(this.following());
  }

  /** What follows this step, as far as it can be read; each is read when it is asked for. */
  private *following(): Iterable<Operation> {
    const at = this.pickle.steps.findIndex((s) => s.id === this.step?.id);
    for (const step of this.pickle.steps.slice(at + 1)) {
      const operation = this.readAhead(step.text, attachmentOf(step));
      if (operation === undefined) return;
      yield operation;
    }
  }

  /** A later step's operation; what is wrong with it is said when its turn comes. */
  private readAhead(text: string, attachment: Attachment | undefined): Operation | undefined {
    try {
      return parseStep('Then', text, attachment, vocabularyOf(this.session.kit));
    } catch (error) {
      if (inputErrorOf(error) === undefined) throw error;
      return undefined;
    }
  }

  /** After the last step: the other seeds, and whether a scenario that was to fail did. */
  end(passed: boolean): void {
    const seeds: SeedRecord[] = [];
    const ended = passed && this.failure === undefined;
    const { operations: _, ...play } = this.recorder.record(String(this.session.options.seed), ended);
    const warnings = play.warnings.map((w) =>
      w.operation === undefined ? w : { ...w, operation: this.placeOf(w.operation) },
    );
    try {
      this.letGo();
      if (passed || this.failure !== undefined) this.judge(seeds);
      if (ended) refuseGiven(this.session);
      if ((ended || this.failure !== undefined) && this.parameters.strict === true)
        this.refuse(play.warnings);
    } finally {
      this.handOver({ of: 'scenario', play: { ...play, warnings }, seeds });
    }
  }

  /** @throws InputError with what of a real cluster could not be put back */
  private letGo(): void {
    const left = this.made?.driver?.close?.() ?? [];
    if (left.length > 0)
      throw new InputError(
        wordsOf(
          { key: 'leftBehind', args: { left: left.map((l) => `  ${l}`).join('\n') } },
          languageOf(this.pickle.language),
        ),
      );
  }

  /** A step's operation stands for all that it plays. */
  private placeOf(operation: number): number {
    return this.starts.findLastIndex((start) => start <= operation);
  }

  /** @throws ClaimError for warnings, where they count as failures */
  private refuse(warnings: readonly Warning[]): void {
    const language = languageOf(this.pickle.language);
    const mistakes = warnings.filter(isRefused);
    if (mistakes.length === 0) return;
    const list = mistakes.map((w) => `  ${inWords(w, this.session.texts, language)}`).join('\n');
    throw new ClaimError(say('warningsFail', { warnings: list }, language), {
      at: this.session.driver?.now ?? 0,
      claim: '--strict',
      found: list,
      tables: '',
      causes: [],
      entry: undefined,
    });
  }

  /** @param seeds those that are played are added */
  private judge(seeds: SeedRecord[]): void {
    // A real cluster has no other seed.
    const others = this.parameters.cluster === undefined ? this.asked.seeds : 1;
    for (let i = 1; i < others && this.failure === undefined; i += 1)
      this.playWith(otherSeed(this.session.options.seed, i), seeds);
    if (this.asked.expectFailure && this.failure === undefined)
      throw didNotFail(this.session, this.asked.seeds);
  }

  /** @throws what it fails with, unless a failure is expected */
  private playWith(seed: string, seeds: SeedRecord[]): void {
    const recorder = new Recorder(this.detail);
    try {
      replay(this.session, seed, recorder.listener);
    } catch (error) {
      const told = error instanceof ClaimError ? error : this.told(error);
      seeds.push({ seed, failed: true, message: told.message, play: recorder.record(seed, false) });
      const message = { key: 'withSeed', args: { seed, problem: told.message } };
      told.message = wordsOf(message, languageOf(this.pickle.language));
      if (!this.asked.expectFailure || !(error instanceof ClaimError)) throw told;
      this.failure = error;
      return;
    }
    seeds.push({ seed, failed: false });
  }
}

const playing = new WeakMap<object, PlayedScenario>();
const kits = new WeakMap<object, Kit>();

/** Says with which kit the scenario of a World is played; before its first step. */
export const playWith = (world: object, kit: Kit): void => void kits.set(world, kit);

const serving = new WeakMap<object, ServedScenarios>();

/** Has the cluster of a World's scenario served; before its first step. */
export const serveWith = (world: object, scenarios: ServedScenarios): void =>
  void serving.set(world, scenarios);

/** Begins the scenario that a World is made for. @throws InputError as `PlayedScenario` */
export function begin(world: object, pickle: Pickle, document: GherkinDocument): void {
  playing.set(world, new PlayedScenario(world, pickle, document));
}

/** The scenario that is played in a World; undefined before its first hook, or where that failed. */
export const scenarioIn = (world: object): PlayedScenario | undefined => playing.get(world);

/** @throws Error before the scenario has begun */
export function scenarioOf(world: object): PlayedScenario {
  const scenario = playing.get(world);
  if (scenario === undefined) throw new Error('no scenario of Seatrial is being played in this World');
  return scenario;
}
