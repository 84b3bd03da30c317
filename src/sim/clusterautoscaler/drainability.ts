/**
 * Whether a node may lose its Pods. Models cluster-autoscaler/simulator/drainability/rules and utils/drain of
 * github.com/kubernetes/autoscaler.
 */
import type { Context } from '../api/client.ts';
import { matches, selectorOf } from '../api/selector.ts';
import { parseTime } from '../api/time.ts';
import type { Pod, PodDisruptionBudget } from '../api/types.ts';
import { controllerOf } from '../controlplane/refs.ts';
import type { Millis } from '../kernel/types.ts';
import type { AutoscalerOptions } from './options.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const SAFE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const SAFE_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const REPLICATED = ['ReplicationController', 'Job', 'ReplicaSet', 'StatefulSet'];
const DEFAULT_GRACE_SECONDS = 30;
/** How much longer than its grace period a Pod may take before it is left out of account. */
const LONG_TERMINATING_MS = 30_000;

export const isDaemonPod = (pod: Pod): boolean => controllerOf(pod)?.kind === 'DaemonSet';

/** How many more Pods each budget lets go, by its uid, as removals that are planned leave it. */
export type BudgetsLeft = Map<string, number>;

export const budgetsOf = (pod: Pod, { cache }: Pick<Context, 'cache'>): PodDisruptionBudget[] =>
  cache
    .list('PodDisruptionBudget', pod.metadata.namespace)
    .filter(({ spec }) => matches(selectorOf(spec.selector), pod.metadata.labels));

/** How many Pods the budget lets go, beside those that are counted already. */
export const leftOf = ({ metadata, status }: PodDisruptionBudget, left: BudgetsLeft): number =>
  left.get(metadata.uid) ?? status.disruptionsAllowed ?? 0;

/** A Pod that should have ended long ago. */
export function isLongTerminating({ metadata, spec }: Pod, now: Millis): boolean {
  const { deletionTimestamp } = metadata;
  if (deletionTimestamp === undefined) return false;
  const graceMs = (spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
  return parseTime(deletionTimestamp) + graceMs + LONG_TERMINATING_MS < now;
}

function isEnded({ spec, status }: Pod): boolean {
  if (status.phase === 'Failed') return true;
  return status.phase === 'Succeeded' && ['Never', 'OnFailure'].includes(spec.restartPolicy ?? 'Always');
}

function hasLocalStorage({ metadata, spec }: Pod): boolean {
  const safe = (metadata.annotations?.[SAFE_VOLUMES] ?? '').split(',');
  return (spec.volumes ?? []).some(
    ({ name, hostPath, emptyDir }) =>
      !safe.includes(name) &&
      ((hostPath ?? undefined) !== undefined ||
        ((emptyDir ?? undefined) !== undefined && emptyDir!.medium !== 'Memory')),
  );
}

/** Why nobody would make the Pod anew; undefined: its controller does. */
function controllerProblem(pod: Pod, options: AutoscalerOptions, { cache }: Context): string | undefined {
  const owner = controllerOf(pod);
  if (owner === undefined || !options.skipCustomControllers) return undefined;
  const { kind, name } = owner;
  if (!REPLICATED.includes(kind)) return undefined;
  const found = cache.get(kind, pod.metadata.namespace ?? '', name) as
    | { readonly spec?: { readonly replicas?: number } }
    | undefined;
  if (found === undefined) return 'ControllerNotFound';
  const isCounted = kind === 'ReplicaSet' || kind === 'ReplicationController';
  return isCounted && (found.spec?.replicas ?? 1) < options.minReplicas ? 'MinReplicasReached' : undefined;
}

/**
 * What becomes of a Pod where its node is to go: it is moved, ended beside (`with the node`), or the node
 * stays because of it, for a reason in upstream's words.
 */
export type Drainability = 'move' | 'with the node' | { readonly blocked: string };

export function drainability(
  pod: Pod,
  options: AutoscalerOptions,
  left: BudgetsLeft,
  ctx: Context,
): Drainability {
  const { metadata } = pod;
  const safe = metadata.annotations?.[SAFE];
  if (metadata.annotations?.[MIRROR] !== undefined || isLongTerminating(pod, ctx.now)) return 'with the node';
  const orphaned = controllerProblem(pod, options, ctx);
  if (orphaned !== undefined) return { blocked: orphaned };
  if (isDaemonPod(pod)) return 'with the node';
  if (safe === 'true' || isEnded(pod)) return 'move';
  const owner = controllerOf(pod);
  const isReplicated =
    owner !== undefined && (!options.skipCustomControllers || REPLICATED.includes(owner.kind));
  if (!isReplicated) return { blocked: 'NotReplicated' };
  const budgets = budgetsOf(pod, ctx);
  const isSystem = metadata.namespace === 'kube-system' && budgets.length === 0;
  if (options.skipSystemPods && isSystem)
    return parseTime(metadata.creationTimestamp) + options.systemPodsBlockMs < ctx.now
      ? 'move'
      : { blocked: 'UnmovableKubeSystemPod' };
  if (safe === 'false') return { blocked: 'NotSafeToEvictAnnotation' };
  if (safe === 'on-completion') return { blocked: 'BlockedByOnCompletionPod' };
  if (options.skipLocalStorage && hasLocalStorage(pod)) return { blocked: 'LocalStorageRequested' };
  return budgets.some((budget) => leftOf(budget, left) < 1) ? { blocked: 'NotEnoughPdb' } : 'move';
}
