/**
 * Which tolerations cover a node's taints, and for how long.
 * Models pkg/apis/core/v1/helper (GetMatchingTolerations) and
 * pkg/controller/tainteviction/taint_eviction.go (getMinTolerationTime).
 */
import { tolerates } from '../../api/tolerations.ts';
import type { Taint, Toleration } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

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
