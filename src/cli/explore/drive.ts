/**
 * Drives a campaign over the workers: hands out batches, takes them in in the order of their runs, so that
 * the result does not depend on who was faster, and keeps what it has after each.
 */
import type { Batch, Campaign, Finding } from '../../explore/campaign.ts';
import { addCoverage } from '../../explore/coverage.ts';
import type { Workers } from './pool.ts';
import { slug, type Found, type State, type Store } from './store.ts';

export interface DriveOptions {
  /** Runs in all; absent: until the time is over. */
  readonly runs?: number;
  /** Real time of day, in ms, at which no further run begins. */
  readonly untilMs: number;
  /** Claims already known to fail, not to be told again. */
  readonly known: ReadonlySet<string>;
  /** Plays every run twice, and stops at the first that differs. */
  readonly twice: boolean;
  /** Most runs handed out at a time (200). */
  readonly largestBatch?: number;
  readonly progress: (state: State) => void;
  /** A claim was broken for the first time; told again when it is shrunk. */
  readonly found: (found: Found) => void;
}

/** A run that was not the same twice. */
export interface Difference {
  readonly run: number;
}

export interface Driven {
  readonly difference?: Difference;
  readonly interrupted: boolean;
}

/** Longest time to shrink one counterexample. */
const SHRINK_MS = 60_000;
const FIRST_BATCH = 4;
const LARGEST_BATCH = 200;
/**
 * Real time a batch should take: short enough for progress and for little to be lost, long enough to be worth
 * handing over.
 */
const BATCH_MS = 400;

/** @param interrupted settles when the user wants it to end */
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
  let given = state.next;
  const { largestBatch = LARGEST_BATCH } = options;
  let size = FIRST_BATCH;
  let difference: Difference | undefined;
  const over = (): boolean =>
    interrupted.aborted || difference !== undefined || Date.now() >= options.untilMs;

  const shrink = async (finding: Finding, index: number): Promise<void> => {
    const how = [`Found by run ${finding.run} of exploring ${campaign.name} with seed ${campaign.seed}.`];
    const { counterexample } = await pool.run<'shrink'>({
      do: 'shrink',
      finding,
      how,
      untilMs: Date.now() + SHRINK_MS,
    });
    if (counterexample === undefined) return;
    const found: Found = {
      ...state.found[index]!,
      size: counterexample.size,
      message: counterexample.message,
    };
    store.write(found.file, counterexample.feature);
    state.found[index] = found;
    store.save(state);
    options.found(found);
  };

  const take = (batch: Batch): void => {
    state.next = batch.to;
    state.meaningless += batch.meaningless;
    state.why = batch.why ?? state.why;
    addCoverage(state.coverage, batch.coverage);
    state.sometimes = [...new Set([...state.sometimes, ...batch.sometimes])];
    for (const finding of batch.findings) {
      if (options.known.has(finding.claim) || state.found.some((f) => f.finding.claim === finding.claim))
        continue;
      state.found.push({ finding, file: `${slug(finding.claim.replace(/^Then /, ''))}.feature` });
      shrinking.push(shrink(finding, state.found.length - 1));
    }
    store.save(state);
    options.progress(state);
  };

  const lane = async (): Promise<void> => {
    while (!over() && given < end) {
      const from = given;
      const to = Math.min(end, from + size);
      given = to;
      const task = {
        do: 'batch',
        campaign,
        from,
        to,
        hash: options.twice,
        untilMs: options.untilMs,
      } as const;
      const start = Date.now();
      const { batch } = await pool.run<'batch'>(task);
      const tookMs = Math.max(1, Date.now() - start);
      size = Math.max(1, Math.min(largestBatch, Math.round(((to - from) * BATCH_MS) / tookMs)));
      if (options.twice) {
        const again = await pool.run<'batch'>(task);
        const differs = batch.hashes.findIndex(
          (h, i) => again.batch.hashes[i] !== undefined && again.batch.hashes[i] !== h,
        );
        if (differs >= 0) difference ??= { run: from + differs };
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
  await Promise.all(Array.from({ length: pool.workers }, lane));
  await Promise.all(shrinking);
  state.complete = !interrupted.aborted;
  store.save(state);
  return { interrupted: interrupted.aborted, ...(difference === undefined ? {} : { difference }) };
}
