/**
 * How long a client of the scenario went without an answer: `at most 3 requests failed in a row`, `the
 * longest outage was under 5s`. An outage is of one client: it begins with a request that fails and ends with
 * the next one that succeeds.
 */
import { say } from '../../messages/index.ts';
import { printClock, printDuration } from '../../chaos/duration.ts';
import type { SentRequests } from '../../drivers/driver.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { printDurationJa } from '../phrases/japaneseduration.ts';
import { failureCause } from './failurecause.ts';
import { networkOf } from '../capabilities.ts';
import { dueAt, seenOf, sentBy, unsent, type SeenOutage } from './sentrequests.ts';
import type { ClaimFamily, View } from './types.ts';
import type { OutageClaim } from './claim.ts';

/** When the next outage can begin: in the past that is known. */
function nextOutage(client: SentRequests, { at, live }: View): Millis {
  if (live !== undefined) return dueAt(client, sentBy(client, at) + 1);
  return client.outages.find(({ fromMs }) => fromMs > at)?.fromMs ?? Number.POSITIVE_INFINITY;
}

/** When, at the earliest, the claim can break that holds now. */
function nextBreak(client: SentRequests, on: SeenOutage | undefined, claim: OutageClaim, view: View): Millis {
  const fromMs = on?.fromMs ?? nextOutage(client, view);
  if (claim.underMs !== undefined) return fromMs + claim.underMs;
  return fromMs === Number.POSITIVE_INFINITY
    ? fromMs
    : dueAt(client, sentBy(client, fromMs) + claim.atMostInARow!);
}

const worse = (a: SeenOutage | undefined, b: SeenOutage, claim: OutageClaim): SeenOutage =>
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
  sends: () => true,
  cumulative: true,
  concerns: () => ({ kinds: [], world: true }),
  evaluate(claim, view) {
    const nothing = unsent(view);
    if (nothing !== undefined) return nothing;
    let worst: SeenOutage | undefined;
    let whose: SentRequests | undefined;
    let recheckAt = Number.POSITIVE_INFINITY;
    for (const client of networkOf(view.driver).clients()) {
      let on: SeenOutage | undefined;
      for (const one of client.outages) {
        const seen = seenOf(client, one, view);
        if (seen === undefined) continue;
        const most = worse(worst, seen, claim);
        if (most === seen) whose = client;
        worst = most;
        if (seen.isOn) on = seen;
      }
      recheckAt = Math.min(recheckAt, nextBreak(client, on, claim, view));
    }
    const holds =
      worst === undefined ||
      (claim.underMs === undefined ? worst.failed <= claim.atMostInARow! : worst.lengthMs < claim.underMs);
    const { fromMs } = worst ?? {};
    // Of very many failures only the first are listed.
    const failure = holds ? undefined : whose?.failures.find(({ at }) => at >= fromMs!);
    const entry = holds
      ? undefined
      : view.span.history.findLast((e) => e.type === 'world' && e.at <= fromMs! && e.key === 'requestsFail');
    return {
      holds,
      found: (language) =>
        worst === undefined
          ? say('foundNoFailure', {}, language)
          : say(
              'foundOutage',
              {
                failed: worst.failed,
                length: (language === 'ja' ? printDurationJa : printDuration)(worst.lengthMs),
                clock: `[${printClock(worst.fromMs)}]`,
                isOn: worst.isOn,
                outcome: failure?.outcome ?? '',
                stop: failure?.stop && { ...failure.stop, via: failure.stop.via ?? '' },
              },
              language,
            ),
      objects: [],
      ...(holds && recheckAt !== Number.POSITIVE_INFINITY ? { recheckAt } : {}),
      ...(entry === undefined || failure !== undefined ? {} : { entry: entry.id }),
      ...(failure === undefined ? {} : { cause: () => failureCause(view, failure) ?? entry?.id }),
    };
  },
};
