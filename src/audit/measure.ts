/** What a trial does to the Services. */
import type { Outage, SentRequests } from '../drivers/driver.ts';
import type { Done } from './done.ts';
import type { Millis } from '../sim/kernel/types.ts';

/** Shorter than this is a request that a client tries again. */
export const BLIP_MS = 2_000;
/** Failures that are no further apart belong together. */
const CALM_MS = 5_000;

/**
 * - `survives`: no request failed, and as many replicas serve in the end as before.
 * - `degrades`: some failed, in no outage that a client's second try does not bridge, or a replica is gone.
 * - `down`: for longer.
 */
export type State = 'survives' | 'degrades' | 'down';

export interface Effect {
  readonly state: State;
  readonly failed: number;
  /** None of what nobody asks: then outages are of its ready replicas. */
  readonly sent: number;
  /** How long nothing was answered, at the longest. */
  readonly outageMs: Millis;
  /** How long requests failed now and then, taken together. */
  readonly disturbedMs: Millis;
  /** Whether it is reachable again in the end. */
  readonly recovers: boolean;
  /** Replicas that served before. */
  readonly replicas: number;
  /** Of these, how many do not in the end. */
  readonly missing: number;
  /** The node that is never emptied, since it may not be evicted from there. */
  readonly held?: string;
  /** Of work that ends, what became of it; then `missing` is what was done twice, missed or piled up. */
  readonly done?: Done;
  /** When the first request failed that did. */
  readonly at?: Millis;
}

const lengthOf = ({ fromMs, toMs }: Outage, now: Millis): Millis => (toMs ?? now) - fromMs;

/** How long nothing was answered, at the longest. */
export const longestOf = ({ outages }: Pick<SentRequests, 'outages'>, now: Millis): Millis =>
  Math.max(0, ...outages.map((o) => lengthOf(o, now)));

/** Outages one soon after the other are one disturbance. */
export function disturbedFor(outages: readonly Outage[], now: Millis): Millis {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs = now } of outages) {
    total += fromMs - until < CALM_MS ? toMs - until : toMs - fromMs;
    until = toMs;
  }
  return total;
}

/** @param replicas how many served what it asks for before. @param missing and do not in the end */
export function effectOn(client: SentRequests, now: Millis, replicas: number, missing: number): Effect {
  const { failed, sent, outages } = client;
  const outageMs = longestOf(client, now);
  const recovers = outages.every((o) => o.toMs !== undefined);
  const [first] = client.failures;
  const isDown = failed > 0 && (outageMs >= BLIP_MS || !recovers);
  return {
    state: isDown ? 'down' : failed > 0 || missing > 0 ? 'degrades' : 'survives',
    failed,
    sent,
    outageMs,
    disturbedMs: disturbedFor(outages, now),
    recovers,
    replicas,
    missing,
    ...(first === undefined ? {} : { at: first.at }),
  };
}

/** The same of what holds the drain of a node up for ever. */
export const holding = (effect: Effect, held: string): Effect => ({
  ...effect,
  state: effect.state === 'survives' ? 'degrades' : effect.state,
  held,
});

const RANK: Readonly<Record<State, number>> = { survives: 0, degrades: 1, down: 2 };

/**
 * How bad it is: what is worse is greater. For ever is worse than any time, a replica that does not come back
 * than any request.
 */
export const weightOf = ({ state, failed, outageMs, recovers, missing }: Effect): number =>
  RANK[state] * 1e13 + (recovers ? 0 : 1e12) + Math.min(missing, 99) * 1e10 + outageMs * 1e3 + failed;

/** The worst of several. */
export const worstOf = (effects: readonly Effect[]): Effect | undefined =>
  effects.reduce<Effect | undefined>(
    (worst, effect) => (worst === undefined || weightOf(effect) > weightOf(worst) ? effect : worst),
    undefined,
  );

/** A back-off more is chance. */
const LATER_MS = 60_000;
/** A little more of the same is chance: a request more, a second more. */
const CHANCE_MS = 3_000;
export const CHANCE_REQUESTS = 10;

/** Whether it has cost more already, which is no less in the end. */
export const hasMore = ({ failed, outageMs }: Pick<Effect, 'failed' | 'outageMs'>, was: Effect): boolean =>
  outageMs > was.outageMs * 1.1 + CHANCE_MS || failed > was.failed * 1.1 + CHANCE_REQUESTS;

/** Of work: clearly later, though nothing else is less bad. */
const isLater = (is: Effect, was: Effect): boolean =>
  is.done !== undefined &&
  RANK[is.state] === RANK[was.state] &&
  is.missing === was.missing &&
  is.disturbedMs > was.disturbedMs * 1.5 + LATER_MS;
const isSooner = (is: Effect, was: Effect): boolean =>
  is.done !== undefined && is.missing <= was.missing && is.disturbedMs * 2 <= was.disturbedMs;

/** A node can be emptied that could not be, which takes no more than its Pods' way to another. */
const isReleased = (is: Effect, was: Effect): boolean =>
  was.held !== undefined &&
  is.held === undefined &&
  is.state !== 'down' &&
  is.recovers &&
  is.missing <= was.missing;

export const isWorse = (is: Effect, was: Effect): boolean =>
  !isReleased(is, was) &&
  (RANK[is.state] > RANK[was.state] ||
    (is.held !== undefined && was.held === undefined) ||
    (was.recovers && !is.recovers) ||
    is.missing > was.missing ||
    isLater(is, was) ||
    hasMore(is, was));

/** So many times fewer requests are no chance. */
const CLEARLY = 3;

/** A replica that comes back ends what its absence began. */
const isShortened = (outageMs: Millis, was: Effect): boolean =>
  outageMs <= Math.max(BLIP_MS, was.outageMs / 2);

/** Whether it is clearly less bad: in its kind, in how many replicas or how many requests it costs. */
export const isLess = (is: Effect, was: Effect): boolean =>
  !isWorse(is, was) &&
  (RANK[is.state] < RANK[was.state] ||
    isReleased(is, was) ||
    (is.missing < was.missing && isShortened(is.outageMs, was)) ||
    (is.disturbedMs < was.disturbedMs && isSooner(is, was)) ||
    (is.failed < was.failed && is.failed * CLEARLY <= was.failed));

/** Whether it costs half of the requests and of the outage at the most, which is no chance with each seed. */
export const isHalved = (is: Effect, was: Effect): boolean =>
  !isWorse(is, was) && is.outageMs * 2 <= was.outageMs && is.failed * 2 <= was.failed;

/** What something has come to so far, none of which becomes less. */
export type SoFar = Pick<Effect, 'failed' | 'outageMs' | 'disturbedMs'>;

/** Whether what it has come to so far can no longer end clearly less bad. */
export function isTooMuch(soFar: SoFar, was: Effect): boolean {
  const { failed, outageMs, disturbedMs } = soFar;
  if (was.held !== undefined && was.state !== 'down') return outageMs >= BLIP_MS;
  const isOfBetterKind = was.state === 'down' ? outageMs < BLIP_MS : failed === 0 && disturbedMs === 0;
  const hasFewer = failed < was.failed && failed * CLEARLY <= was.failed;
  const bringsBack = was.missing > 0 && isShortened(outageMs, was);
  return hasMore(soFar, was) || !(isOfBetterKind || bringsBack || hasFewer);
}
