/** What stops on a node while its containers run on: the kubelet, the container runtime. */
import type { MachineProcesses } from '../../sim/physicalworld.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { misses, type Fault, type FaultCall, type PhysicalContext, type Struck } from '../types.ts';

/** Does something to each machine that is on. */
const each =
  (act: (processes: MachineProcesses, node: string) => void) =>
  (call: FaultCall, ctx: PhysicalContext): Struck => {
    const targets = machinesOf(call, ctx, (m) => m.power === 'on').filter(
      (node) => ctx.physical.machines.named(node)!.power === 'on',
    );
    if (targets.length === 0) throw misses('nodeOff', { node: call.node ?? call.zone ?? '' });
    for (const node of targets) act(ctx.physical.processes, node);
    return { targets };
  };
/** Undoes it where the machine is still there. */
const eachLeft =
  (act: (processes: MachineProcesses, node: string) => void) =>
  (_call: FaultCall, struck: Struck, ctx: PhysicalContext): void => {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node) !== undefined) act(ctx.physical.processes, node);
  };

export const kubeletStop: Fault = defineFault({
  kind: 'KubeletStop',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about: 'The kubelet is stopped: containers run on, nobody probes or restarts them, heartbeats stop.',
  heals: 'The kubelet is started, and takes over what runs.',
  phrases: [say('the kubelet of [nodes] stops[forMs]', '[forMs][nodes]のkubeletが停止する')],
  elsewhere: { litmus: 'kubelet-service-kill', krkn: 'stop_kubelet_scenario' },
  strike: each((processes, node) => processes.stopKubelet(node)),
  heal: eachLeft((processes, node) => processes.startKubelet(node)),
});

export const kubeletRestart: Fault = defineFault({
  kind: 'KubeletRestart',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'The kubelet is restarted: it forgets what it had in mind (back-offs, probe counts), containers run on.',
  heals: 'It is back at once.',
  phrases: [say('the kubelet of [nodes] restarts', '[nodes]のkubeletが再起動する')],
  elsewhere: { krkn: 'restart_kubelet_scenario' },
  strike: each((processes, node) => {
    processes.stopKubelet(node);
    processes.startKubelet(node);
  }),
});

export const kubeletFreeze: Fault = defineFault({
  kind: 'KubeletFreeze',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'The kubelet stands still, as under SIGSTOP or on a disk that hangs: no heartbeat, no probe; ' +
    'containers run on.',
  heals: 'It goes on where it stood.',
  phrases: [say('the kubelet of [nodes] freezes[forMs]', '[forMs][nodes]のkubeletがフリーズする')],
  strike: each((processes, node) => processes.freezeKubelet(node)),
  heal: eachLeft((processes, node) => processes.thawKubelet(node)),
});

export const runtimeStop: Fault = defineFault({
  kind: 'RuntimeStop',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    "The container runtime's daemon is stopped: containers run on, none can be started or stopped; after " +
    '30 s the node is NotReady.',
  heals: 'The daemon is started.',
  phrases: [
    say('the container runtime of [nodes] stops[forMs]', '[forMs][nodes]のコンテナランタイムが停止する'),
  ],
  elsewhere: { litmus: 'docker-service-kill' },
  strike: each((processes, node) => processes.stopRuntime(node)),
  heal: eachLeft((processes, node) => processes.startRuntime(node)),
});
