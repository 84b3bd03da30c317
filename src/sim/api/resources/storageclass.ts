/** StorageClasses. Models pkg/registry/storage/storageclass and pkg/apis/storage/{v1,validation}. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import { fill } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { labelKeyProblems } from '../labelsyntax.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { forbidden, oneOf, problemsAt, required } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type StorageClass = Modelled<IStorageClass>;

const isDefault = ({ metadata: { annotations = {} } }: StorageClass): boolean =>
  ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'].some(
    (name) => annotations[name] === 'true',
  );

const rules = ruled<StorageClass>(
  ({ provisioner, reclaimPolicy, volumeBindingMode }, out) => {
    if (!provisioner) out.push(required('provisioner'));
    else problemsAt('provisioner', provisioner, labelKeyProblems(provisioner.toLowerCase()), out);
    oneOf(reclaimPolicy, ['Delete', 'Retain'], 'reclaimPolicy', out);
    oneOf(volumeBindingMode, ['Immediate', 'WaitForFirstConsumer'], 'volumeBindingMode', out);
  },
  {
    namespaced: false,
    immutable: { reclaimPolicy: (c) => c.reclaimPolicy, volumeBindingMode: (c) => c.volumeBindingMode },
  },
);

export const storageClasses = defineResource<StorageClass>({
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  plural: 'storageclasses',
  shortNames: ['sc'],
  namespaced: false,
  defaults: (c) => fill(c, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validation: {
    ...rules,
    update(next, old, out) {
      rules.update(next, old, out);
      for (const name of ['parameters', 'provisioner'] as const)
        if (!deepEqual(next[name], old[name])) out.push(forbidden(name, `updates to ${name} are forbidden.`));
    },
  },
  columns: [
    NAME,
    column('Provisioner'),
    column('ReclaimPolicy'),
    column('VolumeBindingMode'),
    column('AllowVolumeExpansion', 'boolean'),
    AGE,
  ],
  row: (c, { now }) => [
    `${c.metadata.name}${isDefault(c) ? ' (default)' : ''}`,
    c.provisioner,
    c.reclaimPolicy ?? 'Delete',
    c.volumeBindingMode ?? 'Immediate',
    c.allowVolumeExpansion ?? false,
    ageOf(created(c), now),
  ],
});
