/**
 * CPU, as far as it is modelled: a process that takes all it gets (fault `cpu`) leaves less for the answers
 * of others, whose time grows accordingly. Between containers the kernel shares by weight, which is by
 * requests (cpu.weight), up to their limits (cpu.max); within a container by threads. An answer is the work
 * of one thread, so that it can use one CPU at most. What takes no CPU at the time of an answer is not
 * counted.
 */
import { milliValue } from '../api/quantity.ts';
import type { Millis } from '../kernel/types.ts';
import { programOf } from './images.ts';
import type { Machine, RuntimeContainer, World } from './world.ts';

/**
 * CPU time of an answer, where its image does not say (`cpu: {perRequest: 5m}` is 5 ms): not worth speaking
 * of until CPU is lacking.
 */
const USUAL_ANSWER_MS = 20;
/** Weight of a container that requests nothing (MinShares of pkg/kubelet/cm). */
const LEAST_MILLI = 2;
const ONE_CPU_MILLI = 1000;

interface Wants {
  readonly weight: number;
  readonly milli: number;
}

/**
 * What the first of those who want CPU gets of `capacity`: each its share by weight, and what some do not use
 * is shared again.
 */
export function shareOfFirst(wanted: readonly Wants[], capacity: number): number {
  let left = capacity;
  let open = [...wanted];
  const first = open[0]!;
  for (;;) {
    const weights = open.reduce((sum, w) => sum + w.weight, 0);
    const fair = (w: Wants): number => (left * w.weight) / weights;
    const content = open.filter((w) => w.milli <= fair(w));
    if (content.includes(first)) return first.milli;
    if (content.length === 0) return fair(first);
    left -= content.reduce((sum, w) => sum + w.milli, 0);
    open = open.filter((w) => !content.includes(w));
  }
}

const hogMilli = (c: RuntimeContainer): number => Number(c.faults.get('cpu')?.['milli'] ?? 0);
const upToLimit = (c: RuntimeContainer, milli: number): number =>
  c.cpuLimitMilli > 0 ? Math.min(c.cpuLimitMilli, milli) : milli;
const weightOf = (c: RuntimeContainer): number => Math.max(LEAST_MILLI, c.cpuRequestMilli);

/** How many times longer the container's answers take for want of CPU; 1: it has what it needs. */
function cpuFactor(world: World, machine: Machine, container: RuntimeContainer): number {
  if (world.lasting.size === 0) return 1;
  const hogs = [...machine.containers.values()].filter(
    (c) => c !== container && c.state === 'running' && hogMilli(c) > 0,
  );
  const own = hogMilli(container);
  if (hogs.length === 0 && own === 0) return 1;
  const wanted = [container, ...hogs].map((c) => ({
    weight: weightOf(c),
    milli: upToLimit(c, hogMilli(c) + (c === container ? ONE_CPU_MILLI : 0)),
  }));
  const share = shareOfFirst(wanted, milliValue(machine.capacity.cpu));
  // One thread among those that hog in the same container.
  const threads = 1 + Math.ceil(own / ONE_CPU_MILLI);
  return ONE_CPU_MILLI / Math.min(ONE_CPU_MILLI, share / threads);
}

function answerMs(world: World, container: RuntimeContainer): Millis {
  const { cpu } = programOf(world, container);
  return typeof cpu === 'object' ? milliValue(cpu.perRequest) : USUAL_ANSWER_MS;
}

/** How long an answer takes that takes `ms` with all the CPU it needs, on a machine as fast as others. */
export function workMs(world: World, machine: Machine, container: RuntimeContainer, ms: Millis): Millis {
  const factor = machine.slowness * cpuFactor(world, machine, container);
  return factor === 1 ? ms : Math.round(Math.max(answerMs(world, container), ms) * factor);
}
