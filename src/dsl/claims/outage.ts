/**
 * How long a client of the scenario went without an answer: `at most 3 requests failed in a row`, `the
 * longest outage was under 5s`. An outage is of one client: it begins with a request that fails and ends with
 * the next one that succeeds.
 */
import { printClock, printDuration } from '../../chaos/duration.ts';
import type { Outage, SentRequests } from '../../drivers/driver.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { networkOf } from '../capabilities.ts';
import { dueAt, sentBy, unsent } from './traffic.ts';
import type { ClaimFamily, View } from './types.ts';

export interface OutageClaim {
  readonly claim: 'outage';
  readonly atMostInARow?: number;
  readonly underMs?: Millis;
}

/** An outage as it is known at a moment. */
interface Seen {
  readonly fromMs: Millis;
  /** Until its end, or the moment where it goes on. */
  readonly lengthMs: Millis;
  /** Requests that failed. */
  readonly failed: number;
  readonly isOn: boolean;
}

/** What of an outage is within the span, as it is known at its end; undefined where nothing is. */
function seenOf(client: SentRequests, { fromMs, toMs }: Outage, view: View): Seen | undefined {
  const firstMs = Math.max(fromMs, dueAt(client, sentBy(client, view.span.fromAt) + 1));
  if (firstMs > view.at || (toMs !== undefined && toMs <= firstMs)) return undefined;
  const isOn = toMs === undefined || toMs > view.at;
  const untilMs = isOn ? view.at : toMs;
  // The request at the end succeeded.
  const last = sentBy(client, isOn ? untilMs : untilMs - 1);
  return { fromMs: firstMs, lengthMs: untilMs - firstMs, failed: last - sentBy(client, firstMs - 1), isOn };
}

/** When, at the earliest, the claim can break that holds now. */
function nextBreak(client: SentRequests, on: Seen | undefined, claim: OutageClaim, at: Millis): Millis {
  const next = sentBy(client, at) + 1;
  return claim.underMs !== undefined
    ? (on?.fromMs ?? dueAt(client, next)) + claim.underMs
    : dueAt(client, next + claim.atMostInARow! - (on?.failed ?? 0));
}

const worse = (a: Seen | undefined, b: Seen, claim: OutageClaim): Seen =>
  a === undefined || (claim.underMs === undefined ? b.failed > a.failed : b.lengthMs > a.lengthMs) ? b : a;

export const outage: ClaimFamily<OutageClaim> = {
  claim: 'outage',
  phrases: [
    {
      en: '{moment}at most {int:atMostInARow} request(s) failed in a row',
      ja: '{moment}続けて失敗したリクエストは{atMostInARow}件以下である',
      about: 'of one client',
    },
    {
      en: '{moment}the longest outage is/was under {duration:underMs}',
      ja: '{moment}最も長い停止時間は{underMs}未満である',
      about: "from a client's request that failed to its next one that succeeded",
    },
  ],
  asks: () => 'physical',
  cumulative: true,
  concerns: () => ({ kinds: [], world: true }),
  evaluate(claim, view) {
    const nothing = unsent(view);
    if (nothing !== undefined) return nothing;
    let worst: Seen | undefined;
    let recheckAt = Number.POSITIVE_INFINITY;
    for (const client of networkOf(view.driver).clients()) {
      let on: Seen | undefined;
      for (const one of client.outages) {
        const seen = seenOf(client, one, view);
        if (seen === undefined) continue;
        worst = worse(worst, seen, claim);
        if (seen.isOn) on = seen;
      }
      recheckAt = Math.min(recheckAt, nextBreak(client, on, claim, view.at));
    }
    const holds =
      worst === undefined ||
      (claim.underMs === undefined ? worst.failed <= claim.atMostInARow! : worst.lengthMs < claim.underMs);
    const { fromMs } = worst ?? {};
    const entry = holds
      ? undefined
      : view.span.history.findLast((e) => e.type === 'world' && e.at <= fromMs! && e.key === 'requestsFail');
    return {
      holds,
      found: () =>
        worst === undefined
          ? 'no request failed'
          : `${worst.failed} failed in a row, for ${printDuration(worst.lengthMs)} from [${printClock(worst.fromMs)}]${worst.isOn ? ' on' : ''}`,
      objects: [],
      ...(holds && recheckAt !== Number.POSITIVE_INFINITY ? { recheckAt } : {}),
      ...(entry === undefined ? {} : { entry: entry.id }),
    };
  },
};
