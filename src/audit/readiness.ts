/** How many Pods of a workload were ready, from the history: what can be said of one that nobody asks. */
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import type { Pod } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { BLIP_MS, type Effect, type SoFar } from './measure.ts';
import type { Workload } from './subject.ts';

const counts = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod);

/** How many of a workload's Pods were ready, read from a history as it grows. */
export class ReadinessSoFar {
  private readonly labels: ReturnType<typeof parseLabelSelector>;
  private readonly namespace: string;
  private readonly since: EntryId;
  private readonly wanted: number;
  private readonly ready = new Map<string, boolean>();
  private taken = 0;
  private is = 0;
  private at: Millis;
  private fewerMs = 0;
  private noneMs = 0;
  private longestMs = 0;
  private first: Millis | undefined;

  /** @param since after which entry it is looked at, `from` when. @param wanted how many were ready then */
  constructor(
    { namespace, selector }: Pick<Workload, 'namespace' | 'selector'>,
    { since, from }: { readonly since: EntryId; readonly from: Millis },
    wanted: number,
  ) {
    this.labels = parseLabelSelector(selector);
    this.namespace = namespace;
    this.since = since;
    this.at = from;
    this.wanted = wanted;
  }

  /** @param history the same as before, and what was added. @param to until now */
  take(history: readonly HistoryEntry[], to: Millis): this {
    for (; this.taken < history.length; this.taken += 1) this.entry(history[this.taken]!);
    this.pass(to);
    return this;
  }

  get soFar(): SoFar {
    return { failed: 0, outageMs: this.longestMs, disturbedMs: this.fewerMs };
  }

  /** @param missing how many do not serve in the end */
  effect(missing: number): Effect {
    const recovers = this.wanted === 0 || this.is > 0;
    const isDown = this.longestMs >= BLIP_MS || !recovers;
    return {
      state: isDown ? 'down' : this.fewerMs > 0 || missing > 0 ? 'degrades' : 'survives',
      failed: 0,
      sent: 0,
      outageMs: this.longestMs,
      disturbedMs: this.fewerMs,
      recovers,
      replicas: this.wanted,
      missing,
      ...(this.first === undefined ? {} : { at: this.first }),
    };
  }

  private entry(entry: HistoryEntry): void {
    if (entry.type !== 'api' || entry.kind !== 'Pod' || entry.namespace !== this.namespace) return;
    const pod = (entry.after ?? entry.before) as Pod;
    if (!matches(this.labels, pod.metadata.labels ?? {})) return;
    const isSince = entry.id > this.since;
    if (isSince) this.pass(entry.at);
    this.ready.set(pod.metadata.uid, entry.after !== undefined && counts(pod));
    this.is = [...this.ready.values()].filter(Boolean).length;
    if (isSince && this.is < this.wanted) this.first ??= entry.at;
  }

  private pass(until: Millis): void {
    const took = until - this.at;
    if (this.is < this.wanted) this.fewerMs += took;
    this.noneMs = this.is === 0 && this.wanted > 0 ? this.noneMs + took : 0;
    this.longestMs = Math.max(this.longestMs, this.noneMs);
    this.at = until;
  }
}
