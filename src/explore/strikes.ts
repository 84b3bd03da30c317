/** What the faults of a trial met, and whether they left anything of its kind. */
import type { Fault, FaultCall, Struck } from '../chaos/types.ts';
import { isTerminating } from '../dsl/claims/podstate.ts';
import { clusterOf, lastEntry, presentState } from '../dsl/session.ts';
import { getObject, objectsOf, type ApiState } from '../dsl/state.ts';
import type { Session } from '../dsl/types.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import { splitName } from '../sim/api/qualifiedname.ts';
import type { Node, Pod } from '../sim/api/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { workloadOf } from './owner.ts';

export interface MetStrike {
  readonly kind: string;
  /** When it is over; the moment itself of what is done at once. */
  readonly untilMs: Millis;
  /** The history's entries that it made at once: after `from`, up to `to`. */
  readonly from: EntryId;
  readonly to: EntryId;
  /** Nodes by name, Pods as `namespace/name`. */
  readonly nodes: readonly string[];
  readonly pods: readonly string[];
  /** Whether budgets are asked about it, or somebody changes something on purpose. */
  readonly voluntary: boolean;
  /** Whether it meets all that it meets at one moment, and nobody may refuse it. */
  readonly atOnce: boolean;
  /**
   * Whether it, with the others that last at that moment, met every node, or every Pod of a workload with
   * several: what any cluster goes down by.
   */
  readonly total: boolean;
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** By the eviction API, or as a change that the operator makes. */
export const isVoluntary = ({ voluntary, family }: Fault): boolean => voluntary || family === 'change';

/** What a strike names, `node-1 (zone)` or `ns/pod/container`, as what it names. */
const nodeOf = (target: string): string => target.split(' ')[0]!;
const podOf = (target: string): string => {
  const [namespace, name] = target.split('/');
  return name === undefined ? `default/${namespace}` : `${namespace}/${name}`;
};

const isEveryNode = (struck: ReadonlySet<string>, state: ApiState): boolean => {
  const workers = [...objectsOf(state, 'Node')].filter(
    ({ metadata }: Node) => metadata.labels?.[CONTROL_PLANE] === undefined,
  );
  return workers.length > 0 && workers.every(({ metadata }) => struck.has(metadata.name));
};

/** Whether a workload with several Pods has none that was not struck. */
function isEveryPod(struck: ReadonlySet<string>, state: ApiState): boolean {
  const others = new Map<string, { all: number; met: number }>();
  for (const pod of objectsOf(state, 'Pod') as Iterable<Pod>) {
    const owner = workloadOf(pod);
    if (owner === undefined || isTerminating(pod)) continue;
    const count = others.get(owner) ?? { all: 0, met: 0 };
    others.set(owner, count);
    count.all += 1;
    if (struck.has(`${pod.metadata.namespace}/${pod.metadata.name}`)) count.met += 1;
  }
  return [...others.values()].some(({ all, met }) => all > 1 && met === all);
}

/** Whether the call asks a workload for no replica at all. */
function asksForNone({ workload }: FaultCall, state: ApiState, { resources }: ClusterApi): boolean {
  if (workload === undefined) return false;
  const definition = resources.find(workload.kind);
  const { namespace, name } = splitName(workload.name, 'default');
  const found = definition && getObject(state, definition.resource, namespace, name);
  return found !== undefined && definition?.workload?.wanted(found as never) === 0;
}

/** The hook of a session (`striking`) that takes down what was met. */
export const noting =
  (met: MetStrike[]) =>
  (session: Session, call: FaultCall, strike: () => Struck): Struck => {
    const fault = session.kit.faults.named(call.kind);
    const cluster = clusterOf(session);
    const before = presentState(session);
    const { now } = cluster;
    const from = lastEntry(cluster);
    const struck = strike();
    const nodes = fault.target === 'node' ? struck.targets.map(nodeOf) : [];
    const pods = fault.target === 'pod' || fault.target === 'container' ? struck.targets.map(podOf) : [];
    const lasting = met.filter((m) => m.untilMs >= now && m.atOnce);
    const everyOne = (of: 'nodes' | 'pods', mine: readonly string[]): ReadonlySet<string> =>
      new Set([...mine, ...lasting.flatMap((m) => m[of])]);
    // What goes on by itself meets one after the other; what budgets are asked about, as many as they allow.
    const atOnce = fault.tick === undefined && !fault.voluntary;
    // The state read before is not brought up to date meanwhile: what was deleted is still in it.
    const total =
      atOnce &&
      ((nodes.length > 0 && isEveryNode(everyOne('nodes', nodes), before)) ||
        (pods.length > 0 && isEveryPod(everyOne('pods', pods), before)) ||
        asksForNone(call, presentState(session), cluster));
    if (total) for (const [i, one] of met.entries()) if (lasting.includes(one)) met[i] = { ...one, total };
    met.push({
      kind: call.kind,
      untilMs: now + (call.forMs ?? 0),
      from,
      to: lastEntry(cluster),
      nodes,
      pods,
      voluntary: isVoluntary(fault),
      atOnce,
      total,
    });
    return struck;
  };
