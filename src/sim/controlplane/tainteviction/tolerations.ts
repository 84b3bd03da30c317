/**
 * Which taints a pod tolerates, and for how long.
 * Models staging/src/k8s.io/api/core/v1/toleration.go (ToleratesTaint), pkg/apis/core/v1/helper
 * (GetMatchingTolerations) and pkg/controller/tainteviction/taint_eviction.go (getMinTolerationTime).
 */
import type { Taint, Toleration } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (
    toleration.effect !== undefined &&
    toleration.effect !== ('' as string) &&
    toleration.effect !== taint.effect
  )
    return false;
  if (toleration.key !== undefined && toleration.key !== '' && toleration.key !== taint.key) return false;
  const operator = toleration.operator as string | undefined;
  if (operator === undefined || operator === '' || operator === 'Equal')
    return (toleration.value ?? '') === (taint.value ?? '');
  return operator === 'Exists';
}

/** For each taint the first toleration that covers it; undefined when one is not covered. */
export function usedTolerations(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): Toleration[] | undefined {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const found = tolerations.find((t) => tolerates(t, taint));
    if (found === undefined) return undefined;
    used.push(found);
  }
  return used;
}

/** How long the tolerations last together: the shortest tolerationSeconds; undefined for ever, 0 at once. */
export function shortestTolerationMs(tolerations: readonly Toleration[]): Millis | undefined {
  if (tolerations.length === 0) return 0;
  let shortest: number | undefined;
  for (const { tolerationSeconds } of tolerations) {
    if (tolerationSeconds === undefined || tolerationSeconds === null) continue;
    if (tolerationSeconds <= 0) return 0;
    if (shortest === undefined || tolerationSeconds < shortest) shortest = tolerationSeconds;
  }
  return shortest === undefined ? undefined : shortest * 1000;
}

export const noExecuteTaints = (taints: readonly Taint[] | undefined): Taint[] =>
  (taints ?? []).filter((t) => t.effect === 'NoExecute');
