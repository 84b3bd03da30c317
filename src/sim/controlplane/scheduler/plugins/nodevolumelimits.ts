/**
 * A driver attaches no more volumes to a node than the node's CSINode says. Models
 * pkg/scheduler/framework/plugins/nodevolumelimits/csi.go.
 */
import type { Pod } from '../../../api/types.ts';
import { attachableName, backingOf, classOfClaim, driverOf, podClaims } from '../../../api/volumes.ts';
import { unschedulable, type Lookups, type Plugin } from '../framework.ts';
import type { NodeInfo } from '../nodeinfo.ts';

const NAME = 'NodeVolumeLimits';
const REFUSED = unschedulable(NAME, 'node(s) exceed max volume count');

/** The volumes a pod attaches, to their drivers; one that is still to be made counts by its claim. */
function attachments(pod: Pod, lookups: Lookups): Map<string, string> {
  const found = new Map<string, string>();
  const { namespace = 'default' } = pod.metadata;
  for (const { name } of podClaims(pod)) {
    const claim = lookups.claim(namespace, name);
    if (claim === undefined) continue;
    const volume = claim.spec.volumeName ? lookups.volume(claim.spec.volumeName) : undefined;
    if (volume !== undefined) {
      const attachable = attachableName(volume);
      const backing = backingOf(volume);
      if (attachable !== undefined && backing.kind === 'disk') found.set(attachable, backing.driver);
    } else {
      const storageClass = lookups.storageClass(classOfClaim(claim));
      if (storageClass !== undefined) found.set(`${namespace}/${name}`, driverOf(storageClass.provisioner));
    }
  }
  return found;
}

const limitsOf = (lookups: Lookups, node: string): ReadonlyMap<string, number> =>
  new Map(
    (lookups.csiNode(node)?.spec.drivers ?? []).flatMap(({ name, allocatable }) =>
      allocatable?.count === undefined || allocatable.count === null
        ? []
        : [[name, allocatable.count] as const],
    ),
  );

/** Those on the node, and those that would come to it, by driver. */
function isBeyond(wanted: ReadonlyMap<string, string>, info: NodeInfo, lookups: Lookups): boolean {
  const limits = limitsOf(lookups, info.name);
  if (limits.size === 0) return false;
  const there = new Map<string, string>();
  for (const pod of info.pods.values())
    for (const [volume, driver] of attachments(pod, lookups)) there.set(volume, driver);
  for (const [driver, limit] of limits) {
    const used = [...there.values()].filter((d) => d === driver).length;
    const added = [...wanted].filter(([volume, d]) => d === driver && !there.has(volume)).length;
    if (added > 0 && used + added > limit) return true;
  }
  return false;
}

export const nodeVolumeLimits: Plugin = {
  name: NAME,
  preFilter: (cycle) => (podClaims(cycle.pod).length === 0 ? 'skip' : undefined),
  filter: (cycle, info) =>
    isBeyond(attachments(cycle.pod, cycle.lookups), info, cycle.lookups) ? REFUSED : undefined,
  events: new Set(['nodeAdd', 'csiNode', 'podDelete', 'claim']),
  hint: (_pod, event) => event.type !== 'podDelete' || podClaims(event.pod).length > 0,
};
