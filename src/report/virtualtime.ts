/** Virtual time beside steps: how a step tells it to formatters. */
import { printClock } from '../chaos/duration.ts';
import type { Millis } from '../sim/kernel/types.ts';

/** Media type of the attachment that carries a step's `StepTime` as JSON. */
export const TIME_MEDIA_TYPE = 'application/vnd.seatrial.time+json';

export interface StepTime {
  readonly from: Millis;
  readonly to: Millis;
}

/** `[0:01:30]`, or `[0:01:30 → 0:02:10]` when time passed. */
export function printStepTime({ from, to }: StepTime): string {
  const [a, b] = [printClock(from), printClock(to)];
  return a === b ? `[${a}]` : `[${a} → ${b}]`;
}
