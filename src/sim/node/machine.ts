/**
 * Machines: power, boot, processes and files on them. Every function here is an act on the physical world and
 * says so in the history.
 */
import type { Pod } from '../api/types.ts';
import type { Millis } from '../kernel/types.ts';
import {
  kubeletProcess,
  kubeProxyProcess,
  machineProcess,
  type NodeEnv,
  noted,
  SERVICE_ROUTES,
} from './env.ts';
import { hexDigits } from './images.ts';
import { type ContainerTarget, findContainer, inWords, placeOf } from './containertarget.ts';
import { leaveSandbox } from './addresses.ts';
import { exitContainer } from './exit.ts';
import { fileSystemFromOutside, replaceFile } from './files/filesystem.ts';
import { stopSandbox } from './runtime.ts';
import { NEVER, type Machine } from './world.ts';

export interface MachineOptions {
  readonly name: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly ephemeralStorage?: string;
  /** Node labels beyond those the kubelet sets itself. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { key: string; value?: string; effect: string }[];
  /** Pods of files on the machine, and the images that are on it from the start. */
  readonly staticPods?: readonly Pod[];
  readonly images?: readonly string[];
}

const bootIdOf = (name: string, boots: number): string => {
  const hex = hexDigits(name, 7919 * boots, 32);
  const part = (from: number, to?: number): string => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20)}`;
};

/** @throws Error when there is no such machine */
export function machineOf(env: NodeEnv, name: string): Machine {
  const machine = env.world.machines.get(name);
  if (machine === undefined)
    throw new Error(
      `there is no node ${name}; there are: ${[...env.world.machines.keys()].join(', ') || 'none'}`,
    );
  return machine;
}

/**
 * Puts a machine into the world and starts its processes at once.
 * @throws Error when the name is taken
 */
export function addMachine(env: NodeEnv, options: MachineOptions): Machine {
  const { world, control, by } = env;
  const { name } = options;
  if (world.machines.has(name)) throw new Error(`there is already a node ${name}`);
  const index = world.nextMachine;
  world.nextMachine += 1;
  const host = index + 9;
  const machine: Machine = {
    name,
    index,
    power: 'on',
    bootedAt: control.now,
    downAt: NEVER,
    boots: 1,
    bootId: bootIdOf(name, 1),
    runtimeUp: true,
    kubeletEnabled: true,
    shutdownAt: NEVER,
    bootsAfterShutdown: false,
    ip: `192.168.${host >> 8}.${host & 255}`,
    capacity: {
      cpu: options.cpu ?? '2',
      memory: options.memory ?? '4Gi',
      pods: options.pods ?? '110',
      ephemeralStorage: options.ephemeralStorage ?? '50Gi',
    },
    labels: { ...options.labels },
    taints: (options.taints ?? []).map((t) => ({ ...t })),
    sandboxes: new Map(),
    containers: new Map(),
    podContainers: new Map(),
    volumes: new Map(),
    hostFiles: new Map(),
    images: new Map(),
    pulls: new Map(),
    nextContainer: 0,
    pullFreeAt: NEVER,
    relistPeriodMs: 1000,
    relistPhaseMs: 0,
    relistAt: NEVER,
    changedPods: new Set(),
    hogBytes: 0,
    hogDiskBytes: 0,
    hogPids: 0,
    slowness: 1,
    clockSkewMs: 0,
    bootTimer: 0,
    ...(options.staticPods === undefined ? {} : { staticPods: options.staticPods }),
  };
  for (const image of options.images ?? []) machine.images.set(image, control.now);
  world.machines.set(name, machine);
  world.network.machineIps.set(machine.ip, name);
  // The machines share one record of what there is to route by.
  if (!control.has(SERVICE_ROUTES)) control.spawn(SERVICE_ROUTES, SERVICE_ROUTES, {}, by);
  control.spawn(machineProcess(name), 'machine', { node: name }, by);
  control.spawn(kubeletProcess(name), 'kubelet', { node: name }, by);
  control.spawn(kubeProxyProcess(name), 'kube-proxy', { node: name }, by);
  if (world.system !== undefined) awaitProxy(env, name);
  return machine;
}

/** kube-proxy is a Pod's: until that runs there are no rules. */
function awaitProxy({ world, control, by }: NodeEnv, name: string): void {
  control.stop(kubeProxyProcess(name), by);
  world.network.frozenProxies.set(name, NEVER);
}

/** Takes a machine out of the world for good; its Node object stays until someone deletes it. */
export function removeMachine(env: NodeEnv, name: string): void {
  const machine = machineOf(env, name);
  powerOff(env, name);
  for (const process of [machineProcess(name), kubeletProcess(name), kubeProxyProcess(name)])
    env.control.remove(process, env.by);
  forgetSandboxes(env, machine);
  env.world.network.machineIps.delete(machine.ip);
  env.world.machines.delete(machine.name);
  // A machine that gets its name is another one, on wires of its own.
  const { cutOff, isolated, expired, loss, delay, frozenProxies, proxyLag } = env.world.network;
  for (const known of [cutOff, isolated, expired, loss, delay, frozenProxies, proxyLag]) known.delete(name);
  for (const process of [machineProcess(name), kubeletProcess(name), kubeProxyProcess(name)])
    env.world.slowNodes.delete(process);
}

/** The power is cut: every process is gone, nothing is written to the API, the disk keeps what was on it. */
export function powerOff(env: NodeEnv, name: string): void {
  const machine = machineOf(env, name);
  if (machine.power === 'off') return;
  const since = noted(env, 'nodeLostPower', { node: name });
  goDown(since, machine);
}

/** The machine starts to boot; its kubelet is up after the latency `nodeBoot`, or after `bootMs`. */
export function powerOn(env: NodeEnv, name: string, bootMs?: Millis): void {
  const machine = machineOf(env, name);
  if (machine.power === 'on' && machine.shutdownAt !== NEVER) machine.bootsAfterShutdown = true;
  if (machine.power !== 'off') return;
  const since = noted(env, 'nodePoweredOn', { node: name });
  boot(since, machine, bootMs ?? env.control.latency('nodeBoot', machineProcess(name)));
}

/**
 * The machine restarts at once, without the kubelet's being told; it is back after `downMs`, or the latency
 * `nodeBoot`.
 */
export function reboot(env: NodeEnv, name: string, downMs?: Millis): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'nodeReboots', { node: name });
  goDown(since, machine);
  boot(since, machine, downMs ?? env.control.latency('nodeBoot', machineProcess(name)));
}

/**
 * The machine is asked to shut down: the kubelet (systemd inhibitor) ends its pods first, within the shutdown
 * grace period, then the power goes. Without a kubelet that runs, it goes at once.
 */
export function shutdownGracefully(
  env: NodeEnv,
  name: string,
  then: 'off' | 'reboot' = 'off',
  bootMs?: Millis,
): void {
  const machine = machineOf(env, name);
  if (machine.power !== 'on') return;
  const since = noted(env, 'nodeShutsDown', { node: name });
  machine.shutdownAt = env.control.now;
  if (env.control.isUp(kubeletProcess(name))) {
    const task = { type: 'shutdown', then, ...(bootMs === undefined ? {} : { bootMs }) };
    env.control.scheduleFor(kubeletProcess(name), 0, task, since.by);
  } else finishShutdown(since, machine, then, bootMs);
}

/** The kubelet has let go: the power goes. */
export function finishShutdown(
  env: NodeEnv,
  machine: Machine,
  then: 'off' | 'reboot',
  bootMs?: Millis,
): void {
  noted(env, 'nodeOff', { node: machine.name });
  goDown(env, machine);
  if (then === 'reboot' || machine.bootsAfterShutdown)
    boot(env, machine, bootMs ?? env.control.latency('nodeBoot', machineProcess(machine.name)));
}

function goDown(env: NodeEnv, machine: Machine): void {
  const { control, by } = env;
  if (machine.bootTimer !== 0) control.cancel(machine.bootTimer);
  machine.bootTimer = 0;
  machine.power = 'off';
  machine.downAt = control.now;
  machine.runtimeUp = false;
  machine.relistAt = NEVER;
  machine.pulls.clear();
  machine.pullFreeAt = NEVER;
  control.stop(kubeletProcess(machine.name), by);
  control.stop(kubeProxyProcess(machine.name), by);
  // What containerd finds of them after the boot: an exit of unknown reason.
  for (const container of machine.containers.values())
    if (container.state !== 'exited') exitContainer(env, machine, container, 255, 'Unknown');
  for (const uid of machine.sandboxes.keys()) stopSandbox(env, machine, uid);
  for (const volumes of machine.volumes.values())
    for (const volume of volumes.values())
      if (volume.kind === 'own' && volume.medium === 'memory') volume.files.clear();
}

function boot(env: NodeEnv, machine: Machine, bootMs: Millis): void {
  machine.power = 'booting';
  const { control, by } = env;
  machine.bootTimer = control.scheduleFor(machineProcess(machine.name), bootMs, { type: 'boot' }, by);
}

/** The machine has booted: runtime and kubelet start. */
export function finishBoot(env: NodeEnv, machine: Machine): void {
  if (machine.power !== 'booting') return;
  machine.bootTimer = 0;
  machine.power = 'on';
  machine.bootedAt = env.control.now;
  machine.boots += 1;
  machine.bootId = bootIdOf(machine.name, machine.boots);
  machine.runtimeUp = true;
  machine.shutdownAt = NEVER;
  machine.bootsAfterShutdown = false;
  const since = noted(env, 'nodeBooted', { node: machine.name });
  if (env.world.system === undefined) env.control.start(kubeProxyProcess(machine.name), since.by);
  else awaitProxy(since, machine.name);
  if (machine.kubeletEnabled) env.control.start(kubeletProcess(machine.name), since.by);
}

function forgetSandboxes(env: NodeEnv, machine: Machine): void {
  for (const [uid, sandbox] of machine.sandboxes) {
    machine.sandboxes.delete(uid);
    leaveSandbox(env.world, machine, sandbox);
  }
}

/** Forgets every container and sandbox of a machine that is off, as if its runtime's disk were new. */
export function wipeRuntime(env: NodeEnv, name: string): void {
  const machine = machineOf(env, name);
  forgetSandboxes(env, machine);
  machine.containers.clear();
  machine.podContainers.clear();
  machine.volumes.clear();
  machine.changedPods.clear();
}

/** `systemctl stop kubelet`: containers run on. */
export function stopKubelet(env: NodeEnv, name: string): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'kubeletStopped', { node: name });
  machine.kubeletEnabled = false;
  machine.relistAt = NEVER;
  env.control.stop(kubeletProcess(name), since.by);
}

export function startKubelet(env: NodeEnv, name: string): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'kubeletStarted', { node: name });
  machine.kubeletEnabled = true;
  if (machine.power === 'on') env.control.start(kubeletProcess(name), since.by);
}

/** The container runtime's daemon stops: containers run on, nothing can be started, stopped or looked at. */
export function stopRuntime(env: NodeEnv, name: string): void {
  setRuntime(env, name, false);
}

export function startRuntime(env: NodeEnv, name: string): void {
  setRuntime(env, name, true);
}

function setRuntime(env: NodeEnv, name: string, up: boolean): void {
  const machine = machineOf(env, name);
  if (machine.runtimeUp === up || machine.power !== 'on') return;
  const since = noted(env, up ? 'runtimeStarted' : 'runtimeStopped', { node: name });
  machine.runtimeUp = up;
  if (env.control.isUp(kubeletProcess(name)))
    env.control.scheduleFor(kubeletProcess(name), 0, { type: 'runtimeChanged' }, since.by);
}

/** The process dies. @throws Error when it does not run */
export function killContainer(
  env: NodeEnv,
  target: ContainerTarget,
  exitCode = 1,
  reason = exitCode === 0 ? 'Completed' : 'Error',
): void {
  const { machine, container } = findContainer(env, target);
  if (container.state !== 'running') throw new Error(`${inWords(container)} is not running`);
  const since = noted(env, 'containerCrashes', { ...placeOf(machine, container), exitCode });
  exitContainer(since, machine, container, exitCode, reason);
}

export function changeFile(
  env: NodeEnv,
  target: ContainerTarget,
  path: string,
  content: string | null,
): void {
  const { machine, container } = findContainer(env, target);
  const key = content === null ? 'fileDeleted' : 'fileChanged';
  const since = noted(env, key, { ...placeOf(machine, container), path });
  replaceFile(fileSystemFromOutside(since, machine, container), path, content);
}

export const deleteFile = (env: NodeEnv, target: ContainerTarget, path: string): void =>
  changeFile(env, target, path, null);
