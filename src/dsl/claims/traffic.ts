/**
 * What became of the requests of the scenario's clients: `no request failed`, `at least 99% of requests
 * succeeded`.
 */
import type { RequestFailure, SentRequests } from '../../drivers/driver.ts';
import { networkOf } from '../capabilities.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';

export interface TrafficClaim {
  readonly claim: 'traffic';
  readonly atMostFailed?: number;
  readonly atLeastPercent?: number;
}

/** When a client sends its request n, from 1. */
export const dueAt = ({ startedAt, perSecond }: SentRequests, n: number): Millis =>
  startedAt + Math.floor((n * 1000) / perSecond);

/** How many a client has sent by a time, to the millisecond. */
export const sentBy = ({ startedAt, perSecond }: SentRequests, at: Millis): number =>
  at < startedAt ? 0 : Math.ceil(((at - startedAt + 1) * perSecond) / 1000) - 1;

/**
 * The verdict where no request was due in the span yet: what comes to hold within a time waits for one, and
 * now it is a mistake unless clients were there when the span began. In the past there is nothing to complain
 * of.
 */
export function unsent(view: View): Verdict | undefined {
  const clients = networkOf(view.driver).clients();
  const none = clients.every((client) => sentBy(client, view.at) === sentBy(client, view.span.fromAt));
  if (view.live === undefined || !none) return undefined;
  if (view.byMs === Number.POSITIVE_INFINITY && clients.some((c) => c.startedAt <= view.span.fromAt))
    return undefined;
  const recheckAt = Math.min(...clients.map((client) => dueAt(client, sentBy(client, view.at) + 1)));
  return {
    holds: false,
    found: () => 'no client has sent a request',
    objects: [],
    ...(recheckAt === Number.POSITIVE_INFINITY ? {} : { recheckAt }),
  };
}

interface Count {
  sent: number;
  failed: number;
  first: RequestFailure | undefined;
}

/** What was sent after the span began, up to the moment. */
function countRequests(view: View): Count {
  const count: Count = { sent: 0, failed: 0, first: undefined };
  for (const client of networkOf(view.driver).clients()) {
    const sent = sentBy(client, view.at) - sentBy(client, view.span.fromAt);
    count.sent += Math.min(sent, client.sent);
    for (const failure of client.failures) {
      if (failure.at <= view.span.fromAt) continue;
      if (failure.at > view.at) break;
      count.failed += 1;
      if (count.first === undefined || failure.at < count.first.at) count.first = failure;
    }
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
    const nothing = unsent(view);
    if (nothing !== undefined) return nothing;
    const count = countRequests(view);
    const { sent, failed, first } = count;
    const holds =
      claim.atMostFailed !== undefined
        ? failed <= claim.atMostFailed
        : (sent - failed) * 100 >= claim.atLeastPercent! * sent;
    const cause =
      first === undefined || holds
        ? undefined
        : view.span.history.find((e) => e.type === 'world' && e.at === first.at && e.key === 'requestsFail')
            ?.id;
    const turnsAt = timeOf(untilTurn(claim, count), view);
    return {
      holds,
      found: () =>
        `${failed} of ${sent} requests failed${first === undefined ? '' : `, the first at ${(first.at / 1000).toFixed(1)} s (${whereOf(first)})`}`,
      objects: [],
      ...(turnsAt === Number.POSITIVE_INFINITY ? {} : { recheckAt: turnsAt }),
      ...(cause === undefined ? {} : { entry: cause }),
    };
  },
};
