/** What is made for a claim, by whom and where, and which volumes are deleted with what is on them. */
import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../sim/api/types.ts';
import { makeNode } from '../../sim/controlplane/scheduler/testkit.ts';
import { isToDelete, isWanted, newVolume, refusal } from '../../sim/volume/provision.ts';
import type { CaseArea } from './area.ts';
import { boundVolume, claim, type Fields, storageClass, volume, ZONE } from './volumeobjects.ts';

const DRIVER = 'csi.example.com';
const SELECTED = 'volume.kubernetes.io/selected-node';
const ASKED = { 'volume.kubernetes.io/storage-provisioner': DRIVER };
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
const classOf = (name: string, provisioner = DRIVER, mode = 'Immediate', more: Fields = {}): StorageClass => storageClass(name, provisioner, mode, more) as StorageClass;
const GOLD = classOf('gold');
const LATE = classOf('late', DRIVER, 'WaitForFirstConsumer');
const asking = (annotations: Record<string, string> = ASKED, spec: Fields = {}, meta: Fields = {}): PersistentVolumeClaim => claim('c', '5Gi', { storageClassName: 'gold', ...spec }, { annotations, ...meta });

// ---- whether a driver is to make a volume

const WANTED: [name: string, claim: PersistentVolumeClaim, storageClass: StorageClass | undefined, expected: boolean][] = [
  ['a claim that the binder has given to the driver', asking(), GOLD, true],
  ['a claim that it has not looked at yet', asking({}), GOLD, false],
  ['a claim that it has given to another driver', asking({ 'volume.kubernetes.io/storage-provisioner': 'other.example.com' }), GOLD, false],
  ['a claim of a class that is not there', asking(), undefined, false],
  ['a claim that has a volume', asking(ASKED, { volumeName: 'v' }), GOLD, false],
  ['a claim that is being deleted', asking(ASKED, {}, { deletionTimestamp: 'x' }), GOLD, false],
  ['a claim that waits for a consumer', asking(), LATE, false],
  ['a claim whose node is chosen', asking({ ...ASKED, [SELECTED]: 'n1' }), LATE, true],
  ['a claim whose node is chosen, though its class does not wait', asking({ ...ASKED, [SELECTED]: 'n1' }), GOLD, true],
  ['a claim of what no driver took over from Kubernetes', asking({ 'volume.kubernetes.io/storage-provisioner': 'kubernetes.io/glusterfs' }), classOf('gold', 'kubernetes.io/glusterfs'), false],
  ['a claim of what kubelets once did themselves', asking({ 'volume.kubernetes.io/storage-provisioner': 'ebs.csi.aws.com' }), classOf('gold', 'kubernetes.io/aws-ebs'), true],
];

// ---- what a driver refuses

const REFUSED: [name: string, modes: string[], provisioner: string, expected: boolean][] = [
  ['a disk for one node', ['ReadWriteOnce'], 'ebs.csi.aws.com', false],
  ['a disk for one Pod', ['ReadWriteOncePod'], 'ebs.csi.aws.com', false],
  ['a disk for many nodes', ['ReadWriteMany'], 'ebs.csi.aws.com', true],
  ['a disk for many readers', ['ReadOnlyMany'], 'pd.csi.storage.gke.io', true],
  ['a disk for many nodes by the name it had', ['ReadWriteMany'], 'kubernetes.io/azure-disk', true],
  ['a share for many nodes', ['ReadWriteMany'], 'efs.csi.aws.com', false],
  ['a directory of a node for many nodes', ['ReadWriteMany'], 'rancher.io/local-path', true],
  ['a directory of a node for one', ['ReadWriteOnce'], 'rancher.io/local-path', false],
];

// ---- what it makes

const NODES: Node[] = [makeNode('n1', { labels: { [ZONE]: 'a' } }), makeNode('n2', { labels: { [ZONE]: 'b' } })];
const made = (c: PersistentVolumeClaim, s: StorageClass, nodes = NODES): PersistentVolume => newVolume(c, s, nodes).volume as PersistentVolume;
const zoneOf = ({ spec }: PersistentVolume): unknown => spec.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.values;
const keyOf = ({ spec }: PersistentVolume): unknown => spec.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.key;
const CHOSEN = asking({ ...ASKED, [SELECTED]: 'n2' });
const LOCAL = classOf('gold', 'rancher.io/local-path', 'WaitForFirstConsumer');
const MADE: [name: string, run: () => unknown, expected: unknown][] = [
  ['its name is that of the claim\'s uid', () => made(asking(), GOLD).metadata.name, 'pvc-uid-c'],
  ['it says who made it', () => made(asking(), GOLD).metadata.annotations, { 'pv.kubernetes.io/provisioned-by': DRIVER }],
  ['it is the claim\'s', () => [made(asking(), GOLD).spec.claimRef?.name, made(asking(), GOLD).spec.claimRef?.uid], ['c', 'uid-c']],
  ['as large as is asked for', () => made(asking(), GOLD).spec.capacity, { storage: '5Gi' }],
  ['of the class', () => made(asking(), GOLD).spec.storageClassName, 'gold'],
  ['for whom the claim wants it', () => made(asking(ASKED, { accessModes: ['ReadWriteOncePod'] }), GOLD).spec.accessModes, ['ReadWriteOncePod']],
  ['in the mode of the claim', () => made(asking(ASKED, { volumeMode: 'Block' }), GOLD).spec.volumeMode, 'Block'],
  ['the policy of the class', () => made(asking(), classOf('gold', DRIVER, 'Immediate', { reclaimPolicy: 'Retain' })).spec.persistentVolumeReclaimPolicy, 'Retain'],
  ['without one it is deleted', () => made(asking(), classOf('gold', DRIVER, 'Immediate', { reclaimPolicy: undefined })).spec.persistentVolumeReclaimPolicy, 'Delete'],
  ['one that is deleted goes when its disk has', () => made(asking(), GOLD).metadata.finalizers, [FINALIZER]],
  ['one that is kept goes at once', () => made(asking(), classOf('gold', DRIVER, 'Immediate', { reclaimPolicy: 'Retain' })).metadata.finalizers, undefined],
  ['the mount options of the class', () => made(asking(), classOf('gold', DRIVER, 'Immediate', { mountOptions: ['noatime'] })).spec.mountOptions, ['noatime']],
  ['through the driver', () => made(asking(), GOLD).spec.csi?.driver, DRIVER],
  ['in the zone of the node that was chosen', () => zoneOf(made(CHOSEN, LATE)), ['b']],
  ['in a zone that the class allows', () => zoneOf(made(asking(), classOf('gold', DRIVER, 'Immediate', { allowedTopologies: [{ matchLabelExpressions: [{ key: ZONE, values: ['b'] }] }] }))), ['b']],
  ['in any zone there is', () => ['a', 'b'].includes((zoneOf(made(asking(), GOLD)) as string[])[0]!), true],
  ['in none where nodes say none', () => zoneOf(made(asking(), GOLD, [makeNode('n1')])), undefined],
  ['a share is everywhere', () => zoneOf(made(CHOSEN, classOf('gold', 'efs.csi.aws.com'))), undefined],
  ['a directory is on the node that was chosen', () => [keyOf(made(CHOSEN, LOCAL)), zoneOf(made(CHOSEN, LOCAL))], ['kubernetes.io/hostname', ['n2']]],
  ['a directory is no disk', () => newVolume(CHOSEN, LOCAL, NODES).disk, undefined],
];

// ---- which go

const DRIVEN = { annotations: { 'pv.kubernetes.io/provisioned-by': DRIVER }, finalizers: [FINALIZER] };
const driven = (phase: string, spec: Fields = {}, meta: Fields = {}): PersistentVolume => volume('v', '10Gi', { persistentVolumeReclaimPolicy: 'Delete', ...spec }, phase, { ...DRIVEN, ...meta });
const GOING: [name: string, volume: PersistentVolume, expected: boolean][] = [
  ['a volume that was let go', driven('Released'), true],
  ['a volume that is bound', driven('Bound'), false],
  ['a volume that nobody has yet', driven('Available'), false],
  ['a volume that could not be recycled', driven('Failed'), false],
  ['a volume that is kept', driven('Released', { persistentVolumeReclaimPolicy: 'Retain' }), false],
  ['a volume that somebody else made', driven('Released', {}, { annotations: {} }), false],
  ['a volume that is deleted, and free', driven('Available', {}, { deletionTimestamp: 'x' }), true],
  ['a volume that is deleted, and bound', driven('Bound', {}, { deletionTimestamp: 'x' }), false],
  ['a volume whose disk is gone already', driven('Released', {}, { deletionTimestamp: 'x', finalizers: [] }), false],
  ['a volume that is bound, of no driver', boundVolume('v', 'c'), false],
];

export const provisioningCases: CaseArea = {
  area: 'volumes that drivers make and delete',
  source: 'pkg/controller/volume/persistentvolume/{provision,delete}_test.go, sig-storage-lib-external-provisioner/controller/controller_test.go',
  cases: [
    ...WANTED.map(([name, wanted, of, expected]) => ({ name: `wanted: ${name}`, run: () => isWanted(wanted, of), expected })),
    ...REFUSED.map(([name, accessModes, provisioner, expected]) => ({ name: `refused: ${name}`, run: () => refusal(asking(ASKED, { accessModes }), classOf('gold', provisioner)) !== undefined, expected })),
    ...MADE.map(([name, run, expected]) => ({ name: `made: ${name}`, run, expected })),
    ...GOING.map(([name, going, expected]) => ({ name: `deleted: ${name}`, run: () => isToDelete(going), expected })),
  ],
};
