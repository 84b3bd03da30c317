/** ServiceCIDRs. Models pkg/registry/networking/servicecidr and pkg/apis/networking/validation. */
import type { IServiceCIDR } from 'kubernetes-models/networking.k8s.io/v1';
import { fill } from '../defaults/fill.ts';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { cidrProblems } from '../validation/cidr.ts';
import { invalidValue, problemsAt, required } from '../validation/field.ts';
import { eachAt, ruled, textAt } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type ServiceCIDR = Modelled<IServiceCIDR>;

export const serviceCIDRs = defineResource<ServiceCIDR>({
  group: 'networking.k8s.io',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  namespaced: false,
  simulated: 'stored',
  subresources: { status: true },
  defaults: (c) => fill(c, { spec: {} }),
  strategy: serversStatus({}),
  validation: ruled<ServiceCIDR>(
    ({ spec }, out) => {
      const { cidrs = [] } = spec;
      if (cidrs.length === 0) out.push(required('spec.cidrs', 'at least one CIDR required'));
      if (cidrs.length > 2) out.push(invalidValue('spec', spec, 'may only hold up to 2 values'));
      eachAt(cidrs, 'spec.cidrs', (cidr, at) => problemsAt(at, cidr, cidrProblems(textAt(cidr)), out));
    },
    { namespaced: false, immutable: { 'spec.cidrs': (c) => c.spec.cidrs } },
  ),
  columns: [NAME, column('CIDRs'), AGE],
  row: (c, { now }) => [c.metadata.name, (c.spec.cidrs ?? []).join(','), ageOf(created(c), now)],
});
