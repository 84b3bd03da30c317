/** Where Pods may go for the sake of their volumes. `!` before what no preemption helps. */
import type { PersistentVolumeClaim, Pod } from '../../sim/api/types.ts';
import { makeCache, filterAll, makeLookups, makeNode, makePod, type Others } from '../../sim/controlplane/scheduler/testkit.ts';
import { nodeVolumeLimits } from '../../sim/controlplane/scheduler/plugins/nodevolumelimits.ts';
import { volumeBinding } from '../../sim/controlplane/scheduler/plugins/volumebinding.ts';
import { volumeRestrictions } from '../../sim/controlplane/scheduler/plugins/volumerestrictions.ts';
import { volumeZone } from '../../sim/controlplane/scheduler/plugins/volumezone.ts';
import type { Plugin } from '../../sim/controlplane/scheduler/framework.ts';
import type { CaseArea } from './area.ts';
import { boundClaim, boundVolume, claim, EPHEMERAL, type Fields, storageClass, using, volume, within, ZONE } from './volumeobjects.ts';

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

// ---- zones: one node, one volume

const REGION = 'topology.kubernetes.io/region';
const [OLD_ZONE, OLD_REGION] = ['failure-domain.beta.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region'];
const NO_ZONE = '!node(s) had no available volume zone';
type Labels = Record<string, string>;
const ZONE_ROWS: [name: string, node: Labels, volume: Labels, expected: string][] = [
  ['a node without labels', {}, { [OLD_ZONE]: 'a' }, 'fits'],
  ['a node without labels, a volume of two zones', {}, { [OLD_ZONE]: 'c__a' }, 'fits'],
  ['the zone as it was called', { [OLD_ZONE]: 'a', other: 'x' }, { [OLD_ZONE]: 'a' }, 'fits'],
  ['another zone as it was called', { [OLD_ZONE]: 'b', other: 'x' }, { [OLD_ZONE]: 'a' }, NO_ZONE],
  ['the region as it was called', { [OLD_REGION]: 'r', other: 'x' }, { [OLD_REGION]: 'r', other: 'y' }, 'fits'],
  ['another region as it was called', { [OLD_REGION]: 's' }, { [OLD_REGION]: 'r', other: 'y' }, NO_ZONE],
  ['the zone', { [ZONE]: 'a', other: 'x' }, { [ZONE]: 'a' }, 'fits'],
  ['another zone', { [ZONE]: 'b' }, { [ZONE]: 'a' }, NO_ZONE],
  ['the region', { [REGION]: 'r' }, { [REGION]: 'r', other: 'y' }, 'fits'],
  ['another region', { [REGION]: 's' }, { [REGION]: 'r' }, NO_ZONE],
  ['a node that says its zone, and no region', { [ZONE]: 'a' }, { [ZONE]: 'a', [REGION]: 'a' }, NO_ZONE],
  ['a node that says its zone as it was called', { [OLD_ZONE]: 'a' }, { [ZONE]: 'a' }, NO_ZONE],
  ['a volume that says it so', { [ZONE]: 'a' }, { [OLD_ZONE]: 'a' }, 'fits'],
  ['a volume that says another so', { [ZONE]: 'b' }, { [OLD_ZONE]: 'a' }, NO_ZONE],
  ['one of two zones', { [ZONE]: 'a' }, { [ZONE]: 'c__a' }, 'fits'],
  ['one of two zones as they were called', { [OLD_ZONE]: 'a' }, { [OLD_ZONE]: 'c__a' }, 'fits'],
  ['none of two zones', { [ZONE]: 'b' }, { [ZONE]: 'c__a' }, NO_ZONE],
  ['a volume whose labels say nothing of it', { [ZONE]: 'b' }, { other: 'a' }, 'fits'],
];
const inZone = (node: Labels, labels: Labels): string => {
  const placed = { ...boundVolume('v', 'c'), metadata: { name: 'v', labels } } as never;
  const others = { claims: [boundClaim('c', 'v')], volumes: [placed] };
  return Object.values(filterAll(volumeZone, asks('c'), makeCache([makeNode('n1', { labels: node })], []), lookups(others)))[0]!;
};
const unbound = (storageClassName: string): Others => ({ claims: [claim('c', '5Gi', { storageClassName })] });
PLUGIN_ROWS.push(
  ['a claim that is not there', volumeZone, asks('c'), {}, both('!persistentvolumeclaim "c" not found')],
  ['a volume that is not there', volumeZone, asks('c'), { claims: [boundClaim('c', 'nowhere')] }, both('!persistentvolume "nowhere" not found')],
  ['a claim without a volume or a class', volumeZone, asks('c'), unbound(''), both('!PersistentVolumeClaim had no pv name and storageClass name')],
  ['a claim without a volume, of a class that is not there', volumeZone, asks('c'), unbound('gold'), both('!storageclass.storage.k8s.io "gold" not found')],
  ['a claim without a volume, of a class that does not wait', volumeZone, asks('c'), { ...unbound('gold'), ...classes(storageClass('gold')) }, both('!PersistentVolume had no name')],
  ['a claim without a volume, of a class that waits', volumeZone, asks('c'), { ...unbound('late'), ...classes(LATE) }, both('fits')],
  ['a Pod without claims', volumeZone, makePod('p'), {}, both('fits')],
  ['a Pod without claims', nodeVolumeLimits, makePod('p'), {}, both('fits')],
  ['a node that says nothing of the driver', nodeVolumeLimits, asks('c'), { claims: [boundClaim('c', 'v')], volumes: [boundVolume('v', 'c')] }, both('fits')],
  ['a Pod without claims', volumeRestrictions, makePod('p'), {}, both('fits')],
  ['a claim that is not there', volumeRestrictions, asks('c'), {}, both('!persistentvolumeclaim "c" not found')],
  ['a claim for one Pod that a Pod of another namespace has by that name', volumeRestrictions, asks('c'), { claims: [boundClaim('c', 'v', { accessModes: ['ReadWriteOncePod'] })] }, both('fits'), [{ ...makePod('q', { node: 'n1', spec: using('c') as never }), metadata: { name: 'q', namespace: 'other', uid: 'uid-q' } } as never]],
);

export const schedulerVolumeCases: CaseArea = {
  area: 'scheduler: volumes',
  source: 'pkg/scheduler/framework/plugins/{volumebinding,volumezone,volumerestrictions,nodevolumelimits}/*_test.go',
  cases: [
    ...PLUGIN_ROWS.map(([name, plugin, pod, others, expected, pods]) => ({ name: `${plugin.name}: ${name}`, run: () => answers(plugin, pod, others, pods), expected })),
    ...ZONE_ROWS.map(([name, node, labels, expected]) => ({ name: `VolumeZone of one node: ${name}`, run: () => inZone(node, labels), expected })),
  ],
};
