/**
 * What may come of any input: it is accepted, or refused in a message; within seconds; and never is it a
 * defect of Seatrial.
 */
import { ClaimError, inputErrorOf } from '../dsl/errors.ts';

/** What nothing may take longer than, in ms of a machine that does nothing else. */
export const LONGEST_MS = 5_000;

export interface Outcome {
  readonly of: 'accepted' | 'refused' | 'defect' | 'late';
  readonly message: string;
  readonly tookMs: number;
}

/** A machine that is busy with other things stretches real time; other threads add to CPU time. */
function stopwatch(): () => number {
  const [start, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min(performance.now() - start, (user + system) / 1000);
  };
}

/** Plays something that may be anything. */
export function outcomeOf(play: () => void): Outcome {
  const elapsedMs = stopwatch();
  let of: Outcome['of'] = 'accepted';
  let message = '';
  try {
    play();
  } catch (error) {
    const refused = error instanceof ClaimError ? error : inputErrorOf(error);
    of = refused === undefined ? 'defect' : 'refused';
    message = refused?.message ?? (error as Error).stack ?? String(error);
    if (of === 'refused' && message.trim() === '') of = 'defect';
  }
  const tookMs = elapsedMs();
  return { of: of !== 'defect' && tookMs > LONGEST_MS ? 'late' : of, message, tookMs };
}

/** How many inputs came to what, and those that came to what may not be. */
export interface Tally {
  readonly counts: Record<Outcome['of'], number>;
  readonly bad: { readonly input: string; readonly outcome: Outcome }[];
}

export const emptyTally = (): Tally => ({ counts: { accepted: 0, refused: 0, defect: 0, late: 0 }, bad: [] });

/** @param input as it can be given again */
export function count(tally: Tally, input: string, outcome: Outcome): void {
  tally.counts[outcome.of] += 1;
  if (outcome.of === 'defect' || outcome.of === 'late') tally.bad.push({ input, outcome });
}
