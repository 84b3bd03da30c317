/** Nodes gone and back: the Node object deleted, nodes rebooted one after the other. */
import { ApiError } from '../../sim/api/errors.ts';
import { arbitraryOf, severalNodes } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { misses, type Fault, type PhysicalContext } from '../types.ts';

export const nodeDelete: Fault = defineFault({
  kind: 'NodeDelete',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'The Node object is deleted: its Pods are deleted with it, what runs there is stopped; the kubelet ' +
    'does not make the object anew by itself.',
  heals: 'The kubelet is restarted and registers the node again.',
  phrases: [
    say('the Node object of [nodes] is deleted[forMs]', '[forMs][nodes]のNodeオブジェクトを削除する'),
  ],
  elsewhere: { krkn: 'node_termination_scenario' },
  strike(call, ctx) {
    const targets = machinesOf(call, ctx).filter((node) => ctx.api.find('Node', '', node) !== undefined);
    if (targets.length === 0) throw misses('noNodeObject', { node: call.node ?? call.zone ?? '' });
    for (const node of targets) ctx.api.delete('Node', '', node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) {
      const machine = ctx.physical.machines.named(node);
      if (
        machine === undefined ||
        machine.power !== 'on' ||
        !machine.kubeletEnabled ||
        ctx.api.find('Node', '', node) !== undefined
      )
        continue;
      ctx.physical.processes.stopKubelet(node);
      ctx.physical.processes.startKubelet(node);
    }
  },
});

/** Where the reboots stand: the node that is on its way, and its boots before. */
interface Turn {
  readonly waitsFor: string;
  readonly boots: number;
}
const LOOK_MS = 5000;

const isReady = (ctx: PhysicalContext, node: string): boolean =>
  ctx.api
    .find('Node', '', node)
    ?.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;

export const rollingReboot: Fault = defineFault({
  kind: 'NodeRollingReboot',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'Nodes are rebooted one after the other without a drain, each when the one before is back and Ready: ' +
    'a careless patch day.',
  heals: 'The machines boot by themselves; healed early, no further node is rebooted.',
  parameters: [
    {
      field: 'periodMs',
      default: 30_000,
      among: [30_000, 120_000],
      about: "pause between a node's return and the next",
    },
  ],
  phrases: [say('[nodeSet] is/are rebooted in turn', '[nodeSet]を順番に再起動する')],
  elsewhere: { krkn: 'node_reboot_scenario (in a loop)' },
  arbitrary: (world, fc) => arbitraryOf(rollingReboot, world, fc, severalNodes(world, fc)),
  strike(call, ctx) {
    const targets = machinesOf(
      call.mode === undefined && call.node === undefined && call.zone === undefined
        ? { ...call, mode: 'all' }
        : call,
      ctx,
      (m) => m.power === 'on',
    );
    const [first] = targets;
    const boots = ctx.physical.machines.named(first!)!.boots;
    ctx.physical.power.reboot(first!);
    return { targets, undo: { waitsFor: first, boots }, nextMs: LOOK_MS };
  },
  tick(call, struck, ctx) {
    const { nextMs: _, ...done } = struck;
    const { waitsFor, boots } = struck.undo as unknown as Turn;
    const machine = ctx.physical.machines.named(waitsFor);
    try {
      if (machine !== undefined && (machine.boots === boots || !isReady(ctx, waitsFor)))
        return { ...struck, nextMs: LOOK_MS };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ...struck, nextMs: LOOK_MS };
    }
    const next = struck.targets[struck.targets.indexOf(waitsFor) + 1];
    if (next === undefined) return done;
    const then = ctx.physical.machines.named(next);
    // The pause first, then the reboot: a turn that has paused waits for a node of one boot less than it has.
    if (struck.undo!['paused'] !== true)
      return {
        ...struck,
        undo: { ...struck.undo, paused: true },
        nextMs: valueOf(rollingReboot, call, 'periodMs'),
      };
    if (then !== undefined && then.power === 'on') ctx.physical.power.reboot(next);
    return {
      ...struck,
      undo: { waitsFor: next, boots: then === undefined ? -1 : then.boots },
      nextMs: LOOK_MS,
    };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets)
      if (ctx.physical.machines.named(node)?.power === 'off') ctx.physical.power.on(node);
  },
});
