/** DeviceClasses. Models pkg/registry/resource/deviceclass and pkg/apis/resource/validation. */
import type { IDeviceClass } from 'kubernetes-models/resource.k8s.io/v1';
import { generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { tooMany } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

const MOST = 32;

export const deviceClasses = defineResource<Modelled<IDeviceClass>>({
  group: 'resource.k8s.io',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  namespaced: false,
  simulated: 'stored',
  generation: true,
  strategy: generationsOnly(),
  validation: ruled(
    ({ spec }, out) => {
      for (const name of ['selectors', 'config'] as const) {
        const { length } = spec[name] ?? [];
        if (length > MOST) out.push(tooMany(`spec.${name}`, length, MOST));
      }
    },
    { namespaced: false },
  ),
  columns: [NAME, AGE],
  row: (c, { now }) => [c.metadata.name, ageOf(created(c), now)],
});
