/** What the metrics server of a real cluster says of use, by metrics.k8s.io. */
import type { MetricsApi, NodeUsage, PodUsage } from '../../sim/api/metrics.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { milliValue, wholeValue } from '../../sim/api/quantity.ts';
import { parseTime } from '../../sim/api/time.ts';
import { parseGoDuration } from '../../kubectl/duration.ts';
import { type Connection, refusal } from './client.ts';

const ROOT = '/apis/metrics.k8s.io/v1beta1';

interface Usage {
  readonly cpu: string;
  readonly memory: string;
}

interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface PodMetrics extends Named {
  readonly timestamp: string;
  readonly window: string;
  readonly containers: readonly { readonly name: string; readonly usage: Usage }[];
}

interface NodeMetrics extends Named {
  readonly usage: Usage;
}

const amountsOf = ({ cpu, memory }: Usage): { cpuMilli: number; memoryBytes: number } => ({
  cpuMilli: milliValue(cpu),
  memoryBytes: wholeValue(memory),
});

const noAdapter = (): never => {
  throw new ApiError('MethodNotAllowed', 'what autoscalers are told is asked of a simulated cluster only');
};

/** Its calls throw ApiError where nobody answers: NotFound where there is no metrics server. */
export function metricsOf({ line, server }: Connection): MetricsApi {
  const items = <T extends Named>(path: string): readonly T[] => {
    const answer = line.call({ method: 'GET', path: `${ROOT}${path}` });
    if (answer.status !== 200) throw refusal(answer, server);
    return (JSON.parse(answer.body) as { readonly items: readonly T[] }).items;
  };
  return {
    pods: (namespace) =>
      items<PodMetrics>(namespace === '' ? '/pods' : `/namespaces/${namespace}/pods`).map(
        ({ metadata, timestamp, window, containers }): PodUsage => ({
          namespace: metadata.namespace ?? '',
          name: metadata.name,
          at: parseTime(timestamp),
          windowMs: parseGoDuration(window) ?? 0,
          containers: containers.map(({ name, usage }) => ({ name, ...amountsOf(usage) })),
        }),
      ),
    nodes: () =>
      items<NodeMetrics>('/nodes').map(
        ({ metadata, usage }): NodeUsage => ({ name: metadata.name, ...amountsOf(usage) }),
      ),
    ofPods: noAdapter,
    ofObject: noAdapter,
    external: noAdapter,
  };
}
