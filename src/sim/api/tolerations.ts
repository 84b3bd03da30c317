/**
 * Taints and tolerations. Models staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go and
 * api/core/v1/toleration.go.
 */
import type { Taint, Toleration } from './types.ts';

export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    default:
      return false;
  }
}

export function anyTolerates(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  if (tolerations !== undefined) for (const t of tolerations) if (tolerates(t, taint)) return true;
  return false;
}

/** Taints that keep a pod off a node: NoSchedule and NoExecute. */
export const keepsAway = (taint: Taint): boolean =>
  taint.effect === 'NoSchedule' || taint.effect === 'NoExecute';

/** The first taint that keeps the pod away and that it does not tolerate. */
export function untoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
): Taint | undefined {
  if (taints !== undefined)
    for (const t of taints) if (keepsAway(t) && !anyTolerates(tolerations, t)) return t;
  return undefined;
}

export const noExecuteTaints = (taints: readonly Taint[] | undefined): Taint[] =>
  (taints ?? []).filter((t) => t.effect === 'NoExecute');
