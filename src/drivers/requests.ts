/** What a request sent now meets in a simulated cluster. */
import type { ClusterApi } from '../sim/cluster.ts';
import type { Millis } from '../sim/kernel/types.ts';
import {
  changesAt,
  GATEWAY_CONTROLLER,
  gatewaysChangeAt,
  INGRESS_CONTROLLER,
  POLICY_AGENT,
  request,
  type RequestOutcome,
} from '../sim/network/index.ts';
import { SERVICE_ROUTES } from '../sim/node/env.ts';
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
 * Once those by whom requests are routed and let through have learnt of what is on its way to them, with
 * all else that happens in the same millisecond.
 */
const learnt = (cluster: ClusterApi): Millis =>
  Math.min(
    ...[SERVICE_ROUTES, POLICY_AGENT, INGRESS_CONTROLLER, GATEWAY_CONTROLLER].map((process) =>
      cluster.dueAt(process),
    ),
  ) + 1;

/**
 * Sends a request now, from a pod or (undefined) from outside the pods. @throws Error for a URL that is
 * none, or a pod that does not run
 */
export function sendRequest(
  cluster: ClusterApi,
  url: string,
  from: { namespace: string; name: string } | undefined,
  namespace: string,
  headers?: Readonly<Record<string, string>>,
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
  const outcome = request(env, origin, url, undefined, headers);
  return {
    answer: answerOf(outcome),
    tookMs: outcome.afterMs,
    ...(outcome.pod === undefined ? {} : { pod: outcome.pod }),
    ...(outcome.node === undefined ? {} : { node: outcome.node }),
    hops: outcome.hops,
    changesAt: Math.min(
      changesAt(world, cluster.now, origin, url),
      gatewaysChangeAt(world, cluster.now),
      learnt(cluster),
    ),
  };
}
