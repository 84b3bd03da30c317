/** How the command ends. */
export const PASSED = 0;
/** A claim did not hold, or a trace differs. */
export const FAILED = 1;
/**
 * The input cannot be used: a feature that does not parse, a step no phrase fits, a bad manifest, a missing
 * file, a wrong flag.
 */
export const BAD_INPUT = 2;
/** Seatrial itself is at fault (EX_SOFTWARE of sysexits.h). */
export const DEFECT = 70;

/** Bad input found by the command itself; its message is all that is printed. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
