/**
 * How many replicas a metric asks for. Models pkg/controller/podautoscaler/replica_calculator.go and
 * metrics/utilization.go. Amounts are thousandths.
 */
import { podCondition } from '../../api/conditions.ts';
import { isNil } from '../../api/defaults/fill.ts';
import { milliValue } from '../../api/quantity.ts';
import { parseTime } from '../../api/time.ts';
import type { Container, Pod } from '../../api/types.ts';
import type { ClusterConfig } from '../../config.ts';
import type { Millis } from '../../kernel/types.ts';

/** Why a metric says nothing; the words end up in conditions and events. */
export class MetricError extends Error {
  override readonly name = 'MetricError';
}

/** What a Pod uses, and over which window that was measured. */
export interface PodMetric {
  readonly value: number;
  readonly at: Millis;
  readonly windowMs: Millis;
}
export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** Between which ratios of use to target nothing is done: `1 - down` and `1 + up`. */
export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

export const isTolerated = (ratio: number, { up, down }: Tolerances): boolean =>
  1 - down <= ratio && ratio <= 1 + up;

export type Settings = Pick<
  ClusterConfig,
  'horizontalPodAutoscalerCpuInitializationPeriodMs' | 'horizontalPodAutoscalerInitialReadinessDelayMs'
>;

interface Groups {
  readonly ready: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  readonly ignored: readonly string[];
}

/** Whether what a young or never ready Pod uses of the CPU says nothing about the load. */
function isUnready(pod: Pod, metric: PodMetric, settings: Settings, now: Millis): boolean {
  const condition = podCondition(pod, 'Ready');
  const { startTime } = pod.status;
  if (condition === undefined || isNil(startTime)) return true;
  const changedAt = parseTime(condition.lastTransitionTime as string);
  const startedAt = parseTime(startTime as string);
  const notReady = condition.status === 'False';
  // While it may still be starting, a window must have passed since it became ready.
  if (startedAt + settings.horizontalPodAutoscalerCpuInitializationPeriodMs > now)
    return notReady || metric.at < changedAt + metric.windowMs;
  return notReady && startedAt + settings.horizontalPodAutoscalerInitialReadinessDelayMs > changedAt;
}

function groupPods(
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  settings: Settings,
  now: Millis,
): Groups {
  let ready = 0;
  const [unready, missing, ignored]: [string[], string[], string[]] = [[], [], []];
  for (const pod of pods) {
    const { name } = pod.metadata;
    const metric = metrics.get(name);
    if (pod.metadata.deletionTimestamp !== undefined || pod.status.phase === 'Failed') ignored.push(name);
    else if (pod.status.phase === 'Pending') unready.push(name);
    else if (metric === undefined) missing.push(name);
    else if (resource === 'cpu' && isUnready(pod, metric, settings, now)) unready.push(name);
    else ready += 1;
  }
  return { ready, unready, missing, ignored };
}

/** What the Pods ask for of a resource. @throws MetricError for one that does not */
export function requestsOf(
  pods: readonly Pod[],
  resource: string,
  container: string | undefined,
): ReadonlyMap<string, number> {
  const requests = new Map<string, number>();
  for (const { metadata, spec } of pods) {
    const whole = (spec.resources?.requests as Record<string, string | number> | undefined)?.[resource];
    if (container === undefined && !isNil(whole)) {
      requests.set(metadata.name, milliValue(whole));
      continue;
    }
    const sidecars = ((spec.initContainers ?? []) as Container[]).filter((c) => c.restartPolicy === 'Always');
    let sum = 0;
    for (const c of [...spec.containers, ...sidecars]) {
      if (container !== undefined && c.name !== container) continue;
      const request = (c.resources?.requests as Record<string, string | number> | undefined)?.[resource];
      if (isNil(request))
        throw new MetricError(
          `missing request for ${resource} in container ${c.name} of Pod ${metadata.name}`,
        );
      sum += milliValue(request);
    }
    requests.set(metadata.name, sum);
  }
  return requests;
}

/** How a use stands to its target. */
export interface Usage {
  readonly ratio: number;
  /** Percent of what is asked for; undefined where the target is an amount. */
  readonly percent: number | undefined;
  /** Of a Pod, on average. */
  readonly average: number;
}

type Measure = (values: ReadonlyMap<string, number>) => Usage;

/** By percent of what the Pods ask for. */
export const byUtilization =
  (requests: ReadonlyMap<string, number>, targetPercent: number): Measure =>
  (values) => {
    let [used, asked, entries] = [0, 0, 0];
    for (const [name, value] of values) {
      const request = requests.get(name);
      if (request === undefined) continue;
      used += value;
      asked += request;
      entries += 1;
    }
    if (asked === 0) throw new MetricError('no metrics returned matched known pods');
    const percent = Math.trunc((used * 100) / asked);
    return { ratio: percent / targetPercent, percent, average: Math.trunc(used / entries) };
  };

/** By an amount a Pod. */
export const byAverage =
  (target: number): Measure =>
  (values) => {
    let used = 0;
    for (const value of values.values()) used += value;
    const average = Math.trunc(used / values.size);
    return { ratio: average / target, percent: undefined, average };
  };

export interface Proposal {
  readonly replicas: number;
  readonly usage: Usage;
}

/** What is proposed by. */
export interface Basis {
  readonly pods: readonly Pod[];
  readonly metrics: PodMetrics;
  /** `cpu`, `memory`; '' for a metric of another kind. */
  readonly resource: string;
  readonly current: number;
  readonly tolerances: Tolerances;
  readonly settings: Settings;
  readonly now: Millis;
}

/**
 * How many Pods bring the use to its target. Pods that say nothing are taken to be at their target when fewer
 * would do, and idle when more are needed, so that neither is done for lack of knowledge.
 * @param atTarget what a Pod of this name is taken to use where it says nothing and fewer would do
 */
export function proposeByPods(
  { pods, metrics, resource, current, tolerances, settings, now }: Basis,
  measure: Measure,
  atTarget: (name: string) => number,
): Proposal {
  if (pods.length === 0)
    throw new MetricError('no pods returned by selector while calculating replica count');
  const { ready, unready, missing, ignored } = groupPods(pods, metrics, resource, settings, now);
  const left = new Set([...unready, ...ignored]);
  const values = new Map<string, number>();
  for (const [name, { value }] of metrics) if (!left.has(name)) values.set(name, value);
  if (values.size === 0)
    throw new MetricError('did not receive metrics for targeted pods (pods might be unready)');
  const usage = measure(values);
  const { ratio } = usage;
  const unchanged: Proposal = { replicas: current, usage };
  const withUnready = unready.length > 0 && ratio > 1;
  if (!withUnready && missing.length === 0)
    return isTolerated(ratio, tolerances) ? unchanged : { replicas: Math.ceil(ratio * ready), usage };
  if (ratio < 1) for (const name of missing) values.set(name, atTarget(name));
  else if (ratio > 1) for (const name of missing) values.set(name, 0);
  if (withUnready) for (const name of unready) values.set(name, 0);
  const again = measure(values).ratio;
  if (isTolerated(again, tolerances) || (ratio < 1 && again > 1) || (ratio > 1 && again < 1))
    return unchanged;
  const replicas = Math.ceil(again * values.size);
  // The number of Pods considered is another: it must not turn the direction.
  if ((again < 1 && replicas > current) || (again > 1 && replicas < current)) return unchanged;
  return { replicas, usage };
}

/**
 * How many Pods a metric of another object asks for. @param specReplicas 0: from nothing to what is needed
 */
export function proposeByRatio(
  ratio: number,
  specReplicas: number,
  pods: readonly Pod[],
  tolerances: Tolerances,
): number {
  if (specReplicas === 0) return Math.ceil(ratio);
  if (isTolerated(ratio, tolerances)) return specReplicas;
  if (pods.length === 0)
    throw new MetricError(
      'unable to calculate ready pods: no pods returned by selector while calculating replica count',
    );
  const ready = pods.filter(
    (pod) => pod.status.phase === 'Running' && podCondition(pod, 'Ready')?.status === 'True',
  ).length;
  return Math.ceil(ratio * ready);
}

/** How many Pods share a total so that each has its part. */
export function proposeByShare(
  total: number,
  targetPerPod: number,
  statusReplicas: number,
  tolerances: Tolerances,
): number {
  // Of no Pods the ratio is infinite (or, of nothing, none): as in Go, which divides floats.
  const ratio = total / (targetPerPod * statusReplicas);
  return isTolerated(ratio, tolerances) ? statusReplicas : Math.ceil(total / targetPerPod);
}
