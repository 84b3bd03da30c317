/** Volumes and claims: who suits whom, how they bind, and what becomes of a volume that is let go. */
import type { PersistentVolume, PersistentVolumeClaim } from '../../sim/api/types.ts';
import { findMatch, mismatch } from '../../sim/controlplane/volume/match.ts';
import { persistentVolumeController } from '../../sim/controlplane/volume/persistentvolume.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testPod } from '../../sim/harness/objects.ts';
import type { CaseArea } from './area.ts';
import { boundClaim, boundVolume, claim, DONE, ref, storageClass, using, volume } from './volumeobjects.ts';

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

export const volumeBindingCases: CaseArea = {
  area: 'persistent volumes and claims',
  source: 'pkg/controller/volume/persistentvolume/{index,binder,recycle,provision,delete}_test.go',
  cases: [
    ...MATCHES.map(([name, wanted, volumes, expected, waits = false]) => ({ name: `match: ${name}`, run: () => findMatch(wanted, volumes, { late: waits })?.metadata.name, expected })),
    ...MISMATCHES.map(([v, c, expected]) => ({ name: `by name: ${expected ?? 'suits'}`, run: () => mismatch(v, c), expected })),
    ...BINDINGS.map(([name, objects, expected, act]) => ({ name: `bind: ${name}`, run: () => binder(objects, act), expected })),
  ],
};
