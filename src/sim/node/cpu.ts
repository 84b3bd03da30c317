/**
 * CPU. Between the containers of a machine the kernel shares it by weight, which is by requests (cpu.weight),
 * up to their limits (cpu.max), as if each were its Pod's only one; within a container by threads. An image
 * says what its process takes all the time (`cpu: 250m`) or for each request (`cpu: {perRequest: 5m}` is
 * 5 ms); a fault (`cpu`) takes all it gets. An answer is one thread's work, so that it can use one CPU at
 * most; what a process has taken on and not done goes before it. Of images that say nothing of CPU, answers
 * take time only where it is lacking.
 */
import { milliValue } from '../api/quantity.ts';
import type { Millis } from '../kernel/types.ts';
import { programOf } from './images.ts';
import type { CpuWork, Machine, RuntimeContainer, World } from './world.ts';

/** CPU time of an answer, where its image does not say and CPU is lacking. */
const USUAL_ANSWER_MS = 20;
/** The same as it is measured, where it is not: a small page from memory. */
const MEASURED_ANSWER_MS = 1;
/** --metric-resolution of metrics-server: so often it asks the kubelets how much CPU was used till then. */
export const METRICS_WINDOW_MS = 15_000;
/** MinShares, SharesPerCPU, MinQuotaPeriod and QuotaPeriod of pkg/kubelet/cm; the latter two in µs. */
const LEAST_SHARES = 2;
const SHARES_A_CPU = 1024;
const LEAST_QUOTA = 1000;
const QUOTA_PERIOD = 100_000;
const ONE_CPU_MILLI = 1000;
/** So long requests wait for their turn. */
const MOST_QUEUED_MS = 10_000;
/** So much of a CPU, at least, everybody gets who waits long enough. */
const LEAST_RATE_MILLI = 1;

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

/** cpu.weight of a request. Models MilliCPUToShares and CpuSharesToCpuWeight of pkg/kubelet/cm. */
export function cpuWeight(requestMilli: number): number {
  const shares = Math.max(LEAST_SHARES, Math.floor((requestMilli * SHARES_A_CPU) / ONE_CPU_MILLI));
  return Math.floor(((Math.min(shares, 262_144) - LEAST_SHARES) * 9999) / 262_142) + 1;
}

/** What cpu.max makes of a limit, in thousandths of a CPU. Models MilliCPUToQuota of pkg/kubelet/cm. */
export function cpuQuotaMilli(limitMilli: number): number {
  const quota = Math.max(LEAST_QUOTA, Math.floor((limitMilli * QUOTA_PERIOD) / ONE_CPU_MILLI));
  return (quota * ONE_CPU_MILLI) / QUOTA_PERIOD;
}

const upToLimit = (c: RuntimeContainer, milli: number): number =>
  c.cpuLimitMilli > 0 ? Math.min(cpuQuotaMilli(c.cpuLimitMilli), milli) : milli;
const weightOf = (c: RuntimeContainer): number => cpuWeight(c.cpuRequestMilli);

/** What a running process takes all the time: its image's word, and a fault's. */
function steadyMilli(world: World, c: RuntimeContainer): number {
  const { cpu } = programOf(world, c);
  return (typeof cpu === 'string' ? milliValue(cpu) : 0) + hogMilli(c);
}

/** CPU time of an answer; undefined: its image does not say. */
function perRequestMs(world: World, c: RuntimeContainer): Millis | undefined {
  const { cpu } = programOf(world, c);
  return typeof cpu === 'object' ? milliValue(cpu.perRequest) : undefined;
}

/** What of the work taken on is not done by now. */
const backlogAt = ({ backlogMs, at, rateMilli }: CpuWork, now: Millis): number =>
  Math.max(0, backlogMs - ((now - at) * rateMilli) / ONE_CPU_MILLI);

/** What a container gets of its machine that wants `milli`, beside what the others want now. */
function granted(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  milli: number,
  now: Millis | undefined,
): number {
  const capacity = milliValue(machine.capacity.cpu);
  const wanted: Wants[] = [{ weight: weightOf(container), milli: upToLimit(container, milli) }];
  for (const c of machine.containers.values()) {
    if (c === container || c.state !== 'running') continue;
    const busy = now !== undefined && c.work !== undefined && backlogAt(c.work, now) > 0;
    const wants = upToLimit(c, steadyMilli(world, c) + (busy ? capacity : 0));
    if (wants > 0) wanted.push({ weight: weightOf(c), milli: wants });
  }
  return shareOfFirst(wanted, capacity);
}

/**
 * Thousandths of a CPU at which a container's requests are worked on: what it gets, without what it takes all
 * the time, or as much as each of the threads that do.
 */
function rateMilli(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  now: Millis | undefined,
): number {
  const steady = steadyMilli(world, container);
  const capacity = milliValue(machine.capacity.cpu);
  const share = granted(world, machine, container, steady + capacity, now);
  return Math.max(LEAST_RATE_MILLI, share - steady, share / (1 + Math.ceil(steady / ONE_CPU_MILLI)));
}

/**
 * How long an answer takes that takes `ms` with all the CPU it needs, on a machine as fast as others.
 * @param now absent: whatever load of requests there is at the moment, as probes are answered: what they meet
 * must last until something is said to change
 */
export function workMs(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  ms: Millis,
  now?: Millis,
): Millis {
  const own = perRequestMs(world, container);
  if (own === undefined && world.lasting.size === 0 && !world.cpuDescribed)
    return machine.slowness === 1 ? ms : Math.round(Math.max(USUAL_ANSWER_MS, ms) * machine.slowness);
  const rate = rateMilli(world, machine, container, now);
  const factor = (machine.slowness * ONE_CPU_MILLI) / Math.min(ONE_CPU_MILLI, rate);
  if (own === undefined) return factor === 1 ? ms : Math.round(Math.max(USUAL_ANSWER_MS, ms) * factor);
  const { work } = container;
  const backlog = work === undefined || now === undefined ? 0 : backlogAt(work, now);
  const queued = ((backlog + own) * ONE_CPU_MILLI * machine.slowness) / rate;
  return Math.round(Math.max(own * factor, queued) + Math.max(0, ms - own));
}

/** Does what can be done by `now`, and begins the windows that have begun. */
function advance(work: CpuWork, now: Millis): void {
  const current = Math.floor(now / METRICS_WINDOW_MS);
  const doUntil = (until: Millis): void => {
    const left = backlogAt(work, until);
    work.usedMs += work.backlogMs - left;
    work.backlogMs = left;
    work.at = until;
  };
  while (work.window < current && work.backlogMs > 0) {
    doUntil((work.window + 1) * METRICS_WINDOW_MS);
    work.beforeMs = work.usedMs;
    work.usedMs = 0;
    work.window += 1;
  }
  if (work.window < current) {
    work.beforeMs = work.window === current - 1 ? work.usedMs : 0;
    work.usedMs = 0;
    work.window = current;
  }
  doUntil(now);
}

/** A container has taken on a request. */
export function takeOn(world: World, machine: Machine, container: RuntimeContainer, now: Millis): void {
  container.work ??= {
    window: Math.floor(now / METRICS_WINDOW_MS),
    usedMs: 0,
    beforeMs: 0,
    backlogMs: 0,
    at: now,
    rateMilli: ONE_CPU_MILLI,
  };
  const { work } = container;
  advance(work, now);
  const ms = perRequestMs(world, container);
  if (ms === undefined) {
    work.usedMs += MEASURED_ANSWER_MS;
    return;
  }
  work.rateMilli = rateMilli(world, machine, container, now);
  // Of more than that whoever asked has gone before it was begun (a client waits ten seconds).
  if (work.backlogMs <= (MOST_QUEUED_MS * work.rateMilli) / ONE_CPU_MILLI) work.backlogMs += ms;
}

/**
 * Thousandths of a CPU that a container used on average in the last whole window, or from its start in it.
 * @param sinceMs when it began to be measured
 */
export function cpuUsedMilli(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  sinceMs: Millis,
  now: Millis,
): number {
  const end = Math.floor(now / METRICS_WINDOW_MS) * METRICS_WINDOW_MS;
  let requestsMs = 0;
  if (container.work !== undefined) {
    const work = { ...container.work };
    advance(work, now);
    requestsMs = work.beforeMs;
  }
  const steady = steadyMilli(world, container);
  const share = steady === 0 ? 0 : granted(world, machine, container, steady, now);
  return Math.round(upToLimit(container, share + (requestsMs * ONE_CPU_MILLI) / Math.max(1, end - sinceMs)));
}
