/** Endpoints. Models pkg/registry/core/endpoint. */
import { defaultEndpoints } from '../defaults/service.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import { endpointTexts } from '../table/service.ts';
import type { Endpoints } from '../types.ts';
import { validateEndpoints, validateEndpointsUpdate } from '../validation/service.ts';
import { defineResource } from './definition.ts';

export const endpoints = defineResource<Endpoints>({
  group: '',
  kind: 'Endpoints',
  plural: 'endpoints',
  shortNames: ['ep'],
  versions: [
    { name: 'v1', deprecated: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice' },
  ],
  defaults: defaultEndpoints,
  validation: { create: validateEndpoints, update: validateEndpointsUpdate },
  columns: [NAME, column('Endpoints'), AGE],
  row: (e, { now }) => [e.metadata.name, endpointTexts(e), ageOf(created(e), now)],
});
