/** What autoscalers go by: the metrics that they are told. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import type { Fault } from '../types.ts';

export const metricsServerDown: Fault = defineFault({
  kind: 'MetricsServerDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'metrics-server does not answer: autoscalers leave all as it is, and `kubectl top` has nothing to show.',
  elsewhere: { krkn: 'pod_disruption_scenarios (metrics-server)' },
  heals: 'It answers again once it has measured twice.',
  phrases: [say('metrics-server is down[forMs]', '[forMs]metrics-serverが停止する')],
  strike(_call, ctx) {
    ctx.physical.servers.setMetricsServerUp(false);
    return { targets: ['metrics-server'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.servers.setMetricsServerUp(true);
  },
});
