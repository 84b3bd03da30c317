/** ConfigMaps. Models pkg/registry/core/configmap. */
import { ageOf } from '../table/age.ts';
import { AGE, column, created, entryCount, NAME } from '../table/column.ts';
import type { ConfigMap } from '../types.ts';
import { validateConfigMap, validateConfigMapUpdate } from '../validation/config.ts';
import { defineResource } from './definition.ts';

export const configMaps = defineResource<ConfigMap>({
  group: '',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  validation: { create: validateConfigMap, update: validateConfigMapUpdate },
  columns: [NAME, column('Data'), AGE],
  row: (c, { now }) => [c.metadata.name, entryCount(c.data, c.binaryData), ageOf(created(c), now)],
});
