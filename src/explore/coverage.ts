/**
 * Coverage of behaviours: which fault met which state of what it was aimed at. What was never met was never
 * tried.
 */
import { unavailableGroups } from '../sim/api/apiservices.ts';
import { isPodTerminal } from '../sim/api/conditions.ts';
import { isFinished } from '../sim/api/validation/jobstatus.ts';
import { milliValue } from '../sim/api/quantity.ts';
import type { WorkloadTraits } from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject, Node, Pod } from '../sim/api/types.ts';
import type { Fault, FaultCall, Struck, TargetKind } from '../chaos/types.ts';
import { isReady, isTerminating } from '../dsl/claims/podstate.ts';
import { isTrue, type CustomResourceDefinition } from '../sim/api/resources/customresource.ts';
import { clusterOf, presentState } from '../dsl/session.ts';
import { getObject, objectsOf, type ApiState } from '../dsl/state.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { Session } from '../dsl/types.ts';

/** States a target of a kind can be in, as `stateOf` tells them. */
const STATES: Readonly<Record<TargetKind, readonly string[]>> = {
  node: ['ready', 'not ready', 'unknown', 'cordoned', 'off', 'unregistered'],
  pod: ['pending', 'starting', 'ready', 'not ready', 'crash looping', 'terminating', 'ended'],
  container: ['pending', 'starting', 'ready', 'not ready', 'crash looping', 'terminating', 'ended'],
  workload: ['complete', 'rolling out', 'degraded'],
  budget: ['allowing', 'refusing'],
  quota: ['free', 'full'],
  configMap: ['changeable', 'immutable'],
  secret: ['changeable', 'immutable'],
  claim: ['pending', 'bound', 'terminating'],
  job: ['under way', 'suspended', 'over'],
  cronJob: ['idle', 'with a job that runs', 'suspended'],
  definition: ['installing', 'established', 'terminating'],
  webhook: ['registered'],
  apiService: ['available', 'unavailable'],
  account: ['there'],
  binding: ['there'],
  metric: ['declared'],
  none: ['quiet', 'rolling out', 'degraded', 'a node down', 'control plane down'],
};

function nodeState(node: Node | undefined, power: string | undefined): string {
  if (power !== undefined && power !== 'on') return 'off';
  if (node === undefined) return 'unregistered';
  const ready = node.status.conditions?.find((c) => c.type === 'Ready')?.status;
  if (ready === 'Unknown') return 'unknown';
  if (ready !== 'True') return 'not ready';
  return node.spec.unschedulable === true ? 'cordoned' : 'ready';
}

function podState(pod: Pod): string {
  if (isTerminating(pod)) return 'terminating';
  if (isPodTerminal(pod)) return 'ended';
  if (!pod.spec.nodeName) return 'pending';
  if (isReady(pod)) return 'ready';
  const waiting = (pod.status.containerStatuses ?? []).map((c) => c.state?.waiting?.reason);
  if (waiting.includes('CrashLoopBackOff')) return 'crash looping';
  return waiting.includes('ContainerCreating') || waiting.includes('PodInitializing') || waiting.length === 0
    ? 'starting'
    : 'not ready';
}

function workloadState({ wanted, updated, available }: WorkloadTraits, object: KubeObject): string {
  const count = wanted(object);
  if (updated(object) < count) return 'rolling out';
  return available(object) < count ? 'degraded' : 'complete';
}

function clusterState(state: ApiState, cluster: ClusterApi): string {
  if (!cluster.control.isUp('kube-controller-manager') || !cluster.control.isUp('kube-scheduler'))
    return 'control plane down';
  for (const m of cluster.world.machines.values()) if (m.power !== 'on') return 'a node down';
  const states = [...cluster.resources.workloads()].flatMap(({ resource, workload }) =>
    workload?.rollout === undefined
      ? []
      : [...objectsOf(state, resource)].map((o) => workloadState(workload, o)),
  );
  return states.includes('rolling out') ? 'rolling out' : states.includes('degraded') ? 'degraded' : 'quiet';
}

const split = (target: string): [string, string] => {
  const [a, b] = target.split('/');
  return b === undefined ? ['default', a!] : [a!, b];
};

/** @param before whether a machine was on before the strike */
function stateOf(
  fault: Fault,
  call: FaultCall,
  target: string,
  state: ApiState,
  powerBefore: ReadonlyMap<string, string>,
  resources: ResourceRegistry,
): string | undefined {
  switch (fault.target) {
    case 'node': {
      const name = target.split(' ')[0]!;
      return nodeState(getObject(state, 'Node', '', name), powerBefore.get(name));
    }
    case 'pod':
    case 'container': {
      const pod = getObject(state, 'Pod', ...split(target));
      return pod === undefined ? undefined : podState(pod);
    }
    case 'workload': {
      const { kind, name } = call.workload!;
      const definition = resources.find(kind);
      if (definition?.workload === undefined) return undefined;
      const found = getObject(
        state,
        definition.resource,
        ...split(name.includes('/') ? name : `default/${name}`),
      );
      return found === undefined ? undefined : workloadState(definition.workload, found);
    }
    case 'budget': {
      const found = getObject(
        state,
        'PodDisruptionBudget',
        ...split(call.budget!.includes('/') ? call.budget! : `default/${call.budget!}`),
      );
      return found === undefined
        ? undefined
        : (found.status.disruptionsAllowed ?? 0) > 0
          ? 'allowing'
          : 'refusing';
    }
    case 'claim': {
      const name = call.claim!.includes('/') ? call.claim! : `default/${call.claim!}`;
      const claim = getObject(state, 'PersistentVolumeClaim', ...split(name));
      if (claim === undefined) return undefined;
      if (claim.metadata.deletionTimestamp !== undefined) return 'terminating';
      return claim.status.phase === 'Bound' ? 'bound' : 'pending';
    }
    case 'job': {
      const job = getObject(
        state,
        'Job',
        ...split(call.job!.includes('/') ? call.job! : `default/${call.job!}`),
      );
      if (job === undefined) return undefined;
      return isFinished(job) ? 'over' : job.spec.suspend === true ? 'suspended' : 'under way';
    }
    case 'cronJob': {
      const cron = getObject(
        state,
        'CronJob',
        ...split(call.cronJob!.includes('/') ? call.cronJob! : `default/${call.cronJob!}`),
      );
      if (cron === undefined) return undefined;
      if (cron.spec.suspend === true) return 'suspended';
      return (cron.status.active ?? []).length > 0 ? 'with a job that runs' : 'idle';
    }
    case 'quota': {
      const found = getObject(
        state,
        'ResourceQuota',
        ...split(call.quota!.includes('/') ? call.quota! : `default/${call.quota!}`),
      );
      if (found === undefined) return undefined;
      const { hard = {}, used = {} } = found.status ?? {};
      return Object.entries(hard).some(
        ([resource, most]) => milliValue(used[resource] ?? '0') >= milliValue(most),
      )
        ? 'full'
        : 'free';
    }
    case 'configMap':
    case 'secret': {
      const name = call[fault.target]!;
      const kind = fault.target === 'secret' ? 'Secret' : 'ConfigMap';
      const found = getObject(state, kind, ...split(name.includes('/') ? name : `default/${name}`));
      return found === undefined ? undefined : found.immutable === true ? 'immutable' : 'changeable';
    }
    case 'definition': {
      const found = getObject(state, 'CustomResourceDefinition', '', call.definition!);
      if (found === undefined) return undefined;
      if (found.metadata.deletionTimestamp !== undefined) return 'terminating';
      return isTrue(found as CustomResourceDefinition, 'Established') ? 'established' : 'installing';
    }
    case 'webhook':
      return 'registered';
    case 'apiService': {
      const found = getObject(state, 'APIService', '', call.apiService!);
      return found === undefined
        ? undefined
        : unavailableGroups([found]).length > 0
          ? 'unavailable'
          : 'available';
    }
    case 'account':
    case 'binding':
      return 'there';
    case 'metric':
      return 'declared';
    case 'none':
      return undefined;
  }
}

/** Times each pair was met: `NodePowerLoss × cordoned`. */
export type Coverage = Record<string, number>;

const pairOf = (kind: string, state: string): string => `${kind} × ${state}`;

/** The hook of a session (`striking`) that counts. */
export const counting =
  (coverage: Coverage) =>
  (session: Session, call: FaultCall, strike: () => Struck): Struck => {
    const fault = session.kit.faults.named(call.kind);
    const cluster = clusterOf(session);
    const powerBefore = new Map([...cluster.world.machines.values()].map((m) => [m.name, m.power as string]));
    const before = presentState(session);
    const general =
      fault.target === 'none'
        ? clusterState(before, cluster)
        : fault.target === 'definition'
          ? stateOf(fault, call, call.definition!, before, powerBefore, cluster.resources)
          : undefined;
    const struck = strike();
    // The state read before is not brought up to date meanwhile: objects in it are still those the fault met.
    const states =
      general === undefined
        ? struck.targets.map((t) => stateOf(fault, call, t, before, powerBefore, cluster.resources))
        : [general];
    for (const state of new Set(states)) {
      if (state === undefined) continue;
      const pair = pairOf(call.kind, state);
      coverage[pair] = (coverage[pair] ?? 0) + 1;
    }
    return struck;
  };

export function addCoverage(to: Coverage, more: Coverage): void {
  for (const [pair, n] of Object.entries(more)) to[pair] = (to[pair] ?? 0) + n;
}

/** Pairs of these faults that were met, and those that never were. */
export function summary(
  coverage: Coverage,
  faults: readonly Fault[],
): { met: number; all: number; never: string[] } {
  const pairs = faults.flatMap((f) => STATES[f.target].map((s) => pairOf(f.kind, s)));
  const never = pairs.filter((p) => coverage[p] === undefined);
  return { met: pairs.length - never.length, all: pairs.length, never };
}
