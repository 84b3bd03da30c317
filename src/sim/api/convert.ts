/**
 * Versions of kinds: what is served, and how another version becomes the stored one.
 * Models pkg/apis/policy/v1beta1/conversion.go and the answers of discovery.
 */
import { ApiError } from './errors.ts';
import { apiVersionOf, findKind, type KindInfo } from './kinds.ts';
import type { KubeObject, LabelSelector } from './types.ts';

/** The kind that an apiVersion and kind name, undefined where they are not served. */
export function servedKind(apiVersion: string, kind: string): KindInfo | undefined {
  const info = findKind(kind);
  if (info === undefined) return undefined;
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return group === info.group && info.versions.includes(apiVersion.slice(slash + 1)) ? info : undefined;
}

/** What discovery says of a kind that is not served; kubectl wraps it. */
export const noMatches = (apiVersion: string, kind: string): string =>
  `no matches for kind "${kind}" in version "${apiVersion}"`;

/** Matches no Pod: what an empty selector meant in policy/v1beta1. */
const MATCHES_NONE: LabelSelector = {
  matchExpressions: [
    { key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator: 'Exists' },
  ],
};

function budgetFromV1beta1(budget: KubeObject): KubeObject {
  const spec = budget.spec as { selector?: LabelSelector } | undefined;
  const { selector } = spec ?? {};
  const empty =
    selector !== undefined &&
    selector !== null &&
    Object.keys(selector.matchLabels ?? {}).length === 0 &&
    (selector.matchExpressions ?? []).length === 0;
  return {
    ...budget,
    apiVersion: 'policy/v1',
    ...(empty ? { spec: { ...spec, selector: MATCHES_NONE } } : {}),
  };
}

/** The object in the version that is stored. @throws ApiError NotFound for a version that is not served */
export function toStorageVersion(object: KubeObject): KubeObject {
  const info = servedKind(object.apiVersion, object.kind);
  if (info === undefined) throw new ApiError('NotFound', 'the server could not find the requested resource');
  if (object.apiVersion === 'policy/v1beta1') return budgetFromV1beta1(object);
  const stored = apiVersionOf(info);
  return object.apiVersion === stored ? object : { ...object, apiVersion: stored };
}
