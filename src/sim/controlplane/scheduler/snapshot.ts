/**
 * The nodes in the order in which they are searched, one of each zone in turn, and what pods alike were told
 * of each. Models pkg/scheduler/backend/cache/{node_tree,snapshot}.go and, for pods alike, the signatures of
 * pkg/scheduler/framework/runtime/framework.go (SignPod). Derived from the cache: it is no state, and made
 * anew where the cache was copied.
 */
import type { SchedulerCache } from './cache.ts';
import type { Status } from './framework.ts';
import type { NodeInfo } from './nodeinfo.ts';

/** What pods of one signature were told of each node, by the node's place. */
export interface Answers {
  /** Generation of the node the answer speaks of; -1: none yet. */
  readonly generations: Float64Array;
  readonly refusals: (Status | undefined)[];
  /** Of nodes that do not refuse. */
  readonly scores: Float64Array;
}

/** Into what a topology key divides the nodes. */
export interface Domains {
  /** By the node's place: which of `values` is its own; -1 without such a label. */
  readonly of: Int32Array;
  readonly values: readonly string[];
  /** How many there are; the nodes without such a label are one. */
  readonly size: number;
}

export interface Snapshot {
  readonly topology: number;
  readonly nodes: readonly NodeInfo[];
  /** By signature, the one asked last at the end. */
  readonly answers: Map<string, Answers>;
  readonly domains: Map<string, Domains>;
}

/**
 * Of the cache that was asked about last. A map of all of them, weak as it may be, would keep the nodes of
 * each short run until the next full collection: V8's scavenger takes what an old map holds for alive.
 */
let latest: { readonly cache: SchedulerCache; readonly snapshot: Snapshot } | undefined;

/** Names in search order: zones in order of their first node, a node of each in turn. */
function* inTurn(zones: SchedulerCache['zones']): Generator<string> {
  let left = [...zones.values()];
  for (let i = 0; left.length > 0; i += 1) {
    left = left.filter((names) => i < names.length);
    for (const names of left) yield names[i]!;
  }
}

/** The cache's nodes as they are; holds until nodes come, go or change their labels. */
export function snapshotOf(cache: SchedulerCache): Snapshot {
  if (latest?.cache === cache && latest.snapshot.topology === cache.topology) return latest.snapshot;
  const nodes: NodeInfo[] = [];
  for (const name of inTurn(cache.zones)) {
    const info = cache.nodes.get(name)!;
    info.place = nodes.length;
    nodes.push(info);
  }
  const snapshot: Snapshot = { topology: cache.topology, nodes, answers: new Map(), domains: new Map() };
  latest = { cache, snapshot };
  return snapshot;
}

export function domainsOf({ nodes, domains }: Snapshot, topologyKey: string): Domains {
  let known = domains.get(topologyKey);
  if (known === undefined) {
    const places = new Map<string, number>();
    const of = Int32Array.from(nodes, (info) => {
      const value = info.node!.metadata.labels?.[topologyKey];
      if (value === undefined) return -1;
      if (!places.has(value)) places.set(value, places.size);
      return places.get(value)!;
    });
    const size = places.size + (of.includes(-1) ? 1 : 0);
    domains.set(topologyKey, (known = { of, values: [...places.keys()], size }));
  }
  return known;
}

/** Workloads that are rolled out at one time; each costs 20 bytes a node. */
const SIGNATURES = 64;

export function answersOf({ nodes, answers }: Snapshot, signature: string): Answers {
  let known = answers.get(signature);
  if (known === undefined) {
    if (answers.size >= SIGNATURES) answers.delete(answers.keys().next().value!);
    known = {
      generations: new Float64Array(nodes.length).fill(-1),
      refusals: new Array<Status | undefined>(nodes.length).fill(undefined),
      scores: new Float64Array(nodes.length),
    };
  } else answers.delete(signature);
  answers.set(signature, known);
  return known;
}
