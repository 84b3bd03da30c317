import { milliValue } from '../sim/api/quantity.ts';
import type { Node, Pod } from '../sim/api/types.ts';
import { changeOf, defineInvariant, told } from './define.ts';
import type { Message } from '../sim/kernel/types.ts';
import { hasEnded, requestsOf } from './pods.ts';
import type { Violation } from './types.ts';

function overcommitted(node: Node, pods: readonly Pod[]): Message | undefined {
  const { allocatable } = node.status;
  if (allocatable === undefined) return undefined;
  for (const resource of ['cpu', 'memory', 'ephemeral-storage'] as const) {
    const capacity = allocatable[resource];
    if (capacity === undefined) continue;
    const wanted = pods.reduce((sum, p) => sum + (requestsOf(p).get(resource) ?? 0), 0);
    if (wanted > milliValue(capacity))
      return told('brokenOvercommit', { node: node.metadata.name, resource });
  }
  return pods.length > Number(allocatable['pods'] ?? Number.POSITIVE_INFINITY)
    ? told('brokenCrowded', { node: node.metadata.name, pods: pods.length })
    : undefined;
}

export const noOvercommit = defineInvariant<null>({
  name: 'no-overcommit',
  asks: 'api',
  about: 'What the Pods of a node request never exceeds what the node can allocate.',
  why: 'requests are a promise',
  fails: 'A Pod was bound to a node that had no room for it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const bound = changeOf(entry, 'Pod');
    const name = bound !== undefined && !bound.before?.spec.nodeName ? bound.after?.spec.nodeName : undefined;
    if (!name) return undefined;
    const node = view.find('Node', '', name);
    if (node === undefined) return undefined;
    const pods = [...view.list('Pod')].filter((p) => p.spec.nodeName === name && !hasEnded(p));
    const message = overcommitted(node, pods);
    return message === undefined ? undefined : { message, objects: [node, ...pods], entry: entry.id };
  },
});
