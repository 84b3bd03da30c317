/** PodDisruptionBudgets. Models pkg/registry/policy/poddisruptionbudget and pkg/apis/policy. */
import { fill } from '../defaults/fill.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { KubeObject, LabelSelector, PodDisruptionBudget } from '../types.ts';
import { validateBudget, validateBudgetUpdate } from '../validation/budget.ts';
import { validateBudgetStatus } from '../validation/status.ts';
import { defineResource } from './definition.ts';

/** Matches no Pod: what an empty selector meant in policy/v1beta1. */
const MATCHES_NONE: LabelSelector = {
  matchExpressions: [
    { key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator: 'Exists' },
  ],
};

/** Models pkg/apis/policy/v1beta1/conversion.go. */
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

const orNA = (value: string | number | undefined): string =>
  value === undefined || value === null ? 'N/A' : String(value);

export const podDisruptionBudgets = defineResource<PodDisruptionBudget>({
  group: 'policy',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  versions: [{ name: 'v1' }, { name: 'v1beta1', toStored: fromV1beta1 }],
  subresources: { status: true },
  generation: true,
  defaults: (budget) => fill(budget, { spec: {} }),
  strategy: {
    create: begin({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }),
    update: advance(specChanged),
  },
  validation: { create: validateBudget, update: validateBudgetUpdate, status: validateBudgetStatus },
  columns: [
    NAME,
    column('Min Available'),
    column('Max Unavailable'),
    column('Allowed Disruptions', 'integer'),
    AGE,
  ],
  row: (b, { now }) => [
    b.metadata.name,
    orNA(b.spec.minAvailable),
    orNA(b.spec.maxUnavailable),
    b.status.disruptionsAllowed ?? 0,
    ageOf(created(b), now),
  ],
});
