/** Wires cut: between a node and the control plane, between two nodes. */
import { lastingMs } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { misses } from '../types.ts';

export const nodePartition = defineFault({
  kind: 'NodePartition',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about: 'The node and the control plane cannot reach each other; its Pods run on and reach other nodes.',
  heals: 'They reach each other again; the kubelet lists anew.',
  phrases: [
    say(
      '[nodes] is/are partitioned from the control plane[forMs]',
      '[forMs][nodes]がコントロールプレーンから切り離される',
    ),
  ],
  elsewhere: {
    chaosMesh: 'NetworkChaos partition',
    litmus: 'kubelet-service-kill',
    krkn: 'network_chaos egress',
  },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.network.cutOffFromControlPlane(node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) ctx.physical.network.reconnectToControlPlane(node);
  },
});

export const nodesPartition = defineFault({
  kind: 'NodesPartition',
  family: 'network',
  needs: 'physical',
  target: 'node',
  about: 'Two nodes and their Pods cannot reach each other; both reach everything else.',
  heals: 'The two reach each other again.',
  parameters: [{ field: 'otherNode', required: true, about: 'name of the other node' }],
  phrases: [
    say(
      'nodes [node] and [otherNode] are partitioned[forMs]',
      '[forMs]ノード[node]とノード[otherNode]の間の通信が途切れる',
    ),
  ],
  elsewhere: { chaosMesh: 'NetworkChaos partition', krkn: 'node_network_filter' },
  arbitrary: ({ nodes }, fc) =>
    nodes.length < 2
      ? undefined
      : fc
          .shuffledSubarray([...nodes], { minLength: 2, maxLength: 2 })
          .chain(([node, otherNode]) =>
            fc.record({
              kind: fc.constant('NodesPartition'),
              node: fc.constant(node!),
              otherNode: fc.constant(otherNode!),
              forMs: lastingMs(fc),
            }),
          ),
  strike(call, ctx) {
    if (call.node === call.otherNode) throw misses('selfPartition', { node: call.node! });
    const [a] = machinesOf(call, ctx);
    const [b] = machinesOf({ kind: call.kind, node: call.otherNode! }, ctx);
    if (a === b) throw misses('selfPartition', { node: a! });
    ctx.physical.network.partition(a!, b!);
    return { targets: [[a, b].sort().join(' ')] };
  },
  heal(_call, struck, ctx) {
    for (const pair of struck.targets) {
      const [a, b] = pair.split(' ');
      ctx.physical.network.heal(a!, b!);
    }
  },
});
