/**
 * `no two pods matching "app=web" share a node`, `at most 2 pods matching "app=web" per zone`. Pods that
 * ended, and those on no node, take no place.
 */
import { say, type Language } from '../../messages/index.ts';
import { isPodTerminal } from '../../sim/api/conditions.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { Topology } from '../phrases/values.ts';
import type { PlacementClaim } from './claim.ts';
import { getObject } from '../state.ts';
import { namesOf, podsMatching } from './select.ts';
import type { ClaimFamily, View } from './types.ts';

/** The Pods that take a place, by the node or zone they are in; a node without a zone is in none. */
export function podsByPlace(pods: Iterable<Pod>, topology: Topology, view: View): Map<string, Pod[]> {
  const places = new Map<string, Pod[]>();
  for (const pod of pods) {
    const { nodeName } = pod.spec;
    if (!nodeName || isPodTerminal(pod)) continue;
    const place =
      topology === 'node'
        ? nodeName
        : getObject(view.state, 'Node', '', nodeName)?.metadata.labels?.['topology.kubernetes.io/zone'];
    if (place === undefined) continue;
    const there = places.get(place);
    if (there === undefined) places.set(place, [pod]);
    else there.push(pod);
  }
  return places;
}

/** `node-1: 2, node-2: 1` */
export const countsOf = (places: ReadonlyMap<string, readonly Pod[]>, language: Language): string =>
  places.size === 0
    ? say('foundNowhere', {}, language)
    : [...places]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([place, { length }]) => `${place}: ${length}`)
        .join(', ');

export const placement: ClaimFamily<PlacementClaim> = {
  claim: 'placement',
  phrases: [
    {
      en: '{moment}no two pods matching {selector} share/shared a {topology}',
      ja: '{moment}{selector}に一致するどの2個のPodも同じ{topology}にない',
    },
    {
      en: '{moment}at most {int:atMost} pod(s) matching {selector} per {topology}',
      ja: '{moment}{selector}に一致するPodが{topology}ごとに{atMost}個以下である',
      about: '`at every moment at most 2 pods matching "app=web" per zone`',
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Pod', 'Node'], world: false }),
  subjects: ({ selector }, namespace) => [{ selector, namespace }],
  evaluate({ selector, topology, atMost = 1 }, view) {
    const places = podsByPlace(podsMatching(view, selector), topology, view);
    const crowded = [...places].find(([, pods]) => pods.length > atMost);
    if (crowded === undefined)
      return {
        holds: true,
        found: (language) => countsOf(places, language),
        objects: [...places.values()].flat(),
      };
    const [place, pods] = crowded;
    return {
      holds: false,
      found: (language) =>
        say(
          'foundTogether',
          { pods: pods.length <= 6 ? namesOf(pods) : String(pods.length), topology, place },
          language,
        ),
      objects: pods,
    };
  },
};
