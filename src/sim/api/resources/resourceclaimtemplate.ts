/**
 * ResourceClaimTemplates. Models pkg/registry/resource/resourceclaimtemplate and
 * pkg/apis/resource/validation.
 */
import type { IResourceClaimTemplate } from 'kubernetes-models/resource.k8s.io/v1';
import { fill, into } from '../defaults/fill.ts';
import { defaultDevices, validateDevices } from '../validation/devices.ts';
import { ageOf } from '../table/age.ts';
import { AGE, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

export const resourceClaimTemplates = defineResource<Modelled<IResourceClaimTemplate>>({
  group: 'resource.k8s.io',
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  simulated: 'stored',
  defaults: (template) =>
    into(template, 'spec', (spec) =>
      into(fill(spec, { spec: {} }), 'spec', (claim) => into(claim, 'devices', defaultDevices)),
    ),
  validation: ruled(({ spec }, out) => validateDevices(spec.spec.devices, 'spec.spec.devices', out), {
    immutable: { spec: (t) => t.spec },
  }),
  columns: [NAME, AGE],
  row: (t, { now }) => [t.metadata.name, ageOf(created(t), now)],
});
