/**
 * Timing perturbation: latencies of the components, drawn for a run, so that interleavings are searched and
 * not inputs only. Each is a setting of the scenario, which a counterexample shows.
 */
import fc from 'fast-check';
import type { Operation } from '../dsl/operations/operation.ts';
import type { LatencyName } from '../sim/latency.ts';

/** From usual to far behind; the first is where shrinking ends. */
const RANGES: Readonly<Partial<Record<LatencyName, readonly string[]>>> = {
  watch: ['0s to 200ms', '0s to 2s', '1s to 5s'],
  controllerWork: ['0s to 100ms', '0s to 1s'],
  scheduling: ['0s to 100ms', '0s to 2s'],
  sandbox: ['2s to 5s'],
  imagePull: ['0s to 20s'],
  containerStart: ['0s to 5s'],
  containerStop: ['0s to 5s'],
  podCleanup: ['0s to 5s'],
  proxySync: ['0s to 1s', '1s to 10s'],
  nodeBoot: ['5s to 90s'],
};

const one = (name: string): fc.Arbitrary<Operation> =>
  fc
    .constantFrom(...RANGES[name as LatencyName]!)
    .map((value): Operation => ({ op: 'setting', name, value }));

/** Settings of a run; half of the runs are left alone. */
export const timing: fc.Arbitrary<readonly Operation[]> = fc.oneof(
  fc.constant<readonly Operation[]>([]),
  fc
    .subarray(Object.keys(RANGES), { minLength: 1, maxLength: 4 })
    .chain((names) => fc.tuple(...names.map(one))),
);
