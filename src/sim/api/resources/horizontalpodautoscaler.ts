/**
 * HorizontalPodAutoscalers. Models pkg/registry/autoscaling/horizontalpodautoscaler,
 * pkg/apis/autoscaling/v2/defaults.go and pkg/printers/internalversion/printers.go.
 */
import { fill, into, isNil } from '../defaults/fill.ts';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import { metricsText } from '../table/metrics.ts';
import type { HorizontalPodAutoscaler } from '../types.ts';
import { validateAutoscalerSpec } from '../validation/autoscaler.ts';
import { nonNegative } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { autoscalerFromV1, autoscalerToV1 } from './autoscalingv1.ts';
import { defineResource } from './definition.ts';

type Spec = HorizontalPodAutoscaler['spec'];
type Rules = NonNullable<NonNullable<Spec['behavior']>['scaleUp']>;

const CPU_PERCENT = 80;
const PERIOD_SECONDS = 15;
const SCALE_UP: Rules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: PERIOD_SECONDS },
    { type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS },
  ],
};
const SCALE_DOWN: Rules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS }],
};

const cpu = (averageUtilization: number): Spec['metrics'] => [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
];

function defaultSpec(given: Spec): Spec {
  const spec = into(fill(given, { minReplicas: 1 }), 'behavior', (behavior) =>
    into(
      into(fill(behavior, { scaleUp: SCALE_UP, scaleDown: SCALE_DOWN }), 'scaleUp', (r) => fill(r, SCALE_UP)),
      'scaleDown',
      (r) => fill(r, SCALE_DOWN),
    ),
  );
  return (spec.metrics ?? []).length > 0 ? spec : { ...spec, metrics: cpu(CPU_PERCENT)! };
}

export const horizontalPodAutoscalers = defineResource<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  versions: [{ name: 'v2' }, { name: 'v1', toStored: autoscalerFromV1, fromStored: autoscalerToV1 }],
  subresources: { status: true },
  defaults: (autoscaler) => into(autoscaler, 'spec', defaultSpec),
  strategy: serversStatus({ desiredReplicas: 0 }),
  validation: {
    ...ruled<HorizontalPodAutoscaler>(({ spec }, out) => validateAutoscalerSpec(spec, out)),
    status({ status }, _old, out) {
      for (const name of ['currentReplicas', 'desiredReplicas'] as const)
        nonNegative(status[name], `status.${name}`, out);
    },
  },
  columns: [
    NAME,
    column('Reference'),
    column('Targets'),
    column('MinPods'),
    column('MaxPods', 'integer'),
    column('Replicas', 'integer'),
    AGE,
  ],
  row: (h, { now }) => [
    h.metadata.name,
    `${h.spec.scaleTargetRef.kind}/${h.spec.scaleTargetRef.name}`,
    metricsText(h.spec.metrics, h.status.currentMetrics),
    isNil(h.spec.minReplicas) ? '<unset>' : String(h.spec.minReplicas),
    h.spec.maxReplicas,
    h.status.currentReplicas ?? 0,
    ageOf(created(h), now),
  ],
});
