/** `no two pods matching "app=web" share a node`. Pods that ended, and those on no node, take no place. */
import { isPodTerminal } from '../../sim/api/conditions.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { Topology } from '../phrases/parameters.ts';
import { getObject } from '../state.ts';
import { podsMatching } from './select.ts';
import type { ClaimFamily } from './types.ts';

export interface PlacementClaim {
  readonly claim: 'placement';
  readonly selector: string;
  readonly topology: Topology;
}

export const placement: ClaimFamily<PlacementClaim> = {
  claim: 'placement',
  phrases: [
    {
      en: '{moment}no two pods matching {selector} share/shared a {topology}',
      ja: '{moment}{selector}に一致するどの2つのPodも同じ{topology}にない',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Pod', 'Node'], world: false }),
  subjects: ({ selector }, namespace) => [{ selector, namespace }],
  evaluate(claim, view) {
    const seen = new Map<string, Pod>();
    for (const pod of podsMatching(view, claim.selector)) {
      const nodeName = pod.spec.nodeName;
      if (!nodeName || isPodTerminal(pod)) continue;
      const place =
        claim.topology === 'node'
          ? nodeName
          : getObject(view.state, 'Node', '', nodeName)?.metadata.labels?.['topology.kubernetes.io/zone'];
      if (place === undefined) continue;
      const other = seen.get(place);
      if (other !== undefined) {
        return {
          holds: false,
          found: () =>
            `${other.metadata.name} and ${pod.metadata.name} were both in ${claim.topology} "${place}"`,
          objects: [other, pod],
        };
      }
      seen.set(place, pod);
    }
    return {
      holds: true,
      found: () => `none of ${seen.size} shared a ${claim.topology}`,
      objects: [...seen.values()],
    };
  },
};
