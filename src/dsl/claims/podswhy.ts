/** A few words on each of some Pods, for a sentence. */
import { say, type Language } from '../../messages/index.ts';
import type { Pod } from '../../sim/api/types.ts';
import { isReady, isTerminating } from './podstate.ts';

/** ` (web-1 running, ready; web-2 pending)`; '' for none or many. */
export function podStates(pods: readonly Pod[], language: Language): string {
  if (pods.length === 0 || pods.length > 6) return '';
  const word = (pod: Pod): string =>
    say(
      'podState',
      {
        name: pod.metadata.name,
        phase: pod.status.phase ?? 'Pending',
        terminating: isTerminating(pod),
        ready: isReady(pod),
      },
      language,
    );
  return ` (${pods.map(word).join('; ')})`;
}
