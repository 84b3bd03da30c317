/** What a cluster autoscaler may do with the groups that it is given. */
import type { ConfigMap } from '../sim/api/types.ts';
import { changeOf, defineInvariant, told } from './define.ts';
import type { Violation } from './types.ts';

const STATUS = 'cluster-autoscaler-status';

interface Size {
  readonly target: number;
  readonly min: number;
  readonly max: number;
}

/** Sizes of node groups by name, as the autoscaler's status tells them. */
function sizesOf(status: ConfigMap | undefined): ReadonlyMap<string, Size> {
  const groups = /^- name: (\S+)[^]*?cloudProviderTarget: (\d+)\s+minSize: (\d+)\s+maxSize: (\d+)/gm;
  return new Map(
    [...(status?.data?.['status'] ?? '').matchAll(groups)].map(([, name, target, min, max]) => [
      name!,
      { target: Number(target), min: Number(min), max: Number(max) },
    ]),
  );
}

export const nodeGroupsBounded = defineInvariant<null>({
  name: 'node-groups-bounded',
  asks: 'api',
  about: 'A cluster autoscaler neither grows a node group beyond its most nor shrinks it below its least.',
  why: 'its bounds are what somebody is ready to pay for, and what a cluster needs at least',
  fails:
    'By its status it asked a node group for more nodes than the most, or gave one back below the least.',
  init: () => null,
  observe(entry): Violation | undefined {
    const { before, after } = changeOf(entry, 'ConfigMap') ?? {};
    if (after === undefined || after.metadata.name !== STATUS) return undefined;
    const known = sizesOf(before);
    for (const [group, { target, min, max }] of sizesOf(after)) {
      const was = known.get(group)?.target ?? target;
      if ((target > max && target > was) || (target < min && target < was))
        return {
          message: told('brokenNodeGroup', { group, target, least: min, most: max }),
          objects: [after],
          entry: entry.id,
        };
    }
    return undefined;
  },
});
