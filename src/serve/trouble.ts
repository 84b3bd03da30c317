/** What a client or the operator is told when something cannot go on that was nobody's bad input. */
import { LimitError } from '../sim/limits.ts';

/** @param error a run's limit, or a defect of ours */
export const troubleText = (error: unknown): string =>
  error instanceof LimitError
    ? error.message
    : `this is a defect of Seatrial, please report it: ${(error as Error).message}`;
