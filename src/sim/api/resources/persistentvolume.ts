/**
 * PersistentVolumes. Models pkg/registry/core/persistentvolume, pkg/apis/core/v1/defaults.go and
 * pkg/apis/core/validation (without the difference that upstream prints below "is immutable").
 */
import type { IPersistentVolume } from 'kubernetes-models/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { defaultResourceList } from '../defaults/resources.ts';
import { deepEqual } from '../equal.ts';
import { keepStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, wide } from '../table/column.ts';
import { accessModesText, classText, phaseText, storageText } from '../table/storage.ts';
import { rfc3339 } from '../time.ts';
import type { Modelled } from '../types.ts';
import { forbidden, invalidValue, required, unsupported, type Causes } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import {
  validateAccessModes,
  validateClassNames,
  validatePositive,
  validateVolumeMode,
} from '../validation/storage.ts';
import { defineResource } from './definition.ts';

type PersistentVolume = Modelled<IPersistentVolume>;

/** The fields of spec that are not its source. */
const COMMON = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

const sourceOf = (spec: PersistentVolume['spec']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(spec).filter(([name, v]) => !COMMON.has(name) && !isNil(v)));

function validateSpec({ spec }: PersistentVolume, out: Causes): void {
  validateAccessModes(spec.accessModes ?? [], '', out);
  const capacity = (spec.capacity ?? {}) as Record<string, string | number>;
  const names = Object.keys(capacity);
  if (names.length === 0) out.push(required('spec.capacity'));
  if (!('storage' in capacity) || names.length > 1)
    out.push(unsupported('spec.capacity', capacity, ['storage']));
  for (const name of names) validatePositive(capacity[name]!, `spec.capacity[${name}]`, out);
  const policies = ['Delete', 'Recycle', 'Retain'];
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy && !policies.includes(policy))
    out.push(unsupported('spec.persistentVolumeReclaimPolicy', policy, policies));
  const [source, ...others] = Object.keys(sourceOf(spec));
  for (const other of others) out.push(forbidden(`spec.${other}`, 'may not specify more than 1 volume type'));
  if (!isNil(spec.local) && isNil(spec.nodeAffinity?.required))
    out.push(required('spec.nodeAffinity', 'Local volume requires node affinity'));
  if (!isNil(spec.hostPath) && !spec.hostPath.path) out.push(required('spec.hostPath.path'));
  if (source === undefined) out.push(required('spec', 'must specify a volume type'));
  validateClassNames(spec, out);
  validateVolumeMode(spec.volumeMode, out);
}

const rules = ruled(validateSpec, {
  namespaced: false,
  immutable: { volumeMode: (v: PersistentVolume) => v.spec.volumeMode },
});

export const persistentVolumes = defineResource<PersistentVolume>({
  group: '',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  shortNames: ['pv'],
  namespaced: false,
  subresources: { status: true },
  defaults: (volume) =>
    into(fill(volume, { spec: {} }), 'spec', (spec) =>
      into(
        into(
          fillZero(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
          'capacity',
          defaultResourceList,
        ),
        'hostPath',
        (path) => fill(path, { type: '' }),
      ),
    ),
  strategy: {
    create: (draft, now) => ({
      ...draft,
      status: { phase: 'Pending', lastPhaseTransitionTime: rfc3339(now) },
    }),
    update: keepStatus,
  },
  validation: {
    ...rules,
    update(next, old, out) {
      rules.update(next, old, out);
      if (!deepEqual(sourceOf(next.spec), sourceOf(old.spec)))
        out.push(
          forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'),
        );
      if (!isNil(old.spec.nodeAffinity) && !deepEqual(next.spec.nodeAffinity, old.spec.nodeAffinity))
        out.push(invalidValue('nodeAffinity', next.spec.nodeAffinity, 'field is immutable'));
    },
  },
  columns: [
    NAME,
    column('Capacity'),
    column('Access Modes'),
    column('Reclaim Policy'),
    column('Status'),
    column('Claim'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    column('Reason'),
    AGE,
    wide('VolumeMode'),
  ],
  row(v, { now }) {
    const { claimRef, persistentVolumeReclaimPolicy, volumeAttributesClassName, volumeMode } = v.spec;
    return [
      v.metadata.name,
      storageText(v.spec.capacity),
      accessModesText(v.spec.accessModes),
      persistentVolumeReclaimPolicy ?? '',
      phaseText(v),
      isNil(claimRef) ? '' : `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`,
      classText(v),
      volumeAttributesClassName ?? '<unset>',
      v.status.reason ?? '',
      ageOf(created(v), now),
      volumeMode ?? '<unset>',
    ];
  },
});
