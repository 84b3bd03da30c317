/**
 * What the faults of a search may aim at, read off the scenario: its nodes, and the workloads, budgets and
 * quotas it applies.
 */
import type { FaultWorld } from '../chaos/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import { BUILT_IN } from '../sim/api/resources/index.ts';
import { selectorText } from '../sim/api/selector.ts';
import type { LabelSelector } from '../sim/api/types.ts';

interface Applied {
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly selector?: LabelSelector };
}

const WORKLOADS: readonly string[] = [...BUILT_IN.workloads()].map((d) => d.kind);
const ZONE = 'zone-a';

const nameOf = ({ metadata }: Applied): string =>
  metadata?.namespace === undefined ? (metadata?.name ?? '') : `${metadata.namespace}/${metadata.name}`;
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Of a drawn cluster, the nodes that every draw has. */
export function worldOf(operations: readonly Operation[]): FaultWorld {
  const machines = operations.flatMap((o) => {
    if (o.op === 'clusterOf') return o.nodes.map((n) => ({ name: n.name, zone: n.zone ?? ZONE }));
    const count = o.op === 'cluster' ? o.nodes : o.op === 'anyCluster' ? o.min : 0;
    return Array.from({ length: count }, (_, i) => ({ name: `node-${i + 1}`, zone: ZONE }));
  });
  const applied = operations
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .map(({ object }) => object as Applied);
  const workloads = applied.filter((o) => WORKLOADS.includes(o.kind));
  const named = (kind: string): string[] => applied.filter((o) => o.kind === kind).map(nameOf);
  return {
    nodes: machines.map((m) => m.name),
    zones: unique(machines.map((m) => m.zone)).filter((z) => z !== ''),
    pods: unique([
      ...workloads.flatMap(({ spec }) => (spec?.selector === undefined ? [] : [selectorText(spec.selector)])),
      ...named('Pod'),
    ]),
    workloads: workloads.map((o) => ({ kind: o.kind, name: nameOf(o) })),
    budgets: named('PodDisruptionBudget'),
    quotas: named('ResourceQuota'),
  };
}
