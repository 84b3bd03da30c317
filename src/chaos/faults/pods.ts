/** Pods deleted, containers that crash. */
import { uidOnNode } from '../../sim/api/mirror.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { containersMet, podName, podsOf } from '../target.ts';

export const podDelete = defineFault({
  kind: 'PodDelete',
  family: 'pod',
  needs: 'api',
  target: 'pod',
  about: 'The Pod is deleted, with its grace period; budgets are not asked.',
  heals: 'Its controller makes another; a Pod without one is gone.',
  phrases: [say('[pods] is/are deleted', '[pods]を削除する')],
  elsewhere: { chaosMesh: 'PodChaos pod-kill', litmus: 'pod-delete', krkn: 'pod_disruption_scenarios' },
  strike(call, ctx) {
    const targets = podsOf(call, ctx);
    for (const pod of targets) ctx.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name);
    return { targets: targets.map(podName) };
  },
});

export const containerCrash = defineFault({
  kind: 'ContainerCrash',
  family: 'pod',
  needs: 'physical',
  target: 'container',
  about:
    "The container's process dies with an exit code; the kubelet restarts it as the restart policy says.",
  heals: 'The kubelet restarts the container, after its back-off.',
  parameters: [
    { field: 'container', about: 'name of the container; without, one that runs' },
    { field: 'exitCode', default: 1, among: [1, 0, 137], about: 'the exit code' },
  ],
  phrases: [
    say('[containers] crashes/crash', '[containers]がクラッシュする'),
    say(
      '[containers] crashes/crash with exit code [exitCode]',
      '[containers]が終了コード[exitCode]でクラッシュする',
    ),
  ],
  elsewhere: { chaosMesh: 'PodChaos container-kill', litmus: 'container-kill', krkn: 'container_scenarios' },
  strike(call, ctx) {
    const met = containersMet(call, ctx, 'drawn');
    for (const { pod, container } of met)
      ctx.physical.containers.kill({ podUid: uidOnNode(pod), container }, call.exitCode ?? 1);
    return { targets: met.map((m) => m.name) };
  },
});
