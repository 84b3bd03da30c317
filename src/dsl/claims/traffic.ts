/**
 * What became of the requests of the scenario's clients: `no request failed`, `at least 99% of requests
 * succeeded`.
 */
import { type Messages, say } from '../../messages/index.ts';
import { stopText } from '../../messages/ways.ts';
import type { RequestFailure } from '../../drivers/driver.ts';
import { failureCause } from './failurecause.ts';
import { networkOf } from '../capabilities.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { dueAt, sentBy, seenOf, unsent } from './sentrequests.ts';
import type { ClaimFamily, View } from './types.ts';
import type { TrafficClaim } from './claim.ts';

interface Count {
  sent: number;
  failed: number;
  first: RequestFailure | undefined;
  /** Those of which it is known how they failed. */
  known: RequestFailure[];
  /** The next failure after the moment: in the past it is known. */
  next: Millis;
}

/** What was sent after the span began, up to the moment. */
function countRequests(view: View): Count {
  const count: Count = { sent: 0, failed: 0, first: undefined, known: [], next: Number.POSITIVE_INFINITY };
  for (const client of networkOf(view.driver).clients()) {
    const sent = sentBy(client, view.at) - sentBy(client, view.span.fromAt);
    count.sent += Math.min(sent, client.sent);
    let listed = 0;
    for (const failure of client.failures) {
      if (failure.at <= view.span.fromAt) continue;
      if (failure.at > view.at) {
        count.next = Math.min(count.next, failure.at);
        break;
      }
      listed += 1;
      if (failure.stop !== undefined) count.known.push(failure);
      if (count.first === undefined || failure.at < count.first.at) count.first = failure;
    }
    // Of very many failures only the first are listed; outages tell of all.
    const inOutages = client.outages.reduce((sum, one) => sum + (seenOf(client, one, view)?.failed ?? 0), 0);
    count.failed += Math.max(listed, inOutages);
  }
  return count;
}

/** How many more requests it takes at least until the verdict can turn. */
function untilTurn({ atMostFailed, atLeastPercent }: TrafficClaim, { sent, failed }: Count): number {
  if (atMostFailed !== undefined)
    return failed > atMostFailed ? Number.POSITIVE_INFINITY : atMostFailed - failed + 1;
  const share = atLeastPercent! / 100;
  const missing = share * sent - (sent - failed);
  return missing > 0
    ? Math.max(1, Math.floor(missing / (1 - share)))
    : Math.max(1, Math.floor((sent - failed) / share - sent));
}

/** The earliest time at which so many more requests can have been sent. */
function timeOf(more: number, view: View): Millis {
  const clients = networkOf(view.driver).clients();
  if (more === Number.POSITIVE_INFINITY || clients.length === 0) return Number.POSITIVE_INFINITY;
  const next = Math.min(...clients.map((client) => dueAt(client, sentBy(client, view.at) + 1)));
  const perSecond = clients.reduce((sum, client) => sum + client.perSecond, 0);
  return Math.max(next, view.at + Math.floor(((more - clients.length) * 1000) / perSecond));
}

/** How many ways to fail are told. */
const MOST_WAYS = 3;

/** How requests failed, the most frequent way first; ways that are told in the same words are one. */
function waysOf({ known, failed }: Count): Pick<Messages['foundFailures'], 'ways' | 'more'> {
  const groups = new Map<string, Messages['foundFailures']['ways'][number]>();
  for (const { outcome, stop } of known) {
    const { place, name, obstacle, via = '' } = stop!;
    const told = { place, name, obstacle, via };
    const key = `${outcome} ${stopText.en(told)}`;
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.set(key, { count, outcome, stop: told });
  }
  const ways = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MOST_WAYS);
  const told = ways.reduce((sum, { count }) => sum + count, 0);
  return { ways, more: ways.length === 0 ? 0 : failed - told };
}

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
  sends: () => true,
  cumulative: true,
  concerns: () => ({ kinds: [], world: true }),
  evaluate(claim, view) {
    const nothing = unsent(view);
    if (nothing !== undefined) return nothing;
    const count = countRequests(view);
    const { sent, failed, first } = count;
    const holds =
      claim.atMostFailed !== undefined
        ? failed <= claim.atMostFailed
        : (sent - failed) * 100 >= claim.atLeastPercent! * sent;
    // In the past it is known when the next one fails, as long as failures are listed.
    const turnsAt =
      view.live === undefined && holds && count.next !== Number.POSITIVE_INFINITY
        ? count.next
        : timeOf(untilTurn(claim, count), view);
    return {
      holds,
      found: (language) =>
        say(
          'foundFailures',
          {
            failed,
            sent,
            at: first === undefined ? '' : (first.at / 1000).toFixed(1),
            outcome: first?.outcome ?? '',
            pod: first?.pod ?? '',
            node: first?.node ?? '',
            ...waysOf(count),
          },
          language,
        ),
      objects: [],
      ...(turnsAt === Number.POSITIVE_INFINITY ? {} : { recheckAt: turnsAt }),
      ...(holds || first === undefined ? {} : { cause: () => failureCause(view, first) }),
    };
  },
};
