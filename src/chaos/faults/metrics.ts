/** What autoscalers answer to: load, and the metrics that tell them of it. */
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import type { Fault } from '../types.ts';

export const metricsServerDown: Fault = defineFault({
  kind: 'MetricsServerDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'metrics-server does not answer: autoscalers leave all as it is, `kubectl top` has nothing to show, ' +
    'and no namespace can be deleted, since discovery fails for `metrics.k8s.io`.',
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

/** More than that takes a simulation long, and tells nothing new. */
const MOST = 100;

export const loadSpike: Fault = defineFault({
  kind: 'LoadSpike',
  family: 'network',
  needs: 'physical',
  target: 'none',
  about: 'Clients send many times as many requests, those that begin meanwhile, too.',
  heals: 'They send as many as they did.',
  parameters: [{ field: 'factor', default: 5, among: [5, 2, 20], about: 'how many times as many' }],
  phrases: [
    say(
      'clients send {int:factor} times as many requests[forMs]',
      '[forMs]クライアントの送るリクエストが{int:factor}倍になる',
    ),
  ],
  strike(call, ctx) {
    ctx.physical.network.setLoad(Math.min(MOST, Math.max(1, valueOf(loadSpike, call, 'factor'))));
    return { targets: ['clients'] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.network.setLoad(1);
  },
});
