/** A few words on each of some Pods, for a sentence. */
import type { Pod } from '../../sim/api/types.ts';
import { isReady, isTerminating } from './podstate.ts';

const word = (pod: Pod): string =>
  `${pod.metadata.name} ${isTerminating(pod) ? 'terminating' : (pod.status.phase ?? 'Pending').toLowerCase()}${isReady(pod) ? ', ready' : ''}`;

/** ` (web-1 running, ready; web-2 pending)`; '' for none or many. */
export const podStates = (pods: readonly Pod[]): string =>
  pods.length === 0 || pods.length > 6 ? '' : ` (${pods.map(word).join('; ')})`;
