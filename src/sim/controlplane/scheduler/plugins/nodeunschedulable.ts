/** Refuses cordoned nodes. Models pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go. */
import { unresolvable, type Plugin } from '../framework.ts';
import { anyTolerates } from '../../../api/tolerations.ts';

const NAME = 'NodeUnschedulable';
const REFUSED = unresolvable(NAME, 'node(s) were unschedulable');
const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' as const };

export const nodeUnschedulable: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.pod.spec.tolerations,
  filter(cycle, info) {
    if (info.node!.spec.unschedulable !== true || cycle.planted === 'cordon-ignored') return undefined;
    return anyTolerates(cycle.pod.spec.tolerations, TAINT) ? undefined : REFUSED;
  },
  events: new Set(['nodeAdd', 'nodeUpdate', 'podUpdate']),
  hint(pod, event) {
    if (event.type === 'nodeAdd') return event.node.spec.unschedulable !== true;
    if (event.type === 'nodeUpdate')
      return event.old.spec.unschedulable === true && event.node.spec.unschedulable !== true;
    return (
      event.type === 'podUpdate' &&
      event.own &&
      event.changed.tolerations &&
      anyTolerates(event.pod.spec.tolerations, TAINT)
    );
  },
};
