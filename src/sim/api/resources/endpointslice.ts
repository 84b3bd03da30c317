/** EndpointSlices. Models pkg/registry/discovery/endpointslice. */
import { withMembers } from '../../kernel/members.ts';
import { defaultEndpointSlice } from '../defaults/service.ts';
import { deepEqual } from '../equal.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, listWithMore, NAME } from '../table/column.ts';
import type { EndpointSlice } from '../types.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from '../validation/endpointslice.ts';
import { defineResource } from './definition.ts';

const isChanged = (next: EndpointSlice, old: EndpointSlice): boolean =>
  !deepEqual(next.endpoints, old.endpoints) ||
  !deepEqual(next.ports, old.ports) ||
  next.addressType !== old.addressType ||
  !deepEqual(next.metadata.labels ?? {}, old.metadata.labels ?? {});

export const endpointSlices = defineResource<EndpointSlice>({
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  generation: true,
  defaults: defaultEndpointSlice,
  strategy: {
    create: (draft) => ({ ...draft, metadata: withMembers(draft.metadata, { generation: 1 }) }),
    update(next, old) {
      const generation = (old.metadata.generation ?? 0) + (isChanged(next, old) ? 1 : 0);
      return { ...next, metadata: { ...next.metadata, generation } };
    },
  },
  validation: { create: validateEndpointSlice, update: validateEndpointSliceUpdate },
  columns: [NAME, column('AddressType'), column('Ports'), column('Endpoints'), AGE],
  row: (s, { now }) => [
    s.metadata.name,
    s.addressType,
    listWithMore(
      (s.ports ?? []).map((p) => String(p.port ?? p.name ?? '*')),
      '<unset>',
    ),
    listWithMore(
      (s.endpoints ?? []).flatMap((e) => [...e.addresses]),
      '<unset>',
    ),
    ageOf(created(s), now),
  ],
});
