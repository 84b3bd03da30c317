/**
 * What has become of a container, by its Pod's status: restarts, the reason it waits, the reason it last
 * ended.
 */
import type { ContainerStatus } from '../../sim/api/types.ts';
import { podNamed } from './select.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { ContainerClaim } from './claim.ts';

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
    {
      en: '{moment}container {string:container} of pod {string:pod} has/had restarted {times:restarts}',
      ja: '{moment}Pod{pod}のコンテナ{container}が{restarts}再起動している',
    },
    {
      en: '{moment}container {string:container} of pod {string:pod} is/was waiting with reason {string:waiting}',
      ja: '{moment}Pod{pod}のコンテナ{container}が理由{waiting}で待機している',
    },
    {
      en: '{moment}container {string:container} of pod {string:pod} was last terminated with reason {string:terminated}',
      ja: '{moment}Pod{pod}のコンテナ{container}が前回は理由{terminated}で終了している',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Pod'], world: false }),
  subjects: (claim, namespace) => [
    { ...subjectNamed('Pod', claim.pod, namespace), container: claim.container },
  ],
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
