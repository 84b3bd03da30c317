/** Services. Models pkg/registry/core/service. */
import { withMembers } from '../../kernel/members.ts';
import { defaultService } from '../defaults/service.ts';
import { updateService } from '../strategy/service.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, labelText, NAME, NONE, wide } from '../table/column.ts';
import { externalIP, servicePortText } from '../table/service.ts';
import type { Service } from '../types.ts';
import { validateService, validateServiceUpdate } from '../validation/service.ts';
import { serviceWarnings } from '../validation/servicewarnings.ts';
import { defineResource } from './definition.ts';

export const services = defineResource<Service>({
  group: '',
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  subresources: { status: true },
  defaults: defaultService,
  strategy: {
    create: (draft) => withMembers(draft, { status: { loadBalancer: {} } }),
    update: updateService,
  },
  validation: { create: validateService, update: validateServiceUpdate, warnings: serviceWarnings },
  selectableFields: {
    'spec.clusterIP': (s) => s.spec.clusterIP ?? '',
    'spec.type': (s) => s.spec.type ?? '',
  },
  columns: [
    NAME,
    column('Type'),
    column('Cluster-IP'),
    column('External-IP'),
    column('Port(s)'),
    AGE,
    wide('Selector'),
  ],
  row: (s, { now, wide: isWide }) => [
    s.metadata.name,
    s.spec.type ?? 'ClusterIP',
    s.spec.clusterIPs?.[0] || s.spec.clusterIP || NONE,
    externalIP(s, isWide),
    servicePortText(s),
    ageOf(created(s), now),
    labelText(s.spec.selector),
  ],
});
