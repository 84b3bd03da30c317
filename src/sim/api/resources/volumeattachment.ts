/** VolumeAttachments. Models pkg/registry/storage/volumeattachment and pkg/apis/storage/validation. */
import type { IVolumeAttachment } from 'kubernetes-models/storage.k8s.io/v1';
import { isNil } from '../defaults/fill.ts';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { forbidden, required } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type VolumeAttachment = Modelled<IVolumeAttachment>;

export const volumeAttachments = defineResource<VolumeAttachment>({
  group: 'storage.k8s.io',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  namespaced: false,
  subresources: { status: true },
  strategy: serversStatus({ attached: false }),
  validation: ruled<VolumeAttachment>(
    ({ spec }, out) => {
      if (!spec.attacher) out.push(required('spec.attacher'));
      const { persistentVolumeName: name, inlineVolumeSpec: inline } = spec.source ?? {};
      if (isNil(name) && isNil(inline))
        out.push(
          required('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'),
        );
      else if (!isNil(name) && !isNil(inline))
        out.push(
          forbidden('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'),
        );
      else if (name === '')
        out.push(required('spec.source.persistentVolumeName', 'must specify non empty persistentVolumeName'));
      if (!spec.nodeName) out.push(required('spec.nodeName'));
    },
    { namespaced: false, immutable: { spec: (a) => a.spec } },
  ),
  columns: [NAME, column('Attacher'), column('PV'), column('Node'), column('Attached', 'boolean'), AGE],
  row: (a, { now }) => [
    a.metadata.name,
    a.spec.attacher,
    a.spec.source.persistentVolumeName ?? '',
    a.spec.nodeName,
    a.status.attached,
    ageOf(created(a), now),
  ],
});
