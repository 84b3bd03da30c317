/** Disks that come to nodes, go from them, and do neither. `volume@node`, `-` before one that is going. */
import { attachDetachController } from '../../sim/controlplane/attachdetach/attachdetach.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testNode, testPod } from '../../sim/harness/objects.ts';
import type { CaseArea } from './area.ts';
import { boundClaim, boundVolume, claim, type Fields, using } from './volumeobjects.ts';

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
function attached(objects: readonly object[], ms = 100, act?: (h: Harness) => unknown, bound = BOUND): string[] {
  const h = harness([attachDetachController]);
  for (const object of [...bound, ...objects]) h.put(object);
  h.restart();
  h.pass(0);
  act?.(h);
  h.pass(ms);
  return [
    ...h.list('VolumeAttachment').map((a) => `${a.metadata.deletionTimestamp === undefined ? '' : '-'}${a.spec.source.persistentVolumeName}@${a.spec.nodeName}`),
    ...h.list('Node').flatMap((n) => (n.status.volumesAttached ?? []).map(() => `told ${n.metadata.name}`)),
    ...new Set(h.events.map((e) => e.message)),
  ];
}
const withModes = (...accessModes: string[]): object[] => [boundVolume('v', 'c', { accessModes }), boundClaim('c', 'v', { accessModes })];
const of = (source: Fields): object[] => [boundVolume('v', 'c', { csi: undefined, ...source }), boundClaim('c', 'v')];
const TWO: object[] = [...BOUND, boundVolume('w', 'e'), boundClaim('e', 'w')];
const driver = (attachRequired: boolean): object => ({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'd' }, spec: { attachRequired } });
const both = (name: string, node: string): object => testPod(name, { node, spec: using('c', 'e'), phase: 'Running' });
const leaves = (name: string) => (h: Harness): void => void h.api.delete('Pod', 'default', name, { gracePeriodSeconds: 0 });
/** The driver's part: what is going is gone, what is wanted is there. */
const drive = (h: Harness): void => {
  for (const a of h.list('VolumeAttachment'))
    if (a.metadata.deletionTimestamp === undefined) h.api.updateStatus({ ...a, status: { attached: true } });
    else h.api.update({ ...a, metadata: { ...a.metadata, finalizers: [] } });
};
const withState = (name: string, node: string, state: Fields): object => ({ ...testPod(name, { node, spec: using('c'), deleting: true }), status: { phase: 'Running', containerStatuses: [{ name: 'c', image: 'nginx', imageID: '', ready: false, restartCount: 0, state }] } });
const refusedAt = (node: string): object => ({ ...attachment(node, false), status: { attached: false, attachError: { message: 'no such disk', time: '2026-01-05T09:00:00Z' } } });
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
  ['without Pods nothing is', () => attached([nodeOf('n1')]), []],
  ['not where the Pod has failed', () => attached([nodeOf('n1'), podOn('p', 'n1', 'Failed')]), []],
  ['not for a Pod without a node', () => attached([nodeOf('n1'), testPod('p', { spec: using('c'), phase: 'Pending' })]), []],
  ['also for a Pod that has not begun', () => attached([nodeOf('n1'), podOn('p', 'n1', 'Pending')]), ['v@n1']],
  ['not for a claim that is not bound', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, undefined, [claim()]), []],
  ['not for a claim that is not there', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, undefined, []), []],
  ['for a claim that is bound later', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, (h) => BOUND.map((o) => h.put(o)), []), ['v@n1']],
  ['not a directory of a node', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, undefined, of({ hostPath: { path: '/data' } })), []],
  ['not a disk of a node', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, undefined, of({ local: { path: '/disk' } })), []],
  ['not a share', () => attached([nodeOf('n1'), podOn('p', 'n1')], 100, undefined, of({ nfs: { server: 's', path: '/' } })), []],
  ['not where the driver needs none', () => attached([nodeOf('n1'), driver(false), podOn('p', 'n1')]), []],
  ['where the driver says that it does', () => attached([nodeOf('n1'), driver(true), podOn('p', 'n1')]), ['v@n1']],
  ['both volumes of a Pod', () => attached([nodeOf('n1'), both('p', 'n1')], 100, undefined, TWO), ['v@n1', 'w@n1']],
  ['to two nodes, for many writers', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), podOn('q', 'n2')], 100, undefined, withModes('ReadWriteMany')), ['v@n1', 'v@n2']],
  ['to two nodes, for many readers', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), podOn('q', 'n2')], 100, undefined, withModes('ReadOnlyMany')), ['v@n1', 'v@n2']],
  ['to two nodes, for one writer or many readers', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), podOn('q', 'n2')], 100, undefined, withModes('ReadWriteOnce', 'ReadOnlyMany')), ['v@n1', 'v@n2']],
  ['to one node, for one Pod', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), attachment('n1'), podOn('q', 'n2')], 100, undefined, withModes('ReadWriteOncePod')),
    ['v@n1', 'told n1', TOLD, 'Multi-Attach error for volume "v" Volume is already used by pod(s) p']],
  ['who waits for it does not hold it', () => attached([nodeOf('n1'), nodeOf('n2'), nodeOf('n3'), podOn('p', 'n1'), attachment('n1'), podOn('q', 'n2'), podOn('r', 'n3')]),
    ['v@n1', 'told n1', TOLD, 'Multi-Attach error for volume "v" Volume is already used by pod(s) p']],
  ['taken away when its Pod leaves', () => attached([nodeOf('n1'), podOn('p', 'n1'), attachment('n1')], 100, leaves('p')), ['-v@n1', TOLD]],
  ['not when one of two Pods leaves', () => attached([nodeOf('n1'), podOn('p', 'n1'), podOn('q', 'n1'), attachment('n1')], 100, leaves('p')), ['v@n1', 'told n1', TOLD]],
  ['taken away when the containers of a deleted Pod have ended', () => attached([nodeOf('n1'), withState('p', 'n1', { terminated: { exitCode: 0 } }), attachment('n1')]), ['-v@n1']],
  ['not while one of a deleted Pod runs', () => attached([nodeOf('n1'), withState('p', 'n1', { running: {} }), attachment('n1')]), ['v@n1', 'told n1', TOLD]],
  ['then to the node that waits for it', () => attached([nodeOf('n1'), nodeOf('n2'), podOn('p', 'n1'), attachment('n1'), podOn('q', 'n2')], 100, (h) => [leaves('p')(h), h.pass(100), drive(h)]),
    ['v@n2', TOLD, 'Multi-Attach error for volume "v" Volume is already used by pod(s) p']],
  ['after force to the node that waits for it', () => attached([nodeOf('n1', { inUse: true, ready: false }), nodeOf('n2'), attachment('n1'), podOn('q', 'n2')], 100, (h) => [h.pass(361_000), drive(h)]),
    ['v@n2', "Multi-Attach error for volume \"v\" Volume is already exclusively attached to one node and can't be attached to another"]],
  ['at once from a node that is silent and has it not mounted', () => attached([nodeOf('n1', { ready: false }), attachment('n1')]), ['-v@n1']],
  ['not from one out of service while its Pod is there', () => attached([nodeOf('n1', { inUse: true, ready: false, outOfService: true }), attachment('n1'), podOn('p', 'n1')]), ['v@n1', 'told n1', TOLD]],
  ['a failure is told the Pod', () => attached([nodeOf('n1'), podOn('p', 'n1'), refusedAt('n1')]), ['v@n1', 'AttachVolume.Attach failed for volume "v" : no such disk']],
  ['each Pod is told', () => attached([nodeOf('n1'), podOn('p', 'n1'), podOn('q', 'n1'), attachment('n1')]), ['v@n1', 'told n1', TOLD]],
];

export const attachDetachCases: CaseArea = {
  area: 'attaching and detaching',
  source: 'pkg/controller/volume/attachdetach/{reconciler/reconciler,attach_detach_controller,populator/desired_state_of_world_populator}_test.go',
  cases: ATTACHED.map(([name, run, expected]) => ({ name, run, expected })),
};
