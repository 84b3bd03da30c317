/** HorizontalPodAutoscalers from autoscaling/v1 to the version that is stored, and back. */
import type { KubeObject } from '../../sim/api/types.ts';
import { autoscalerFromV1, autoscalerToV1 } from '../../sim/api/resources/autoscalingv1.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './volumeobjects.ts';

const ALPHA = 'autoscaling.alpha.kubernetes.io/';
const SPEC = { scaleTargetRef: { kind: 'Deployment', name: 'web', apiVersion: 'apps/v1' }, minReplicas: 1, maxReplicas: 5 };
const object = (spec: Fields, more: Fields = {}, annotations?: Record<string, string>): KubeObject => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', ...(annotations === undefined ? {} : { annotations }) }, spec: { ...SPEC, ...spec }, ...more,
}) as unknown as KubeObject;
const cpu = (averageUtilization: number): Fields => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });
const metric = { name: 'hits', selector: { matchLabels: { a: 'b' } } };
const PODS = { type: 'Pods', pods: { metric, target: { type: 'AverageValue', averageValue: '10' } } };
const OBJECT = { type: 'Object', object: { describedObject: { kind: 'Ingress', name: 'i' }, metric, target: { type: 'Value', value: '10' } } };
const EXTERNAL = { type: 'External', external: { metric, target: { type: 'AverageValue', averageValue: '10' } } };
const MEMORY = { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } };
const CONTAINER = { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'c', target: { type: 'Utilization', averageUtilization: 60 } } };
const BEHAVIOR = { scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }] } };
const CONDITIONS = [{ type: 'AbleToScale', status: 'True', lastTransitionTime: '2026-01-05T09:00:00Z', reason: 'R', message: 'm' }];
const USED = [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 30, averageValue: '30m' } } }];

type Read = (o: KubeObject) => unknown;
const spec = (o: KubeObject): Fields => (o as unknown as { spec: Fields }).spec;
const status = (o: KubeObject): Fields => (o as unknown as { status: Fields }).status;
const annotation = (name: string): Read => (o) => {
  const text = o.metadata.annotations?.[ALPHA + name];
  return text === undefined ? undefined : JSON.parse(text);
};
const percent: Read = (o) => spec(o)['targetCPUUtilizationPercentage'];
const metrics: Read = (o) => spec(o)['metrics'];

const OUT: [name: string, object: KubeObject, read: Read, expected: unknown][] = [
  ['the percentage of the CPU', object({ metrics: [cpu(50)] }), percent, 50],
  ['no percentage where there is none', object({ metrics: [MEMORY] }), percent, undefined],
  ['no metrics beside it', object({ metrics: [cpu(50)] }), metrics, undefined],
  ['nothing in annotations where the percentage says it all', object({ metrics: [cpu(50)] }), (o) => o.metadata.annotations, undefined],
  ['of several percentages the first', object({ metrics: [cpu(50), cpu(60)] }), percent, 50],
  ['a metric of Pods', object({ metrics: [PODS] }), annotation('metrics'), [{ type: 'Pods', pods: { metricName: 'hits', selector: { matchLabels: { a: 'b' } }, targetAverageValue: '10' } }]],
  ['a metric of an object', object({ metrics: [OBJECT] }), annotation('metrics'), [{ type: 'Object', object: { target: { kind: 'Ingress', name: 'i' }, metricName: 'hits', selector: { matchLabels: { a: 'b' } }, targetValue: '10' } }]],
  ['a metric from outside', object({ metrics: [EXTERNAL] }), annotation('metrics'), [{ type: 'External', external: { metricName: 'hits', metricSelector: { matchLabels: { a: 'b' } }, targetAverageValue: '10' } }]],
  ['a metric of a resource', object({ metrics: [MEMORY] }), annotation('metrics'), [{ type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } }]],
  ['a metric of a container', object({ metrics: [CONTAINER] }), annotation('metrics'), [{ type: 'ContainerResource', containerResource: { name: 'cpu', targetAverageUtilization: 60, container: 'c' } }]],
  ['those beside the percentage alone', object({ metrics: [cpu(50), MEMORY] }), (o) => (annotation('metrics')(o) as unknown[]).length, 1],
  ['behaviour, by its inner names', object({ behavior: BEHAVIOR }), annotation('behavior'), { ScaleUp: { StabilizationWindowSeconds: 0, SelectPolicy: 'Max', Policies: [{ Type: 'Pods', Value: 4, PeriodSeconds: 15 }], Tolerance: null }, ScaleDown: null }],
  ['no behaviour in spec', object({ behavior: BEHAVIOR }), (o) => spec(o)['behavior'], undefined],
  ['conditions', object({}, { status: { conditions: CONDITIONS } }), annotation('conditions'), CONDITIONS],
  ['what is used', object({}, { status: { currentMetrics: USED } }), annotation('current-metrics'), [{ type: 'Resource', resource: { name: 'cpu', currentAverageUtilization: 30, currentAverageValue: '30m' } }]],
  ['what is used, as a percentage', object({}, { status: { currentMetrics: USED } }), (o) => status(o)['currentCPUUtilizationPercentage'], 30],
  ['numbers of replicas', object({}, { status: { currentReplicas: 2, desiredReplicas: 3 } }), status, { currentReplicas: 2, desiredReplicas: 3 }],
  ['what annotations of another origin say is forgotten', object({ metrics: [cpu(50)] }, {}, { [`${ALPHA}metrics`]: '[]', mine: 'x' }), (o) => o.metadata.annotations, { mine: 'x' }],
];

const IN: [name: string, object: KubeObject, read: Read, expected: unknown][] = [
  ['the percentage', object({ targetCPUUtilizationPercentage: 50 }), metrics, [cpu(50)]],
  ['no percentage', object({}), metrics, undefined],
  ['the percentage before the others', object({ targetCPUUtilizationPercentage: 50 }, {}, { [`${ALPHA}metrics`]: JSON.stringify([{ type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } }]) }), metrics, [cpu(50), MEMORY]],
  ['an annotation that cannot be read says nothing', object({ targetCPUUtilizationPercentage: 50 }, {}, { [`${ALPHA}metrics`]: '[{' }), metrics, [cpu(50)]],
  ['annotations are not kept', object({}, {}, { [`${ALPHA}metrics`]: '[]', [`${ALPHA}behavior`]: '{}' }), (o) => o.metadata.annotations, undefined],
  ['behaviour in letters of any size', object({}, {}, { [`${ALPHA}behavior`]: '{"scaleup":{"selectpolicy":"Min"}}' }), (o) => spec(o)['behavior'], { scaleUp: { selectPolicy: 'Min' } }],
];

const FULL = object({ metrics: [cpu(50), PODS, OBJECT, EXTERNAL, MEMORY, CONTAINER], behavior: BEHAVIOR }, { status: { currentReplicas: 1, desiredReplicas: 1, conditions: CONDITIONS, currentMetrics: USED } });
const LATER = object({ metrics: [PODS, cpu(50)] });

export const autoscalingV1Cases: CaseArea = {
  area: 'autoscalers of autoscaling/v1',
  source: 'pkg/apis/autoscaling/v1/{conversion.go,defaults_test.go}, pkg/apis/autoscaling/fuzzer',
  cases: [
    ...OUT.map(([name, o, read, expected]) => ({ name: `to v1: ${name}`, run: () => read(autoscalerToV1(o)), expected })),
    ...IN.map(([name, o, read, expected]) => ({ name: `from v1: ${name}`, run: () => read(autoscalerFromV1(o)), expected })),
    { name: 'there and back', run: () => autoscalerFromV1(autoscalerToV1(FULL)), expected: FULL },
    { name: 'there and back the percentage comes first', run: () => metrics(autoscalerFromV1(autoscalerToV1(LATER))), expected: [cpu(50), PODS] },
  ],
};
