/**
 * What each metric of an autoscaler says: how many replicas it asks for, and what its status shows. Models
 * computeReplicasForMetric of pkg/controller/podautoscaler/horizontal.go and metrics/client.go.
 */
import { ApiError } from '../../api/errors.ts';
import { goSelector } from '../../api/goselector.ts';
import { formatQuantity, milliValue, parseQuantity } from '../../api/quantity.ts';
import { matches } from '../../api/selector.ts';
import type { HorizontalPodAutoscaler, LabelSelector, Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import {
  byAverage,
  byUtilization,
  isTolerated,
  MetricError,
  proposeByPods,
  proposeByRatio,
  proposeByShare,
  requestsOf,
  type Basis,
  type PodMetric,
  type PodMetrics,
  type Tolerances,
} from './replicas.ts';
import type { Scale } from './scale.ts';

export type MetricSpec = NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number];
export type MetricStatus = NonNullable<HorizontalPodAutoscaler['status']['currentMetrics']>[number];

/** What a metric asks for. */
export interface Found {
  readonly replicas: number;
  /** As reasons of rescaling name it: `cpu resource utilization (percentage of request)`. */
  readonly name: string;
  readonly status: MetricStatus;
}

/** A metric that says nothing: why, as the condition and its event have it, and as the sync reports it. */
export class InvalidMetric extends MetricError {
  readonly reason: string;
  /** What the event says. */
  readonly why: string;

  constructor(reason: string, why: string, whole: string) {
    super(whole);
    this.reason = reason;
    this.why = why;
  }
}

/** What a metric is looked at with. */
export interface Question {
  readonly ctx: ControllerContext;
  readonly hpa: HorizontalPodAutoscaler;
  readonly scale: Scale;
  readonly tolerances: Tolerances;
}

const amount = (milli: number): string => formatQuantity(parseQuantity(`${milli}m`));

/** Does what asks an API; what that answers instead becomes part of the reason. */
function asked<T>(api: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new MetricError(`unable to fetch metrics from ${api} API: ${error.message}`);
  }
}

/** The reason with something before it. */
function told<T>(prefix: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    throw new MetricError(`${prefix}: ${error.message}`);
  }
}

function podsOf({ ctx, hpa, scale }: Question): Pod[] {
  const { selector } = scale;
  if (selector === undefined) return [];
  return ctx.cache
    .list('Pod', hpa.metadata.namespace)
    .filter((pod) => matches(selector, pod.metadata.labels ?? {}));
}

/** What metrics-server says of the Pods, or of one container of each. */
function resourceMetrics(
  { ctx, hpa }: Question,
  resource: string,
  pods: readonly Pod[],
  container: string | undefined,
): PodMetrics {
  const namespace = hpa.metadata.namespace ?? '';
  const names = new Set(pods.map((pod) => pod.metadata.name));
  const usages = asked('resource metrics', () => ctx.metrics.pods(namespace)).filter((u) =>
    names.has(u.name),
  );
  if (usages.length === 0) throw new MetricError('no metrics returned from resource metrics API');
  const found = new Map<string, PodMetric>();
  for (const { name, at, windowMs, containers } of usages) {
    const counted = container === undefined ? containers : containers.filter((c) => c.name === container);
    if (counted.length === 0)
      throw new MetricError(`container ${container} not present in metrics for pod ${namespace}/${name}`);
    const value = counted.reduce(
      (sum, c) => sum + (resource === 'cpu' ? c.cpuMilli : c.memoryBytes * 1000),
      0,
    );
    found.set(name, { value, at, windowMs });
  }
  return found;
}

function basisOf(question: Question, pods: readonly Pod[], metrics: PodMetrics, resource: string): Basis {
  const { ctx, scale, tolerances } = question;
  return {
    pods,
    metrics,
    resource,
    current: scale.specReplicas,
    tolerances,
    settings: ctx.config,
    now: ctx.now,
  };
}

interface ResourceSource {
  readonly name: string;
  readonly container?: string;
  readonly target: { averageUtilization?: number; averageValue?: string | number };
}

/** Resource and ContainerResource. */
function ofResource(
  question: Question,
  type: 'Resource' | 'ContainerResource',
  source: ResourceSource,
): Found {
  const { name: resource, container, target } = source;
  const pods = podsOf(question);
  const reason = type === 'Resource' ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric';
  try {
    return told(
      `failed to get ${resource} ${target.averageValue === undefined ? 'utilization' : 'usage'}`,
      () => {
        const metrics = told(`unable to get metrics for resource ${resource}`, () =>
          resourceMetrics(question, resource, pods, container),
        );
        const basis = basisOf(question, pods, metrics, resource);
        const field = type === 'Resource' ? 'resource' : 'containerResource';
        const statusOf = (current: object): MetricStatus =>
          ({
            type,
            [field]: { name: resource, ...(container === undefined ? {} : { container }), current },
          }) as unknown as MetricStatus;
        if (target.averageValue !== undefined) {
          const wanted = milliValue(target.averageValue);
          const { replicas, usage } = proposeByPods(basis, byAverage(wanted), () => wanted);
          const status = statusOf({ averageValue: amount(usage.average) });
          return { replicas, name: `${resource} resource`, status };
        }
        const percent = target.averageUtilization!;
        // Read when a Pod has said something: what asks for nothing matters no sooner.
        let requests: ReadonlyMap<string, number> | undefined;
        const asks = (): ReadonlyMap<string, number> => (requests ??= requestsOf(pods, resource, container));
        // What says nothing counts as at its request, or at its target where that is more.
        const full = Math.max(100, percent);
        const { replicas, usage } = proposeByPods(
          basis,
          (values) => byUtilization(asks(), percent)(values),
          (name) => Math.trunc((asks().get(name)! * full) / 100),
        );
        const what = type === 'Resource' ? `${resource} resource` : `${resource} container resource`;
        return {
          replicas,
          name: `${what} utilization (percentage of request)`,
          status: statusOf({ averageUtilization: usage.percent, averageValue: amount(usage.average) }),
        };
      },
    );
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    const what = type === 'Resource' ? `${resource} resource` : `${container} container`;
    throw new InvalidMetric(reason, error.message, `failed to get ${what} metric value: ${error.message}`);
  }
}

interface Named {
  readonly name: string;
  readonly selector?: LabelSelector;
}
interface ValueTarget {
  readonly value?: string | number;
  readonly averageValue?: string | number;
}

const identifier = ({ name, selector }: Named): object => ({
  name,
  ...(selector === undefined ? {} : { selector }),
});

function ofPods(question: Question, metric: Named, target: ValueTarget): Found {
  const wanted = milliValue(target.averageValue!);
  const pods = podsOf(question);
  const { replicas, usage } = told(`unable to get metric ${metric.name}`, () => {
    const { ctx } = question;
    const values = asked('custom metrics', () => ctx.metrics.ofPods(metric.name, pods));
    if (values.size === 0) throw new MetricError('no metrics returned from custom metrics API');
    const metrics = new Map(
      [...values].map(([name, value]): [string, PodMetric] => [name, { value, at: ctx.now, windowMs: 0 }]),
    );
    return proposeByPods(basisOf(question, pods, metrics, ''), byAverage(wanted), () => wanted);
  });
  return {
    replicas,
    name: `pods metric ${metric.name}`,
    status: {
      type: 'Pods',
      pods: { metric: identifier(metric), current: { averageValue: amount(usage.average) } },
    } as unknown as MetricStatus,
  };
}

function byValue(
  question: Question,
  total: number,
  target: ValueTarget,
): { replicas: number; current: object } {
  const { scale, tolerances } = question;
  if (target.value !== undefined) {
    const ratio = total / milliValue(target.value);
    // Only where something is to be done Pods are counted.
    const pods = isTolerated(ratio, tolerances) ? [] : podsOf(question);
    return {
      replicas: proposeByRatio(ratio, scale.specReplicas, pods, tolerances),
      current: { value: amount(total) },
    };
  }
  const { statusReplicas } = scale;
  return {
    replicas: proposeByShare(total, milliValue(target.averageValue!), statusReplicas, tolerances),
    current: { averageValue: amount(statusReplicas === 0 ? 0 : Math.ceil(total / statusReplicas)) },
  };
}

interface ObjectSource {
  readonly describedObject: { readonly kind: string; readonly name: string; readonly apiVersion?: string };
  readonly metric: Named;
  readonly target: ValueTarget;
}

function ofObject(question: Question, { describedObject, metric, target }: ObjectSource): Found {
  const { ctx, hpa } = question;
  const { kind, name } = describedObject;
  const namespace = hpa.metadata.namespace ?? '';
  let total: number;
  try {
    total = asked('custom metrics', () => ctx.metrics.ofObject(metric.name, kind, namespace, name));
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    throw new MetricError(
      `unable to get metric ${metric.name}: ${kind} on ${namespace} ${name}/${error.message}`,
    );
  }
  const { replicas, current } = byValue(question, total, target);
  return {
    replicas,
    name:
      target.value === undefined
        ? `external metric ${metric.name}(${goSelector(metric.selector)})`
        : `${kind} metric ${metric.name}`,
    status: {
      type: 'Object',
      object: { describedObject, metric: identifier(metric), current },
    } as unknown as MetricStatus,
  };
}

function ofExternal(question: Question, metric: Named, target: ValueTarget): Found {
  const { ctx, hpa } = question;
  const values = told(
    `unable to get external metric ${hpa.metadata.namespace}/${metric.name}/${goSelector(metric.selector)}`,
    () => asked('external metrics', () => ctx.metrics.external(metric.name)),
  );
  const total = values.reduce((sum, value) => sum + value, 0);
  const { replicas, current } = byValue(question, total, target);
  return {
    replicas,
    name: `external metric ${metric.name}(${goSelector(metric.selector)})`,
    status: {
      type: 'External',
      external: { metric: identifier(metric), current },
    } as unknown as MetricStatus,
  };
}

/** A metric that is not of a resource: its failure under a reason of its own. */
function otherwise(reason: string, prefixes: readonly string[], act: () => Found): Found {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    throw new InvalidMetric(reason, error.message, [...prefixes, error.message].join(': '));
  }
}

/** @throws InvalidMetric */
export function askMetric(question: Question, spec: MetricSpec): Found {
  const source = spec as unknown as {
    resource?: ResourceSource;
    containerResource?: ResourceSource;
    pods?: { metric: Named; target: ValueTarget };
    object?: ObjectSource;
    external?: { metric: Named; target: ValueTarget };
  };
  switch (spec.type) {
    case 'Resource':
      return ofResource(question, 'Resource', source.resource!);
    case 'ContainerResource':
      return ofResource(question, 'ContainerResource', source.containerResource!);
    case 'Pods': {
      const { metric, target } = source.pods!;
      return otherwise('FailedGetPodsMetric', ['failed to get pods metric value'], () =>
        ofPods(question, metric, target),
      );
    }
    case 'Object': {
      const { metric, target } = source.object!;
      const within = target.value === undefined ? [`failed to get ${metric.name} object metric`] : [];
      return otherwise('FailedGetObjectMetric', ['failed to get object metric value', ...within], () =>
        ofObject(question, source.object!),
      );
    }
    default: {
      const { metric, target } = source.external!;
      const { name } = metric;
      const within =
        target.value === undefined
          ? `failed to get ${name} external metric`
          : `failed to get external metric ${name}`;
      return otherwise(
        'FailedGetExternalMetric',
        [`failed to get ${name} external metric value`, within],
        () => ofExternal(question, metric, target),
      );
    }
  }
}
