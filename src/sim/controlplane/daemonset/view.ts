/** One sync's view of a DaemonSet. */
import { scaledValue } from '../../api/intorstring.ts';
import type { DaemonSet, Node, Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { Expectations } from '../expectations.ts';
import { isPodAvailable } from '../podutil.ts';
import { REVISION_LABEL } from '../revision.ts';
import type { FailedPodBackoff } from './backoff.ts';
import type { Fit } from './nodes.ts';

export const SOURCE = 'daemonset-controller';

export interface DaemonSetState {
  expectations: Expectations;
  failed: FailedPodBackoff;
}

export interface View {
  readonly ctx: ControllerContext;
  readonly state: DaemonSetState;
  readonly key: string;
  readonly ds: DaemonSet;
  /** The label value of pods of the present template. */
  readonly hash: string;
  readonly nodes: readonly { readonly node: Node; readonly fit: Fit }[];
  /** All pods of the set. */
  readonly pods: readonly Pod[];
}

/** apps/v1 keeps it as an annotation for the sake of extensions/v1beta1. */
export const templateGeneration = (ds: DaemonSet): string | undefined =>
  ds.metadata.annotations?.['deprecated.daemonset.template.generation'];

export function isUpdated(v: View, pod: Pod): boolean {
  const labels = pod.metadata.labels;
  const generation = templateGeneration(v.ds);
  return (
    (v.hash !== '' && labels?.[REVISION_LABEL] === v.hash) ||
    (generation !== undefined && labels?.['pod-template-generation'] === generation)
  );
}

export const isAvailable = (v: View, pod: Pod): boolean =>
  isPodAvailable(pod, v.ds.spec.minReadySeconds ?? 0, v.ctx.now);

export function surgeOf(ds: DaemonSet, desired: number): number {
  if ((ds.spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return 0;
  return scaledValue(ds.spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0, desired, true);
}

/** Whether there may be two pods on a node during an update. */
export const allowsSurge = (ds: DaemonSet): boolean => surgeOf(ds, 1) > 0;

export function unavailableOf(ds: DaemonSet, desired: number): number {
  if ((ds.spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return 0;
  return scaledValue(ds.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 0, desired, true);
}
