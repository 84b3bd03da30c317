/**
 * Two pods of a node cannot have the same host port. Models
 * pkg/scheduler/framework/plugins/nodeports/node_ports.go.
 */
import { unschedulable, type Plugin } from '../framework.ts';
import { hostPorts, portsClash } from '../../../api/hostports.ts';
import { portTaken } from '../nodeinfo.ts';

const NAME = 'NodePorts';
const REFUSED = unschedulable(NAME, "node(s) didn't have free ports for the requested pod ports");

export const nodePorts: Plugin = {
  name: NAME,
  sign: (cycle) => hostPorts(cycle.pod),
  preFilter: (cycle) => (hostPorts(cycle.pod).length === 0 ? 'skip' : undefined),
  filter(cycle, info) {
    for (const port of hostPorts(cycle.pod)) if (portTaken(info, port)) return REFUSED;
    return undefined;
  },
  events: new Set(['nodeAdd', 'podDelete']),
  hint(pod, event) {
    if (event.type === 'nodeAdd') return true;
    return (
      event.type === 'podDelete' &&
      hostPorts(event.pod).some((freed) => hostPorts(pod).some((wanted) => portsClash(freed, wanted)))
    );
  },
};
