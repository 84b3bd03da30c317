/** [sig-storage] */
import { expect } from 'vitest';
import type { Body } from '../testing.ts';
import { type Api, at, type Cases, operations, podOf, statusOperations } from './api.ts';

const STORAGE = 'storage.k8s.io/v1';
const VOLUMES = at('v1', 'persistentvolumes');
const CLAIMS = at('v1', 'persistentvolumeclaims', 'default');

const volume = (name: string): Body => ({
  metadata: { name, labels: { e2e: 'pv' } },
  spec: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '1Gi' },
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: 'e2e',
    csi: { driver: 'e2e.example.com', volumeHandle: name },
  },
});

const claim = (name: string): Body => ({
  metadata: { name, labels: { e2e: 'pvc' } },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'e2e',
    resources: { requests: { storage: '1Gi' } },
  },
});

/** An immutable object takes labels and nothing else, and never becomes mutable again. */
function immutable(api: Api, plural: string, data: (value: string) => object): void {
  const path = at('v1', plural, 'default');
  api.create(path, { metadata: { name: 'fixed' }, ...data('one') });
  const next = api.update(`${path}/fixed`, { ...api.get(`${path}/fixed`), ...data('two') });
  api.update(`${path}/fixed`, { ...next, immutable: true });
  const fixed = api.get(`${path}/fixed`);
  expect(fixed.immutable).toBe(true);
  api.refused(422, 'PUT', `${path}/fixed`, { ...fixed, immutable: false });
  api.refused(422, 'PUT', `${path}/fixed`, { ...fixed, ...data('three') });
  const labels = { 'label-x': 'y' };
  expect(
    api.update(`${path}/fixed`, { ...fixed, metadata: { ...fixed.metadata, labels } }).metadata.labels,
  ).toEqual(labels);
  api.delete(`${path}/fixed`);
}

const attachment = {
  spec: { attacher: 'e2e.example.com', nodeName: 'node-1', source: { persistentVolumeName: 'pv' } },
};

export const storage: Cases = {
  CSIInlineVolumes: {
    'should run through the lifecycle of a CSIDriver': (api) =>
      operations(api, {
        groupVersion: STORAGE,
        plural: 'csidrivers',
        object: { spec: { volumeLifecycleModes: ['Ephemeral'], podInfoOnMount: true } },
      }),
    'should support CSIVolumeSource in Pod API': (api) => {
      const path = at('v1', 'pods', 'default');
      const volumes = [{ name: 'inline', csi: { driver: 'e2e.example.com', readOnly: true } }];
      api.create(path, podOf('inline', { spec: { volumes } }));
      expect(api.get(`${path}/inline`).spec.volumes[0]).toEqual(volumes[0]);
      expect(
        api.patch(`${path}/inline`, { metadata: { labels: { patched: 'yes' } } }).metadata.labels.patched,
      ).toBe('yes');
      api.delete(`${path}?labelSelector=patched%3Dyes`);
      api.until(
        () => api.items(path),
        (items) => items.length === 0,
      );
    },
  },
  CSINodes: {
    'CSI Conformance should run through the lifecycle of a csinode': (api) => {
      const path = at(STORAGE, 'csinodes');
      const drivers = [{ name: 'e2e.example.com', nodeID: 'id', topologyKeys: ['zone'] }];
      api.create(path, { metadata: { name: 'elsewhere', labels: { e2e: 'x' } }, spec: { drivers } });
      expect(api.get(`${path}/elsewhere`).spec.drivers).toEqual(drivers);
      api.patch(`${path}/elsewhere`, { metadata: { labels: { patched: 'y' } } });
      const now = api.get(`${path}/elsewhere`);
      api.update(`${path}/elsewhere`, {
        ...now,
        metadata: { ...now.metadata, annotations: { updated: 'z' } },
      });
      expect(api.items(`${path}?labelSelector=patched%3Dy`)).toHaveLength(1);
      api.delete(`${path}?labelSelector=patched%3Dy`);
      api.refused(404, 'GET', `${path}/elsewhere`);
    },
  },
  CSIStorageCapacity: {
    'should support CSIStorageCapacities API operations': (api) =>
      operations(api, {
        groupVersion: STORAGE,
        plural: 'csistoragecapacities',
        namespace: 'default',
        object: { storageClassName: 'e2e', capacity: '10Gi' },
      }),
  },
  ConfigMap: {
    'should be immutable if `immutable` field is set': (api) =>
      immutable(api, 'configmaps', (value) => ({ data: { key: value } })),
  },
  PersistentVolumes: {
    'CSI Conformance should apply changes to a pv/pvc status': (api) => {
      api.create(VOLUMES, volume('pv'));
      api.create(CLAIMS, claim('pvc'));
      api.until(
        () => api.get(`${CLAIMS}/pvc`),
        ({ status }) => status.phase === 'Bound',
      );
      const condition = {
        type: 'StatusPatched',
        status: 'True',
        reason: 'E2E patchStatus',
        message: 'Set by e2e test',
      };
      statusOperations(api, `${CLAIMS}/pvc`, {
        conditions: [{ ...condition, lastProbeTime: null, lastTransitionTime: null }],
      });
      statusOperations(api, `${VOLUMES}/pv`, { message: 'StatusPatched', reason: 'E2E' });
    },
    'CSI Conformance should run through the lifecycle of a PV and a PVC': (api) => {
      api.create(VOLUMES, volume('pv'));
      api.create(CLAIMS, claim('pvc'));
      api.until(
        () => [api.get(`${CLAIMS}/pvc`), api.get(`${VOLUMES}/pv`)],
        (both) => both.every(({ status }) => status.phase === 'Bound'),
      );
      expect(api.items(`${at('v1', 'persistentvolumeclaims')}?labelSelector=e2e%3Dpvc`)).toHaveLength(1);
      expect(api.items(`${VOLUMES}?labelSelector=e2e%3Dpv`)).toHaveLength(1);
      for (const path of [`${CLAIMS}/pvc`, `${VOLUMES}/pv`]) {
        expect(api.patch(path, { metadata: { labels: { patched: 'yes' } } }).metadata.labels.patched).toBe(
          'yes',
        );
        const now = api.get(path);
        api.update(path, {
          ...now,
          metadata: { ...now.metadata, labels: { ...now.metadata.labels, updated: 'yes' } },
        });
      }
      api.delete(`${CLAIMS}/pvc`);
      api.until(
        () => api.send('GET', `${CLAIMS}/pvc`).status,
        (status) => status === 404,
      );
      api.delete(`${VOLUMES}/pv`);
      api.until(
        () => api.send('GET', `${VOLUMES}/pv`).status,
        (status) => status === 404,
      );
      api.create(VOLUMES, volume('pv-2'));
      api.create(CLAIMS, claim('pvc-2'));
      api.delete(`${CLAIMS}?labelSelector=e2e%3Dpvc`);
      api.delete(`${VOLUMES}?labelSelector=e2e%3Dpv`);
      api.until(
        () => [...api.items(CLAIMS), ...api.items(VOLUMES)],
        (left) => left.length === 0,
      );
    },
  },
  Secrets: {
    'should be immutable if `immutable` field is set': (api) =>
      immutable(api, 'secrets', (value) => ({ stringData: { key: value } })),
  },
  StorageClasses: {
    'CSI Conformance should run through the lifecycle of a StorageClass': (api) =>
      operations(api, {
        groupVersion: STORAGE,
        plural: 'storageclasses',
        object: { provisioner: 'e2e.example.com', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
      }),
  },
  VolumeAttachment: {
    'Conformance should apply changes to a volumeattachment status': (api) => {
      const path = `${at(STORAGE, 'volumeattachments')}/va`;
      api.create(at(STORAGE, 'volumeattachments'), { metadata: { name: 'va' }, ...attachment });
      statusOperations(api, path, { attached: true });
    },
    'Conformance should run through the lifecycle of a VolumeAttachment': (api) =>
      operations(api, { groupVersion: STORAGE, plural: 'volumeattachments', object: attachment }),
  },
  VolumeAttributesClass: {
    'should run through the lifecycle of a VolumeAttributesClass': (api) =>
      operations(api, {
        groupVersion: STORAGE,
        plural: 'volumeattributesclasses',
        object: { driverName: 'e2e.example.com', parameters: { iops: '100' } },
      }),
  },
};
