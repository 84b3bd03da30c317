/** What stops on a node while its containers run on: the kubelet, the container runtime. */
import {
  freezeKubelet,
  startKubelet,
  startRuntime,
  stopKubelet,
  stopRuntime,
  thawKubelet,
} from '../../sim/node/index.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { FaultError, type Fault, type FaultCall, type FaultContext, type Struck } from '../types.ts';

/** Does something to each machine that is on. */
const each =
  (act: (ctx: FaultContext, node: string) => void) =>
  (call: FaultCall, ctx: FaultContext): Struck => {
    const targets = machinesOf(call, ctx, (m) => m.power === 'on').filter(
      (node) => ctx.world.machines.get(node)!.power === 'on',
    );
    if (targets.length === 0)
      throw new FaultError(`node ${call.node ?? call.zone ?? ''} is off: there is nothing on it to strike`);
    for (const node of targets) act(ctx, node);
    return { targets };
  };
/** Undoes it where the machine is still there. */
const eachLeft =
  (act: (ctx: FaultContext, node: string) => void) =>
  (_call: FaultCall, struck: Struck, ctx: FaultContext): void => {
    for (const node of struck.targets) if (ctx.world.machines.has(node)) act(ctx, node);
  };

export const kubeletStop: Fault = defineFault({
  kind: 'KubeletStop',
  family: 'node',
  target: 'node',
  about: 'The kubelet is stopped: containers run on, nobody probes or restarts them, heartbeats stop.',
  heals: 'The kubelet is started, and takes over what runs.',
  phrases: [say('the kubelet of [nodes] stops[forMs]', '[forMs][nodes]のkubeletが停止する')],
  elsewhere: { litmus: 'kubelet-service-kill', krkn: 'stop_kubelet_scenario' },
  strike: each(stopKubelet),
  heal: eachLeft(startKubelet),
});

export const kubeletRestart: Fault = defineFault({
  kind: 'KubeletRestart',
  family: 'node',
  target: 'node',
  about:
    'The kubelet is restarted: it forgets what it had in mind (back-offs, probe counts), containers run on.',
  heals: 'It is back at once.',
  phrases: [say('the kubelet of [nodes] restarts', '[nodes]のkubeletが再起動する')],
  elsewhere: { krkn: 'restart_kubelet_scenario' },
  strike: each((ctx, node) => {
    stopKubelet(ctx, node);
    startKubelet(ctx, node);
  }),
});

export const kubeletFreeze: Fault = defineFault({
  kind: 'KubeletFreeze',
  family: 'node',
  target: 'node',
  about:
    'The kubelet stands still, as under SIGSTOP or on a disk that hangs: no heartbeat, no probe; containers run on.',
  heals: 'It goes on where it stood.',
  phrases: [say('the kubelet of [nodes] freezes[forMs]', '[forMs][nodes]のkubeletがフリーズする')],
  strike: each(freezeKubelet),
  heal: eachLeft(thawKubelet),
});

export const runtimeStop: Fault = defineFault({
  kind: 'RuntimeStop',
  family: 'node',
  target: 'node',
  about:
    "The container runtime's daemon is stopped: containers run on, none can be started or stopped; after 30 s the node is NotReady.",
  heals: 'The daemon is started.',
  phrases: [
    say('the container runtime of [nodes] stops[forMs]', '[forMs][nodes]のコンテナランタイムが停止する'),
  ],
  elsewhere: { litmus: 'docker-service-kill' },
  strike: each(stopRuntime),
  heal: eachLeft(startRuntime),
});
