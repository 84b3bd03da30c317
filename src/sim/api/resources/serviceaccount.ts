/** ServiceAccounts. Models pkg/registry/core/serviceaccount. */
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { ServiceAccount } from '../types.ts';
import { defineResource } from './definition.ts';

export const serviceAccounts = defineResource<ServiceAccount>({
  group: '',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  columns: [NAME, column('Secrets'), AGE],
  row: (a, { now }) => [a.metadata.name, a.secrets?.length ?? 0, ageOf(created(a), now)],
});
