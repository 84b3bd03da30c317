/** The disks of a node, as its status tells of them. Models pkg/kubelet/nodestatus (VolumesInUse). */
import type { Node } from '../../api/types.ts';
import type { Kubelet } from './types.ts';

/** The disks that pods have here or wait for, as the node's status tells of them. */
export function volumesInUse({ machine, state }: Kubelet): string[] {
  if (state.awaited.size === 0 && machine.volumes.size === 0) return [];
  const names = new Set([...state.awaited.values()].flat());
  for (const volumes of machine.volumes.values())
    for (const volume of volumes.values())
      if (volume.kind === 'disk' && volume.attachable !== undefined) names.add(volume.attachable);
  return [...names].sort();
}

/** Whether a disk has come, or the status tells of one, since. */
export const disksChanged = (node: Node, old: Node | undefined): boolean =>
  JSON.stringify([node.status.volumesAttached, node.status.volumesInUse]) !==
  JSON.stringify([old?.status.volumesAttached, old?.status.volumesInUse]);
