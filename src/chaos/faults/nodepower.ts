/** Power: lost, back, a reboot, an orderly shutdown. */
import { powerOff, powerOn, reboot, shutdownGracefully } from '../../sim/node/machine.ts';
import { machinesOf } from '../target.ts';
import type { Fault } from '../types.ts';

export const nodePowerLoss: Fault = {
  kind: 'NodePowerLoss',
  about: 'The machine is off at once: nothing is written, heartbeats stop. It boots when power is back.',
  voluntary: false,
  phrases: [
    { en: 'node {string} loses power', fields: ['node'] },
    { en: 'node {string} loses power for {duration}', fields: ['node', 'forMs'] },
    { en: 'zone {string} loses power', fields: ['zone'] },
    { en: 'zone {string} loses power for {duration}', fields: ['zone', 'forMs'] },
  ],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) powerOff(ctx, node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) powerOn(ctx, node);
  },
};

export const nodePowerOn: Fault = {
  kind: 'NodePowerOn',
  about: 'Power is back: the machine boots, its kubelet registers again.',
  voluntary: false,
  phrases: [{ en: 'node {string} is powered on', fields: ['node'] }],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) powerOn(ctx, node);
    return { targets };
  },
};

export const nodeReboot: Fault = {
  kind: 'NodeReboot',
  about: 'The machine restarts without warning: containers are gone, Pods stay bound and restart. The duration is the time it takes.',
  voluntary: false,
  phrases: [
    { en: 'node {string} reboots', fields: ['node'] },
    { en: 'node {string} reboots in {duration}', fields: ['node', 'forMs'] },
  ],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) reboot(ctx, node, call.forMs);
    return { targets };
  },
};

export const nodeShutdown: Fault = {
  kind: 'NodeShutdown',
  about: 'The machine is shut down in order: the kubelet ends its Pods within the shutdown grace period, then the power goes.',
  voluntary: false,
  phrases: [{ en: 'node {string} shuts down gracefully', fields: ['node'] }],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) shutdownGracefully(ctx, node);
    return { targets };
  },
};
