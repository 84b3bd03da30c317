/**
 * What has become of a container, by its Pod's status: whether it runs, restarts, the reason it waits, the
 * reason it last ended.
 */
import { say, type Language } from '../../messages/index.ts';
import { allContainers, allContainerStatuses } from '../../sim/api/containers.ts';
import type { ContainerStatus } from '../../sim/api/types.ts';
import { podNamed } from './select.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { ContainerClaim } from './claim.ts';

const endingOf = ({ reason, exitCode }: { reason?: string; exitCode: number }): string =>
  reason ?? `exit code ${exitCode}`;

function stateOf({ state, lastState, restartCount }: ContainerStatus, language: Language): string {
  const [now, why] = state?.waiting
    ? ['waiting', state.waiting.reason ?? 'no reason']
    : state?.terminated
      ? ['terminated', endingOf(state.terminated)]
      : [state?.running ? 'running' : 'not started', ''];
  const last = lastState?.terminated === undefined ? '' : endingOf(lastState.terminated);
  return say('foundContainer', { state: now, why, restarts: restartCount, last }, language);
}

export const container: ClaimFamily<ContainerClaim> = {
  claim: 'container',
  phrases: [
    {
      en: '{moment}container {string:container} of pod {string:pod} has/had restarted {times:restarts}',
      ja: '{moment}Pod{pod}のコンテナ{container}が{restarts}再起動している',
    },
    {
      en:
        '{moment}container {string:container} of pod {string:pod} is/was waiting with reason ' +
        '{string:waiting}',
      ja: '{moment}Pod{pod}のコンテナ{container}が{waiting}により待機中である',
    },
    {
      en:
        '{moment}container {string:container} of pod {string:pod} was last terminated with reason ' +
        '{string:terminated}',
      ja: '{moment}Pod{pod}のコンテナ{container}が前回は{terminated}で終了した',
    },
    {
      en: '{moment}container {string:container} of pod {string:pod} is/was running',
      ja: '{moment}Pod{pod}のコンテナ{container}が実行中である',
      about: 'init containers, sidecars and ephemeral containers too',
      fixed: { running: true },
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
      return {
        holds: false,
        found: (language) => say('foundNoSuch', { kind: 'pod', name: claim.pod }, language),
        objects: [],
      };
    const status = allContainerStatuses(pod.status).find((c) => c.name === claim.container);
    if (status === undefined) {
      // Before the kubelet's first report, a container of the spec has restarted no times.
      const known = allContainers(pod).some((c) => c.name === claim.container);
      return {
        holds: known && claim.restarts === 0,
        found: (language) =>
          known
            ? say('foundUnreported', {}, language)
            : say('foundNoContainer', { pod: claim.pod, container: claim.container }, language),
        objects: [pod],
      };
    }
    const holds =
      claim.restarts !== undefined
        ? status.restartCount === claim.restarts
        : claim.waiting !== undefined
          ? status.state?.waiting?.reason === claim.waiting
          : claim.running === true
            ? Boolean(status.state?.running)
            : (status.state?.terminated ?? status.lastState?.terminated)?.reason === claim.terminated;
    return { holds, found: (language) => stateOf(status, language), objects: [pod] };
  },
};
