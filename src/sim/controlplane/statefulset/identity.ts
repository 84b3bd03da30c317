/**
 * A stateful pod's identity: its ordinal, name and labels, and the revision it is made of.
 * Models pkg/controller/statefulset/stateful_set_utils.go.
 */
import type { Draft } from '../../api/client.ts';
import { scaledValue } from '../../api/intorstring.ts';
import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { podFromTemplate } from '../podcontrol.ts';
import { isPodAvailable, isPodReady } from '../podutil.ts';
import { REVISION_LABEL, templateOf } from '../revision.ts';
import { withClaimVolumes } from './claims.ts';
import type { Bug } from '../../planted.ts';

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** Set and ordinal of a pod by its name; ordinal -1 when the name is not of that form. */
export function parentAndOrdinal(podName: string): { parent: string; ordinal: number } {
  const match = /^(.*)-([0-9]+)$/.exec(podName);
  if (match === null) return { parent: '', ordinal: -1 };
  const ordinal = Number(match[2]);
  return ordinal <= 2 ** 31 - 1 ? { parent: match[1]!, ordinal } : { parent: match[1]!, ordinal: -1 };
}

export const ordinalOf = (pod: { metadata: { name?: string } }): number =>
  parentAndOrdinal(pod.metadata.name ?? '').ordinal;
export const isMember = (set: StatefulSet, pod: Pod): boolean =>
  parentAndOrdinal(pod.metadata.name).parent === set.metadata.name;

export const replicasOf = (set: StatefulSet): number => set.spec.replicas ?? 1;
export const startOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0;
export const inRange = (set: StatefulSet, ordinal: number): boolean =>
  ordinal >= startOrdinal(set) && ordinal < startOrdinal(set) + replicasOf(set);
export const allowsBurst = (set: StatefulSet): boolean => set.spec.podManagementPolicy === 'Parallel';
export const isRollingUpdate = (set: StatefulSet): boolean =>
  (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
export const partitionOf = (set: StatefulSet, planted: Bug | undefined): number =>
  planted === 'stateful-ignores-partition' ? 0 : (set.spec.updateStrategy?.rollingUpdate?.partition ?? 0);

/** How many may be unavailable during an update: at least one. */
export function maxUnavailable(set: StatefulSet): number {
  return Math.max(
    1,
    scaledValue(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, replicasOf(set), true),
  );
}

export const revisionName = (pod: Pod | Draft<Pod>): string => pod.metadata.labels?.[REVISION_LABEL] ?? '';
export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
export const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isPodReady(pod);
export const isRunningAndAvailable = (pod: Pod, set: StatefulSet, now: Millis): boolean =>
  isRunningAndReady(pod) && isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now);
export const isUnavailable = (pod: Pod, set: StatefulSet, now: Millis): boolean =>
  !isRunningAndAvailable(pod, set, now) || isTerminating(pod);

/** Whether a pod carries its name in its labels, as it was made to. */
export function identityMatches(set: StatefulSet, pod: Pod): boolean {
  const { parent, ordinal } = parentAndOrdinal(pod.metadata.name);
  return (
    ordinal >= 0 &&
    parent === set.metadata.name &&
    pod.metadata.labels?.[POD_NAME_LABEL] === pod.metadata.name
  );
}

export function withIdentity(pod: Pod): Pod {
  const { name, labels } = pod.metadata;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: { ...labels, [POD_NAME_LABEL]: name, [POD_INDEX_LABEL]: String(ordinalOf(pod)) },
    },
  };
}

/** The two revisions between which an update moves pods. */
export interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
}

/** The pod of an ordinal: below the partition at the current revision, else at the update's. */
export function newPod(set: StatefulSet, revisions: Revisions, ordinal: number, planted?: Bug): Draft<Pod> {
  const keepsCurrent =
    isRollingUpdate(set) &&
    (set.spec.updateStrategy?.rollingUpdate === undefined
      ? ordinal < startOrdinal(set) + (set.status.currentReplicas ?? 0)
      : ordinal < startOrdinal(set) + partitionOf(set, planted));
  const revision = keepsCurrent ? revisions.current : revisions.update;
  const template: PodTemplateSpec = templateOf(revision);
  const draft = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      name,
      labels: {
        ...draft.metadata.labels,
        [POD_NAME_LABEL]: name,
        [POD_INDEX_LABEL]: String(ordinal),
        [REVISION_LABEL]: revision.metadata.name,
      },
    },
    spec: {
      ...draft.spec,
      ...withClaimVolumes(set, draft.spec, ordinal),
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
    },
  };
}
