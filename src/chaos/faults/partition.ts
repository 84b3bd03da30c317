/** Wires cut: between a node and the control plane, between two nodes. */
import { kubeletProcess, kubeProxyProcess } from '../../sim/node/env.ts';
import { machinesOf } from '../target.ts';
import type { Fault, FaultContext } from '../types.ts';

function setCutOff(node: string, cut: boolean, ctx: FaultContext): void {
  ctx.control.cause = ctx.control.note(`node ${node} ${cut ? 'is cut off from' : 'reaches'} the control plane${cut ? '' : ' again'}`, { node });
  if (cut) ctx.world.network.cutOff.add(node);
  else ctx.world.network.cutOff.delete(node);
  for (const process of [kubeletProcess(node), kubeProxyProcess(node)]) {
    if (ctx.control.has(process)) ctx.control.setConnected(process, !cut);
  }
}

export const nodePartition: Fault = {
  kind: 'NodePartition',
  about: 'The node and the control plane cannot reach each other; its Pods run on and reach other nodes.',
  voluntary: false,
  phrases: [
    { en: 'node {string} is partitioned from the control plane', fields: ['node'] },
    { en: 'node {string} is partitioned from the control plane for {duration}', fields: ['node', 'forMs'] },
  ],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) setCutOff(node, true, ctx);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) setCutOff(node, false, ctx);
  },
};

const pairOf = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

export const nodesPartition: Fault = {
  kind: 'NodesPartition',
  about: 'Two nodes and their Pods cannot reach each other; both reach everything else.',
  voluntary: false,
  phrases: [
    { en: 'nodes {string} and {string} are partitioned', fields: ['node', 'otherNode'] },
    { en: 'nodes {string} and {string} are partitioned for {duration}', fields: ['node', 'otherNode', 'forMs'] },
  ],
  strike(call, ctx) {
    const [a] = machinesOf({ kind: call.kind, node: call.node! }, ctx);
    const [b] = machinesOf({ kind: call.kind, node: call.otherNode! }, ctx);
    ctx.control.cause = ctx.control.note(`nodes ${a} and ${b} are partitioned`, { nodes: [a, b] });
    ctx.world.network.partitions.add(pairOf(a!, b!));
    return { targets: [a!, b!] };
  },
  heal(_call, struck, ctx) {
    const [a, b] = struck.targets;
    ctx.control.cause = ctx.control.note(`nodes ${a} and ${b} reach each other again`, { nodes: [a, b] });
    ctx.world.network.partitions.delete(pairOf(a!, b!));
  },
};
