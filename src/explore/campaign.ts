/**
 * Campaigns: many runs of one scene, each under another schedule of faults. A run has two phases. Faults
 * strike, and what must never happen may not (safety); then every fault is healed, the cluster is given time
 * to recover, and what must come about has to (liveness): no controller is blamed for what none could have
 * mended. Every run follows from the campaign's seed and its own number, whoever plays it, and in whatever
 * order.
 */
import fc from 'fast-check';
import type { FaultCall, WorkloadTrait } from '../chaos/types.ts';
import { play } from '../dsl/interpreter.ts';
import { NOW } from '../dsl/moment.ts';
import type { Operation, OperationOf } from '../dsl/operations/operation.ts';
import type { SessionOptions } from '../dsl/types.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { clusterOf, forkSession, lastEntry } from '../dsl/session.ts';
import { ClaimError } from '../dsl/errors.ts';
import type { Beginnings } from './beginnings.ts';
import { causeOf, type Cause } from './causes.ts';
import { addCoverage, counting, type Coverage } from './coverage.ts';
import { callsOf, concrete, draw, type Draw } from './draw.ts';
import {
  guidedSchedules,
  learn,
  stretchOf,
  unguided,
  type Guidance,
  type Guided,
  type Meeting,
} from './guidance.ts';
import { recoveryOf } from './recovery.ts';
import { reach } from './sometimes.ts';
import { noting, type MetStrike } from './strikes.ts';
import { worldIn } from './targets.ts';
import { tryOut, withoutMissed, type Concrete, type Failure, type Trial } from './trial.ts';

export interface Campaign {
  readonly name: string;
  readonly seed: number;
  /** Self-contained; clusters may be quantified. */
  readonly scene: readonly Operation[];
  /** What must hold at the end, each by itself. */
  readonly claims: readonly Operation[];
  readonly faults: Pick<OperationOf<'anyFaults'>, 'min' | 'max' | 'withinMs' | 'of'>;
  /** What happens between the faults and the claims; absent: all is healed, and has time to recover. */
  readonly after?: readonly Operation[];
  /** Whether what runs meet steers what later ones draw. */
  readonly guided?: true;
}

/** What a run broke. */
export interface Finding {
  readonly run: number;
  /** The claim, as a step says it. */
  readonly claim: string;
  readonly scenario: Concrete;
  readonly cause: Cause;
}

/** How often a cause was met, and by what. */
export interface Tally {
  readonly runs: number;
  /** Whether it is what any cluster goes down by. */
  readonly total: boolean;
  /** Runs in which each claim was broken because of it. */
  readonly claims: Readonly<Record<string, number>>;
  /** Kinds of faults that were at its root, and in how many findings. */
  readonly faults: Readonly<Record<string, number>>;
}
export type Tallies = Record<string, Tally>;

export interface Batch {
  readonly from: number;
  readonly to: number;
  /** Runs that proved nothing, and why the last of them did not. */
  readonly meaningless: number;
  readonly why: string | undefined;
  /** The first of each cause, whether voluntary or not. */
  readonly findings: readonly Finding[];
  /** By the key of the cause. */
  readonly causes: Tallies;
  readonly coverage: Coverage;
  readonly sometimes: readonly string[];
  /** What the run at `to` may learn; absent where it begins a stretch, and where runs are not guided. */
  readonly guidance?: Guidance;
  /** Hash of each run's history, where asked for. */
  readonly hashes: readonly string[];
}

/** Of a batch that ended before its first run. */
export const emptyBatch = (from: number): Batch => ({
  from,
  to: from,
  meaningless: 0,
  why: undefined,
  findings: [],
  causes: {},
  coverage: {},
  sometimes: [],
  hashes: [],
});

const isInvariantClaim = (o: Operation): boolean =>
  o.op === 'assert' && o.claim.claim === 'invariant' && o.claim.name === undefined;

interface Drawing {
  readonly operations: readonly Operation[];
  readonly draws: fc.Arbitrary<Draw>;
  readonly calls: ReadonlyMap<string, fc.Arbitrary<FaultCall>>;
  /** Kinds of them that change a workload, and can from the beginning. */
  readonly changes: readonly string[];
}
/** What can be changed from the beginning: there are no revisions to go back to before a template changes. */
const AT_ONCE: ReadonlySet<WorkloadTrait | undefined> = new Set(['replicas', 'template'] as const);
const drawings = new WeakMap<Campaign, Drawing>();

/** What the runs of a campaign are drawn from, made once. */
function drawingOf(campaign: Campaign, beginnings: Beginnings): Drawing {
  let drawing = drawings.get(campaign);
  if (drawing === undefined) {
    const operations = operationsOf(campaign);
    const { faults } = beginnings.kit;
    const world = worldIn(operations, beginnings, String(campaign.seed));
    const draws = draw(operations, world, faults);
    const calls = callsOf(campaign.faults.of, world, faults);
    const changes = [...calls.keys()].filter((kind) => AT_ONCE.has(faults.named(kind).changes));
    drawings.set(campaign, (drawing = { operations, draws, calls, changes }));
  }
  return drawing;
}

/** A run as it is drawn. */
interface DrawnRun {
  readonly scenario: Concrete;
  /** Absent: not guided. */
  readonly guided?: Guided;
}

function drawnRun(campaign: Campaign, run: number, beginnings: Beginnings, guidance: Guidance): DrawnRun {
  const { operations, draws, calls, changes } = drawingOf(campaign, beginnings);
  const seed = mix(campaign.seed, run);
  const [drawn] = fc.sample(draws, { numRuns: 1, seed });
  const concreteOf = (d: Draw): Concrete =>
    concrete(operations, d, campaign.seed, vocabularyOf(beginnings.kit));
  const chance = chanceOf(seed);
  // Some runs are left alone: what guidance has no eye for is met, too.
  if (campaign.guided !== true || chance() < UNGUIDED) return { scenario: concreteOf(drawn!) };
  const schedules = guidedSchedules(guidance, campaign.faults, calls, changes, chance);
  const [guided] = fc.sample(schedules, { numRuns: 1, seed });
  // The last quantifier is that of the campaign itself.
  const strikes = [...drawn!.strikes.slice(0, -1), guided!.strikes];
  return { scenario: concreteOf({ ...drawn!, strikes }), guided: guided! };
}

/**
 * The draw of a run; its number is a part of its seed.
 * @param guidance of the runs of its stretch before it
 */
export const scenarioOf = (
  campaign: Campaign,
  run: number,
  beginnings: Beginnings,
  guidance: Guidance = unguided(),
): Concrete => drawnRun(campaign, run, beginnings, guidance).scenario;

export const afterOf = ({ scene, after }: Campaign): readonly Operation[] => after ?? recoveryOf(scene);

const operationsOf = (campaign: Campaign): Operation[] => [
  ...campaign.scene,
  { op: 'anyFaults', ...campaign.faults },
  ...afterOf(campaign),
  ...campaign.claims,
];

/** Of the runs of a guided campaign, how many are drawn as those of any other. */
const UNGUIDED = 0.125;

/** A stream of chance for what guidance leaves open. */
const chanceOf = (seed: number): (() => number) => {
  let drawn = 0;
  return () => (mix(seed, drawn++) >>> 0) / 2 ** 32;
};

/** Draws that are near each other in number have seeds that are not. */
function mix(seed: number, run: number): number {
  let h = (seed ^ Math.imul(run + 1, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) | 0;
}

/**
 * The failures of a trial, each by the narrowest claim that says it: of all invariants, the one that was
 * broken.
 * @param strikes what its faults met
 */
export function findingsOf(
  run: number,
  scenario: Concrete,
  trial: Trial,
  strikes: readonly MetStrike[],
): Finding[] {
  const before = scenario.operations.slice(
    0,
    scenario.operations.length - trailingClaims(scenario.operations).length,
  );
  return brokenBy(trial).map(({ judge, error }) => {
    const claim = vocabularyOf(trial.session!.kit).renderLine(judge);
    return {
      run,
      claim,
      scenario: { ...scenario, operations: judge.op === 'assert' ? [...before, judge] : before },
      cause: causeOf(trial.session!, error.entry, strikes, claim),
    };
  });
}

/** The failures of a trial, those of all invariants each by its own. */
const brokenBy = (trial: Trial): readonly Failure[] =>
  trial.failures.flatMap((failure) =>
    isInvariantClaim(failure.judge) ? brokenInvariants(trial) : [failure],
  );

/** Plays a scenario, and says why it fails: an empty list where it does not. */
export function causesIn(
  scenario: Concrete,
  beginnings: Beginnings,
  options: Partial<SessionOptions> = {},
): { readonly trial: Trial; readonly findings: readonly Finding[] } {
  const strikes: MetStrike[] = [];
  const trial = tryOut(scenario, beginnings, { striking: noting(strikes), ...options });
  return { trial, findings: findingsOf(0, scenario, trial, strikes) };
}

/** What is told, and shrunk, once: a cause, and whether it takes a fault that nobody wants. */
export const oneOf = ({ key, voluntary }: Cause): string => `${key}${voluntary ? ', voluntary' : ''}`;

/** Adds the findings of one run. */
export function tally(to: Tallies, findings: readonly Finding[]): void {
  const count = (counts: Readonly<Record<string, number>>, name: string): Record<string, number> => ({
    ...counts,
    [name]: (counts[name] ?? 0) + 1,
  });
  const seen = new Set<string>();
  for (const { claim, cause } of findings) {
    const { runs, claims, faults } = to[cause.key] ?? { runs: 0, claims: {}, faults: {} };
    to[cause.key] = {
      total: cause.total,
      runs: runs + (seen.has(cause.key) ? 0 : 1),
      claims: count(claims, claim),
      faults: cause.fault === undefined ? faults : count(faults, cause.fault),
    };
    seen.add(cause.key);
  }
}

export function addTallies(to: Tallies, more: Tallies): void {
  const sum = (
    a: Readonly<Record<string, number>>,
    b: Readonly<Record<string, number>>,
  ): Record<string, number> => {
    const both = { ...a };
    for (const [name, n] of Object.entries(b)) both[name] = (both[name] ?? 0) + n;
    return both;
  };
  for (const [key, { total, runs, claims, faults }] of Object.entries(more)) {
    const before = to[key] ?? { runs: 0, claims: {}, faults: {} };
    to[key] = {
      total,
      runs: before.runs + runs,
      claims: sum(before.claims, claims),
      faults: sum(before.faults, faults),
    };
  }
}

const trailingClaims = (operations: readonly Operation[]): readonly Operation[] =>
  operations.slice(operations.findLastIndex((o) => o.op !== 'assert') + 1);

function brokenInvariants(trial: Trial): Failure[] {
  return trial.session!.kit.invariants.flatMap(({ name }): Failure[] => {
    const judge: Operation = { op: 'assert', moment: NOW, claim: { claim: 'invariant', name } };
    try {
      play(forkSession(trial.session!), judge);
      return [];
    } catch (error) {
      if (error instanceof ClaimError) return [{ judge, error }];
      throw error;
    }
  });
}

export interface BatchOptions {
  /** Hash every run's history. */
  readonly hash?: boolean;
  /**
   * Asked before each run and within it; false ends the batch there, and a run that is not at its end does
   * not count.
   */
  readonly more?: () => boolean;
  /** What the runs of the stretch before `from` met; absent: they are played for it. */
  readonly guidance?: Guidance;
}

/** What the runs of a stretch before a run met. @returns undefined where there is no more time */
export function guidanceAt(
  campaign: Campaign,
  run: number,
  beginnings: Beginnings,
  options: Pick<BatchOptions, 'more'> = {},
): Guidance | undefined {
  const from = stretchOf(run);
  if (campaign.guided !== true || from === run) return unguided();
  const { to, guidance } = runBatch(campaign, from, run, beginnings, options);
  return to === run ? guidance : undefined;
}

/** Plays the runs from `from` up to, not including, `to`. */
export function runBatch(
  campaign: Campaign,
  from: number,
  to: number,
  beginnings: Beginnings,
  options: BatchOptions = {},
): Batch {
  const { more } = options;
  const coverage: Coverage = {};
  const reached = new Set<string>();
  const findings: Finding[] = [];
  const causes: Tallies = {};
  const told = new Set<string>();
  const hashes: string[] = [];
  let meaningless = 0;
  let why: string | undefined;
  let run = from;
  // The caller's own stays as it is.
  let guidance = structuredClone(options.guidance) ?? guidanceAt(campaign, from, beginnings, options);
  for (; guidance !== undefined && run < to && more?.() !== false; run += 1) {
    if (run === stretchOf(run)) guidance = unguided();
    const drawn = drawnRun(campaign, run, beginnings, guidance);
    const { scenario } = drawn;
    const meetings: Meeting[] = [];
    const strikes: MetStrike[] = [];
    const note = noting(strikes);
    const trial = tryOut(scenario, beginnings, {
      striking: (session, call, strike) => {
        const pairs: Coverage = {};
        const struck = counting(pairs)(session, call, () => note(session, call, strike));
        meetings.push({ kind: call.kind, pairs: Object.keys(pairs), entry: lastEntry(clusterOf(session)) });
        return struck;
      },
      ...(more === undefined ? {} : { limits: { overdue: () => !more() } }),
    });
    if (trial.overdue) break;
    for (const { pairs } of meetings) for (const pair of pairs) addCoverage(coverage, { [pair]: 1 });
    if (trial.meaningless !== undefined) {
      meaningless += 1;
      why = trial.meaningless;
    }
    if (trial.session?.driver !== undefined) {
      const cluster = clusterOf(trial.session);
      reach(trial.session, reached);
      if (campaign.guided === true) learn(guidance, drawn, meetings, cluster.history);
      if (options.hash === true) hashes.push(cluster.hash());
    }
    const broken = findingsOf(run, withoutMissed(scenario, trial), trial, strikes);
    tally(causes, broken);
    for (const finding of broken) {
      if (told.has(oneOf(finding.cause))) continue;
      told.add(oneOf(finding.cause));
      findings.push(finding);
    }
  }
  const isWithin = campaign.guided === true && run !== stretchOf(run);
  return {
    from,
    to: run,
    meaningless,
    why,
    findings,
    causes,
    coverage,
    sometimes: [...reached],
    ...(isWithin && guidance !== undefined ? { guidance } : {}),
    hashes,
  };
}
