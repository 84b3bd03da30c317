/**
 * What wears a node down: memory, disk and process ids taken by something that is no Pod, slowness, a wrong
 * clock.
 */
import { wholeValue } from '../../sim/api/quantity.ts';
import type { Machine } from '../../sim/node/world.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import type { Fault, PhysicalContext, FaultParameter } from '../types.ts';

const SHARE: FaultParameter = {
  field: 'percent',
  default: 99,
  among: [99, 95, 80],
  about: 'share that is taken',
};

interface Pressure {
  readonly kind: string;
  readonly about: string;
  readonly en: string;
  readonly ja: string;
  readonly elsewhere: Fault['elsewhere'];
  /** Takes a share, in percent, of what the machine has. */
  readonly take: (ctx: PhysicalContext, machine: Machine, percent: number) => void;
}

const pressure = ({ kind, about, en, ja, elsewhere, take }: Pressure): Fault => {
  const fault = defineFault({
    kind,
    family: 'node',
    needs: 'physical',
    target: 'node',
    about,
    elsewhere,
    heals: 'It is given back; the condition goes after the transition period of 5 minutes.',
    parameters: [SHARE],
    phrases: [say(`[nodes] ${en}[forMs]`, `[forMs][nodes]の${ja}`)],
    strike(call, ctx) {
      const targets = machinesOf(call, ctx);
      for (const node of targets)
        take(ctx, ctx.physical.machines.named(node)!, valueOf(fault, call, 'percent'));
      return { targets };
    },
    heal(_call, struck, ctx) {
      for (const node of struck.targets) {
        const machine = ctx.physical.machines.named(node);
        if (machine !== undefined) take(ctx, machine, 0);
      }
    },
  });
  return fault;
};

const part = (text: string, percent: number): number => Math.floor((wholeValue(text) * percent) / 100);

export const memoryPressure = pressure({
  kind: 'NodeMemoryPressure',
  en: 'runs/run out of memory',
  ja: 'メモリが不足する',
  about:
    "Something other than Pods takes the node's memory: the kubelet reports MemoryPressure and evicts " +
    'Pods, those beyond their requests first.',
  elsewhere: {
    chaosMesh: 'StressChaos memory (on the host)',
    litmus: 'node-memory-hog',
    krkn: 'node-memory-hog',
  },
  take: (ctx, m, percent) => ctx.physical.loads.memory(m.name, part(m.capacity.memory, percent)),
});

export const diskPressure = pressure({
  kind: 'NodeDiskPressure',
  en: 'runs/run out of disk',
  ja: 'ディスクが不足する',
  about:
    "The node's disk fills: the kubelet removes unused images and dead containers, reports DiskPressure " +
    'and evicts Pods, those that wrote most first.',
  elsewhere: { chaosMesh: 'PhysicalMachineChaos disk-fill', litmus: 'disk-fill', krkn: 'node-io-hog' },
  take: (ctx, m, percent) => ctx.physical.disks.fill(m.name, part(m.capacity.ephemeralStorage, percent)),
});

export const pidPressure = pressure({
  kind: 'NodePidPressure',
  en: 'runs/run out of process ids',
  ja: 'プロセスIDが不足する',
  about:
    "Something other than Pods takes the node's process ids: the kubelet reports PIDPressure and evicts " +
    'Pods.',
  elsewhere: {},
  take: (ctx, m, percent) => ctx.physical.loads.pids(m.name, Math.floor((32_768 * percent) / 100)),
});

export const nodeSlow: Fault = defineFault({
  kind: 'NodeSlow',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'Everything on the node takes a number of times longer: containers start, images come, probes and ' +
    'requests are answered. Not the boot of the machine.',
  heals: 'The node is as fast as before.',
  parameters: [{ field: 'factor', default: 10, among: [3, 10, 50], about: 'how many times longer' }],
  phrases: [
    say('[nodes] is/are slowed down[forMs]', '[forMs][nodes]が遅くなる'),
    say('[nodes] is/are slowed down [factor] times[forMs]', '[forMs][nodes]が[factor]倍遅くなる'),
  ],
  elsewhere: { chaosMesh: 'StressChaos cpu (on the host)', litmus: 'node-cpu-hog', krkn: 'node-cpu-hog' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets)
      ctx.physical.loads.slowDown(node, Math.max(2, valueOf(nodeSlow, call, 'factor')));
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node) !== undefined) ctx.physical.loads.slowDown(node, 1);
  },
});

export const clockSkew: Fault = defineFault({
  kind: 'NodeClockSkew',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    "The node's clock is off: the times its kubelet writes (start times, transitions of conditions) are, " +
    'so that a Pod counts as available too early or too late. Heartbeats are judged by the control ' +
    "plane's own clock; certificates are not modelled to expire by it.",
  heals: 'The clock is set right; times written before stay wrong.',
  parameters: [
    {
      field: 'skewMs',
      default: 600_000,
      among: [600_000, -600_000, 60_000, -60_000],
      about: 'how far ahead; -10m is behind',
    },
  ],
  phrases: [
    say(
      'the clock of [nodes] runs {duration:skewMs} fast[forMs]',
      '[forMs][nodes]の時計が{durationJa:skewMs}進む',
    ),
  ],
  elsewhere: { chaosMesh: 'TimeChaos', krkn: 'time_scenarios skew_time' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) ctx.physical.clocks.skew(node, valueOf(clockSkew, call, 'skewMs'));
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node) !== undefined) ctx.physical.clocks.skew(node, 0);
  },
});
