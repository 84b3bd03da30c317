/**
 * How a claim grows: the driver enlarges the disk, the node its file system then, and the claim's status says
 * how far that has come. Models github.com/kubernetes-csi/external-resizer (expand_and_recover.go and
 * resize_status.go of pkg/controller, MergeResizeConditionsOfPVC of pkg/util) and MarkFSResizeFinished of
 * pkg/volume/util/resize_util.go.
 */
import { compareQuantities } from '../api/quantity.ts';
import { rfc3339 } from '../api/time.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../api/types.ts';
import { capacityOf, isClaimBound, isVolumeFor, requestedStorage } from '../api/volumes.ts';
import type { Millis } from '../kernel/types.ts';

type Size = string | number;
/** How far the growth of a claim has come, `status.allocatedResourceStatuses.storage`. */
export type GrowthStage =
  | 'ControllerResizeInProgress'
  | 'ControllerResizeInfeasible'
  | 'NodeResizePending'
  | 'NodeResizeInProgress'
  | 'NodeResizeInfeasible';
type ConditionType = 'Resizing' | 'FileSystemResizePending' | 'ControllerResizeError' | 'NodeResizeError';

const OURS: ReadonlySet<string> = new Set<ConditionType>([
  'Resizing',
  'FileSystemResizePending',
  'ControllerResizeError',
  'NodeResizeError',
]);
const PENDING = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

type Sizes = Readonly<Record<string, Size>>;
type Status = PersistentVolumeClaim['status'];
type Condition = NonNullable<Status['conditions']>[number];

const storageOf = (sizes: unknown): Size | undefined => (sizes as Sizes | undefined)?.['storage'];
const growthStage = ({ status }: PersistentVolumeClaim): GrowthStage | undefined =>
  storageOf(status.allocatedResourceStatuses) as GrowthStage | undefined;

/** Whether a claim asks for more than it has. */
export function isToGrow(claim: PersistentVolumeClaim): boolean {
  const had = storageOf(claim.status.capacity);
  return isClaimBound(claim) && had !== undefined && compareQuantities(requestedStorage(claim), had) > 0;
}

/** What a driver is to be asked for, and whether the claim's status is to say so first. */
export interface Growth {
  readonly size: Size;
  readonly isMarked: boolean;
}

/**
 * What is to be asked of the driver for a claim that grows; undefined: nothing, the node's turn it is, or the
 * volume is not its own. What is under way is finished before the next is begun.
 */
export function growthOf(claim: PersistentVolumeClaim, volume: PersistentVolume): Growth | undefined {
  if (!isVolumeFor(volume, claim)) return undefined;
  const wanted = requestedStorage(claim);
  const has = capacityOf(volume);
  const stage = growthStage(claim);
  const allocated = storageOf(claim.status.allocatedResources);
  const onNode = stage === 'NodeResizePending' || stage === 'NodeResizeInProgress';
  let size = wanted;
  if (compareQuantities(has, wanted) < 0) {
    if (stage !== undefined && stage !== 'ControllerResizeInfeasible') size = allocated ?? wanted;
    if (onNode && compareQuantities(has, size) >= 0) return undefined;
  } else {
    if (onNode) return undefined;
    size = allocated ?? wanted;
  }
  return { size, isMarked: allocated !== undefined && compareQuantities(allocated, size) === 0 };
}

/** The conditions with these in place of what was told of growth; `kept`: beside it. */
function conditionsWith(
  { conditions = [] }: Status,
  given: readonly Condition[],
  kept: boolean,
): { conditions?: Condition[] } {
  const merged = [
    ...conditions.flatMap((old) => {
      const anew = given.find(({ type }) => type === old.type);
      return anew !== undefined ? [anew] : kept || !OURS.has(old.type) ? [old] : [];
    }),
    ...given.filter(({ type }) => !conditions.some((old) => old.type === type)),
  ];
  return merged.length === 0 ? {} : { conditions: merged };
}

const condition = (type: ConditionType, now: Millis, message?: string): Condition =>
  ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: rfc3339(now),
    ...(message === undefined ? {} : { message }),
  }) as unknown as Condition;

type Parts = Readonly<Record<string, unknown>>;

function withStatus(claim: PersistentVolumeClaim, parts: Parts): PersistentVolumeClaim {
  const { conditions: _, allocatedResourceStatuses: __, ...status } = claim.status;
  return { ...claim, status: { ...status, ...parts } as Status };
}

const staged = (stage: GrowthStage): Parts => ({ allocatedResourceStatuses: { storage: stage } });

/** The driver is asked for so much. */
export const growing = (claim: PersistentVolumeClaim, size: Size, now: Millis): PersistentVolumeClaim =>
  withStatus(claim, {
    ...staged('ControllerResizeInProgress'),
    allocatedResources: { ...claim.status.allocatedResources, storage: size },
    ...conditionsWith(claim.status, [condition('Resizing', now)], false),
  });

/** The driver could not; it is asked again. */
export const growthFailed = (claim: PersistentVolumeClaim, why: string, now: Millis): PersistentVolumeClaim =>
  withStatus(claim, {
    ...staged('ControllerResizeInProgress'),
    ...conditionsWith(
      claim.status,
      [condition('ControllerResizeError', now, `failed to expand pvc with ${why}`)],
      true,
    ),
  });

/** The disk is as large as was asked for, and the node is to enlarge the file system on it. */
export const awaitsNode = (claim: PersistentVolumeClaim, now: Millis): PersistentVolumeClaim =>
  withStatus(claim, {
    ...staged('NodeResizePending'),
    ...conditionsWith(claim.status, [condition('FileSystemResizePending', now, PENDING)], true),
  });

/** All of it is there. */
export const grown = (claim: PersistentVolumeClaim, size: Size): PersistentVolumeClaim =>
  withStatus(claim, {
    capacity: { ...claim.status.capacity, storage: size },
    ...conditionsWith(claim.status, [], false),
  });
