/** When the recorded kubelets looked at their containers, and when they cleaned up. */
import { describe, expect, it } from 'vitest';
import { recordedScenarios, recording } from './recordings.ts';
import { replayScenario } from './replay.ts';
import type { Trace, TraceRecord } from './types.ts';

const RELIST_S = 1;
const TICK_S = 10;

/** Of times that repeat each period: the length of the shortest arc of the circle that holds them all. */
function spread(times: readonly number[], period: number): number {
  if (times.length === 0) return 0;
  const at = times.map((t) => t % period).sort((a, b) => a - b);
  const gaps = at.map((t, i) => (i + 1 < at.length ? at[i + 1]! : at[0]! + period) - t);
  return period - Math.max(...gaps);
}

/** Records of pods until the first kubelet is stopped or started. */
function undisturbed({ trace }: Trace): readonly TraceRecord[] {
  const end = trace.findIndex((r) => r.type === 'ACTION' && r['node'] !== undefined);
  return (end < 0 ? trace : trace.slice(0, end)).filter((r) => r.kind === 'Pod');
}

/** When the first pod of each node became ready. */
function firstReady(trace: Trace): number[] {
  const first = new Map<unknown, number>();
  for (const r of undisturbed(trace))
    if (r['ready'] === 'True' && !first.has(r['node'])) first.set(r['node'], r.t);
  return [...first.values()];
}

/** When pods were gone that a kubelet had ended. */
const gone = (trace: Trace): number[] =>
  undisturbed(trace)
    .filter((r) => r.type === 'DELETED' && r['node'] !== undefined)
    .map((r) => r.t);

describe('the recorded kubelets began together, and so do those of a replay', () => {
  it.each(recordedScenarios())('%s', (name) => {
    const { scenario, traces } = recording(name);
    for (const trace of [...traces, replayScenario(scenario)]) {
      // Pods are seen to run within a fraction of a second on every node, once a second.
      expect(spread(firstReady(trace), RELIST_S)).toBeLessThan(0.4);
      // Ended pods go within a second on every node, once in ten.
      expect(spread(gone(trace), TICK_S)).toBeLessThan(1.2);
    }
  });
});
