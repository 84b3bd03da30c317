/**
 * A pod's inter-pod affinity terms, parsed once a pod.
 * Models pkg/scheduler/framework/types.go (AffinityTerm, newAffinityTerms) and the merge of matchLabelKeys in
 * pkg/registry/core/pod/strategy.go.
 */
import {
  matches,
  NOTHING,
  printSelector,
  selectorOf,
  type Requirement,
  type Selector,
} from '../../api/selector.ts';
import type { LabelSelector, Pod } from '../../api/types.ts';

export interface AffinityTerm {
  readonly namespaces: readonly string[];
  readonly namespaceSelector: Selector;
  readonly selector: Selector;
  readonly topologyKey: string;
}

export interface WeightedTerm extends AffinityTerm {
  readonly weight: number;
}

export interface PodTerms {
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
  readonly preferredAnti: readonly WeightedTerm[];
}

interface ApiTerm {
  readonly labelSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly topologyKey: string;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

/** The selector with further requirements; one that matches nothing stays so. */
export function narrowed(selector: Selector, more: readonly Requirement[]): Selector {
  if (selector.nothing || more.length === 0) return selector;
  const requirements = [...selector.requirements, ...more].sort((a, b) =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : 0,
  );
  return { requirements, nothing: false };
}

/** Requirements that the labels of the pod itself fill in. */
export function ownLabels(
  pod: Pod,
  keys: readonly string[] | undefined,
  operator: 'in' | 'notin',
): Requirement[] {
  const labels = pod.metadata.labels ?? {};
  return (keys ?? [])
    .filter((key) => Object.hasOwn(labels, key))
    .map((key) => ({ key, operator, values: [labels[key]!] }));
}

function termOf(pod: Pod, term: ApiTerm): AffinityTerm {
  const bare = (term.namespaces ?? []).length === 0 && term.namespaceSelector === undefined;
  return {
    namespaces: bare ? [pod.metadata.namespace ?? 'default'] : [...(term.namespaces ?? [])],
    namespaceSelector: term.namespaceSelector === undefined ? NOTHING : selectorOf(term.namespaceSelector),
    selector: narrowed(selectorOf(term.labelSelector), [
      ...ownLabels(pod, term.matchLabelKeys, 'in'),
      ...ownLabels(pod, term.mismatchLabelKeys, 'notin'),
    ]),
    topologyKey: term.topologyKey,
  };
}

const NONE: PodTerms = { affinity: [], antiAffinity: [], preferred: [], preferredAnti: [] };
const byPod = new WeakMap<Pod, PodTerms>();

export const hasAffinity = (pod: Pod): boolean =>
  pod.spec.affinity !== undefined &&
  (pod.spec.affinity.podAffinity !== undefined || pod.spec.affinity.podAntiAffinity !== undefined);

export function termsOf(pod: Pod): PodTerms {
  if (!hasAffinity(pod)) return NONE;
  let known = byPod.get(pod);
  if (known === undefined) {
    const { podAffinity, podAntiAffinity } = pod.spec.affinity!;
    const required = (terms: unknown): AffinityTerm[] =>
      ((terms ?? []) as ApiTerm[]).map((t) => termOf(pod, t));
    const weighted = (terms: unknown): WeightedTerm[] =>
      ((terms ?? []) as { weight: number; podAffinityTerm: ApiTerm }[]).map((t) => ({
        ...termOf(pod, t.podAffinityTerm),
        weight: t.weight,
      }));
    known = {
      affinity: required(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
      antiAffinity: required(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
      preferred: weighted(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
      preferredAnti: weighted(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    };
    byPod.set(pod, known);
  }
  return known;
}

/** Whether the term is about this pod; `namespaceLabels` are those of the pod's namespace. */
export function termSelects(
  term: AffinityTerm,
  pod: Pod,
  namespaceLabels: (namespace: string) => Readonly<Record<string, string>>,
): boolean {
  const namespace = pod.metadata.namespace ?? 'default';
  if (
    !term.namespaces.includes(namespace) &&
    (term.namespaceSelector.nothing || !matches(term.namespaceSelector, namespaceLabels(namespace)))
  )
    return false;
  return matches(term.selector, pod.metadata.labels);
}

const keys = new WeakMap<AffinityTerm, string>();

/** The same for terms that say the same. */
export function termKey(term: AffinityTerm): string {
  let key = keys.get(term);
  if (key === undefined) {
    const text = (s: Selector): string => (s.nothing ? '\u0000' : printSelector(s));
    key =
      `${term.topologyKey}|${term.namespaces.join(',')}|${text(term.namespaceSelector)}|` +
      `${text(term.selector)}`;
    keys.set(term, key);
  }
  return key;
}

/** Selects pods of one namespace only. */
export const oneNamespace = (term: AffinityTerm): string | undefined =>
  term.namespaceSelector.nothing && term.namespaces.length === 1 ? term.namespaces[0] : undefined;

export const podPriority = (pod: Pod): number => pod.spec.priority ?? 0;
