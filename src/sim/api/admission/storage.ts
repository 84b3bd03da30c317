/**
 * What admission does to claims and volumes. Models plugin/pkg/admission/storage:
 * storageobjectinuseprotection, storageclass/setdefault and persistentvolume/resize.
 */
import { compareQuantities } from '../quantity.ts';
import type { KubeObject, PersistentVolumeClaim, StorageClass } from '../types.ts';
import {
  classOfClaim,
  defaultClass,
  namesClass,
  PV_PROTECTION,
  PVC_PROTECTION,
  requestedStorage,
} from '../volumes.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest } from './types.ts';

const CLAIMS = 'persistentvolumeclaims';
const FINALIZERS: Readonly<Record<string, string>> = {
  [CLAIMS]: PVC_PROTECTION,
  persistentvolumes: PV_PROTECTION,
};

const isCreated = ({ operation, subresource }: AdmissionRequest): boolean =>
  operation === 'CREATE' && subresource === '';

/** StorageObjectInUseProtection: what is used does not go. */
export const volumesInUse: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  about: Object.keys(FINALIZERS),
  mutate(object, request) {
    const finalizer = FINALIZERS[request.definition.resource];
    if (finalizer === undefined || !isCreated(request)) return object;
    const { finalizers = [] } = object.metadata;
    if (finalizers.includes(finalizer)) return object;
    return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
  },
};

/** DefaultStorageClass: a claim that says nothing of a class gets the default. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  about: [CLAIMS],
  mutate(object, request) {
    if (request.definition.resource !== CLAIMS || !isCreated(request)) return object;
    const claim = object as PersistentVolumeClaim;
    if (namesClass(claim)) return object;
    const found = defaultClass(request.view.list('StorageClass') as Iterable<StorageClass>);
    if (found === undefined) return object;
    return { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } } as KubeObject;
  },
};

/** PersistentVolumeClaimResize: only what a class lets grow grows. */
export const volumeResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  about: [CLAIMS],
  validate(object, request) {
    const { definition, operation, subresource, old, view } = request;
    if (definition.resource !== CLAIMS || operation !== 'UPDATE' || subresource !== '') return;
    const [claim, before] = [object as PersistentVolumeClaim, old as PersistentVolumeClaim];
    if (compareQuantities(requestedStorage(claim), requestedStorage(before)) <= 0) return;
    if (before.status.phase !== 'Bound')
      throw refused(request, 'Only bound persistent volume claims can be expanded');
    const storageClass = view.find('StorageClass', '', classOfClaim(claim));
    if (storageClass?.allowVolumeExpansion !== true)
      throw refused(
        request,
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc ' +
          'must support resize',
      );
  },
};
