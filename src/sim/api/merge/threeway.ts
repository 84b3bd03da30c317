/**
 * The patch `kubectl apply` sends: what the new configuration adds or changes against the live object, and
 * deletions of what the last applied configuration had and the new one has not. Models
 * staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (CreateThreeWayMergePatch,
 * CreateTwoWayMergePatch).
 */
import type { FieldType } from '../schema/types.ts';
import { diffMaps } from './diff.ts';
import type { Json } from './jsonmerge.ts';
import { mergeMap } from './strategic.ts';

/**
 * A strategic merge patch for `live`, or undefined when there is nothing to change.
 * @param type the schema of its kind
 * @param lastApplied what the annotation `kubectl.kubernetes.io/last-applied-configuration` holds
 * @param modified the new configuration, with that annotation renewed
 */
export function threeWayPatch(
  type: FieldType | undefined,
  lastApplied: object | undefined,
  modified: object,
  live: object,
): Json | undefined {
  const delta = diffMaps(live as Json, modified as Json, type, {
    ignoreChanges: false,
    ignoreDeletions: true,
  });
  const deletions = diffMaps((lastApplied ?? {}) as Json, modified as Json, type, {
    ignoreChanges: true,
    ignoreDeletions: false,
  });
  const patch = mergeMap(deletions, delta, type, { apply: false });
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/**
 * The strategic merge patch from one object to another, or undefined when they are equal; what `kubectl
 * edit`, `label`, `set image` send.
 */
export function twoWayPatch(
  type: FieldType | undefined,
  original: object,
  modified: object,
): Json | undefined {
  const patch = diffMaps(original as Json, modified as Json, type, {
    ignoreChanges: false,
    ignoreDeletions: false,
  });
  return Object.keys(patch).length === 0 ? undefined : patch;
}
