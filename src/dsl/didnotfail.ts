/** What is wrong with a scenario that was to fail, and did not. */
import { say } from '../messages/index.ts';
import { ClaimError } from './errors.ts';
import { languageOf } from './explain.ts';
import type { Session } from './types.ts';

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
