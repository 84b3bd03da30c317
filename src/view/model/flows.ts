/** Requests of one moment, gathered by where they went and what came of them. */
import type { Flow } from '../run.ts';

export interface Stream {
  readonly url: string;
  /** `namespace/name`; absent: they reached none. */
  readonly pod?: string;
  readonly node?: string;
  readonly outcome: string;
  readonly ok: boolean;
  readonly count: number;
}

export function streamsOf(flows: readonly Flow[]): Stream[] {
  const streams = new Map<string, Stream>();
  for (const { url, answers } of flows)
    for (const answer of answers) {
      const key = JSON.stringify([url, answer.pod, answer.node, answer.outcome]);
      const before = streams.get(key);
      streams.set(key, { url, ...answer, count: (before?.count ?? 0) + 1 });
    }
  return [...streams.values()];
}
