/**
 * A client's own limit of its requests: a token bucket. Calls are made at once here, and what a client owes
 * it waits for before it does the next thing. Models
 * staging/src/k8s.io/client-go/util/flowcontrol/throttle.go (NewTokenBucketRateLimiter) and
 * golang.org/x/time/rate; rest.Config gives every clientset one of its own.
 */
import type { Millis } from '../kernel/types.ts';

/** Requests per second in the long run, and at once; without a limit where `qps` is below 0. */
export interface CallRate {
  readonly qps: number;
  readonly burst: number;
}

/** What a client is limited to that says 0: DefaultQPS of staging/src/k8s.io/client-go/rest/config.go. */
const DEFAULT_QPS = 5;

/** Below 0: as many as it likes. */
export const callsPerSecond = ({ qps }: Pick<CallRate, 'qps'>): number => (qps === 0 ? DEFAULT_QPS : qps);

/** Plain data. */
export interface TokenBucket {
  /** Below 0: so many calls were made ahead of their time. */
  tokens: number;
  at: Millis;
}

/** A bucket that nobody has taken from. */
export const fullBucket = (now: Millis): TokenBucket => ({ tokens: Number.MAX_SAFE_INTEGER, at: now });

const tokensAt = ({ tokens, at }: TokenBucket, rate: CallRate, now: Millis): number =>
  Math.min(rate.burst, tokens + ((now - at) * callsPerSecond(rate)) / 1000);

/** How many calls may be made now. */
export const callsLeft = (bucket: TokenBucket, rate: CallRate, now: Millis): number =>
  rate.qps < 0 ? Number.MAX_SAFE_INTEGER : Math.floor(tokensAt(bucket, rate, now));

/** Calls were made. */
export function takeCalls(bucket: TokenBucket, rate: CallRate, now: Millis, calls: number): void {
  if (calls === 0 || rate.qps < 0) return;
  bucket.tokens = tokensAt(bucket, rate, now) - calls;
  bucket.at = now;
}

/** How long until the next call may be made, in whole ms. */
export function untilNextCallMs(bucket: TokenBucket, rate: CallRate, now: Millis): Millis {
  if (rate.qps < 0) return 0;
  const missing = 1 - tokensAt(bucket, rate, now);
  return missing <= 0 ? 0 : Math.ceil((missing * 1000) / callsPerSecond(rate));
}
