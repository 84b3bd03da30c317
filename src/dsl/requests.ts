/** Requests of the language: what one sent now meets. */
import type { ClusterApi } from '../sim/cluster.ts';
import { request, type RequestOutcome } from '../sim/network/index.ts';
import { InputError } from './errors.ts';
import type { Answer } from './phrases/parameters.ts';

export interface RequestResult {
  readonly answer: Answer;
  /** What it met, in a few words; '' when there is nothing to add. */
  readonly why: string;
}

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
 * Sends a request now, from a pod or (undefined) from outside the pods. @throws InputError for a URL that is
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
  };
  const origin = from === undefined ? { namespace } : { namespace: from.namespace, pod: from.name };
  let outcome: RequestOutcome;
  try {
    outcome = request(env, origin, url);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
  const places = [
    outcome.pod === undefined ? '' : `pod ${outcome.pod}`,
    outcome.node === undefined ? '' : `on ${outcome.node}`,
  ];
  return { answer: answerOf(outcome), why: places.filter((p) => p !== '').join(' ') };
}
