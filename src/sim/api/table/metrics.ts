/** What an autoscaler aims at, and what it has. Models formatHPAMetrics of pkg/printers/internalversion. */
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NONE } from './column.ts';

type Metrics = NonNullable<IHorizontalPodAutoscaler['spec']>['metrics'];
type Statuses = NonNullable<IHorizontalPodAutoscaler['status']>['currentMetrics'];

interface Source {
  readonly name?: string;
  readonly target?: Values;
  readonly current?: Values;
}
interface Values {
  readonly averageValue?: string | number;
  readonly value?: string | number;
  readonly averageUtilization?: number;
}

const AT_MOST = 2;
const UNKNOWN = '<unknown>';
const SOURCES: Readonly<Record<string, string>> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

function metricText(type: string, wanted: Source, found: Source): string {
  const { target = {} } = wanted;
  const { current = {} } = found;
  if (type === 'Resource' || type === 'ContainerResource') {
    const percent = (n: number | undefined, otherwise: string): string =>
      n === undefined || n === null ? otherwise : `${n}%`;
    return target.averageValue === undefined
      ? `${wanted.name}: ` +
          `${percent(current.averageUtilization, UNKNOWN)}/${percent(target.averageUtilization, '<auto>')}`
      : `${wanted.name}: ${current.averageValue ?? UNKNOWN}/${target.averageValue}`;
  }
  if (target.averageValue === undefined) return `${current.value ?? UNKNOWN}/${target.value ?? ''}`;
  const text = `${current.averageValue ?? UNKNOWN}/${target.averageValue}`;
  return type === 'Pods' ? text : `${text} (avg)`;
}

/** `cpu: 12%/80%, 3/5 (avg) + 1 more...` */
export function metricsText(metrics: Metrics, statuses: Statuses): string {
  if (metrics === undefined || metrics.length === 0) return NONE;
  const sourceIn = (metric: object | undefined, name: string): Source =>
    (metric as Readonly<Record<string, Source>> | undefined)?.[name] ?? {};
  const texts = metrics.map((metric, i) => {
    const name = SOURCES[metric.type];
    return name === undefined
      ? '<unknown type>'
      : metricText(metric.type, sourceIn(metric, name), sourceIn(statuses?.[i], name));
  });
  const more = texts.length - AT_MOST;
  return `${texts.slice(0, AT_MOST).join(', ')}${more > 0 ? ` + ${more} more...` : ''}`;
}
