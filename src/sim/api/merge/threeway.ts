/**
 * The patch `kubectl apply` sends: what the new configuration adds or changes against the live object, and
 * deletions of what the last applied configuration had and the new one has not. Models
 * staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (CreateThreeWayMergePatch,
 * CreateTwoWayMergePatch).
 */
import { apiVersionOf, findKind } from '../kinds.ts';
import { typeOfKind, type FieldType } from '../schema/types.ts';
import { diffMaps } from './diff.ts';
import type { Json } from './jsonmerge.ts';
import { mergeMap } from './strategic.ts';

/** The type by which objects of a kind merge; undefined for kinds that are not served. */
export function mergeType(kind: string, object: Json): FieldType | undefined {
  const info = findKind(kind);
  const own = typeof object['apiVersion'] === 'string' ? typeOfKind(object['apiVersion'], kind) : undefined;
  return own ?? (info === undefined ? undefined : typeOfKind(apiVersionOf(info), kind));
}

export function threeWayPatchOf(
  type: FieldType | undefined,
  lastApplied: Json | undefined,
  modified: Json,
  live: Json,
): Json | undefined {
  const delta = diffMaps(live, modified, type, { ignoreChanges: false, ignoreDeletions: true });
  const deletions = diffMaps(lastApplied ?? {}, modified, type, {
    ignoreChanges: true,
    ignoreDeletions: false,
  });
  const patch = mergeMap(deletions, delta, type, { apply: false });
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/**
 * A strategic merge patch for `live`, or undefined when there is nothing to change.
 * @param lastApplied what the annotation `kubectl.kubernetes.io/last-applied-configuration` holds
 * @param modified the new configuration, with that annotation renewed
 */
export function threeWayPatch(
  kind: string,
  lastApplied: object | undefined,
  modified: object,
  live: object,
): Json | undefined {
  return threeWayPatchOf(
    mergeType(kind, modified as Json),
    lastApplied as Json | undefined,
    modified as Json,
    live as Json,
  );
}

/**
 * The strategic merge patch from one object to another, or undefined when they are equal; what `kubectl
 * edit`, `label`, `set image` send.
 */
export function twoWayPatch(kind: string, original: object, modified: object): Json | undefined {
  const patch = diffMaps(original as Json, modified as Json, mergeType(kind, modified as Json), {
    ignoreChanges: false,
    ignoreDeletions: false,
  });
  return Object.keys(patch).length === 0 ? undefined : patch;
}
