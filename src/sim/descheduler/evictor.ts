/**
 * Which Pods a descheduler may evict, and their eviction, within its limits. Models
 * pkg/framework/plugins/defaultevictor and pkg/descheduler/evictions of
 * github.com/kubernetes-sigs/descheduler. Budgets hold: it evicts through the API.
 */
import type { Context } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import { matches, selectorOf } from '../api/selector.ts';
import { parseTime } from '../api/time.ts';
import type { LabelSelector, Node, Pod } from '../api/types.ts';
import { podPriority } from '../controlplane/scheduler/podaffinity.ts';
import { fitsElsewhere, type PodsOn } from './nodefit.ts';
import type { CommonArgs, PluginArgs, Policy } from './policy.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const STATIC = 'kubernetes.io/config.source';
/** Evicted whatever else keeps it. */
const EVICT = 'descheduler.alpha.kubernetes.io/evict';
/** Pods of the system's classes have such a priority. */
const CRITICAL_PRIORITY = 2_000_000_000;

interface EvictorArgs {
  readonly nodeFit?: boolean;
  readonly minReplicas?: number;
  readonly minPodAge?: string;
  readonly labelSelector?: LabelSelector;
  readonly priorityThreshold?: { readonly value?: number; readonly name?: string };
  readonly evictLocalStoragePods?: boolean;
  readonly evictDaemonSetPods?: boolean;
  readonly evictSystemCriticalPods?: boolean;
  readonly evictFailedBarePods?: boolean;
  readonly ignorePvcPods?: boolean;
  readonly ignorePodsWithoutPDB?: boolean;
  readonly podProtections?: {
    readonly defaultDisabled?: readonly string[];
    readonly extraEnabled?: readonly string[];
  };
}

const DEFAULT_PROTECTIONS = ['PodsWithLocalStorage', 'DaemonSetPods', 'SystemCriticalPods', 'FailedBarePods'];

/** What keeps Pods, by the policy's own words for it, in its newer form and in the older one. */
function protectionsOf(args: EvictorArgs): ReadonlySet<string> {
  const { defaultDisabled = [], extraEnabled = [] } = args.podProtections ?? {};
  if (defaultDisabled.length + extraEnabled.length > 0)
    return new Set([...DEFAULT_PROTECTIONS.filter((p) => !defaultDisabled.includes(p)), ...extraEnabled]);
  const older: readonly (readonly [boolean, string])[] = [
    [args.evictLocalStoragePods !== true, 'PodsWithLocalStorage'],
    [args.evictDaemonSetPods !== true, 'DaemonSetPods'],
    [args.evictSystemCriticalPods !== true, 'SystemCriticalPods'],
    [args.evictFailedBarePods !== true, 'FailedBarePods'],
    [args.ignorePvcPods === true, 'PodsWithPVC'],
    [args.ignorePodsWithoutPDB === true, 'PodsWithoutPDB'],
  ];
  return new Set(older.filter(([is]) => is).map(([, name]) => name));
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Go's durations: `1h30m`. */
const durationMs = (text: string): number =>
  [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit!]!,
    0,
  );

/** What a plugin is told of which Pods it may look at. */
export const isAmong = (pod: Pod, { namespaces, labelSelector }: CommonArgs): boolean => {
  const { namespace = '', labels } = pod.metadata;
  if (namespaces?.include?.length && !namespaces.include.includes(namespace)) return false;
  if (namespaces?.exclude?.includes(namespace)) return false;
  return labelSelector === undefined || matches(selectorOf(labelSelector), labels);
};

/** One run's evictions. */
export class Evictor {
  private readonly policy: Policy;
  private readonly ctx: Context;
  private readonly byNode = new Map<string, number>();
  private readonly byNamespace = new Map<string, number>();
  private total = 0;
  /** Uids. */
  private readonly evicted = new Set<string>();
  readonly podsOn: PodsOn;
  /** Those that are Ready, and that the policy's selector takes in. */
  readonly nodes: readonly Node[];

  constructor(policy: Policy, nodes: readonly Node[], ctx: Context) {
    this.policy = policy;
    this.nodes = nodes;
    this.ctx = ctx;
    this.podsOn = (node) => ctx.cache.podsOnNode(node).filter(({ status }) => !isEnded(status.phase));
  }

  /** Whether the profile's arguments let a Pod be evicted (Filter). */
  mayEvict(pod: Pod, given: PluginArgs): boolean {
    const args = given as EvictorArgs;
    const { metadata, spec, status } = pod;
    const { annotations = {}, deletionTimestamp, ownerReferences = [] } = metadata;
    if (this.evicted.has(metadata.uid) || deletionTimestamp !== undefined) return false;
    if (annotations[MIRROR] !== undefined || (annotations[STATIC] ?? 'api') !== 'api') return false;
    if (annotations[EVICT] !== undefined) return true;
    const kept = protectionsOf(args);
    if (ownerReferences.length === 0 && (kept.has('FailedBarePods') || status.phase !== 'Failed'))
      return false;
    if (kept.has('DaemonSetPods') && ownerReferences.some(({ kind }) => kind === 'DaemonSet')) return false;
    if (kept.has('SystemCriticalPods') && podPriority(pod) >= this.thresholdOf(args)) return false;
    const volumes = spec.volumes ?? [];
    if (kept.has('PodsWithLocalStorage') && volumes.some((v) => v.hostPath || v.emptyDir)) return false;
    if (kept.has('PodsWithPVC') && volumes.some((v) => v.persistentVolumeClaim)) return false;
    if (kept.has('PodsWithoutPDB') && !this.isCovered(pod)) return false;
    if (args.labelSelector !== undefined && !matches(selectorOf(args.labelSelector), metadata.labels))
      return false;
    if (args.minPodAge !== undefined && !this.isOlder(pod, durationMs(args.minPodAge))) return false;
    return !this.hasTooFew(pod, args.minReplicas ?? 0);
  }

  /** Whether it would find a place elsewhere, where the profile asks for that (PreEvictionFilter). */
  mayMove(pod: Pod, { nodeFit }: PluginArgs): boolean {
    return nodeFit !== true || fitsElsewhere(pod, this.nodes, this.podsOn);
  }

  /** @returns whether it is evicted, or why no more are to be tried */
  evict(pod: Pod, plugin: string): 'evicted' | 'refused' | 'node limit' | 'total limit' {
    const { maxPerNode, maxPerNamespace, maxTotal } = this.policy;
    const { namespace = '', name, uid } = pod.metadata;
    const node = pod.spec.nodeName ?? '';
    const [onNode, inNamespace] = [this.byNode.get(node) ?? 0, this.byNamespace.get(namespace) ?? 0];
    if (maxTotal !== undefined && this.total >= maxTotal) return 'total limit';
    if (maxPerNode !== undefined && onNode >= maxPerNode) return 'node limit';
    if (maxPerNamespace !== undefined && inNamespace >= maxPerNamespace) return 'refused';
    try {
      this.ctx.api.evict(namespace, name);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return 'refused';
    }
    this.byNode.set(node, onNode + 1);
    this.byNamespace.set(namespace, inNamespace + 1);
    this.total += 1;
    this.evicted.add(uid);
    const said = `pod eviction from ${node} node by sigs.k8s.io/descheduler`;
    this.ctx.event(pod, 'Normal', plugin, said, { source: 'sigs.k8s.io/descheduler' });
    return 'evicted';
  }

  /** From which priority on Pods are kept. */
  private thresholdOf({ priorityThreshold }: EvictorArgs): number {
    const { value, name = '' } = priorityThreshold ?? {};
    const named = this.ctx.cache.get('PriorityClass', '', name) as { readonly value?: number } | undefined;
    return Math.min(CRITICAL_PRIORITY, value ?? named?.value ?? CRITICAL_PRIORITY);
  }

  private isCovered(pod: Pod): boolean {
    return this.ctx.cache
      .list('PodDisruptionBudget', pod.metadata.namespace)
      .some(({ spec }) => matches(selectorOf(spec.selector), pod.metadata.labels));
  }

  private isOlder({ status }: Pod, ageMs: number): boolean {
    return status.startTime !== undefined && this.ctx.now - parseTime(status.startTime) >= ageMs;
  }

  private hasTooFew(pod: Pod, least: number): boolean {
    const owners = pod.metadata.ownerReferences ?? [];
    if (least <= 1 || owners.length !== 1) return false;
    return this.ctx.cache.controlledBy('Pod', owners[0]!.uid, pod.metadata.namespace).length < least;
  }
}

const isEnded = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';
