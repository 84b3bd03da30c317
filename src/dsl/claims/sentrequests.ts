/** What is known at a moment of the requests that a client of the scenario sends at its steady rate. */
import { say } from '../../messages/index.ts';
import type { Outage, SentRequests } from '../../drivers/driver.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { networkOf } from '../capabilities.ts';
import type { Verdict, View } from './types.ts';

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
    found: (language) => say('foundUnsent', {}, language),
    objects: [],
    ...(recheckAt === Number.POSITIVE_INFINITY ? {} : { recheckAt }),
  };
}

/** An outage as it is known at a moment. */
export interface SeenOutage {
  readonly fromMs: Millis;
  /** Until its end, or the moment where it goes on. */
  readonly lengthMs: Millis;
  /** Requests that failed. */
  readonly failed: number;
  readonly isOn: boolean;
}

/** What of an outage is within the span, as it is known at its end; undefined where nothing is. */
export function seenOf(client: SentRequests, { fromMs, toMs }: Outage, view: View): SeenOutage | undefined {
  const firstMs = Math.max(fromMs, dueAt(client, sentBy(client, view.span.fromAt) + 1));
  if (firstMs > view.at || (toMs !== undefined && toMs <= firstMs)) return undefined;
  const isOn = toMs === undefined || toMs > view.at;
  const untilMs = isOn ? view.at : toMs;
  // The request at the end succeeded.
  const last = sentBy(client, isOn ? untilMs : untilMs - 1);
  return { fromMs: firstMs, lengthMs: untilMs - firstMs, failed: last - sentBy(client, firstMs - 1), isOn };
}
