/**
 * Plugins that move Pods by what is requested of nodes: off full ones, or off those that could be given back.
 * Models pkg/framework/plugins/nodeutilization of github.com/kubernetes-sigs/descheduler, with what Pods
 * request as their use. Left out: use by metrics.
 */
import type { Node, Pod } from '../api/types.ts';
import { podPriority } from '../controlplane/scheduler/podaffinity.ts';
import { allocatableOf, podRequests } from '../controlplane/scheduler/requests.ts';
import type { Run } from './deschedule.ts';
import { toleratesAll } from './nodefit.ts';

/** By resource: thousandths of a CPU, bytes, Pods; or percent of them. */
type Amounts = Readonly<Record<string, number>>;

interface Measured {
  readonly node: Node;
  readonly pods: readonly Pod[];
  readonly capacity: Amounts;
  readonly percent: Amounts;
  used: Amounts;
}

function requestsOf(pod: Pod): Amounts {
  const { requests } = podRequests(pod);
  return { cpu: requests.milliCPU, memory: requests.memory, pods: 1, ...requests.scalars };
}

const mapped = (amounts: Amounts, change: (amount: number, name: string) => number): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, change(amount, name)]));

function measure(node: Node, pods: readonly Pod[]): Measured {
  const { milliCPU, memory, pods: most, scalars } = allocatableOf(node);
  const capacity: Amounts = { cpu: milliCPU, memory, pods: most, ...scalars };
  const requests = pods.map(requestsOf);
  const used = mapped(capacity, (_, name) => requests.reduce((sum, one) => sum + (one[name] ?? 0), 0));
  const percent = mapped(capacity, (whole, name) => (whole === 0 ? 0 : (100 * used[name]!) / whole));
  return { node, pods, capacity, percent, used };
}

const names = (...thresholds: readonly Amounts[]): string[] => [
  ...new Set(['cpu', 'memory', 'pods', ...thresholds.flatMap((one) => Object.keys(one))]),
];
const isBelow = ({ percent }: Measured, thresholds: Amounts): boolean =>
  Object.entries(thresholds).every(([name, most]) => (percent[name] ?? 0) <= most);
const isAbove = ({ percent }: Measured, thresholds: Amounts): boolean =>
  Object.entries(thresholds).some(([name, most]) => (percent[name] ?? 0) > most);
const load = ({ used }: Measured): number => Object.values(used).reduce((sum, one) => sum + one, 0);

interface UtilizationArgs {
  readonly thresholds?: Amounts;
  readonly targetThresholds?: Amounts;
  readonly numberOfNodes?: number;
  readonly useDeviationThresholds?: boolean;
  readonly evictableNamespaces?: { readonly exclude?: readonly string[] };
  readonly evictionLimits?: { readonly node?: number };
  readonly evictionModes?: readonly string[];
}

/** Amounts up to which nodes may be filled: of what has no threshold, all. */
const limitOf = ({ capacity }: Measured, thresholds: Amounts): Amounts =>
  mapped(capacity, (whole, name) => (whole * (thresholds[name] ?? 100)) / 100);

/** Percent around the average of the nodes, from 0 to 100. */
function around(measured: readonly Measured[], span: Amounts, sign: 1 | -1): Amounts {
  return mapped(span, (width, name) => {
    const average = measured.reduce((sum, { percent }) => sum + (percent[name] ?? 0), 0) / measured.length;
    return Math.max(0, Math.min(100, average + sign * width));
  });
}

/** Evicts from each of the nodes while there is a reason to, and room on the others. */
function move(
  plugin: string,
  from: readonly Measured[],
  to: readonly Measured[],
  thresholds: Amounts,
  goesOn: (node: Measured) => boolean,
  run: Run,
): void {
  const { evictor, evictorArgs } = run;
  const { evictableNamespaces, evictionLimits } = run.args as UtilizationArgs;
  const room = new Map<string, number>();
  for (const name of names(thresholds))
    room.set(
      name,
      to.reduce((sum, one) => sum + (limitOf(one, thresholds)[name] ?? 0) - (one.used[name] ?? 0), 0),
    );
  const hasRoom = (): boolean => [...room.values()].every((left) => left > 0);
  for (const source of from) {
    const pods = source.pods
      .filter((pod) => evictor.mayEvict(pod, evictorArgs))
      .sort((a, b) => podPriority(a) - podPriority(b));
    let count = 0;
    for (const pod of pods) {
      if (!goesOn(source) || !hasRoom() || count >= (evictionLimits?.node ?? Infinity)) break;
      if (!to.some(({ node }) => toleratesAll(pod, node.spec.taints))) continue;
      if (evictableNamespaces?.exclude?.includes(pod.metadata.namespace ?? '')) continue;
      if (!evictor.mayMove(pod, evictorArgs)) continue;
      const outcome = evictor.evict(pod, plugin);
      if (outcome === 'total limit') return;
      if (outcome === 'node limit') break;
      if (outcome === 'refused') continue;
      count += 1;
      const requests = requestsOf(pod);
      source.used = mapped(source.used, (amount, name) => amount - (requests[name] ?? 0));
      for (const [name, left] of room) room.set(name, left - (requests[name] ?? 0));
    }
  }
}

const measuredOf = ({ evictor }: Run): Measured[] =>
  evictor.nodes.map((node) => measure(node, evictor.podsOn(node.metadata.name)));

/** Off nodes above the target to those below the threshold. */
export function lowNodeUtilization(run: Run): void {
  const args = run.args as UtilizationArgs;
  const { numberOfNodes = 0, useDeviationThresholds = false } = args;
  const measured = measuredOf(run);
  const low = useDeviationThresholds ? around(measured, args.thresholds ?? {}, -1) : (args.thresholds ?? {});
  const target = useDeviationThresholds
    ? around(measured, args.targetThresholds ?? {}, 1)
    : (args.targetThresholds ?? {});
  const idle = measured.filter((one) => one.node.spec.unschedulable !== true && isBelow(one, low));
  const full = measured.filter((one) => !idle.includes(one) && isAbove(one, target));
  if (idle.length <= numberOfNodes || idle.length === measured.length || full.length === 0) return;
  const isStillFull = (one: Measured): boolean => {
    const limit = limitOf(one, target);
    return Object.entries(one.used).some(([name, amount]) => amount > limit[name]!);
  };
  full.sort((a, b) => load(b) - load(a));
  move('LowNodeUtilization', full, idle, target, isStillFull, run);
}

/** Off nodes that are used little, so that they can go, to the others. */
export function highNodeUtilization(run: Run): void {
  const { thresholds = {}, numberOfNodes = 0 } = run.args as UtilizationArgs;
  const measured = measuredOf(run);
  const little = measured.filter((one) => isBelow(one, thresholds));
  const others = measured.filter((one) => !little.includes(one) && one.node.spec.unschedulable !== true);
  if (little.length <= numberOfNodes || little.length === measured.length || others.length === 0) return;
  little.sort((a, b) => load(a) - load(b));
  move('HighNodeUtilization', little, others, {}, () => true, run);
}
