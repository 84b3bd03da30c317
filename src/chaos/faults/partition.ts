/** Wires cut: between a node and the control plane, between two nodes. */
import { cutOffFromControlPlane, healNodes, partitionNodes, reconnectToControlPlane } from '../../sim/network/index.ts';
import { machinesOf } from '../target.ts';
import { FaultError, type Fault } from '../types.ts';

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
    for (const node of targets) cutOffFromControlPlane(ctx, node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) reconnectToControlPlane(ctx, node);
  },
};

export const nodesPartition: Fault = {
  kind: 'NodesPartition',
  about: 'Two nodes and their Pods cannot reach each other; both reach everything else.',
  voluntary: false,
  phrases: [
    { en: 'nodes {string} and {string} are partitioned', fields: ['node', 'otherNode'] },
    { en: 'nodes {string} and {string} are partitioned for {duration}', fields: ['node', 'otherNode', 'forMs'] },
  ],
  strike(call, ctx) {
    if (call.node === call.otherNode) throw new FaultError(`node "${call.node}" cannot be partitioned from itself`);
    const [a] = machinesOf({ kind: call.kind, node: call.node! }, ctx);
    const [b] = machinesOf({ kind: call.kind, node: call.otherNode! }, ctx);
    partitionNodes(ctx, a!, b!);
    return { targets: [a!, b!] };
  },
  heal(_call, struck, ctx) {
    healNodes(ctx, struck.targets[0]!, struck.targets[1]!);
  },
};
