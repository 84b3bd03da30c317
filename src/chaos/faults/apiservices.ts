/** Servers behind APIServices that do not answer: what is in their groups cannot be known. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { type Fault, misses } from '../types.ts';

const API_SERVICES = 'apiservices.apiregistration.k8s.io';

export const aggregatedApiDown: Fault = defineFault({
  kind: 'AggregatedApiDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'apiService',
  about:
    'The server behind an APIService refuses connections, whatever its Pods do. Within half a minute the ' +
    'APIService is not available: its group answers 503, discovery fails, and with it the deletion of ' +
    'every namespace. Of `v1beta1.metrics.k8s.io`: autoscalers leave all as it is, and `kubectl top` fails.',
  heals: 'It answers again, and is found available within half a minute.',
  phrases: [
    say(
      'API service {string:apiService} is unavailable[forMs]',
      '[forMs]APIService{string:apiService}が利用できなくなる',
    ),
  ],
  strike(call, ctx) {
    const name = call.apiService ?? '';
    const remote = ctx.api
      .list(API_SERVICES)
      .filter(({ spec }) => (spec as { service?: object | null }).service)
      .map(({ metadata }) => metadata.name);
    if (!remote.includes(name)) throw misses('noApiService', { name, others: remote });
    ctx.physical.servers.setAggregatedApiUp(name, false);
    return { targets: [name] };
  },
  heal(_call, struck, ctx) {
    for (const name of struck.targets) ctx.physical.servers.setAggregatedApiUp(name, true);
  },
});
