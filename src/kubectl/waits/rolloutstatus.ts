/**
 * `kubectl rollout status`: prints how far a rollout has come at every change, until it is done.
 * Sources: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go,
 * pkg/cmd/rollout/rollout_status.go.
 */
import type { RolloutProgress } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { KubectlError } from '../errors.ts';
import { writeOut, type WaitContext } from '../session.ts';
import { failed, FINISHED, TIMED_OUT } from './wait.ts';
import type { StepResult, Wait } from './wait.ts';

export interface RolloutStatusState {
  /** `resource`: `deployments.apps`. */
  left: { resource: string; namespace: string; name: string; uid: string }[];
  revision: number;
  watch: boolean;
  /** Of the current object, set when it is begun. */
  deadline: Millis | undefined;
  timeoutMs: Millis;
  /** resourceVersion last reported. */
  seen: string;
}

/** @throws KubectlError when another revision is asked for than the one that runs */
function checkRevision(object: KubeObject, wanted: number): void {
  if (wanted === 0) return;
  const running = Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (running !== wanted)
    throw new KubectlError(
      `desired revision (${wanted}) is different from the running revision (${running})`,
    );
}

/** @throws KubectlError when the rollout has failed or cannot be followed */
function progressOf(
  object: KubeObject,
  { revision }: RolloutStatusState,
  resources: WaitContext['resources'],
): RolloutProgress {
  const { workload } = resources.of(object)!;
  if (workload!.revisions === 'ReplicaSet') checkRevision(object, revision);
  const progress = workload!.rollout!.progress(object);
  if (progress.state === 'failed') throw new KubectlError(progress.said);
  return progress;
}

export const rolloutStatusWait: Wait<RolloutStatusState> = {
  name: 'rolloutStatus',
  ready(state, { api }) {
    const first = state.left[0]!;
    return api.find(first.resource, first.namespace, first.name)?.metadata.resourceVersion !== state.seen;
  },
  step(state, context): StepResult {
    const fail = (error: unknown): StepResult => failed(error, context);
    for (;;) {
      const first = state.left[0];
      if (first === undefined) return FINISHED;
      state.deadline ??= state.timeoutMs === 0 ? Number.MAX_SAFE_INTEGER : context.now + state.timeoutMs;
      const object = context.api.find(first.resource, first.namespace, first.name);
      if (object === undefined || object.metadata.uid !== first.uid)
        return fail(new KubectlError('object has been deleted'));
      if (object.metadata.resourceVersion !== state.seen) {
        state.seen = object.metadata.resourceVersion;
        let progress: RolloutProgress;
        try {
          progress = progressOf(object, state, context.resources);
        } catch (error) {
          return fail(error);
        }
        writeOut(context, `${progress.said}\n`);
        if (progress.state === 'done' || !state.watch) {
          state.left.shift();
          state.deadline = undefined;
          state.seen = '';
          continue;
        }
      }
      if (context.now >= state.deadline) return fail(new KubectlError(TIMED_OUT));
      return { done: false, wakeAt: state.deadline };
    }
  },
};
