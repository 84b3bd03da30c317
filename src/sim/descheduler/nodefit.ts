/**
 * Whether a Pod would find a place elsewhere, as the descheduler sees it, which is not all that the scheduler
 * asks. Models pkg/descheduler/node/node.go (NodeFit) and pkg/utils/predicates.go of
 * github.com/kubernetes-sigs/descheduler.
 */
import { matches, selectorOf } from '../api/selector.ts';
import type { LabelSelector, Node, Pod, Taint } from '../api/types.ts';
import { matchesRequiredNodeAffinity } from '../api/nodeselector.ts';
import { anyTolerates, keepsAway } from '../api/tolerations.ts';
import { allocatableOf, podRequests } from '../controlplane/scheduler/requests.ts';

/** The Pods on a node. */
export type PodsOn = (node: string) => readonly Pod[];

export const toleratesAll = (pod: Pod, taints: readonly Taint[] | undefined): boolean =>
  (taints ?? []).filter(keepsAway).every((taint) => anyTolerates(pod.spec.tolerations, taint));

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey: string;
  readonly namespaces?: readonly string[];
}

const antiAffinityTerms = ({ spec }: Pod): readonly Term[] =>
  (spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) as readonly Term[];

const selects = ({ labelSelector, namespaces }: Term, pod: Pod, other: Pod): boolean =>
  (namespaces?.length ? namespaces : [pod.metadata.namespace]).includes(other.metadata.namespace!) &&
  matches(selectorOf(labelSelector), other.metadata.labels);

/** Whether a Pod's required anti-affinity forbids one of the others, on nodes of one domain with its own. */
export function repels(
  pod: Pod,
  others: readonly Pod[],
  nodeOf: (name: string) => Node | undefined,
): boolean {
  const labels = nodeOf(pod.spec.nodeName ?? '')?.metadata.labels;
  return antiAffinityTerms(pod).some((term) => {
    const domain = labels?.[term.topologyKey];
    return (
      domain !== undefined &&
      others.some(
        (other) =>
          other.metadata.uid !== pod.metadata.uid &&
          selects(term, pod, other) &&
          nodeOf(other.spec.nodeName ?? '')?.metadata.labels?.[term.topologyKey] === domain,
      )
    );
  });
}

function hasRoom(pod: Pod, node: Node, pods: readonly Pod[]): boolean {
  const room = allocatableOf(node);
  const wanted = [pod, ...pods].map((one) => podRequests(one).requests);
  const sum = (of: 'milliCPU' | 'memory' | 'ephemeralStorage'): number =>
    wanted.reduce((n, one) => n + one[of], 0);
  return (
    wanted.length <= room.pods &&
    sum('milliCPU') <= room.milliCPU &&
    sum('memory') <= room.memory &&
    sum('ephemeralStorage') <= room.ephemeralStorage
  );
}

export function fits(pod: Pod, node: Node, podsOn: PodsOn): boolean {
  const { name } = node.metadata;
  const pods = podsOn(name);
  return (
    matchesRequiredNodeAffinity(pod, node) &&
    toleratesAll(pod, node.spec.taints) &&
    (pod.spec.nodeName === name || hasRoom(pod, node, pods)) &&
    node.spec.unschedulable !== true &&
    !repels({ ...pod, spec: { ...pod.spec, nodeName: name } } as Pod, pods, () => node)
  );
}

export const fitsElsewhere = (pod: Pod, nodes: readonly Node[], podsOn: PodsOn): boolean =>
  nodes.some((node) => node.metadata.name !== pod.spec.nodeName && fits(pod, node, podsOn));
