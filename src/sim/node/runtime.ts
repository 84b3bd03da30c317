/**
 * The container runtime of a machine: sandboxes and containers, which live on when only the kubelet is gone.
 */
import type { HostPort } from '../api/hostports.ts';
import type { ClusterConfig } from '../config.ts';
import { enterSandbox, leaveSandbox } from './addresses.ts';
import { listeningSince, portsOf } from './answer.ts';
import { refusedLogs, refusedPort, writeLog } from './accesslog.ts';
import { beginWithFaults } from './containerfaults.ts';
import { placeOf } from './containertarget.ts';
import { openLogFiles } from './logfiles.ts';
import { machineProcess, type NodeEnv, noted } from './env.ts';
import { exitContainer, exitLater } from './exit.ts';
import { hexDigits, imageIdOf, isAssumed, outOfMemoryAfter, programOf } from './images.ts';
import { changed, type MachineTask } from './notices.ts';
import { beginProcessLater } from './ownprocess.ts';
import { nextPid } from './pidnamespace.ts';
import { commandLine, programStarted } from './programstart.ts';
import { beginScript, log } from './script.ts';
import { runsShell } from './shell/program.ts';
import type { Resolver } from './resolver.ts';
import { startProblem } from './startproblem.ts';
import {
  containersOf,
  NEVER,
  type Machine,
  type Mount,
  type RuntimeContainer,
  type Sandbox,
  type World,
} from './world.ts';
import type { Millis } from '../kernel/types.ts';

/** What a new container is made of. */
export interface ContainerOrder {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  readonly attempt: number;
  readonly ports: readonly number[];
  readonly command: readonly string[];
  readonly ownCommand: boolean;
  readonly stdin: boolean;
  readonly ends: boolean;
  readonly memoryLimit: number;
  readonly cpuRequestMilli: number;
  readonly cpuLimitMilli: number;
  readonly oomScoreAdj: number;
  readonly sharesPids: boolean;
  readonly target?: string;
  readonly hostPids?: true;
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly workingDir: string;
  readonly readOnlyRoot: boolean;
  readonly user?: number;
  readonly messagePath?: string;
  readonly groups?: readonly number[];
  readonly noNewPrivileges?: true;
  readonly setsNetwork?: true;
  readonly lacks?: readonly string[];
}

export interface PodIdentity {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly resolver?: Resolver;
  /** What its /etc/hosts has beyond that of all. */
  readonly hosts?: string;
  /** What it is called inside, where that is not its name. */
  readonly hostname?: string;
  /** Of the cluster's DNS, that its hostname is in. */
  readonly domain?: string;
  /** Ports of the node that lead to it; absent: none. */
  readonly hostPorts?: readonly HostPort[];
  /** Parameters of the kernel that it sets, by their names with dots; absent: none. */
  readonly sysctls?: Readonly<Record<string, string>>;
}

type Addressing = Pick<ClusterConfig, 'podSubnet' | 'planted'>;

/**
 * The next free address of a node's /24; a node's third octet is its index, counted on into the second octet.
 */
function nextPodIp(world: World, machine: Machine, { podSubnet, planted }: Addressing): string {
  const [first, second] = podSubnet.split('.').map(Number) as [number, number];
  const prefix = `${first}.${second + (machine.index >> 8)}.${machine.index & 255}.`;
  const { nextPodIp: last, podIps } = world.network;
  let n = planted === 'addresses-reused' ? 1 : (last.get(machine.name) ?? 1);
  for (let tries = 0; tries < 254; tries++) {
    n = n >= 254 ? 2 : n + 1;
    if (!podIps.has(prefix + n) || planted === 'addresses-reused') break;
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
  config: Addressing,
): Sandbox {
  machine.nextContainer += 1;
  const ip = hostNetwork ? machine.ip : nextPodIp(env.world, machine, config);
  const sandbox: Sandbox = {
    id: hexDigits(machine.name, machine.nextContainer, 64),
    podUid: pod.uid,
    podNamespace: pod.namespace,
    podName: pod.name,
    labels: pod.labels ?? {},
    ip,
    createdAt: env.control.now,
    ...(pod.resolver === undefined ? {} : { resolver: pod.resolver }),
    ...(pod.hosts === undefined ? {} : { hosts: pod.hosts }),
    ...(pod.hostname === undefined ? {} : { hostname: pod.hostname }),
    ...(pod.domain === undefined ? {} : { domain: pod.domain }),
    ...(pod.hostPorts === undefined ? {} : { hostPorts: pod.hostPorts }),
    ...(pod.sysctls === undefined ? {} : { sysctls: pod.sysctls }),
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
  machine.volumes.delete(podUid);
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
    command: commandLine(order.image, order.command, order.ownCommand),
    ownCommand: order.ownCommand,
    stdin: order.stdin,
    ends: order.ends,
    memoryLimit: order.memoryLimit,
    cpuRequestMilli: order.cpuRequestMilli,
    cpuLimitMilli: order.cpuLimitMilli,
    oomScoreAdj: order.oomScoreAdj,
    sharesPids: order.sharesPids,
    ...(order.target === undefined ? {} : { target: order.target }),
    ...(order.hostPids === undefined ? {} : { hostPids: order.hostPids }),
    ...(order.sharesPids ? { pid: nextPid(machine, pod.uid, order) } : {}),
    state: 'running',
    createdAt: control.now,
    startedAt: control.now,
    finishedAt: NEVER,
    exitCode: 0,
    reason: '',
    program: undefined,
    files: new Map(),
    mounts: order.mounts,
    environment: order.environment,
    ...(order.account === undefined ? {} : { account: order.account }),
    workingDir: order.workingDir,
    readOnlyRoot: order.readOnlyRoot,
    ...(order.user === undefined ? {} : { user: order.user }),
    ...(order.messagePath === undefined ? {} : { messagePath: order.messagePath }),
    ...(order.groups === undefined ? {} : { groups: order.groups }),
    ...(order.noNewPrivileges === undefined ? {} : { noNewPrivileges: order.noNewPrivileges }),
    ...(order.setsNetwork === undefined ? {} : { setsNetwork: order.setsNetwork }),
    ...(order.lacks === undefined ? {} : { lacks: order.lacks }),
    logs: [],
    faults: new Map(),
    signalledAt: NEVER,
    draining: false,
    answersUntil: NEVER,
    answered: 0,
    work: undefined,
    awaited: false,
    shell: undefined,
    scriptTimer: 0,
    passedOver: false,
    timers: [],
  };
  dropOldAttempts(machine, pod.uid, order.name);
  const ids = machine.podContainers.get(pod.uid);
  if (ids === undefined) machine.podContainers.set(pod.uid, [container.id]);
  else ids.push(container.id);
  machine.containers.set(container.id, container);
  const problem = startProblem(world, machine, container);
  if (problem !== undefined) {
    container.startError = problem;
    exitContainer(env, machine, container, START_ERROR_CODE, 'StartError');
    return container;
  }
  noted(env, 'containerStarted', placeOf(machine, container));
  container.program = programStarted(world, machine, container);
  const behaviour = programOf(world, container);
  if (behaviour.cpu !== undefined) world.cpuDescribed = true;
  // Another program than the image's says nothing of what that one would.
  const isOwn = behaviour.shell === true || !runsShell(world, container);
  if (isOwn) for (const line of behaviour.logs ?? []) log(env, container, line);
  const unwritable =
    behaviour.logFiles === undefined ? undefined : openLogFiles(env, machine, container, behaviour.logFiles);
  if (runsShell(world, container)) {
    beginScript(env, machine, container);
  } else if (unwritable !== undefined) {
    writeLog(container, refusedLogs(unwritable, control.now), control.now);
    exitLater(env, machine, container, UNWRITABLE_MS, 1);
  } else if (behaviour.calls !== undefined) {
    const task: MachineTask = { type: 'callApi', container: container.id };
    container.timers.push(control.scheduleFor(machineProcess(machine.name), API_WORK_MS, task, env.by));
  } else if (behaviour.exits !== undefined) {
    exitLater(env, machine, container, behaviour.exits.afterMs, behaviour.exits.code);
  } else if (container.ends && isAssumed(world, container)) {
    exitLater(env, machine, container, container.init ? ASSUMED_INIT_MS : ASSUMED_WORK_MS, 0);
  }
  beginProcessLater(env, machine, container);
  if (world.lasting.size > 0) beginWithFaults(env, machine, container, pod.labels ?? {});
  const limit = container.memoryLimit;
  const oomAfter = limit > 0 ? outOfMemoryAfter(behaviour, limit) : undefined;
  if (oomAfter !== undefined && container.state === 'running')
    exitLater(env, machine, container, oomAfter, 137, 'OOMKilled');
  if (behaviour.turns !== undefined && container.state === 'running') {
    const task: MachineTask = { type: 'turn', container: container.id };
    const { afterMs } = behaviour.turns;
    container.timers.push(control.scheduleFor(machineProcess(machine.name), afterMs, task, env.by));
  }
  bindLater(env, machine, container);
  changed(env, machine, pod.uid);
  return container;
}

/** How long a server takes to find that it cannot write its logs. */
const UNWRITABLE_MS = 100;

/** How long a program that talks to the API takes to make its keys and connect. */
const API_WORK_MS = 500;

/** errorStartExitCode of containerd (internal/cri/server/container_start.go). */
const START_ERROR_CODE = 128;

/** How long a program runs that is to end and that nobody described: in an init container, in a Job. */
const ASSUMED_INIT_MS = 1000;
const ASSUMED_WORK_MS = 10_000;

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
  const { lines, afterMs } = refusedPort(programOf(world, container).accessLog, port, control.now);
  log(env, container, lines.join('\n'));
  if (afterMs === 0) exitContainer(env, machine, container, 1, 'Error');
  else exitLater(env, machine, container, afterMs, 1);
}

function dropOldAttempts(machine: Machine, podUid: string, name: string): void {
  const ofName = containersOf(machine, podUid).filter((c) => c.name === name);
  for (const old of ofName.slice(0, -1)) {
    machine.containers.delete(old.id);
    const ids = machine.podContainers.get(podUid)!;
    ids.splice(ids.indexOf(old.id), 1);
  }
}
