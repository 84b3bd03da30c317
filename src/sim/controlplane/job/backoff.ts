/**
 * How long a Job waits before it makes a Pod in place of a failed one: 10 s, doubling with each failure since
 * the last success, at most 10 min. Models pkg/controller/job/backoff_utils.go.
 */
import { parseTime } from '../../api/time.ts';
import type { Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { failuresOfIndex } from './perindex.ts';

const FIRST_MS = 10_000;
const MOST_MS = 600_000;

export interface BackOff {
  /** Since the last success. */
  readonly failures: number;
  readonly lastFailure: Millis;
}

const NEVER_FAILED: BackOff = { failures: 0, lastFailure: 0 };

/** When the last container ended, sidecars among them; undefined while one runs. */
function endOfContainers({ spec, status }: Pod): Millis | undefined {
  const sidecars = (status.initContainerStatuses ?? []).filter(({ name }) =>
    spec.initContainers?.some((c) => c.name === name && c.restartPolicy === 'Always'),
  );
  let end: Millis | undefined;
  for (const { state } of [...(status.containerStatuses ?? []), ...sidecars]) {
    const at = state?.terminated?.finishedAt;
    if (at === undefined || at === null) return undefined;
    end = Math.max(end ?? -Infinity, parseTime(at as string));
  }
  return end;
}

/**
 * When a Pod ended: its last container, else when it ceased to be ready, else when it was deleted, else when
 * it was made.
 */
export function finishedAt(pod: Pod): Millis {
  const end = endOfContainers(pod);
  if (end !== undefined) return end;
  const ready = pod.status.conditions?.find((c) => c.type === 'Ready' && c.status === 'False');
  if (typeof ready?.lastTransitionTime === 'string') return parseTime(ready.lastTransitionTime);
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata;
  return deletionTimestamp === undefined
    ? parseTime(creationTimestamp)
    : parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
}

/** With the Pods that ended since; a success ends the row of failures before it. */
export function backOffAfter(
  before: BackOff = NEVER_FAILED,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): BackOff {
  const failures = failed.map(finishedAt);
  if (succeeded.length === 0) {
    if (failures.length === 0) return before;
    return { failures: before.failures + failures.length, lastFailure: Math.max(...failures) };
  }
  const lastSuccess = Math.max(...succeeded.map(finishedAt));
  const since = failures.filter((at) => at > lastSuccess);
  return since.length === 0 ? NEVER_FAILED : { failures: since.length, lastFailure: Math.max(...since) };
}

/** How long from now until a Pod may be made. */
export function remainingMs({ failures, lastFailure }: BackOff, now: Millis): Millis {
  if (failures === 0) return 0;
  let delayMs = FIRST_MS;
  for (let i = 1; i < failures && delayMs < MOST_MS; i++) delayMs = Math.min(2 * delayMs, MOST_MS);
  return Math.max(0, delayMs - (now - lastFailure));
}

/** The same for one index, whose failures its last failed Pod has counted. */
export const remainingOfIndexMs = (last: Pod | undefined, now: Millis): Millis =>
  last === undefined
    ? 0
    : remainingMs({ failures: failuresOfIndex(last) + 1, lastFailure: finishedAt(last) }, now);
