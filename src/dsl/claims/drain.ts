/**
 * `the drain of node "node-1" is finished`: by the API alone, whoever drains. A node that is cordoned is
 * being drained until no Pods are left on it but those that drains leave.
 */
import { say } from '../../messages/index.ts';
import { isPodTerminal } from '../../sim/api/conditions.ts';
import { matches, selectorOf } from '../../sim/api/selector.ts';
import type { Pod, PodDisruptionBudget } from '../../sim/api/types.ts';
import { getObject, objectsOf } from '../state.ts';
import { podStates } from './podswhy.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { DrainClaim } from './claim.ts';

/** DaemonSets' and static Pods stay. Source: staging/src/k8s.io/kubectl/pkg/drain/filters.go. */
export const staysInDrain = (pod: Pod): boolean =>
  (!isPodTerminal(pod) &&
    pod.metadata.ownerReferences?.some((o) => o.controller === true && o.kind === 'DaemonSet') === true) ||
  pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

const covers = ({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean =>
  metadata.namespace === pod.metadata.namespace &&
  matches(selectorOf(spec.selector), pod.metadata.labels ?? {});

export const drain: ClaimFamily<DrainClaim> = {
  claim: 'drain',
  phrases: [
    {
      en: '{moment}the drain of node {string:node} is/was finished',
      ja: '{moment}ノード{node}のdrainが終わっている',
      about: "the node is cordoned, and no Pods are left on it but DaemonSets' and static ones",
      fixed: { finished: true },
    },
    {
      en: '{moment}the drain of node {string:node} is/was not finished',
      ja: '{moment}ノード{node}のdrainが終わっていない',
      about: 'the node is cordoned, and Pods that have to go are still there',
      fixed: { finished: false },
    },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Node', 'Pod'], world: false }),
  subjects: ({ node }) => [subjectNamed('Node', node, '')],
  evaluate({ node: name, finished }, view) {
    const node = getObject(view.state, 'Node', '', name);
    if (node === undefined)
      return {
        holds: false,
        found: (language) => say('foundNoSuch', { kind: 'node', name }, language),
        objects: [],
      };
    if (node.spec.unschedulable !== true)
      return { holds: false, found: (language) => say('foundNotCordoned', {}, language), objects: [node] };
    const left = [...objectsOf(view.state, 'Pod')].filter(
      (p) => p.spec.nodeName === name && !staysInDrain(p),
    );
    const budgets = [...objectsOf(view.state, 'PodDisruptionBudget')].filter(
      (b) => (b.status.disruptionsAllowed ?? 0) === 0 && left.some((p) => covers(b, p)),
    );
    return {
      holds: finished === (left.length === 0),
      found: (language) => say('foundLeft', { left: left.length, pods: podStates(left, language) }, language),
      objects: left.length === 0 ? [node] : [...left, ...budgets],
      // A Pod that may not be evicted waits for its budget, whatever else changes on the node.
      ...(finished && left.length > 0 ? { stuck: () => (budgets.length > 0 ? budgets : left) } : {}),
    };
  },
};
