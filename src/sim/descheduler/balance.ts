/**
 * Plugins that spread the Pods of one owner, or of one constraint. Models
 * pkg/framework/plugins/removeduplicates and removepodsviolatingtopologyspreadconstraint of
 * github.com/kubernetes-sigs/descheduler.
 */
import { matchesRequiredNodeAffinity } from '../api/nodeselector.ts';
import { matches, selectorOf } from '../api/selector.ts';
import type { LabelSelector, Node, Pod } from '../api/types.ts';
import { podPriority } from '../controlplane/scheduler/podaffinity.ts';
import { isAmong } from './evictor.ts';
import type { Run } from './deschedule.ts';
import { fitsElsewhere, toleratesAll } from './nodefit.ts';
import type { CommonArgs } from './policy.ts';

/** Owner and images, in their order. */
const keysOf = ({ metadata, spec }: Pod): string =>
  [
    metadata.namespace,
    ...(metadata.ownerReferences ?? []).map(({ kind, name }) => `${kind}/${name}`).sort(),
    ...spec.containers.map(({ image }) => image ?? '').sort(),
  ].join('#');

/** Nodes that Pods of a key may run on; those that are bound to one node have no choice. */
const targetsOf = (pods: readonly Pod[], nodes: readonly Node[]): number => {
  const targets = new Set<string>();
  for (const pod of pods) {
    const fitting = nodes.filter(
      (node) => toleratesAll(pod, node.spec.taints) && matchesRequiredNodeAffinity(pod, node),
    );
    if (fitting.length > 1) for (const { metadata } of fitting) targets.add(metadata.name);
  }
  return targets.size;
};

/** A Pod of each owner a node, as far as there are nodes. */
export function removeDuplicates(run: Run): void {
  const { evictor, evictorArgs, args } = run;
  const { excludeOwnerKinds = [] } = args as { excludeOwnerKinds?: string[] };
  /** By key: how many there are, and by node those beside the first. */
  const owners = new Map<string, { count: number; duplicates: Map<string, Pod[]> }>();
  for (const { metadata } of evictor.nodes) {
    for (const pod of evictor.podsOn(metadata.name)) {
      const references = pod.metadata.ownerReferences ?? [];
      if (references.length === 0 || references.some(({ kind }) => excludeOwnerKinds.includes(kind)))
        continue;
      if (!isAmong(pod, args as CommonArgs) || !evictor.mayEvict(pod, evictorArgs)) continue;
      if (!evictor.mayMove(pod, evictorArgs)) continue;
      const key = keysOf(pod);
      let owner = owners.get(key);
      if (owner === undefined) owners.set(key, (owner = { count: 0, duplicates: new Map() }));
      owner.count += 1;
      const here = owner.duplicates.get(metadata.name);
      if (here === undefined) owner.duplicates.set(metadata.name, []);
      else here.push(pod);
    }
  }
  for (const { count, duplicates } of owners.values()) {
    const all = [...duplicates.values()].flat();
    const targets = targetsOf(all, evictor.nodes);
    if (targets < 2) continue;
    const most = Math.ceil(count / targets);
    for (const pods of duplicates.values()) {
      for (const pod of pods.slice(most - 1)) {
        const outcome = evictor.evict(pod, 'RemoveDuplicates');
        if (outcome === 'total limit') return;
        if (outcome === 'node limit') break;
      }
    }
  }
}

type Constraint = NonNullable<Pod['spec']['topologySpreadConstraints']>[number];

interface Domain {
  readonly value: string;
  pods: Pod[];
}

/** What is the same for Pods that are spread alike. */
function identityOf(
  { topologyKey, maxSkew, nodeAffinityPolicy, nodeTaintsPolicy }: Constraint,
  pod: Pod,
  selector: LabelSelector,
): string {
  const affinity = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return JSON.stringify([
    topologyKey,
    maxSkew,
    selector,
    nodeAffinityPolicy === 'Ignore' ? null : [affinity, pod.spec.nodeSelector],
    nodeTaintsPolicy === 'Honor' ? pod.spec.tolerations : null,
  ]);
}

/** With the Pod's own values of the keys that its constraint names. */
function selectorFor({ labelSelector, matchLabelKeys = [] }: Constraint, { metadata }: Pod): LabelSelector {
  const own = matchLabelKeys.flatMap((key) => {
    const value = metadata.labels?.[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const given = (labelSelector ?? {}) as LabelSelector;
  return own.length === 0
    ? given
    : { ...given, matchLabels: { ...given.matchLabels, ...Object.fromEntries(own) } };
}

const includes = ({ nodeAffinityPolicy, nodeTaintsPolicy }: Constraint, pod: Pod, node: Node): boolean =>
  (nodeAffinityPolicy === 'Ignore' || matchesRequiredNodeAffinity(pod, node)) &&
  (nodeTaintsPolicy !== 'Honor' || toleratesAll(pod, node.spec.taints));

export function removePodsViolatingTopologySpreadConstraint(run: Run): void {
  const { evictor, args, evictorArgs } = run;
  const { constraints = ['DoNotSchedule'], topologyBalanceNodeFit = true } = args as {
    constraints?: string[];
    topologyBalanceNodeFit?: boolean;
  };
  const pods = evictor.nodes
    .flatMap(({ metadata }) => evictor.podsOn(metadata.name))
    .filter((pod) => evictor.mayEvict(pod, evictorArgs) && isAmong(pod, args as CommonArgs));
  const chosen = new Set<Pod>();
  const done = new Set<string>();
  for (const pod of pods) {
    for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
      if (!constraints.includes(constraint.whenUnsatisfiable)) continue;
      const selector = selectorFor(constraint, pod);
      const { namespace = '' } = pod.metadata;
      const identity = `${namespace} ${identityOf(constraint, pod, selector)}`;
      if (done.has(identity)) continue;
      done.add(identity);
      const parsed = selectorOf(selector);
      const among = pods.filter(
        (one) => one.metadata.namespace === namespace && matches(parsed, one.metadata.labels),
      );
      const nodes = evictor.nodes.filter((node) => includes(constraint, pod, node));
      for (const one of excessOf(constraint, among, nodes, topologyBalanceNodeFit, run)) chosen.add(one);
    }
  }
  const full = new Set<string | undefined>();
  for (const pod of chosen) {
    if (full.has(pod.spec.nodeName) || !evictor.mayMove(pod, evictorArgs)) continue;
    const outcome = evictor.evict(pod, 'RemovePodsViolatingTopologySpreadConstraint');
    if (outcome === 'total limit') return;
    if (outcome === 'node limit') full.add(pod.spec.nodeName);
  }
}

const isBound = ({ spec }: Pod): boolean =>
  spec.nodeSelector !== undefined || spec.affinity?.nodeAffinity !== undefined;

/** Those that would rather stay first: bound ones, and of the others the more important. */
const byReluctance = (a: Pod, b: Pod): number =>
  Number(isBound(b)) - Number(isBound(a)) || podPriority(a) - podPriority(b);

/** The Pods that are too many in their domains (balanceDomains). */
function excessOf(
  { topologyKey, maxSkew }: Constraint,
  pods: readonly Pod[],
  nodes: readonly Node[],
  mustFit: boolean,
  { evictor }: Run,
): Pod[] {
  const domains = new Map<string, Domain>();
  const valueOf = (node: Node): string | undefined => node.metadata.labels?.[topologyKey];
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
  for (const value of nodes.map(valueOf))
    if (value !== undefined && !domains.has(value)) domains.set(value, { value, pods: [] });
  for (const pod of pods) {
    const node = byName.get(pod.spec.nodeName ?? '');
    if (node !== undefined) domains.get(valueOf(node) ?? '')?.pods.push(pod);
  }
  const sorted = [...domains.values()].sort((a, b) => a.pods.length - b.pods.length);
  for (const domain of sorted) domain.pods.sort(byReluctance);
  const ideal = sorted.reduce((sum, domain) => sum + domain.pods.length, 0) / sorted.length;
  const below = new Set(sorted.filter((domain) => domain.pods.length < ideal).map(({ value }) => value));
  const free = nodes.filter((node) => below.has(valueOf(node) ?? ''));
  const canMove = (pod: Pod): boolean => fitsElsewhere(pod, free, evictor.podsOn);
  const excess: Pod[] = [];
  for (let [low, high] = [0, sorted.length - 1]; low < high; ) {
    if (sorted[high]!.pods.length <= ideal) high -= 1;
    const [least, most] = [sorted[low]!, sorted[high]!];
    const skew = most.pods.length - least.pods.length;
    const moved = Math.min(
      Math.ceil(most.pods.length - ideal),
      Math.ceil(ideal - least.pods.length),
      Math.ceil((skew - maxSkew) / 2),
    );
    if (skew <= maxSkew || moved <= 0) {
      low += 1;
      continue;
    }
    const stay = most.pods.filter((pod) => !canMove(pod));
    const ordered = [...stay, ...most.pods.filter((pod) => canMove(pod))];
    const going = ordered.slice(ordered.length - moved);
    excess.push(...(mustFit ? going.filter(canMove) : going));
    most.pods = ordered.slice(0, ordered.length - moved);
    least.pods = [...least.pods, ...going];
  }
  return excess;
}
