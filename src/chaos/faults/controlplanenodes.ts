/** Parts of a control plane that is on nodes: one component of one of them, or all there are of it. */
import { arbitraryOf } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { type Fault, type PhysicalContext, type Struck, misses } from '../types.ts';

const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
export type PlaneComponent = (typeof COMPONENTS)[number];

/** `etcd@control-plane-1` */
const struckOf = (component: string, nodes: readonly string[]): Struck => ({
  targets: nodes.map((node) => `${component}@${node}`),
});

/** Stops a component on these nodes, all unless some are given. */
export function stopComponent(
  component: PlaneComponent,
  { physical }: PhysicalContext,
  nodes: readonly string[] = physical.plane.names(),
): Struck {
  for (const node of nodes) physical.plane.moveAway(component, node);
  return struckOf(component, nodes);
}

/** What was stopped so may run again. @returns whether it was stopped so */
export function restartComponents({ targets }: Struck, { physical }: PhysicalContext): boolean {
  for (const target of targets) {
    const [component, node] = target.split('@') as [string, string?];
    if (node === undefined) return false;
    if (physical.machines.named(node) !== undefined) physical.plane.putBack(component, node);
  }
  return true;
}

export const componentStop: Fault = defineFault({
  kind: 'ComponentStop',
  family: 'controlplane',
  needs: 'physical',
  target: 'node',
  about:
    'A component of a control plane node is stopped: its manifest is moved out of ' +
    '/etc/kubernetes/manifests. What is connected to an API server goes to another; members of etcd that ' +
    'are left choose a leader; another instance of a controller manager or scheduler takes over when the ' +
    'Lease has run out, or at once where it is released (the scheduler).',
  heals: 'The manifest is back: the kubelet runs the component again.',
  parameters: [
    { field: 'component', default: 'kube-apiserver', among: COMPONENTS, about: 'which of the four' },
  ],
  phrases: [
    say('the api server of [nodes] stops[forMs]', '[forMs][nodes]のAPIサーバーが停止する', {
      component: 'kube-apiserver',
    }),
    say('etcd of [nodes] stops[forMs]', '[forMs][nodes]のetcdが停止する', { component: 'etcd' }),
    say(
      'the controller manager of [nodes] stops[forMs]',
      '[forMs][nodes]のコントローラーマネージャーが停止する',
      { component: 'kube-controller-manager' },
    ),
    say('the scheduler of [nodes] stops[forMs]', '[forMs][nodes]のスケジューラーが停止する', {
      component: 'kube-scheduler',
    }),
  ],
  elsewhere: { krkn: 'pod_disruption_scenarios' },
  arbitrary: ({ controlPlane = [], ...world }, fc) =>
    arbitraryOf(componentStop, { ...world, nodes: controlPlane, zones: [] }, fc),
  strike(call, ctx) {
    const component = valueOf(componentStop, call, 'component') as PlaneComponent;
    const planes = ctx.physical.plane.names();
    const nodes = machinesOf(call, ctx).filter((node) => planes.includes(node));
    if (nodes.length === 0) throw misses('notOnPlane', { component, nodes: planes });
    return stopComponent(component, ctx, nodes);
  },
  heal: (_call, struck, ctx) => void restartComponents(struck, ctx),
});

export const etcdLeaderLoss: Fault = defineFault({
  kind: 'EtcdLeaderLoss',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'The member that leads etcd is stopped, on a control plane that is on nodes: after an election ' +
    'time-out (1 s to 2 s) another leads, if a majority is left; until then nothing is written.',
  heals: 'The member is back, follows, and catches up.',
  phrases: [say('the leader of etcd stops[forMs]', '[forMs]etcdのリーダーが停止する')],
  elsewhere: { krkn: 'pod_disruption_scenarios (etcd)' },
  arbitrary: (world, fc) =>
    world.controlPlane === undefined || world.controlPlane.length === 0
      ? undefined
      : arbitraryOf(etcdLeaderLoss, world, fc),
  strike(_call, ctx) {
    const leader = ctx.physical.plane.leaderOf('etcd');
    if (leader === undefined) throw misses('noEtcdLeader', {});
    return stopComponent('etcd', ctx, [leader]);
  },
  heal: (_call, struck, ctx) => void restartComponents(struck, ctx),
});
