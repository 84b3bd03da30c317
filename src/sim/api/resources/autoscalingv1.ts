/**
 * HorizontalPodAutoscalers as autoscaling/v1 writes them: one metric, a percentage of the CPU asked for, in
 * spec and status; all else goes from version to version as JSON in annotations. Models
 * pkg/apis/autoscaling/v1/conversion.go, annotations.go and helpers.go of pkg/apis/autoscaling.
 */
import { isNil } from '../defaults/fill.ts';
import type { KubeObject } from '../types.ts';

type Fields = Readonly<Record<string, unknown>>;
type Put = Record<string, unknown>;

const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const CURRENT = 'autoscaling.alpha.kubernetes.io/current-metrics';
const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior';
const ROUND_TRIP = [METRICS, CURRENT, CONDITIONS, BEHAVIOR];

const fieldsOf = (value: unknown): Fields => (value ?? {}) as Fields;
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

/** The members that are there. */
const present = (fields: Fields): Put =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isNil(value)));

// ---- metrics: what v2 keeps in a metric and a target, v1 has side by side

/** Of a metric that Pods, an object or something outside tells. */
const nameOf = (source: Fields, key: 'selector' | 'metricSelector'): Fields => {
  const { name = '', selector } = fieldsOf(source['metric']);
  return { metricName: name, [key]: selector };
};
const metricOf = (source: Fields, key: 'selector' | 'metricSelector'): Put =>
  present({ name: source['metricName'], selector: source[key] });

type Convert = (source: Fields) => Fields;

const RESOURCE_OUT: Convert = ({ name, target, container }) => {
  const { averageUtilization, averageValue } = fieldsOf(target);
  return { name, targetAverageUtilization: averageUtilization, targetAverageValue: averageValue, container };
};
const RESOURCE_IN: Convert = (r) => ({
  name: r['name'],
  container: r['container'],
  target: present({
    type: isNil(r['targetAverageUtilization']) ? 'AverageValue' : 'Utilization',
    averageValue: r['targetAverageValue'],
    averageUtilization: r['targetAverageUtilization'],
  }),
});
const RESOURCE_STATUS_OUT: Convert = ({ name, current, container }) => {
  const { averageUtilization, averageValue = '0' } = fieldsOf(current);
  return {
    name,
    currentAverageUtilization: averageUtilization,
    currentAverageValue: averageValue,
    container,
  };
};
const RESOURCE_STATUS_IN: Convert = (r) => ({
  name: r['name'],
  container: r['container'],
  current: present({
    averageValue: r['currentAverageValue'],
    averageUtilization: r['currentAverageUtilization'],
  }),
});

const SPEC_OUT: Readonly<Record<string, Convert>> = {
  object: (o) => {
    const { value = '0', averageValue } = fieldsOf(o['target']);
    return { target: o['describedObject'], ...nameOf(o, 'selector'), targetValue: value, averageValue };
  },
  pods: (p) => {
    const { averageValue = '0' } = fieldsOf(p['target']);
    return { ...nameOf(p, 'selector'), targetAverageValue: averageValue };
  },
  resource: RESOURCE_OUT,
  containerResource: RESOURCE_OUT,
  external: (e) => {
    const { value, averageValue } = fieldsOf(e['target']);
    return { ...nameOf(e, 'metricSelector'), targetValue: value, targetAverageValue: averageValue };
  },
};

const SPEC_IN: Readonly<Record<string, Convert>> = {
  object: (o) => ({
    describedObject: o['target'],
    metric: metricOf(o, 'selector'),
    target: present({
      type: isNil(o['averageValue']) ? 'Value' : 'AverageValue',
      value: o['targetValue'] ?? '0',
      averageValue: o['averageValue'],
    }),
  }),
  pods: (p) => ({
    metric: metricOf(p, 'selector'),
    target: { type: 'AverageValue', averageValue: p['targetAverageValue'] ?? '0' },
  }),
  resource: RESOURCE_IN,
  containerResource: RESOURCE_IN,
  external: (e) => ({
    metric: metricOf(e, 'metricSelector'),
    target: present({
      type: isNil(e['targetValue']) ? 'AverageValue' : 'Value',
      value: e['targetValue'],
      averageValue: e['targetAverageValue'],
    }),
  }),
};

const STATUS_OUT: Readonly<Record<string, Convert>> = {
  object: (o) => {
    const { value = '0', averageValue } = fieldsOf(o['current']);
    return { target: o['describedObject'], ...nameOf(o, 'selector'), currentValue: value, averageValue };
  },
  pods: (p) => {
    const { averageValue = '0' } = fieldsOf(p['current']);
    return { ...nameOf(p, 'selector'), currentAverageValue: averageValue };
  },
  resource: RESOURCE_STATUS_OUT,
  containerResource: RESOURCE_STATUS_OUT,
  external: (e) => {
    const { value = '0', averageValue } = fieldsOf(e['current']);
    return { ...nameOf(e, 'metricSelector'), currentValue: value, currentAverageValue: averageValue };
  },
};

const STATUS_IN: Readonly<Record<string, Convert>> = {
  object: (o) => ({
    metric: metricOf(o, 'selector'),
    current: present({ value: o['currentValue'] ?? '0', averageValue: o['averageValue'] }),
    describedObject: o['target'],
  }),
  pods: (p) => ({
    metric: metricOf(p, 'selector'),
    current: { averageValue: p['currentAverageValue'] ?? '0' },
  }),
  resource: RESOURCE_STATUS_IN,
  containerResource: RESOURCE_STATUS_IN,
  external: (e) => ({
    metric: metricOf(e, 'metricSelector'),
    current: present({ value: e['currentValue'] ?? '0', averageValue: e['currentAverageValue'] }),
  }),
};

function metricBy(by: Readonly<Record<string, Convert>>, metric: Fields): Fields {
  const converted: Put = { type: metric['type'] };
  for (const [source, convert] of Object.entries(by))
    if (!isNil(metric[source])) converted[source] = present(convert(fieldsOf(metric[source])));
  return converted;
}

// ---- behaviour, which is written by the names that it has inside the API server

type Names = readonly (readonly [inside: string, outside: string])[];
const RULES: Names = [
  ['StabilizationWindowSeconds', 'stabilizationWindowSeconds'],
  ['SelectPolicy', 'selectPolicy'],
  ['Policies', 'policies'],
  ['Tolerance', 'tolerance'],
];
const POLICY: Names = [
  ['Type', 'type'],
  ['Value', 'value'],
  ['PeriodSeconds', 'periodSeconds'],
];
const SIDES: Names = [
  ['ScaleUp', 'scaleUp'],
  ['ScaleDown', 'scaleDown'],
];

const toInside = (names: Names, fields: Fields): Put =>
  Object.fromEntries(names.map(([inside, outside]) => [inside, fields[outside] ?? null]));
/** JSON's reader of the API server takes names in any letters. */
const toOutside = (names: Names, fields: Fields): Put =>
  present(
    Object.fromEntries(
      names.map(([inside, outside]) => [
        outside,
        fields[inside] ??
          Object.entries(fields).find(([name]) => name.toLowerCase() === inside.toLowerCase())?.[1],
      ]),
    ),
  );

function convertSides(names: (of: Names, fields: Fields) => Put, sides: Put): Put {
  for (const [side, rules] of Object.entries(sides)) {
    if (isNil(rules)) continue;
    const converted = names(RULES, rules as Fields);
    for (const [name, policies] of Object.entries(converted))
      if (Array.isArray(policies)) converted[name] = listOf(policies).map((policy) => names(POLICY, policy));
    sides[side] = converted;
  }
  return sides;
}
const behaviorText = (behavior: Fields): string =>
  JSON.stringify(convertSides(toInside, toInside(SIDES, behavior)));
const behaviorOf = (read: unknown): Put => convertSides(toOutside, toOutside(SIDES, fieldsOf(read)));

// ---- whole objects

const utilizationOf = (percent: unknown): Fields => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
});

const cpuPercent = (metric: Fields): unknown => {
  const resource = fieldsOf(metric['resource']);
  return metric['type'] === 'Resource' && resource['name'] === 'cpu'
    ? fieldsOf(resource['target'])['averageUtilization']
    : undefined;
};

/** What an annotation says; undefined where it says nothing that can be read. */
function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function withAnnotations(object: KubeObject, given: Fields): KubeObject {
  const { annotations, ...metadata } = object.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !ROUND_TRIP.includes(name));
  const all = { ...Object.fromEntries(kept), ...present(given) } as Record<string, string>;
  return {
    ...object,
    metadata: Object.keys(all).length === 0 ? metadata : { ...metadata, annotations: all },
  };
}

/** An autoscaling/v1 object in the version that is stored. */
export function autoscalerFromV1(object: KubeObject): KubeObject {
  const { targetCPUUtilizationPercentage: percent, ...spec } = fieldsOf(object.spec);
  const { currentCPUUtilizationPercentage: _, ...status } = fieldsOf(object.status);
  const { annotations = {} } = object.metadata;
  const said = {
    metrics: listOf(readJson(annotations[METRICS])).map((m) => metricBy(SPEC_IN, m)),
    current: listOf(readJson(annotations[CURRENT])).map((m) => metricBy(STATUS_IN, m)),
    conditions: listOf(readJson(annotations[CONDITIONS])),
    behavior: behaviorOf(readJson(annotations[BEHAVIOR])),
  };
  const metrics = [...(isNil(percent) ? [] : [utilizationOf(percent)]), ...said.metrics];
  return {
    ...withAnnotations(object, {}),
    spec: {
      ...spec,
      ...(metrics.length === 0 ? {} : { metrics }),
      ...(Object.keys(said.behavior).length === 0 ? {} : { behavior: said.behavior }),
    },
    ...(isNil(object.status)
      ? {}
      : {
          status: {
            ...status,
            ...(said.current.length === 0 ? {} : { currentMetrics: said.current }),
            ...(said.conditions.length === 0 ? {} : { conditions: said.conditions }),
          },
        }),
  };
}

const textOf = (items: readonly Fields[]): string | undefined =>
  items.length === 0 ? undefined : JSON.stringify(items);

/** A stored object as autoscaling/v1 writes it. */
export function autoscalerToV1(object: KubeObject): KubeObject {
  const { metrics, behavior, ...spec } = fieldsOf(object.spec);
  const { currentMetrics, conditions, ...status } = fieldsOf(object.status);
  const percents = listOf(metrics).map(cpuPercent);
  const others = listOf(metrics).filter((_, i) => isNil(percents[i]));
  const current = listOf(currentMetrics).map((m) => metricBy(STATUS_OUT, m));
  const used = current.find((m) => m['type'] === 'Resource' && fieldsOf(m['resource'])['name'] === 'cpu');
  return {
    ...withAnnotations(object, {
      [METRICS]: textOf(others.map((m) => metricBy(SPEC_OUT, m))),
      [CURRENT]: textOf(current),
      [CONDITIONS]: textOf(listOf(conditions)),
      [BEHAVIOR]: isNil(behavior) ? undefined : behaviorText(fieldsOf(behavior)),
    }),
    spec: { ...spec, ...present({ targetCPUUtilizationPercentage: percents.find((p) => !isNil(p)) }) },
    status: {
      ...status,
      ...present({
        currentCPUUtilizationPercentage: fieldsOf(used?.['resource'])['currentAverageUtilization'],
      }),
    },
  };
}
