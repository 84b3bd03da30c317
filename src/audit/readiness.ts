/** How many Pods of a workload were ready, from the history: what can be said of one that nobody asks. */
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import type { Pod } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { BLIP_MS, type Effect } from './measure.ts';
import type { Workload } from './subject.ts';

const counts = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod);

/**
 * @param history of the whole run. @param since after which entry it is looked at
 * @param wanted how many were ready then. @param missing how many do not serve in the end
 */
export function readinessOf(
  { namespace, selector }: Pick<Workload, 'namespace' | 'selector'>,
  history: readonly HistoryEntry[],
  { since, from, to }: { readonly since: EntryId; readonly from: Millis; readonly to: Millis },
  wanted: number,
  missing: number,
): Effect {
  const labels = parseLabelSelector(selector);
  const ready = new Map<string, boolean>();
  let [is, at] = [0, from];
  let [fewerMs, noneMs, longestMs] = [0, 0, 0];
  let first: Millis | undefined;
  const pass = (until: Millis): void => {
    const took = until - at;
    if (is < wanted) fewerMs += took;
    noneMs = is === 0 && wanted > 0 ? noneMs + took : 0;
    longestMs = Math.max(longestMs, noneMs);
    at = until;
  };
  for (const entry of history) {
    if (entry.type !== 'api' || entry.kind !== 'Pod' || entry.namespace !== namespace) continue;
    const pod = (entry.after ?? entry.before) as Pod;
    if (!matches(labels, pod.metadata.labels ?? {})) continue;
    if (entry.id > since) pass(entry.at);
    ready.set(pod.metadata.uid, entry.after !== undefined && counts(pod));
    is = [...ready.values()].filter(Boolean).length;
    if (entry.id > since && is < wanted) first ??= entry.at;
  }
  pass(to);
  const recovers = wanted === 0 || is > 0;
  const isDown = longestMs >= BLIP_MS || !recovers;
  return {
    state: isDown ? 'down' : fewerMs > 0 || missing > 0 ? 'degrades' : 'survives',
    failed: 0,
    sent: 0,
    outageMs: longestMs,
    disturbedMs: fewerMs,
    recovers,
    replicas: wanted,
    missing,
    ...(first === undefined ? {} : { at: first }),
  };
}
