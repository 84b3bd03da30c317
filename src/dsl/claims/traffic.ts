/** What became of the requests of the scenario's clients: `no request failed`, `at least 99% of requests succeeded`. */
import type { Moment, Operation } from '../operations.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { isRequestNote } from '../requests.ts';
import { entriesAfter } from '../state.ts';
import type { ClaimFamily } from './types.ts';

export interface TrafficClaim {
  readonly claim: 'traffic';
  readonly atMostFailed?: number;
  readonly atLeastPercent?: number;
}

const claimOf = (moment: Moment, claim: Omit<TrafficClaim, 'claim'>): Operation => ({ op: 'assert', moment, claim: { claim: 'traffic', ...claim } });
export const noRequestFailed = (moment: Moment): Operation => claimOf(moment, { atMostFailed: 0 });
export const requestsSucceeded = (moment: Moment, atLeastPercent: number): Operation => claimOf(moment, { atLeastPercent });
export const requestsFailed = (moment: Moment, atMostFailed: number): Operation => claimOf(moment, { atMostFailed });

export const traffic: ClaimFamily<TrafficClaim> = {
  claim: 'traffic',
  phrases: [
    claimPhrase('{moment}no request failed', 'traffic', noRequestFailed, (c) => (c.atMostFailed === 0 ? [] : undefined)),
    claimPhrase('{moment}at least {float}% of requests succeeded', 'traffic', requestsSucceeded,
      (c) => (c.atLeastPercent === undefined ? undefined : [c.atLeastPercent])),
    claimPhrase('{moment}at most {int} request(s) failed', 'traffic', requestsFailed, (c) => (c.atMostFailed === undefined ? undefined : [c.atMostFailed])),
  ],
  cumulative: true,
  concerns: () => ({ kinds: [], world: true }),
  evaluate(claim, view) {
    let sent = 0;
    let failed = 0;
    let firstFailure: number | undefined;
    let why = '';
    for (const entry of entriesAfter(view.span.history, view.span.from - 1)) {
      if (entry.id > view.span.to) break;
      const note = isRequestNote(entry);
      if (note === undefined) continue;
      sent += 1;
      if (note.ok) continue;
      failed += 1;
      if (firstFailure === undefined) [firstFailure, why] = [entry.id, `${note.url} ${note.outcome}`];
    }
    // In the past, before the first request, there is nothing to complain of; now, a claim about none is a mistake.
    if (sent === 0) return { holds: view.live === undefined, found: () => 'no client has sent a request', objects: [] };
    const holds = claim.atMostFailed !== undefined ? failed <= claim.atMostFailed : (sent - failed) * 100 >= claim.atLeastPercent! * sent;
    return {
      holds,
      found: () => `${failed} of ${sent} requests failed${why === '' ? '' : `, first ${why}`}`,
      objects: [],
      ...(holds || firstFailure === undefined ? {} : { entry: firstFailure }),
    };
  },
};
