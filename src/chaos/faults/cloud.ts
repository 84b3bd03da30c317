/** What a cloud may lack, of which the cluster autoscaler asks for nodes. */
import { arbitraryOf } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { type Fault, type FaultWorld, misses, type PhysicalContext } from '../types.ts';

/** The groups there are. @throws FaultError where there is none */
function groupsOf({ physical }: PhysicalContext): readonly string[] {
  const groups = physical.cloud.groups();
  if (groups.length === 0) throw misses('noNodeGroup', {});
  return groups;
}

const hasGroups = ({ nodeGroups = [] }: FaultWorld): boolean => nodeGroups.length > 0;

export const nodeGroupExhausted: Fault = defineFault({
  kind: 'NodeGroupExhausted',
  family: 'node',
  needs: 'physical',
  target: 'none',
  about:
    'The cloud has no more machines for the node groups of the cluster autoscaler: those that it asks for, ' +
    'or has asked for, do not come. It tells of ScaleUpFailed, leaves the group alone for five minutes, ' +
    'and then for twice as long each time.',
  heals: 'Machines come again that are asked for from then on.',
  phrases: [say('the cloud is out of capacity[forMs]', '[forMs]クラウドの空き容量がなくなる')],
  arbitrary: (world, fc) => (hasGroups(world) ? arbitraryOf(nodeGroupExhausted, world, fc) : undefined),
  strike(_call, ctx) {
    const targets = groupsOf(ctx);
    for (const group of targets) ctx.physical.cloud.setCapacity(group, false);
    return { targets };
  },
  heal(_call, { targets }, ctx) {
    for (const group of targets) ctx.physical.cloud.setCapacity(group, true);
  },
});

/** More than that is longer than the autoscaler waits for. */
const MOST = 100;

export const nodeProvisionSlow: Fault = defineFault({
  kind: 'NodeProvisionSlow',
  family: 'node',
  needs: 'physical',
  target: 'none',
  about:
    'Machines of node groups take many times as long to come: after 15 minutes the cluster autoscaler ' +
    'gives them up.',
  heals: 'Those that are asked for from then on come as fast as ever.',
  parameters: [{ field: 'factor', default: 10, among: [10, 3, 30], about: 'how many times as long' }],
  phrases: [
    say(
      'new nodes take {int:factor} times as long[forMs]',
      '[forMs]新しいノードの準備に{int:factor}倍の時間がかかる',
    ),
  ],
  arbitrary: (world, fc) => (hasGroups(world) ? arbitraryOf(nodeProvisionSlow, world, fc) : undefined),
  strike(call, ctx) {
    const factor = Math.min(MOST, Math.max(1, valueOf(nodeProvisionSlow, call, 'factor')));
    const targets = groupsOf(ctx);
    for (const group of targets) ctx.physical.cloud.setSlowness(group, factor);
    return { targets };
  },
  heal(_call, { targets }, ctx) {
    for (const group of targets) ctx.physical.cloud.setSlowness(group, 1);
  },
});

const AUTOSCALER = 'cluster-autoscaler';

export const clusterAutoscalerDown: Fault = defineFault({
  kind: 'ClusterAutoscalerDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'No nodes are asked for, and none are given back; since when nodes have not been needed is forgotten. ' +
    'A node that was on its way out stays as it is.',
  heals: 'It starts anew, takes its taints off the nodes, and begins to count anew.',
  phrases: [say('the cluster autoscaler is down[forMs]', '[forMs]クラスターオートスケーラーが停止する')],
  elsewhere: { krkn: 'pod_disruption_scenarios' },
  arbitrary: (world, fc) => (hasGroups(world) ? arbitraryOf(clusterAutoscalerDown, world, fc) : undefined),
  strike(_call, ctx) {
    if (!ctx.physical.processes.has(AUTOSCALER)) throw misses('noNodeGroup', {});
    ctx.physical.noting('processDown', { process: AUTOSCALER }).processes.stop(AUTOSCALER);
    return { targets: [AUTOSCALER] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.noting('processUp', { process: AUTOSCALER }).processes.start(AUTOSCALER);
  },
});
