/**
 * What the eviction manager watches: memory.available<100Mi and nodefs.available<10% as the kubelet's
 * defaults have them, and pid.available<10% as distributions set it. Models pkg/kubelet/eviction/helpers.go
 * and defaults_linux.go.
 */
import { wholeValue } from '../../api/quantity.ts';
import { treeBytes } from '../files/tree.ts';
import { memoryInUse, programOf } from '../images.ts';
import { grows as memoryGrows, memoryUsed } from '../memory.ts';
import { removePod } from '../runtime.ts';
import { diskUsed, ephemeralUsed, fills, volumesUsed } from '../storage.ts';
import { containersOf, type RuntimeContainer } from '../world.ts';
import type { Kubelet, PodWorker, PressureSignal } from './types.ts';

export interface Signal {
  readonly name: PressureSignal;
  /** As messages call it. */
  readonly resource: string;
  available(k: Kubelet): number;
  threshold(k: Kubelet): number;
  /** Of a pod. */
  usage(k: Kubelet, w: PodWorker): number;
  requests(w: PodWorker): number;
  /** Frees what the node can do without. */
  reclaim?(k: Kubelet): void;
  /** Whether its use can be of interest at all, faults of the machine aside. */
  mayMatter(k: Kubelet): boolean;
  print(value: number, unit?: 'Ki'): string;
  /** Which of the pod's containers use more than they asked for. */
  whose(k: Kubelet, w: PodWorker): string;
}

/** What a volume without a limit may hold before it is looked at. */
const MUCH_BYTES = 1024 * 1024;
const THRESHOLD_BYTES = 100 * 1024 * 1024;
/** Process ids of a machine (kernel.pid_max), and those of its own daemons. */
const PIDS = 32_768;
const DAEMON_PIDS = 200;
const PIDS_OF_A_CONTAINER = 4;

const memoryOf = (k: Kubelet, c: RuntimeContainer): number => memoryUsed(k.env.world, c, k.ctx.now);
/** A volume of any pod holds so much that a limit may be passed. */
const volumesFill = ({ machine }: Kubelet): boolean =>
  [...machine.volumes.values()].some((volumes) =>
    [...volumes.values()].some(
      (v) => v.kind === 'own' && !v.projected && treeBytes(v.files) > Math.min(v.sizeLimitBytes, MUCH_BYTES),
    ),
  );
const diskOf = (k: Kubelet, c: RuntimeContainer): number => ephemeralUsed(c, k.ctx.now);

const runningOf = (k: Kubelet, w: PodWorker): RuntimeContainer[] =>
  containersOf(k.machine, w.uid).filter((c) => c.state === 'running');
const sum = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
};
const requested = (w: PodWorker, resource: string): number =>
  sum(w.pod.spec.containers, (c) =>
    wholeValue((c.resources?.requests?.[resource] as string | undefined) ?? '0'),
  );

function whoseUse(k: Kubelet, w: PodWorker, resource: string, of: (c: RuntimeContainer) => number): string {
  let text = '';
  for (const container of w.pod.spec.containers) {
    const record = containersOf(k.machine, w.uid).findLast(
      (c) => c.name === container.name && c.state === 'running',
    );
    if (record === undefined) continue;
    const used = of(record);
    const request = (container.resources?.requests?.[resource] as string | undefined) ?? '0';
    if (used > wholeValue(request))
      text +=
        `Container ${container.name} was using ${Math.floor(used / 1024)}Ki, request is ${request}, has ` +
        `larger consumption of ${resource}. `;
  }
  return text;
}

/** Bytes as a quantity: whole Mi or Gi where they are; measured values in Ki. */
export function printBytes(value: number, unit?: 'Ki'): string {
  if (unit === 'Ki') return `${Math.floor(value / 1024)}Ki`;
  for (const [suffix, size] of [
    ['Gi', 1024 ** 3],
    ['Mi', 1024 ** 2],
    ['Ki', 1024],
  ] as const)
    if (value >= size && value % size === 0) return `${value / size}${suffix}`;
  return String(Math.floor(value));
}

const memory: Signal = {
  name: 'memory',
  resource: 'memory',
  print: printBytes,
  available: (k) =>
    wholeValue(k.machine.capacity.memory) -
    k.machine.hogBytes -
    sum(k.state.workers.values(), (w) => memory.usage(k, w)),
  threshold: () => THRESHOLD_BYTES,
  usage: (k, w) => sum(runningOf(k, w), (c) => memoryOf(k, c)) + volumesUsed(k.machine, w.uid, 'memory'),
  requests: (w) => w.memoryBytes,
  // A machine of which half is free is not looked at, unless something on it may grow.
  mayMatter(k) {
    const { world } = k.env;
    let left = wholeValue(k.machine.capacity.memory) / 2;
    for (const c of k.machine.containers.values()) {
      if (c.state !== 'running') continue;
      const program = programOf(world, c);
      if (c.faults.has('leak') || (world.images.size > 0 && program.memory !== undefined)) return true;
      left -= memoryInUse(program, k.ctx.now - c.startedAt);
      if (left < 0) return true;
    }
    return false;
  },
  whose: (k, w) => whoseUse(k, w, 'memory', (c) => memoryOf(k, c)),
};

const disk: Signal = {
  name: 'disk',
  resource: 'ephemeral-storage',
  print: printBytes,
  available: (k) => wholeValue(k.machine.capacity.ephemeralStorage) - diskUsed(k.machine, k.ctx.now),
  threshold: (k) => Math.floor(wholeValue(k.machine.capacity.ephemeralStorage) / 10),
  usage: (k, w) => sum(runningOf(k, w), (c) => diskOf(k, c)) + volumesUsed(k.machine, w.uid, 'disk'),
  requests: (w) => requested(w, 'ephemeral-storage'),
  mayMatter(k) {
    for (const c of k.machine.containers.values())
      if (c.state === 'running' && c.faults.has('fill')) return true;
    return volumesFill(k);
  },
  /** Containers of pods that are no more, then images that no container uses. */
  reclaim(k) {
    for (const uid of [...k.machine.podContainers.keys()]) {
      const known = k.state.workers.get(uid);
      if (
        (known === undefined || known.stage === 'terminated') &&
        containersOf(k.machine, uid).every((c) => c.state === 'exited')
      )
        removePod(k.env, k.machine, uid);
    }
    const used = new Set([...k.machine.containers.values()].map((c) => c.image));
    for (const image of [...k.machine.images.keys()]) if (!used.has(image)) k.machine.images.delete(image);
  },
  whose: (k, w) => whoseUse(k, w, 'ephemeral-storage', (c) => diskOf(k, c)),
};

const pids: Signal = {
  name: 'pids',
  resource: 'pids',
  print: (value) => String(Math.floor(value)),
  available: (k) =>
    PIDS - DAEMON_PIDS - k.machine.hogPids - sum(k.state.workers.values(), (w) => pids.usage(k, w)),
  threshold: () => Math.floor(PIDS / 10),
  usage: (k, w) => runningOf(k, w).length * PIDS_OF_A_CONTAINER,
  // Nobody asks for process ids: lower priority goes first, then who has most.
  requests: () => 0,
  mayMatter: () => false,
  whose: () => '',
};

export const SIGNALS: readonly Signal[] = [memory, disk, pids];

/** Whether some use grows by itself. */
export const grows = (k: Kubelet): boolean =>
  [...k.machine.containers.values()].some(
    (c) => c.state === 'running' && (memoryGrows(k.env.world, c) || fills(c)),
  );
