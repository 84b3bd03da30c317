/**
 * PersistentVolumeClaims. Models pkg/registry/core/persistentvolumeclaim, pkg/apis/core/v1/defaults.go and
 * pkg/apis/core/validation (without the difference that upstream prints below "is immutable").
 */
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { defaultResourceList } from '../defaults/resources.ts';
import { deepEqual } from '../equal.ts';
import { compareQuantities } from '../quantity.ts';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, wide } from '../table/column.ts';
import { accessModesText, classText, phaseText, storageText } from '../table/storage.ts';
import type { Modelled } from '../types.ts';
import { forbidden, invalidValue, required, type Causes } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { validateSelector } from '../validation/selector.ts';
import {
  validateAccessModes,
  validateClassNames,
  validatePositive,
  validateVolumeMode,
} from '../validation/storage.ts';
import { defineResource } from './definition.ts';

type Claim = Modelled<IPersistentVolumeClaim>;
type Spec = Claim['spec'];
type Quantities = Readonly<Record<string, string | number>>;

const storageOf = (list: object | undefined): string | number | undefined =>
  (list as Quantities | undefined)?.['storage'];

function validateSource(source: Spec['dataSourceRef'], field: string, out: Causes): void {
  if (isNil(source)) return;
  if (!source.name) out.push(required(`${field}.name`));
  if (!source.kind) out.push(required(`${field}.kind`));
  if (!source.apiGroup && source.kind !== 'PersistentVolumeClaim')
    out.push(
      invalidValue(
        field,
        source.kind,
        "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
      ),
    );
}

function validateSpec({ spec }: Claim, out: Causes): void {
  validateAccessModes(spec.accessModes ?? [], 'at least 1 access mode is required', out);
  validateSelector(spec.selector, 'spec.selector', out);
  const storage = storageOf(spec.resources?.requests);
  if (storage === undefined) out.push(required('spec.resources[storage]'));
  else validatePositive(storage, 'spec.resources[storage]', out);
  validateVolumeMode(spec.volumeMode, out);
  validateSource(spec.dataSource, 'spec.dataSource', out);
  validateSource(spec.dataSourceRef, 'spec.dataSourceRef', out);
  validateClassNames(spec, out);
}

/**
 * What must be as it was: a name of a volume or class may come to be once, a bound claim may ask for more.
 */
function fixed({ spec, status }: Claim, old: Claim): Spec {
  const { volumeAttributesClassName: _, ...rest } = spec;
  const next: Spec = { ...rest };
  if (!old.spec.volumeName) delete next.volumeName;
  if (isNil(old.spec.storageClassName)) delete next.storageClassName;
  if (status.phase !== 'Bound' || isNil(spec.resources?.requests)) return next;
  const { storage: _s, ...requests } = spec.resources.requests as Record<string, string | number>;
  return { ...next, resources: { ...spec.resources, requests } };
}

const rules = ruled(validateSpec, { immutable: { volumeMode: (c: Claim) => c.spec.volumeMode } });

function validateUpdate(next: Claim, old: Claim, out: Causes): void {
  rules.update(next, old, out);
  if (!deepEqual(fixed(next, old), fixed({ ...old, status: next.status }, old)))
    out.push(
      forbidden(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for ' +
          'bound claims',
      ),
    );
  const [asked, before] = [storageOf(next.spec.resources?.requests), storageOf(old.spec.resources?.requests)];
  if (asked === undefined || before === undefined || compareQuantities(asked, before) >= 0) return;
  if (compareQuantities(asked, storageOf(old.status.capacity) ?? 0) <= 0)
    out.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
}

export const persistentVolumeClaims = defineResource<Claim>({
  group: '',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  subresources: { status: true },
  defaults: (claim) =>
    into(fill(claim, { spec: {} }), 'spec', (given) => {
      const spec = into(fillZero(given, { volumeMode: 'Filesystem' }), 'resources', (resources) =>
        into(into(resources, 'requests', defaultResourceList), 'limits', defaultResourceList),
      );
      const source = spec.dataSource as Spec['dataSourceRef'];
      if (!isNil(source)) return fill(spec, { dataSourceRef: source });
      // A source in another namespace, or of another group, has no older form.
      const ref = spec.dataSourceRef;
      return isNil(ref) || ref.namespace ? spec : fill(spec, { dataSource: ref as never });
    }),
  strategy: serversStatus({ phase: 'Pending' }),
  validation: { create: rules.create, update: validateUpdate },
  columns: [
    NAME,
    column('Status'),
    column('Volume'),
    column('Capacity'),
    column('Access Modes'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    AGE,
    wide('VolumeMode'),
  ],
  row(c, { now }) {
    const { volumeName, volumeAttributesClassName, volumeMode } = c.spec;
    return [
      c.metadata.name,
      phaseText(c),
      volumeName ?? '',
      volumeName ? storageText(c.status.capacity) : '',
      volumeName ? accessModesText(c.status.accessModes) : '',
      classText(c),
      volumeAttributesClassName ?? '<unset>',
      ageOf(created(c), now),
      volumeMode ?? '<unset>',
    ];
  },
});
