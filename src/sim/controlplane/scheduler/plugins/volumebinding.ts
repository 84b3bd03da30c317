/**
 * Whether the volumes of a pod's claims can be had on a node: bound ones reach it, and for those that wait
 * for the scheduler there is one that does, or one can be made there. Models
 * pkg/scheduler/framework/plugins/volumebinding/{volume_binding,binder}.go; how much room a driver has
 * (CSIStorageCapacity) is not played.
 */
import { termMatches, type NodeSelectorTerm } from '../../../api/nodeselector.ts';
import { compareQuantities } from '../../../api/quantity.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../../api/types.ts';
import {
  bindsLate,
  classOfClaim,
  isClaimBound,
  isClaimForPod,
  NO_PROVISIONER,
  podClaims,
  requestedStorage,
  SELECTED_NODE,
} from '../../../api/volumes.ts';
import { findMatch, reachesNode } from '../../volume/match.ts';
import { unresolvable, type Cycle, type Lookups, type Plugin } from '../framework.ts';

const NAME = 'VolumeBinding';
const NOTHING_TO_BIND = "node(s) didn't find available persistent volumes to bind";
const OUT_OF_REACH = "node(s) didn't match PersistentVolume's node affinity";
const UNBOUND = unresolvable(NAME, 'pod has unbound immediate PersistentVolumeClaims');
const NO_VOLUME = unresolvable(
  NAME,
  'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
);

/** What is chosen for a pod on a node. */
export interface ChosenVolumes {
  readonly matched: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  /** Volumes are to be made for these. */
  readonly provisioned: readonly PersistentVolumeClaim[];
}

interface State {
  readonly bound: readonly PersistentVolumeClaim[];
  readonly late: readonly PersistentVolumeClaim[];
  readonly chosen: Map<string, ChosenVolumes>;
}

/** What Filter chose for the node; undefined: all claims are bound. */
export function volumesFor(cycle: Cycle, node: string): ChosenVolumes | undefined {
  const state = cycle.filterState.get(NAME) as State | undefined;
  return state === undefined || state.late.length === 0 ? undefined : state.chosen.get(node);
}

/** The claims of a pod, or why they cannot be used. */
function claimsOf(pod: Pod, lookups: Lookups): PersistentVolumeClaim[] | string {
  const found: PersistentVolumeClaim[] = [];
  const { namespace = 'default' } = pod.metadata;
  for (const { name, ephemeral } of podClaims(pod)) {
    const claim = lookups.claim(namespace, name);
    if (claim === undefined)
      return ephemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
        : `persistentvolumeclaim "${name}" not found`;
    if (claim.status.phase === 'Lost')
      return (
        `persistentvolumeclaim "${name}" bound to non-existent persistentvolume ` +
        `"${claim.spec.volumeName}"`
      );
    if (claim.metadata.deletionTimestamp !== undefined)
      return `persistentvolumeclaim "${name}" is being deleted`;
    if (ephemeral && !isClaimForPod(claim, pod))
      return (
        `PVC ${namespace}/${name} was not created for pod ${namespace}/${pod.metadata.name} (pod ` +
        `is not owner)`
      );
    found.push(claim);
  }
  return found;
}

/** Whether a class's volumes may be made where a node is. */
function allowsNode({ allowedTopologies }: StorageClass, node: Node): boolean {
  const terms = allowedTopologies ?? [];
  return (
    terms.length === 0 ||
    terms.some(({ matchLabelExpressions }) =>
      termMatches(
        {
          matchExpressions: (matchLabelExpressions ?? []).map((e) => ({ ...e, operator: 'In' })),
        } as NodeSelectorTerm,
        node,
      ),
    )
  );
}

/** Volumes for the claims that wait: those there are first, the smallest claims before others. */
function choose(
  late: readonly PersistentVolumeClaim[],
  node: Node,
  lookups: Lookups,
): ChosenVolumes | undefined {
  const matched: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const provisioned: PersistentVolumeClaim[] = [];
  const taken = new Set<string>();
  const bySize = [...late].sort((a, b) => compareQuantities(requestedStorage(a), requestedStorage(b)));
  const volumes = lookups.volumes();
  for (const claim of bySize) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected !== undefined && selected !== node.metadata.name) return undefined;
    const volume =
      selected === undefined ? findMatch(claim, volumes, { late: true, node, taken }) : undefined;
    if (volume !== undefined) {
      taken.add(volume.metadata.name);
      matched.push({ claim, volume });
      continue;
    }
    const storageClass = lookups.storageClass(classOfClaim(claim));
    const { provisioner = '' } = storageClass ?? {};
    if (storageClass === undefined || provisioner === '' || provisioner === NO_PROVISIONER) return undefined;
    if (!allowsNode(storageClass, node)) return undefined;
    provisioned.push(claim);
  }
  return { matched, provisioned };
}

const uses = (pod: Pod, claim: PersistentVolumeClaim): boolean =>
  pod.metadata.namespace === claim.metadata.namespace &&
  podClaims(pod).some(({ name }) => name === claim.metadata.name);

export const volumeBinding: Plugin = {
  name: NAME,
  preFilter(cycle) {
    const { pod, lookups } = cycle;
    if (podClaims(pod).length === 0) return 'skip';
    const claims = claimsOf(pod, lookups);
    if (typeof claims === 'string') return { status: unresolvable(NAME, claims) };
    const bound: PersistentVolumeClaim[] = [];
    const late: PersistentVolumeClaim[] = [];
    for (const claim of claims) {
      if (isClaimBound(claim)) bound.push(claim);
      else if (bindsLate(lookups.storageClass(classOfClaim(claim))) && !claim.spec.volumeName)
        late.push(claim);
      else return { status: UNBOUND };
    }
    cycle.filterState.set(NAME, { bound, late, chosen: new Map() } satisfies State);
    return undefined;
  },
  filter(cycle, { node }) {
    const { bound, late, chosen } = cycle.filterState.get(NAME) as State;
    const reasons: string[] = [];
    for (const claim of bound) {
      const volume = cycle.lookups.volume(claim.spec.volumeName!);
      if (volume === undefined) return NO_VOLUME;
      if (!reachesNode(volume, node!) && cycle.planted !== 'volume-topology-ignored') {
        reasons.push(OUT_OF_REACH);
        break;
      }
    }
    if (late.length > 0) {
      const found = choose(late, node!, cycle.lookups);
      if (found === undefined) reasons.push(NOTHING_TO_BIND);
      else chosen.set(node!.metadata.name, found);
    }
    return reasons.length === 0 ? undefined : unresolvable(NAME, ...reasons);
  },
  cloneState: (state) => ({ ...(state as State), chosen: new Map((state as State).chosen) }),
  events: new Set(['nodeAdd', 'nodeUpdate', 'claim', 'volume', 'storageClass', 'csiNode']),
  hint(pod, event) {
    if (event.type === 'claim') return uses(pod, event.claim);
    return event.type !== 'nodeUpdate' || event.changed.labels;
  },
};
