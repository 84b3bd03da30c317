import { isPodTerminal } from '../sim/api/conditions.ts';
import type { Pod } from '../sim/api/types.ts';
import type { Invariant } from './types.ts';

export const uniqueAddresses: Invariant = {
  name: 'unique pod addresses',
  about: 'No two Pods that run have one address: a service would reach the wrong one. Pods of the host network share their node\'s.',
  kinds: ['Pod'],
  broken(view) {
    const seen = new Map<string, Pod>();
    for (const pod of view.objects('Pod')) {
      const ip = pod.status.podIP;
      // A Pod being deleted on a node that is gone keeps its address in the API although nobody holds it.
      if (!ip || pod.spec.hostNetwork === true || isPodTerminal(pod) || pod.metadata.deletionTimestamp !== undefined) continue;
      const other = seen.get(ip);
      if (other !== undefined) return { what: `${other.metadata.name} and ${pod.metadata.name} both have ${ip}`, objects: [other, pod] };
      seen.set(ip, pod);
    }
    return undefined;
  },
};
