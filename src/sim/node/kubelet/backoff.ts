/** Exponential back-off by key. Models staging/src/k8s.io/client-go/util/flowcontrol/backoff.go. */
import type { Millis } from '../../kernel/types.ts';

export interface BackOff {
  readonly delayMs: Millis;
  readonly lastUpdate: Millis;
}

/** An entry untouched for twice the maximum is forgotten. */
const expired = (entry: BackOff, at: Millis, maxMs: Millis): boolean => at - entry.lastUpdate > 2 * maxMs;

/** The entry after another failure at `at`. */
export function nextBackOff(
  entry: BackOff | undefined,
  at: Millis,
  initialMs: Millis,
  maxMs: Millis,
): BackOff {
  if (entry === undefined || expired(entry, at, maxMs)) return { delayMs: initialMs, lastUpdate: at };
  return { delayMs: Math.min(entry.delayMs * 2, maxMs), lastUpdate: at };
}

/** Whether `now` is still within the back-off counted from `since`. */
export function inBackOffSince(
  entry: BackOff | undefined,
  since: Millis,
  now: Millis,
  maxMs: Millis,
): boolean {
  if (entry === undefined || expired(entry, since, maxMs)) return false;
  return now - since < entry.delayMs;
}

/** As Go prints a duration of whole milliseconds: `10s`, `2m40s`, `5m0s`, `1.5s`, `250ms`. */
export function goDuration(ms: Millis): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
