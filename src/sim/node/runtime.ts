/**
 * The container runtime of a machine: sandboxes and containers, which live on when only the kubelet is gone.
 * What happens by itself (a process that exits, memory that runs out, a script that goes on) are tasks of the
 * process `machine@NODE`.
 */
import type { Millis } from '../kernel/types.ts';
import { placeOf } from './containertarget.ts';
import { kubeletProcess, machineProcess, type NodeEnv, noted } from './env.ts';
import { enterSandbox, leaveSandbox } from './addresses.ts';
import { filesUnder, listeningSince, portsOf, readFile } from './answer.ts';
import { beginWithFaults, faultsGone } from './containerfaults.ts';
import { behaviourOf, hexDigits, imageIdOf, outOfMemoryAfter } from './images.ts';
import { parseScript } from './shell/parse.ts';
import { runsShell, scriptOf } from './shell/program.ts';
import { signal } from './signal.ts';
import { runScript, type ShellState } from './shell/run.ts';
import type { FetchResult, ShellEnv } from './shell/commands.ts';
import {
  containersOf,
  NEVER,
  type Machine,
  type RuntimeContainer,
  type Sandbox,
  type World,
} from './world.ts';
import { isPlanted } from '../kernel/plant.ts';

/** A task of `machine@NODE`. */
export type MachineTask =
  | { readonly type: 'exit'; readonly container: string; readonly code: number; readonly reason: string }
  /** A server is up, and takes its ports. */
  | { readonly type: 'bind'; readonly container: string }
  | { readonly type: 'script'; readonly container: string; readonly state: ShellState }
  /** A process without a limit has leaked until the machine should be out of memory. */
  | { readonly type: 'outOfMemory'; readonly container: string }
  | { readonly type: 'boot' }
  | { readonly type: 'powerOff'; readonly then: 'off' | 'reboot'; readonly bootMs?: Millis };

/** What the kubelet is told of its containers. */
export type RuntimeNotice =
  /** The relist that is due: what changed is in `machine.changedPods`. */
  | { readonly type: 'relist' }
  /** A stop that the kubelet waits for is done. */
  | { readonly type: 'stopped'; readonly uid: string }
  /** A container may answer its probes otherwise than before. */
  | { readonly type: 'wakeProbes'; readonly uid: string; readonly container: string };

/** What a new container is made of. */
export interface ContainerOrder {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  readonly attempt: number;
  readonly ports: readonly number[];
  readonly command: readonly string[];
  readonly memoryLimit: number;
  readonly cpuRequestMilli: number;
  readonly cpuLimitMilli: number;
  readonly oomScoreAdj: number;
  readonly sharesPids: boolean;
}

export interface PodIdentity {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The next free address of a node's /24; a node's third octet is its index, counted on into the second octet.
 */
function nextPodIp(world: World, machine: Machine, podSubnet: string): string {
  const [first, second] = podSubnet.split('.').map(Number) as [number, number];
  const prefix = `${first}.${second + (machine.index >> 8)}.${machine.index & 255}.`;
  const { nextPodIp: last, podIps } = world.network;
  let n = isPlanted('addresses-reused') ? 1 : (last.get(machine.name) ?? 1);
  for (let tries = 0; tries < 254; tries++) {
    n = n >= 254 ? 2 : n + 1;
    if (!podIps.has(prefix + n) || isPlanted('addresses-reused')) break;
  }
  last.set(machine.name, n);
  return prefix + n;
}

/** Makes a pod's sandbox, with its network unless the pod shares the node's. */
export function createSandbox(
  env: NodeEnv,
  machine: Machine,
  pod: PodIdentity,
  hostNetwork: boolean,
  podSubnet: string,
): Sandbox {
  machine.nextContainer += 1;
  const ip = hostNetwork ? machine.ip : nextPodIp(env.world, machine, podSubnet);
  const sandbox: Sandbox = {
    id: hexDigits(machine.name, machine.nextContainer, 64),
    podUid: pod.uid,
    podNamespace: pod.namespace,
    podName: pod.name,
    labels: pod.labels ?? {},
    ip,
    createdAt: env.control.now,
    ready: true,
  };
  const old = machine.sandboxes.get(pod.uid);
  if (old !== undefined) freeAddress(env.world, machine, old);
  machine.sandboxes.set(pod.uid, sandbox);
  enterSandbox(env.world, machine, sandbox);
  if (!hostNetwork) env.world.network.podIps.set(ip, { node: machine.name, podUid: pod.uid });
  return sandbox;
}

function freeAddress(world: World, machine: Machine, sandbox: Sandbox): void {
  const held = world.network.podIps.get(sandbox.ip);
  if (held !== undefined && held.podUid === sandbox.podUid && held.node === machine.name)
    world.network.podIps.delete(sandbox.ip);
}

/** Tears a pod's sandbox down: its address is free again, its containers' records stay. */
export function stopSandbox(env: NodeEnv, machine: Machine, podUid: string): void {
  const sandbox = machine.sandboxes.get(podUid);
  if (sandbox === undefined) return;
  sandbox.ready = false;
  freeAddress(env.world, machine, sandbox);
}

/** Forgets a pod altogether. */
export function removePod(env: NodeEnv, machine: Machine, podUid: string): void {
  const sandbox = machine.sandboxes.get(podUid);
  if (sandbox !== undefined) {
    stopSandbox(env, machine, podUid);
    machine.sandboxes.delete(podUid);
    leaveSandbox(env.world, machine, sandbox);
  }
  for (const id of machine.podContainers.get(podUid) ?? []) machine.containers.delete(id);
  machine.podContainers.delete(podUid);
  machine.changedPods.delete(podUid);
}

/**
 * Creates a container and starts its process, in a fresh layer. Of each name, the one before is kept for its
 * logs; older ones are not.
 */
export function startContainer(
  env: NodeEnv,
  machine: Machine,
  pod: PodIdentity,
  order: ContainerOrder,
): RuntimeContainer {
  const { world, control } = env;
  machine.nextContainer += 1;
  const container: RuntimeContainer = {
    id: hexDigits(machine.name, machine.nextContainer, 64),
    podUid: pod.uid,
    podNamespace: pod.namespace,
    podName: pod.name,
    name: order.name,
    image: order.image,
    imageId: imageIdOf(order.image),
    attempt: order.attempt,
    init: order.init,
    ports: order.ports,
    command: order.command,
    memoryLimit: order.memoryLimit,
    cpuRequestMilli: order.cpuRequestMilli,
    cpuLimitMilli: order.cpuLimitMilli,
    oomScoreAdj: order.oomScoreAdj,
    sharesPids: order.sharesPids,
    state: 'running',
    createdAt: control.now,
    startedAt: control.now,
    finishedAt: NEVER,
    exitCode: 0,
    reason: '',
    files: new Map(),
    logs: [],
    faults: new Map(),
    signalledAt: NEVER,
    awaited: false,
    timers: [],
  };
  dropOldAttempts(machine, pod.uid, order.name);
  const ids = machine.podContainers.get(pod.uid);
  if (ids === undefined) machine.podContainers.set(pod.uid, [container.id]);
  else ids.push(container.id);
  machine.containers.set(container.id, container);
  noted(env, 'containerStarted', placeOf(machine, container));
  const behaviour = behaviourOf(world, container.image);
  for (const line of behaviour.logs ?? []) log(env, container, line);
  if (runsShell(world, container)) {
    runOn(env, machine, container, { at: 0, code: 0 });
  } else if (behaviour.exits !== undefined) {
    exitLater(env, machine, container, behaviour.exits.afterMs, behaviour.exits.code);
  }
  if (world.lasting.size > 0) beginWithFaults(env, machine, container, pod.labels ?? {});
  const limit = container.memoryLimit;
  const oomAfter = limit > 0 ? outOfMemoryAfter(behaviour, limit) : undefined;
  if (oomAfter !== undefined && container.state === 'running')
    exitLater(env, machine, container, oomAfter, 137, 'OOMKilled');
  bindLater(env, machine, container);
  changed(env, machine, pod.uid);
  return container;
}

const isUp = (world: World, container: RuntimeContainer, now: Millis): boolean =>
  container.state === 'running' && listeningSince(world, container) <= now;

/** Other containers of the pod whose servers want a port that this one's wants: they share one network. */
function rivals(env: NodeEnv, machine: Machine, container: RuntimeContainer): RuntimeContainer[] {
  const ports = portsOf(env.world, container);
  if (ports.length === 0) return [];
  return containersOf(machine, container.podUid).filter(
    (c) =>
      c !== container && c.state === 'running' && portsOf(env.world, c).some((port) => ports.includes(port)),
  );
}

/** Where a port is wanted twice, each server meets the other when it is up. */
function bindLater(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  if (container.state !== 'running') return;
  const others = rivals(env, machine, container);
  if (others.length === 0) return;
  const { now } = env.control;
  for (const c of [...others.filter((o) => !isUp(env.world, o, now)), container]) {
    const task: MachineTask = { type: 'bind', container: c.id };
    const waitMs = Math.max(0, listeningSince(env.world, c) - now);
    c.timers.push(env.control.scheduleFor(machineProcess(machine.name), waitMs, task, env.by));
  }
}

/** A server takes its ports, or ends where another of its pod was sooner. */
export function bind(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  const { world, control } = env;
  const since = listeningSince(world, container);
  const sooner = (c: RuntimeContainer): boolean =>
    isUp(world, c, control.now) &&
    (listeningSince(world, c) < since ||
      (listeningSince(world, c) === since && c.startedAt < container.startedAt));
  const holder = rivals(env, machine, container).find(sooner);
  if (holder === undefined) return;
  const port = portsOf(world, container).find((p) => portsOf(world, holder).includes(p))!;
  log(env, container, `bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
  exitContainer(env, machine, container, 1, 'Error');
}

function dropOldAttempts(machine: Machine, podUid: string, name: string): void {
  const ofName = containersOf(machine, podUid).filter((c) => c.name === name);
  for (const old of ofName.slice(0, -1)) {
    machine.containers.delete(old.id);
    const ids = machine.podContainers.get(podUid)!;
    ids.splice(ids.indexOf(old.id), 1);
  }
}

/** Lets a container's process end by itself after a time. */
export function exitLater(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  afterMs: Millis,
  code: number,
  reason = code === 0 ? 'Completed' : 'Error',
): void {
  const task: MachineTask = { type: 'exit', container: container.id, code, reason };
  container.timers.push(env.control.scheduleFor(machineProcess(machine.name), afterMs, task, env.by));
}

/** Appends lines to a container's log. */
export function log(env: NodeEnv, container: RuntimeContainer, text: string): void {
  for (const line of text.replace(/\n$/, '').split('\n')) container.logs.push({ at: env.control.now, line });
  if (container.logs.length > 2000) container.logs.splice(0, container.logs.length - 1000);
}

/** What a shell in this container may touch. */
export function shellEnv(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  fetch?: (url: string, timeoutMs: Millis) => FetchResult,
): ShellEnv {
  return {
    hostname: container.podName,
    read: (path) => readFile(env.world, container, path),
    write: (path, content) => {
      container.files.set(path, content);
      physicalChange(env, machine, container);
    },
    list: (directory) => filesUnder(env.world, container, directory),
    signal: (name) => void signal(env, machine, container, name),
    ...(fetch === undefined ? {} : { fetch }),
  };
}

/** Goes on with a container's script. */
export function runOn(env: NodeEnv, machine: Machine, container: RuntimeContainer, state: ShellState): void {
  let step;
  try {
    step = runScript(parseScript(scriptOf(container.command)), state, shellEnv(env, machine, container));
  } catch (error) {
    log(env, container, `sh: ${(error as Error).message}`);
    return exitLater(env, machine, container, 0, 2);
  }
  const output = step.stdout + step.stderr;
  if (output !== '') log(env, container, output);
  if (container.state !== 'running') return;
  if (step.ended) exitLater(env, machine, container, 0, step.state.code);
  else if (step.afterMs !== Infinity) {
    const task: MachineTask = { type: 'script', container: container.id, state: step.state };
    container.timers.push(
      env.control.scheduleFor(machineProcess(machine.name), step.afterMs, task, env.by, { timeout: true }),
    );
  }
}

/** The process is gone. The kubelet hears of it at its next relist, or at once if it waits for it. */
export function exitContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  code: number,
  reason: string,
): void {
  if (container.state === 'exited') return;
  for (const timer of container.timers) env.control.cancel(timer);
  container.timers = [];
  container.state = 'exited';
  container.finishedAt = env.control.now;
  container.exitCode = code;
  container.reason = reason;
  const since = noted(env, 'containerExited', { ...placeOf(machine, container), code, reason });
  if (machine.power !== 'on') return;
  if (container.faults.size > 0) faultsGone(since, machine, container);
  if (container.awaited && env.control.isUp(kubeletProcess(machine.name))) {
    const notice: RuntimeNotice = { type: 'stopped', uid: container.podUid };
    env.control.scheduleFor(kubeletProcess(machine.name), 0, notice, since.by);
  }
  changed(since, machine, container.podUid);
}

/** Tells the kubelet's next relist that something of this pod changed. */
export function changed(env: NodeEnv, machine: Machine, podUid: string): void {
  machine.changedPods.add(podUid);
  const { control, by } = env;
  if (machine.relistAt >= control.now || !machine.runtimeUp || !control.isUp(kubeletProcess(machine.name)))
    return;
  const period = machine.relistPeriodMs;
  const wait =
    period <= 0 ? 0 : period - ((((control.now - machine.relistPhaseMs) % period) + period) % period);
  machine.relistAt = control.now + wait;
  const notice: RuntimeNotice = { type: 'relist' };
  control.scheduleFor(kubeletProcess(machine.name), wait, notice, by);
}

/** A container may answer otherwise than before: its probes must look again. */
export function physicalChange(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  if (!env.control.isUp(kubeletProcess(machine.name))) return;
  const notice: RuntimeNotice = { type: 'wakeProbes', uid: container.podUid, container: container.name };
  env.control.scheduleFor(kubeletProcess(machine.name), 0, notice, env.by);
}

/** The same of all that run on a machine. */
export function answersChange(env: NodeEnv, machine: Machine): void {
  for (const container of machine.containers.values())
    if (container.state === 'running') physicalChange(env, machine, container);
}

/** What processes use of the machine may change: the kubelet's eviction manager looks at its next tick. */
export function resourcesChange(env: NodeEnv, machine: Machine): void {
  if (env.control.isUp(kubeletProcess(machine.name)))
    env.control.scheduleFor(kubeletProcess(machine.name), 0, { type: 'resourcesChanged' }, env.by);
}
