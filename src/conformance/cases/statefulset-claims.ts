/**
 * Claims of StatefulSets' Pods: which are made, whose they are by the retention policy, and which are there
 * after Pods have gone.
 */
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
  ['others who own one stay', () => claims(changed(ownedToo(setOf()), keeping('Delete', 'Retain')))[0], 'data-db-0 of ConfigMap other of StatefulSet db'],
];
function ownedToo(h: Harness): Harness {
  const found = claimOf(h, 'data-db-0');
  h.api.update({ ...found, metadata: { ...found.metadata, ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: 'uid-other' }] } });
  return h;
}

export const statefulSetClaimCases: CaseArea = {
  area: 'claims of stateful sets',
  source: 'pkg/controller/statefulset/{stateful_set_utils,stateful_pod_control}_test.go',
  cases: ROWS.map(([name, run, expected]) => ({ name, run, expected })),
};
