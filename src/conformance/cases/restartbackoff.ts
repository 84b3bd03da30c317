/** Back-off of restarts and image pulls. */
import { type BackOff, goDuration, inBackOffSince, nextBackOff } from '../../sim/node/kubelet/backoff.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/** Delays after failures at the given times, in seconds. */
function delays(times: readonly number[], initial: number, max: number): number[] {
  let entry: BackOff | undefined;
  return times.map((at) => {
    entry = nextBackOff(entry, at * 1000, initial * 1000, max * 1000);
    return entry.delayMs / 1000;
  });
}

const ROWS: readonly (readonly [name: string, times: readonly number[], initial: number, max: number, expected: readonly number[]])[] = [
  ['doubles up to the maximum', [0, 1, 2, 3, 4, 5], 1, 5, [1, 2, 4, 5, 5, 5]],
  ['crash loop: 10 s to 5 min', [0, 10, 30, 70, 150, 310, 610], 10, 300, [10, 20, 40, 80, 160, 300, 300]],
  ['starts anew after twice the maximum', [0, 1, 2, 13], 1, 5, [1, 2, 4, 1]],
  ['is kept up to twice the maximum', [0, 1, 2, 12], 1, 5, [1, 2, 4, 5]],
  ['crash loop starts anew after more than 10 min', [0, 10, 30, 631], 10, 300, [10, 20, 40, 10]],
];

const IN: readonly (readonly [name: string, since: number, now: number, expected: boolean])[] = [
  // After two failures at 0 s and 10 s: 20 s of back-off.
  ['at the failure', 10, 10, true], ['just before the end', 10, 29, true], ['at the end', 10, 30, false], ['after the end', 10, 45, false],
  ['counted from a later end of the container', 40, 59, true], ['the failure was long after the last', 900, 901, false],
];

const GO: readonly (readonly [ms: number, expected: string])[] = [
  [0, '0s'], [250, '250ms'], [1500, '1.5s'], [10_000, '10s'], [20_000, '20s'], [40_000, '40s'], [80_000, '1m20s'], [160_000, '2m40s'], [300_000, '5m0s'], [3_600_000, '1h0m0s'],
];

const cases: ConformanceCase[] = [
  ...ROWS.map(([name, times, initial, max, expected]) => ({ name, run: () => delays(times, initial, max), expected })),
  ...IN.map(([name, since, now, expected]) => ({
    name: `in back-off ${name}`, expected,
    run: () => inBackOffSince(nextBackOff(nextBackOff(undefined, 0, 10_000, 300_000), 10_000, 10_000, 300_000), since * 1000, now * 1000, 300_000),
  })),
  { name: 'nothing failed yet', run: () => inBackOffSince(undefined, 0, 0, 300_000), expected: false },
  ...GO.map(([ms, expected]) => ({ name: `${ms} ms in words`, run: () => goDuration(ms), expected })),
];

export const restartBackOffCases: CaseArea = { area: 'restart back-off', source: 'staging/src/k8s.io/client-go/util/flowcontrol/backoff_test.go', cases };
