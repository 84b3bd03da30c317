/**
 * What has become of a container, by its Pod's status: restarts, the reason it waits, the reason it last
 * ended.
 */
import type { ContainerStatus } from '../../sim/api/types.ts';
import type { Moment, Operation } from '../operations.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { podNamed } from './select.ts';
import type { ClaimFamily } from './types.ts';

export interface ContainerClaim {
  readonly claim: 'container';
  readonly container: string;
  readonly pod: string;
  readonly restarts?: number;
  readonly waiting?: string;
  readonly terminated?: string;
}

export const containerHasRestarted = (
  moment: Moment,
  container: string,
  pod: string,
  restarts: number,
): Operation => ({ op: 'assert', moment, claim: { claim: 'container', container, pod, restarts } });
export const containerIsWaiting = (
  moment: Moment,
  container: string,
  pod: string,
  waiting: string,
): Operation => ({ op: 'assert', moment, claim: { claim: 'container', container, pod, waiting } });
export const containerWasTerminated = (
  moment: Moment,
  container: string,
  pod: string,
  terminated: string,
): Operation => ({ op: 'assert', moment, claim: { claim: 'container', container, pod, terminated } });

const stateOf = (status: ContainerStatus): string => {
  const { state, lastState } = status;
  const now = state?.waiting
    ? `waiting (${state.waiting.reason ?? 'no reason'})`
    : state?.terminated
      ? `terminated (${state.terminated.reason ?? `exit code ${state.terminated.exitCode}`})`
      : state?.running
        ? 'running'
        : 'not started';
  const last = lastState?.terminated
    ? `, last terminated (${lastState.terminated.reason ?? `exit code ${lastState.terminated.exitCode}`})`
    : '';
  return `it was ${now}, restarted ${status.restartCount} times${last}`;
};

export const container: ClaimFamily<ContainerClaim> = {
  claim: 'container',
  phrases: [
    claimPhrase(
      '{moment}container {string} of pod {string} has/had restarted {times}',
      'container',
      containerHasRestarted,
      (c) => (c.restarts === undefined ? undefined : [c.container, c.pod, c.restarts]),
    ),
    claimPhrase(
      '{moment}container {string} of pod {string} is/was waiting with reason {string}',
      'container',
      containerIsWaiting,
      (c) => (c.waiting === undefined ? undefined : [c.container, c.pod, c.waiting]),
    ),
    claimPhrase(
      '{moment}container {string} of pod {string} was last terminated with reason {string}',
      'container',
      containerWasTerminated,
      (c) => (c.terminated === undefined ? undefined : [c.container, c.pod, c.terminated]),
    ),
  ],
  concerns: () => ({ kinds: ['Pod'], world: false }),
  evaluate(claim, view) {
    const pod = podNamed(view, claim.pod);
    if (pod === undefined)
      return { holds: false, found: () => `there was no pod "${claim.pod}"`, objects: [] };
    const all = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
    const status = all.find((c) => c.name === claim.container);
    if (status === undefined) {
      // Before the kubelet's first report, a container of the spec has restarted no times.
      const known = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].some(
        (c) => c.name === claim.container,
      );
      return {
        holds: known && claim.restarts === 0,
        found: () =>
          known
            ? 'its kubelet has not reported on it yet'
            : `pod "${claim.pod}" has no container "${claim.container}"`,
        objects: [pod],
      };
    }
    const holds =
      claim.restarts !== undefined
        ? status.restartCount === claim.restarts
        : claim.waiting !== undefined
          ? status.state?.waiting?.reason === claim.waiting
          : (status.state?.terminated ?? status.lastState?.terminated)?.reason === claim.terminated;
    return { holds, found: () => stateOf(status), objects: [pod] };
  },
};
