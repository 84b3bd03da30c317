/** `pod "web-0" is running`, `pod "web-0" is on node "node-1"`. */
import { say } from '../../messages/index.ts';
import type { PodCondition } from '../phrases/values.ts';
import type { PodClaim } from './claim.ts';
import { podStates } from './podswhy.ts';
import { isReady } from './podstate.ts';
import { podNamed } from './select.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';

const PHASES: Partial<Record<PodCondition, string>> = {
  running: 'Running',
  pending: 'Pending',
  succeeded: 'Succeeded',
  failed: 'Failed',
};

export const pod: ClaimFamily<PodClaim> = {
  claim: 'pod',
  phrases: [
    { en: '{moment}pod {string:pod} is/was {podCondition:is}', ja: '{moment}Pod{pod}{is}' },
    { en: '{moment}pod {string:pod} is/was on node {string:on}', ja: '{moment}Pod{pod}がノード{on}上にある' },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Pod'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('Pod', claim.pod, namespace)],
  evaluate(claim, view) {
    const found = podNamed(view, claim.pod);
    if (found === undefined)
      return {
        holds: claim.is === 'gone',
        found: (language) => say('foundNoSuch', { kind: 'pod', name: claim.pod }, language),
        objects: [],
      };
    const objects = [found];
    if (claim.on !== undefined) {
      return {
        holds: found.spec.nodeName === claim.on,
        found: (language) => say('foundOnNode', { node: found.spec.nodeName ?? '' }, language),
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
    return {
      holds,
      found: (language) => say('foundPod', { pods: podStates(objects, language) }, language),
      objects,
    };
  },
};
