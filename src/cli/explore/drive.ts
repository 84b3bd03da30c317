/**
 * Drives a campaign over the workers: hands out batches, takes them in in the order of their runs, so that
 * the result does not depend on who was faster, and keeps what it has after each.
 */
import type { Operation } from '../../dsl/operations/operation.ts';
import type { Kit } from '../../dsl/types.ts';
import { addTallies, oneOf, type Batch, type Campaign, type Finding } from '../../explore/campaign.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import { featureOf, sizeOf } from '../../explore/counterexample.ts';
import { addCoverage } from '../../explore/coverage.ts';
import { STRETCH, stretchOf, type Guidance } from '../../explore/guidance.ts';
import type { Workers } from './pool.ts';
import { UnwritableError } from '../../dsl/errors.ts';
import type { Found, State, Store } from './store.ts';

export interface DriveOptions {
  readonly kit: Kit;
  /** The number after the last run; absent: until the time is over. */
  readonly runs?: number;
  /** Real time of day, in ms, at which no further run begins. */
  readonly untilMs: number;
  /** Keys of causes that are known, not to be told again. */
  readonly known: ReadonlySet<string>;
  /** Whether what any cluster goes down by is kept, too. */
  readonly showAll: boolean;
  /** Plays every run twice, and stops at the first that differs. */
  readonly twice: boolean;
  /** Most runs handed out at a time (200). */
  readonly largestBatch?: number;
  /** As many runs are handed out at a time, the same for all who share them; absent: what takes a moment. */
  readonly batchRuns?: number;
  readonly progress: (state: State) => void;
  /** A cause was met for the first time; it is not shrunk yet. */
  readonly met?: (found: Found) => void;
  /** What leads to a cause is as small as it gets. */
  readonly found: (found: Found) => void;
  /** A counterexample that could not be written down: to be told whole, so that it is not lost. */
  readonly unsaved: (found: Found, feature: string) => void;
}

/** A run that was not the same twice. */
export interface Difference {
  readonly run: number;
}

/** Runs from `from` up to, not including, `end`, that one worker plays after the other. */
interface Part {
  readonly from: number;
  readonly end: number;
  /** What the runs before met that these learn of. */
  readonly guidance?: Guidance;
}

export interface Driven {
  readonly difference?: Difference;
  readonly interrupted: boolean;
}

/** Longest time to shrink one counterexample. */
export const SHRINK_MS = 60_000;
/**
 * Where time is short each of those that wait gets its share of what is left, at most so many of them, and
 * so long at the least: to leave out faults takes a moment, to try smaller clusters the rest.
 */
const SHARED_BY = 8;
const LEAST_SHRINK_MS = 3_000;
/**
 * So much of a campaign's time, and no more than this part of it, is left for what is not shrunk yet; and
 * so much of that for what a shrinking plays in its end.
 */
const LATE_SHRINK_MS = 10_000;
const LATE_SHRINK_PART = 1 / 6;
const LAST_PART = 1 / 3;
/** So many causes of a campaign are shrunk; what comes later is kept as it was found. */
const MOST_SHRUNK = 60;
const FIRST_BATCH = 4;
const LARGEST_BATCH = 200;
/**
 * Real time a batch should take: short enough for progress and for little to be lost, long enough to be worth
 * handing over.
 */
const BATCH_MS = 400;

/** Settles when somebody wants it to end. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** With the campaign's own operations in place of copies that came from another process. */
const asIn = ({ scene }: Campaign, finding: Finding): Finding => {
  const own = (operation: Operation): Operation =>
    operation.op === 'manifest'
      ? (scene.find((o) => o.op === 'manifest' && o.text === operation.text) ?? operation)
      : operation;
  const { scenario } = finding;
  return { ...finding, scenario: { ...scenario, operations: scenario.operations.map(own) } };
};

const howFound = ({ name, seed }: Campaign, { run }: Finding): string =>
  `Found by run ${run} of exploring ${name} with seed ${seed}.`;

/** A finding as a feature, as it was found. */
export const unshrunkFeature = (campaign: Campaign, finding: Finding, kit: Kit): string =>
  featureOf(
    finding.claim.replace(/^Then /, ''),
    finding.scenario,
    [howFound(campaign, finding), 'Not yet shrunk.'],
    kit,
  );

/**
 * @param interrupted settles when the user wants it to end
 * @throws UnwritableError
 */
export async function drive(
  campaign: Campaign,
  state: State,
  pool: Workers,
  store: Store,
  options: DriveOptions,
  interrupted: AbortSignal,
): Promise<Driven> {
  const end = options.runs ?? Number.POSITIVE_INFINITY;
  const waiting = new Map<number, Batch>();
  const shrinking: Promise<void>[] = [];
  const toShrink: number[] = [];
  let shrinkers = 0;
  let given = state.next;
  const { largestBatch = LARGEST_BATCH } = options;
  let size = options.batchRuns ?? FIRST_BATCH;
  let difference: Difference | undefined;
  /** What went wrong beside the batches. */
  let failure: unknown;
  const lateMs = Math.min(LATE_SHRINK_MS, Math.max(0, (options.untilMs - Date.now()) * LATE_SHRINK_PART));
  /** What is found may wait for its shrinking: then no run begins or goes on so late. */
  const runUntilMs = (): number =>
    shrinkers > 0 || toShrink.length > 0 ? options.untilMs - lateMs : options.untilMs;
  const over = (): boolean =>
    interrupted.aborted || failure !== undefined || difference !== undefined || Date.now() >= runUntilMs();
  const inBackground = (work: Promise<void>): void => {
    shrinking.push(
      work.catch((error: unknown) => {
        failure ??= error;
      }),
    );
  };

  const unshrunk = (finding: Finding): string => unshrunkFeature(campaign, finding, options.kit);

  const shrink = async (index: number): Promise<void> => {
    // Even to begin takes runs: what the time was not enough for is told as it was found.
    const endMs = options.untilMs - lateMs * LAST_PART;
    if (Date.now() >= endMs) return;
    const shareMs = (endMs - Date.now()) / Math.min(SHARED_BY, toShrink.length + 1);
    const { finding } = state.found[index]!;
    const { counterexample } = await pool.run<'shrink'>({
      do: 'shrink',
      finding,
      how: [howFound(campaign, finding)],
      untilMs: Math.min(Date.now() + Math.min(SHRINK_MS, Math.max(LEAST_SHRINK_MS, shareMs)), endMs),
    });
    if (counterexample === undefined || interrupted.aborted) return;
    const { feature, size: things, message, taken, fewest, cutShort } = counterexample;
    const found: Found = {
      ...state.found[index]!,
      ...{ size: things, message, taken, fewest },
      ...(cutShort === undefined ? {} : { cutShort }),
    };
    state.found[index] = found;
    saved([{ found, feature }], () => {
      store.write(found.file, feature);
      store.save(state);
    });
    options.found(found);
  };

  /** Of those that wait, the one that is shrunk soonest: of the fewest faults, and found first. */
  const cheapest = (): number => {
    const faultsOf = (index: number): number =>
      sizeOf(state.found[index]!.finding.scenario, vocabularyOf(options.kit));
    const index = toShrink.reduce((least, other) => (faultsOf(other) < faultsOf(least) ? other : least));
    toShrink.splice(toShrink.indexOf(index), 1);
    return index;
  };

  /** Shrinks one after the other: at most so many at a time, so that the search goes on beside it. */
  const shrinkBeside = (most: number): void => {
    while (shrinkers < most && toShrink.length > 0) {
      const index = cheapest();
      shrinkers += 1;
      inBackground(
        shrink(index).finally(() => {
          shrinkers -= 1;
          shrinkBeside(most);
        }),
      );
    }
  };
  const beside = Math.max(1, Math.floor(pool.workers / 2));

  /** Whatever cannot be written is told before the campaign ends because of it. */
  const saved = (
    kept: readonly { readonly found: Found; readonly feature: string }[],
    write: () => void,
  ): void => {
    try {
      write();
    } catch (error) {
      if (error instanceof UnwritableError)
        for (const { found, feature } of kept) options.unsaved(found, feature);
      throw error;
    }
  };

  /** Written down before it is shrunk, so that it is there whatever happens meanwhile. */
  const keep = (findings: readonly Finding[]): void => {
    const kept: { found: Found; feature: string }[] = [];
    for (const finding of findings) {
      const { cause } = finding;
      if (options.known.has(cause.key) || (cause.total && !options.showAll)) continue;
      if (state.found.some((f) => oneOf(f.finding.cause) === oneOf(cause))) continue;
      const feature = unshrunk(finding);
      const taken = state.found.map((f) => f.file);
      const found: Found = {
        finding: asIn(campaign, finding),
        file: store.nameFor(finding.claim, feature, taken),
      };
      if (state.found.length < MOST_SHRUNK) toShrink.push(state.found.length);
      state.found.push(found);
      kept.push({ found, feature });
    }
    saved(kept, () => {
      store.save(state);
      for (const { found, feature } of kept) store.write(found.file, feature);
    });
    for (const { found } of kept) options.met?.(found);
    shrinkBeside(beside);
  };

  const take = (batch: Batch): void => {
    state.next = batch.to;
    state.meaningless += batch.meaningless;
    state.why = batch.why ?? state.why;
    addCoverage(state.coverage, batch.coverage);
    addTallies(state.causes, batch.causes);
    state.sometimes = [...new Set([...state.sometimes, ...batch.sometimes])];
    keep(batch.findings);
    options.progress(state);
  };

  /** Begun, and nobody is at them: in the order of their runs. */
  const idle: Part[] = [];

  /** What is to be played next: guided runs of a stretch one after the other, by what those before met. */
  const nextPart = (): Part | undefined => {
    const begun = idle.shift();
    if (begun !== undefined || given >= end) return begun;
    const from = given;
    const most = campaign.guided === true ? stretchOf(from) + STRETCH : from + size;
    given = Math.min(end, most);
    return { from, end: given };
  };

  const lane = async (): Promise<void> => {
    while (!over()) {
      const part = nextPart();
      if (part === undefined) return;
      const { from, guidance } = part;
      const to = Math.min(part.end, from + size);
      const task = {
        do: 'batch',
        campaign,
        from,
        to,
        hash: options.twice,
        untilMs: runUntilMs(),
        ...(guidance === undefined ? {} : { guidance }),
      } as const;
      const start = Date.now();
      const { batch } = await pool.run<'batch'>(task);
      const tookMs = Math.max(1, Date.now() - start);
      if (options.batchRuns === undefined)
        size = Math.max(1, Math.min(largestBatch, Math.round(((to - from) * BATCH_MS) / tookMs)));
      if (options.twice) {
        const again = await pool.run<'batch'>(task);
        const differs = batch.hashes.findIndex(
          (h, i) => again.batch.hashes[i] !== undefined && again.batch.hashes[i] !== h,
        );
        if (differs >= 0) difference ??= { run: from + differs };
      }
      if (batch.to === to && to < part.end) {
        idle.push({ from: to, end: part.end, ...(batch.guidance && { guidance: batch.guidance }) });
        idle.sort((a, b) => a.from - b.from);
      }
      waiting.set(from, batch);
      for (let next = waiting.get(state.next); next !== undefined; next = waiting.get(state.next)) {
        waiting.delete(next.from);
        take(next);
        // What ended early leaves a hole: nothing after it can be counted.
        if (next.to === next.from) break;
      }
    }
  };
  // What was found before an interruption and not shrunk then.
  for (const [i, { finding, file, size: shrunk }] of state.found.entries()) {
    if (shrunk !== undefined) continue;
    if (!store.has(file)) store.write(file, unshrunk(finding));
    if (i < MOST_SHRUNK) toShrink.push(i);
  }
  shrinkBeside(beside);
  await Promise.all(Array.from({ length: pool.workers }, lane));
  shrinkBeside(pool.workers);
  const allShrunk = async (): Promise<void> => {
    // Each begins the next.
    for (let i = 0; i < shrinking.length; i += 1) await shrinking[i];
  };
  // Whoever interrupts does not wait for what the next time can do.
  await Promise.race([allShrunk(), aborted(interrupted)]);
  if (failure !== undefined && !interrupted.aborted) throw failure;
  state.complete = !interrupted.aborted;
  store.save(state);
  return { interrupted: interrupted.aborted, ...(difference === undefined ? {} : { difference }) };
}
