/** Leases. Models pkg/registry/coordination/lease. */
import { fill } from '../defaults/fill.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Lease } from '../types.ts';
import { defineResource } from './definition.ts';

export const leases = defineResource<Lease>({
  group: 'coordination.k8s.io',
  kind: 'Lease',
  plural: 'leases',
  defaults: (lease) => fill(lease, { spec: {} }),
  columns: [NAME, column('Holder'), AGE],
  row: (l, { now }) => [l.metadata.name, l.spec.holderIdentity ?? '', ageOf(created(l), now)],
});
