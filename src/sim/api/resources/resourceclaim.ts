/** ResourceClaims. Models pkg/registry/resource/resourceclaim and pkg/apis/resource/{v1,validation}. */
import type { IResourceClaim } from 'kubernetes-models/resource.k8s.io/v1';
import { fill, into } from '../defaults/fill.ts';
import { defaultDevices, validateDevices } from '../validation/devices.ts';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type ResourceClaim = Modelled<IResourceClaim>;

/** `allocated,reserved`, `pending`, and that it is going. */
function stateText({ metadata, status }: ResourceClaim): string {
  const states = [
    ...(metadata.deletionTimestamp === undefined ? [] : ['deleted']),
    ...(status.allocation === undefined ? [] : ['allocated']),
    ...((status.reservedFor ?? []).length > 0 ? ['reserved'] : []),
  ];
  return status.allocation === undefined ? [...states, 'pending'].join(',') : states.join(',');
}

export const resourceClaims = defineResource<ResourceClaim>({
  group: 'resource.k8s.io',
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  simulated: 'stored',
  subresources: { status: true },
  defaults: (claim) =>
    into(fill(claim, { spec: {} }), 'spec', (spec) => into(spec, 'devices', defaultDevices)),
  strategy: serversStatus({}),
  validation: ruled<ResourceClaim>(({ spec }, out) => validateDevices(spec.devices, 'spec.devices', out), {
    immutable: { spec: (c) => c.spec },
  }),
  columns: [NAME, column('State'), AGE],
  row: (c, { now }) => [c.metadata.name, stateText(c), ageOf(created(c), now)],
});
