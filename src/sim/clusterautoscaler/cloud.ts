/**
 * The cloud behind the autoscaler: groups of machines alike, of which it is asked for more and for fewer. A
 * machine belongs to the group whose name, a dash and a number it is called by. Machines take time to come
 * (latency `nodeProvision`), and do not come where a group is out of capacity. When a machine is gone, its
 * Node object is deleted, as k8s.io/cloud-provider/controllers/nodelifecycle does.
 */
import type { Context } from '../api/client.ts';
import { ApiError, isNotFound } from '../api/errors.ts';
import type { Node } from '../api/types.ts';
import type { Millis, Task } from '../kernel/types.ts';
import { noted } from '../node/env.ts';
import { addMachine, type MachineOptions, removeMachine } from '../node/index.ts';
import type { Machine, NodeGroup, World } from '../node/world.ts';
import { CLOUD_PROVIDER } from './names.ts';

const ZONE = 'topology.kubernetes.io/zone';
const RETRY_MS: Millis = 1_000;

export type CloudTask = Task &
  (
    | { readonly type: 'create'; readonly group: string }
    | { readonly type: 'terminate'; readonly node: string }
  );

type Ctx = Context<World>;
type CloudEnv = Pick<Ctx, 'world' | 'control' | 'by'>;

/** The number of a machine of the group; undefined: it is another's. */
function numberIn(group: string, machine: string): number | undefined {
  const rest = machine.startsWith(`${group}-`) ? machine.slice(group.length + 1) : '';
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : undefined;
}

export const isNodeReady = ({ status }: Node): boolean =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;

/** The name of the group, among these, that a machine belongs to. */
export const groupNameOf = (
  groups: readonly { readonly name: string }[],
  machine: string,
): string | undefined => groups.find(({ name }) => numberIn(name, machine) !== undefined)?.name;

/** The machines of a group, in the order in which they came. */
export const machinesOf = ({ machines }: World, group: string): Machine[] =>
  [...machines.values()].filter(({ name }) => numberIn(group, name) !== undefined);

/** The group's machines look like the first of them. */
function templateOf(world: World, group: string): NodeGroup['template'] {
  const [like] = machinesOf(world, group);
  if (like === undefined) return { labels: { [ZONE]: 'zone-a' } };
  const { capacity, labels, taints } = like;
  return { ...capacity, labels, taints };
}

/** What the cloud knows of a group; it is made when it is first asked for. */
export function groupOf(world: World, name: string): NodeGroup {
  const groups = (world.nodeGroups ??= new Map());
  let group = groups.get(name);
  if (group === undefined) {
    const machines = machinesOf(world, name);
    group = {
      template: templateOf(world, name),
      target: machines.length,
      next: 1 + Math.max(0, ...machines.map((machine) => numberIn(name, machine.name)!)),
      failed: [],
      hasCapacity: true,
      slowness: 1,
    };
    groups.set(name, group);
  }
  return group;
}

/** The machines of a group are to look so from here on, and there are to be so many at least. */
export function defineGroup(
  env: CloudEnv,
  name: string,
  template: NodeGroup['template'],
  least: number,
): void {
  const group = groupOf(env.world, name);
  group.template = template;
  increase(env, name, Math.max(0, least - group.target));
}

/** Orders machines of a group. */
export function increase(env: CloudEnv, name: string, by: number): void {
  const group = groupOf(env.world, name);
  group.target += by;
  for (let i = 0; i < by; i += 1) {
    const usualMs = env.control.latency('nodeProvision', `node group ${name}`);
    order(env, { type: 'create', group: name }, usualMs * group.slowness);
  }
}

/** Whether the cloud has more machines for a group. */
export function setCapacity(env: CloudEnv, name: string, has: boolean): void {
  noted(env, has ? 'nodeGroupHasCapacity' : 'nodeGroupExhausted', { group: name });
  groupOf(env.world, name).hasCapacity = has;
}

/** @param factor how many times longer than usual those machines take that are ordered from here on */
export function setSlowness(env: CloudEnv, name: string, factor: number): void {
  noted(env, 'nodeGroupSlowed', { group: name, factor });
  groupOf(env.world, name).slowness = factor;
}

/** Gives up machines that have not come. */
export function decreaseTarget(world: World, name: string, by: number): void {
  const group = groupOf(world, name);
  group.target = Math.max(machinesOf(world, name).length, group.target - by);
}

/** Gives a machine back. */
export function terminate(env: CloudEnv, name: string, node: string): void {
  groupOf(env.world, name).target -= 1;
  order(env, { type: 'terminate', node }, env.control.latency('nodeTerminate', `node group ${name}`));
}

function order({ control, by }: CloudEnv, task: CloudTask, delayMs: Millis): void {
  if (!control.has(CLOUD_PROVIDER)) control.spawn(CLOUD_PROVIDER, CLOUD_PROVIDER, {}, by);
  control.scheduleFor(CLOUD_PROVIDER, delayMs, task, by);
}

function create(name: string, ctx: Ctx): void {
  const group = groupOf(ctx.world, name);
  // Given up meanwhile.
  if (machinesOf(ctx.world, name).length >= group.target) return;
  if (!group.hasCapacity) {
    group.failed.push(ctx.note('nodeGroupGivesNone', { group: name }));
    return;
  }
  while (ctx.world.machines.has(`${name}-${group.next}`)) group.next += 1;
  const node = `${name}-${group.next}`;
  group.next += 1;
  const since = ctx.because(ctx.note('nodeJoins', { node }));
  addMachine(since, { name: node, ...(group.template as Omit<MachineOptions, 'name'>) });
}

/** The machine goes; then what the API says of it. */
function remove(node: string, task: CloudTask, ctx: Ctx): void {
  if (ctx.world.machines.has(node)) removeMachine(ctx, node);
  try {
    ctx.api.delete('Node', '', node);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (!isNotFound(error)) ctx.schedule(RETRY_MS, task);
  }
}

/** Does what was ordered. */
export function carryOut(task: CloudTask, ctx: Ctx): void {
  if (task.type === 'create') create(task.group, ctx);
  else remove(task.node, task, ctx);
}
