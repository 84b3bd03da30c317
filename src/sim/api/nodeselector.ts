/**
 * Node selectors and affinity against a node.
 * Models staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
 */
import { labelValueProblems } from './labelsyntax.ts';
import type { Node, Pod } from './types.ts';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly Requirement[];
  readonly matchFields?: readonly Requirement[];
}

const INTEGER = /^[+-]?[0-9]+$/;

function holds(r: Requirement, value: string | undefined): boolean {
  const values = r.values ?? [];
  switch (r.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      if (value === undefined || values.length !== 1 || !INTEGER.test(value) || !INTEGER.test(values[0]!))
        return false;
      const left = BigInt(value);
      const right = BigInt(values[0]!);
      return r.operator === 'Gt' ? left > right : left < right;
    }
    default:
      return false;
  }
}

/** A field requirement is about metadata.name, with In or NotIn and one value. */
function fieldHolds(r: Requirement, node: Node): boolean {
  if (r.key !== 'metadata.name' || (r.operator !== 'In' && r.operator !== 'NotIn') || r.values?.length !== 1)
    return false;
  return holds(r, node.metadata.name);
}

const sound = new WeakMap<NodeSelectorTerm, boolean>();

/** A term with a value no label can have is an error, and an error matches nothing. */
function isSound(term: NodeSelectorTerm): boolean {
  let known = sound.get(term);
  if (known === undefined) {
    known = (term.matchExpressions ?? []).every((r) =>
      (r.values ?? []).every((v) => labelValueProblems(v).length === 0),
    );
    sound.set(term, known);
  }
  return known;
}

/** A term without any requirement matches nothing. */
export function termMatches(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if ((expressions.length === 0 && fields.length === 0) || !isSound(term)) return false;
  const labels = node.metadata.labels;
  for (const r of expressions) {
    if (!holds(r, labels !== undefined && Object.hasOwn(labels, r.key) ? labels[r.key] : undefined))
      return false;
  }
  for (const r of fields) if (!fieldHolds(r, node)) return false;
  return true;
}

export function requiredTerms(pod: Pod): readonly NodeSelectorTerm[] | undefined {
  return pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms as
    | readonly NodeSelectorTerm[]
    | undefined;
}

export function hasRequiredNodeAffinity(pod: Pod): boolean {
  const selector = pod.spec.nodeSelector;
  if (selector !== undefined) for (const _ in selector) return true;
  return requiredTerms(pod) !== undefined;
}

/** spec.nodeSelector and the required node affinity: every label, and any of the terms. */
export function matchesRequiredNodeAffinity(pod: Pod, node: Node): boolean {
  const selector = pod.spec.nodeSelector as Record<string, string> | undefined;
  if (selector !== undefined) {
    const labels = node.metadata.labels;
    for (const key in selector) if (labels === undefined || labels[key] !== selector[key]) return false;
  }
  const terms = requiredTerms(pod);
  if (terms === undefined) return true;
  for (const term of terms) if (termMatches(term, node)) return true;
  return false;
}
