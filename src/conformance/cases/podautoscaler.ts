/** How many replicas metrics ask for, and how an autoscaler follows them. */
import { rfc3339 } from '../../sim/api/time.ts';
import type { Pod } from '../../sim/api/types.ts';
import { limitPlainly, limitRate, rememberScale, stabilize, stabilizePlainly, type Memory, type Rules, type Wish } from '../../sim/controlplane/podautoscaler/behavior.ts';
import {
  byAverage, byUtilization, proposeByPods, proposeByRatio, proposeByShare, requestsOf, type Basis, type PodMetric,
} from '../../sim/controlplane/podautoscaler/replicas.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const MINUTE = 60_000;
const NOW = 10 * MINUTE;
const SETTINGS = { horizontalPodAutoscalerCpuInitializationPeriodMs: 2 * MINUTE, horizontalPodAutoscalerInitialReadinessDelayMs: 10_000 };
const TOLERANCES = { up: 0.1, down: 0.1 };

/** R: ready; U: unready since its start; H: ready for less than a window; P: pending; F: failed; D: being deleted. */
type Kind = 'R' | 'U' | 'H' | 'P' | 'F' | 'D';

function podOf(kind: Kind, i: number, requests: readonly (number | undefined)[]): Pod {
  const startedAt = NOW - (kind === 'H' ? MINUTE : 3 * MINUTE);
  const ready = kind === 'U' || kind === 'F' ? 'False' : 'True';
  const changedAt = kind === 'H' ? NOW - 10_000 : startedAt;
  const cpu = requests[i % requests.length];
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { name: `pod-${i}`, namespace: 'default', uid: `${i}`, resourceVersion: '1', creationTimestamp: rfc3339(0), ...(kind === 'D' ? { deletionTimestamp: rfc3339(NOW) } : {}) },
    spec: { containers: [{ name: 'c', image: 'i', ...(cpu === undefined ? {} : { resources: { requests: { cpu: `${cpu}m` } } }) }] },
    status: {
      phase: kind === 'F' ? 'Failed' : kind === 'P' ? 'Pending' : 'Running', startTime: rfc3339(startedAt),
      conditions: [{ type: 'Ready', status: ready, lastTransitionTime: rfc3339(changedAt) }],
    },
  } as unknown as Pod;
}

interface Given {
  readonly current: number;
  readonly pods?: string;
  readonly levels: readonly number[];
  readonly target: number;
  readonly requests?: readonly (number | undefined)[];
}

const basisOf = ({ current, pods = 'R'.repeat(current), levels, requests = [1000] }: Given, resource: string): Basis => ({
  pods: [...pods].map((kind, i) => podOf(kind as Kind, i, requests)),
  metrics: new Map(levels.map((value, i): [string, PodMetric] => [`pod-${i}`, { value, at: NOW, windowMs: MINUTE }])),
  resource, current, tolerances: TOLERANCES, settings: SETTINGS, now: NOW,
});
const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as Error).message;
  }
};

/** Replicas, percent of what is asked for, amount a Pod. */
const byPercent = (given: Given): unknown => outcome(() => {
  const basis = basisOf(given, 'cpu');
  const requests = requestsOf(basis.pods, 'cpu', undefined);
  const full = Math.max(100, given.target);
  const { replicas, usage } = proposeByPods(basis, byUtilization(requests, given.target), (name) => Math.trunc((requests.get(name)! * full) / 100));
  return [replicas, usage.percent, usage.average];
});
const byAmount = (given: Given, resource = ''): unknown => outcome(() => {
  const { replicas, usage } = proposeByPods(basisOf(given, resource), byAverage(given.target), () => given.target);
  return [replicas, usage.average];
});

const UTILIZATION: readonly [string, Given, unknown][] = [
  ['more', { current: 3, levels: [300, 500, 700], target: 30 }, [5, 50, 500]],
  ['more, one unready', { current: 3, pods: 'URR', levels: [300, 500, 700], target: 30 }, [4, 60, 600]],
  ['more, one that has only now become ready', { current: 3, pods: 'HRR', levels: [300, 500, 700], target: 30 }, [4, 60, 600]],
  ['more, one pending', { current: 3, pods: 'PRR', levels: [300, 500, 700], target: 30 }, [4, 60, 600]],
  ['unready ones would turn it', { current: 3, pods: 'RUU', levels: [400, 500, 700], target: 30 }, [3, 40, 400]],
  ['hot ones would turn it', { current: 3, pods: 'RHH', levels: [400, 500, 700], target: 30 }, [3, 40, 400]],
  ['failed ones are left out', { current: 2, pods: 'RRFF', levels: [500, 700], target: 30 }, [4, 60, 600]],
  ['deleted ones are left out', { current: 2, pods: 'RRDD', levels: [500, 700], target: 30 }, [4, 60, 600]],
  ['fewer', { current: 5, levels: [100, 300, 500, 250, 250], target: 50 }, [3, 28, 280]],
  ['fewer, unready ones left out', { current: 5, pods: 'RRRUU', levels: [100, 300, 500, 250, 250], target: 50 }, [2, 30, 300]],
  ['fewer, hot ones left out', { current: 5, pods: 'RRRHH', levels: [100, 300, 500, 250, 250], target: 50 }, [2, 30, 300]],
  ['within the tolerance', { current: 3, levels: [1010, 1030, 1020], requests: [900, 1000, 1100], target: 100 }, [3, 102, 1020]],
  ['metrics of Pods that are not there', { current: 4, levels: [4000, 9500, 3000, 7000, 3200, 2000], target: 100 }, [24, 587, 5875]],
  ['fewer, and some say nothing', { current: 4, levels: [400, 95], target: 100 }, [3, 24, 247]],
  ['no metrics', { current: 4, levels: [], target: 100 }, 'did not receive metrics for targeted pods (pods might be unready)'],
  ['a Pod without a request', { current: 1, levels: [200], target: 100, requests: [undefined] }, 'missing request for cpu in container c of Pod pod-0'],
  ['a request of nothing', { current: 1, levels: [200], target: 100, requests: [0] }, 'no metrics returned matched known pods'],
  ['one says nothing, the other is at its target', { current: 2, levels: [1000], target: 100 }, [2, 100, 1000]],
  ['one says nothing, the other is above', { current: 2, levels: [1900], target: 100 }, [2, 190, 1900]],
  ['one says nothing, the other is below', { current: 2, levels: [600], target: 100 }, [2, 60, 600]],
  ['one unready, one says nothing', { current: 3, pods: 'URR', levels: [100, 450], target: 50 }, [3, 45, 450]],
  ['the same with a high load', { current: 3, pods: 'URR', levels: [100, 2000], target: 50 }, [4, 200, 2000]],
  ['the same with a low load', { current: 4, pods: 'URRR', levels: [100, 100, 100], target: 50 }, [3, 10, 100]],
  ['no Pods', { current: 1, pods: '', levels: [100], target: 50 }, 'no pods returned by selector while calculating replica count'],
];

const AMOUNTS: readonly [string, Given, unknown, string?][] = [
  ['more', { current: 3, levels: [20_000, 10_000, 30_000], target: 15_000 }, [4, 20_000]],
  ['unready ones count, whose metric is their own', { current: 3, pods: 'RRU', levels: [50_000, 10_000, 30_000], target: 15_000 }, [6, 30_000]],
  ['hot ones, too', { current: 3, pods: 'RRH', levels: [50_000, 10_000, 30_000], target: 15_000 }, [6, 30_000]],
  ['but not an amount of CPU', { current: 3, pods: 'RRU', levels: [500, 700, 900], target: 300 }, [4, 600], 'cpu'],
  ['fewer', { current: 5, levels: [12_000, 12_000, 12_000, 12_000, 12_000], target: 20_000 }, [3, 12_000]],
  ['within the tolerance', { current: 3, levels: [20_000, 21_000, 21_000], target: 20_000 }, [3, 20_666]],
  ['no metrics', { current: 3, levels: [], target: 20_000 }, 'did not receive metrics for targeted pods (pods might be unready)'],
];

const ready = (n: number): Pod[] => Array.from({ length: n }, (_, i) => podOf('R', i, [1000]));
const OTHERS: readonly [string, () => unknown, unknown][] = [
  ['an object asks for more', () => proposeByRatio(20_000 / 15_000, 3, ready(3), TOLERANCES), 4],
  ['an object asks for fewer', () => proposeByRatio(12_000 / 20_000, 5, ready(5), TOLERANCES), 3],
  ['an object within the tolerance', () => proposeByRatio(20_666 / 20_000, 3, ready(3), TOLERANCES), 3],
  ['unready Pods do not serve an object', () => proposeByRatio(2, 3, [...ready(2), podOf('U', 2, [1000])], TOLERANCES), 4],
  ['from nothing to what is needed', () => proposeByRatio(2.5, 0, [], TOLERANCES), 3],
  ['an external metric asks for more', () => proposeByRatio(8600 / 4400, 1, ready(1), TOLERANCES), 2],
  ['an external metric within the tolerance', () => proposeByRatio(8600 / 8888, 3, ready(3), TOLERANCES), 3],
  ['a share of an object', () => proposeByShare(40_000, 10_000, 3, TOLERANCES), 4],
  ['a share of an external metric', () => proposeByShare(8600, 2150, 3, TOLERANCES), 4],
  ['a smaller share', () => proposeByShare(8600, 2867, 5, TOLERANCES), 3],
  ['a share of nothing', () => proposeByShare(0, 2867, 5, TOLERANCES), 0],
  ['no Pods that could be ready', () => outcome(() => proposeByRatio(2, 1, [], TOLERANCES)), 'unable to calculate ready pods: no pods returned by selector while calculating replica count'],
];

const memory = (more: Partial<Memory> = {}): Memory => ({ recommendations: [], ups: [], downs: [], ...more });
const policy = (type: 'Pods' | 'Percent', value: number, periodSeconds = 60): NonNullable<Rules['policies']>[number] => ({ type, value, periodSeconds });
const rules = (policies: Rules['policies'], more: Partial<Rules> = {}): Rules => ({ selectPolicy: 'Max', stabilizationWindowSeconds: 0, policies, ...more }) as Rules;
const wish = (current: number, desired: number, more: Partial<Wish> = {}): Wish => ({
  current, desired, min: 1, max: 1000, up: rules([policy('Percent', 100), policy('Pods', 4)]), down: rules([policy('Percent', 100)]), now: NOW, ...more,
});
const limited = (w: Wish, m: Memory = memory()): unknown => {
  const { replicas, reason } = limitRate(m, w);
  return [replicas, reason];
};
const plainly = (w: Wish): unknown => {
  const { replicas, reason } = limitPlainly(w);
  return [replicas, reason];
};
const ago = (seconds: number, change: number): { at: number; change: number } => ({ at: NOW - seconds * 1000, change });

const RATES: readonly [string, () => unknown, unknown][] = [
  ['plainly: at most twice as many', () => plainly(wish(10, 100)), [20, 'ScaleUpLimit']],
  ['plainly: or four', () => plainly(wish(1, 100)), [4, 'ScaleUpLimit']],
  ['plainly: at most the maximum', () => plainly(wish(10, 100, { max: 15 })), [15, 'TooManyReplicas']],
  ['plainly: at least the minimum', () => plainly(wish(10, 1, { min: 5 })), [5, 'TooFewReplicas']],
  ['plainly: as many as are asked for', () => plainly(wish(10, 12)), [12, 'DesiredWithinRange']],
  ['no more than the Pods of a policy', () => limited(wish(10, 100, { up: rules([policy('Pods', 4)]) })), [14, 'ScaleUpLimit']],
  ['no more than the percent of a policy', () => limited(wish(10, 100, { up: rules([policy('Percent', 50)]) })), [15, 'ScaleUpLimit']],
  ['percents are rounded up', () => limited(wish(1, 100, { up: rules([policy('Percent', 1)]) })), [2, 'ScaleUpLimit']],
  ['the policy that lets most', () => limited(wish(10, 100, { up: rules([policy('Pods', 4), policy('Percent', 90)]) })), [19, 'ScaleUpLimit']],
  ['the policy that lets least', () => limited(wish(10, 100, { up: rules([policy('Pods', 4), policy('Percent', 90)], { selectPolicy: 'Min' }) })), [14, 'ScaleUpLimit']],
  ['up is off', () => limited(wish(10, 100, { up: rules([policy('Pods', 4)], { selectPolicy: 'Disabled' }) })), [10, 'ScaleUpLimit']],
  ['what was added in the period counts', () => limited(wish(10, 100, { up: rules([policy('Pods', 6)]) }), memory({ ups: [ago(30, 4)] })), [12, 'ScaleUpLimit']],
  ['what was added before it does not', () => limited(wish(10, 100, { up: rules([policy('Pods', 6)]) }), memory({ ups: [ago(61, 4)] })), [16, 'ScaleUpLimit']],
  ['what was taken away in it counts, too', () => limited(wish(10, 100, { up: rules([policy('Pods', 6)]) }), memory({ downs: [ago(30, 4)] })), [20, 'ScaleUpLimit']],
  ['never below what there is on the way up', () => limited(wish(10, 100, { up: rules([policy('Pods', 2)]) }), memory({ ups: [ago(30, 8)] })), [10, 'ScaleUpLimit']],
  ['the maximum comes first', () => limited(wish(10, 100, { max: 12 })), [12, 'TooManyReplicas']],
  ['down, by Pods', () => limited(wish(100, 10, { down: rules([policy('Pods', 20)]) })), [80, 'ScaleDownLimit']],
  ['down, by percent', () => limited(wish(100, 10, { down: rules([policy('Percent', 25)]) })), [75, 'ScaleDownLimit']],
  ['down, the largest change', () => limited(wish(100, 10, { down: rules([policy('Pods', 10), policy('Percent', 25)]) })), [75, 'ScaleDownLimit']],
  ['down, the smallest change', () => limited(wish(100, 10, { down: rules([policy('Pods', 10), policy('Percent', 25)], { selectPolicy: 'Min' }) })), [90, 'ScaleDownLimit']],
  ['down is off', () => limited(wish(100, 10, { down: rules([policy('Pods', 20)], { selectPolicy: 'Disabled' }) })), [100, 'ScaleDownLimit']],
  ['what was taken away in the period', () => limited(wish(100, 10, { down: rules([policy('Pods', 30)]) }), memory({ downs: [ago(30, 10)] })), [80, 'ScaleDownLimit']],
  ['the minimum', () => limited(wish(10, 0, { min: 2 })), [2, 'TooFewReplicas']],
  ['as many as are asked for', () => limited(wish(10, 12)), [12, 'DesiredWithinRange']],
  ['as many as there are', () => limited(wish(10, 10)), [10, 'DesiredWithinRange']],
];

const seen = (seconds: number, replicas: number): { at: number; replicas: number } => ({ at: NOW - seconds * 1000, replicas });
const stabilized = (w: Wish, ...recommendations: Memory['recommendations']): number => stabilize(memory({ recommendations }), w).replicas;
const window = (seconds: number): Rules => rules([policy('Pods', 4)], { stabilizationWindowSeconds: seconds });
const STABLE: readonly [string, () => unknown, unknown][] = [
  ['up at once without a window', () => stabilized(wish(10, 20), seen(10, 12)), 20],
  ['up no higher than the lowest of the window', () => stabilized(wish(10, 20, { up: window(60) }), seen(50, 15), seen(10, 18)), 15],
  ['not below what there is', () => stabilized(wish(10, 20, { up: window(60) }), seen(10, 5)), 10],
  ['what is older does not count', () => stabilized(wish(10, 20, { up: window(60) }), seen(70, 15)), 20],
  ['down no lower than the highest of the window', () => stabilized(wish(10, 2, { down: window(300) }), seen(200, 7), seen(10, 4)), 7],
  ['not above what there is', () => stabilized(wish(10, 2, { down: window(300) }), seen(200, 17)), 10],
  ['down at once without a window', () => stabilized(wish(10, 2), seen(10, 8)), 2],
  ['plainly: the highest of five minutes', () => stabilizePlainly(memory({ recommendations: [seen(200, 7), seen(301, 9)] }), 300_000, wish(10, 2)).replicas, 7],
  ['what is scaled is remembered for the longest period', () => {
    const m = memory({ ups: [ago(100, 1), ago(200, 2)] });
    rememberScale(m, 4, 6, wish(4, 6, { up: rules([policy('Pods', 4, 120)]) }));
    return m.ups.map(({ change }) => change);
  }, [1, 2]],
];

const cases: ConformanceCase[] = [
  ...UTILIZATION.map(([name, given, expected]) => ({ name: `utilization: ${name}`, run: () => byPercent(given), expected })),
  ...AMOUNTS.map(([name, given, expected, resource]) => ({ name: `an amount a Pod: ${name}`, run: () => byAmount(given, resource), expected })),
  ...OTHERS.map(([name, run, expected]) => ({ name, run, expected })),
  ...RATES.map(([name, run, expected]) => ({ name: `rate: ${name}`, run, expected })),
  ...STABLE.map(([name, run, expected]) => ({ name: `stable: ${name}`, run, expected })),
];

export const podAutoscalerCases: CaseArea = {
  area: 'autoscaling',
  source: 'pkg/controller/podautoscaler/{replica_calculator,horizontal}_test.go',
  cases,
};
