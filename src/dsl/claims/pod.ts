/** `pod "web-0" is running`, `pod "web-0" is on node "node-1"`. */
import type { Moment, Operation } from '../operations.ts';
import type { PodCondition } from '../phrases/parameters.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { podStates } from './podswhy.ts';
import { isReady } from './podstate.ts';
import { podNamed } from './select.ts';
import type { ClaimFamily } from './types.ts';

export interface PodClaim {
  readonly claim: 'pod';
  readonly pod: string;
  readonly is?: PodCondition;
  readonly on?: string;
}

export const podIs = (moment: Moment, pod: string, is: PodCondition): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'pod', pod, is },
});
export const podIsOn = (moment: Moment, pod: string, on: string): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'pod', pod, on },
});

const PHASES: Partial<Record<PodCondition, string>> = {
  running: 'Running',
  pending: 'Pending',
  succeeded: 'Succeeded',
  failed: 'Failed',
};

export const pod: ClaimFamily<PodClaim> = {
  claim: 'pod',
  phrases: [
    claimPhrase('{moment}pod {string} is/was {podCondition}', 'pod', podIs, (c) =>
      c.is === undefined ? undefined : [c.pod, c.is],
    ),
    claimPhrase('{moment}pod {string} is/was on node {string}', 'pod', podIsOn, (c) =>
      c.on === undefined ? undefined : [c.pod, c.on],
    ),
  ],
  concerns: () => ({ kinds: ['Pod'], world: false }),
  evaluate(claim, view) {
    const found = podNamed(view, claim.pod);
    if (found === undefined)
      return { holds: claim.is === 'gone', found: () => `there was no pod "${claim.pod}"`, objects: [] };
    const objects = [found];
    if (claim.on !== undefined) {
      return {
        holds: found.spec.nodeName === claim.on,
        found: () => (found.spec.nodeName ? `it was on node "${found.spec.nodeName}"` : 'it was on no node'),
        objects,
      };
    }
    const is = claim.is!;
    const holds =
      is === 'gone'
        ? false
        : is === 'ready'
          ? isReady(found)
          : is === 'not ready'
            ? !isReady(found)
            : found.status.phase === PHASES[is];
    return { holds, found: () => `it was there:${podStates(objects)}`, objects };
  },
};
