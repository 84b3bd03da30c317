/** CSINodes. Models pkg/registry/storage/csinode and pkg/apis/storage/validation. */
import type { ICSINode } from 'kubernetes-models/storage.k8s.io/v1';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { duplicate, required } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type CSINode = Modelled<ICSINode>;

export const csiNodes = defineResource<CSINode>({
  group: 'storage.k8s.io',
  kind: 'CSINode',
  plural: 'csinodes',
  namespaced: false,
  validation: ruled<CSINode>(
    ({ spec }, out) => {
      const names = spec.drivers.map((driver) => driver.name);
      eachAt(spec.drivers, 'spec.drivers', ({ name, nodeID }, at) => {
        if (!name) out.push(required(`${at}.name`));
        if (!nodeID) out.push(required(`${at}.nodeID`));
      });
      names.forEach((name, i) => {
        if (names.indexOf(name) < i) out.push(duplicate(`spec.drivers[${i}].name`, name));
      });
    },
    { namespaced: false },
  ),
  columns: [NAME, column('Drivers', 'integer'), AGE],
  row: (n, { now }) => [n.metadata.name, n.spec.drivers.length, ageOf(created(n), now)],
});
