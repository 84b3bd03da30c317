/**
 * How long a node is left alone after its daemon pod failed, so that controller and kubelet do not fight over
 * it. Models staging/src/k8s.io/client-go/util/flowcontrol/backoff.go as the daemon controller uses it (1 s
 * doubling to 15 min).
 */
import type { Millis } from '../../kernel/types.ts';

const FIRST_MS = 1_000;
const MOST_MS = 15 * 60_000;

/** By DaemonSet, generation and node. */
export type FailedPodBackoff = Map<string, { delayMs: Millis; at: Millis }>;

/** What is left to wait; 0 when it may go ahead. */
export function backoffLeftMs(all: FailedPodBackoff, key: string, now: Millis): Millis {
  const entry = all.get(key);
  if (entry === undefined || now - entry.at > 2 * MOST_MS) return 0;
  return Math.max(0, entry.at + entry.delayMs - now);
}

export function backoffNext(all: FailedPodBackoff, key: string, now: Millis): void {
  const entry = all.get(key);
  const delayMs =
    entry === undefined || now - entry.at > 2 * MOST_MS ? FIRST_MS : Math.min(2 * entry.delayMs, MOST_MS);
  all.set(key, { delayMs, at: now });
}
