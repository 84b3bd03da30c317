/** CSIStorageCapacities. Models pkg/registry/storage/csistoragecapacity and pkg/apis/storage/validation. */
import type { ICSIStorageCapacity } from 'kubernetes-models/storage.k8s.io/v1';
import { column, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { required } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { validateSelector } from '../validation/selector.ts';
import { defineResource } from './definition.ts';

type Capacity = Modelled<ICSIStorageCapacity>;

export const csiStorageCapacities = defineResource<Capacity>({
  group: 'storage.k8s.io',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  simulated: 'stored',
  validation: ruled<Capacity>(
    ({ nodeTopology, storageClassName }, out) => {
      validateSelector(nodeTopology, 'nodeTopology', out);
      if (!storageClassName) out.push(required('storageClassName'));
    },
    { immutable: { nodeTopology: (c) => c.nodeTopology, storageClassName: (c) => c.storageClassName } },
  ),
  columns: [NAME, column('StorageClassName'), column('Capacity')],
  row: (c) => [c.metadata.name, c.storageClassName, String(c.capacity ?? '<unset>')],
});
