/** Power: lost, back, a reboot, an orderly shutdown. */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';

export const nodePowerLoss = defineFault({
  kind: 'NodePowerLoss',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about: 'The machine is off at once: nothing is written, heartbeats stop. A zone loses power as a whole.',
  heals: 'Power is back and the machine boots.',
  phrases: [say('[nodes] loses/lose power[forMs]', '[forMs][nodes]の電源が落ちる')],
  elsewhere: {
    chaosMesh: 'AWSChaos/GCPChaos/AzureChaos *-stop, PhysicalMachineChaos',
    litmus: 'node-poweroff',
    krkn: 'node_stop_scenario, zone outage',
  },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.power.off(node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node) !== undefined) ctx.physical.power.on(node);
  },
});

export const nodePowerOn = defineFault({
  kind: 'NodePowerOn',
  family: 'node',
  needs: 'physical',
  target: 'node',
  remedy: true,
  about: 'Power is back: the machine boots, its kubelet registers again.',
  heals: 'It is a healing itself.',
  phrases: [say('[nodes] is/are powered on', '[nodes]の電源が入る')],
  elsewhere: { krkn: 'node_start_scenario' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.power.on(node);
    return { targets };
  },
});

export const nodeReboot = defineFault({
  kind: 'NodeReboot',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about: 'The machine restarts without warning: containers are gone, Pods stay bound and restart.',
  heals: 'The machine boots by itself.',
  parameters: [
    {
      field: 'forMs',
      about: 'how long it takes; without, as long as a boot takes',
      among: [10_000, 30_000, 60_000, 300_000],
    },
  ],
  phrases: [
    say('[nodes] reboots/reboot', '[nodes]が再起動する'),
    say('[nodes] reboots/reboot in {duration:forMs}', '[nodes]が{durationJa:forMs}で再起動する'),
  ],
  elsewhere: { chaosMesh: 'AWSChaos ec2-restart', litmus: 'node-restart', krkn: 'node_reboot_scenario' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.power.reboot(node, call.forMs);
    return { targets };
  },
});

export const nodeShutdown = defineFault({
  kind: 'NodeShutdown',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'The machine is shut down in order: the kubelet ends its Pods within the shutdown grace period, then ' +
    'the power goes.',
  heals: 'The machine is switched on.',
  phrases: [say('[nodes] shuts/shut down gracefully[forMs]', '[forMs][nodes]が正常にシャットダウンする')],
  elsewhere: { krkn: 'node_stop_scenario' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.power.shutDown(node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node) !== undefined) ctx.physical.power.on(node);
  },
});
