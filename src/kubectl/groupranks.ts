/**
 * In which order a server lists its groups, which is the order of `kubectl get all`: by their priorities.
 * Source: pkg/controlplane/apiserver/aggregator.go (`DefaultGenericAPIServicePriorities`).
 */
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';

const FIRST = [
  '',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'apiextensions.k8s.io',
  'admissionregistration.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'resource.k8s.io',
];

/** The smaller, the earlier; those of custom resources come last. */
const rankOf = (group: string): number => {
  const at = FIRST.indexOf(group);
  return at < 0 ? FIRST.length : at;
};

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const byRank = (a: string, b: string): number => rankOf(a) - rankOf(b) || inOrder(a, b);

/** By their groups, then by name. */
export const inServedOrder = (definitions: readonly ResourceDefinition[]): ResourceDefinition[] =>
  [...definitions].sort((a, b) => byRank(a.group, b.group) || inOrder(a.plural, b.plural));
