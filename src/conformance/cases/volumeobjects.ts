/** Volumes, claims, classes and Pods that use them, as cases are made of. */
import type { PersistentVolume, PersistentVolumeClaim } from '../../sim/api/types.ts';

export type Fields = Record<string, unknown>;
export const ZONE = 'topology.kubernetes.io/zone';
export const within = (key: string, ...values: string[]): Fields => ({ required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] } });
export const ref = (name: string, uid?: string): Fields => ({ name, namespace: 'default', ...(uid === undefined ? {} : { uid }) });
export const DONE = { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' };

export const volume = (name: string, storage = '10Gi', spec: Fields = {}, phase = 'Available', meta: Fields = {}): PersistentVolume => ({
  apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z', ...meta },
  spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', csi: { driver: 'd', volumeHandle: name }, ...spec }, status: { phase },
}) as unknown as PersistentVolume;
export const claim = (name = 'c', storage = '5Gi', spec: Fields = {}, meta: Fields = {}, phase = 'Pending'): PersistentVolumeClaim => ({
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z', ...meta },
  spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: '', resources: { requests: { storage } }, ...spec }, status: { phase },
}) as unknown as PersistentVolumeClaim;
export const boundClaim = (name: string, to: string, spec: Fields = {}): PersistentVolumeClaim => claim(name, '5Gi', { volumeName: to, ...spec }, { annotations: DONE }, 'Bound');
export const boundVolume = (name: string, to: string, spec: Fields = {}): PersistentVolume => volume(name, '10Gi', { claimRef: ref(to, `uid-${to}`), ...spec }, 'Bound');
export const storageClass = (name: string, provisioner = 'csi.example.com', mode = 'Immediate', more: Fields = {}): object => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner, reclaimPolicy: 'Delete', volumeBindingMode: mode, ...more });
export const using = (...claims: string[]): Fields => ({ volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })) });
export const EPHEMERAL = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } }] };
