/** Volumes and claims: who suits whom, how they bind, what is kept, attached and let go. */
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../sim/api/types.ts';
import { attachDetachController } from '../../sim/controlplane/attachdetach/attachdetach.ts';
import { makeCache, filterAll, makeLookups, makeNode, makePod, type Others } from '../../sim/controlplane/scheduler/testkit.ts';
import { nodeVolumeLimits } from '../../sim/controlplane/scheduler/plugins/nodevolumelimits.ts';
import { volumeBinding } from '../../sim/controlplane/scheduler/plugins/volumebinding.ts';
import { volumeRestrictions } from '../../sim/controlplane/scheduler/plugins/volumerestrictions.ts';
import { volumeZone } from '../../sim/controlplane/scheduler/plugins/volumezone.ts';
import type { Plugin } from '../../sim/controlplane/scheduler/framework.ts';
import { ephemeralVolumeController } from '../../sim/controlplane/volume/ephemeral.ts';
import { findMatch, mismatch } from '../../sim/controlplane/volume/match.ts';
import { persistentVolumeController } from '../../sim/controlplane/volume/persistentvolume.ts';
import { pvcProtectionController, pvProtectionController } from '../../sim/controlplane/volume/protection.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testNode, testPod } from '../../sim/harness/objects.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Fields = Record<string, unknown>;
const ZONE = 'topology.kubernetes.io/zone';
const within = (key: string, ...values: string[]): Fields => ({ required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] } });
const ref = (name: string, uid?: string): Fields => ({ name, namespace: 'default', ...(uid === undefined ? {} : { uid }) });
const DONE = { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' };

const volume = (name: string, storage = '10Gi', spec: Fields = {}, phase = 'Available', meta: Fields = {}): PersistentVolume => ({
  apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z', ...meta },
  spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', csi: { driver: 'd', volumeHandle: name }, ...spec }, status: { phase },
}) as unknown as PersistentVolume;
const claim = (name = 'c', storage = '5Gi', spec: Fields = {}, meta: Fields = {}, phase = 'Pending'): PersistentVolumeClaim => ({
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z', ...meta },
  spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: '', resources: { requests: { storage } }, ...spec }, status: { phase },
}) as unknown as PersistentVolumeClaim;
const boundClaim = (name: string, to: string, spec: Fields = {}): PersistentVolumeClaim => claim(name, '5Gi', { volumeName: to, ...spec }, { annotations: DONE }, 'Bound');
const boundVolume = (name: string, to: string, spec: Fields = {}): PersistentVolume => volume(name, '10Gi', { claimRef: ref(to, `uid-${to}`), ...spec }, 'Bound');
const storageClass = (name: string, provisioner = 'csi.example.com', mode = 'Immediate', more: Fields = {}): object => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner, reclaimPolicy: 'Delete', volumeBindingMode: mode, ...more });
const using = (...claims: string[]): Fields => ({ volumes: claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } })) });

// ---- which volume suits

const MATCHES: [name: string, claim: PersistentVolumeClaim, volumes: PersistentVolume[], expected: string | undefined, late?: boolean][] = [
  ['the smallest that is large enough', claim(), [volume('large', '50Gi'), volume('fits', '8Gi'), volume('small', '1Gi')], 'fits'],
  ['one of the very size', claim('c', '8Gi'), [volume('a', '10Gi'), volume('b', '8Gi')], 'b'],
  ['none is large enough', claim('c', '100Gi'), [volume('a', '50Gi')], undefined],
  ['of equal ones the first by name', claim(), [volume('b', '8Gi'), volume('a', '8Gi')], 'a'],
  ['access modes are all there', claim('c', '5Gi', { accessModes: ['ReadWriteMany'] }), [volume('a'), volume('b', '20Gi', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] })], 'b'],
  ['access modes that no volume has', claim('c', '5Gi', { accessModes: ['ReadOnlyMany'] }), [volume('a')], undefined],
  ['a volume of a class is for its class', claim(), [volume('a', '10Gi', { storageClassName: 'gold' })], undefined],
  ['a claim of a class wants one of it', claim('c', '5Gi', { storageClassName: 'gold' }), [volume('a'), volume('b', '10Gi', { storageClassName: 'gold' })], 'b'],
  ['the selector of the claim', claim('c', '5Gi', { selector: { matchLabels: { tier: 'fast' } } }), [volume('a'), volume('b', '50Gi', {}, 'Available', { labels: { tier: 'fast' } })], 'b'],
  ['a selector that matches none', claim('c', '5Gi', { selector: { matchLabels: { tier: 'fast' } } }), [volume('a')], undefined],
  ['a block volume is not a file system', claim(), [volume('a', '10Gi', { volumeMode: 'Block' })], undefined],
  ['a block claim wants a block volume', claim('c', '5Gi', { volumeMode: 'Block' }), [volume('a'), volume('b', '10Gi', { volumeMode: 'Block' })], 'b'],
  ['one that is bound to another', claim(), [boundVolume('a', 'other')], undefined],
  ['one that was released', claim(), [volume('a', '10Gi', { claimRef: ref('c', 'uid-gone') }, 'Released')], undefined],
  ['one that is not seen as available yet', claim(), [volume('a', '10Gi', {}, 'Pending')], undefined],
  ['one that was made for it by name comes first', claim(), [volume('a', '6Gi'), volume('b', '50Gi', { claimRef: ref('c') })], 'b'],
  ['one that was made for another by name', claim(), [volume('a', '6Gi', { claimRef: ref('other') })], undefined],
  ['made for it by name, though of another class', claim('c', '5Gi', { storageClassName: 'gold' }), [volume('a', '6Gi', { claimRef: ref('c') })], 'a'],
  ['made for it by name, and too small', claim(), [volume('a', '1Gi', { claimRef: ref('c') })], undefined],
  ['one that is being deleted', claim(), [volume('a', '10Gi', {}, 'Available', { deletionTimestamp: '2026-01-05T09:00:30Z' })], undefined],
  ['a claim that waits for a consumer gets none without a node', claim(), [volume('a')], undefined, true],
  ['but the one that was made for it', claim(), [volume('a', '10Gi', { claimRef: ref('c') })], 'a', true],
];
const MISMATCHES: [PersistentVolume, PersistentVolumeClaim, string | undefined][] = [
  [volume('v', '1Gi'), claim(), 'requested PV is too small'],
  [volume('v', '10Gi', { storageClassName: 'gold' }), claim(), 'storageClassName does not match'],
  [volume('v', '10Gi', { volumeMode: 'Block' }), claim(), 'incompatible volumeMode'],
  [volume('v'), claim('c', '5Gi', { accessModes: ['ReadWriteMany'] }), 'incompatible accessMode'],
  [volume('v'), claim(), undefined],
];

// ---- the binder: `claim phase>volume, volume phase>claim`, and what was told

function binder(objects: readonly object[], act?: (h: Harness) => void): string[] {
  const h = harness([persistentVolumeController]);
  for (const object of objects) h.put(object);
  h.restart();
  h.pass(0);
  act?.(h);
  h.pass(100);
  return [
    ...h.list('PersistentVolumeClaim').map((c) => `${c.metadata.name} ${c.status.phase}${c.spec.volumeName ? ` ${c.spec.volumeName}` : ''}`),
    ...h.list('PersistentVolume').map((v) => `${v.metadata.name} ${v.status.phase}${v.spec.claimRef ? ` ${v.spec.claimRef.name}` : ''}`),
    ...new Set(h.events.map((e) => e.reason)),
  ];
}
const gone = (name: string) => (h: Harness): void => void h.api.delete('PersistentVolumeClaim', 'default', name);
const PROVISIONED = { annotations: { 'pv.kubernetes.io/provisioned-by': 'd' } };

const BINDINGS: [name: string, objects: object[], expected: string[], act?: (h: Harness) => void][] = [
  ['a claim and a volume that suits it', [volume('v'), claim()], ['c Bound v', 'v Bound c']],
  ['a claim without a class or a volume', [claim()], ['c Pending', 'FailedBinding']],
  ['a volume without a claim', [volume('v', '10Gi', {}, 'Pending')], ['v Available']],
  ['two claims and one volume: one of them has it', [volume('v'), claim('a'), claim('b')], ['a Bound v', 'b Pending', 'v Bound a', 'FailedBinding']],
  ['a class that is not there', [claim('c', '5Gi', { storageClassName: 'gold' })], ['c Pending', 'ProvisioningFailed']],
  ['a class whose provisioner is asked', [storageClass('gold'), claim('c', '5Gi', { storageClassName: 'gold' })], ['c Pending', 'ExternalProvisioning']],
  ['a class without a provisioner', [storageClass('gold', 'kubernetes.io/no-provisioner'), claim('c', '5Gi', { storageClassName: 'gold' })], ['c Pending', 'FailedBinding']],
  ['a class that waits for a consumer', [storageClass('late', 'x', 'WaitForFirstConsumer'), claim('c', '5Gi', { storageClassName: 'late' })], ['c Pending', 'WaitForFirstConsumer']],
  ['a class that waits, and a Pod that is not placed', [storageClass('late', 'x', 'WaitForFirstConsumer'), claim('c', '5Gi', { storageClassName: 'late' }), testPod('p', { spec: using('c') })], ['c Pending', 'WaitForPodScheduled']],
  ['a class that waits, and a node that was chosen', [storageClass('late', 'x', 'WaitForFirstConsumer'), claim('c', '5Gi', { storageClassName: 'late' }, { annotations: { 'volume.kubernetes.io/selected-node': 'n1' } })], ['c Pending', 'ExternalProvisioning']],
  ['a volume asked for by name', [volume('a', '6Gi'), volume('b', '50Gi'), claim('c', '5Gi', { volumeName: 'b' })], ['c Bound b', 'a Available', 'b Bound c']],
  ['a name that is nobody\'s', [claim('c', '5Gi', { volumeName: 'nowhere' })], ['c Pending nowhere']],
  ['a name whose volume does not suit', [volume('v', '1Gi'), claim('c', '5Gi', { volumeName: 'v' })], ['c Pending v', 'v Available', 'VolumeMismatch']],
  ['a name whose volume is another\'s', [boundVolume('v', 'o'), boundClaim('o', 'v'), claim('c', '5Gi', { volumeName: 'v' })], ['c Pending v', 'o Bound v', 'v Bound o', 'FailedBinding']],
  ['half a binding is brought to its end', [volume('v', '10Gi', { claimRef: ref('c', 'uid-c') }), claim()], ['c Bound v', 'v Bound c']],
  ['a bound claim whose volume is gone', [boundClaim('c', 'v')], ['c Lost v', 'ClaimLost']],
  ['a bound claim that forgot its volume', [claim('c', '5Gi', {}, { annotations: DONE }, 'Bound')], ['c Lost', 'ClaimLost']],
  ['two claims of one volume', [boundVolume('v', 'a'), boundClaim('a', 'v'), boundClaim('b', 'v')], ['a Bound v', 'b Lost v', 'v Bound a', 'ClaimMisbound']],
  ['its claim goes: Retain keeps the volume and whose it was', [boundVolume('v', 'c'), boundClaim('c', 'v')], ['v Released c'], gone('c')],
  ['its claim goes: Delete leaves what a driver made to the driver', [{ ...boundVolume('v', 'c', { persistentVolumeReclaimPolicy: 'Delete' }), metadata: { name: 'v', ...PROVISIONED } }, boundClaim('c', 'v')], ['v Released c'], gone('c')],
  ['its claim goes: Recycle gives it to the next', [boundVolume('v', 'c', { persistentVolumeReclaimPolicy: 'Recycle', csi: undefined, nfs: { server: 's', path: '/' } }), boundClaim('c', 'v')], ['v Available', 'RecyclerPod'], gone('c')],
  ['its claim goes: nobody recycles a driver\'s volume', [boundVolume('v', 'c', { persistentVolumeReclaimPolicy: 'Recycle' }), boundClaim('c', 'v')], ['v Failed c', 'VolumeFailedRecycle'], gone('c')],
  ['a claim of the name that came later does not get it', [volume('v', '10Gi', { claimRef: ref('c', 'uid-before') }, 'Released'), claim()], ['c Pending', 'v Released c', 'FailedBinding']],
];

// ---- protection

function kept(objects: readonly object[], kind: 'PersistentVolume' | 'PersistentVolumeClaim', name: string, act?: (h: Harness) => void): string {
  const h = harness([pvcProtectionController, pvProtectionController]);
  for (const object of objects) h.put(object);
  h.restart();
  const namespace = kind === 'PersistentVolume' ? '' : 'default';
  h.api.delete(kind, namespace, name);
  h.pass(0);
  act?.(h);
  h.pass(100);
  return h.api.find(kind, namespace, name) === undefined ? 'gone' : 'kept';
}
const guarded = (): PersistentVolumeClaim => claim('c', '5Gi', {}, { finalizers: ['kubernetes.io/pvc-protection'] });
const guardedVolume = (phase: string): PersistentVolume => volume('v', '10Gi', {}, phase, { finalizers: ['kubernetes.io/pv-protection'] });
const user = (node: string | undefined, phase = 'Running'): object => testPod('p', { ...(node === undefined ? {} : { node }), spec: using('c'), phase });
const KEPT: [name: string, run: () => string, expected: string][] = [
  ['a claim that nobody uses goes', () => kept([guarded()], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim of a Pod on a node stays', () => kept([guarded(), user('n1')], 'PersistentVolumeClaim', 'c'), 'kept'],
  ['a claim of a Pod without a node goes', () => kept([guarded(), user(undefined, 'Pending')], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim of a Pod that has ended goes', () => kept([guarded(), user('n1', 'Succeeded')], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['it goes once the Pod has', () => kept([guarded(), user('n1')], 'PersistentVolumeClaim', 'c', (h) => void h.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })), 'gone'],
  ['a volume that is bound stays', () => kept([guardedVolume('Bound')], 'PersistentVolume', 'v'), 'kept'],
  ['a volume that is available goes', () => kept([guardedVolume('Available')], 'PersistentVolume', 'v'), 'gone'],
  ['a volume that was released goes', () => kept([guardedVolume('Released')], 'PersistentVolume', 'v'), 'gone'],
];

// ---- claims of ephemeral volumes

function made(objects: readonly object[]): string[] {
  const h = harness([ephemeralVolumeController]);
  for (const object of objects) h.put(object);
  h.restart();
  h.pass(100);
  return [...h.list('PersistentVolumeClaim').map((c) => `${c.metadata.name} ${c.metadata.ownerReferences?.[0]?.name ?? 'nobody'}`), ...h.events.map((e) => e.reason)];
}
const EPHEMERAL = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } }] };
const MADE: [string, object[], string[]][] = [
  ['of a Pod, and owned by it', [testPod('p', { spec: EPHEMERAL })], ['p-scratch p']],
  ['not twice', [testPod('p', { spec: EPHEMERAL }), claim('other')], ['other nobody', 'p-scratch p']],
  ['not over one of the name that is somebody else\'s', [testPod('p', { spec: EPHEMERAL }), claim('p-scratch')], ['p-scratch nobody', 'FailedBinding']],
  ['not of other volumes', [testPod('p', { spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } })], []],
];

// ---- attach and detach: `volume@node`, `-` before one that is going

interface NodeState { inUse?: boolean; ready?: boolean; outOfService?: boolean }
const HANDLE = 'kubernetes.io/csi/d^v';
const nodeOf = (name: string, { inUse = false, ready = true, outOfService = false }: NodeState = {}): object => {
  const node = testNode(name) as unknown as { spec: Fields; status: Fields };
  return {
    ...node,
    spec: { ...node.spec, ...(outOfService ? { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } : {}) },
    status: { ...node.status, conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }], ...(inUse ? { volumesInUse: [HANDLE] } : {}) },
  };
};
const attachment = (node: string, attached = true): object => ({ apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', metadata: { name: `csi-${node}`, finalizers: ['external-attacher/d'] }, spec: { attacher: 'd', nodeName: node, source: { persistentVolumeName: 'v' } }, status: { attached } });
const podOn = (name: string, node: string, phase = 'Running'): object => testPod(name, { node, spec: using('c'), phase });
const stillRunning = { ...podOn('p', 'n1'), status: { phase: 'Running', containerStatuses: [{ name: 'c', image: 'nginx', imageID: '', ready: true, restartCount: 0, state: { running: {} } }] } };
const BOUND: object[] = [boundVolume('v', 'c'), boundClaim('c', 'v')];
function attached(objects: readonly object[], ms = 100, act?: (h: Harness) => void): string[] {
  const h = harness([attachDetachController]);
  for (const object of [...BOUND, ...objects]) h.put(object);
  h.restart();
  h.pass(0);
  act?.(h);
  h.pass(ms);
  return [
    ...h.list('VolumeAttachment').map((a) => `${a.metadata.deletionTimestamp === undefined ? '' : '-'}v@${a.spec.nodeName}`),
    ...h.list('Node').flatMap((n) => (n.status.volumesAttached ?? []).map(() => `told ${n.metadata.name}`)),
    ...new Set(h.events.map((e) => e.message)),
  ];
}
const TOLD = 'AttachVolume.Attach succeeded for volume "v" ';
const ATTACHED: [name: string, run: () => string[], expected: string[]][] = [
  ['where a Pod wants it', () => attached([nodeOf('n1'), podOn('p', 'n1')]), ['v@n1']],
  ['and the node is told once it is there', () => attached([nodeOf('n1'), podOn('p', 'n1'), attachment('n1')]), ['v@n1', 'told n1', TOLD]],
  ['not where the only Pod has ended', () => attached([nodeOf('n1'), podOn('p', 'n1', 'Succeeded')]), []],
  ['once for two Pods of a node', () => attached([nodeOf('n1'), podOn('p', 'n1'), podOn('q', 'n1')]), ['v@n1']],
  ['not to a second node while a Pod has it on the first', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), attachment('n1'), podOn('q', 'n2')]),
    ['v@n1', 'told n1', TOLD, 'Multi-Attach error for volume "v" Volume is already used by pod(s) p']],
  ['nor while the first still has it without a Pod', () => attached([nodeOf('n1', { inUse: true }), nodeOf('n2'), attachment('n1'), podOn('q', 'n2')]),
    ['v@n1', 'told n1', "Multi-Attach error for volume \"v\" Volume is already exclusively attached to one node and can't be attached to another"]],
  ['taken away where nobody wants it', () => attached([nodeOf('n1'), attachment('n1')]), ['-v@n1']],
  ['not while the node has it mounted', () => attached([nodeOf('n1', { inUse: true }), attachment('n1')], 600_000), ['v@n1', 'told n1']],
  ['nor from a node that is silent, for six minutes', () => attached([nodeOf('n1', { inUse: true, ready: false }), attachment('n1')], 359_000), ['v@n1', 'told n1']],
  ['by force after six minutes', () => attached([nodeOf('n1', { inUse: true, ready: false }), attachment('n1')], 361_000), ['-v@n1']],
  ['at once from a node out of service', () => attached([nodeOf('n1', { inUse: true, ready: false, outOfService: true }), attachment('n1')]), ['-v@n1']],
  ['taken away with its node', () => attached([attachment('n1')]), ['-v@n1']],
  ['not while the Pod of a silent node is being deleted', () => attached([nodeOf('n1', { inUse: true, ready: false }), attachment('n1'), stillRunning], 600_000, (h) => void h.api.delete('Pod', 'default', 'p')), ['v@n1', 'told n1', TOLD]],
];

// ---- the scheduler's plugins

const LATE = storageClass('late', 'csi.example.com', 'WaitForFirstConsumer');
const lookups = (others: Others): ReturnType<typeof makeLookups> => makeLookups(others);
const NODES = [makeNode('n1', { labels: { [ZONE]: 'a', 'kubernetes.io/hostname': 'n1' } }), makeNode('n2', { labels: { [ZONE]: 'b', 'kubernetes.io/hostname': 'n2' } })];
const asks = (...claims: string[]): Pod => makePod('p', { spec: using(...claims) as never });
const answers = (plugin: Plugin, pod: Pod, others: Others, pods: Pod[] = []): string[] => Object.values(filterAll(plugin, pod, makeCache(NODES, pods), lookups(others)));
const OUT = "!node(s) didn't match PersistentVolume's node affinity";
const NONE = "!node(s) didn't find available persistent volumes to bind";
const both = (text: string): string[] => [text, text];
const late = (meta: Fields = {}): PersistentVolumeClaim => claim('c', '5Gi', { storageClassName: 'late' }, meta);
const classes = (...all: object[]): Others => ({ classes: all as never });
const PLUGIN_ROWS: [name: string, plugin: Plugin, pod: Pod, others: Others, expected: string[], pods?: Pod[]][] = [
  ['a Pod without claims', volumeBinding, makePod('p'), {}, both('fits')],
  ['a claim that is not there', volumeBinding, asks('c'), {}, both('!persistentvolumeclaim "c" not found')],
  ['a claim that is being deleted', volumeBinding, asks('c'), { claims: [claim('c', '5Gi', {}, { deletionTimestamp: 'x' })] }, both('!persistentvolumeclaim "c" is being deleted')],
  ['a claim that lost its volume', volumeBinding, asks('c'), { claims: [{ ...boundClaim('c', 'v'), status: { phase: 'Lost' } } as never] }, both('!persistentvolumeclaim "c" bound to non-existent persistentvolume "v"')],
  ['a claim that the binder has not bound yet', volumeBinding, asks('c'), { claims: [claim()] }, both('!pod has unbound immediate PersistentVolumeClaims')],
  ['a bound claim whose volume is everywhere', volumeBinding, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [boundVolume('v', 'c')] }, both('fits')],
  ['a bound claim whose volume is in a zone', volumeBinding, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [boundVolume('v', 'c', { nodeAffinity: within(ZONE, 'a') })] }, ['fits', OUT]],
  ['a bound claim whose volume is not there', volumeBinding, asks('c'), { claims: [boundClaim('c', 'v')] }, both('!node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)')],
  ['a claim that waits, and a volume for it in a zone', volumeBinding, asks('c'), { ...classes(storageClass('late', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer')), claims: [late()], volumes: [volume('v', '10Gi', { storageClassName: 'late', nodeAffinity: within(ZONE, 'b') })] }, [NONE, 'fits']],
  ['a claim that waits, and nobody to make its volume', volumeBinding, asks('c'), { ...classes(storageClass('late', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer')), claims: [late()] }, both(NONE)],
  ['a claim that waits, whose volume can be made', volumeBinding, asks('c'), { ...classes(LATE), claims: [late()] }, both('fits')],
  ['a claim that waits, whose volume can be made in a zone', volumeBinding, asks('c'), { ...classes({ ...LATE, allowedTopologies: [{ matchLabelExpressions: [{ key: ZONE, values: ['b'] }] }] }), claims: [late()] }, [NONE, 'fits']],
  ['a claim that waits, for which a node was chosen', volumeBinding, asks('c'), { ...classes(LATE), claims: [late({ annotations: { 'volume.kubernetes.io/selected-node': 'n2' } })] }, [NONE, 'fits']],
  ['two claims that wait, and one volume for both', volumeBinding, asks('c', 'e'), { ...classes(storageClass('late', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer')), claims: [late(), claim('e', '5Gi', { storageClassName: 'late' })], volumes: [volume('v', '10Gi', { storageClassName: 'late' })] }, both(NONE)],
  ['an ephemeral volume whose claim is still to be made', volumeBinding, makePod('p', { spec: EPHEMERAL as never }), {}, both('!waiting for ephemeral volume controller to create the persistentvolumeclaim "p-scratch"')],
  ['a volume that says its zone', volumeZone, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [{ ...boundVolume('v', 'c'), metadata: { name: 'v', labels: { [ZONE]: 'a' } } } as never] }, ['fits', '!node(s) had no available volume zone']],
  ['a volume that says two zones', volumeZone, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [{ ...boundVolume('v', 'c'), metadata: { name: 'v', labels: { [ZONE]: 'a__b' } } } as never] }, both('fits')],
  ['a volume that says its zone as it was called', volumeZone, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [{ ...boundVolume('v', 'c'), metadata: { name: 'v', labels: { 'failure-domain.beta.kubernetes.io/zone': 'b' } } } as never] }, ['!node(s) had no available volume zone', 'fits']],
  ['a volume that says nothing', volumeZone, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [boundVolume('v', 'c')] }, both('fits')],
  ['a claim for one Pod that another has', volumeRestrictions, asks('c'), { claims: [boundClaim('c', 'v', { accessModes: ['ReadWriteOncePod'] })] }, both('node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'), [makePod('q', { node: 'n1', spec: using('c') as never })]],
  ['a claim for one Pod that nobody has', volumeRestrictions, asks('c'), { claims: [boundClaim('c', 'v', { accessModes: ['ReadWriteOncePod'] })] }, both('fits')],
  ['a claim for one node that another Pod has', volumeRestrictions, asks('c'), { claims: [boundClaim('c', 'v')] }, both('fits'), [makePod('q', { node: 'n1', spec: using('c') as never })]],
  ['a node whose driver attaches no more', nodeVolumeLimits, asks('c'), { claims: [boundClaim('c', 'v'), boundClaim('e', 'w')], volumes: [boundVolume('v', 'c'), boundVolume('w', 'e')], csiNodes: [{ metadata: { name: 'n1' }, spec: { drivers: [{ name: 'd', nodeID: 'n1', allocatable: { count: 1 } }] } }] as never }, ['node(s) exceed max volume count', 'fits'], [makePod('q', { node: 'n1', spec: using('e') as never })]],
  ['a node that has the volume already', nodeVolumeLimits, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [boundVolume('v', 'c')], csiNodes: [{ metadata: { name: 'n1' }, spec: { drivers: [{ name: 'd', nodeID: 'n1', allocatable: { count: 1 } }] } }] as never }, both('fits'), [makePod('q', { node: 'n1', spec: using('c') as never })]],
];

const area = (name: string, source: string, cases: ConformanceCase[]): CaseArea => ({ area: name, source, cases });

export const volumeBindingCases = area('persistent volumes and claims', 'pkg/controller/volume/persistentvolume/{index,binder,recycle,provision,delete}_test.go', [
  ...MATCHES.map(([name, wanted, volumes, expected, waits = false]) => ({ name: `match: ${name}`, run: () => findMatch(wanted, volumes, { late: waits })?.metadata.name, expected })),
  ...MISMATCHES.map(([v, c, expected]) => ({ name: `by name: ${expected ?? 'suits'}`, run: () => mismatch(v, c), expected })),
  ...BINDINGS.map(([name, objects, expected, act]) => ({ name: `bind: ${name}`, run: () => binder(objects, act), expected })),
]);
export const volumeProtectionCases = area('protection and ephemeral claims', 'pkg/controller/volume/{pvcprotection,pvprotection}/*_test.go, pkg/controller/volume/ephemeral/controller_test.go', [
  ...KEPT.map(([name, run, expected]) => ({ name, run, expected })),
  ...MADE.map(([name, objects, expected]) => ({ name: `a claim is made ${name}`, run: () => made(objects), expected })),
]);
export const attachDetachCases = area('attaching and detaching', 'pkg/controller/volume/attachdetach/reconciler/reconciler_test.go', ATTACHED.map(([name, run, expected]) => ({ name, run, expected })));
export const schedulerVolumeCases = area('scheduler: volumes', 'pkg/scheduler/framework/plugins/{volumebinding,volumezone,volumerestrictions,nodevolumelimits}/*_test.go',
  PLUGIN_ROWS.map(([name, plugin, pod, others, expected, pods]) => ({ name: `${plugin.name}: ${name}`, run: () => answers(plugin, pod, others, pods), expected })));
