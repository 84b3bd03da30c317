import type { Millis } from '../sim/kernel/types.ts';

/** When a claim must hold. */
export interface Moment {
  readonly mode: 'now' | 'within' | 'eventually' | 'for' | 'every' | 'never' | 'sometimes';
  /** Of `within` and `for`. */
  readonly durationMs?: Millis;
  /** Name of a marked moment from which it counts. */
  readonly since?: string;
}

export const NOW: Moment = { mode: 'now' };
