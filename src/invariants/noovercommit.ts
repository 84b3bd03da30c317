import { isPodTerminal } from '../sim/api/conditions.ts';
import { milliValue } from '../sim/api/quantity.ts';
import type { Pod } from '../sim/api/types.ts';
import type { Invariant } from './types.ts';

const requestOf = (pod: Pod, resource: string): number => {
  let sum = 0;
  for (const c of pod.spec.containers) {
    const text = c.resources?.requests?.[resource];
    if (text !== undefined) sum += milliValue(text);
  }
  return sum;
};

export const noOvercommit: Invariant = {
  name: 'no-overcommit',
  about: 'What the Pods of a node request never exceeds what the node can allocate.',
  why: 'requests are a promise',
  init: () => null,
  observe(entry, _state, view) {
    if (entry.type !== 'api' || (entry.kind !== 'Pod' && entry.kind !== 'Node')) return undefined;
    const pods = new Map<string, Pod[]>();
    for (const pod of view.list('Pod')) {
      if (!pod.spec.nodeName || isPodTerminal(pod)) continue;
      const list = pods.get(pod.spec.nodeName);
      if (list === undefined) pods.set(pod.spec.nodeName, [pod]);
      else list.push(pod);
    }
    for (const node of view.list('Node')) {
      const there = pods.get(node.metadata.name);
      const allocatable = node.status.allocatable;
      if (there === undefined || allocatable === undefined) continue;
      for (const resource of ['cpu', 'memory'] as const) {
        const capacity = allocatable[resource];
        if (capacity === undefined) continue;
        const wanted = there.reduce((sum, p) => sum + requestOf(p, resource), 0);
        if (wanted > milliValue(capacity)) return { message: `node "${node.metadata.name}" has more ${resource} requested than it has`, objects: [node, ...there] };
      }
      if (there.length > Number(allocatable['pods'] ?? Number.POSITIVE_INFINITY)) return { message: `node "${node.metadata.name}" holds ${there.length} pods`, objects: [node, ...there] };
    }
    return undefined;
  },
};
