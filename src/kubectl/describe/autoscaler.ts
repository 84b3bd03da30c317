/** Autoscalers. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { HorizontalPodAutoscaler } from '../../sim/api/types.ts';
import type { Describer } from './describer.ts';
import { rfc1123, writeAnnotations, writeLabels } from './writer.ts';
import type { DescribeWriter } from './writer.ts';

type Spec = HorizontalPodAutoscaler['spec'];
type Metric = NonNullable<Spec['metrics']>[number];
type Rules = NonNullable<Spec['behavior']>['scaleUp'];

interface Amounts {
  readonly averageUtilization?: number;
  readonly averageValue?: string | number;
  readonly value?: string | number;
}
interface Source {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name: string };
  readonly describedObject?: { readonly kind: string; readonly name: string };
  readonly target: Amounts;
}

const UNKNOWN = '<unknown>';
const FIELDS: Readonly<Record<string, string>> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

/** `0% (0) / 50%`, `3 / 10`: what there is, and what is aimed at. */
function resourceText({ target }: Source, current: Amounts): string {
  if (target.averageValue !== undefined) return `${current.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  const { averageUtilization: percent, averageValue } = current;
  const found = percent === undefined ? UNKNOWN : `${percent}% (${averageValue})`;
  const wanted = target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  return `${found} / ${wanted}`;
}

function writeMetric(w: DescribeWriter, { type }: Metric, source: Source, current: Amounts): void {
  const { target, metric } = source;
  const values =
    target.averageValue === undefined
      ? `(target value):\t${current.value ?? UNKNOWN} / ${target.value}`
      : `(target average value):\t${current.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  switch (type) {
    case 'External':
      w.write(1, `"${metric?.name}" ${values}\n`);
      return;
    case 'Pods':
      w.write(1, `"${metric?.name}" on pods:\t${current.averageValue ?? UNKNOWN} / ${target.averageValue}\n`);
      return;
    case 'Object':
      w.write(
        1,
        `"${metric?.name}" on ${source.describedObject?.kind}/${source.describedObject?.name} ${values}\n`,
      );
      return;
    default: {
      const of = type === 'Resource' ? '' : ` of container "${source.container}"`;
      const how = target.averageValue === undefined ? '  (as a percentage of request)' : '';
      w.write(1, `resource ${source.name}${of} on pods${how}:\t${resourceText(source, current)}\n`);
    }
  }
}

function writeRules(w: DescribeWriter, direction: string, rules: Rules): void {
  if (rules === undefined) return;
  w.write(1, `${direction}:\n`);
  if (rules.stabilizationWindowSeconds !== undefined)
    w.write(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds\n`);
  const { policies = [] } = rules;
  if (policies.length === 0) return;
  w.write(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}\n`);
  w.write(2, 'Policies:\n');
  for (const { type, value, periodSeconds } of policies)
    w.write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
}

export const autoscalerDescriber: Describer<'HorizontalPodAutoscaler'> = {
  kind: 'HorizontalPodAutoscaler',
  events: true,
  describe({ metadata, spec, status }, w) {
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}\n`);
    w.write(0, `Reference:\t${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}\n`);
    w.write(0, 'Metrics:\t( current / target )\n');
    (spec.metrics ?? []).forEach((metric, i) => {
      const field = FIELDS[metric.type] ?? '';
      const source = (metric as unknown as Readonly<Record<string, Source>>)[field];
      const found = status.currentMetrics?.[i] as unknown as
        | Readonly<Record<string, { readonly current: Amounts }>>
        | undefined;
      if (source !== undefined) writeMetric(w, metric, source, found?.[field]?.current ?? {});
    });
    w.write(0, `Min replicas:\t${spec.minReplicas ?? '<unset>'}\n`);
    w.write(0, `Max replicas:\t${spec.maxReplicas}\n`);
    if (spec.behavior !== undefined) {
      w.write(0, 'Behavior:\n');
      writeRules(w, 'Scale Up', spec.behavior.scaleUp);
      writeRules(w, 'Scale Down', spec.behavior.scaleDown);
    }
    const { currentReplicas = 0, desiredReplicas = 0 } = status;
    w.write(
      0,
      `${spec.scaleTargetRef.kind} pods:\t${currentReplicas} current / ${desiredReplicas} desired\n`,
    );
    const conditions = status.conditions ?? [];
    if (conditions.length === 0) return;
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tReason\tMessage\n');
    w.write(1, '----\t------\t------\t-------\n');
    for (const c of conditions) w.write(1, `${c.type}\t${c.status}\t${c.reason}\t${c.message}\n`);
  },
};
