/**
 * `kubectl rollout status`: prints how far a rollout has come at every change, until it is done.
 * Sources: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go,
 * pkg/cmd/rollout/rollout_status.go.
 */
import type { DaemonSet, Deployment, StatefulSet } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { KubectlError } from '../errors.ts';
import { writeOut } from '../session.ts';
import { failed, FINISHED, TIMED_OUT } from './wait.ts';
import type { StepResult, Wait } from './wait.ts';

export type RolloutKind = 'Deployment' | 'DaemonSet' | 'StatefulSet';

export interface RolloutStatusState {
  left: { kind: RolloutKind; namespace: string; name: string; uid: string }[];
  revision: number;
  watch: boolean;
  /** Of the current object, set when it is begun. */
  deadline: Millis | undefined;
  timeoutMs: Millis;
  /** resourceVersion last reported. */
  seen: string;
}

export interface RolloutProgress {
  readonly text: string;
  readonly done: boolean;
}

/** @throws KubectlError when the rollout has failed or cannot be followed */
function rolloutProgress(object: Deployment | DaemonSet | StatefulSet, revision: number): RolloutProgress {
  if (object.kind === 'Deployment') return deploymentProgress(object, revision);
  return object.kind === 'DaemonSet' ? daemonSetProgress(object) : statefulSetProgress(object);
}

const waiting = (text: string): RolloutProgress => ({ text: `${text}\n`, done: false });
const complete = (text: string): RolloutProgress => ({ text: `${text}\n`, done: true });

function deploymentProgress(d: Deployment, revision: number): RolloutProgress {
  const { name } = d.metadata;
  if (revision > 0) {
    const current = Number(d.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
    if (current !== revision)
      throw new KubectlError(
        `desired revision (${revision}) is different from the running revision (${current})`,
      );
  }
  const s = d.status;
  if ((d.metadata.generation ?? 0) > (s.observedGeneration ?? 0))
    return waiting('Waiting for deployment spec update to be observed...');
  if (s.conditions?.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded')) {
    throw new KubectlError(`deployment "${name}" exceeded its progress deadline`);
  }
  const head = `Waiting for deployment "${name}" rollout to finish: `;
  const [replicas, updated, available] = [s.replicas ?? 0, s.updatedReplicas ?? 0, s.availableReplicas ?? 0];
  if (updated < (d.spec.replicas ?? 1))
    return waiting(`${head}${updated} out of ${d.spec.replicas ?? 1} new replicas have been updated...`);
  if (replicas > updated)
    return waiting(`${head}${replicas - updated} old replicas are pending termination...`);
  if (available < updated)
    return waiting(`${head}${available} of ${updated} updated replicas are available...`);
  return complete(`deployment "${name}" successfully rolled out`);
}

const NOT_ROLLING = 'rollout status is only available for RollingUpdate strategy type';

function daemonSetProgress(d: DaemonSet): RolloutProgress {
  const { name } = d.metadata;
  if (d.spec.updateStrategy?.type !== 'RollingUpdate') throw new KubectlError(NOT_ROLLING);
  const s = d.status;
  if ((d.metadata.generation ?? 0) > (s.observedGeneration ?? 0))
    return waiting('Waiting for daemon set spec update to be observed...');
  const head = `Waiting for daemon set "${name}" rollout to finish: `;
  const wanted = s.desiredNumberScheduled ?? 0;
  if ((s.updatedNumberScheduled ?? 0) < wanted)
    return waiting(`${head}${s.updatedNumberScheduled ?? 0} out of ${wanted} new pods have been updated...`);
  if ((s.numberAvailable ?? 0) < wanted)
    return waiting(`${head}${s.numberAvailable ?? 0} of ${wanted} updated pods are available...`);
  return complete(`daemon set "${name}" successfully rolled out`);
}

function statefulSetProgress(sts: StatefulSet): RolloutProgress {
  if (sts.spec.updateStrategy?.type === 'OnDelete') throw new KubectlError(NOT_ROLLING);
  const s = sts.status;
  const observed = s.observedGeneration ?? 0;
  if (observed === 0 || (sts.metadata.generation ?? 0) > observed)
    return waiting('Waiting for statefulset spec update to be observed...');
  const replicas = sts.spec.replicas ?? 1;
  const ready = s.readyReplicas ?? 0;
  if (ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
  const rolling = sts.spec.updateStrategy?.rollingUpdate;
  if (sts.spec.updateStrategy?.type === 'RollingUpdate' && rolling !== undefined) {
    const updated = s.updatedReplicas ?? 0;
    if (rolling.partition !== undefined && updated < replicas - rolling.partition) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${replicas - rolling.partition} new pods have been updated...`,
      );
    }
    return complete(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (s.updateRevision !== s.currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${s.updatedReplicas ?? 0} pods at revision ${s.updateRevision}...`,
    );
  }
  return complete(
    `statefulset rolling update complete ${s.currentReplicas ?? 0} pods at revision ${s.currentRevision}...`,
  );
}

export const rolloutStatusWait: Wait<RolloutStatusState> = {
  name: 'rolloutStatus',
  ready(state, { api }) {
    const first = state.left[0]!;
    return api.find(first.kind, first.namespace, first.name)?.metadata.resourceVersion !== state.seen;
  },
  step(state, context): StepResult {
    const fail = (error: unknown): StepResult => failed(error, context);
    for (;;) {
      const first = state.left[0];
      if (first === undefined) return FINISHED;
      state.deadline ??= state.timeoutMs === 0 ? Number.MAX_SAFE_INTEGER : context.now + state.timeoutMs;
      const object = context.api.find(first.kind, first.namespace, first.name);
      if (object === undefined || object.metadata.uid !== first.uid)
        return fail(new KubectlError('object has been deleted'));
      if (object.metadata.resourceVersion !== state.seen) {
        state.seen = object.metadata.resourceVersion;
        let progress: RolloutProgress;
        try {
          progress = rolloutProgress(object, state.revision);
        } catch (error) {
          return fail(error);
        }
        writeOut(context, progress.text);
        if (progress.done || !state.watch) {
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
