/**
 * What volumes, claims and classes say of each other, as every component reads it. Models
 * pkg/apis/core/v1/helper/helpers.go, staging/src/k8s.io/component-helpers/storage and
 * pkg/controller/volume/persistentvolume/util.
 */
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from './types.ts';

/** Of claims and volumes: the binder has written down both sides of a binding. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** The binder chose the other side; without it somebody asked for it by name. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** Of volumes: who made it. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** Of claims: who is to make a volume for it. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** Of claims: the node for which the scheduler wants the volume. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** The driver of a new cluster's own class: disks that a node of their zone reaches. */
export const DEFAULT_DRIVER = 'disk.csi.seatrial.dev';

/** A class of volumes that nobody makes. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

export const PVC_PROTECTION = 'kubernetes.io/pvc-protection';
export const PV_PROTECTION = 'kubernetes.io/pv-protection';

type Annotated = { readonly metadata: { readonly annotations?: Record<string, string> } };

export const annotated = ({ metadata }: Annotated, name: string): boolean =>
  metadata.annotations?.[name] !== undefined;

/** The annotations with these in them; null takes one away. */
export function withAnnotations<T extends Annotated>(object: T, changes: Record<string, string | null>): T {
  const annotations = { ...object.metadata.annotations };
  for (const [name, value] of Object.entries(changes))
    if (value === null) delete annotations[name];
    else annotations[name] = value;
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Both names of the annotation, as the binder writes them. */
export const provisionerAnnotations = (provisioner: string): Record<string, string> => ({
  [BETA_STORAGE_PROVISIONER]: provisioner,
  [STORAGE_PROVISIONER]: provisioner,
});

/** The name of a claim's class; '': none. Whether it says one at all is `namesClass`. */
export const classOfClaim = ({ metadata, spec }: PersistentVolumeClaim): string =>
  metadata.annotations?.[BETA_CLASS] ?? spec.storageClassName ?? '';

/** '' is a word too: no class is wanted. */
export const namesClass = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  metadata.annotations?.[BETA_CLASS] !== undefined ||
  (spec.storageClassName !== undefined && spec.storageClassName !== null);

export const classOfVolume = ({ metadata, spec }: PersistentVolume): string =>
  metadata.annotations?.[BETA_CLASS] ?? spec.storageClassName ?? '';

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const BETA_IS_DEFAULT = 'storageclass.beta.kubernetes.io/is-default-class';

export const isDefaultClass = ({ metadata: { annotations } }: StorageClass): boolean =>
  annotations?.[IS_DEFAULT] === 'true' || annotations?.[BETA_IS_DEFAULT] === 'true';

/** Of several that are marked as default the youngest counts; of one age, the first by name. */
export function defaultClass(classes: Iterable<StorageClass>): StorageClass | undefined {
  let found: StorageClass | undefined;
  for (const one of classes) {
    if (!isDefaultClass(one)) continue;
    const [a, b] = [one.metadata, found?.metadata];
    if (
      b === undefined ||
      a.creationTimestamp > b.creationTimestamp ||
      (a.creationTimestamp === b.creationTimestamp && a.name < b.name)
    )
      found = one;
  }
  return found;
}

/** Whether its claims wait for the scheduler. */
export const bindsLate = (storageClass: StorageClass | undefined): boolean =>
  storageClass?.volumeBindingMode === 'WaitForFirstConsumer';

export const requestedStorage = ({ spec }: PersistentVolumeClaim): string | number =>
  (spec.resources?.requests as Record<string, string | number> | undefined)?.['storage'] ?? 0;

export const capacityOf = ({ spec }: PersistentVolume): string | number =>
  (spec.capacity as Record<string, string | number> | undefined)?.['storage'] ?? 0;

export const isClaimBound = (claim: PersistentVolumeClaim): boolean =>
  Boolean(claim.spec.volumeName) && annotated(claim, BIND_COMPLETED);

/** Whether a volume is for this claim: by uid, or, where it was made for it by name, by that. */
export function isVolumeFor(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const ref = volume.spec.claimRef;
  return (
    ref !== undefined &&
    ref !== null &&
    ref.name === metadata.name &&
    ref.namespace === metadata.namespace &&
    (!ref.uid || ref.uid === metadata.uid)
  );
}

/** A claim that a Pod names, or that is made for it alone. */
export interface PodClaim {
  /** Of the volume in the Pod. */
  readonly volume: string;
  readonly name: string;
  readonly ephemeral: boolean;
  readonly readOnly: boolean;
}

const NO_CLAIMS: readonly PodClaim[] = [];
type Described = { readonly metadata: { readonly name?: string }; readonly spec: Pod['spec'] };
const known = new WeakMap<Pod['spec'], readonly PodClaim[]>();

/** The claims of a Pod; those of most are none, without a look. */
export function podClaims({ metadata, spec }: Described): readonly PodClaim[] {
  const { volumes } = spec;
  if (volumes === undefined || volumes === null || volumes.length === 0) return NO_CLAIMS;
  let claims = known.get(spec);
  if (claims === undefined) {
    const found: PodClaim[] = [];
    for (const { name, persistentVolumeClaim: claim, ephemeral } of volumes) {
      if (claim !== undefined && claim !== null)
        found.push({
          volume: name,
          name: claim.claimName,
          ephemeral: false,
          readOnly: claim.readOnly ?? false,
        });
      else if (ephemeral !== undefined && ephemeral !== null)
        found.push({ volume: name, name: `${metadata.name}-${name}`, ephemeral: true, readOnly: false });
    }
    claims = found.length === 0 ? NO_CLAIMS : found;
    known.set(spec, claims);
  }
  return claims;
}

/** Whether an ephemeral volume's claim is the one made for this Pod. */
export const isClaimForPod = (claim: PersistentVolumeClaim, pod: Pod): boolean =>
  claim.metadata.ownerReferences?.some((o) => o.controller === true && o.uid === pod.metadata.uid) ?? false;

/** Drivers that took over what kubelets once did themselves (CSI migration). */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

/** As kubelets tell of it, in the order of names. */
export const MIGRATED_PLUGINS: string = Object.keys(MIGRATED).join(',');

/** The driver that makes the volumes of a provisioner. */
export const driverOf = (provisioner: string): string => MIGRATED[provisioner] ?? provisioner;

/** What a volume is on, and through which driver it comes to a node. */
export type VolumeBacking =
  /** On the node itself. */
  | { readonly kind: 'host'; readonly path: string }
  /** A disk or share that nodes reach; `driver` '': the kubelet itself mounts it. */
  | { readonly kind: 'disk'; readonly driver: string; readonly handle: string; readonly readOnly: boolean };

type Source = Readonly<Record<string, unknown>>;

export function backingOf({ metadata, spec }: PersistentVolume): VolumeBacking {
  const { csi, hostPath, local, nfs } = spec;
  if (csi)
    return { kind: 'disk', driver: csi.driver, handle: csi.volumeHandle, readOnly: csi.readOnly ?? false };
  if (hostPath) return { kind: 'host', path: hostPath.path };
  if (local) return { kind: 'host', path: local.path };
  if (nfs)
    return {
      kind: 'disk',
      driver: '',
      handle: `nfs://${nfs.server}${nfs.path}`,
      readOnly: nfs.readOnly ?? false,
    };
  const old: readonly (readonly [unknown, provisioner: string, handle: string])[] = [
    [spec.awsElasticBlockStore, 'kubernetes.io/aws-ebs', 'volumeID'],
    [spec.azureDisk, 'kubernetes.io/azure-disk', 'diskURI'],
    [spec.cinder, 'kubernetes.io/cinder', 'volumeID'],
    [spec.gcePersistentDisk, 'kubernetes.io/gce-pd', 'pdName'],
    [spec.vsphereVolume, 'kubernetes.io/vsphere-volume', 'volumePath'],
  ];
  for (const [source, provisioner, handle] of old)
    if (source)
      return {
        kind: 'disk',
        driver: driverOf(provisioner),
        handle: String((source as Source)[handle]),
        readOnly: (source as Source)['readOnly'] === true,
      };
  return { kind: 'disk', driver: '', handle: metadata.name, readOnly: false };
}

/** As the node's status and the attach/detach controller name a volume; undefined: it is never attached. */
export function attachableName(volume: PersistentVolume): string | undefined {
  const backing = backingOf(volume);
  return backing.kind === 'host' || backing.driver === '' || isShared(backing.driver)
    ? undefined
    : `kubernetes.io/csi/${backing.driver}^${backing.handle}`;
}

/** Drivers of shares, which any number of nodes mount without an attachment (`attachRequired: false`). */
const SHARED = /(^|[.-])(efs|nfs|file|filestore|cephfs|smb|fsx|azurefile)([.-]|$)/;
export const isShared = (driver: string): boolean => SHARED.test(driver);

/** Provisioners that make directories on the node. */
const LOCAL = new Set(['rancher.io/local-path', 'k8s.io/minikube-hostpath', 'openebs.io/local']);
export const isLocalProvisioner = (provisioner: string): boolean => LOCAL.has(provisioner);

/** Whether several nodes may have it at one time. */
export const isForMany = ({ spec }: PersistentVolume): boolean =>
  spec.accessModes?.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany') ?? false;
