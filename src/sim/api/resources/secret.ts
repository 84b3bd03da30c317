/** Secrets; what they are given in `stringData` is kept in `data`. Models pkg/registry/core/secret. */
import { fillZero } from '../defaults/fill.ts';
import { encodeStringData } from '../strategy/secret.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, entryCount, NAME } from '../table/column.ts';
import type { Secret } from '../types.ts';
import { validateSecret, validateSecretUpdate } from '../validation/config.ts';
import { defineResource } from './definition.ts';

export const secrets = defineResource<Secret>({
  group: '',
  kind: 'Secret',
  plural: 'secrets',
  defaults: (secret) => fillZero(secret, { type: 'Opaque' }),
  strategy: { create: encodeStringData, update: encodeStringData },
  validation: { create: validateSecret, update: validateSecretUpdate },
  selectableFields: { type: (s) => s.type ?? '' },
  columns: [NAME, column('Type'), column('Data'), AGE],
  row: (s, { now }) => [s.metadata.name, s.type ?? 'Opaque', entryCount(s.data), ageOf(created(s), now)],
});
