/**
 * Refuses nodes with taints the pod does not tolerate; prefers those with fewer untolerated PreferNoSchedule
 * taints. Models pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go. Since 1.35
 * (kubernetes#134740) the message no longer names the taint.
 */
import type { Toleration } from '../../../api/types.ts';
import { normaliseDefault, unresolvable, type Plugin } from '../framework.ts';
import { anyTolerates, untoleratedTaint } from '../../../api/tolerations.ts';

const NAME = 'TaintToleration';
const REFUSED = unresolvable(NAME, 'node(s) had untolerated taint(s)');

export const taintToleration: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.pod.spec.tolerations,
  filter(cycle, info) {
    const { taints } = info.node!.spec;
    if (taints === undefined || taints.length === 0 || cycle.planted === 'taints-ignored') return undefined;
    if (
      cycle.planted === 'cordon-ignored' &&
      taints.every((t) => t.key === 'node.kubernetes.io/unschedulable')
    )
      return undefined;
    return untoleratedTaint(taints, cycle.pod.spec.tolerations) === undefined ? undefined : REFUSED;
  },
  preScore(cycle, nodes) {
    // Where no node has such a taint they all score the same, which changes nothing.
    if (!nodes.some((n) => n.node!.spec.taints?.some((t) => t.effect === 'PreferNoSchedule') === true))
      return 'skip';
    const soft = (cycle.pod.spec.tolerations ?? []).filter(
      (t) => !t.effect || t.effect === 'PreferNoSchedule',
    );
    cycle.scoreState.set(NAME, soft);
    return undefined;
  },
  score(cycle, info) {
    const { taints } = info.node!.spec;
    if (taints === undefined || taints.length === 0) return 0;
    const soft = cycle.scoreState.get(NAME) as Toleration[];
    let intolerable = 0;
    for (const t of taints) if (t.effect === 'PreferNoSchedule' && !anyTolerates(soft, t)) intolerable += 1;
    return intolerable;
  },
  normalise: (_cycle, scores) => normaliseDefault(scores, true),
  events: new Set(['nodeAdd', 'nodeUpdate', 'podUpdate']),
  hint(pod, event) {
    if (event.type === 'nodeAdd')
      return untoleratedTaint(event.node.spec.taints, pod.spec.tolerations) === undefined;
    if (event.type === 'nodeUpdate') {
      return (
        event.changed.taints &&
        untoleratedTaint(event.old.spec.taints, pod.spec.tolerations) !== undefined &&
        untoleratedTaint(event.node.spec.taints, pod.spec.tolerations) === undefined
      );
    }
    return event.type === 'podUpdate' && event.own && event.changed.tolerations;
  },
};
