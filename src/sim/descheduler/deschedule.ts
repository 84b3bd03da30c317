/**
 * Plugins that look at Pods one by one: those that violate what the scheduler asked of their place, that are
 * old, failed, or restart again and again. Models pkg/framework/plugins of
 * github.com/kubernetes-sigs/descheduler, one plugin a folder there.
 */
import type { Context } from '../api/client.ts';
import { matchesRequiredNodeAffinity, termMatches, type NodeSelectorTerm } from '../api/nodeselector.ts';
import { parseTime } from '../api/time.ts';
import { anyTolerates, keepsAway } from '../api/tolerations.ts';
import type { Node, Pod, Taint } from '../api/types.ts';
import { podPriority } from '../controlplane/scheduler/podaffinity.ts';
import { type Evictor, isAmong } from './evictor.ts';
import { fits, repels } from './nodefit.ts';
import type { CommonArgs, PluginArgs } from './policy.ts';

/** What a plugin works with in one run. */
export interface Run {
  readonly evictor: Evictor;
  readonly args: PluginArgs;
  /** Those of the evictor, of the same profile. */
  readonly evictorArgs: PluginArgs;
  readonly ctx: Context;
}

const candidates = ({ evictor, args, evictorArgs }: Run, pods: readonly Pod[]): Pod[] =>
  pods.filter((pod) => evictor.mayEvict(pod, evictorArgs) && isAmong(pod, args as CommonArgs));

/** Evicts one after the other of each node's Pods, within the limits. */
function evictEach(run: Run, plugin: string, pods: readonly Pod[]): void {
  const full = new Set<string | undefined>();
  for (const pod of pods) {
    if (full.has(pod.spec.nodeName) || !run.evictor.mayMove(pod, run.evictorArgs)) continue;
    const outcome = run.evictor.evict(pod, plugin);
    if (outcome === 'total limit') return;
    if (outcome === 'node limit') full.add(pod.spec.nodeName);
  }
}

const onNodes = ({ evictor }: Run): Pod[] =>
  evictor.nodes.flatMap(({ metadata }) => evictor.podsOn(metadata.name));

/** `Running`, or what its container waits with: `CrashLoopBackOff`. */
function hasState({ status }: Pod, states: readonly string[]): boolean {
  if (states.length === 0) return true;
  const reasons = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].flatMap(
    ({ state }) => state?.waiting?.reason ?? state?.terminated?.reason ?? [],
  );
  return [status.phase, status.reason, ...reasons].some((one) => one !== undefined && states.includes(one));
}

export function podLifeTime(run: Run): void {
  const { maxPodLifeTimeSeconds, states = [] } = run.args as {
    maxPodLifeTimeSeconds?: number;
    states?: string[];
  };
  const age = ({ metadata }: Pod): number => run.ctx.now - parseTime(metadata.creationTimestamp);
  const old = candidates(run, onNodes(run)).filter(
    (pod) =>
      (maxPodLifeTimeSeconds === undefined || age(pod) > maxPodLifeTimeSeconds * 1000) &&
      hasState(pod, states),
  );
  evictEach(
    run,
    'PodLifeTime',
    old.sort((a, b) => age(b) - age(a)),
  );
}

export function removeFailedPods(run: Run): void {
  const {
    reasons = [],
    exitCodes = [],
    includingInitContainers = false,
    excludeOwnerKinds = [],
    minPodLifetimeSeconds = 0,
  } = run.args as {
    reasons?: string[];
    exitCodes?: number[];
    includingInitContainers?: boolean;
    excludeOwnerKinds?: string[];
    minPodLifetimeSeconds?: number;
  };
  const failed = run.evictor.nodes
    .flatMap(({ metadata }) => run.ctx.cache.podsOnNode(metadata.name))
    .filter(({ metadata, status }) => {
      const containers = [
        ...(status.containerStatuses ?? []),
        ...(includingInitContainers ? (status.initContainerStatuses ?? []) : []),
      ];
      const ends = containers.map(({ state }) => state?.terminated);
      const waits = containers.map(({ state }) => state?.waiting?.reason);
      const said = [status.reason, ...ends.map((end) => end?.reason), ...waits];
      return (
        status.phase === 'Failed' &&
        run.ctx.now - parseTime(metadata.creationTimestamp) >= minPodLifetimeSeconds * 1000 &&
        (metadata.ownerReferences ?? []).every(({ kind }) => !excludeOwnerKinds.includes(kind)) &&
        (reasons.length === 0 || said.some((one) => one !== undefined && reasons.includes(one))) &&
        (exitCodes.length === 0 || ends.some((end) => end !== undefined && exitCodes.includes(end.exitCode)))
      );
    });
  evictEach(run, 'RemoveFailedPods', candidates(run, failed));
}

export function removePodsHavingTooManyRestarts(run: Run): void {
  const {
    podRestartThreshold = 1,
    includingInitContainers = false,
    states = [],
  } = run.args as { podRestartThreshold?: number; includingInitContainers?: boolean; states?: string[] };
  const restarts = ({ status }: Pod): number =>
    [
      ...(status.containerStatuses ?? []),
      ...(includingInitContainers ? (status.initContainerStatuses ?? []) : []),
    ].reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0);
  const restless = candidates(run, onNodes(run)).filter(
    (pod) => restarts(pod) >= podRestartThreshold && hasState(pod, states),
  );
  evictEach(run, 'RemovePodsHavingTooManyRestarts', restless);
}

export function removePodsViolatingInterPodAntiAffinity(run: Run): void {
  const { evictor, ctx } = run;
  const nodeOf = (name: string): Node | undefined => ctx.cache.get('Node', '', name);
  let left = onNodes(run);
  for (const { metadata } of evictor.nodes) {
    const own = candidates(run, evictor.podsOn(metadata.name)).sort(
      (a, b) => podPriority(a) - podPriority(b),
    );
    for (const pod of own) {
      if (!repels(pod, left, nodeOf) || !evictor.mayMove(pod, run.evictorArgs)) continue;
      const outcome = evictor.evict(pod, 'RemovePodsViolatingInterPodAntiAffinity');
      if (outcome === 'total limit') return;
      if (outcome === 'node limit') break;
      if (outcome === 'evicted') left = left.filter((other) => other.metadata.uid !== pod.metadata.uid);
    }
  }
}

/** What a node weighs by the Pod's preferences. */
const weightOn = ({ spec }: Pod, node: Node): number =>
  (spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    .filter(({ preference }) => termMatches(preference as NodeSelectorTerm, node))
    .reduce((sum, { weight }) => sum + weight, 0);

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

export function removePodsViolatingNodeAffinity(run: Run): void {
  const { evictor, ctx } = run;
  const { nodeAffinityType = [] } = run.args as { nodeAffinityType?: string[] };
  for (const type of nodeAffinityType) {
    const misplaced = candidates(run, onNodes(run)).filter((pod) => {
      const { nodeAffinity } = pod.spec.affinity ?? {};
      const node = ctx.cache.get('Node', '', pod.spec.nodeName!)!;
      const isMisplaced =
        type === REQUIRED
          ? nodeAffinity?.[REQUIRED] !== undefined && !matchesRequiredNodeAffinity(pod, node)
          : type === PREFERRED &&
            nodeAffinity?.[PREFERRED] !== undefined &&
            Math.max(...evictor.nodes.map((one) => weightOn(pod, one))) > weightOn(pod, node);
      return isMisplaced && evictor.nodes.some((one) => fits(pod, one, evictor.podsOn));
    });
    evictEach(run, 'RemovePodsViolatingNodeAffinity', misplaced);
  }
}

export function removePodsViolatingNodeTaints(run: Run): void {
  const { excludedTaints = [], includePreferNoSchedule = false } = run.args as {
    excludedTaints?: string[];
    includePreferNoSchedule?: boolean;
  };
  const counts = (taint: Taint): boolean =>
    (keepsAway(taint)
      ? taint.effect === 'NoSchedule'
      : includePreferNoSchedule && taint.effect === 'PreferNoSchedule') &&
    !excludedTaints.includes(taint.key) &&
    !excludedTaints.includes(`${taint.key}=${taint.value ?? ''}`);
  const unwanted = candidates(run, onNodes(run)).filter((pod) => {
    const { taints = [] } = run.ctx.cache.get('Node', '', pod.spec.nodeName!)!.spec;
    return taints.some((taint) => counts(taint) && !anyTolerates(pod.spec.tolerations, taint));
  });
  evictEach(run, 'RemovePodsViolatingNodeTaints', unwanted);
}
