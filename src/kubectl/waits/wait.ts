/**
 * What a wait is: a command that goes on while the cluster changes, as a state machine over plain data. The
 * same step is taken by a process in the cluster (a command in the background) and from outside of it (a
 * command that is waited for).
 */
import type { Millis } from '../../sim/kernel/types.ts';
import { failureText } from '../errors.ts';
import { writeErr, type WaitContext } from '../session.ts';

export type StepResult =
  | { readonly done: true; readonly code: number }
  | { readonly done: false; readonly wakeAt?: Millis };

export interface Wait<S> {
  readonly name: string;
  /** Whether a change of the cluster could be of interest; asked before every event, so it must be cheap. */
  ready?(state: S, context: WaitContext): boolean;
  step(state: S, context: WaitContext): StepResult;
}

export const FINISHED: StepResult = { done: true, code: 0 };
/** The wait ends with an error, in kubectl's words. */
export function failed(error: unknown, context: WaitContext): StepResult {
  writeErr(context, failureText(error));
  return { done: true, code: 1 };
}
/** How long "for ever" is: kubectl's week. */
export const FOREVER_MS = 168 * 3_600_000;
export const TIMED_OUT = 'timed out waiting for the condition';
