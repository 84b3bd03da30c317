/** What a request sent now meets in a simulated cluster. */
import type { ClusterApi } from '../sim/cluster.ts';
import { changesAt, request, type RequestOutcome } from '../sim/network/index.ts';
import type { Answer, RequestResult } from './driver.ts';

const answerOf = (outcome: RequestOutcome): Answer => {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status;
    case 'refused':
      return 'refused';
    case 'timedOut':
      return 'timed out';
    case 'notResolved':
      return 'not resolved';
  }
};

/**
 * Sends a request now, from a pod or (undefined) from outside the pods. @throws Error for a URL that is
 * none, or a pod that does not run
 */
export function sendRequest(
  cluster: ClusterApi,
  url: string,
  from: { namespace: string; name: string } | undefined,
  namespace: string,
): RequestResult {
  const { world, control } = cluster;
  const env = {
    world,
    now: cluster.now,
    random: () => control.random('requests'),
    hop: () => control.latency('networkHop', 'requests'),
    agent: 'Seatrial',
  };
  const origin = from === undefined ? { namespace } : { namespace: from.namespace, pod: from.name };
  const outcome = request(env, origin, url);
  return {
    answer: answerOf(outcome),
    tookMs: outcome.afterMs,
    ...(outcome.pod === undefined ? {} : { pod: outcome.pod }),
    ...(outcome.node === undefined ? {} : { node: outcome.node }),
    hops: outcome.hops,
    changesAt: changesAt(world, cluster.now, origin, url),
  };
}
