/**
 * `a request to "http://web/" answers 200`: what a request sent at the moment would meet, physically.
 * `service "web" routes to 2 pods`.
 */
import { splitName } from '../names.ts';
import type { Moment, Operation } from '../operations.ts';
import type { Answer } from '../phrases/parameters.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { sendRequest } from '../requests.ts';
import { getObject, objectsOf } from '../state.ts';
import type { ClaimFamily, View } from './types.ts';

export interface RequestClaim {
  readonly claim: 'request';
  readonly to?: string;
  /** Pod it comes from; absent: from outside the pods. */
  readonly from?: string;
  readonly answer?: Answer;
  readonly service?: string;
  readonly routes?: number;
  /** At least one ready endpoint, in place of a number. */
  readonly available?: true;
}

const claimOf = (moment: Moment, claim: Omit<RequestClaim, 'claim'>): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'request', ...claim },
});
export const requestAnswers = (moment: Moment, to: string, answer: Answer): Operation =>
  claimOf(moment, { to, answer });
export const requestFromPodAnswers = (moment: Moment, to: string, from: string, answer: Answer): Operation =>
  claimOf(moment, { to, from, answer });
export const requestAnswersWithin = (to: string, answer: Answer, durationMs: number): Operation =>
  claimOf({ mode: 'within', durationMs }, { to, answer });
export const serviceRoutes = (moment: Moment, service: string, routes: number): Operation =>
  claimOf(moment, { service, routes });

export const serviceAvailable = (moment: Moment, service: string): Operation =>
  claimOf(moment, { service, available: true });

/** Ready endpoints of a service, each Pod counted once whatever its address families. */
function endpointsOf(
  view: View,
  name: string,
): { addresses: number; objects: { apiVersion: string; kind: string; metadata: never }[] } {
  const at = splitName(name, view.namespace);
  const ready = new Set<string>();
  const slices = [];
  for (const slice of objectsOf(view.state, 'EndpointSlice')) {
    if (
      slice.metadata.namespace !== at.namespace ||
      slice.metadata.labels?.['kubernetes.io/service-name'] !== at.name
    )
      continue;
    slices.push(slice);
    for (const e of slice.endpoints ?? []) {
      if (e.conditions?.ready === false) continue;
      ready.add(
        e.targetRef === undefined ? (e.addresses[0] ?? '') : `${e.targetRef.namespace}/${e.targetRef.name}`,
      );
    }
  }
  return { addresses: ready.size, objects: slices as never };
}

const say = (answer: Answer): string =>
  answer === 'refused'
    ? 'it was refused'
    : answer === 'timed out'
      ? 'it timed out'
      : answer === 'not resolved'
        ? 'the name was not resolved'
        : `it answered ${answer}`;

export const request: ClaimFamily<RequestClaim> = {
  claim: 'request',
  phrases: [
    claimPhrase('{moment}a request to {string} {answer}', 'request', requestAnswers, (c) =>
      c.to !== undefined && c.from === undefined ? [c.to, c.answer] : undefined,
    ),
    claimPhrase(
      '{moment}a request to {string} from pod {string} {answer}',
      'request',
      requestFromPodAnswers,
      (c) => (c.to !== undefined && c.from !== undefined ? [c.to, c.from, c.answer] : undefined),
    ),
    claimPhrase(
      'a request to {string} {answer} within {duration}',
      'request',
      requestAnswersWithin,
      () => undefined,
    ),
    claimPhrase('{moment}service {string} routes/routed to {int} pod(s)', 'request', serviceRoutes, (c) =>
      c.service !== undefined && c.available === undefined ? [c.service, c.routes] : undefined,
    ),
    claimPhrase('{moment}service {string} is/was available', 'request', serviceAvailable, (c) =>
      c.service !== undefined && c.available === true ? [c.service] : undefined,
    ),
  ],
  concerns: (claim) =>
    claim.service !== undefined
      ? { kinds: ['EndpointSlice', 'Service'], world: false }
      : { kinds: ['Pod'], world: true },
  physical: (claim) => claim.to !== undefined,
  evaluate(claim, view) {
    if (claim.service !== undefined) {
      const { addresses, objects } = endpointsOf(view, claim.service);
      const at = splitName(claim.service, view.namespace);
      const service = getObject(view.state, 'Service', at.namespace, at.name);
      return {
        holds:
          service !== undefined && (claim.available === true ? addresses > 0 : addresses === claim.routes),
        found: () =>
          service === undefined ? `there was no service "${claim.service}"` : `it routed to ${addresses}`,
        objects: service === undefined ? objects : [service, ...objects],
      };
    }
    const from = claim.from === undefined ? undefined : splitName(claim.from, view.namespace);
    const result = sendRequest(view.live!, claim.to!, from, view.namespace);
    return {
      holds: result.answer === claim.answer,
      found: () => `${say(result.answer)}${result.why === '' ? '' : ` (${result.why})`}`,
      objects: [],
    };
  },
};
