/** Leaders lost: etcd's, and those of the control plane's replicated components. */
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { misses, type Fault, type PhysicalContext } from '../types.ts';
import { restartComponents, stopComponent } from './controlplanenodes.ts';

/** Members of etcd, and how long an election takes (--election-timeout 1000 ms, and a vote). */
const MEMBERS = 3;
const ELECTION_MS = 1500;

export const etcdMemberLoss: Fault = defineFault({
  kind: 'EtcdMemberLoss',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'Members of an etcd of three are lost. One: nothing is seen but a pause of 1.5 s without writes while ' +
    'a leader is elected, if it was the leader (one in three, drawn). Two or three: the quorum is lost, ' +
    'no write is taken.',
  heals: 'The members are back, and catch up.',
  parameters: [{ field: 'replicas', default: 1, among: [1, 2], about: 'how many members' }],
  phrases: [say('etcd loses [replicas] member(s)[forMs]', '[forMs]etcdのメンバーを[replicas]個失う')],
  elsewhere: { krkn: 'pod_disruption_scenarios (etcd)' },
  strike(call, ctx) {
    const lost = valueOf(etcdMemberLoss, call, 'replicas');
    if (lost < 1 || lost > MEMBERS) throw misses('membersLost', { members: MEMBERS, lost });
    const nodes = ctx.physical.plane.names();
    if (nodes.length > 0) {
      if (lost > nodes.length) throw misses('membersLost', { members: nodes.length, lost });
      return stopComponent('etcd', ctx, drawn(nodes, lost, ctx));
    }
    const targets = Array.from({ length: lost }, (_, i) => `etcd-${i + 1}`);
    const since = ctx.physical.noting('etcdMembersLost', { lost, members: MEMBERS });
    const leader = lost > 1 || ctx.random() * MEMBERS < 1;
    if (leader) since.servers.setQuorum(false);
    return { targets, ...(leader && lost === 1 ? { nextMs: ELECTION_MS } : {}) };
  },
  tick(_call, { nextMs: _, ...struck }, ctx) {
    ctx.physical.servers.setQuorum(true);
    return struck;
  },
  heal(_call, struck, ctx) {
    if (!restartComponents(struck, ctx)) ctx.physical.servers.setQuorum(true);
  },
});

/** So many of them, in their order. */
function drawn(nodes: readonly string[], count: number, { random }: PhysicalContext): string[] {
  const left = [...nodes];
  while (left.length > count) left.splice(Math.floor(random() * left.length), 1);
  return left;
}

/** --leader-elect-lease-duration and --leader-elect-retry-period. */
const LEASE_MS = 15_000;
const RETRY_MS = 2_000;

export const leaderFailover: Fault = defineFault({
  kind: 'LeaderFailover',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    'The leading replica of the controller manager or the scheduler dies. Its lease has to run out (15 s, ' +
    'and up to 2 s until the standby tries) before the standby takes over, with a cache of its own and ' +
    "nothing of the old one's mind.",
  heals: 'The standby takes over by itself; healed early, at once.',
  parameters: [
    {
      field: 'component',
      default: 'kube-controller-manager',
      among: ['kube-controller-manager', 'kube-scheduler'],
      about: 'which of the two',
    },
  ],
  phrases: [
    say('the leading controller manager fails over', 'コントローラーマネージャーのリーダーが交代する', {
      component: 'kube-controller-manager',
    }),
    say('the leading scheduler fails over', 'スケジューラーのリーダーが交代する', {
      component: 'kube-scheduler',
    }),
  ],
  strike(call, ctx) {
    const process = valueOf(leaderFailover, call, 'component');
    const { plane } = ctx.physical;
    if (plane.names().length > 0) {
      const node = plane.leaderOf(process);
      if (node === undefined || !plane.kill(process, node)) throw misses('noLeader', { process });
      return { targets: [`${process}@${node}`] };
    }
    if (!ctx.physical.processes.isUp(process)) throw misses('leaderDown', { process });
    const since = ctx.physical.noting('leaderDied', { process });
    since.processes.stop(process);
    return { targets: [process], overMs: LEASE_MS + Math.floor(ctx.random() * RETRY_MS) };
  },
  heal(_call, struck, ctx) {
    for (const process of struck.targets) {
      // An instance on a node is started by its kubelet, and another leads by and by.
      if (process.includes('@')) continue;
      if (ctx.physical.processes.isUp(process)) continue;
      const since = ctx.physical.noting('standbyLeads', { process });
      since.processes.start(process);
    }
  },
});
