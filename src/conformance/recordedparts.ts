/**
 * What the recorded clusters were made of, where it differs from today: they served versions since removed.
 */
import { standardKit } from '../dsl/kit.ts';
import { podDisruptionBudgets } from '../sim/api/resources/poddisruptionbudget.ts';
import type { KubeObject, LabelSelector } from '../sim/api/types.ts';
import type { ClusterParts } from '../sim/parts.ts';

/** Matches no Pod: what an empty selector meant in policy/v1beta1. */
const MATCHES_NONE: LabelSelector = {
  matchExpressions: [
    { key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator: 'Exists' },
  ],
};

/** Models pkg/apis/policy/v1beta1/conversion.go of releases before 1.25. */
function fromV1beta1(budget: KubeObject): KubeObject {
  const spec = budget.spec as { selector?: LabelSelector } | undefined;
  const { selector } = spec ?? {};
  const isEmpty =
    selector !== undefined &&
    selector !== null &&
    Object.keys(selector.matchLabels ?? {}).length === 0 &&
    (selector.matchExpressions ?? []).length === 0;
  return isEmpty ? { ...budget, spec: { ...spec, selector: MATCHES_NONE } } : budget;
}

/** Budgets as releases from 1.21 to 1.24 served them. */
export const formerBudgets: typeof podDisruptionBudgets = {
  ...podDisruptionBudgets,
  versions: [...podDisruptionBudgets.versions, { name: 'v1beta1', toStored: fromV1beta1 }],
};

export const recordedParts: ClusterParts = {
  ...standardKit.parts,
  resources: standardKit.parts.resources.map((d) =>
    d.resource === formerBudgets.resource ? formerBudgets : d,
  ),
};
