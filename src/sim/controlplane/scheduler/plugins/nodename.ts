/**
 * A pod that names its node goes nowhere else. Models pkg/scheduler/framework/plugins/nodename/node_name.go.
 */
import { unresolvable, type Plugin } from '../framework.ts';

const NAME = 'NodeName';
const REFUSED = unresolvable(NAME, "node(s) didn't match the requested node name");

export const nodeName: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.pod.spec.nodeName,
  filter(cycle, info) {
    const wanted = cycle.pod.spec.nodeName;
    return !wanted || wanted === info.name ? undefined : REFUSED;
  },
  events: new Set(['nodeAdd']),
  hint: (pod, event) => event.type === 'nodeAdd' && pod.spec.nodeName === event.node.metadata.name,
};
