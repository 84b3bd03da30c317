/** Claims that are used and volumes that are bound do not go; claims of ephemeral volumes are made. */
import type { PersistentVolume, PersistentVolumeClaim } from '../../sim/api/types.ts';
import { ephemeralVolumeController } from '../../sim/controlplane/volume/ephemeral.ts';
import { pvcProtectionController, pvProtectionController } from '../../sim/controlplane/volume/protection.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testPod } from '../../sim/harness/objects.ts';
import type { CaseArea } from './area.ts';
import { claim, EPHEMERAL, type Fields, using, volume } from './volumeobjects.ts';

function kept(objects: readonly object[], kind: 'PersistentVolume' | 'PersistentVolumeClaim', name: string, act?: (h: Harness) => unknown): string {
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
const userOf = (name: string, claimName: string, more: Fields = {}): object => testPod(name, { node: 'n1', spec: using(claimName), phase: 'Running', ...more });
const guardedAs = (name: string): PersistentVolumeClaim => claim(name, '5Gi', {}, { finalizers: ['kubernetes.io/pvc-protection'] });
const leaves = (name: string) => (h: Harness): void => void h.api.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });

/** Who keeps an object that nobody deletes from going. */
function guards(objects: readonly object[], kind: 'PersistentVolume' | 'PersistentVolumeClaim', name: string): string {
  const h = harness([pvcProtectionController, pvProtectionController]);
  for (const object of objects) h.put(object);
  h.restart();
  h.pass(100);
  const found = h.api.find(kind, kind === 'PersistentVolume' ? '' : 'default', name);
  return (found?.metadata.finalizers ?? []).join(' ');
}
const KEPT: [name: string, run: () => string, expected: string][] = [
  ['a claim that nobody uses goes', () => kept([guarded()], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim of a Pod on a node stays', () => kept([guarded(), user('n1')], 'PersistentVolumeClaim', 'c'), 'kept'],
  ['a claim of a Pod without a node goes', () => kept([guarded(), user(undefined, 'Pending')], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim of a Pod that has ended stays until that is gone', () => kept([guarded(), user('n1', 'Succeeded')], 'PersistentVolumeClaim', 'c'), 'kept'],
  ['a claim of a Pod that has failed likewise', () => kept([guarded(), user('n1', 'Failed')], 'PersistentVolumeClaim', 'c'), 'kept'],
  ['it goes once the ended Pod has', () => kept([guarded(), user('n1', 'Succeeded')], 'PersistentVolumeClaim', 'c', leaves('p')), 'gone'],
  ['a claim beside one that a Pod uses goes', () => kept([guarded(), userOf('p', 'other')], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim in the namespace of others goes', () => kept([guarded(), userOf('p', 'c', { namespace: 'other' })], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim of two Pods stays while one is there', () => kept([guarded(), userOf('p', 'c'), userOf('q', 'c')], 'PersistentVolumeClaim', 'c', leaves('p')), 'kept'],
  ['it goes with the second', () => kept([guarded(), userOf('p', 'c'), userOf('q', 'c')], 'PersistentVolumeClaim', 'c', (h) => [leaves('p')(h), leaves('q')(h)]), 'gone'],
  ['a claim of an ephemeral volume stays with its Pod', () => kept([guardedAs('p-scratch'), testPod('p', { node: 'n1', spec: EPHEMERAL, phase: 'Running' })], 'PersistentVolumeClaim', 'p-scratch'), 'kept'],
  ['a Pod that uses it gets a node: it stays', () => kept([guarded(), user('n1', 'Pending')], 'PersistentVolumeClaim', 'c'), 'kept'],
  ['another of the Pod\'s name that does not use it comes: it goes', () => kept([guarded(), userOf('p', 'c')], 'PersistentVolumeClaim', 'c', (h) => [leaves('p')(h), h.put(testPod('p', { node: 'n1', uid: 'again' }))]), 'gone'],
  ['another of the Pod\'s name that uses it comes: it stays', () => kept([guarded(), userOf('p', 'c')], 'PersistentVolumeClaim', 'c', (h) => [leaves('p')(h), h.put(userOf('p', 'c', { uid: 'again' }))]), 'kept'],
  ['a claim that a Pod without a node names goes, though one with a node names another', () => kept([guarded(), user(undefined, 'Pending'), userOf('q', 'other')], 'PersistentVolumeClaim', 'c'), 'gone'],
  ['a claim is guarded', () => guards([claim()], 'PersistentVolumeClaim', 'c'), 'kubernetes.io/pvc-protection'],
  ['a claim is guarded once', () => guards([guarded()], 'PersistentVolumeClaim', 'c'), 'kubernetes.io/pvc-protection'],
  ['a claim keeps the guards that others set', () => guards([claim('c', '5Gi', {}, { finalizers: ['example.com/mine'] })], 'PersistentVolumeClaim', 'c'), 'example.com/mine kubernetes.io/pvc-protection'],
  ['a volume is guarded', () => guards([volume('v')], 'PersistentVolume', 'v'), 'kubernetes.io/pv-protection'],
  ['a volume is guarded once', () => guards([guardedVolume('Available')], 'PersistentVolume', 'v'), 'kubernetes.io/pv-protection'],
  ['a volume that is pending goes', () => kept([guardedVolume('Pending')], 'PersistentVolume', 'v'), 'gone'],
  ['a volume that has failed goes', () => kept([guardedVolume('Failed')], 'PersistentVolume', 'v'), 'gone'],
  ['a volume that others guard stays', () => kept([volume('v', '10Gi', {}, 'Available', { finalizers: ['kubernetes.io/pv-protection', 'example.com/mine'] })], 'PersistentVolume', 'v'), 'kept'],
  ['a claim that others guard stays', () => kept([claim('c', '5Gi', {}, { finalizers: ['kubernetes.io/pvc-protection', 'example.com/mine'] })], 'PersistentVolumeClaim', 'c'), 'kept'],
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
const MADE: [string, object[], string[]][] = [
  ['of a Pod, and owned by it', [testPod('p', { spec: EPHEMERAL })], ['p-scratch p']],
  ['not twice', [testPod('p', { spec: EPHEMERAL }), claim('other')], ['other nobody', 'p-scratch p']],
  ['not over one of the name that is somebody else\'s', [testPod('p', { spec: EPHEMERAL }), claim('p-scratch')], ['p-scratch nobody', 'FailedBinding']],
  ['not of a Pod that is being deleted', [testPod('p', { spec: EPHEMERAL, deleting: true })], []],
  ['for each of two Pods', [testPod('p', { spec: EPHEMERAL }), testPod('q', { spec: EPHEMERAL })], ['p-scratch p', 'q-scratch q']],
  ['for each of two volumes', [testPod('p', { spec: { volumes: [...EPHEMERAL.volumes, { ...EPHEMERAL.volumes[0], name: 'more' }] } })], ['p-more p', 'p-scratch p']],
  ['also where the Pod has a node already', [testPod('p', { node: 'n1', spec: EPHEMERAL })], ['p-scratch p']],
  ['beside claims that the Pod names', [testPod('p', { spec: { volumes: [...using('c')['volumes'] as object[], ...EPHEMERAL.volumes] } }), claim()], ['c nobody', 'p-scratch p']],
  ['not of a Pod that names claims only', [testPod('p', { spec: using('c') })], []],
  ['not again where it is its Pod\'s already', [testPod('p', { spec: EPHEMERAL, uid: 'uid-p' }), claim('p-scratch', '1Gi', {}, { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'uid-p', controller: true }] })], ['p-scratch p']],
  ['not over one of a Pod of the name that was before', [testPod('p', { spec: EPHEMERAL, uid: 'uid-p' }), claim('p-scratch', '1Gi', {}, { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'uid-before', controller: true }] })], ['p-scratch p', 'FailedBinding']],
  ['not of other volumes', [testPod('p', { spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } })], []],
];

export const volumeProtectionCases: CaseArea = {
  area: 'protection and ephemeral claims',
  source: 'pkg/controller/volume/{pvcprotection,pvprotection}/*_test.go, pkg/controller/volume/ephemeral/controller_test.go',
  cases: [
    ...KEPT.map(([name, run, expected]) => ({ name, run, expected })),
    ...MADE.map(([name, objects, expected]) => ({ name: `a claim is made ${name}`, run: () => made(objects), expected })),
  ],
};
