/** ResourceSlices. Models pkg/registry/resource/resourceslice and pkg/apis/resource/validation. */
import type { IResourceSlice } from 'kubernetes-models/resource.k8s.io/v1';
import { generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { invalid, problemsAt, required } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { subdomainProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

type ResourceSlice = Modelled<IResourceSlice>;

const WHERE = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'] as const;

export const resourceSlices = defineResource<ResourceSlice>({
  group: 'resource.k8s.io',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  namespaced: false,
  simulated: 'stored',
  generation: true,
  strategy: generationsOnly(),
  validation: ruled<ResourceSlice>(
    ({ spec }, out) => {
      if (!spec.driver) out.push(required('spec.driver'));
      else problemsAt('spec.driver', spec.driver, subdomainProblems(spec.driver), out);
      if (!spec.pool.name) out.push(required('spec.pool.name'));
      const given = WHERE.filter((name) => spec[name]);
      const choice = '`nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection`';
      if (given.length === 0) out.push(required('spec', `exactly one of ${choice} is required`));
      else if (given.length > 1)
        out.push(invalid('spec', `exactly one of ${choice} is required, but multiple fields are set`));
    },
    {
      namespaced: false,
      immutable: {
        'spec.driver': (s) => s.spec.driver,
        'spec.pool.name': (s) => s.spec.pool.name,
        'spec.nodeName': (s) => s.spec.nodeName,
      },
    },
  ),
  selectableFields: { 'spec.nodeName': (s) => s.spec.nodeName ?? '', 'spec.driver': (s) => s.spec.driver },
  columns: [NAME, column('Node'), column('Driver'), column('Pool'), AGE],
  row: (s, { now }) => [
    s.metadata.name,
    s.spec.nodeName ?? '',
    s.spec.driver,
    s.spec.pool.name,
    ageOf(created(s), now),
  ],
});
