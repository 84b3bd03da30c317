/** What a trial does to the Services. */
import { networkOf } from '../dsl/capabilities.ts';
import { driverOf } from '../dsl/session.ts';
import type { Session } from '../dsl/types.ts';
import type { Outage, SentRequests } from '../drivers/driver.ts';
import type { Millis } from '../sim/kernel/types.ts';

/** Shorter than this is a request that a client tries again. */
const BLIP_MS = 2_000;

/**
 * - `survives`: no request failed.
 * - `degrades`: some failed, in no outage that a client's second try does not bridge.
 * - `down`: for longer.
 */
export type State = 'survives' | 'degrades' | 'down';

export interface Effect {
  readonly state: State;
  readonly failed: number;
  readonly sent: number;
  /** Of the longest. */
  readonly outageMs: Millis;
  /** Whether it is reachable again in the end. */
  readonly recovers: boolean;
  /** When the first request failed that did. */
  readonly at?: Millis;
}

const lengthOf = ({ fromMs, toMs }: Outage, now: Millis): Millis => (toMs ?? now) - fromMs;

function effectOn(client: SentRequests, now: Millis): Effect {
  const outageMs = Math.max(0, ...client.outages.map((o) => lengthOf(o, now)));
  const recovers = client.outages.every((o) => o.toMs !== undefined);
  const [first] = client.failures;
  return {
    state: client.failed === 0 ? 'survives' : outageMs < BLIP_MS && recovers ? 'degrades' : 'down',
    failed: client.failed,
    sent: client.sent,
    outageMs,
    recovers,
    ...(first === undefined ? {} : { at: first.at }),
  };
}

/** By the clients' URLs. */
export function effectsOf(session: Session): Map<string, Effect> {
  const driver = driverOf(session);
  return new Map(
    networkOf(driver)
      .clients()
      .map((c) => [c.url, effectOn(c, driver.now)]),
  );
}

const RANK: Readonly<Record<State, number>> = { survives: 0, degrades: 1, down: 2 };

/** How bad it is: what is worse is greater. For ever is worse than any time. */
export const weightOf = ({ state, failed, outageMs, recovers }: Effect): number =>
  RANK[state] * 1e12 + (recovers ? 0 : 1e11) + outageMs * 10 + Math.min(failed, 9);

/** A little more of the same is chance: a request more, a second more. */
const CHANCE_MS = 3_000;
const CHANCE_REQUESTS = 10;

export const isWorse = (is: Effect, was: Effect): boolean =>
  RANK[is.state] > RANK[was.state] ||
  (was.recovers && !is.recovers) ||
  is.outageMs > was.outageMs * 1.1 + CHANCE_MS ||
  is.failed > was.failed * 1.1 + CHANCE_REQUESTS;
