/**
 * Which volume suits a claim. Models staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go
 * (FindMatchingVolume) and pkg/controller/volume/persistentvolume/index.go.
 */
import { termMatches, type NodeSelectorTerm } from '../../api/nodeselector.ts';
import { compareQuantities } from '../../api/quantity.ts';
import { matches, selectorOf } from '../../api/selector.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../../api/types.ts';
import { capacityOf, classOfClaim, classOfVolume, isVolumeFor, requestedStorage } from '../../api/volumes.ts';
import type { Bug } from '../../planted.ts';

/** Whether a node reaches a volume: any of its terms; a volume without is reached from everywhere. */
export function reachesNode({ spec }: PersistentVolume, node: Node): boolean {
  const required = spec.nodeAffinity?.required;
  if (required === undefined || required === null) return true;
  return required.nodeSelectorTerms.some((term) => termMatches(term as NodeSelectorTerm, node));
}

const modeOf = ({ spec }: PersistentVolume | PersistentVolumeClaim): string =>
  spec.volumeMode || 'Filesystem';

const hasAccessModes = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode));

const isLargeEnough = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  compareQuantities(capacityOf(volume), requestedStorage(claim)) >= 0;

/** Why a volume that a claim asks for by name will not do; undefined: it will. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (!isLargeEnough(volume, claim)) return 'requested PV is too small';
  if (classOfVolume(volume) !== classOfClaim(claim)) return 'storageClassName does not match';
  if (modeOf(volume) !== modeOf(claim)) return 'incompatible volumeMode';
  if (!hasAccessModes(volume, claim)) return 'incompatible accessMode';
  return undefined;
}

export interface MatchOptions {
  /** The claim waits for the scheduler, so that without a node none is chosen for it. */
  readonly late: boolean;
  /** Where it is to be reached from; undefined: the binder asks, which knows no node. */
  readonly node?: Node;
  /** Names of those that are another claim's already. */
  readonly taken?: ReadonlySet<string>;
  readonly planted?: Bug | undefined;
}

/** The smallest volume that suits the claim; one that was made for it by name comes before all others. */
export function findMatch(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  { late, node, taken, planted }: MatchOptions,
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  const selector = claim.spec.selector ? selectorOf(claim.spec.selector) : undefined;
  for (const volume of volumes) {
    const { name, deletionTimestamp, labels } = volume.metadata;
    const { claimRef } = volume.spec;
    if (taken?.has(name) || (claimRef && !isVolumeFor(volume, claim))) continue;
    if (modeOf(volume) !== modeOf(claim) || deletionTimestamp !== undefined) continue;
    if (!isLargeEnough(volume, claim) && planted !== 'binder-ignores-capacity') continue;
    const reached = node === undefined || reachesNode(volume, node);
    if (claimRef) {
      if (reached) return volume;
      continue;
    }
    if ((node === undefined && late) || volume.status.phase !== 'Available') continue;
    if (selector !== undefined && !matches(selector, labels)) continue;
    if (classOfVolume(volume) !== classOfClaim(claim) || !hasAccessModes(volume, claim) || !reached) continue;
    if (best === undefined || isSmaller(volume, best)) best = volume;
  }
  return best;
}

function isSmaller(a: PersistentVolume, b: PersistentVolume): boolean {
  const order = compareQuantities(capacityOf(a), capacityOf(b));
  return order < 0 || (order === 0 && a.metadata.name < b.metadata.name);
}
