/** PodDisruptionBudgets. Models pkg/registry/policy/poddisruptionbudget and pkg/apis/policy. */
import { fill } from '../defaults/fill.ts';
import { advance, begin, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { PodDisruptionBudget } from '../types.ts';
import { validateBudget, validateBudgetUpdate } from '../validation/budget.ts';
import { validateBudgetStatus } from '../validation/status.ts';
import { defineResource } from './definition.ts';

const orNA = (value: string | number | undefined): string =>
  value === undefined || value === null ? 'N/A' : String(value);

export const podDisruptionBudgets = defineResource<PodDisruptionBudget>({
  group: 'policy',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  versions: [{ name: 'v1' }],
  subresources: { status: true },
  generation: true,
  observed: true,
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
