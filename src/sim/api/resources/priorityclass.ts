/** PriorityClasses. Models pkg/registry/scheduling/priorityclass. */
import { withMembers } from '../../kernel/members.ts';
import { fill } from '../defaults/fill.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { PriorityClass } from '../types.ts';
import { validatePriorityClass, validatePriorityClassUpdate } from '../validation/priorityclass.ts';
import { defineResource } from './definition.ts';

export const priorityClasses = defineResource<PriorityClass>({
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  shortNames: ['pc'],
  namespaced: false,
  generation: true,
  defaults: (priority) => fill(priority, { preemptionPolicy: 'PreemptLowerPriority' }),
  strategy: { create: (draft) => ({ ...draft, metadata: withMembers(draft.metadata, { generation: 1 }) }) },
  validation: { create: validatePriorityClass, update: validatePriorityClassUpdate },
  columns: [
    NAME,
    column('Value', 'integer'),
    column('Global-Default', 'boolean'),
    AGE,
    column('PreemptionPolicy'),
  ],
  row: (p, { now }) => [
    p.metadata.name,
    p.value ?? 0,
    p.globalDefault ?? false,
    ageOf(created(p), now),
    p.preemptionPolicy ?? 'PreemptLowerPriority',
  ],
});
