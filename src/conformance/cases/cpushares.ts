/** CPU: weights and quotas of what is asked for, and what containers get of a machine when they want more than it has. */
import { cpuQuotaMilli, cpuWeight, shareOfFirst } from '../../sim/node/cpu.ts';
import type { CaseArea } from './area.ts';

const WEIGHTS: [requestMilli: number, expected: number][] = [
  [0, 1], [1, 1], [2, 1], [10, 1], [30, 2], [50, 2], [100, 4], [250, 10], [500, 20], [1000, 39], [2000, 79], [4000, 157], [256_000, 10_000], [999_999, 10_000],
];
const QUOTAS: [limitMilli: number, expected: number][] = [[1, 10], [5, 10], [9, 10], [10, 10], [11, 11], [100, 100], [200, 200], [500, 500], [1000, 1000], [1500, 1500]];

/** Of a container: what it requests, what it wants, and its limit, in thousandths of a CPU. */
type Container = readonly [request: number, wants: number, limit?: number];
const share = (capacity: number, ...containers: Container[]): number =>
  Math.round(shareOfFirst(containers.map(([request, wants, limit]) => ({ weight: cpuWeight(request), milli: limit === undefined ? wants : Math.min(wants, cpuQuotaMilli(limit)) })), capacity));
const SHARES: [name: string, capacity: number, containers: Container[], expected: number][] = [
  ['alone', 2000, [[100, 500]], 500],
  ['alone, and it wants more than there is', 2000, [[100, 9000]], 2000],
  ['alone, and it wants more than its limit', 2000, [[100, 9000, 300]], 300],
  ['nothing is requested by either', 2000, [[0, 9000], [0, 9000]], 1000],
  ['the same is requested by both', 2000, [[500, 9000], [500, 9000]], 1000],
  ['one requests twice as much', 3000, [[1000, 9000], [2000, 9000]], 992],
  ['the other one requests twice as much', 3000, [[2000, 9000], [1000, 9000]], 2008],
  ['nothing is requested beside a CPU', 2000, [[0, 9000], [1000, 9000]], 50],
  ['a CPU is requested beside nothing', 2000, [[1000, 9000], [0, 9000]], 1950],
  ['what is requested is to be had, whoever wants more', 2000, [[1000, 1000], [0, 9000]], 1000],
  ['what is not wanted is another\'s', 2000, [[100, 9000], [1900, 200]], 1800],
  ['what is beyond another\'s limit is one\'s own', 2000, [[100, 9000], [1000, 9000, 500]], 1500],
  ['up to one\'s own limit', 2000, [[100, 9000, 400], [1000, 9000, 500]], 400],
  ['three by what they request', 2000, [[500, 9000], [500, 9000], [1000, 9000]], 506],
  ['three, of which one wants little', 2000, [[500, 9000], [500, 100], [1000, 9000]], 644],
  ['ten that request nothing', 2000, Array.from({ length: 10 }, (): Container => [0, 9000]), 200],
  ['a limit below what is requested of others', 1000, [[100, 9000, 50], [900, 9000]], 50],
];

export const cpuShareCases: CaseArea = {
  area: 'shares of CPU',
  source: 'pkg/kubelet/cm/{helpers_linux,cgroup_manager_linux}_test.go, Documentation/admin-guide/cgroup-v2.rst of Linux',
  cases: [
    ...WEIGHTS.map(([milli, expected]) => ({ name: `weight of ${milli}m`, run: () => cpuWeight(milli), expected })),
    ...QUOTAS.map(([milli, expected]) => ({ name: `quota of ${milli}m`, run: () => cpuQuotaMilli(milli), expected })),
    ...SHARES.map(([name, capacity, containers, expected]) => ({ name: `share: ${name}`, run: () => share(capacity, ...containers), expected })),
  ],
};
