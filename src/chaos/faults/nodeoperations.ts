/** What an operator does to a node: cordon, uncordon, drain, by kubectl. */
import { machinesOf } from '../target.ts';
import { FaultError, type Fault, type FaultCall, type FaultContext, type Struck } from '../types.ts';

/** Flags of a drain as an operator who knows his cluster gives them. */
const DRAIN_FLAGS = '--ignore-daemonsets --delete-emptydir-data --force';

function byKubectl(line: (node: string) => string): (call: FaultCall, ctx: FaultContext) => Struck {
  return (call, ctx) => {
    if (ctx.kubectl === undefined) throw new FaultError('this fault runs kubectl, which only a step can');
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.kubectl(line(node));
    return { targets };
  };
}

export const nodeCordon: Fault = {
  kind: 'NodeCordon',
  about: 'The node is marked unschedulable; what runs there runs on.',
  voluntary: true,
  phrases: [{ en: 'node {string} is cordoned', fields: ['node'] }],
  strike: byKubectl((node) => `kubectl cordon ${node}`),
  heal(_call, struck, ctx) {
    for (const node of struck.targets) ctx.api.patch('Node', '', node, 'strategic', { spec: { unschedulable: null } });
  },
};

export const nodeUncordon: Fault = {
  kind: 'NodeUncordon',
  about: 'The node takes new Pods again.',
  voluntary: true,
  phrases: [{ en: 'node {string} is uncordoned', fields: ['node'] }],
  strike: byKubectl((node) => `kubectl uncordon ${node}`),
};

export const nodeDrain: Fault = {
  kind: 'NodeDrain',
  about: 'The node is cordoned and its Pods are evicted, as budgets allow, refused evictions tried again every 5 s until all are gone.',
  voluntary: true,
  phrases: [{ en: 'node {string} is drained', fields: ['node'] }],
  strike: byKubectl((node) => `kubectl drain ${node} ${DRAIN_FLAGS}`),
  heal(_call, struck, ctx) {
    for (const node of struck.targets) ctx.api.patch('Node', '', node, 'strategic', { spec: { unschedulable: null } });
  },
};
