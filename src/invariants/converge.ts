/** What must have come about once faults are over and time has passed: as many replicas as are wanted. */
import { milliValue } from '../sim/api/quantity.ts';
import { defineInvariant, told, titled } from './define.ts';
import type { Messages } from '../messages/index.ts';
import type { Message } from '../sim/kernel/types.ts';
import { lacksConfiguration } from './configuration.ts';
import { hasEnded, isReady, isTerminating, isWaitedFor, ownerOf, requestsOf } from './pods.ts';
import type { ResourceDefinition, WorkloadTraits } from '../sim/api/resources/definition.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { InvariantView, Violation } from './types.ts';

/** Why a Pod that is not ready cannot be blamed on anybody but its author, or on the cluster's size. */
function excuse(pod: Pod, view: InvariantView): string | undefined {
  const scheduled = pod.status.conditions?.find((c) => c.type === 'PodScheduled');
  if (!pod.spec.nodeName)
    return scheduled?.reason === 'Unschedulable'
      ? hasRoom(pod, view)
        ? undefined
        : 'no node has room for it'
      : scheduled?.reason === 'SchedulingGated'
        ? 'it is gated'
        : undefined;
  for (const c of [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])]) {
    const reason = c.state?.waiting?.reason;
    if (
      reason === 'ImagePullBackOff' ||
      reason === 'ErrImagePull' ||
      reason === 'InvalidImageName' ||
      reason === 'CrashLoopBackOff'
    )
      return reason;
    // What is there by now is looked at again within seconds.
    const message = c.state?.waiting?.message ?? '';
    if (reason === 'CreateContainerConfigError' && !/not found$|^couldn't find key /.test(message))
      return reason;
  }
  return lacksConfiguration(pod, view) ? 'what it is configured by is not there' : undefined;
}

/**
 * Whether some node could take the Pod as it is; a Pod with wishes beyond its requests is not looked into.
 */
function hasRoom(pod: Pod, view: InvariantView): boolean {
  const { spec } = pod;
  if (
    spec.affinity !== undefined ||
    (spec.topologySpreadConstraints ?? []).length > 0 ||
    spec.nodeSelector !== undefined ||
    spec.containers.some((c) => c.ports?.some((p) => p.hostPort))
  )
    return false;
  for (const node of view.list('Node')) {
    const { allocatable } = node.status;
    if (
      allocatable === undefined ||
      node.spec.unschedulable === true ||
      (node.spec.taints ?? []).some((t) => t.effect !== 'PreferNoSchedule')
    )
      continue;
    const there = [...view.list('Pod')].filter((p) => p.spec.nodeName === node.metadata.name && !hasEnded(p));
    const fits = [...requestsOf(pod)].every(
      ([resource, amount]) =>
        there.reduce((n, p) => n + (requestsOf(p).get(resource) ?? 0), amount) <=
        milliValue(allocatable[resource] ?? '0'),
    );
    if (fits && there.length < Number(allocatable['pods'] ?? 110)) return true;
  }
  return false;
}

const podsOf = (uid: string, view: InvariantView): Pod[] =>
  [...view.list('Pod')].filter((p) => ownerOf(p)?.uid === uid);

/** Pods of one owner that are there to stay. */
const ownPods = (uid: string, view: InvariantView): Pod[] =>
  podsOf(uid, view).filter((p) => !isTerminating(p) && !hasEnded(p));

/** Whether a controller that goes step by step is between two steps. */
function isUnderWay(pods: readonly Pod[], { spec }: KubeObject, now: Millis): boolean {
  const { minReadySeconds = 0 } = spec as { minReadySeconds?: number };
  return pods.some((p) => isWaitedFor(p, minReadySeconds * 1000, now));
}

function refused({ status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  return conditions.some((c) => c.type === 'ReplicaFailure' && c.status === 'True');
}

/** All workloads whose controllers are played, and how they are read. */
function* workloadsIn(view: InvariantView): Generator<{ o: KubeObject; traits: WorkloadTraits }> {
  for (const { resource, simulated, workload: traits } of view.resources.workloads())
    if (simulated === 'played') for (const o of view.list(resource)) yield { o, traits: traits! };
}

export const replicasConverge = defineInvariant<null>({
  name: 'replicas-converge',
  asks: 'api',
  about:
    'Once faults are over, every ReplicaSet, StatefulSet, DaemonSet and the like has as many ready Pods ' +
    "as it wants, and its status says so; a Deployment's new ReplicaSet has them all.",
  why: 'that is what controllers are for',
  fails:
    'In the end Pods were missing, too many, or not ready, without a reason of theirs: no node with room, ' +
    'an image that does not come, a program that crashes, a quota. What waits for minReadySeconds or for ' +
    'a Pod to end within its grace period is not there yet.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const { o, traits } of workloadsIn(view)) {
      const keeps = traits.keeps;
      if (keeps === undefined || o.metadata.deletionTimestamp !== undefined || refused(o)) continue;
      const wanted = traits.wanted(o);
      const said = traits.ready(o);
      if (keeps !== 'atOnce' && isUnderWay(podsOf(o.metadata.uid, view), o, view.now)) continue;
      const pods = ownPods(o.metadata.uid, view);
      const excused = pods.filter((p) => !isReady(p) && excuse(p, view) !== undefined).length;
      const ready = pods.filter(isReady).length;
      const broken = (message: Message): Violation => ({ message, objects: [o, ...pods] });
      const object = titled(o);
      if (pods.length > wanted)
        return broken(told('brokenTooManyPods', { object, pods: pods.length, wanted }));
      // One that is held up holds up those after it.
      if (ready + excused < wanted && !(keeps === 'inOrder' && excused > 0))
        return broken(told('brokenTooFewReady', { object, ready, wanted }));
      if (said !== ready) return broken(told('brokenReadyCount', { object, said, ready }));
    }
    for (const { o: d, traits } of workloadsIn(view)) {
      if (traits.revisions !== 'ReplicaSet' || d.metadata.deletionTimestamp !== undefined) continue;
      if (traits.rollout?.paused?.(d) === true || refused(d)) continue;
      const wanted = traits.wanted(d);
      const sets = [...view.list('ReplicaSet')].filter((rs) => ownerOf(rs)?.uid === d.metadata.uid);
      const asked = sets.reduce((n, rs) => n + (rs.spec.replicas ?? 1), 0);
      const stuck = sets.some(
        (rs) =>
          refused(rs) ||
          ownPods(rs.metadata.uid, view).some((p) => !isReady(p) && excuse(p, view) !== undefined),
      );
      const all = sets.flatMap((rs) => podsOf(rs.metadata.uid, view));
      if (asked !== wanted && !stuck && !isUnderWay(all, d, view.now))
        return {
          message: told('brokenSetsAsk', { object: titled(d), wanted, asked }),
          objects: [d, ...sets],
        };
    }
    return undefined;
  },
});

/**
 * When each object got the generation it has, by uid; when somebody last laid hands on the world (machines,
 * network, control plane).
 */
interface Generations {
  readonly since: Map<string, Millis>;
  disturbedAt: Millis;
}
/**
 * What a controller undisturbed needs at most to say that it has seen a change; its back-off after a
 * disturbance is forgotten by then.
 */
const OBSERVED_WITHIN_MS = 60_000;
const LONGEST_BACK_OFF_MS = 1_000_000;
/** Objects whose status tells of a generation. */
type Generational = KubeObject & {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly reason?: string }[];
  };
};

/** The resources whose controllers tell, as far as they are played. */
const generational = (view: InvariantView): ResourceDefinition[] =>
  [...view.resources.all()].filter((d) => d.observed && d.simulated === 'played');

const observedGeneration = (o: Generational): number => o.status?.observedGeneration ?? 0;
const generationsOf = (o: Generational): Messages['brokenUnobserved'] => ({
  object: titled(o),
  generation: o.metadata.generation ?? 0,
  observed: observedGeneration(o),
});
const isObserved = (o: Generational): boolean => observedGeneration(o) >= (o.metadata.generation ?? 0);

/**
 * A budget whose sync failed for the same reason twice is left alone until something about it or its Pods
 * changes, upstream too.
 */
const isGivenUp = (o: Generational): boolean =>
  o.kind === 'PodDisruptionBudget' && o.status?.conditions?.some((c) => c.reason === 'SyncFailed') === true;

/** Whether a generation stayed unobserved for too long, though nobody disturbed; takes note of a new one. */
function isLate(
  { before, after }: { readonly before?: Generational; readonly after?: Generational },
  at: Millis,
  state: Generations,
): boolean {
  const uid = (after ?? before)!.metadata.uid;
  const since = state.since.get(uid);
  if (after === undefined) state.since.delete(uid);
  else if (before?.metadata.generation !== after.metadata.generation) state.since.set(uid, at);
  return (
    before !== undefined &&
    since !== undefined &&
    !isObserved(before) &&
    before.metadata.deletionTimestamp === undefined &&
    at - since > OBSERVED_WITHIN_MS &&
    since - state.disturbedAt > LONGEST_BACK_OFF_MS
  );
}

export const generationObserved = defineInvariant<Generations>({
  name: 'generation-observed',
  asks: 'api',
  about:
    "A controller's status tells of ever newer generations: within a minute while nobody disturbs " +
    'machines, network or control plane, and in the end of the newest.',
  why: 'clients wait for it before they believe the rest of the status',
  fails:
    'observedGeneration went back, ran ahead of the object, stayed behind for a minute without a ' +
    'disturbance, or stayed behind in the end, other than of a budget that says why (SyncFailed).',
  init: () => ({ since: new Map(), disturbedAt: Number.NEGATIVE_INFINITY }),
  observe(entry, state, view): Violation | undefined {
    if (entry.type === 'world' && (entry.by === 'user' || entry.by === 'chaos')) state.disturbedAt = entry.at;
    if (entry.type === 'api') {
      const { kind } = entry;
      const definition = view.resources.find(entry.resource);
      if (definition?.observed !== true || definition.simulated !== 'played') return undefined;
      const change = entry as { readonly before?: Generational; readonly after?: Generational };
      const broken = (o: Generational, message: Message): Violation => ({
        message,
        objects: [o],
        entry: entry.id,
      });
      // A budget whose Pods cannot be counted keeps its generation unobserved, as upstream.
      if (kind !== 'PodDisruptionBudget' && isLate(change, entry.at, state)) {
        return broken(change.before!, told('brokenUnobserved', generationsOf(change.before!)));
      }
      if (change.after === undefined) return undefined;
      const now = observedGeneration(change.after);
      const before =
        change.before?.metadata.uid === change.after.metadata.uid ? observedGeneration(change.before) : 0;
      const { object, generation, observed } = generationsOf(change.after);
      if (now < before) return broken(change.after, told('brokenObservedBack', { object, observed, before }));
      if (now > generation)
        return broken(change.after, told('brokenObservedAhead', { object, observed, generation }));
    }
    return undefined;
  },
  finally(_state, view): Violation | undefined {
    for (const { resource } of generational(view)) {
      for (const o of view.list(resource) as Iterable<Generational>) {
        if (o.metadata.deletionTimestamp !== undefined || isObserved(o) || isGivenUp(o)) continue;
        return { message: told('brokenUnobservedStill', generationsOf(o)), objects: [o] };
      }
    }
    return undefined;
  },
});

/**
 * The end of the run that is looked at, and the most writes that back-offs and retries of one component come
 * to in that time.
 */
const QUIET_MS = 300_000;
const MOST_WRITES = 200;

export const noLivelock = defineInvariant<null>({
  name: 'no-livelock',
  asks: 'api',
  about: 'Once faults are over, the cluster comes to rest: nobody writes and writes.',
  why: "controllers that undo each other's work never end, and wear the API server out",
  fails: `A component wrote more than ${MOST_WRITES} times in the last five minutes.`,
  init: () => null,
  finally(_state, view): Violation | undefined {
    const writes = new Map<string, number>();
    for (const entry of view.changes()) {
      if (entry.at <= view.now - QUIET_MS) break;
      // Events tell of what happens, and heartbeats are no change.
      if (entry.kind === 'Event' || entry.kind === 'Lease') continue;
      const n = (writes.get(entry.by) ?? 0) + 1;
      writes.set(entry.by, n);
      if (n > MOST_WRITES)
        return {
          message: told('brokenLivelock', { component: entry.by, writes: MOST_WRITES }),
          objects: [],
          entry: entry.id,
        };
    }
    return undefined;
  },
});
