/** `horizontal pod autoscaler "web" wants 4 replicas`: what it aims at, by its status. */
import { say } from '../../messages/index.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { getObject } from '../state.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { AutoscalerClaim } from './claim.ts';

export const autoscaler: ClaimFamily<AutoscalerClaim> = {
  claim: 'autoscaler',
  phrases: [
    {
      en: '{moment}horizontal pod autoscaler {string:autoscaler} wants/wanted {int:replicas} replica(s)',
      ja: '{moment}HorizontalPodAutoscaler{autoscaler}がレプリカを{replicas}個求める',
      about: 'what it aims at, by its metrics and within its bounds',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['HorizontalPodAutoscaler'], world: false }),
  subjects: (claim, namespace) => [subjectNamed('HorizontalPodAutoscaler', claim.autoscaler, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.autoscaler, view.namespace);
    const found = getObject(view.state, 'HorizontalPodAutoscaler', namespace, name);
    if (found === undefined)
      return {
        holds: false,
        found: (language) =>
          say('foundNoSuchIn', { kind: 'horizontal pod autoscaler', name, namespace }, language),
        objects: [],
      };
    const wanted = found.status.desiredReplicas ?? 0;
    return {
      holds: wanted === claim.replicas,
      found: (language) => say('foundWanted', { wanted }, language),
      objects: [found],
    };
  },
};
