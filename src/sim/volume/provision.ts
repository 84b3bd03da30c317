/**
 * Making volumes for claims, and deleting them: what the external-provisioner beside each driver does.
 * Models github.com/kubernetes-csi/external-provisioner (pkg/controller) and sig-storage-lib-external-
 * provisioner (controller.go).
 */
import type { Draft } from '../api/client.ts';
import { wholeValue } from '../api/quantity.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/types.ts';
import {
  annotated,
  bindsLate,
  classOfClaim,
  driverOf,
  isLocalProvisioner,
  isShared,
  PROVISIONED_BY,
  requestedStorage,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from '../api/volumes.ts';
import type { Disk } from '../node/world.ts';

const ZONE = 'topology.kubernetes.io/zone';
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
/** Disks that one node has at a time. */
const BLOCK = new Set([
  'ebs.csi.aws.com',
  'pd.csi.storage.gke.io',
  'disk.csi.azure.com',
  'csi.vsphere.vmware.com',
]);

export const volumeNameFor = ({ metadata }: PersistentVolumeClaim): string => `pvc-${metadata.uid}`;

/** Whether a claim waits for a driver to make its volume, now that its node is chosen where it is to be. */
export function isWanted(claim: PersistentVolumeClaim, storageClass: StorageClass | undefined): boolean {
  const { metadata, spec } = claim;
  if (spec.volumeName || metadata.deletionTimestamp !== undefined || storageClass === undefined) return false;
  const driver = driverOf(storageClass.provisioner);
  // Kubernetes' own that no driver took over: nobody makes volumes by that name any more.
  if (driver.startsWith('kubernetes.io/')) return false;
  if (metadata.annotations?.[STORAGE_PROVISIONER] !== driver) return false;
  return !bindsLate(storageClass) || annotated(claim, SELECTED_NODE);
}

/** Whether a volume that a driver made is to go, with what is on it. */
export const isToDelete = ({ metadata, spec, status }: PersistentVolume): boolean =>
  metadata.annotations?.[PROVISIONED_BY] !== undefined &&
  spec.persistentVolumeReclaimPolicy === 'Delete' &&
  (status.phase === 'Released' || (metadata.deletionTimestamp !== undefined && status.phase !== 'Bound')) &&
  (metadata.deletionTimestamp === undefined || metadata.finalizers?.includes(FINALIZER) === true);

export const withoutFinalizer = (volume: PersistentVolume): PersistentVolume => ({
  ...volume,
  metadata: {
    ...volume.metadata,
    finalizers: (volume.metadata.finalizers ?? []).filter((f) => f !== FINALIZER),
  },
});

/** Why a driver makes no volume of this kind; undefined: it does. */
export function refusal(claim: PersistentVolumeClaim, { provisioner }: StorageClass): string | undefined {
  const many = claim.spec.accessModes?.some((m) => m === 'ReadWriteMany' || m === 'ReadOnlyMany') ?? false;
  if (many && BLOCK.has(driverOf(provisioner)))
    return (
      'rpc error: code = InvalidArgument desc = Volume capabilities not supported: only access ' +
      'mode ReadWriteOnce is'
    );
  if (many && provisioner === 'rancher.io/local-path')
    return 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes';
  return undefined;
}

/** Where a volume is made: the zone of the node chosen, or one of those allowed, the same for equal names. */
function zoneFor(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  nodes: readonly Node[],
): string | undefined {
  const chosen = nodes.find((n) => n.metadata.name === claim.metadata.annotations?.[SELECTED_NODE]);
  if (chosen !== undefined) return chosen.metadata.labels?.[ZONE];
  const allowed = (storageClass.allowedTopologies ?? []).flatMap((t) =>
    (t.matchLabelExpressions ?? []).filter((e) => e.key === ZONE).flatMap((e) => e.values),
  );
  const zones = [...new Set(nodes.flatMap((n) => n.metadata.labels?.[ZONE] ?? []))].sort();
  const candidates = allowed.length > 0 ? allowed : zones;
  let hash = 0;
  for (const c of claim.metadata.name) hash = (hash * 31 + c.codePointAt(0)!) >>> 0;
  return candidates[hash % Math.max(1, candidates.length)];
}

const within = (key: string, value: string): object => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values: [value] }] }] },
});

/** The volume for a claim, and the disk it stands for; undefined: it is a directory of its node. */
export function newVolume(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  nodes: readonly Node[],
): { volume: Draft<PersistentVolume>; handle: string; disk: Disk | undefined } {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const driver = driverOf(storageClass.provisioner);
  const handle = volumeNameFor(claim);
  const local = isLocalProvisioner(driver);
  const node = claim.metadata.annotations?.[SELECTED_NODE];
  const zone = local || isShared(driver) ? undefined : zoneFor(claim, storageClass, nodes);
  const place = local
    ? node === undefined
      ? undefined
      : within('kubernetes.io/hostname', node)
    : zone === undefined
      ? undefined
      : within(ZONE, zone);
  const source = local
    ? {
        hostPath: {
          path: `/opt/local-path-provisioner/${handle}_${namespace}_${name}`,
          type: 'DirectoryOrCreate',
        },
      }
    : { csi: { driver, fsType: 'ext4', volumeHandle: handle } };
  const policy = storageClass.reclaimPolicy ?? 'Delete';
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: handle,
      annotations: { [PROVISIONED_BY]: driver },
      ...(policy === 'Delete' ? { finalizers: [FINALIZER] } : {}),
    },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: requestedStorage(claim) },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion },
      ...source,
      ...(storageClass.mountOptions === undefined ? {} : { mountOptions: storageClass.mountOptions }),
      ...(place === undefined ? {} : { nodeAffinity: place }),
      persistentVolumeReclaimPolicy: policy,
      storageClassName: classOfClaim(claim),
      volumeMode: claim.spec.volumeMode,
    },
  } as unknown as Draft<PersistentVolume>;
  const capacityBytes = wholeValue(requestedStorage(claim));
  const disk = { files: new Map(), capacityBytes, full: false, ...(zone === undefined ? {} : { zone }) };
  return { volume, handle, disk: local ? undefined : disk };
}
