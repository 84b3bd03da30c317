/** What an autoscaler says in its conditions and events, word for word. */
import { ApiError } from '../../sim/api/errors.ts';
import type { MetricsApi } from '../../sim/api/metrics.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import { podAutoscalerController } from '../../sim/controlplane/podautoscaler/horizontal.ts';
import type { AutoscalerState } from '../../sim/controlplane/podautoscaler/reconcile.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const PERIOD_MS = 15_000;
const HOUR_MS = 3_600_000;
const unavailable = (): never => {
  throw new ApiError('ServiceUnavailable', 'the server is currently unable to handle the request');
};

interface Given {
  readonly spec?: object;
  /** Of the target, and as many ready Pods unless `pods` says another number. */
  readonly replicas?: number;
  readonly pods?: number;
  /** Thousandths of a CPU that each Pod uses; undefined: metrics-server does not answer. */
  readonly cpuMilli?: number;
  readonly metrics?: Partial<MetricsApi>;
  readonly requests?: object;
  /** Since when the Pods run. */
  readonly agedMs?: number;
  /** Another autoscaler of another target, whose Pods these labels select. */
  readonly rival?: { readonly target: string; readonly selects: Record<string, string> };
  readonly before?: (h: Harness<AutoscalerState>) => void;
  readonly periods?: number;
}

const deployment = (name: string, replicas: number, matchLabels: object): object => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'default' }, status: { replicas },
  spec: { replicas, selector: { matchLabels }, template: { metadata: { labels: { app: 'web', ...matchLabels } }, spec: { containers: [{ name: 'web', image: 'web' }] } } },
});
const autoscaler = (name: string, spec: object): object => ({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name, namespace: 'default' }, spec, status: {} });
const steers = (name: string): object => ({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } });
const cpu = (target: object, more: object = {}): object => ({ type: 'Resource', resource: { name: 'cpu', target, ...more } });
const HALF = { type: 'Utilization', averageUtilization: 50 };

function play({ spec = {}, replicas = 1, pods = replicas, cpuMilli, metrics = {}, requests = { cpu: '100m' }, agedMs = HOUR_MS, rival, before, periods = 1 }: Given): Harness<AutoscalerState> {
  const h = harness<AutoscalerState>([podAutoscalerController]);
  h.metrics = {
    nodes: unavailable, ofPods: unavailable, ofObject: unavailable, external: unavailable,
    pods: () => (cpuMilli === undefined ? unavailable() : h.api.list('Pod').map(({ metadata: { name } }) => ({
      namespace: 'default', name, at: h.now, windowMs: PERIOD_MS, containers: [{ name: 'web', cpuMilli, memoryBytes: 1 }],
    }))),
    ...metrics,
  };
  h.put(deployment('web', replicas, { app: 'web' }));
  for (let i = 0; i < pods; i += 1)
    h.put({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: `web-${i}`, namespace: 'default', labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web', resources: { requests } }] },
      status: { phase: 'Running', startTime: rfc3339(-agedMs), conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: rfc3339(-agedMs) }] },
    });
  if (rival !== undefined) {
    h.put(deployment(rival.target, 1, rival.selects));
    h.put(autoscaler('rival', { ...steers(rival.target), maxReplicas: 10, metrics: [cpu(HALF)] }));
  }
  h.put(autoscaler('web', { ...steers('web'), maxReplicas: 10, metrics: [cpu(HALF)], ...spec }));
  before?.(h);
  h.pass(periods * PERIOD_MS);
  return h;
}

const events = (given: Given): string[] =>
  play(given).events.filter(({ object }) => object === 'HorizontalPodAutoscaler/web').map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
const conditions = (given: Given): string[] => {
  const { status } = play(given).api.get('HorizontalPodAutoscaler', 'default', 'web');
  return (status.conditions ?? []).map(({ type, status: holds, reason, message }) => `${type} ${holds} ${reason}: ${message}`);
};
const status = (given: Given): unknown => {
  const { currentReplicas, desiredReplicas, currentMetrics, lastScaleTime } = play(given).api.get('HorizontalPodAutoscaler', 'default', 'web').status;
  return { currentReplicas, desiredReplicas, currentMetrics, scaled: lastScaleTime !== undefined };
};

const queue = (target: object, selector?: object): object => ({ metrics: [{ type: 'External', external: { metric: { name: 'queue', ...(selector === undefined ? {} : { selector }) }, target } }] });
const WORKERS = { matchLabels: { zone: 'a', queue: 'work' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['x', 'y'] }] };
const AS_GO = '&LabelSelector{MatchLabels:map[string]string{queue: work,zone: a,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:tier,Operator:In,Values:[x y],},},}';
const hits = (target: object): object => ({ metrics: [{ type: 'Object', object: { describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' }, metric: { name: 'hits' }, target } }] });
const inPods = { metrics: [{ type: 'Pods', pods: { metric: { name: 'qps' }, target: { type: 'AverageValue', averageValue: '10' } } }] };
const ofContainer = (target: object): object => ({ metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target } }] });
const VALUE = { type: 'Value', value: '10' };
const AVERAGE = { type: 'AverageValue', averageValue: '10' };
const DOWN = 'the server is currently unable to handle the request';
const NO_CPU = `failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: ${DOWN}`;
const NO_QUEUE = (selector: string): string => `unable to get external metric default/queue/${selector}: unable to fetch metrics from external metrics API: ${DOWN}`;
const NO_HITS = `unable to get metric hits: Ingress on default main/unable to fetch metrics from custom metrics API: ${DOWN}`;
const NO_QPS = `unable to get metric qps: unable to fetch metrics from custom metrics API: ${DOWN}`;
const CONTESTED = 'pods by selector app=web are controlled by multiple HPAs: [default/rival default/web]';
const both = (reason: string, why: string, whole: string): string[] => [`Warning ${reason}: ${why}`, `Warning FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: ${whole}`];
const GOT_SCALE = "AbleToScale True SucceededGetScale: the HPA controller was able to get the target's current scale";
const READY = 'AbleToScale True ReadyForNewScale: recommended size matches current size';
const inactive = (reason: string, why: string): string => `ScalingActive False ${reason}: the HPA was unable to compute the replica count: ${why}`;
const found = (metric: string): string => `ScalingActive True ValidMetricFound: the HPA was able to successfully calculate a replica count from ${metric}`;
const BY_CPU = 'cpu resource utilization (percentage of request)';
const rescaled = (to: number): string => `AbleToScale True SucceededRescale: the HPA controller was able to update the target scale to ${to}`;
const WITHIN = 'ScalingLimited False DesiredWithinRange: the desired count is within the acceptable range';

const EVENTS: readonly (readonly [name: string, given: Given, expected: readonly string[]])[] = [
  ['up, by a resource', { cpuMilli: 100 }, [`Normal SuccessfulRescale: New size: 2; reason: ${BY_CPU} above target`]],
  ['up, by an amount of a resource', { cpuMilli: 100, spec: { metrics: [cpu({ type: 'AverageValue', averageValue: '50m' })] } }, ['Normal SuccessfulRescale: New size: 2; reason: cpu resource above target']],
  ['up, by a container', { cpuMilli: 100, spec: ofContainer(HALF) }, ['Normal SuccessfulRescale: New size: 2; reason: cpu container resource utilization (percentage of request) above target']],
  ['up, by an amount of a container', { cpuMilli: 100, spec: ofContainer({ type: 'AverageValue', averageValue: '50m' }) }, ['Normal SuccessfulRescale: New size: 2; reason: cpu resource above target']],
  ['up, by what Pods say', { spec: inPods, metrics: { ofPods: () => new Map([['web-0', 20_000]]) } }, ['Normal SuccessfulRescale: New size: 2; reason: pods metric qps above target']],
  ['up, by an object', { spec: hits(VALUE), metrics: { ofObject: () => 20_000 } }, ['Normal SuccessfulRescale: New size: 2; reason: Ingress metric hits above target']],
  ['up, by an object, shared', { spec: hits(AVERAGE), metrics: { ofObject: () => 20_000 } }, ['Normal SuccessfulRescale: New size: 2; reason: external metric hits(nil) above target']],
  ['up, by what is outside', { spec: queue(VALUE), metrics: { external: () => [20_000] } }, ['Normal SuccessfulRescale: New size: 2; reason: external metric queue(nil) above target']],
  ['up, by what is outside, selected', { spec: queue(AVERAGE, WORKERS), metrics: { external: () => [20_000] } }, [`Normal SuccessfulRescale: New size: 2; reason: external metric queue(${AS_GO}) above target`]],
  ['down', { replicas: 2, cpuMilli: 10, spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } }, ['Normal SuccessfulRescale: New size: 1; reason: All metrics below target']],
  ['above the most', { replicas: 4, spec: { maxReplicas: 2 } }, ['Normal SuccessfulRescale: New size: 2; reason: Current number of replicas above Spec.MaxReplicas']],
  ['below the least', { replicas: 1, spec: { minReplicas: 3 } }, ['Normal SuccessfulRescale: New size: 3; reason: Current number of replicas below Spec.MinReplicas']],
  ['back to what was recommended of late', {
    replicas: 4, cpuMilli: 50, periods: 2,
    before: (h) => {
      h.pass(PERIOD_MS);
      h.api.scale('Deployment', 'default', 'web', 2);
      for (const name of ['web-2', 'web-3']) h.api.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });
    },
  }, ['Normal SuccessfulRescale: New size: 4; reason: ']],
  ['a resource that is not measured', {}, both('FailedGetResourceMetric', NO_CPU, `failed to get cpu resource metric value: ${NO_CPU}`)],
  ['a container that is not measured', { spec: ofContainer(HALF) }, both('FailedGetContainerResourceMetric', NO_CPU, `failed to get web container metric value: ${NO_CPU}`)],
  ['an amount that is not measured', { spec: { metrics: [cpu({ type: 'AverageValue', averageValue: '50m' })] } },
    both('FailedGetResourceMetric', NO_CPU.replace('utilization', 'usage'), `failed to get cpu resource metric value: ${NO_CPU.replace('utilization', 'usage')}`)],
  ['Pods that say nothing', { spec: inPods }, both('FailedGetPodsMetric', NO_QPS, `failed to get pods metric value: ${NO_QPS}`)],
  ['an object that says nothing', { spec: hits(VALUE) }, both('FailedGetObjectMetric', NO_HITS, `failed to get object metric value: ${NO_HITS}`)],
  ['an object that says nothing, shared', { spec: hits(AVERAGE) }, both('FailedGetObjectMetric', NO_HITS, `failed to get object metric value: failed to get hits object metric: ${NO_HITS}`)],
  ['nothing from outside', { spec: queue(VALUE) }, both('FailedGetExternalMetric', NO_QUEUE('nil'), `failed to get queue external metric value: failed to get external metric queue: ${NO_QUEUE('nil')}`)],
  ['nothing from outside, shared', { spec: queue(AVERAGE, WORKERS) }, both('FailedGetExternalMetric', NO_QUEUE(AS_GO), `failed to get queue external metric value: failed to get queue external metric: ${NO_QUEUE(AS_GO)}`)],
  ['nothing of any Pod', { metrics: { pods: () => [] } }, both('FailedGetResourceMetric', 'failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    'failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API')],
  ['Pods that ask for nothing', { cpuMilli: 100, requests: {} }, both('FailedGetResourceMetric', 'failed to get cpu utilization: missing request for cpu in container web of Pod web-0',
    'failed to get cpu resource metric value: failed to get cpu utilization: missing request for cpu in container web of Pod web-0')],
  ['young Pods, which ask for nothing', { cpuMilli: 100, requests: {}, agedMs: -PERIOD_MS + 1000 }, both('FailedGetResourceMetric', 'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)',
    'failed to get cpu resource metric value: failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)')],
  ['a container that is not there', { cpuMilli: 100, spec: { metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'other', target: HALF } }] } },
    both('FailedGetContainerResourceMetric', 'failed to get cpu utilization: unable to get metrics for resource cpu: container other not present in metrics for pod default/web-0',
      'failed to get other container metric value: failed to get cpu utilization: unable to get metrics for resource cpu: container other not present in metrics for pod default/web-0')],
  ['one of two metrics, which would go up', { spec: { metrics: [cpu(HALF), (queue(AVERAGE) as { metrics: object[] }).metrics[0]!] }, metrics: { external: () => [20_000] } },
    [`Warning FailedGetResourceMetric: ${NO_CPU}`, 'Normal SuccessfulRescale: New size: 2; reason: external metric queue(nil) above target']],
  ['one of two metrics, which would go down', { replicas: 3, spec: { metrics: [cpu(HALF), (queue(AVERAGE) as { metrics: object[] }).metrics[0]!] }, metrics: { external: () => [10_000] } },
    [`Warning FailedGetResourceMetric: ${NO_CPU}`, `Warning FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 2), first error is: failed to get cpu resource metric value: ${NO_CPU}`]],
  ['no target', { spec: steers('other') }, ['Warning FailedGetScale: deployments.apps "other" not found']],
  ['a kind that is not served', { spec: { scaleTargetRef: { apiVersion: 'example.com/v1', kind: 'Widget', name: 'web' } } }, ['Warning FailedGetScale: no matches for kind "Widget" in group "example.com"']],
  ['a target that cannot be written', { cpuMilli: 100, before: (h) => { h.refuse = (verb) => { if (verb === 'scale') unavailable(); }; } },
    [`Warning FailedRescale: New size: 2; reason: ${BY_CPU} above target; error: ${DOWN}`]],
  ['a status that cannot be written', { cpuMilli: 50, before: (h) => { h.refuse = (verb) => { if (verb === 'updateStatus') unavailable(); }; } }, [`Warning FailedUpdateStatus: ${DOWN}`]],
  ['two of one target', { cpuMilli: 50, rival: { target: 'web', selects: { app: 'web' } } }, [`Warning AmbiguousSelector: ${CONTESTED}`, `Warning FailedComputeMetricsReplicas: ${CONTESTED}`]],
  ['two whose targets share a Pod', {
    cpuMilli: 50, rival: { target: 'other', selects: { tier: 'front' } },
    before: (h) => h.put({ ...h.api.get('Pod', 'default', 'web-0'), metadata: { ...h.api.get('Pod', 'default', 'web-0').metadata, labels: { app: 'web', tier: 'front' } } }),
  }, [`Warning AmbiguousSelector: ${CONTESTED}`, `Warning FailedComputeMetricsReplicas: ${CONTESTED}`]],
  ['two whose targets share none', { cpuMilli: 50, periods: 2, rival: { target: 'other', selects: { app: 'other' } } }, []],
  ['two of one target without Pods', { pods: 0, cpuMilli: 50, rival: { target: 'web', selects: { app: 'web' } } },
    both('FailedGetResourceMetric', 'failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      'failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API')],
];

const stay = { scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } };
const slowly = { scaleUp: { stabilizationWindowSeconds: 60 } };
const CONDITIONS: readonly (readonly [name: string, given: Given, expected: readonly string[]])[] = [
  ['as many as there should be', { cpuMilli: 50 }, [READY, found(BY_CPU), WITHIN]],
  ['scaled', { cpuMilli: 100 }, [rescaled(2), found(BY_CPU), WITHIN]],
  ['down is held back', { replicas: 4, cpuMilli: 10 }, ['AbleToScale True ScaleDownStabilized: recent recommendations were higher than current one, applying the highest recent recommendation', found(BY_CPU), WITHIN]],
  ['up is held back', { cpuMilli: 100, spec: { behavior: slowly } }, ['AbleToScale True ScaleUpStabilized: recent recommendations were lower than current one, applying the lowest recent recommendation', found(BY_CPU), WITHIN]],
  ['more than the most', { cpuMilli: 400, replicas: 2, spec: { maxReplicas: 3 } }, [rescaled(3), found(BY_CPU), 'ScalingLimited True TooManyReplicas: the desired replica count is more than the maximum replica count']],
  ['fewer than the least', { cpuMilli: 1, replicas: 3, spec: { minReplicas: 2, behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } },
    [rescaled(2), found(BY_CPU), 'ScalingLimited True TooFewReplicas: the desired replica count is less than the minimum replica count']],
  ['up too fast', { cpuMilli: 1000, spec: { maxReplicas: 100 } }, [rescaled(4), found(BY_CPU), 'ScalingLimited True ScaleUpLimit: the desired replica count is increasing faster than the maximum scale rate']],
  ['down too fast', { cpuMilli: 1, replicas: 5, spec: { behavior: stay } }, [rescaled(4), found(BY_CPU), 'ScalingLimited True ScaleDownLimit: the desired replica count is decreasing faster than the maximum scale rate']],
  ['a target of none', { replicas: 0 }, [GOT_SCALE, 'ScalingActive False ScalingDisabled: scaling is disabled since the replica count of the target is zero']],
  ['nothing measured', {}, [GOT_SCALE, inactive('FailedGetResourceMetric', NO_CPU)]],
  ['Pods that say nothing', { spec: inPods }, [GOT_SCALE, inactive('FailedGetPodsMetric', NO_QPS)]],
  ['an object that says nothing', { spec: hits(AVERAGE) }, [GOT_SCALE, inactive('FailedGetObjectMetric', NO_HITS)]],
  ['nothing from outside', { spec: queue(VALUE) }, [GOT_SCALE, inactive('FailedGetExternalMetric', NO_QUEUE('nil'))]],
  ['no target', { spec: steers('other') }, ['AbleToScale False FailedGetScale: the HPA controller was unable to get the target\'s current scale: deployments.apps "other" not found']],
  ['a target that cannot be written', { cpuMilli: 100, before: (h) => { h.refuse = (verb) => { if (verb === 'scale') unavailable(); }; } },
    [`AbleToScale False FailedUpdateScale: the HPA controller was unable to update the target scale: ${DOWN}`, found(BY_CPU), WITHIN]],
  ['two of one target', { cpuMilli: 50, rival: { target: 'web', selects: { app: 'web' } } }, [GOT_SCALE, `ScalingActive False AmbiguousSelector: ${CONTESTED}`]],
];

const cpuStatus = { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '50m' } } };
const STATUS: readonly (readonly [name: string, given: Given, expected: unknown])[] = [
  ['measured', { cpuMilli: 50 }, { currentReplicas: 1, desiredReplicas: 1, currentMetrics: [cpuStatus], scaled: false }],
  ['not measured', {}, { currentReplicas: 1, desiredReplicas: 0, currentMetrics: [{ type: '' }], scaled: false }],
  ['above the most: the metrics are not asked', { cpuMilli: 50, replicas: 4, spec: { maxReplicas: 2 } }, { currentReplicas: 4, desiredReplicas: 2, currentMetrics: [], scaled: true }],
  ['a target that came to none: what was measured is forgotten', { cpuMilli: 50, before: (h) => { h.pass(PERIOD_MS); h.api.scale('Deployment', 'default', 'web', 0); } },
    { currentReplicas: 0, desiredReplicas: 0, currentMetrics: [], scaled: false }],
];

const cases: ConformanceCase[] = [
  ...EVENTS.map(([name, given, expected]) => ({ name: `events: ${name}`, run: () => events(given), expected })),
  ...CONDITIONS.map(([name, given, expected]) => ({ name: `conditions: ${name}`, run: () => conditions(given), expected })),
  ...STATUS.map(([name, given, expected]) => ({ name: `status: ${name}`, run: () => status(given), expected })),
];

export const podAutoscalerWordCases: CaseArea = {
  area: 'autoscaling: conditions and events',
  source: 'pkg/controller/podautoscaler/{horizontal.go,horizontal_test.go}, metrics/client.go', cases,
};
