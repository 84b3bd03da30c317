/**
 * `at least 1 pod matching "app=web" is available`: how many Pods are in a state. `serving` asks what is so,
 * the rest what the API says.
 */
import { say } from '../../messages/index.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Count, PodState } from '../phrases/values.ts';
import type { PodsClaim } from './claim.ts';
import { physicalOf } from '../capabilities.ts';
import { physicalCause, type Place } from './physicalcause.ts';
import { podStates } from './podswhy.ts';
import { availableFrom, isReady, isTerminating } from './podstate.ts';
import { podsMatching } from './select.ts';
import { stuckOf } from './stuck.ts';
import type { ClaimFamily, View } from './types.ts';

/** Whether the Pod is in the state; a number is the later time from which it will be if nothing changes. */
function inState(pod: Pod, state: PodState, view: View): boolean | Millis {
  switch (state) {
    case 'ready':
      return isReady(pod);
    case 'available': {
      const from = availableFrom(pod, view);
      return from <= view.at ? true : from === Number.POSITIVE_INFINITY ? false : from;
    }
    case 'running':
      return pod.status.phase === 'Running';
    case 'pending':
      return pod.status.phase === 'Pending';
    case 'failed':
      return pod.status.phase === 'Failed';
    case 'terminating':
      return isTerminating(pod);
    case 'serving': {
      const from = physicalOf(view.live!).containers.servingFrom(pod);
      return from <= view.at ? true : from === Number.POSITIVE_INFINITY ? false : from;
    }
  }
}

const placeOf = ({ metadata, spec }: Pod): Place => ({
  namespace: metadata.namespace,
  pod: metadata.name,
  node: spec.nodeName,
});

export const satisfies = (found: number, { bound, count }: Count): boolean =>
  bound === 'exactly' ? found === count : bound === 'at least' ? found >= count : found <= count;

/** States that Pods are on their way to. */
const BECOMING: readonly PodState[] = ['ready', 'available', 'running', 'serving'];

export const pods: ClaimFamily<PodsClaim> = {
  claim: 'pods',
  phrases: [
    {
      en: '{moment}{count} pod(s) matching {selector} is/are/was/were {podState:state}',
      ja: '{moment}{selector}に一致する{state}Podが{count}である',
      jaToo: [
        {
          ja: '{moment}{selector}に一致するPodのうち{count}{podIsJa:state}',
          isUsual: ({ count }) => (count as Count).bound === 'at least',
        },
        { ja: '{moment}{selector}に一致する{count}のPod{podIsJa:state}' },
        { ja: '{moment}{count}の{selector}に一致するPod{podIsJa:state}' },
      ],
    },
  ],
  asks: (claim) => (claim.state === 'serving' ? 'physical' : 'api'),
  // How long a Pod must be Ready to be available, its workload says.
  concerns: ({ state }, resources) =>
    state === 'available'
      ? { kinds: ['Pod', ...Array.from(resources.workloads(), (d) => d.kind)], world: false }
      : { kinds: ['Pod'], world: state === 'serving' },
  subjects: ({ selector }, namespace) => [{ selector, namespace }],
  evaluate(claim, view) {
    const matching = podsMatching(view, claim.selector);
    let found = 0;
    let recheckAt = Number.POSITIVE_INFINITY;
    for (const pod of matching) {
      const state = inState(pod, claim.state, view);
      if (state === true) found += 1;
      else if (state !== false) recheckAt = Math.min(recheckAt, state);
    }
    return {
      holds: satisfies(found, claim.count),
      found: (language) =>
        say(
          'foundPods',
          {
            found,
            of: matching.length,
            selector: claim.selector,
            state: claim.state,
            pods: podStates(matching, language),
          },
          language,
        ),
      objects: matching,
      ...(found < claim.count.count && BECOMING.includes(claim.state)
        ? { stuck: () => stuckOf(matching) }
        : {}),
      ...(claim.state === 'serving' ? { cause: () => physicalCause(view, matching.map(placeOf)) } : {}),
      ...(recheckAt === Number.POSITIVE_INFINITY ? {} : { recheckAt }),
    };
  },
};
