/** How many Pods are ready and serve over time, and when requests of clients fail. */
import type { Millis } from '../../sim/kernel/types.ts';
import type { Happened, Traffic } from '../run.ts';
import { apiState, factState, isPod, truthsAt } from './lanes.ts';

/** From a moment on, until the next one. */
export interface Count {
  readonly at: Millis;
  readonly ready: number;
  readonly serving: number;
}

export function countsOf({ truths, endedAt }: Happened): Count[] {
  const times = [...new Set([...truths.map((t) => Math.max(0, t.at)), endedAt])];
  return times.map((at) => {
    const pods = truthsAt(truths, at).filter(isPod);
    return {
      at,
      ready: pods.filter((p) => apiState(p) === 'ready').length,
      serving: pods.filter((p) => factState(p) === 'serving').length,
    };
  });
}

/** When requests of a client failed, from the first to the next that succeeded. */
export function outagesOf({ entries, endedAt }: Happened): { from: Millis; to: Millis }[] {
  const open = new Map<string, Millis>();
  const outages: { from: Millis; to: Millis }[] = [];
  for (const e of entries) {
    if (e.type !== 'world') continue;
    const url = String(e.args['url'] ?? '');
    if (e.key === 'requestsFail' && !open.has(url)) open.set(url, e.at);
    const from = open.get(url);
    if (e.key !== 'requestsSucceed' || from === undefined) continue;
    outages.push({ from, to: e.at });
    open.delete(url);
  }
  return [...outages, ...[...open.values()].map((from) => ({ from, to: endedAt }))];
}

/** What a run came to from a moment on, in numbers. */
export interface Outcome {
  /** The fewest Pods that served at a time. */
  readonly fewestServing: number;
  readonly noneServedMs: Millis;
  readonly requestsFailedMs: Millis;
}

export function outcomeOf(run: Happened, from: Millis): Outcome {
  const counts = countsOf(run);
  const spans = counts.flatMap(({ at, serving }, i) => {
    const to = counts[i + 1]?.at ?? run.endedAt;
    return to <= from ? [] : [{ serving, ms: to - Math.max(from, at) }];
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
  return {
    fewestServing: Math.min(...spans.map((s) => s.serving), Number.MAX_SAFE_INTEGER),
    noneServedMs: sum(spans.filter((s) => s.serving === 0).map((s) => s.ms)),
    requestsFailedMs: sum(outagesOf(run).map((o) => Math.max(0, o.to - Math.max(from, o.from)))),
  };
}

/** How many requests of a client failed in each second in which some did, and 0 from the next on. */
export function failuresBySecond(
  { from, failures }: Traffic,
  end: Millis,
): { readonly at: Millis; readonly value: number }[] {
  const bySecond = new Map<number, number>();
  for (const { at } of failures) {
    const second = Math.floor(at / 1000);
    bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
  }
  const points = [{ at: from, value: 0 }];
  for (const [second, value] of bySecond) {
    points.push({ at: Math.max(from, second * 1000), value });
    const after = (second + 1) * 1000;
    if (!bySecond.has(second + 1) && after < end) points.push({ at: after, value: 0 });
  }
  return points;
}
