/** Whom the kubelet ends when its node is short, and whom the kernel kills first. */
import type { Container, Pod } from '../../sim/api/types.ts';
import { oomScoreAdj } from '../../sim/node/kubelet/containerorder.ts';
import { evictionOrder } from '../../sim/node/kubelet/eviction.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/** `name priority usage/request`, in Mi. */
type Line = string;

function order(lines: readonly Line[]): string {
  const pods = lines.map((line) => {
    const [name, priority, amounts] = line.split(' ') as [string, string, string];
    const [usage, requests] = amounts.split('/').map(Number) as [number, number];
    return { name, priority: Number(priority), usage, requests };
  });
  return evictionOrder(pods).map((p) => p.name).join(' ');
}

const LOW = -1;
const HIGH = 1;
/** Use in Mi of pods that ask for nothing, little or much. */
const ORDERS: readonly [string, readonly Line[], string][] = [
  ['one pod', ['a 0 10/5'], 'a'],
  ['none', [], ''],
  ['beyond its request before below it', ['below 0 50/100', 'above 0 150/100'], 'above below'],
  ['at its request is not beyond it', ['at 0 100/100', 'above 0 101/100'], 'above at'],
  ['at its request is after one far below it in use', ['low 0 10/100', 'at 0 100/100'], 'at low'],
  ['lower priority first', [`high ${HIGH} 10/0`, `low ${LOW} 10/0`], 'low high'],
  ['no priority counts as 0', [`high ${HIGH} 10/0`, 'none 0 10/0', `low ${LOW} 10/0`], 'low none high'],
  ['most use first, where nobody asked', ['a 0 300/0', 'b 0 100/0', 'c 0 450/0'], 'c a b'],
  ['most beyond the request first', ['a 0 500/100', 'b 0 300/100', 'c 0 800/700'], 'a b c'],
  ['least below the request first', ['a 0 400/1024', 'b 0 800/1024', 'c 0 100/1024'], 'b a c'],
  ['best effort by its use', ['high 0 500/0', 'low 0 300/0'], 'high low'],
  ['burstable by what is beyond', ['high 0 800/100', 'low 0 300/100'], 'high low'],
  ['guaranteed by what is left', ['high 0 800/1024', 'low 0 200/1024'], 'high low'],
  ['six pods by memory alone', ['be-high 0 500/0', 'be-low 0 300/0', 'bu-high 0 800/100', 'bu-low 0 300/100', 'gu-high 0 800/1024', 'gu-low 0 200/1024'],
    'bu-high be-high be-low bu-low gu-high gu-low'],
  ['priority before use, where all are beyond', [`a ${LOW} 200/0`, `b ${HIGH} 500/0`, `c ${LOW} 300/0`], 'c a b'],
  ['beyond the request before priority', [`below ${LOW} 50/100`, `above ${HIGH} 150/100`], 'above below'],
  ['requests, priority and use together', [
    `above-high ${HIGH} 500/100`, `above-low ${LOW} 500/100`, `below-high ${HIGH} 50/100`, `below-low ${LOW} 50/100`,
  ], 'above-low above-high below-low below-high'],
  ['eight pods', [
    `1 ${LOW} 400/100`, `2 ${HIGH} 400/100`, `3 ${LOW} 50/100`, `4 ${HIGH} 50/100`, `5 ${LOW} 300/100`, `6 ${HIGH} 300/100`, `7 ${LOW} 40/100`, `8 ${HIGH} 40/100`,
  ], '1 5 2 6 3 7 4 8'],
  ['equals stay as they are', ['a 0 100/0', 'b 0 100/0', 'c 0 100/0'], 'a b c'],
  ['a pod that uses nothing is last', ['idle 0 0/0', 'busy 0 1/0'], 'busy idle'],
  ['a pod that uses nothing and asked is last', ['idle 0 0/100', 'below 0 50/100'], 'below idle'],
  ['a large request does not save from priority', [`a ${LOW} 2000/1000`, `b ${HIGH} 3000/100`], 'a b'],
  ['use that is equal, requests that differ', ['a 0 500/400', 'b 0 500/100'], 'b a'],
  ['process ids, which nobody asks for', ['a 0 20/0', `b ${LOW} 5/0`, 'c 0 40/0'], 'b c a'],
];

const CAPACITY = 8_000_000_000;
interface Scene {
  readonly request?: number;
  readonly capacity?: number;
  readonly qos?: 'BestEffort' | 'Burstable' | 'Guaranteed';
  readonly priority?: number;
  readonly policy?: 'Always';
  /** What the regular containers ask, where the container is an init container. */
  readonly regular?: readonly number[];
}

function scoreOf({ request = 0, capacity = CAPACITY, qos = 'Burstable', priority, policy, regular }: Scene): number {
  const asking = (bytes: number): Container => ({ name: 'c', resources: bytes === 0 ? {} : { requests: { memory: String(bytes) } } }) as never;
  const container = { ...asking(request), ...(policy === undefined ? {} : { restartPolicy: policy }) } as Container;
  const spec = {
    containers: regular === undefined ? [container] : regular.map((bytes, i) => ({ ...asking(bytes), name: `regular${i}` })),
    ...(regular === undefined ? {} : { initContainers: [container] }),
    ...(priority === undefined ? {} : { priority }),
  };
  return oomScoreAdj({ spec, status: { qosClass: qos } } as unknown as Pod, container, String(capacity));
}

const SCORES: readonly [string, Scene, number][] = [
  ['best effort', { qos: 'BestEffort', capacity: 4_000_000_000 }, 1000],
  ['best effort, whatever the machine has', { qos: 'BestEffort' }, 1000],
  ['guaranteed', { qos: 'Guaranteed', request: 10_000_000_000, capacity: 123_456_789 }, -997],
  ['guaranteed, of a large machine', { qos: 'Guaranteed', request: CAPACITY / 2, capacity: 4_000_000_000 }, -997],
  ['burstable without a request for memory', {}, 999],
  ['burstable with half of the machine', { request: CAPACITY / 2 }, 500],
  ['burstable with a thousandth', { request: CAPACITY / 1000 }, 999],
  ['burstable with less than a thousandth', { request: CAPACITY / 2000 }, 999],
  ['burstable with two thousandths', { request: CAPACITY / 500 }, 998],
  ['burstable with all but a byte', { request: CAPACITY - 1 }, 3],
  ['burstable with all of it', { request: CAPACITY }, 3],
  ['burstable with more than there is', { request: 2 * CAPACITY }, 3],
  ['burstable with a quarter', { request: CAPACITY / 4 }, 750],
  ['critical to its node', { qos: 'BestEffort', priority: 2_000_001_000 }, -997],
  ['critical to its cluster', { qos: 'Burstable', priority: 2_000_000_000 }, 999],
  ['critical to its node and burstable', { request: CAPACITY / 2, priority: 2_000_001_000 }, -997],
  ['an init container by its own request', { request: CAPACITY / 4, regular: [CAPACITY / 2] }, 750],
  ['a sidecar that asks for less than the containers', { request: CAPACITY / 10, regular: [CAPACITY / 2], policy: 'Always' }, 500],
  ['a sidecar that asks for more than the containers', { request: CAPACITY / 2, regular: [CAPACITY / 10], policy: 'Always' }, 500],
  ['a sidecar beside containers that ask for different amounts', { request: CAPACITY / 10, regular: [CAPACITY / 2, CAPACITY / 4], policy: 'Always' }, 750],
  ['a sidecar beside a container that asks for nothing', { request: CAPACITY / 10, regular: [CAPACITY / 2, 0], policy: 'Always' }, 900],
  ['a sidecar that asks for nothing', { regular: [CAPACITY / 2], policy: 'Always' }, 500],
];

const cases: ConformanceCase[] = [
  ...ORDERS.map(([name, lines, expected]) => ({ name: `ended: ${name}`, run: () => order(lines), expected })),
  ...SCORES.map(([name, scene, expected]) => ({ name: `killed: ${name}`, run: () => scoreOf(scene), expected })),
];

export const evictionOrderCases: CaseArea = {
  area: 'order of eviction, and of the kernel',
  source: 'pkg/kubelet/eviction/helpers_test.go, pkg/kubelet/qos/policy_test.go',
  cases,
};
