/** RuntimeClasses. Models pkg/registry/node/runtimeclass and pkg/apis/node/validation. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { problemsAt } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { labelProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

export const runtimeClasses = defineResource<Modelled<IRuntimeClass>>({
  group: 'node.k8s.io',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  namespaced: false,
  validation: ruled(
    ({ handler }, out) => problemsAt('handler', handler ?? '', labelProblems(handler ?? ''), out),
    { namespaced: false, immutable: { handler: (c) => c.handler } },
  ),
  columns: [NAME, column('Handler'), AGE],
  row: (c, { now }) => [c.metadata.name, c.handler, ageOf(created(c), now)],
});
