/**
 * What became of the requests of the scenario's clients: `no request failed`, `at least 99% of requests
 * succeeded`.
 */
import type { RequestFailure, SentRequests } from '../../drivers/driver.ts';
import { networkOf } from '../capabilities.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ClaimFamily, View } from './types.ts';

export interface TrafficClaim {
  readonly claim: 'traffic';
  readonly atMostFailed?: number;
  readonly atLeastPercent?: number;
}

/** Request n is sent n/rate seconds after the start, n from 1. */
const sentBy = (client: SentRequests, at: Millis): number =>
  at < client.startedAt ? 0 : Math.floor(((at - client.startedAt) * client.perSecond) / 1000);

interface Count {
  sent: number;
  failed: number;
  first: RequestFailure | undefined;
  /** The next failure after the moment: in the past it is known. */
  next: Millis;
}

/** What was sent after the span began, up to the moment. */
function countRequests(view: View): Count {
  const count: Count = { sent: 0, failed: 0, first: undefined, next: Number.POSITIVE_INFINITY };
  for (const client of networkOf(view.driver).clients()) {
    const sent = sentBy(client, view.at) - sentBy(client, view.span.fromAt);
    count.sent += Math.min(sent, client.sent);
    for (const failure of client.failures) {
      if (failure.at <= view.span.fromAt) continue;
      if (failure.at > view.at) {
        count.next = Math.min(count.next, failure.at);
        break;
      }
      count.failed += 1;
      if (count.first === undefined || failure.at < count.first.at) count.first = failure;
    }
  }
  return count;
}

const whereOf = (f: RequestFailure): string =>
  [f.outcome, f.pod === undefined ? '' : `pod ${f.pod}`, f.node === undefined ? '' : `on ${f.node}`]
    .filter((p) => p !== '')
    .join(', ');

export const traffic: ClaimFamily<TrafficClaim> = {
  claim: 'traffic',
  phrases: [
    {
      en: '{moment}no request failed',
      ja: '{moment}どのリクエストも失敗していない',
      about: 'of the clients',
      fixed: { atMostFailed: 0 },
    },
    {
      en: '{moment}at least {float:atLeastPercent}% of requests succeeded',
      ja: '{moment}リクエストの{atLeastPercent}%以上が成功している',
      about: 'of the clients',
    },
    {
      en: '{moment}at most {int:atMostFailed} request(s) failed',
      ja: '{moment}失敗したリクエストは{atMostFailed}件以下である',
      about: 'of the clients',
    },
  ],
  asks: () => 'physical',
  cumulative: true,
  concerns: () => ({ kinds: [], world: true }),
  evaluate(claim, view) {
    const { sent, failed, first, next } = countRequests(view);
    // In the past, before the first request, there is nothing to complain of; now, a claim about none is a
    // mistake.
    if (sent === 0 && view.live !== undefined)
      return { holds: false, found: () => 'no client has sent a request', objects: [] };
    const holds =
      claim.atMostFailed !== undefined
        ? failed <= claim.atMostFailed
        : (sent - failed) * 100 >= claim.atLeastPercent! * sent;
    const cause =
      first === undefined || holds
        ? undefined
        : view.span.history.find((e) => e.type === 'world' && e.at === first.at && e.key === 'requestsFail')
            ?.id;
    return {
      holds,
      found: () =>
        `${failed} of ${sent} requests failed${first === undefined ? '' : `, the first at ${(first.at / 1000).toFixed(1)} s (${whereOf(first)})`}`,
      objects: [],
      ...(next === Number.POSITIVE_INFINITY ? {} : { recheckAt: next }),
      ...(cause === undefined ? {} : { entry: cause }),
    };
  },
};
