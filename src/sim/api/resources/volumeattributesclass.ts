/**
 * VolumeAttributesClasses. Models pkg/registry/storage/volumeattributesclass and
 * pkg/apis/storage/validation.
 */
import type { IVolumeAttributesClass } from 'kubernetes-models/storage.k8s.io/v1';
import { deepEqual } from '../equal.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { forbidden, required } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type AttributesClass = Modelled<IVolumeAttributesClass>;

const rules = ruled<AttributesClass>(
  ({ driverName, parameters }, out) => {
    if (!driverName) out.push(required('driverName'));
    if (Object.keys(parameters ?? {}).length === 0)
      out.push(required('parameters', 'must contain at least one key/value pair'));
  },
  { namespaced: false },
);

export const volumeAttributesClasses = defineResource<AttributesClass>({
  group: 'storage.k8s.io',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  shortNames: ['vac'],
  namespaced: false,
  simulated: 'stored',
  validation: {
    ...rules,
    update(next, old, out) {
      rules.update(next, old, out);
      for (const name of ['driverName', 'parameters'] as const)
        if (!deepEqual(next[name], old[name])) out.push(forbidden(name, `updates to ${name} are forbidden.`));
    },
  },
  columns: [NAME, column('DriverName'), AGE],
  row: (c, { now }) => [c.metadata.name, c.driverName, ageOf(created(c), now)],
});
