/** How claims grow: what a driver is asked for, what the claim tells meanwhile, and which changes are refused. */
import type { KubeObject, PersistentVolumeClaim } from '../../sim/api/types.ts';
import { statefulSetController } from '../../sim/controlplane/statefulset/statefulset.ts';
import { harness } from '../../sim/harness/harness.ts';
import { awaitsNode, growing, growthFailed, growthOf, grown, isToGrow, type GrowthStage } from '../../sim/volume/expand.ts';
import type { CaseArea } from './area.ts';
import { boundVolume, claim, DONE, type Fields, storageClass, volume } from './volumeobjects.ts';

/** A bound claim: what it asks for, what it has, what was granted on the way, and how far that has come. */
const bound = (asks: string, has: string, granted?: string, stage?: GrowthStage, status: Fields = {}): PersistentVolumeClaim => {
  const made = claim('c', asks, { volumeName: 'v', storageClassName: 'gold' }, { annotations: DONE }, 'Bound');
  return {
    ...made,
    status: {
      phase: 'Bound', capacity: { storage: has }, ...(granted === undefined ? {} : { allocatedResources: { storage: granted } }),
      ...(stage === undefined ? {} : { allocatedResourceStatuses: { storage: stage } }), ...status,
    } as never,
  };
};
const sized = (storage: string, to = 'c') => ({ ...boundVolume('v', to), spec: { ...boundVolume('v', to).spec, capacity: { storage } as never } });

// ---- what is asked for: TestExpandAndRecover, and the branches beside its rows

const ASKED: [name: string, claim: PersistentVolumeClaim, volume: string, expected: [size: string | undefined, told?: boolean]][] = [
  ['more than the volume has', bound('2G', '1G'), '1G', ['2G', false]],
  ['as much as it has, of which nothing is under way', bound('1G', '1G'), '1G', ['1G', false]],
  ['less than could not be had before', bound('5G', '3G', '10G', 'ControllerResizeInfeasible'), '3G', ['5G', false]],
  ['what could not be had before, again', bound('10G', '3G', '10G', 'ControllerResizeInfeasible'), '3G', ['10G', true]],
  ['as much as it has, and the node is to follow', bound('1G', '1G', '1G', 'NodeResizePending'), '1G', [undefined]],
  ['as much as it has, and the node follows', bound('2G', '1G', '2G', 'NodeResizeInProgress'), '2G', [undefined]],
  ['as much as it has, and the node could not', bound('2G', '1G', '2G', 'NodeResizeInfeasible'), '2G', ['2G', true]],
  ['more, while the node is to follow', bound('10G', '1G', '3G', 'NodeResizePending'), '3G', [undefined]],
  ['more, while the node follows', bound('10G', '1G', '3G', 'NodeResizeInProgress'), '3G', [undefined]],
  ['more, while the node is to follow to what the volume has not', bound('10G', '1G', '3G', 'NodeResizePending'), '2G', ['3G', true]],
  ['more, while the driver is at less: that is finished first', bound('10G', '1G', '3G', 'ControllerResizeInProgress'), '1G', ['3G', true]],
  ['more, where the node could not do less', bound('10G', '1G', '3G', 'NodeResizeInfeasible'), '2G', ['3G', true]],
  ['less than the driver has made of it by now', bound('2G', '1G', '5G', 'ControllerResizeInProgress'), '5G', ['5G', true]],
  ['what was granted, though nobody says how far it has come', bound('2G', '1G', '2G'), '2G', ['2G', true]],
];
const askedOf = (c: PersistentVolumeClaim, has: string): unknown => {
  const growth = growthOf(c, sized(has));
  return growth === undefined ? [undefined] : [growth.size, growth.isMarked];
};

// ---- which claims: TestController

const GROWING: [name: string, claim: PersistentVolumeClaim, expected: boolean][] = [
  ['one that asks for more', bound('2G', '1G'), true],
  ['one that has what it asks for', bound('1G', '1G'), false],
  ['one that has more', bound('1G', '2G'), false],
  ['one that has none yet', claim('c', '2G'), false],
  ['the same in other words', bound('1024Mi', '1Gi'), false],
];

// ---- what the claim tells: resize_status_test.go, MarkFSResizeFinished

const NOW = 0;
const other = { type: 'ModifyingVolume', status: 'True' };
const told = ({ status }: PersistentVolumeClaim): unknown => [
  (status.capacity as Fields)['storage'], (status.allocatedResources as Fields | undefined)?.['storage'], (status.allocatedResourceStatuses as Fields | undefined)?.['storage'],
  (status.conditions ?? []).map((c) => c.type),
];
const begun = growing(bound('2G', '1G'), '2G', NOW);
const TOLD: [name: string, claim: PersistentVolumeClaim, expected: unknown][] = [
  ['the driver is asked', begun, ['1G', '2G', 'ControllerResizeInProgress', ['Resizing']]],
  ['the driver is asked, and what is no matter of growth stays', growing(bound('2G', '1G', undefined, undefined, { conditions: [other] }), '2G', NOW), ['1G', '2G', 'ControllerResizeInProgress', ['ModifyingVolume', 'Resizing']]],
  ['the driver is asked again: what it failed of is forgotten', growing(growthFailed(begun, 'x', NOW), '2G', NOW), ['1G', '2G', 'ControllerResizeInProgress', ['Resizing']]],
  ['the driver fails', growthFailed(begun, 'x', NOW), ['1G', '2G', 'ControllerResizeInProgress', ['Resizing', 'ControllerResizeError']]],
  ['the driver fails twice', growthFailed(growthFailed(begun, 'x', NOW), 'y', NOW), ['1G', '2G', 'ControllerResizeInProgress', ['Resizing', 'ControllerResizeError']]],
  ['the node is to follow', awaitsNode(begun, NOW), ['1G', '2G', 'NodeResizePending', ['Resizing', 'FileSystemResizePending']]],
  ['the node has followed', grown(awaitsNode(begun, NOW), '2G'), ['2G', '2G', undefined, []]],
  ['the node has followed, and what is no matter of growth stays', grown(bound('2G', '1G', '2G', 'NodeResizePending', { conditions: [other] }), '2G'), ['2G', '2G', undefined, ['ModifyingVolume']]],
];

// ---- which changes are taken: plugin/pkg/admission/storage/persistentvolume/resize, ValidatePersistentVolumeClaimUpdate

function changed(given: PersistentVolumeClaim, storage: string, expandable: boolean | undefined): string {
  const h = harness([statefulSetController]);
  h.api.create(storageClass('gold', 'csi.example.com', 'Immediate', expandable === undefined ? {} : { allowVolumeExpansion: expandable }) as KubeObject);
  h.put(given);
  const found = h.api.get('PersistentVolumeClaim', 'default', 'c');
  try {
    h.api.update({ ...found, spec: { ...found.spec, resources: { requests: { storage } as never } } });
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}
const FORBIDDEN = 'persistentvolumeclaims "c" is forbidden: ';
const NOT_BY_CLASS = `${FORBIDDEN}only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize`;
const pending = claim('c', '1Gi', { storageClassName: 'gold' });
const CHANGES: [name: string, claim: PersistentVolumeClaim, storage: string, expandable: boolean | undefined, expected: string][] = [
  ['more, where the class lets it', bound('1Gi', '1Gi'), '2Gi', true, 'taken'],
  ['more, where the class does not', bound('1Gi', '1Gi'), '2Gi', false, NOT_BY_CLASS],
  ['more, where the class says nothing', bound('1Gi', '1Gi'), '2Gi', undefined, NOT_BY_CLASS],
  ['more, of a class that is not there', { ...bound('1Gi', '1Gi'), spec: { ...bound('1Gi', '1Gi').spec, storageClassName: 'gone' } }, '2Gi', true, NOT_BY_CLASS],
  ['more, before there is a volume', pending, '2Gi', true, `${FORBIDDEN}Only bound persistent volume claims can be expanded`],
  ['as much', bound('1Gi', '1Gi'), '1Gi', false, 'taken'],
  ['less than was asked for, and more than there is', bound('10Gi', '1Gi', '10Gi', 'ControllerResizeInfeasible'), '5Gi', true, 'taken'],
];

export const volumeExpansionCases: CaseArea = {
  area: 'volumes that grow',
  source: 'external-resizer/pkg/controller/{controller,expand_and_recover,resize_status}_test.go, plugin/pkg/admission/storage/persistentvolume/resize/admission_test.go',
  cases: [
    ...ASKED.map(([name, c, has, expected]) => ({ name: `asked for: ${name}`, run: () => askedOf(c, has), expected })),
    { name: 'asked for: of a volume that is another claim\'s', run: () => growthOf(bound('2G', '1G'), sized('1G', 'other')) === undefined, expected: true },
    { name: 'asked for: of a volume that is nobody\'s', run: () => growthOf(bound('2G', '1G'), volume('v', '1G')) === undefined, expected: true },
    ...GROWING.map(([name, c, expected]) => ({ name: `grows: ${name}`, run: () => isToGrow(c), expected })),
    ...TOLD.map(([name, c, expected]) => ({ name: `tells: ${name}`, run: () => told(c), expected })),
    ...CHANGES.map(([name, c, storage, expandable, expected]) => ({ name: `asks: ${name}`, run: () => changed(c, storage, expandable), expected })),
  ],
};
