/** What an operator does to a node: cordon, uncordon, drain, by kubectl. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { nodesOf } from '../target.ts';
import { type FaultCall, type FaultContext, type Struck, misses } from '../types.ts';

/** Flags of a drain as an operator who knows his cluster gives them. */
const DRAIN_FLAGS = ['--ignore-daemonsets', '--delete-emptydir-data', '--force'];

function byKubectl(
  verb: string,
  flags: readonly string[] = [],
): (call: FaultCall, ctx: FaultContext) => Struck {
  return (call, ctx) => {
    if (ctx.kubectl === undefined) throw misses('needsKubectl', {});
    const targets = nodesOf(call, ctx);
    for (const node of targets) ctx.kubectl([verb, node, ...flags]);
    return { targets };
  };
}

/** Takes the cordon off again. A drain that still waits is given up by the same hand. */
function uncordon(_call: FaultCall, struck: Struck, ctx: FaultContext): void {
  for (const node of struck.targets) {
    if (ctx.api.find('Node', '', node) !== undefined)
      ctx.api.patch('Node', '', node, 'strategic', { spec: { unschedulable: null } });
  }
}

export const nodeCordon = defineFault({
  kind: 'NodeCordon',
  family: 'node',
  needs: 'api',
  target: 'node',
  voluntary: true,
  about: 'The node is marked unschedulable; what runs there runs on.',
  heals: 'The node is uncordoned.',
  phrases: [
    say('node {string:node} is cordoned', 'ノード{string:node}をcordonする'),
    say('[nodeSet] is/are cordoned', '[nodeSet]をcordonする'),
    say('[nodes] is/are cordoned for {duration:forMs}', '[nodes]を{durationJa:forMs}cordonする'),
  ],
  elsewhere: { litmus: 'node-taint' },
  strike: byKubectl('cordon'),
  heal: uncordon,
});

export const nodeUncordon = defineFault({
  kind: 'NodeUncordon',
  family: 'node',
  needs: 'api',
  target: 'node',
  voluntary: true,
  remedy: true,
  about: 'The node takes new Pods again.',
  heals: 'It is a healing itself.',
  phrases: [say('[nodes] is/are uncordoned', '[nodes]をuncordonする')],
  strike: byKubectl('uncordon'),
});

export const nodeDrain = defineFault({
  kind: 'NodeDrain',
  family: 'node',
  needs: 'api',
  target: 'node',
  voluntary: true,
  about:
    'The node is cordoned and its Pods are evicted, as budgets allow, refused evictions tried again every ' +
    '5 s until all are gone.',
  heals: 'The node is uncordoned.',
  phrases: [
    say('[nodes] is/are drained', '[nodes]をdrainする'),
    say('[nodes] is/are drained for {duration:forMs}', '[nodes]を{durationJa:forMs}drainする'),
  ],
  elsewhere: { litmus: 'node-drain', krkn: 'node_termination_scenario' },
  strike: byKubectl('drain', DRAIN_FLAGS),
  heal: uncordon,
});
