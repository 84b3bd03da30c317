/** What is wrong with a scenario that was to fail: it did not, or not where it claims something. */
import { say } from '../messages/index.ts';
import { ClaimError } from './errors.ts';
import { languageOf } from './explain.ts';
import { warningOf } from './warnings.ts';
import type { Session } from './types.ts';

/** Of one that failed as it was to, yet at a step that claims nothing: a wait, a command. */
export function noteOtherFailure({ operations, warnings }: Session): void {
  const last = operations.length - 1;
  if (operations[last]?.op !== 'assert') warnings.push(warningOf('failedOtherwise', {}, last));
}

/** @param seeds how many it was played with */
export function didNotFail(session: Session, seeds: number): ClaimError {
  const language = languageOf(session);
  return new ClaimError(say('didNotFail', { seeds }, language), {
    at: session.driver?.now ?? 0,
    claim: '@expect-failure',
    found: say('everyClaimHeld', {}, language),
    tables: '',
    causes: [],
    entry: undefined,
  });
}
