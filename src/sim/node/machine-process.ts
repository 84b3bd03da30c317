/** The process `machine@NODE`: what happens on a machine without anyone's doing. */
import type { ApiComponent, Context } from '../api/client.ts';
import { doApiWork } from './apiworker.ts';
import { finishBoot, finishShutdown } from './machine.ts';
import { hasRoom, memoryLimitChanged, outOfMemory } from './memory.ts';
import { beginProcess } from './ownprocess.ts';
import { bind } from './runtime.ts';
import { exitContainer } from './exit.ts';
import { programOf } from './images.ts';
import { type MachineTask, physicalChange } from './notices.ts';
import type { Reach } from './reach.ts';
import { runOn } from './script.ts';
import type { World } from './world.ts';

/**
 * Component `machine` (args `{node}`). It is always up, whatever the machine's power; a task of a gone
 * process does nothing.
 */
export const machineComponent = (reach: Reach): ApiComponent<null, MachineTask, World> => ({
  component: 'machine',
  watches: () => [],
  start: () => null,
  handle(task, _state, ctx: Context<World>) {
    const machine = ctx.world.machines.get(ctx.args['node']!);
    if (machine === undefined) return;
    if (task.type === 'boot') return finishBoot(ctx, machine);
    if (task.type === 'powerOff') return finishShutdown(ctx, machine, task.then, task.bootMs);
    const container = machine.containers.get(task.container);
    if (container === undefined || container.state !== 'running') return;
    if (task.type === 'exit') {
      // Its limit was raised meanwhile.
      if (task.reason === 'OOMKilled' && hasRoom(ctx.world, container, ctx.now))
        memoryLimitChanged(ctx, machine, container);
      else exitContainer(ctx, machine, container, task.code, task.reason);
    } else if (task.type === 'begin') beginProcess(ctx, machine, container);
    else if (task.type === 'bind') bind(ctx, machine, container);
    else if (task.type === 'callApi') {
      const { calls } = programOf(ctx.world, container);
      if (calls !== undefined) doApiWork(ctx, machine, container, calls);
    } else if (task.type === 'turn') physicalChange(ctx, machine, container);
    else if (task.type === 'outOfMemory') outOfMemory(ctx, machine, container);
    else runOn(ctx, machine, container, reach);
  },
});
