/**
 * Claims of StatefulSets' Pods: which are made, whose they are by the retention policy, and which are there
 * after Pods have gone.
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { PersistentVolumeClaim } from '../../sim/api/types.ts';
import { statefulSetController } from '../../sim/controlplane/statefulset/statefulset.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { template, workload } from '../../sim/harness/objects.ts';
import { converge, edit } from '../../sim/harness/play.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './volumeobjects.ts';

const NODES = ['n1', 'n2', 'n3'];
const templateOf = (name: string, meta: Fields = {}): object => ({ metadata: { name, ...meta }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } });
type Policy = 'Retain' | 'Delete';
const keeping = (whenDeleted: Policy, whenScaled: Policy): Fields => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });

function setOf(spec: Fields = {}): Harness {
  const h = harness([statefulSetController]);
  h.api.create(workload('StatefulSet', 'db', { replicas: 2, volumeClaimTemplates: [templateOf('data')], ...spec }));
  converge(h, NODES);
  return h;
}
/** `data-db-0 of StatefulSet db`, where somebody owns it. */
const claims = (h: Harness): string[] =>
  h.list('PersistentVolumeClaim').map(({ metadata }) => [metadata.name, ...(metadata.ownerReferences ?? []).map((o) => `of ${o.kind} ${o.name}`)].join(' '));
const claimOf = (h: Harness, name: string): PersistentVolumeClaim => h.api.get('PersistentVolumeClaim', 'default', name);
function changed(h: Harness, spec: Fields): Harness {
  edit(h, 'StatefulSet', 'db', spec);
  converge(h, NODES);
  return h;
}
const scaled = (h: Harness, replicas: number): Harness => changed(h, { replicas });
const podVolumes = (h: Harness, name: string): string[] =>
  (h.api.get('Pod', 'default', name).spec.volumes ?? []).map((v) => `${v.name}=${v.persistentVolumeClaim?.claimName ?? 'other'}`);
const told = (h: Harness): string[] => [...new Set(h.events.map((e) => `${e.reason}: ${e.message}`))].filter((line) => line.includes('Claim'));
const OWNED = ['data-db-0 of StatefulSet db', 'data-db-1 of StatefulSet db'];
const PLAIN = ['data-db-0', 'data-db-1'];
const withVolume = { template: { ...(template({ app: 'db' }) as Fields), spec: { ...((template({ app: 'db' }) as Fields)['spec'] as Fields), volumes: [{ name: 'data', emptyDir: {} }, { name: 'tmp', emptyDir: {} }] } } };

const ROWS: [name: string, run: () => unknown, expected: unknown][] = [
  ['one of each Pod', () => claims(setOf()), PLAIN],
  ['one of each template', () => claims(setOf({ replicas: 1, volumeClaimTemplates: [templateOf('data'), templateOf('log')] })), ['data-db-0', 'log-db-0']],
  ['none without templates', () => claims(setOf({ volumeClaimTemplates: [] })), []],
  ['numbered as the Pods are', () => claims(setOf({ ordinals: { start: 3 } })), ['data-db-3', 'data-db-4']],
  ['of labels that the set selects by', () => claimOf(setOf(), 'data-db-0').metadata.labels, { app: 'db' }],
  ['of labels of the template too', () => claimOf(setOf({ volumeClaimTemplates: [templateOf('data', { labels: { tier: 'fast' } })] }), 'data-db-0').metadata.labels, { tier: 'fast', app: 'db' }],
  ['as large as the template says', () => claimOf(setOf(), 'data-db-0').spec.resources?.requests, { storage: '1Gi' }],
  ['told of', () => told(setOf({ replicas: 1 })), ['SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success']],
  ['volumes of its Pod', () => podVolumes(setOf(), 'db-1'), ['data=data-db-1']],
  ['in place of a volume of the name', () => podVolumes(setOf(withVolume), 'db-0'), ['data=data-db-0', 'tmp=other']],
  ['kept when there are fewer Pods', () => claims(scaled(setOf(), 1)), PLAIN],
  ['kept when there are none', () => claims(scaled(setOf(), 0)), PLAIN],
  ['used again when there are more', () => claims(scaled(scaled(setOf(), 0), 2)), PLAIN],
  ['of nobody by default', () => claims(setOf()), PLAIN],
  ['of nobody where both are kept', () => claims(setOf(keeping('Retain', 'Retain'))), PLAIN],
  ['of the set where it takes them with it', () => claims(setOf(keeping('Delete', 'Retain'))), OWNED],
  ['of nobody while no Pod is to go', () => claims(setOf(keeping('Retain', 'Delete'))), PLAIN],
  ['of the set where either takes them', () => claims(setOf(keeping('Delete', 'Delete'))), OWNED],
  ['kept by the set when there are fewer', () => claims(scaled(setOf(keeping('Delete', 'Retain')), 1)), OWNED],
  ['of its Pod when that is not to come back', () => claims(scaled(setOf(keeping('Retain', 'Delete')), 1)), ['data-db-0', 'data-db-1 of Pod db-1']],
  ['of its Pod and not of the set then', () => claims(scaled(setOf(keeping('Delete', 'Delete')), 1)), ['data-db-0 of StatefulSet db', 'data-db-1 of Pod db-1']],
  ['of the set once the policy says so', () => claims(changed(setOf(), keeping('Delete', 'Retain'))), OWNED],
  ['of nobody once the policy says so', () => claims(changed(setOf(keeping('Delete', 'Retain')), keeping('Retain', 'Retain'))), PLAIN],
  ['of its Pod no longer once it stays after all', () => claims(changed(setOf({ ...keeping('Retain', 'Delete'), replicas: 2 }), { ...keeping('Retain', 'Retain') })), PLAIN],
  ['of the set no longer once its Pod takes it', () => claims(scaled(changed(setOf(keeping('Delete', 'Retain')), keeping('Retain', 'Delete')), 1)), ['data-db-0', 'data-db-1 of Pod db-1']],
  ['of two templates alike', () => claims(setOf({ replicas: 1, volumeClaimTemplates: [templateOf('data'), templateOf('log')], ...keeping('Delete', 'Retain') })), ['data-db-0 of StatefulSet db', 'log-db-0 of StatefulSet db']],
  ['a managing owner is told as such', () => claimOf(setOf(keeping('Delete', 'Retain')), 'data-db-0').metadata.ownerReferences?.map((o) => [o.controller, o.blockOwnerDeletion]), [[true, true]]],
  ['somebody else manages one: it is left to them', () => claims(managed(keeping('Delete', 'Retain')))[0], 'data-db-0 of ConfigMap other'],
  ['somebody else manages one: what the set owned is taken back', () => claims(ownedByBoth())[0], 'data-db-0 of ConfigMap other'],
  ['somebody else manages one: it is told', () => told(managed(keeping('Delete', 'Retain'))).filter((line) => line.startsWith('Conflicting')), ['ConflictingController: PersistentVolumeClaim data-db-0 has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim']],
  ['of a set that was: it is left to the garbage collector', () => uids(stale('StatefulSet', 'db')), ['old']],
  ['of a Pod that was: it is left to the garbage collector', () => uids(stale('Pod', 'db-0')), ['old']],
  ['an owner that manages nothing becomes one that does', () => managing(plainOwner()), [true]],
  ['being deleted: its Pod waits', () => [claims(goingClaim()), goingClaim().list('Pod').length], [['data-db-0'], 0]],
  ['being deleted: it is told', () => [...new Set(goingClaim().events.map((e) => e.message))], ['create Pod db-0 in StatefulSet db failed error: pvc data-db-0 is being deleted']],
  ['refused: its Pod waits', () => refusedClaim().list('Pod').length, 0],
  ['refused: both are told', () => [...new Set(refusedClaim().events.map((e) => `${e.reason}: ${e.message}`))], ['FailedCreate: create Claim data-db-0 for Pod db-0 in StatefulSet db failed error: exceeded quota', 'FailedCreate: create Pod db-0 in StatefulSet db failed error: failed to create PVC data-db-0: exceeded quota']],
  ['of a Pod that has gone: the next one waits for it to go', () => awaitingClaim().list('Pod').length, 0],
  ['of a Pod that has gone: there is a Pod once it has', () => released(awaitingClaim()).list('Pod').map((p) => p.metadata.name), ['db-0']],
  ['of a Pod that has gone: a set that keeps them takes it', () => awaitingClaim('Retain').list('Pod').length, 1],
  ['made again while its Pod is pending', () => claims(lostClaim(false)), ['data-db-0']],
  ['not made again under a Pod that runs', () => claims(lostClaim(true)), []],
  ['others who own one stay', () => claims(changed(ownedToo(setOf()), keeping('Delete', 'Retain')))[0], 'data-db-0 of ConfigMap other of StatefulSet db'],
];
function ownedToo(h: Harness): Harness {
  const found = claimOf(h, 'data-db-0');
  h.api.update({ ...found, metadata: { ...found.metadata, ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: 'uid-other' }] } });
  return h;
}

const OTHER = { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: 'uid-other', controller: true };
/** Gives the first claim these owners, and lets the set see it. */
function owned(h: Harness, spec: Fields, ...ownerReferences: Fields[]): Harness {
  const found = claimOf(h, 'data-db-0');
  h.api.update({ ...found, metadata: { ...found.metadata, ownerReferences: ownerReferences as never } });
  return changed(h, spec);
}
const managed = (spec: Fields): Harness => owned(setOf(), spec, OTHER);
const ownerOf = (kind: string, name: string, uid: string, more: Fields = {}): Fields => ({ apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, name, uid, ...more });
const setUid = (h: Harness): string => h.api.get('StatefulSet', 'default', 'db').metadata.uid;
function ownedByBoth(): Harness {
  const h = setOf();
  return owned(h, keeping('Delete', 'Retain'), ownerOf('StatefulSet', 'db', setUid(h), { controller: false }), OTHER);
}
const stale = (kind: string, name: string): Harness => owned(setOf(), keeping('Delete', 'Retain'), ownerOf(kind, name, 'old'));
const uids = (h: Harness): string[] => (claimOf(h, 'data-db-0').metadata.ownerReferences ?? []).map((o) => o.uid);
function plainOwner(): Harness {
  const h = setOf();
  return owned(h, keeping('Delete', 'Retain'), ownerOf('StatefulSet', 'db', setUid(h)));
}
const managing = (h: Harness): unknown => (claimOf(h, 'data-db-0').metadata.ownerReferences ?? []).map((o) => o.controller);

/** A set of one Pod that comes to a claim which is there already. */
function meeting(meta: Fields, spec: Fields = {}): Harness {
  const h = harness([statefulSetController]);
  h.put({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data-db-0', namespace: 'default', ...meta }, spec: (templateOf('data') as { spec: object }).spec, status: { phase: 'Pending' } });
  h.api.create(workload('StatefulSet', 'db', { replicas: 1, volumeClaimTemplates: [templateOf('data')], ...spec }));
  h.pass(100);
  return h;
}
const goingClaim = (): Harness => meeting({ deletionTimestamp: '2026-01-05T09:00:00Z', finalizers: ['kubernetes.io/pvc-protection'] });
const awaitingClaim = (whenScaled: Policy = 'Delete'): Harness => meeting({ ownerReferences: [ownerOf('Pod', 'db-0', 'old')] }, keeping('Retain', whenScaled));
function released(h: Harness): Harness {
  h.api.update({ ...claimOf(h, 'data-db-0'), metadata: { ...claimOf(h, 'data-db-0').metadata, finalizers: [] } });
  h.api.delete('PersistentVolumeClaim', 'default', 'data-db-0');
  h.pass(60_000);
  return h;
}
function refusedClaim(): Harness {
  const h = harness([statefulSetController]);
  h.refuse = (verb, kind) => {
    if (verb === 'create' && kind === 'PersistentVolumeClaim') throw new ApiError('Forbidden', 'exceeded quota');
  };
  h.api.create(workload('StatefulSet', 'db', { replicas: 1, volumeClaimTemplates: [templateOf('data')] }));
  h.pass(100);
  return h;
}
/** The claim of a Pod is deleted by force, and the set looked at again. */
function lostClaim(running: boolean): Harness {
  const h = harness([statefulSetController]);
  h.api.create(workload('StatefulSet', 'db', { replicas: 1, volumeClaimTemplates: [templateOf('data')] }));
  if (running) converge(h, NODES);
  else h.run();
  const found = claimOf(h, 'data-db-0');
  h.api.update({ ...found, metadata: { ...found.metadata, finalizers: [] } });
  h.api.delete('PersistentVolumeClaim', 'default', 'data-db-0');
  edit(h, 'StatefulSet', 'db', { minReadySeconds: 1 });
  h.pass(100);
  return h;
}

export const statefulSetClaimCases: CaseArea = {
  area: 'claims of stateful sets',
  source: 'pkg/controller/statefulset/{stateful_set_utils,stateful_pod_control}_test.go',
  cases: ROWS.map(([name, run, expected]) => ({ name, run, expected })),
};
