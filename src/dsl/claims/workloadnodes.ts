/** `the pods of deployment "web" are on 3 nodes`: over how many nodes a workload's Pods are spread. */
import { say } from '../../messages/index.ts';
import { matches, selectorOf } from '../../sim/api/selector.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import { objectsOf } from '../state.ts';
import { objectNamed, workloadOf } from './object.ts';
import { countsOf, podsByPlace } from './placement.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, View } from './types.ts';
import type { WorkloadNodesClaim } from './claim.ts';

/** The Pods that a workload's selector finds. */
function* podsOf(object: KubeObject, kind: string, view: View): Generator<Pod> {
  const selector = selectorOf(workloadOf(view, kind).workload.selector(object));
  for (const pod of objectsOf(view.state, 'Pod')) {
    if (pod.metadata.namespace === object.metadata.namespace && matches(selector, pod.metadata.labels ?? {}))
      yield pod;
  }
}

export const workloadNodes: ClaimFamily<WorkloadNodesClaim> = {
  claim: 'workloadNodes',
  phrases: [
    {
      en: '{moment}the pods of {workload} are/were on {int:nodes} node(s)',
      ja: '{moment}{workload}のPodが{nodes}台のノード上にある',
      about: 'exactly so many nodes have one of them or more',
    },
  ],
  asks: () => 'api',
  concerns: ({ workload }) => ({ kinds: ['Pod', workload.kind], world: false }),
  subjects: ({ workload }, namespace) => [subjectNamed(workload.kind, workload.name, namespace)],
  evaluate({ workload: { kind, name }, nodes }, view) {
    const object = objectNamed(view, kind, name);
    if (object === undefined)
      return { holds: false, found: (language) => say('foundNoSuch', { kind, name }, language), objects: [] };
    const places = podsByPlace(podsOf(object, kind, view), 'node', view);
    return {
      holds: places.size === nodes,
      found: (language) =>
        say('foundPlaces', { count: places.size, places: countsOf(places, language) }, language),
      objects: [...places.values()].flat(),
    };
  },
};
