/** HorizontalPodAutoscalers. Models pkg/apis/autoscaling/validation/validation.go. */
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { isNil } from '../defaults/fill.ts';
import { forbidden, invalidValue, problemsAt, required, unsupported, type Causes } from './field.ts';
import { eachAt, pathName } from './rules.ts';
import { labelProblems } from './text.ts';
import { asQuantity, isQuantity } from '../quantity.ts';

type Spec = NonNullable<IHorizontalPodAutoscaler['spec']>;
type Metric = NonNullable<Spec['metrics']>[number];
type Rules = NonNullable<NonNullable<Spec['behavior']>['scaleUp']>;
type Target = NonNullable<Metric['resource']>['target'];

const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;

interface Reference {
  readonly kind?: string;
  readonly name?: string;
}

function validateReference({ kind, name }: Reference, field: string, out: Causes): void {
  pathName(kind, `${field}.kind`, out);
  pathName(name, `${field}.name`, out);
}

function validateTarget(target: Target, field: string, out: Causes): void {
  const { type, averageUtilization: percent } = target;
  if (!type) out.push(required(`${field}.type`, 'must specify a metric target type'));
  if (type !== 'Utilization' && type !== 'Value' && type !== 'AverageValue')
    out.push(invalidValue(`${field}.type`, type ?? '', 'must be either Utilization, Value, or AverageValue'));
  for (const name of ['value', 'averageValue'] as const) {
    const quantity = target[name];
    if (!isNil(quantity) && isQuantity(quantity) && asQuantity(quantity).nano <= 0n)
      out.push(invalidValue(`${field}.${name}`, String(quantity), 'must be positive'));
  }
  if (!isNil(percent) && percent < 1)
    out.push(invalidValue(`${field}.averageUtilization`, percent, 'must be greater than 0'));
}

/** What is left of a source besides its target. */
type Check = (source: never, field: string, out: Causes) => void;

function validateUtilization(
  { name, target }: NonNullable<Metric['resource']>,
  at: string,
  out: Causes,
): void {
  if (!name) out.push(required(`${at}.name`, 'must specify a resource name'));
  validateTarget(target, `${at}.target`, out);
  const { averageUtilization, averageValue } = target;
  if (isNil(averageUtilization) && isNil(averageValue))
    out.push(
      required(
        `${at}.target.averageUtilization`,
        'must set either a target raw value or a target utilization',
      ),
    );
  if (!isNil(averageUtilization) && !isNil(averageValue))
    out.push(
      forbidden(`${at}.target.averageValue`, 'may not set both a target raw value and a target utilization'),
    );
}

const metricName = (metric: { name?: string } | undefined, at: string, out: Causes): void =>
  pathName(metric?.name, `${at}.metric.name`, out, 'must specify a metric name');

/** In the order in which upstream looks. */
const SOURCES: readonly (readonly [name: string, type: string, check: Check])[] = [
  [
    'object',
    'Object',
    (source: NonNullable<Metric['object']>, at, out) => {
      validateReference(source.describedObject, `${at}.describedObject`, out);
      metricName(source.metric, at, out);
      validateTarget(source.target, `${at}.target`, out);
      if (isNil(source.target.value) && isNil(source.target.averageValue))
        out.push(required(`${at}.target.averageValue`, 'must set either a target value or averageValue'));
    },
  ],
  [
    'external',
    'External',
    ({ metric, target }: NonNullable<Metric['external']>, at, out) => {
      metricName(metric, at, out);
      validateTarget(target, `${at}.target`, out);
      if (isNil(target.value) && isNil(target.averageValue))
        out.push(
          required(
            `${at}.target.averageValue`,
            'must set either a target value for metric or a per-pod target',
          ),
        );
      if (!isNil(target.value) && !isNil(target.averageValue))
        out.push(
          forbidden(`${at}.target.value`, 'may not set both a target value for metric and a per-pod target'),
        );
    },
  ],
  [
    'pods',
    'Pods',
    ({ metric, target }: NonNullable<Metric['pods']>, at, out) => {
      metricName(metric, at, out);
      validateTarget(target, `${at}.target`, out);
      if (isNil(target.averageValue))
        out.push(required(`${at}.target.averageValue`, 'must specify a positive target averageValue'));
    },
  ],
  ['resource', 'Resource', validateUtilization],
  [
    'containerResource',
    'ContainerResource',
    (source: NonNullable<Metric['containerResource']>, at, out) => {
      if (!source.container) out.push(required(`${at}.container`, 'must specify a container'));
      else problemsAt(`${at}.container`, source.container, labelProblems(source.container), out);
      validateUtilization(source, at, out);
    },
  ],
];
const TYPES = SOURCES.map(([, type]) => type).sort();

function validateMetric(metric: Metric, field: string, out: Causes): void {
  const { type } = metric;
  const sources = metric as unknown as Readonly<Record<string, unknown>>;
  if (!type) out.push(required(`${field}.type`, 'must specify a metric source type'));
  if (!TYPES.includes(type)) out.push(unsupported(`${field}.type`, type ?? '', TYPES));
  const present = SOURCES.filter(([name]) => !isNil(sources[name]));
  const [first] = present;
  if (first !== undefined) first[2](sources[first[0]] as never, `${field}.${first[0]}`, out);
  const expected = SOURCES.find(([, t]) => t === type);
  if (expected !== undefined && !present.includes(expected))
    out.push(required(`${field}.${expected[0]}`, 'must populate information for the given metric source'));
  if (present.length <= 1) return;
  for (const source of present)
    if (source !== expected)
      out.push(forbidden(`${field}.${source[0]}`, 'must populate the given metric source only'));
}

function validateRules(rules: Rules, field: string, out: Causes): void {
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  if (!isNil(window) && window < 0)
    out.push(
      invalidValue(`${field}.stabilizationWindowSeconds`, window, 'must be greater than or equal to zero'),
    );
  if (!isNil(window) && window > MAX_WINDOW_SECONDS)
    out.push(
      invalidValue(
        `${field}.stabilizationWindowSeconds`,
        window,
        `must be less than or equal to ${MAX_WINDOW_SECONDS}`,
      ),
    );
  const select = ['Disabled', 'Max', 'Min'];
  if (!isNil(selectPolicy) && !select.includes(selectPolicy))
    out.push(unsupported(`${field}.selectPolicy`, selectPolicy, select));
  if (policies.length === 0) out.push(required(`${field}.policies`, 'must specify at least one Policy'));
  eachAt(policies, `${field}.policies`, ({ type, value, periodSeconds: period }, at) => {
    if (type !== 'Pods' && type !== 'Percent') out.push(unsupported(`${at}.type`, type, ['Percent', 'Pods']));
    if (value <= 0) out.push(invalidValue(`${at}.value`, value, 'must be greater than zero'));
    if (period <= 0) out.push(invalidValue(`${at}.periodSeconds`, period, 'must be greater than zero'));
    if (period > MAX_PERIOD_SECONDS)
      out.push(
        invalidValue(`${at}.periodSeconds`, period, `must be less than or equal to ${MAX_PERIOD_SECONDS}`),
      );
  });
}

export function validateAutoscalerSpec(spec: Spec, out: Causes): void {
  const { minReplicas: min, maxReplicas: max, metrics, behavior } = spec;
  if (!isNil(min) && min < 1)
    out.push(invalidValue('spec.minReplicas', min, 'must be greater than or equal to 1'));
  if (max < 1) out.push(invalidValue('spec.maxReplicas', max, 'must be greater than 0'));
  if (!isNil(min) && max < min)
    out.push(invalidValue('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'));
  validateReference(spec.scaleTargetRef, 'spec.scaleTargetRef', out);
  eachAt(metrics, 'spec.metrics', (metric, at) => validateMetric(metric, at, out));
  for (const name of ['scaleUp', 'scaleDown'] as const)
    if (!isNil(behavior?.[name])) validateRules(behavior[name], `spec.behavior.${name}`, out);
}
