import { isPodTerminal } from '../sim/api/conditions.ts';
import type { Pod } from '../sim/api/types.ts';
import type { Invariant } from './types.ts';

export const uniqueAddresses: Invariant = {
  name: 'unique-pod-addresses',
  about: 'No two Pods that run have one address. Pods of the host network share their node\'s.',
  why: 'a service would reach the wrong Pod',
  init: () => null,
  observe(entry, _state, view) {
    if (entry.type !== 'api' || entry.kind !== 'Pod') return undefined;
    const seen = new Map<string, Pod>();
    for (const pod of view.list('Pod')) {
      const ip = pod.status.podIP;
      // A Pod being deleted on a node that is gone keeps its address in the API although nobody holds it.
      if (!ip || pod.spec.hostNetwork === true || isPodTerminal(pod) || pod.metadata.deletionTimestamp !== undefined) continue;
      const other = seen.get(ip);
      if (other !== undefined) return { message: `${other.metadata.name} and ${pod.metadata.name} both have ${ip}`, objects: [other, pod] };
      seen.set(ip, pod);
    }
    return undefined;
  },
};
