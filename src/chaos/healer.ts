/** The process that undoes faults whose time is over; its state is what it has yet to undo. */
import type { ApiComponent } from '../sim/api/client.ts';
import { registerComponent } from '../sim/components.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { Task } from '../sim/kernel/types.ts';
import type { World } from '../sim/node/world.ts';
import { faultNamed } from './index.ts';
import type { FaultCall, Struck } from './types.ts';

const PROCESS = 'chaos';

interface HealTask extends Task {
  readonly type: 'heal';
  readonly call: FaultCall;
  readonly struck: Struck;
  readonly namespace: string;
}

export const healer: ApiComponent<null, HealTask, World> = {
  component: PROCESS,
  watches: () => [],
  start: () => null,
  handle(task, _state, ctx) {
    faultNamed(task.call.kind).heal?.(task.call, task.struck, { now: ctx.now, world: ctx.world, control: ctx.control, config: ctx.config, api: ctx.api, namespace: task.namespace });
  },
};
registerComponent(healer);

/** Undoes a fault after a time. */
export function healLater(cluster: ClusterApi, call: FaultCall, struck: Struck, namespace: string): void {
  const { control } = cluster;
  if (!control.has(PROCESS)) control.spawn(PROCESS, PROCESS, {});
  const task: HealTask = { type: 'heal', call, struck, namespace };
  control.scheduleFor(PROCESS, call.forMs!, task);
}
