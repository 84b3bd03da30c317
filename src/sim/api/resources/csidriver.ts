/** CSIDrivers. Models pkg/registry/storage/csidriver and pkg/apis/storage/{v1,validation}. */
import type { ICSIDriver } from 'kubernetes-models/storage.k8s.io/v1';
import { fill, into } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { duplicate, unsupported } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type CSIDriver = Modelled<ICSIDriver>;

const MODES = ['Ephemeral', 'Persistent'];
const POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
/** Whose changes count. */
const COUNTED = ['tokenRequests', 'requiresRepublish', 'seLinuxMount'] as const;

export const csiDrivers = defineResource<CSIDriver>({
  group: 'storage.k8s.io',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  namespaced: false,
  generation: true,
  defaults: (driver) =>
    into(fill(driver, { spec: {} }), 'spec', (spec) => {
      const filled = fill(spec, {
        attachRequired: true,
        podInfoOnMount: false,
        storageCapacity: false,
        fsGroupPolicy: 'ReadWriteOnceWithFSType',
        requiresRepublish: false,
        seLinuxMount: false,
      });
      return (filled.volumeLifecycleModes ?? []).length > 0
        ? filled
        : { ...filled, volumeLifecycleModes: ['Persistent'] };
    }),
  strategy: {
    update(next, old) {
      if (COUNTED.every((name) => deepEqual(next.spec[name], old.spec[name]))) return next;
      const generation = (old.metadata.generation ?? 0) + 1;
      return { ...next, metadata: { ...next.metadata, generation } };
    },
  },
  validation: ruled<CSIDriver>(
    ({ spec }, out) => {
      if (spec.fsGroupPolicy !== undefined && !POLICIES.includes(spec.fsGroupPolicy))
        out.push(unsupported('spec.fsGroupPolicy', spec.fsGroupPolicy, POLICIES));
      const audiences = (spec.tokenRequests ?? []).map((request) => request.audience);
      audiences.forEach((audience, i) => {
        if (audiences.indexOf(audience) < i)
          out.push(duplicate(`spec.tokenRequests[${i}].audience`, audience));
      });
      eachAt(spec.volumeLifecycleModes, 'spec.volumeLifecycleModes', (mode, at) => {
        if (!MODES.includes(mode)) out.push(unsupported(at, mode, MODES));
      });
    },
    {
      namespaced: false,
      immutable: {
        'spec.attachRequired': (d) => d.spec.attachRequired,
        'spec.fsGroupPolicy': (d) => d.spec.fsGroupPolicy,
        'spec.volumeLifecycleModes': (d) => d.spec.volumeLifecycleModes,
      },
    },
  ),
  columns: [
    NAME,
    column('AttachRequired', 'boolean'),
    column('PodInfoOnMount', 'boolean'),
    column('StorageCapacity', 'boolean'),
    column('TokenRequests'),
    column('RequiresRepublish', 'boolean'),
    column('Modes'),
    AGE,
  ],
  row: ({ metadata, spec }, { now }) => [
    metadata.name,
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    (spec.tokenRequests ?? []).map((request) => request.audience).join(',') || '<unset>',
    spec.requiresRepublish ?? false,
    (spec.volumeLifecycleModes ?? []).join(',') || '<none>',
    ageOf(metadata.creationTimestamp, now),
  ],
});
