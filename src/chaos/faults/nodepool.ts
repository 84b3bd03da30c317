/** Nodes that come and go for good, as an autoscaler or an operator brings about. */
import { type MachineOptions } from '../../sim/node/index.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { type Fault, type PhysicalContext, misses } from '../types.ts';

function takeAway(ctx: PhysicalContext, node: string): void {
  // The object first: where the API server refuses, nothing has happened.
  if (ctx.api.find('Node', '', node) !== undefined) ctx.api.delete('Node', '', node);
  if (ctx.physical.machines.named(node) !== undefined) ctx.physical.machines.remove(node);
}

export const nodeAdd: Fault = defineFault({
  kind: 'NodeAdd',
  family: 'change',
  needs: 'physical',
  target: 'none',
  about: 'A machine like the first one joins the cluster: Pods that had no place find one.',
  heals: 'The machine is taken away again, its Node object with it.',
  phrases: [say('a new node joins[forMs]', '[forMs]新しいノードが参加する')],
  strike(_call, ctx) {
    const name = ctx.physical.machines.freeName();
    const [like] = ctx.physical.machines.all();
    ctx.physical.machines.add({
      name,
      ...(like === undefined ? {} : { ...like.capacity, labels: like.labels }),
    });
    ctx.physical.noting('nodeJoins', { node: name });
    return { targets: [name] };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) takeAway(ctx, node);
  },
});

export const nodeRemove: Fault = defineFault({
  kind: 'NodeRemove',
  family: 'change',
  needs: 'physical',
  target: 'node',
  about:
    'The machine is taken away without a drain, and its Node object is deleted, as an autoscaler does ' +
    'with a machine that was reclaimed: its Pods are gone with it.',
  heals: 'A machine of the same name and size joins.',
  phrases: [say('[nodes] is/are removed[forMs]', '[forMs][nodes]をクラスターから削除する')],
  elsewhere: {
    chaosMesh: 'AWSChaos ec2-stop',
    litmus: 'ec2-terminate-by-id',
    krkn: 'node_termination_scenario',
  },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    if (targets.length === ctx.physical.machines.all().length) throw misses('lastNodes', {});
    const undo: Record<string, MachineOptions> = {};
    for (const node of targets) {
      const { capacity, labels, taints } = ctx.physical.machines.named(node)!;
      undo[node] = { name: node, ...capacity, labels, taints };
      takeAway(ctx, node);
    }
    return { targets, undo };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) {
      if (ctx.physical.machines.named(node) !== undefined) continue;
      const since = ctx.physical.noting('nodeJoinsAgain', { node });
      since.machines.add(struck.undo![node] as MachineOptions);
    }
  },
});
