/** What autoscalers answer to: load, and the metrics that tell them of it. */
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { type Fault, misses } from '../types.ts';

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

export const metricSpike: Fault = defineFault({
  kind: 'MetricSpike',
  family: 'network',
  needs: 'physical',
  target: 'metric',
  stacks: 'values',
  about:
    'A metric that a scenario declares (a queue that fills) goes to many times its value, whatever it is ' +
    'of: autoscalers answer.',
  heals: 'Its value from before is put back.',
  parameters: [{ field: 'factor', default: 5, among: [5, 2, 20], about: 'how many times as high' }],
  phrases: [
    say(
      'metric {string:metric} is {int:factor} times as high[forMs]',
      '[forMs]メトリクス{string:metric}が{int:factor}倍になる',
    ),
  ],
  strike(call, ctx) {
    const factor = Math.max(1, valueOf(metricSpike, call, 'factor'));
    const undo = ctx.physical.servers.multiplyMetric(call.metric!, factor);
    const targets = Object.keys(undo);
    if (targets.length === 0) throw misses('noneSuch', { what: 'metric', name: call.metric! });
    return { targets, undo };
  },
  heal(_call, { targets, undo }, ctx) {
    for (const target of targets) ctx.physical.servers.restoreMetric(target, String(undo![target]));
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
